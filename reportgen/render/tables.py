"""A table in two languages as one: rows once, each cell with what both languages have in it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Protocol

from markupsafe import Markup

from reportgen.render.elements import Element

Pair = tuple[Element | None, Element | None]

# The language of what both print alike.
BOTH = 2


class Writing(Protocol):
    """A language as it writes the elements of its page beside another one."""

    def opening(self, element: Element, *, own: bool = False) -> Markup:
        """The start tag of an element; one that is its ``own`` says which language it is in."""

    def held(self, element: Element) -> Markup:
        """What an element holds."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its start tag, and its text by language.

    Of no language but ``BOTH`` is a text that both print alike, and one whose cell is its own.
    """

    tag: str
    opening: Markup
    texts: tuple[tuple[int, Markup], ...]


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: its start tag and its cells."""

    opening: Markup
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its start tag, the rows of its head and of its body."""

    opening: Markup
    head: tuple[TableRow, ...]
    body: tuple[TableRow, ...]


def alike(first: Element, second: Element) -> bool:
    """Whether two tables have rows of the same lengths."""
    lengths = [[len(row.children) for row in table.all(tag="tr")] for table in (first, second)]
    return lengths[0] == lengths[1]


def merge(
    first: Element,
    second: Element,
    languages: Sequence[Writing],
    *,
    apart: Collection[int] = (),
    key: Callable[[Element], object] | None = None,
) -> Table:
    """Two tables as one; rows go together by their key, or else in their order.

    Columns ``apart`` become two, one for each language; in all others both stand in one cell. A
    row that the second language alone has comes at the end.
    """
    heads = [tuple(_rows(table, "thead")) for table in (first, second)]
    bodies = [tuple(_rows(table, "tbody")) for table in (first, second)]
    together = _matched(bodies[0], bodies[1], key) if key else zip_longest(bodies[0], bodies[1])
    return Table(
        opening=languages[0].opening(first),
        head=tuple(_merged(pair, languages, apart) for pair in zip_longest(heads[0], heads[1])),
        body=tuple(_merged(pair, languages, apart) for pair in together),
    )


def _rows(table: Element, part: str) -> Iterable[Element]:
    return (row for group in table.all(tag=part) for row in group.all(tag="tr"))


def _matched(
    first: Iterable[Element], second: Iterable[Element], key: Callable[[Element], object]
) -> Iterable[Pair]:
    waiting = tuple(second)
    left = {key(row): row for row in waiting}
    if len(left) < len(waiting):
        raise ValueError("two rows of a table have the same key")
    for row in first:
        yield row, left.pop(key(row), None)
    for row in left.values():
        yield None, row


def _merged(rows: Pair, languages: Sequence[Writing], apart: Collection[int]) -> TableRow:
    cells: list[Cell] = []
    for number, pair in enumerate(zip_longest(*(row.children if row else () for row in rows))):
        model = next(cell for cell in pair if cell is not None)
        texts = [
            language.held(cell) if cell is not None else Markup("")
            for cell, language in zip(pair, languages, strict=True)
        ]
        if number in apart:
            cells += [
                Cell(model.tag, language.opening(model, own=True), ((BOTH, text),))
                for language, text in zip(languages, texts, strict=True)
            ]
        elif texts[0].striptags() == texts[1].striptags():
            cells.append(Cell(model.tag, languages[0].opening(model), ((BOTH, texts[0]),)))
        else:
            cells.append(Cell(model.tag, languages[0].opening(model), tuple(enumerate(texts))))
    opening = next(
        language.opening(row) for row, language in zip(rows, languages, strict=True) if row
    )
    return TableRow(opening, tuple(cells))
