"""What the script of the page needs of a chart: its values, and where the drawing put them."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from reportgen.charts.axes import unit_factor
from reportgen.charts.data_table import Keys, row_name
from reportgen.charts.draw import Frame
from reportgen.charts.values import ChartValues, Column, bounds_of
from reportgen.language.locale import Locale
from reportgen.language.scripted import value_exponent, value_pattern
from reportgen.language.typography import typeset
from reportgen.model.chart import (
    BarChart,
    ChartSpec,
    DailyBarChart,
    GroupedBarChart,
    Scale,
    TimeChart,
)

EPOCH = date(1970, 1, 1)

# A chart of years can be narrowed to one, a chart of a year to a quarter.
YEAR, QUARTER = timedelta(days=365), timedelta(days=92)
# A bar stands on both sides of its day.
BAR = timedelta(days=1)


def script_data(spec: ChartSpec, values: ChartValues, frame: Frame, locale: Locale) -> str:
    """The chart as compact JSON that may stand in a page.

    ``box`` is the plot in units of the viewBox, left, top, right, bottom; ``x`` and ``y`` are the
    ranges of its axes, days counted from 1970. Days and cells are the first and then differences,
    cells in units of their last decimal, each worth ten to the ``exponent``.
    """
    factor = unit_factor(spec, locale)
    content: dict[str, Any] = {
        "kind": _kind(spec),
        "box": [round(edge, 2) for edge in frame.box],
        "x": [round(end, 4) for end in frame.x],
        "y": [round(end * factor, 6) for end in frame.y],
        "unit": value_pattern(spec.scale, locale),
        "exponent": value_exponent(spec.scale, locale) - values.decimals,
        "decimals": values.decimals,
        "zeros": spec.scale is Scale.PERCENT,
        "columns": [_column(column, locale) for column in values.columns],
    }
    match spec:
        case TimeChart() | DailyBarChart():
            days = [(day - EPOCH).days for day in values.keys if isinstance(day, date)]
            content["days"] = _differences(days)
            content["period"] = _period(spec)
        case BarChart():
            content["names"] = [_shown(str(key), locale) for key in values.keys]
        case GroupedBarChart():
            content["names"] = [row_name(Keys.YEAR, str(key), locale) for key in values.keys]
    if isinstance(spec, TimeChart):
        content["lines"] = len(spec.lines)
        content["stacked"] = spec.stacked
        if spec.band:
            columns = [*spec.lines, *bounds_of(spec)]
            content["band"] = [columns.index(edge) for edge in spec.band]
    return embedded(content)


def embedded(content: Any) -> str:
    """Compact JSON in which nothing can end the element that holds it."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")


def _kind(spec: ChartSpec) -> str:
    match spec:
        case TimeChart():
            return "time"
        case DailyBarChart():
            return "days"
        case BarChart():
            return "rows"
        case GroupedBarChart():
            return "years"


def _column(column: Column, locale: Locale) -> dict[str, Any]:
    content: dict[str, Any] = {"cells": _differences(column.cells)}
    if column.label:
        content["name"] = _shown(column.label, locale)
    if column.step:
        content["step"] = True
    return content


def _shown(text: str, locale: Locale) -> str:
    """A label with the gaps of the page."""
    spaced = typeset(html.escape(text, quote=False), locale)
    return html.unescape(re.sub(r"<[^>]*>", "", spaced))


def _differences(values: Iterable[int | None]) -> list[int | None]:
    """The first value and what each adds to the one before; what is missing stays so."""
    last, found = 0, list[int | None]()
    for value in values:
        found.append(None if value is None else value - last)
        last = last if value is None else value
    return found


def _period(spec: TimeChart | DailyBarChart) -> list[Any]:
    """The period a reader may want closer: its name among the words of the page, its ends.

    It ends with the data; where a projection goes on from there, it lies around that day.
    """
    lines = spec.lines if isinstance(spec, TimeChart) else (spec.bars,)
    first, last = min(line.dates[0] for line in lines), max(line.dates[-1] for line in lines)
    today = min(line.dates[-1] for line in lines)
    name, length = ("year", YEAR) if last - first > YEAR * 1.2 else ("quarter", QUARTER)
    end = min(last, today + length / 2) if last - today > QUARTER else last
    if isinstance(spec, DailyBarChart):
        end += BAR
    return [name, (end - length - EPOCH).days, (end - EPOCH).days]
