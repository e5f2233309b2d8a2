"""A built brief as a page of the site: its text untouched, its style and script in shared files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from markupsafe import Markup

from reportgen.errors import CheckError
from reportgen.language.typography import typeset
from reportgen.render import elements
from reportgen.render.elements import Element
from reportgen.site import places
from reportgen.site.places import Place
from reportgen.site.spliced import Splice
from reportgen.site.writing import Head, Writer

# A link of a build to another language of it, or to both beside each other.
_TO_OTHER = re.compile(r"\.\./([A-Za-z-]+)/(?:brief\.html(#.*)?|(charts/.*))")
_ANCHOR = re.compile(r'(\shref=")#')


@dataclass(frozen=True)
class BuiltPage:
    """A language's page of a brief, or that of both, read from its file once."""

    as_of: date
    html: str

    @cached_property
    def whole(self) -> Element:
        """The page as a tree."""
        return elements.parse(self.html)

    def part(self, *, tag: str = "", of_class: str = "", id: str = "") -> Element | None:
        """The first part of a tag, class or id."""
        if id:
            return next((found for found in self.whole.walk() if found.id == id), None)
        return self.whole.first(tag=tag, of_class=of_class)

    def required(self, *, tag: str = "", of_class: str = "") -> Element:
        """A part that each brief has; CheckError where a changed template left it out."""
        found = self.part(tag=tag, of_class=of_class)
        if found is None:
            raise CheckError(
                f"has no {tag or '.' + of_class}",
                where=f"brief of {self.as_of}",
                remedy="bring it back into templates/brief.html.j2, and build the brief again",
            )
        return found

    @cached_property
    def headline(self) -> Element:
        """What the brief says first."""
        return self.required(tag="h1")

    @property
    def plain_headline(self) -> str:
        """The headline without marks."""
        return self.meta_title.rpartition(" · ")[0] or self.meta_title

    @cached_property
    def meta_title(self) -> str:
        """The title as other programs show it."""
        return Markup(self.required(tag="title").inner_html).unescape()

    @cached_property
    def description(self) -> str:
        """The summary in plain text."""
        for meta in self.whole.all(tag="meta"):
            if meta.attributes.get("name") == "description":
                return meta.attributes.get("content", "")
        return ""

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Every id on the page."""
        return frozenset(found.id for found in self.whole.walk() if found.id)


def read(folder: Path, name: str, as_of: date) -> BuiltPage:
    """A page of a built brief, such as ``en`` or ``parallel``."""
    return BuiltPage(as_of, (folder / name / "brief.html").read_text(encoding="utf-8"))


def write(
    page: BuiltPage,
    place: Place,
    writer: Writer,
    around: Mapping[str, Any],
    others: Mapping[str, str],
    head: Mapping[str, Any],
) -> bytes:
    """The page of the site.

    ``around`` are the values of the line above it and the notices; ``others`` the links to the
    pages its build had beside it, by language, with ``parallel``.
    """
    told = Head(page.plain_headline, page.description, kind="article", **head)
    frame = _Frame(writer, writer.frame(place, told) | {"brief": around, "disclaimer": ""})
    splice = Splice(page.whole)
    _change_head(splice, page, place, writer, frame)
    body, main = page.required(tag="body"), page.required(tag="main")
    classes = " ".join(("site", *body.classes))
    splice.tag(body, f'<body class="{classes}">\n')
    splice.replace(page.required(of_class="masthead"), frame.part("top"))
    splice.tag(main, '<main id="main">\n' + frame.part("issue_line") + frame.part("notice"))
    splice.at(main.close, frame.part("around"))
    splice.at(page.required(of_class="imprint").close, frame.part("imprint_foot"))
    if place.indexed:
        _mark_for_search(splice, page)
    _link_series(splice, page, place.root, writer.locale.tag)
    _share_scripts(splice, page, place, writer)
    _lead_to(splice, page, others)
    return ("<!doctype html>\n" + splice.html() + "\n").encode()


class _Frame:
    """The parts of the frame around one page, typeset."""

    def __init__(self, writer: Writer, values: Mapping[str, Any]) -> None:
        self._writer = writer
        self._module = writer.templates.module("site/frame.j2", values)

    def part(self, name: str) -> str:
        """A macro of the frame."""
        return typeset(self._writer.templates.call(self._module, name), self._writer.locale)


def _lead_to(splice: Splice, page: BuiltPage, others: Mapping[str, str]) -> None:
    """Leads links to other languages to their pages of the site; those it has not are left out."""
    for link in page.whole.all(tag="a"):
        address = link.attributes.get("href", "")
        found = _TO_OTHER.fullmatch(address)
        if found is None:
            continue
        if found[1] not in others:
            splice.replace(link, "")
            continue
        led = others[found[1]] + (found[2] or found[3] or "")
        opening = page.html[link.start : link.inner]
        splice.tag(link, opening.replace(f'href="{address}"', f'href="{led}"'))


def _change_head(
    splice: Splice, page: BuiltPage, place: Place, writer: Writer, frame: _Frame
) -> None:
    """The site's own lines come first: what a page may load has to be said before it loads it."""
    style, head = page.required(tag="style"), page.required(tag="head")
    charset = next(head.all(tag="meta"))
    splice.at(charset.end, "\n" + frame.part("security").strip())
    sheet = writer.assets.add("brief.css", style.inner_html)
    beside = writer.beside_sheet()
    links = "\n".join(
        f'<link rel="stylesheet" href="{place.root}{path}">' for path in (sheet, beside)
    )
    splice.replace(style, links + "\n" + frame.part("links").strip())


def _mark_for_search(splice: Splice, page: BuiltPage) -> None:
    """Only the text of a brief is searched, not its data."""
    article = page.required(tag="article")
    told = f"day:{page.as_of.isoformat()}"
    marks = f'data-pagefind-body data-pagefind-meta="{told}" data-pagefind-sort="{told}"'
    splice.tag(article, f"<article {marks}>")
    for found in article.walk():
        opening = page.html[found.start : found.inner]
        if "chart-data" in found.classes or "elsewhere" in found.classes or found.tag == "svg":
            splice.tag(found, opening[:-1] + " data-pagefind-ignore>")


def _link_series(splice: Splice, page: BuiltPage, root: str, tag: str) -> None:
    """In the annex the name of a series leads to its history on the site."""
    for row in page.whole.all(tag="tr"):
        series = row.attributes.get("data-series")
        code = row.first(tag="code")
        if series and code:
            link = f'<a href="{root}{tag}/series/{series}/">{code.html}</a>'
            splice.replace(code, link)


def _share_scripts(splice: Splice, page: BuiltPage, place: Place, writer: Writer) -> None:
    for script in page.whole.all(tag="script"):
        if script.attributes.get("type") == "module":
            path = writer.assets.add("charts.js", script.inner_html)
            splice.replace(script, f'<script type="module" src="{place.root}{path}"></script>')


def away(html: str, link: str) -> str:
    """A part of a brief on another page: what it points to on its own page is pointed to there."""
    return _ANCHOR.sub(lambda found: f"{found[1]}{link}#", html)


def others_of(place: Place, tags: tuple[str, ...], *, both: bool) -> dict[str, str]:
    """The links to the pages of the same brief in each language."""
    day = place.path.partition("/")[0]
    found = {tag: f"{place.root}{tag}/{place.path}" for tag in tags}
    if both:
        found[places.PARALLEL] = f"{place.root}{places.PARALLEL}/{day}/"
    return found
