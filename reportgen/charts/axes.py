"""Axes, units and labels that the chart kinds share."""

from __future__ import annotations

import math
import re
import textwrap
from datetime import date

import matplotlib.dates as mdates
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from reportgen.language.characters import NEVER_FIRST
from reportgen.language.dates import format_tick
from reportgen.language.locale import Locale
from reportgen.language.numbers import format_axis_number
from reportgen.model.chart import ChartSpec, Scale

# Where labels wrap, in characters: a Han character is as wide as two Latin ones.
LATIN_LABEL, HAN_LABEL = 16, 8
LATIN_BAR_LABEL, HAN_BAR_LABEL = 24, 9


def unit_factor(spec: ChartSpec, locale: Locale) -> int:
    """By what the chart's values are multiplied to be in the unit the language counts in."""
    return locale.axis.per_billion_usd if spec.scale is Scale.BILLION_USD else 1


def value_axis(axes: Axes, spec: ChartSpec, locale: Locale) -> None:
    """Ticks of the value axis in the unit the language counts in."""
    factor = unit_factor(spec, locale)
    decimals = 2 if spec.scale is Scale.PERCENT else 0
    locator = MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10])
    axes.yaxis.set_major_locator(locator)
    # The axis ends on a tick, so that no line stands above the last number.
    ticks = locator.tick_values(*axes.get_ylim())
    axes.set_ylim(ticks[0], ticks[-1])
    axes.yaxis.set_major_formatter(
        FuncFormatter(lambda v, _: format_axis_number(v * factor, locale, decimals))
    )


def time_axis(axes: Axes, first: date, last: date, locale: Locale) -> None:
    """Years, half-years or quarters, so that their names have room in the width of the chart."""
    days = (last - first).days
    if days > 730:
        axes.xaxis.set_major_locator(mdates.YearLocator(base=2 if days > 5 * 365 else 1))
        pattern = locale.axis.year
    else:
        months = (1, 4, 7, 10) if days <= 380 else (1, 7)
        axes.xaxis.set_major_locator(mdates.MonthLocator(bymonth=months))
        pattern = locale.axis.month_with_year
    axes.xaxis.set_major_formatter(
        FuncFormatter(lambda v, _: format_tick(mdates.num2date(v).date(), pattern, locale))
    )


def wrapped(label: str, locale: Locale, *, bars: bool = False) -> str:
    """A label broken into short lines, at spaces or between Han characters, never in a word."""
    latin = LATIN_BAR_LABEL if bars else LATIN_LABEL
    han = HAN_BAR_LABEL if bars else HAN_LABEL
    if locale.typography == "latin":
        return "\n".join(textwrap.wrap(label, latin, break_long_words=False))
    # Closing marks stay with what they close, opening ones with what they open.
    pieces = re.findall(rf"[（“「《]?(?:[!-~]+|.)[，、；：）”」》{NEVER_FIRST}]*", label)
    total = sum(map(_width, pieces))
    size = math.ceil(total / math.ceil(total / han))
    lines = [""]
    for piece in pieces:
        if lines[-1] and _width(lines[-1] + piece) > size:
            lines.append("")
        lines[-1] += piece
    return "\n".join(line.strip() for line in lines)


def _width(text: str) -> float:
    """In Han characters."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def day_number(day: date) -> float:
    """A day on a time axis."""
    return float(mdates.date2num(day))


def day_numbers(days: tuple[date, ...]) -> list[float]:
    """Days on a time axis."""
    return [float(number) for number in mdates.date2num(days)]


def mark_id(day: date) -> str:
    """The id of what is drawn at a day beside the data, so that it can be moved with it."""
    return f"mark-{day_number(day):.0f}"
