"""Every file of a site by its path, each made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from reportgen.language.locale import Locale
from reportgen.settings import Settings
from reportgen.site import brief_files, pages, places, sitemap, told_briefs
from reportgen.site.issued import Issue
from reportgen.site.pages import Trends
from reportgen.site.places import FEED, Place
from reportgen.site.sitemap import Listed
from reportgen.site.told_briefs import Reader
from reportgen.site.writing import Assets, Writer

Make = Callable[[], bytes]


class Plan:
    """The files of a site.

    ``files`` are those with a path of their own; making them fills ``assets``, whose paths tell
    their content. ``newest`` is the date of the newest brief.
    """

    def __init__(
        self,
        project: Path,
        settings: Settings,
        languages: tuple[Locale, ...],
        issues: tuple[Issue, ...],
        trends: Trends,
    ) -> None:
        self.project = project
        self.settings = settings
        self.base_url = settings.site.base_url
        self.languages = languages
        self.tags = tuple(language.tag for language in languages)
        self.issues = issues
        self.trends = trends
        self.newest: date = max(told_briefs.newest(issues, tag).as_of for tag in self.tags)
        self.assets = Assets()
        self.reader = Reader()
        self.files: dict[str, Make] = {}
        self._listed: list[Listed] = []
        self.writers = {
            language.tag: Writer(project, settings, language, languages, self.newest, self.assets)
            for language in languages
        }
        self._plan()

    def _plan(self) -> None:
        for writer in self.writers.values():
            self._own_pages(writer)
        for issue in self.issues:
            self._brief(issue)
        self._around()

    def _own_pages(self, writer: Writer) -> None:
        """The pages that each language has."""
        tag = writer.locale.tag
        issues, reader = self.issues, self.reader
        newest = told_briefs.newest(issues, tag)
        card = brief_files.card_of(newest, tag)
        values: dict[str, tuple[str, Callable[[Place], dict[str, Any]]]] = {
            "": ("home", lambda place: pages.home(writer, place, reader, issues, self.trends)),
            "archive/": ("archive", lambda place: pages.archive(writer, place, reader, issues)),
            "corrections/": (
                "corrections",
                lambda place: dict(pages.corrected(writer, place, issues)),
            ),
        }
        for path, (name, given) in values.items():
            place = Place(tag, path, self.tags)
            self._page(
                place,
                partial(self._write, writer, place, name, given, image=card),
                self._changed(),
            )
        if self.settings.site.search:
            place = Place(tag, "search/", self.tags)
            self._page(place, partial(self._search, writer, place), self._changed())
        self.files[f"{tag}/{FEED}"] = partial(brief_files.feed_of, writer, reader, issues)

    @staticmethod
    def _write(
        writer: Writer,
        place: Place,
        name: str,
        given: Callable[[Place], dict[str, Any]],
        **head: Any,
    ) -> bytes:
        return writer.page(place, name, given(place), **head)

    def _search(self, writer: Writer, place: Place) -> bytes:
        script = place.root + self.assets.add("search.js", writer.text("search.js"))
        return writer.page(place, "search", {"script_path": script}, wasm=True)

    def _brief(self, issue: Issue) -> None:
        """The pages of a brief, of its earlier versions, and what can be loaded down."""
        files = brief_files.BriefFiles(issue, self.issues, self.reader, self.writers, self.tags)
        for place, make in files.pages():
            self._page(place, make, issue.current.issued_at)
        for path, source in files.downloads():
            self.files[path] = source.read_bytes

    def _around(self) -> None:
        """What the site has as a whole: choice of language, missing pages, sitemap."""
        writer = self.writers[self.tags[0]]
        choice = Place("", "", self.tags)
        choices = [
            {"tag": w.locale.tag, "name": w.locale.name, "title": w.title}
            for w in self.writers.values()
        ]
        self._page(
            choice,
            lambda: writer.page(choice, "choice", {"choices": choices}),
            self._changed(),
        )
        root = places.path_on_host(self.base_url)
        missing = Place(self.tags[0], "", self.tags, indexed=False, fixed_root=root)
        self.files["404.html"] = lambda: writer.page(missing, "missing", {})
        self.files[sitemap.FILE] = lambda: sitemap.write(self._listed, self.base_url)
        self.files["robots.txt"] = lambda: sitemap.robots(self.base_url)

    def _page(self, place: Place, make: Make, changed: datetime) -> None:
        self.files[place.file] = make
        if place.indexed:
            self._listed.append(Listed(place, changed))

    def _changed(self) -> datetime:
        """When a brief was last issued, which is when the pages that tell of them change."""
        return max(issue.current.issued_at for issue in self.issues)

    def pages(self) -> Iterator[str]:
        """The paths of pages, in the order in which they were planned."""
        return (path for path in self.files if path.endswith(".html"))


def all_of(plan: Plan) -> dict[str, bytes]:
    """Every file of a site, made."""
    made = {path: make() for path, make in plan.files.items()}
    return made | plan.assets.files
