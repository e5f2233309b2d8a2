"""Prints figures, dates and names for one language, and records each printing.

What is printed is an element that names its fact, so that the gate can hold the page against the
record: ``<data>`` for figures, linked to the annex, ``<time>`` for dates.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from markupsafe import Markup

from reportgen.clock import BEIJING, NEW_YORK
from reportgen.errors import InputError
from reportgen.language import dates, numbers
from reportgen.language.catalogue import untranslated
from reportgen.language.locale import SOURCE_LANGUAGE, Locale
from reportgen.language.numbers import Style
from reportgen.model import Printed, Quantity, roughly

_ZONES = {"new_york": NEW_YORK, "beijing": BEIJING}


class Printer:
    """One language's pen; ``section`` names what is being written.

    A ``draft`` prints the English of a name that the language has not, marked.
    """

    def __init__(self, locale: Locale, as_of: date, *, draft: bool = False) -> None:
        self.locale = locale
        self.as_of = as_of
        self.draft = draft
        self.section = ""
        self.printed: list[Printed] = []
        self.figures: dict[str, Quantity] = {}
        self._anchors: dict[tuple[object, ...], str] = {}

    def figure(self, figure: Quantity) -> Markup:
        """A figure in a sentence."""
        return self._figure(figure, Style.PLAIN)

    def signed(self, figure: Quantity) -> Markup:
        """A figure with its sign, plus included."""
        return self._figure(figure, Style.SIGNED)

    def signed_short(self, figure: Quantity) -> Markup:
        """A figure in a table with its sign, plus included."""
        return self._figure(figure, Style.SIGNED_SHORT)

    def short(self, figure: Quantity) -> Markup:
        """A figure in a table."""
        return self._figure(figure, Style.SHORT)

    def alone(self, figure: Quantity) -> Markup:
        """A figure on a page that has no annex: it leads nowhere."""
        self._register(figure)
        return self._element(figure, numbers.format_quantity(figure, self.locale))

    def quoted(self, figure: Quantity, text: str, address: str) -> Markup:
        """A figure in the words of a brief that printed it, leading to that brief."""
        return self._element(figure, text, Markup('<a href="{}">{}</a>').format(address, text))

    def _element(self, figure: Quantity, text: str, shown: Markup | None = None) -> Markup:
        self._record(figure.id, text)
        return Markup('<data class="q" value="{}" data-fact="{}">{}</data>').format(
            _plain(figure.value), figure.id, shown or text
        )

    def roughly(self, figure: Quantity) -> Markup:
        """A figure at two digits, after the word that the direction of its rounding asks for."""
        self._register(figure)
        parts = numbers.format_rounded(roughly(figure), self.locale)
        self.printed.append(Printed(self.section, figure.id, "".join(parts), rounded=True))
        return Markup(
            '<data class="q" value="{}" data-fact="{}" data-rounded="">{}<a href="#{}">{}</a>{}'
            "</data>"
        ).format(_plain(figure.value), figure.id, parts[0], self.anchor(figure), parts[1], parts[2])

    def _register(self, figure: Quantity) -> None:
        known = self.figures.setdefault(figure.id, figure)
        if abs(known.value) != abs(figure.value) or known.unit is not figure.unit:
            raise ValueError(f"two figures are called {figure.id}")

    def _figure(self, figure: Quantity, style: Style) -> Markup:
        self._register(figure)
        text = numbers.format_quantity(figure, self.locale, style)
        link = Markup('<a href="#{}">{}</a>').format(self.anchor(figure), text)
        # In its own row of the annex a figure leads nowhere.
        return self._element(figure, text, None if self.section == "annex" else link)

    def anchor(self, figure: Quantity) -> str:
        """The id of the annex row of a figure; sections that tell the same fact share a row."""
        return self._anchors.setdefault(row_of(figure), anchor_of(figure.id))

    def day(self, day: date) -> Markup:
        """Month and day, with the year when it is another one than the brief's."""
        return self._time(day.isoformat(), dates.format_day(day, self.locale, self.as_of))

    def full_day(self, day: date) -> Markup:
        """Day, month and year."""
        return self._time(day.isoformat(), dates.format_full_day(day, self.locale))

    def short_day(self, day: date) -> Markup:
        """An abbreviated day for tables and chart labels."""
        text = dates.format_short_day(day, self.locale, self.as_of)
        return self._time(day.isoformat(), text)

    def month(self, day: date) -> Markup:
        """Month and year."""
        return self._time(f"{day:%Y-%m}", dates.format_month(day, self.locale))

    def year(self, day: date) -> Markup:
        """The year."""
        return self._time(f"{day:%Y}", dates.format_year(day, self.locale))

    def quarter(self, day: date) -> Markup:
        """The quarter, with its year."""
        return self._time(f"{day:%Y-%m}", dates.format_quarter(day, self.locale))

    def _time(self, stamp: str, text: str) -> Markup:
        self._record(f"date:{stamp}", text)
        return Markup('<time datetime="{}">{}</time>').format(stamp, text)

    def moment(self, moment: datetime, zone: str) -> Markup:
        """An instant on the clocks of a city."""
        local = moment.astimezone(_ZONES[zone])
        return self._time(local.isoformat(), dates.format_moment(local, self.locale))

    def name(self, by_language: tuple[tuple[str, str], ...]) -> Markup:
        """An author of the outlook file in this language, recorded as printed."""
        found = self.author(by_language)
        self._record(f"name:{found.striptags()}", found.striptags())
        return Markup('<span class="who">{}</span>').format(found)

    def author(self, by_language: tuple[tuple[str, str], ...]) -> Markup:
        """A name in this language; without one a draft has the English, marked.

        InputError in a strict build.
        """
        names = dict(by_language)
        if found := names.get(self.locale.tag):
            return Markup.escape(found)
        if self.draft and SOURCE_LANGUAGE in names:
            return untranslated(Markup.escape(names[SOURCE_LANGUAGE]))
        raise InputError(
            f"an author has no name in {self.locale.tag}: {names}",
            where="outlook file, who",
            remedy=f'add {self.locale.tag} = "..." to `who`',
        )

    def _record(self, key: str, text: str) -> None:
        self.printed.append(Printed(self.section, key, text))

    def filters(self) -> dict[str, Callable[..., Markup]]:
        """The filters templates use, by name."""
        return {
            "figure": self.figure,
            "signed": self.signed,
            "short": self.short,
            "alone": self.alone,
            "roughly": self.roughly,
            "signedshort": self.signed_short,
            "day": self.day,
            "fullday": self.full_day,
            "shortday": self.short_day,
            "month": self.month,
            "year": self.year,
            "quarter": self.quarter,
            "moment": self.moment,
            "who": self.name,
        }


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def row_of(figure: Quantity) -> tuple[object, ...]:
    """What figures have in common that share a row of the annex."""
    return abs(figure.value), figure.unit, figure.as_of, figure.quantum, figure.formula


def anchor_of(fact_id: str) -> str:
    """The id of a fact's row in the annex."""
    return "fact-" + fact_id.replace(".", "-")
