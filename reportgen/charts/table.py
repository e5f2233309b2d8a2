"""The data of a chart as CSV, with the labels of its language."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date

from reportgen.model.chart import (
    BarChart,
    ChartSpec,
    DailyBarChart,
    GroupedBarChart,
    Line,
    TimeChart,
)


def rows(spec: ChartSpec, texts: Mapping[str, str], factor: int) -> list[list[str]]:
    """A head row and the data rows, in the unit of the axis; missing cells empty."""
    match spec:
        case TimeChart():
            bounds = spec.band or ()
            lines = [*spec.lines, *(line for line in bounds if line not in spec.lines)]
            return _dated(lines, texts, factor)
        case DailyBarChart():
            return _dated([spec.bars], texts, factor)
        case BarChart():
            scaled = [[texts[b.label], _number(b.value / 10**9 * factor)] for b in spec.bars]
            return [["item", "value"], *scaled]
        case GroupedBarChart():
            head = ["year", *(texts[label] for label, _, _ in spec.groups)]
            body = [
                [str(year), *(_number(_times(values[i], factor)) for _, _, values in spec.groups)]
                for i, year in enumerate(spec.years)
            ]
            return [head, *body]


def to_csv(table: list[list[str]]) -> bytes:
    """The table as UTF-8 CSV with a byte-order mark, which spreadsheets need for Chinese."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerows(table)
    return buffer.getvalue().encode("utf-8-sig")


def _times(value: float | None, factor: int) -> float | None:
    return None if value is None else value * factor


def _dated(lines: list[Line], texts: Mapping[str, str], factor: int) -> list[list[str]]:
    cells: dict[date, list[str]] = {}
    for index, line in enumerate(lines):
        for day, value in zip(line.dates, line.values, strict=True):
            cells.setdefault(day, [""] * len(lines))[index] = _number(value * factor)
    head = ["date", *(texts[line.label] or "value" for line in lines)]
    return [head, *([day.isoformat(), *cells[day]] for day in sorted(cells))]


def _number(value: float | None) -> str:
    if value is None:
        return ""
    text = f"{round(value, 6):.6f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
