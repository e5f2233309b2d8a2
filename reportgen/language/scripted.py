"""How a language writes numbers and dates, told so that the script of a page can do the same.

A language that is added needs no JavaScript: patterns, words and marks come from its locale.toml.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from babel.dates import format_date
from babel.numbers import get_decimal_symbol, get_group_symbol

from reportgen.errors import InputError
from reportgen.language.locale import Locale, folder_of
from reportgen.model import Unit
from reportgen.model.chart import Scale

# What the script can fill in of a CLDR pattern; quoted text stays as it is.
_FIELDS = re.compile(r"(?:'[^']*'|(?:yyyy|y)(?!y)|M{1,4}(?!M)|L{3,4}(?!L)|d{1,2}(?!d)|[^A-Za-z'])*")

_WORTH = {Scale.TRILLION_USD: 10**12, Scale.BILLION_USD: 10**9}
_UNITS = {Scale.PERCENT: Unit.PERCENT, Scale.BASIS_POINT: Unit.BASIS_POINT}


def formats(locale: Locale) -> dict[str, Any]:
    """Marks of numbers, names of months, patterns of dates; InputError for one it cannot follow."""
    patterns = {
        "day": locale.dates.day_with_year,
        "tickDay": locale.dates.short,
        "tickMonth": locale.axis.month_with_year,
        "tickYear": locale.axis.year,
    }
    for pattern in patterns.values():
        if not _FIELDS.fullmatch(pattern):
            raise InputError(
                f"the charts of the page cannot follow the date pattern {pattern!r}",
                where=f"locales/{folder_of(locale.tag)}/locale.toml",
                remedy="use y, M, L and d, and put words between single quotes",
            )
    return {
        "group": get_group_symbol(locale.babel),
        "decimal": get_decimal_symbol(locale.babel),
        "minus": locale.numbers.minus,
        "scales": [[_exponent(s.factor, locale), _kept(s.word)] for s in locale.numbers.scales],
        **patterns,
        # Names within a date may differ from those that stand alone.
        **{width: _months(width, locale) for width in ("MMMM", "MMM", "LLLL", "LLL")},
    }


def _months(width: str, locale: Locale) -> list[str]:
    return [format_date(date(2000, month, 1), width, locale=locale.babel) for month in range(1, 13)]


def value_pattern(scale: Scale, locale: Locale) -> str:
    """How a value is told: ``{sign}``, ``{number}`` and ``{scale}`` are left to be filled in."""
    patterns = locale.units[_UNITS.get(scale, Unit.USD)]
    return _kept(patterns.short or patterns.other)


def value_exponent(scale: Scale, locale: Locale) -> int:
    """The power of ten that a unit of the axis is of the unit of figures: 8 for 亿 dollars."""
    worth = _WORTH.get(scale, 1)
    if scale is Scale.BILLION_USD:
        worth //= locale.axis.per_billion_usd
    return _exponent(worth, locale)


def _exponent(factor: int, locale: Locale) -> int:
    if not re.fullmatch("10*", str(factor)):
        raise InputError(
            f"the charts of the page cannot count in units of {factor:,}",
            where=f"locales/{folder_of(locale.tag)}/locale.toml",
            remedy="use powers of ten in [numbers] scales and [axis] per_billion_usd",
        )
    return len(str(factor)) - 1


def _kept(text: str) -> str:
    return text.replace(" ", "\N{NO-BREAK SPACE}")
