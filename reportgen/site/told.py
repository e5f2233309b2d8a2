"""The facts that a brief printed, read back from its record and its pages."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reportgen.errors import InputError
from reportgen.model import Quantity
from reportgen.render import records

_LEVEL = re.compile(r"([a-z][a-z0-9_]*)\((\d{4}-\d{2}-\d{2})\)")
_FIGURE = re.compile(r'<data\b[^>]*\bdata-fact="([^"]+)"[^>]*>[^<]*<a href="#([^"]+)">')
_ID = re.compile(r'\sid="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Told:
    """A fact of a brief, and what each language printed of it, by BCP 47 tag."""

    figure: Quantity
    printed: Mapping[str, tuple[str, ...]]

    @property
    def level(self) -> tuple[str, date] | None:
        """The series and the date whose value it is as published; None when it is computed."""
        found = _LEVEL.fullmatch(self.figure.formula)
        return (found[1], date.fromisoformat(found[2])) if found else None


@dataclass(frozen=True, slots=True)
class CitingBrief:
    """What the pages of series cite of a brief.

    ``anchors`` are by the tag of each language it has a page in, then by fact: the id on that page
    where the fact is explained.
    """

    as_of: date
    told: tuple[Told, ...]
    anchors: Mapping[str, Mapping[str, str]]


def read(facts: bytes) -> tuple[Told, ...]:
    """The facts of a ``facts.json``, in its order; InputError when it is none."""
    try:
        entries = json.loads(facts, parse_float=Decimal)["facts"]
        return tuple(
            Told(
                records.figure_of(entry),
                {str(tag): tuple(texts) for tag, texts in entry["printed"].items()},
            )
            for entry in entries
        )
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError) as error:
        raise InputError(
            f"is no record of a brief ({type(error).__name__}: {error})",
            where="facts.json",
            remedy="build the brief again",
        ) from None


def anchors(html: str) -> dict[str, str]:
    """Where the page of a brief explains each fact that it prints: the ids of their rows, by fact.

    Facts that tell the same share a row, so its id need not be that of the fact.
    """
    there = set(_ID.findall(html))
    return {fact: row for fact, row in _FIGURE.findall(html) if row in there}
