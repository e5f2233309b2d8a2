"""The gate of traced figures: no number on the page without a record of where it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html.parser import HTMLParser

from reportgen.errors import CheckError
from reportgen.language import number_words
from reportgen.language.locale import Locale
from reportgen.model import Printed

# Elements whose text no reader reads as a statement; SVG is checked through its template texts.
_SKIPPED = {"style", "script", "svg", "head"}
_ATOMS = {"data": "data-fact", "time": "datetime"}
# In the annex, formulas and identifiers are written in ids and dates of their own.
_CODE = {"formula", "id"}
# Data of a chart, which ``chart_tables`` holds against its CSV.
_CHART_TABLE, _JSON = "chart-table", "application/json"
# Written by the desk, whose digits were held against their sources where they were read.
_BY_HAND = {"desk-note", "cited"}
_VOID = {"meta", "link", "br", "hr", "img", "input", "wbr", "col"}
# Tags that a word can run through; any other ends it.
_INLINE = {
    "a", "abbr", "b", "bdi", "cite", "code", "data", "del", "em", "i", "ins", "mark", "q", "s",
    "small", "span", "strong", "sub", "sup", "time", "u", "wbr",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sighting:
    """A figure or date as the finished page has it: section, key, and the text a reader sees.

    In an editors' note the section is that of the note, such as ``note-srf``. A figure that is
    ``rounded`` has the word of its rounding in the text.
    """

    section: str
    key: str
    text: str
    rounded: bool = False


@dataclass(frozen=True, slots=True)
class ChartTable:
    """A table of a chart's data as the page has it: the id of the chart, and cells by row."""

    chart: str
    rows: list[list[str]]


class PageReader(HTMLParser):
    """Reads a finished page: figures and dates with their keys, tables of the data of charts, and
    all other text by section; ``scripted`` is what a script of the page has to say."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sightings: list[Sighting] = []
        self.texts: list[tuple[str, str]] = []
        self.by_hand: list[str] = []
        self.chart_tables: list[ChartTable] = []
        self.scripted: list[str] = []
        self._open: list[tuple[str, dict[str, str]]] = []
        self._section = ""
        self._atom: tuple[str, list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enters an element."""
        if tag in _VOID:
            self._break(tag)
            return
        attributes = {name: value or "" for name, value in attrs}
        self._open.append((tag, attributes))
        if tag in ("section", "footer", "header") or attributes.get("class") == "desk-note":
            self._section = attributes.get("id", tag)
        self._enter_cell(tag, attributes)
        if tag in _ATOMS and self._atom is None:
            self._atom = (self._key(tag, attributes), [])
        elif tag == "span" and attributes.get("class") == "who":
            self._atom = ("name:", [])
        else:
            self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        """Leaves an element."""
        while self._open:
            name, attributes = self._open.pop()
            ends_name = name == "span" and attributes.get("class") == "who"
            if self._atom and (name in _ATOMS or ends_name):
                key, parts = self._atom
                text = "".join(parts)
                key = f"name:{text}" if ends_name else key
                rounded = "data-rounded" in attributes
                self.sightings.append(Sighting(self._section, key, text, rounded))
                self._atom = None
            if name == tag:
                break
        self._break(tag)

    def handle_data(self, data: str) -> None:
        """Takes in text."""
        if self._atom:
            self._atom[1].append(data)
        elif self._in_cell():
            self.chart_tables[-1].rows[-1][-1] += data
        elif any(attributes.get("type") == _JSON for _, attributes in self._open):
            self.scripted.append(data)
        elif any(attributes.get("class") in _BY_HAND for _, attributes in self._open):
            self.by_hand.append(data)
        elif not self._skips():
            self.texts.append((self._section, data))

    def _enter_cell(self, tag: str, attributes: dict[str, str]) -> None:
        """A table of a chart, its rows and cells."""
        if tag == "table" and attributes.get("class") == _CHART_TABLE:
            self.chart_tables.append(ChartTable(attributes.get("data-chart", ""), []))
        elif tag in ("tr", "th", "td") and self._in_chart_table():
            rows = self.chart_tables[-1].rows
            if tag == "tr" or not rows:
                rows.append([])
            if tag != "tr":
                rows[-1].append("")

    def _in_chart_table(self) -> bool:
        return any(
            tag == "table" and attributes.get("class") == _CHART_TABLE
            for tag, attributes in self._open
        )

    def _in_cell(self) -> bool:
        return self._in_chart_table() and any(tag in ("th", "td") for tag, _ in self._open)

    def _break(self, tag: str) -> None:
        if tag not in _INLINE:
            self.texts.append((self._section, "\n"))

    def _skips(self) -> bool:
        return any(
            tag in _SKIPPED or (tag == "code" and attributes.get("class") in _CODE)
            for tag, attributes in self._open
        )

    @staticmethod
    def _key(tag: str, attributes: dict[str, str]) -> str:
        value = attributes.get(_ATOMS[tag], "")
        return value if tag == "data" else f"date:{value}"


def read_page(html: str) -> PageReader:
    """A finished page, or a part of one, taken apart."""
    reader = PageReader()
    reader.feed(html)
    reader.close()
    return reader


def check(
    html: str, locale: Locale, printed: Iterable[Printed], registered: Iterable[str] = ()
) -> tuple[Sighting, ...]:
    """Every figure and date on the page; CheckError for a number that nothing stands behind.

    ``registered`` are names of the project that may hold digits, such as that of the desk.
    """
    reader = read_page(html)
    recorded = {_comparable(entry) for entry in printed}
    strangers = [s for s in reader.sightings if _comparable(s) not in recorded]
    if strangers:
        rows = "; ".join(f"{s.text!r} as {s.key} in {s.section}" for s in strangers[:10])
        raise CheckError(
            f"figures on the page were not printed from a fact: {rows}",
            where=locale.tag,
            remedy="print them through a filter such as |figure or |day",
        )
    loose = list(untraced(reader.texts, locale, registered))
    if loose:
        rows = "; ".join(
            f"{word!r} in {section}: …{around}…" for section, word, around in loose[:10]
        )
        raise CheckError(
            f"{len(loose)} numbers on the page have no fact behind them: {rows}",
            where=locale.tag,
            remedy="make each a fact and print it, or reword; names with digits are registered in "
            "locale.toml under [trace] names",
        )
    return tuple(reader.sightings)


def _comparable(seen: Printed | Sighting) -> tuple[str, str, bool]:
    """Names and the words of a rounding may have been given gaps between scripts; figures not."""
    if seen.key.startswith("name:"):
        return "name", seen.text.replace(" ", ""), False
    return seen.key, seen.text.replace(" ", "") if seen.rounded else seen.text, seen.rounded


def untraced(
    texts: list[tuple[str, str]], locale: Locale, registered: Iterable[str] = ()
) -> Iterable[tuple[str, str, str]]:
    """Digits and number words outside figures, dates and names: section, word, what is around."""
    for section, text in _runs(texts):
        for cleaned, found in number_words.loose(text, locale, registered):
            around = cleaned[max(found.start() - 15, 0) : found.end() + 15]
            yield section, found[0], " ".join(around.split())


def _runs(texts: list[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """Pieces of text of one section joined, so that a word cut by a tag is still one."""
    joined: dict[str, list[str]] = {}
    for section, text in texts:
        joined.setdefault(section, []).append(text)
    for section, parts in joined.items():
        yield section, "".join(parts)
