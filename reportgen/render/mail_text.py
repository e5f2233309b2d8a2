"""The plain text of a mail: what its HTML says, in lines, tables as items and charts in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from reportgen.language import wrapping
from reportgen.language.locale import Locale
from reportgen.language.wrapping import Run
from reportgen.render import markup
from reportgen.render.mail_draft import MailDraft

COLUMNS = 72

_UNDERLINES = {"h1": "=", "h2": "-"}
_NEWLINE: Run = ("\n", True)
# A no-break space: the mark stays with what it follows.
_BETWEEN: Run = ("\N{NO-BREAK SPACE}· ", False)


def write(draft: MailDraft, locale: Locale) -> str:
    """The text part, its lines 72 columns wide at most unless a single word is wider."""
    writer = _Writer(draft.cell, locale)
    body = draft.tree().find("body")
    blocks = [] if body is None else list(writer.blocks(body))
    return "\n\n".join("\n".join(lines) for lines in blocks) + "\n"


class _Writer:
    """Writes each block of a page as lines; ``indent`` stands before every one of them."""

    def __init__(self, cell: str, locale: Locale) -> None:
        self._cell = re.split(r"(\{head\}|\{value\})", cell)
        self._han = locale.typography == "han"
        self._joined = locale.numbers.joined

    def blocks(self, element: ET.Element, indent: str = "") -> Iterator[list[str]]:
        """The blocks of an element; text that stands among them is a paragraph of its own."""
        loose: list[Run] = []
        for part in markup.contents(element):
            if isinstance(part, str) or markup.is_comment(part) or part.tag in markup.INLINE:
                loose += self._runs(part)
            else:
                yield from self._paragraph(loose, indent)
                yield from self._block(part, indent)
                loose = []
        yield from self._paragraph(loose, indent)

    def _block(self, element: ET.Element, indent: str) -> Iterator[list[str]]:
        if element.get("id") == "preheader":
            return
        match element.tag:
            case "h1" | "h2":
                yield self._heading(element)
            case "ul" | "ol":
                yield [line for item in element.iter("li") for line in self._item(item, indent)]
            case "table" if element.get("role") != "presentation":
                yield list(self._table(element, indent))
            case "figure" | "aside":
                yield from self.blocks(element, indent + "    ")
            case "header":
                yield [line for block in self.blocks(element, indent) for line in block]
            case "footer":
                yield ["-" * COLUMNS]
                yield from self.blocks(element, indent)
            case _:
                yield from self.blocks(element, indent)

    def _heading(self, element: ET.Element) -> list[str]:
        lines = self._lines(self._inside(element))
        longest = max(wrapping.width(line, han=self._han) for line in lines)
        # Two empty lines before a section.
        before = [""] if element.tag == "h2" else []
        return [*before, *lines, _UNDERLINES[str(element.tag)] * longest]

    def _item(self, element: ET.Element, indent: str) -> list[str]:
        return self._lines(self._inside(element), indent + "- ", indent + "  ")

    def _table(self, table: ET.Element, indent: str) -> Iterator[str]:
        """Each row as an item: its head, then its cells with the heads of their columns."""
        heads = [self._inside(cell) for cell in table.iterfind("thead/tr/*")]
        # Few columns hold words, and each has a line; many hold figures, and share it.
        between = _BETWEEN if len(heads) > 3 else _NEWLINE
        if label := table.get("aria-label"):
            yield from self._lines([(label, False)], indent, indent)
        for row in table.iterfind("tbody/tr"):
            first, *others = (self._inside(cell) for cell in row)
            yield from self._lines(first, indent + "- ", indent + "  ")
            told: list[Run] = []
            for head, value in zip(heads[1:], others, strict=True):
                told += [between] * bool(told) + self._told(head, value)
            yield from self._lines(told, indent + "  ", indent + "  ")

    def _told(self, head: list[Run], value: list[Run]) -> list[Run]:
        """A cell with the head of its column, on one line where it is short."""
        filled = {"{head}": head, "{value}": value}
        runs = [run for part in self._cell for run in filled.get(part, [(part, False)])]
        text = "".join(text for text, _ in runs)
        if wrapping.width(text, han=self._han) > COLUMNS // 2:
            return runs
        return [(text.replace(" ", "\N{NO-BREAK SPACE}"), True)]

    def _paragraph(self, runs: list[Run], indent: str) -> Iterator[list[str]]:
        if any(text.strip() for text, _ in runs):
            yield self._lines(runs, indent, indent)

    def _lines(self, runs: list[Run], first: str = "", rest: str = "") -> list[str]:
        lines: list[str] = []
        part: list[Run] = []
        for run in [*runs, _NEWLINE]:
            if run is not _NEWLINE:
                part.append(run)
                continue
            before = rest if lines else first
            lines += wrapping.wrap(
                part, COLUMNS, han=self._han, joined=self._joined, first=before, rest=rest
            )
            part = []
        return lines

    def _inside(self, element: ET.Element) -> list[Run]:
        return [run for part in markup.contents(element) for run in self._runs(part)]

    def _runs(self, part: ET.Element | str) -> list[Run]:
        """What a part of a line says; a figure or a date whole, a link with its address."""
        if isinstance(part, str):
            return [(part, False)]
        if markup.is_comment(part):
            return []
        match part.tag:
            case "data" | "time":
                return [(markup.text_of(part).replace(" ", "\N{NO-BREAK SPACE}"), True)]
            case "br":
                return [_NEWLINE]
            case "a" if part.get("href", "").startswith("http"):
                return [*self._inside(part), (" ", False), (f"<{part.get('href')}>", True)]
            case _:
                return self._inside(part)
