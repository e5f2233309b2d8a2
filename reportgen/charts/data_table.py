"""The table below a chart: its values in the language, of a long series the part worth reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reportgen.charts.values import ChartValues
from reportgen.language.dates import format_tick
from reportgen.language.locale import Locale
from reportgen.language.numbers import format_axis_number
from reportgen.model.chart import ChartSpec, DailyBarChart, TimeChart

# Stands where there is no value.
MISSING = "–"

# A table of two dozen rows is read as it is. Of a longer one the newest dozen are what a reader
# looks for, and the last of each month or quarter what one compares them with.
SHORT, NEWEST = 24, 12
DAYS_BY_MONTH = 400


class Excerpt(StrEnum):
    """Which rows a table has; the caption says it."""

    ALL = "all"
    MONTHS = "months"
    QUARTERS = "quarters"


class Keys(StrEnum):
    """What the rows of a table are."""

    DATE = "date"
    YEAR = "year"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table of printed texts; the first of each row is its name. Columns of items have no head.

    Days stand with the newest first, as one asks for them.
    """

    keys: Keys
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    excerpt: Excerpt


def table_of(spec: ChartSpec, values: ChartValues, locale: Locale) -> DataTable:
    """The table of a chart."""
    keys, excerpt = Keys.ITEM, Excerpt.ALL
    chosen = list(range(len(values.keys)))
    days = [key for key in values.keys if isinstance(key, date)]
    if days:
        keys = Keys.DATE
        excerpt, chosen = _chosen(days, _today(spec, days))
    elif values.keys and isinstance(values.keys[0], int):
        keys = Keys.YEAR
    rows = [
        (
            row_name(keys, str(values.keys[index]), locale),
            *(_printed(column.cells[index], values.decimals, locale) for column in values.columns),
        )
        for index in chosen
    ]
    return DataTable(keys, tuple(column.label for column in values.columns), tuple(rows), excerpt)


def row_name(keys: Keys, key: str, locale: Locale) -> str:
    """The name of a row, from the first cell of its line in the CSV."""
    match keys:
        case Keys.DATE:
            return format_tick(date.fromisoformat(key), locale.dates.short_with_year, locale)
        case Keys.YEAR:
            return format_tick(date(int(key), 6, 30), locale.dates.year, locale)
        case Keys.ITEM:
            return key


def _printed(cell: int | None, decimals: int, locale: Locale) -> str:
    return MISSING if cell is None else format_axis_number(cell / 10**decimals, locale, decimals)


def _today(spec: ChartSpec, days: list[date]) -> date:
    """The last day before any line ends: where data end, and a projection may go on."""
    match spec:
        case TimeChart():
            return min(line.dates[-1] for line in spec.lines)
        case DailyBarChart():
            return spec.bars.dates[-1]
        case _:
            return days[-1]


def _chosen(days: list[date], today: date) -> tuple[Excerpt, list[int]]:
    """Which days a table has, the newest first."""
    if len(days) <= SHORT:
        return Excerpt.ALL, list(reversed(range(len(days))))
    by_month = (days[-1] - days[0]).days <= DAYS_BY_MONTH
    months = 1 if by_month else 3
    last_of = {(day.year, (day.month - 1) // months): index for index, day in enumerate(days)}
    newest = [index for index, day in enumerate(days) if day <= today][-NEWEST:]
    chosen = sorted({*last_of.values(), *newest}, reverse=True)
    return Excerpt.MONTHS if by_month else Excerpt.QUARTERS, chosen
