"""Editors' notes and overrides on one language's page: figures printed, every rule held."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from markupsafe import Markup

from reportgen.errors import CheckError, InputError
from reportgen.language import markdown
from reportgen.language.markdown import Rendered
from reportgen.language.messages import CITED, Rewording
from reportgen.language.numbers import format_quantity
from reportgen.language.printer import Printer
from reportgen.model import Brief, Override, Quantity, Said
from reportgen.render.trace import untraced

log = logging.getLogger("reportgen")

_FACT = re.compile(r"fact:\s*([^|\s]+)\s*(?:\|\s*(\w+)\s*)?")
_TEMPLATE_PLACEHOLDER = re.compile(r"%\((\w+)\)s")


class HandPress:
    """Prints what editors wrote for a brief in one language."""

    def __init__(self, brief: Brief, printer: Printer) -> None:
        self._hand = brief.hand
        self._figures = brief.figures() if brief.hand.files else {}
        self._as_of = brief.as_of
        self._printer = printer
        self._overrides = brief.hand.overrides_in(printer.locale.tag)

    def note(self, section: str) -> Markup:
        """The note of a section as HTML, empty where there is none."""
        note = self._hand.note(self._printer.locale.tag, section)
        if note is None:
            return Markup("")

        def figure(content: str, line: int) -> Markup:
            return self._fact(content, f"{note.where}, line {line}", "")

        rendered = markdown.render(note.text, note.where, figure)
        for line in rendered.left_out:
            log.warning(
                "%s, line %d: HTML, images and links to other than http(s) are left out",
                note.where,
                line,
            )
        for passage in rendered.passages:
            digits = self._loose_digits(passage.text)
            if digits and not passage.cites:
                raise _unsourced(digits, passage.text, f"{note.where}, line {passage.line}")
        return rendered.html

    def rewordings(self) -> dict[str, Rewording]:
        """The overridden messages of this language, for the templates to say."""
        return {entry.message: self._rewording(entry) for entry in self._overrides}

    def _rewording(self, override: Override) -> Rewording:
        def say(values: Mapping[str, Any]) -> Markup:
            rendered = self._overriding(override, values)
            digits = [d for p in rendered.passages for d in self._loose_digits(p.text)]
            return Markup(CITED).format(rendered.html) if digits else rendered.html

        return say

    def _overriding(self, override: Override, values: Mapping[str, Any]) -> Rendered:
        """The text of an override with its placeholders and facts printed."""
        where = f"{override.where}, {override.message}"
        names = ", ".join(f"{{{name}}}" for name in values)
        if old := _TEMPLATE_PLACEHOLDER.search(override.text):
            raise InputError(
                f"{old[0]} is written as in a locale file",
                where=where,
                remedy=f"write {{{old[1]}}} here",
            )

        def figure(content: str, _line: int) -> Markup:
            if content.strip() in values:
                return Markup.escape(values[content.strip()])
            return self._fact(content, where, f"of this message there are {names}; " * bool(names))

        rendered = markdown.render(override.text, where, figure, inline=True)
        if rendered.left_out:
            log.warning("%s: HTML, images and links to other than http(s) are left out", where)
        for passage in rendered.passages:
            loose = list(untraced([("", passage.text)], self._printer.locale))
            if loose and not passage.cites:
                raise _unsourced([word for _, word, _ in loose], passage.text, where)
        return rendered

    def _fact(self, content: str, where: str, others: str) -> Markup:
        """The figure that ``fact:id`` or ``fact:id|style`` asks for, printed."""
        found = _FACT.fullmatch(content.strip())
        styles: dict[str | None, Callable[[Quantity], Markup]] = {
            None: self._printer.figure,
            "signed": self._printer.signed,
            "short": self._printer.short,
            "roughly": lambda figure: self._printer.roughly(figure.magnitude),
            "magnitude": lambda figure: self._printer.figure(figure.magnitude),
            "day": lambda figure: self._printer.day(figure.as_of),
        }
        if found is None or found[2] not in styles:
            raise InputError(
                f"{{{content}}} is no figure",
                where=where,
                remedy=f"{others}a fact is {{fact:id}}, or {{fact:id|style}} with "
                f"{', '.join(style for style in styles if style)}",
            )
        if found[1] not in self._figures:
            near = get_close_matches(found[1], self._figures, n=3)
            raise InputError(
                f"there is no fact {found[1]!r} in this brief",
                where=where,
                remedy=(f"is it {' or '.join(near)}? " if near else "")
                + f"`reportgen facts --as-of {self._as_of}` lists them all",
            )
        return styles[found[2]](self._figures[found[1]])

    def _loose_digits(self, text: str) -> list[str]:
        """Digits that are part of no registered name; superscripts and fractions too."""
        words = [word for _, word, _ in untraced([("", text)], self._printer.locale)]
        others = [c for c in text if unicodedata.category(c) in ("No", "Nl")]
        return [word for word in words if word[0].isdigit()] + others

    def check_overrides(self, said: Sequence[Said]) -> None:
        """Raises CheckError for overrides that nothing prints, or whose figures have moved."""
        spoken = {entry.message: entry for entry in said}
        lost = [entry for entry in self._overrides if entry.message not in spoken]
        if lost:
            near = get_close_matches(lost[0].message, spoken, n=3)
            raise CheckError(
                "this brief does not print " + ", ".join(entry.message for entry in lost),
                where=lost[0].where,
                remedy="remove the entry, or correct the name: the messages of a built brief stand "
                "in facts.json" + (f"; near it are {', '.join(near)}" if near else ""),
            )
        reviews = [
            (entry, faults)
            for entry in self._overrides
            if (faults := list(self._faults(entry, spoken[entry.message])))
        ]
        if reviews:
            rows = "\n".join(f"  {entry.message}: {'; '.join(faults)}" for entry, faults in reviews)
            blocks = "\n".join(self._bindings(e, spoken[e.message]) for e, _ in reviews)
            raise CheckError(
                f"an override asks for a review before it is printed\n{rows}",
                where=reviews[0][0].where,
                remedy="review the text beside the figures, correct it where it no longer holds, "
                f"then bind it to them:\n{blocks}",
            )

    def _faults(self, override: Override, said: Said) -> list[str]:
        bound = dict(override.written_on)
        faults = []
        for id, written in bound.items():
            figure = self._figures.get(id)
            if figure is None:
                faults.append(f"{id} is no fact of this brief")
            elif (then := replace(figure, value=written)).displayed != figure.displayed:
                faults.append(f"{id} was {self._shown(then)}, is {self._shown(figure)}")
        for id in sorted(said.keys & self._figures.keys() - bound.keys()):
            faults.append(f"{id} is printed ({self._shown(self._figures[id])}) but not bound")
        return faults

    def _bindings(self, override: Override, said: Said) -> str:
        """The lines of overrides.toml that bind an override to the figures as they are."""
        ids = {id for id, _ in override.written_on} | said.keys
        lines = [
            f'      "{id}" = "{_plain(self._figures[id].displayed)}"'
            for id in sorted(ids & self._figures.keys())
        ]
        return "\n".join((f"    [override.written_on]  # {override.message}", *lines))

    def _shown(self, figure: Quantity) -> str:
        text = format_quantity(figure, self._printer.locale)
        return text.replace("\N{NO-BREAK SPACE}", " ")


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _unsourced(words: Sequence[str], text: str, where: str) -> CheckError:
    numbers = ", ".join(repr(word.rstrip(".,")) for word in words[:5])
    around = " ".join(text.split())
    return CheckError(
        f"number without a source: {numbers} in “{around[:60]}”",
        where=where,
        remedy="print a fact with {fact:id}, link the source in the same paragraph, or reword",
    )
