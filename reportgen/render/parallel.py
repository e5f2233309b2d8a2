"""Two finished pages as one, side by side: for screens and for the PDF, both gates and layout."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest
from pathlib import Path

from markupsafe import Markup

from reportgen.errors import CheckError
from reportgen.language.catalogue import Catalogue
from reportgen.language.printer import Printer, anchor_of, row_of
from reportgen.language.templates import Templates
from reportgen.render import blocks, chart_tables, elements, glyphs, tables, trace
from reportgen.render.blocks import ANNEX, Anatomy, Block, Row
from reportgen.render.elements import Element
from reportgen.render.page import Page
from reportgen.render.tables import Table
from reportgen.render.trace import Sighting

# The folder of both editions, where a language has its tag.
FOLDER = "parallel"

# Tables of the annex that stand once, and their columns that both languages need side by side.
_MERGED = {"annex-figures": (0, 2), "annex-series": (0,)}
_FONTS = re.compile(r"--(?:serif|sans):[^;]*;")


@dataclass(frozen=True, slots=True)
class Side:
    """One language of a page: the page, what it is made of, and what its ids become."""

    page: Page
    anatomy: Anatomy
    letter: str
    ids: Mapping[str, str]

    @property
    def fonts(self) -> Markup:
        """The variables of the style sheet that hold the fonts of the language."""
        return Markup(" ".join(_FONTS.findall(self.page.beside_css)))

    def named(self, of_class: str) -> Markup:
        """What stands in the element of a class."""
        return Markup(self.anatomy.named(of_class))

    def opening(self, element: Element, *, own: bool = False) -> Markup:
        """The start tag of an element, with the ids it has beside another language."""
        tag = element.opening(self._new)
        if not own:
            return Markup(tag)
        locale = self.page.locale
        classes = " ".join((self.letter, locale.typography, *element.classes))
        tag = re.sub(r' class="[^"]*"', "", tag)[:-1]
        return Markup(tag + f' class="{classes}" lang="{locale.tag}">')

    def held(self, element: Element) -> Markup:
        """What an element holds, likewise."""
        return Markup(element.renamed(self._new, inside=True))

    def whole(self, element: Element) -> Markup:
        """All of an element, likewise."""
        return Markup(element.renamed(self._new))

    def _new(self, id: str) -> str:
        return self.ids.get(id, id)


@dataclass(frozen=True, slots=True)
class Line:
    """What stands side by side, or a table with both languages in it; ``id`` names it."""

    id: str
    classes: str
    cells: tuple[Markup | None, ...] = ()
    table: Table | None = None


def assemble(
    pages: Sequence[Page], project: Path, as_of: date, *, draft: bool = False, paper: bool = False
) -> str:
    """Two pages as one, for screens or for ``paper``.

    CheckError where they do not have the same blocks with the same facts.
    """
    source = {page.locale.tag: page.print_html if paper else _moved(page) for page in pages}
    anatomies = {tag: blocks.dissect(html) for tag, html in source.items()}
    facing = blocks.align(anatomies)
    anchors = _anchors(pages)
    sides = tuple(
        Side(page, anatomy, letter, _new_ids(anatomy, page.locale.tag, own))
        for page, anatomy, letter, own in zip(
            pages, anatomies.values(), ("a", "b"), anchors, strict=True
        )
    )
    sections = [
        {"id": part.id, "classes": " ".join(part.classes), "lines": list(_lines(part, sides))}
        for part in facing
    ]
    first = pages[0]
    # All words are those of the pages: the template has no message of its own.
    no_messages = Catalogue({}, draft=False)
    return Templates(project, no_messages, Printer(first.locale, as_of)).render(
        "parallel.html.j2",
        {
            "sides": sides,
            "sections": sections[:-1],
            "imprint": sections[-1],
            "scripts": _scripts(anatomies.values()),
            "as_of": as_of,
            "draft": draft,
            "paper": paper,
            "css": Markup(first.print_beside_css if paper else first.beside_css),
        },
    )


def _moved(page: Page) -> str:
    """A page for screens as one that lies in another folder; its charts stay where they are."""
    return page.html.replace('href="charts/', f'href="../{page.locale.tag}/charts/')


def document(pages: Sequence[Page], project: Path, as_of: date, *, draft: bool = False) -> bytes:
    """Two pages as one PDF, with the data of both attached."""
    # WeasyPrint takes a third of a second to import; a page for screens does without.
    from reportgen.render import attached, pdf

    html = assemble(pages, project, as_of, draft=draft, paper=True)
    files = [
        replace(file, figure=file.figure and _beside(file.figure, page.locale.tag))
        for page in pages
        for file in attached.data_of(page, as_of)
    ]
    return pdf.write(pdf.Printable(html, tuple(files)))


def _scripts(pages: Iterable[Anatomy]) -> list[Markup]:
    """The scripts of both pages, each once: what both have comes after what is one language's."""
    found = [script for page in pages for script in page.scripts]
    return [Markup(script) for script in reversed(dict.fromkeys(reversed(found)))]


def _anchors(pages: Sequence[Page]) -> list[dict[str, str]]:
    """For each page, the annex rows of its figures by their id, with the id of the common row."""
    common: dict[tuple[object, ...], str] = {}
    return [
        {
            anchor_of(figure.id): common.setdefault(row_of(figure), anchor_of(figure.id))
            for figure in page.figures.values()
        }
        for page in pages
    ]


def _new_ids(anatomy: Anatomy, tag: str, anchors: Mapping[str, str]) -> dict[str, str]:
    """What each id of a page becomes: rows of the annex are common to both."""
    return {id: anchors.get(id) or _beside(id, tag) for id in anatomy.ids}


def _beside(id: str, tag: str) -> str:
    """An id of one language's page where the same id of another stands beside it."""
    return f"{id}-{tag}"


def _lines(part: blocks.Facing, sides: Sequence[Side]) -> Iterator[Line]:
    for row in part.rows:
        pair = (row.first, row.second)
        table = _common_table(row, sides) if part.id == ANNEX else None
        if table is not None:
            yield Line("", _classes(row.some), table=table)
        elif row.some.is_wide and row.some.element.tag != "figure":
            yield from _taken_apart(row, sides)
        else:
            cells = tuple(_cell(block, side) for block, side in zip(pair, sides, strict=True))
            yield Line(row.some.element.id, _classes(row.some), cells)


def _classes(block: Block) -> str:
    """The classes of a row: ``row-p row-note`` for the rows of ``p.note``."""
    found = [block.element.tag, *block.element.classes]
    found += ["item"] if block.within is not None else []
    found += ["wide"] if block.is_wide else []
    return _of_row(*dict.fromkeys(found))


def _of_row(*names: str) -> str:
    return " ".join(f"row-{name}" for name in names)


def _cell(block: Block | None, side: Side) -> Markup | None:
    if block is None:
        return None
    html = side.whole(block.element)
    if block.within is not None:
        html = side.opening(block.within) + html + Markup(f"</{block.within.tag}>")
    # Above the paragraph they would push it out of line with the other language's.
    return html + Markup("").join(side.whole(definition) for definition in block.definitions)


def _common_table(row: Row, sides: Sequence[Side]) -> Table | None:
    """A table of the annex with each figure or series once; None for any other block."""
    if row.first is None or row.second is None:
        return None
    name = next((name for name in row.first.element.classes if name in _MERGED), None)
    if name is None:
        return None
    ids = {**sides[0].ids, **sides[1].ids}
    return tables.merge(
        row.first.element,
        row.second.element,
        sides,
        apart=_MERGED[name],
        key=lambda line: ids.get(line.id) or line.children[2].inner_html,
    )


def _taken_apart(row: Row, sides: Sequence[Side]) -> Iterator[Line]:
    """A block with a wide table: the table with both languages in each cell, the rest as rows."""
    wholes = [block.element for block in (row.first, row.second) if block is not None]
    children = [whole.children for whole in wholes]
    if len({tuple(child.tag for child in held) for held in children}) > 1:
        raise CheckError(
            f"{row.some.kind} does not hold the same in both languages",
            where="parity",
            remedy="compare the template of the block: both languages print all of it",
        )
    names = row.some.element.classes
    for pair in zip(*children, strict=True):
        found = [table for child in pair if (table := child.first(tag="table")) is not None]
        if len(found) == len(sides) and tables.alike(found[0], found[1]):
            table = tables.merge(found[0], found[1], sides)
            yield Line("", f"{_of_row('merged')} {' '.join(names)}", table=table)
        else:
            cells = tuple(side.whole(child) for child, side in zip(pair, sides, strict=True))
            yield Line("", _of_row(pair[0].tag, *pair[0].classes, *names), cells)


def gates(
    html: str,
    pages: Sequence[Page],
    sightings: Mapping[str, Sequence[Sighting]],
    registered: Sequence[str],
) -> None:
    """Raises CheckError when a language beside the other does not say what its own page says.

    Each half must pass the gates of its page, and print the same figures and dates in the same
    order. ``sightings`` are those of the pages, by language tag.
    """
    whole = elements.parse(html)
    for page in pages:
        own = page.locale
        half = half_of(whole, {other.locale.tag for other in pages} - {own.tag})
        data = {chart.id: chart.csv for chart in page.charts.values()}
        chart_tables.check(trace.read_page(half).chart_tables, data, own)
        check_half(trace.check(half, own, page.printed, registered), sightings[own.tag], own.tag)
        glyphs.check(re.sub(r"<[^>]*>", "", half), own)


def half_of(whole: Element, others: Collection[str]) -> str:
    """The body of a page of two languages without what is in the ``others``, charts and scripts."""
    html, body = whole.page, whole.first(tag="body") or whole
    place, left = body.start, []
    for element in body.walk():
        drawn = element.tag in ("svg", "script")
        if element.start >= place and (drawn or element.attributes.get("lang") in others):
            left.append(html[place : element.start])
            place = element.end
    return "".join((*left, html[place : body.end]))


def check_half(seen: Sequence[Sighting], own: Sequence[Sighting], tag: str) -> None:
    """Raises CheckError when a half does not print the figures of its page in the same order.

    The annex is common to both; the masthead has the date once for each.
    """
    beside, alone = (
        [(s.key, s.text) for s in told if s.section not in (ANNEX, "header")]
        for told in (seen, own)
    )
    if beside != alone:
        told, meant = next(
            (a, b) for a, b in zip_longest(beside, alone, fillvalue=("", "nothing")) if a != b
        )
        raise CheckError(
            f"prints {told[1]!r} ({told[0]}) where the page of {tag} prints {meant[1]!r} "
            f"({meant[0]})",
            where=f"{FOLDER}/brief.html",
            remedy="build the brief again; if it stays, templates/parallel.html.j2 leaves it out",
        )
