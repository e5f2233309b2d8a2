"""The files of a brief on the site: pages in each language, earlier versions, downloads, feed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from reportgen.clock import NEW_YORK
from reportgen.language.typography import typeset
from reportgen.site import brief_page, corrections, feed, pages, places, structured
from reportgen.site.feed import Entry, Feed
from reportgen.site.issued import Issue, Version
from reportgen.site.places import FEED, Place
from reportgen.site.told_briefs import Reader, in_language
from reportgen.site.writing import Writer

FACTS = "facts.json"
_LOADED = (".pdf", ".csv", ".svg", ".png")


@dataclass(frozen=True)
class BriefFiles:
    """What the site has of the brief of a date; ``tags`` are the languages of the site."""

    issue: Issue
    issues: tuple[Issue, ...]
    reader: Reader
    writers: Mapping[str, Writer]
    tags: tuple[str, ...]

    def pages(self) -> Iterator[tuple[Place, Callable[[], bytes]]]:
        """Every page: of the current version in each language and in both, of earlier ones."""
        for version in self.issue.versions:
            shown = self._tags(version)
            for tag in shown:
                place = self._place(version, tag, shown)
                yield place, partial(self._page, version, place)
        if self._has_both(self.issue.current):
            both = places.of_both(self.issue.as_of, self._tags(self.issue.current))
            yield both, partial(self._both, both)

    def downloads(self) -> Iterator[tuple[str, Path]]:
        """Files that are published as they were built, by path."""
        for version in self.issue.versions:
            shown = self._tags(version)
            for tag in shown:
                below = self._place(version, tag, shown).folder
                folder = version.folder / tag
                for path in sorted(folder.rglob("*")):
                    if path.suffix in _LOADED:
                        yield below + path.relative_to(folder).as_posix(), path
        current = self.issue.current
        if not current.drafted:
            yield f"data/{self.issue.as_of.isoformat()}/{FACTS}", current.folder / FACTS
        printed = current.folder / places.PARALLEL / "brief.pdf"
        if self._has_both(current) and printed.is_file():
            yield places.of_both(self.issue.as_of).folder + "brief.pdf", printed

    def _tags(self, version: Version) -> tuple[str, ...]:
        """The languages of a version that the site has, in the site's order."""
        return tuple(tag for tag in self.tags if tag in version.tags)

    def _has_both(self, version: Version) -> bool:
        """Whether there is a page of two languages, both of which the site has."""
        built = version.folder / places.PARALLEL / "brief.html"
        return built.is_file() and len(self._tags(version)) == len(version.tags)

    def _place(self, version: Version, tag: str, shown: tuple[str, ...]) -> Place:
        if version is self.issue.current:
            return places.of_brief(tag, self.issue.as_of, shown)
        return places.of_version(tag, self.issue.as_of, version.number, shown)

    def _page(self, version: Version, place: Place) -> bytes:
        writer = self.writers[place.tag]
        page = self.reader.page(version.folder, place.tag, self.issue.as_of)
        others = brief_page.others_of(place, self._tags(version), both=self._has_both(version))
        around = self._around(version, place)
        head = self._head(version, place, writer)
        return brief_page.write(page, place, writer, around, others, head)

    def _both(self, place: Place) -> bytes:
        """Both languages side by side, framed in the first of them."""
        version = self.issue.current
        page = self.reader.page(version.folder, places.PARALLEL, self.issue.as_of)
        shown = self._tags(version)
        writer = self.writers[shown[0]]
        day = f"{self.issue.as_of.isoformat()}/"
        others = {tag: f"{place.root}{tag}/{day}" for tag in shown}
        image = card_of(self.issue, shown[0])
        # The notices are those of the first language; its neighbors are not side by side.
        around = self._around(version, places.of_brief(shown[0], self.issue.as_of, shown)) | {
            "pdf": "brief.pdf"
            if (version.folder / places.PARALLEL / "brief.pdf").is_file()
            else "",
            "both": "",
            "later": None,
            "earlier": None,
        }
        return brief_page.write(page, place, writer, around, others, {"image": image})

    def _around(self, version: Version, place: Place) -> dict[str, Any]:
        """The values of the line above the text, of its notices and of its neighbours."""
        tag, day = place.tag, self.issue.as_of.isoformat()
        folder = version.folder / tag
        current = version is self.issue.current
        both = f"{place.root}{places.PARALLEL}/{day}/" if self._has_both(version) else ""
        return {
            "as_of": self.issue.as_of,
            "pdf": "brief.pdf" if (folder / "brief.pdf").is_file() else "",
            "both": both if current else "",
            "facts": f"{place.root}data/{day}/{FACTS}" if current and not version.drafted else "",
            "superseded": not current,
            "corrected": len(self.issue.versions) > 1,
            **self._history(version, place),
            **self._neighbours(place),
        }

    def _history(self, version: Version, place: Place) -> dict[str, Any]:
        day = self.issue.as_of.isoformat()
        link = f"{place.root}{place.tag}/{day}/"
        if version is not self.issue.current:
            after = self.issue.versions[self.issue.versions.index(version) + 1]
            return {
                "issued": version.issued_at.astimezone(NEW_YORK).date(),
                "newer_issued": after.issued_at.astimezone(NEW_YORK).date(),
                "current": link,
            }
        found = corrections.of_issue(self.issue, place.tag)
        return {
            "corrections": [
                {
                    **pages.told_of(correction.version, place.tag),
                    "link": f"{place.root}{place.tag}/corrections/#{pages.anchor_of(correction)}",
                    "earlier": f"{link}v{correction.before.number}/",
                }
                for correction in found
            ]
        }

    def _neighbours(self, place: Place) -> dict[str, Any]:
        listed = in_language(self.issues, place.tag)
        found: dict[str, Any] = {"later": None, "earlier": None}
        if self.issue not in listed:
            return found
        here = listed.index(self.issue)
        for name, at in (("later", here - 1), ("earlier", here + 1)):
            if 0 <= at < len(listed):
                other = listed[at].as_of
                link = f"{place.root}{place.tag}/{other.isoformat()}/"
                found[name] = {"as_of": other, "link": link}
        return found

    def _head(self, version: Version, place: Place, writer: Writer) -> dict[str, Any]:
        told = self.reader.told(self.issue, version, place.tag)
        first = self.issue.versions[0]
        return {
            "image": f"{place.folder}card.png" if told.has_card else "",
            "published": first.issued_at.isoformat(),
            "modified": version.issued_at.isoformat(),
            "data": (structured.article(told, first, place, writer),),
        }


def card_of(issue: Issue, tag: str) -> str:
    """The path of a brief's card; empty for one that was built without."""
    if not (issue.current.folder / tag / "card.png").is_file():
        return ""
    return f"{tag}/{issue.as_of.isoformat()}/card.png"


def feed_of(writer: Writer, reader: Reader, issues: tuple[Issue, ...]) -> bytes:
    """The Atom feed of a language."""
    tag, base = writer.locale.tag, writer.base_url
    listed = in_language(issues, tag)
    first = listed[-1].as_of
    about = Feed(
        id=places.tag_uri(base, first, f"{tag}/"),
        tag=tag,
        title=writer.title,
        author=writer.desk,
        address=f"{base}/{tag}/{FEED}",
        home=f"{base}/{tag}/",
        icon=f"{base}/{writer.icon()}",
    )
    return feed.write(about, [_entry(issue, writer, reader) for issue in listed[: feed.ENTRIES]])


def _entry(issue: Issue, writer: Writer, reader: Reader) -> Entry:
    tag, day = writer.locale.tag, issue.as_of.isoformat()
    address = f"{writer.base_url}/{tag}/{day}/"
    page = reader.page(issue.current.folder, tag, issue.as_of)
    told = reader.told(issue, issue.current, tag)
    return Entry(
        id=places.tag_uri(writer.base_url, issue.as_of, f"{tag}/{day}/"),
        address=address,
        title=told.plain_headline,
        summary=told.description,
        published=issue.versions[0].issued_at,
        updated=issue.current.issued_at,
        content=feed.full_text(page, address, _notices(issue, writer)),
    )


def _notices(issue: Issue, writer: Writer) -> str:
    """What was corrected, and where it is told, for those who read nothing but the feed."""
    if len(issue.versions) == 1:
        return ""
    # Feed readers know no address to count from.
    place = Place(writer.locale.tag, "", (), fixed_root=f"{writer.base_url}/")
    values = {**writer.shared(place), **pages.corrected(writer, place, (issue,))}
    module = writer.templates.module("site/feed.html.j2", values)
    return typeset(writer.templates.call(module, "notices"), writer.locale)
