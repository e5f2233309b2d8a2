"""Every file of a site by its path, each made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from reportgen.language.locale import Locale
from reportgen.model import Histories, History
from reportgen.settings import Settings
from reportgen.site import (
    brief_files,
    glossary,
    methodology,
    pages,
    places,
    series_csv,
    sitemap,
    told_briefs,
)
from reportgen.site.issued import Issue
from reportgen.site.places import FEED, Place
from reportgen.site.series_pages import DataPage
from reportgen.site.site_data import SiteData
from reportgen.site.sitemap import Listed
from reportgen.site.told_briefs import Reader
from reportgen.site.writing import Assets, Writer

Make = Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Own:
    """A page of the site's own: its template, what that is filled with, and its JSON-LD.

    ``wasm`` lets its script compile what it loads.
    """

    name: str
    values: Mapping[str, Any]
    data: tuple[Mapping[str, Any], ...] = ()
    wasm: bool = False


class Writers(dict[str, Writer]):
    """The pen of each language, taken up when a page of it is written."""

    def __init__(self, take_up: Callable[[str], Writer]) -> None:
        super().__init__()
        self._take_up = take_up

    def __missing__(self, tag: str) -> Writer:
        """The pen of a language not written in so far."""
        self[tag] = self._take_up(tag)
        return self[tag]


class Plan:
    """The files of a site.

    ``files`` are those with a path of their own; making them fills ``assets``, whose paths tell
    their content. A ``draft`` marks what is not translated. A ``reader`` may have read the briefs
    for a plan before.
    """

    def __init__(
        self,
        project: Path,
        settings: Settings,
        languages: tuple[Locale, ...],
        issues: tuple[Issue, ...],
        histories: Histories,
        *,
        draft: bool = False,
        reader: Reader | None = None,
    ) -> None:
        self.settings = settings
        self.base_url = settings.site.base_url
        self.languages = {language.tag: language for language in languages}
        self.tags = tuple(self.languages)
        self.issues = issues
        self.assets = Assets()
        self.reader = reader or Reader()
        self.data = SiteData(histories, issues, self.reader)
        self.files: dict[str, Make] = {}
        self._listed: list[Listed] = []
        newest = max(told_briefs.newest(issues, tag).as_of for tag in self.tags)
        self.writers = Writers(
            lambda tag: Writer(
                project,
                settings,
                self.languages[tag],
                languages,
                newest,
                self.assets,
                brief_files.card_of(told_briefs.newest(issues, tag), tag),
                draft=draft,
            )
        )
        # First the briefs: what other pages tell of them is read while their pages are open.
        for issue in issues:
            self._brief(issue)
        for tag in self.tags:
            self._own_pages(tag)
        for history in histories.series:
            self.files[series_csv.path_of(history.series.id)] = partial(series_csv.to_csv, history)
        self._around()

    def _own_pages(self, tag: str) -> None:
        """The pages that each language has."""
        issues, reader, data = self.issues, self.reader, self.data
        self._own(tag, "", lambda w, p: Own("home", pages.home(w, p, reader, issues, data.trends)))
        self._own(tag, "archive/", lambda w, p: Own("archive", pages.archive(w, p, reader, issues)))
        self._own(tag, "methodology/", lambda w, _: Own("methodology", _methods(w)))
        self._own(tag, "glossary/", lambda w, _: Own("glossary", _terms(w)))
        self._own(
            tag, "corrections/", lambda w, p: Own("corrections", pages.corrected(w, p, issues))
        )
        if self.settings.site.search:
            self._own(tag, "search/", lambda w, p: Own("search", pages.search(w, p), wasm=True))
        self._own(tag, "data/", lambda w, _: _of_data(data.pages(w).data()))
        for history in data.histories.series:
            make = partial(_series, data, history)
            self._own(tag, f"series/{history.series.id}/", make)
        self.files[f"{tag}/{FEED}"] = lambda: brief_files.feed_of(self.writers[tag], reader, issues)

    def _own(self, tag: str, path: str, made: Callable[[Writer, Place], Own]) -> None:
        place = Place(tag, path, self.tags)
        self._page(place, partial(self._write, place, made), self._changed())

    def _write(self, place: Place, made: Callable[[Writer, Place], Own]) -> bytes:
        writer = self.writers[place.tag]
        own = made(writer, place)
        return writer.page(place, own.name, own.values, data=own.data, wasm=own.wasm)

    def _brief(self, issue: Issue) -> None:
        """The pages of a brief, of its earlier versions, and what can be loaded down."""
        files = brief_files.BriefFiles(issue, self.issues, self.reader, self.writers, self.tags)
        for place, make in files.pages():
            self._page(place, make, issue.current.issued_at)
        for path, source in files.downloads():
            self.files[path] = source.read_bytes

    def _around(self) -> None:
        """What the site has as a whole: choice of language, missing pages, sitemap."""
        choice = Place("", "", self.tags)
        self._page(choice, partial(self._choice, choice), self._changed())
        root = places.path_on_host(self.base_url)
        missing = Place(self.tags[0], "", self.tags, indexed=False, fixed_root=root)
        self.files["404.html"] = partial(self._missing, missing)
        self.files[sitemap.FILE] = lambda: sitemap.write(self._listed, self.base_url)
        self.files["robots.txt"] = lambda: sitemap.robots(self.base_url)

    def _missing(self, place: Place) -> bytes:
        """In every language: a host has one such page for all addresses."""
        first, *others = (self.writers[tag] for tag in self.tags)
        told = [pages.missing(other, place) for other in others]
        return first.page(place, "missing", {"others": told})

    def _choice(self, place: Place) -> bytes:
        writers = [self.writers[tag] for tag in self.tags]
        choices = [{"tag": w.locale.tag, "name": w.locale.name, "title": w.title} for w in writers]
        return writers[0].page(place, "choice", {"choices": choices})

    def _page(self, place: Place, make: Make, changed: datetime) -> None:
        self.files[place.file] = make
        if place.indexed:
            self._listed.append(Listed(place, changed))

    def _changed(self) -> datetime:
        """When a brief was last issued, which is when the pages that tell of them change."""
        return max(issue.current.issued_at for issue in self.issues)


def _methods(writer: Writer) -> dict[str, Any]:
    return methodology.values(writer.templates)


def _terms(writer: Writer) -> dict[str, Any]:
    return glossary.values(writer.project, writer.languages, writer.templates)


def _series(data: SiteData, history: History, writer: Writer, _: Place) -> Own:
    return _of_data(data.pages(writer).series(history))


def _of_data(page: DataPage) -> Own:
    return Own(page.name, page.values, (page.dataset,))
