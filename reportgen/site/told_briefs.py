"""What the site says of its briefs on pages other than their own: headline, summary, links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from reportgen.errors import CheckError
from reportgen.site import brief_page
from reportgen.site.brief_page import BuiltPage
from reportgen.site.issued import Issue, Version


@dataclass(frozen=True, slots=True)
class Told:
    """A language's page of a brief in short: HTML of headline and summary, and plain text."""

    as_of: date
    version: Version
    headline: str
    summary: str
    plain_headline: str
    description: str
    has_pdf: bool
    has_both: bool
    has_card: bool


class Reader:
    """Reads the pages of built briefs, keeping in short what many pages of the site tell.

    A page as a tree takes several megabytes: only the last few are kept. ``drafts`` take the place
    of the pages of a folder and a language.
    """

    def __init__(self, drafts: Mapping[tuple[Path, str], BuiltPage] | None = None) -> None:
        self._drafts = drafts or {}
        self._short: dict[tuple[Path, str], Told] = {}
        self._read_page = lru_cache(maxsize=3)(brief_page.read)

    def with_drafts(self, drafts: Mapping[tuple[Path, str], BuiltPage]) -> Reader:
        """A reader that knows what this one has read of other pages."""
        other = Reader(drafts)
        other._read_page = self._read_page
        known = self._drafts.keys() | drafts.keys()
        other._short = {key: told for key, told in self._short.items() if key not in known}
        return other

    def page(self, folder: Path, name: str, as_of: date) -> BuiltPage:
        """A page of a brief, such as ``en`` or ``parallel``."""
        return self._drafts.get((folder, name)) or self._read_page(folder, name, as_of)

    def told(self, issue: Issue, version: Version, tag: str) -> Told:
        """A version of a brief in short."""
        key = version.folder, tag
        if key not in self._short:
            self._short[key] = self._read(issue.as_of, version, tag)
        return self._short[key]

    def _read(self, as_of: date, version: Version, tag: str) -> Told:
        page = self.page(version.folder, tag, as_of)
        folder = version.folder / tag
        return Told(
            as_of=as_of,
            version=version,
            headline=page.headline.inner_html,
            summary=page.required(of_class="summary").inner_html,
            plain_headline=page.plain_headline,
            description=page.description,
            has_pdf=(folder / "brief.pdf").is_file(),
            has_both=(version.folder / "parallel" / "brief.html").is_file(),
            has_card=(folder / "card.png").is_file(),
        )


def in_language(issues: tuple[Issue, ...], tag: str) -> tuple[Issue, ...]:
    """The briefs whose current version has a page in a language."""
    return tuple(issue for issue in issues if tag in issue.current.tags)


def newest(issues: tuple[Issue, ...], tag: str) -> Issue:
    """The newest brief in a language; CheckError when there is none."""
    found = in_language(issues, tag)
    if not found:
        raise CheckError(
            f"no brief is built in {tag}",
            where="[brief] languages",
            remedy=f"build one with --lang {tag}, or leave the language out of the settings",
        )
    return found[0]
