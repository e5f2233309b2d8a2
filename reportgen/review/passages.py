"""A page as a reader takes it in: headings, paragraphs, sentences, and the figures within."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from html.parser import HTMLParser


class Kind(StrEnum):
    """What a passage is on the page."""

    HEADING = "heading"
    PROSE = "prose"
    ITEM = "item"
    TITLE = "title"
    SUBTITLE = "subtitle"
    CELL = "cell"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Atom:
    """A figure, date or author within a text: the id of its fact, ``date:…``, ``name:`` or
    ``rounded:…`` with the id of what is told more exactly elsewhere."""

    key: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """Where the text goes on after it."""
        return self.start + len(self.text)

    @property
    def is_date(self) -> bool:
        """Whether this is a date."""
        return self.key.startswith("date:")

    @property
    def is_figure(self) -> bool:
        """Whether this is a figure in full, neither date nor author."""
        return not self.key.startswith(("date:", "name:", "rounded:"))


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of text with its figures; ``by_hand`` when an editor's note holds it."""

    section: str
    kind: Kind
    text: str
    atoms: tuple[Atom, ...]
    by_hand: bool = False

    @property
    def figures(self) -> tuple[Atom, ...]:
        """Its figures alone."""
        return tuple(atom for atom in self.atoms if atom.is_figure)

    def sentences(self) -> Iterator[Passage]:
        """Its sentences in turn, as passages of their own; a figure is never cut."""
        start = 0
        for mark in _SENTENCE_END.finditer(self.text):
            if any(atom.start < mark.end() < atom.end for atom in self.atoms):
                continue
            yield from self._part(start, mark.end())
            start = mark.end()
        yield from self._part(start, len(self.text))

    def _part(self, start: int, end: int) -> Iterator[Passage]:
        raw = self.text[start:end]
        start += len(raw) - len(raw.lstrip())
        if text := raw.strip():
            atoms = tuple(
                Atom(atom.key, atom.text, atom.start - start)
                for atom in self.atoms
                if start <= atom.start < start + len(text)
            )
            yield Passage(self.section, self.kind, text, atoms, self.by_hand)


# A Latin sentence ends before a space and a capital, a quotation or a number.
_SENTENCE_END = re.compile(r"[。！？][”’」』）]*|[.!?][”’)]*(?=\s+[A-Z“‘$(0-9])")


def _key(tag: str, attributes: dict[str, str]) -> str:
    """What an element stands for, empty when it is text like any other."""
    if tag == "data":
        return ("rounded:" if "data-rounded" in attributes else "") + attributes.get(
            "data-fact", ""
        )
    if tag == "time":
        return f"date:{attributes.get('datetime', '')}"
    return "name:" if tag == "span" and attributes.get("class") == "who" else ""


_BLOCKS = {
    "h1": Kind.HEADING,
    "h2": Kind.HEADING,
    "h3": Kind.HEADING,
    "p": Kind.PROSE,
    "li": Kind.ITEM,
    "th": Kind.CELL,
    "td": Kind.CELL,
}
_SPANS = {"fig-title": Kind.TITLE, "fig-subtitle": Kind.SUBTITLE}
# What a term means is said beside the text, in words that the text may have too.
_SKIPPED = {"style", "script", "svg", "head", "header", "footer", "aside"}
# Tables of the data of charts are read against their CSV, and by no reader from end to end.
_DATA = "chart-data"
# Sums and sources are formulas and names rather than sentences.
_NOTES = {"note", "source", "sum", "desk-note-label", "side-title"}
_VOID = {"meta", "link", "br", "hr", "img", "input", "wbr", "col"}


class _Reader(HTMLParser):
    """Collects passages; what is nested in a block belongs to it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.passages: list[Passage] = []
        self._open: list[tuple[str, str]] = []
        self._section = ""
        self._skip = 0
        self._block: tuple[int, Kind] | None = None
        self._text: list[str] = []
        self._atoms: list[tuple[str, int, int]] = []
        self._atom: tuple[int, str, int] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        attributes = {name: value or "" for name, value in attrs}
        kind_of = attributes.get("class", "")
        self._open.append((tag, kind_of))
        if tag in _SKIPPED or attributes.get("id") == "annex" or kind_of == _DATA:
            self._skip = self._skip or len(self._open)
        if tag == "section":
            self._section = attributes.get("id", "")
        kind = _SPANS.get(kind_of) if tag == "span" else _BLOCKS.get(tag)
        if kind is not None and not self._skip and self._block is None:
            if kind is Kind.PROSE and kind_of in _NOTES:
                kind = Kind.NOTE
            self._block, self._text, self._atoms = (len(self._open), kind), [], []
        if self._atom is None and (key := _key(tag, attributes)):
            self._atom = (len(self._open), key, self._length())

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            depth = len(self._open)
            if self._atom and self._atom[0] == depth:
                self._atoms.append((self._atom[1], self._atom[2], self._length()))
                self._atom = None
            if self._block and self._block[0] == depth:
                self._finish(self._block[1])
            if self._skip == depth:
                self._skip = 0
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        if self._block and not self._skip:
            # A browser shows a run of spaces as one; a no-break space stays beside it.
            text = re.sub(r"[ \t\n\r]+", " ", data)
            if text.startswith(" ") and (not self._text or self._text[-1].endswith(" ")):
                text = text[1:]
            if text:
                self._text.append(text)

    def _length(self) -> int:
        return sum(map(len, self._text))

    def _finish(self, kind: Kind) -> None:
        raw = "".join(self._text)
        lead = len(raw) - len(raw.lstrip(" "))
        atoms = tuple(
            Atom(key, raw[start:end], start - lead)
            for key, start, end in self._atoms
            if end > start
        )
        by_hand = any(name == "desk-note" for _, name in self._open)
        self.passages.append(Passage(self._section, kind, raw.strip(" "), atoms, by_hand))
        self._block = None


def read(html: str) -> tuple[Passage, ...]:
    """The passages of a page in reading order, without annex, imprint and masthead."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return tuple(reader.passages)


def sentences(passages: Iterable[Passage], *kinds: Kind) -> Iterator[Passage]:
    """Every sentence of the passages of some kinds that no editor wrote by hand."""
    for passage in passages:
        if passage.kind in kinds and not passage.by_hand:
            yield from passage.sentences()
