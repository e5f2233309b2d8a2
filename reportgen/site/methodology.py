"""The methodology page: what the code says of itself, with the values that it computes with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

from markupsafe import Markup

from reportgen import resources
from reportgen.errors import RenderError
from reportgen.language import docstrings
from reportgen.language.docstrings import Text
from reportgen.language.po_file import PLACEHOLDER
from reportgen.language.templates import Templates
from reportgen.model import Quantity, Unit, quantity

TEMPLATE = "site/methodology.html.j2"

# The name of a constant says its unit; without one it is a share when it is a fraction, else a
# count, whose unit is in the text.
_UNITS = {
    "_USD_A_MONTH": Unit.USD_PER_MONTH,
    "_USD": Unit.USD,
    "_BP": Unit.BASIS_POINT,
    "_PERCENT": Unit.SHARE,
}
# A constant is printed as it is.
_STEP = "0.000001"
_LINK = re.compile(r"</?a\b[^>]*>")


@dataclass(frozen=True, slots=True)
class Told:
    """A docstring as the page has it, paragraph by paragraph, and its place in the code."""

    place: str
    paragraphs: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class ToldRule:
    """A rule as the page has it; what breaks it is not published when it is an ``error``."""

    id: str
    error: bool
    text: Markup


def values(templates: Templates) -> dict[str, Any]:
    """What the page's template calls: ``docstring`` and ``rules``, by names below the package.

    Both raise RenderError for a name that the code has not.
    """
    teller = _Teller(templates)
    return {"docstring": teller.docstring, "rules": teller.rules}


def say(templates: Templates, project: Path) -> None:
    """Says each text of the code that the page shows, so that translators have samples of it."""
    path = resources.find(resources.template_folders(project), TEMPLATE)
    answers = values(templates)
    for _, kind, name in docstrings.asked_for(path.read_bytes()) if path else ():
        answers[kind](name)


def constant(module: str, name: str, as_of: date) -> tuple[Quantity | date, ...]:
    """The value of a constant, or the values of several; RenderError where there is none."""
    try:
        value = getattr(import_module(f"reportgen.{module}"), name)
    except AttributeError:
        raise RenderError(
            f"names ``{name}``, which the module has not",
            where=f"reportgen.{module}",
            remedy="correct the name in the docstring",
        ) from None
    place, id = f"reportgen.{module}.{name}", f"methodology.{module}.{name}"
    if not isinstance(value, tuple):
        return (_value(place, id, value, as_of),)
    return tuple(_value(place, f"{id}.{n}", part, as_of) for n, part in enumerate(value, 1))


def _value(place: str, id: str, value: object, as_of: date) -> Quantity | date:
    match value:
        case date():
            return value
        case str():
            return date.fromisoformat(value)
        case timedelta():
            number: int | float = value.days
        case int() | float():
            number = value
        case _:
            raise TypeError(f"{place}: a reader is told no {type(value).__name__}")
    unit = next((unit for end, unit in _UNITS.items() if place.endswith(end)), None)
    if unit is None:
        unit = Unit.SHARE if isinstance(number, float) and number < 1 else Unit.COUNT
        number *= 100 if unit is Unit.SHARE else 1
    return quantity(
        id, Decimal(str(number)), unit, as_of, _STEP, formula=place, references=(place,)
    )


class _Teller:
    """Says texts of the code in the language of the templates."""

    def __init__(self, templates: Templates) -> None:
        self._messages = templates.messages
        self._printer = templates.printer

    def docstring(self, name: str) -> Told:
        found = docstrings.docstring(name, TEMPLATE)
        paragraphs = tuple(self._said(text, found.module) for text in found.paragraphs)
        return Told(f"reportgen.{name}", paragraphs)

    def rules(self, name: str) -> tuple[ToldRule, ...]:
        return tuple(
            ToldRule(rule.id, rule.error, self._said(rule.text, rule.module))
            for rule in docstrings.rules(name, TEMPLATE)
        )

    def _said(self, text: Text, module: str) -> Markup:
        names = PLACEHOLDER.findall(text.english)
        printed = {name: self._printed(module, name) for name in names}
        return self._messages.pgettext(text.context, text.english, **printed)

    def _printed(self, module: str, name: str) -> Markup:
        """A constant as the language prints it; of several values, each after the other."""
        separator = Markup(self._printer.locale.lists.separator)
        return separator.join(map(self._print, constant(module, name, self._printer.as_of)))

    def _print(self, value: Quantity | date) -> Markup:
        if isinstance(value, date):
            return self._printer.full_day(value)
        # The page has no annex that a figure could lead to.
        return Markup(_LINK.sub("", self._printer.figure(value)))
