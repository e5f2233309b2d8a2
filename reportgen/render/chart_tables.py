"""The gate of tables below charts: a cell states the value of its row and column in the CSV.

Their numbers are no facts of the brief but the data of a chart, so the gate of traced figures
leaves them to this one.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportgen.charts.data_table import MISSING, Keys, row_name
from reportgen.errors import CheckError
from reportgen.language.locale import Locale
from reportgen.language.numbers import parse_axis_number
from reportgen.render.trace import ChartTable

# The CSV has six decimals.
_GRAIN = Decimal("0.000001")
# The one column of a chart of named bars has no name on the chart.
_UNNAMED = ("value",)


@dataclass(frozen=True, slots=True)
class _Data:
    """The CSV of a chart: labels of columns, and values by the name of the row as it is printed."""

    labels: tuple[str, ...]
    rows: Mapping[str, tuple[Decimal | None, ...]]


def check(tables: Sequence[ChartTable], data: Mapping[str, bytes], locale: Locale) -> None:
    """Raises CheckError at the first cell that is not what the CSV of its chart has there."""
    for table in tables:
        if table.chart not in data:
            raise _wrong(table, locale, "there is no such CSV")
        try:
            source = _read(data[table.chart], locale)
        except (ValueError, ArithmeticError) as error:
            raise _wrong(table, locale, f"its CSV cannot be read ({error})") from None
        _check(table, source, locale)


def _read(content: bytes, locale: Locale) -> _Data:
    head, *body = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    keys = Keys(head[0])
    rows = {
        _bare(row_name(keys, row[0], locale)): tuple(Decimal(v) if v else None for v in row[1:])
        for row in body
    }
    return _Data(tuple(head[1:]), rows)


def _check(table: ChartTable, source: _Data, locale: Locale) -> None:
    head, *body = table.rows or [[]]
    same = [*map(_bare, head[1:])] == [*map(_bare, source.labels)]
    if not body or len(head) != len(source.labels) + 1 or not (same or source.labels == _UNNAMED):
        raise _wrong(table, locale, f"its columns are {head[1:]}, and not {list(source.labels)}")
    seen: set[str] = set()
    for name, *cells in body:
        values = source.rows.get(_bare(name))
        if values is None or name in seen or len(cells) != len(values):
            raise _wrong(table, locale, f"{name!r} is no row of it, or stands twice")
        seen.add(name)
        for label, cell, value in zip(source.labels, cells, values, strict=True):
            if not _states(cell, value, locale):
                true = "missing" if value is None else f"{value:f}"
                raise _wrong(table, locale, f"{label}, {name}: {cell!r} is printed for {true}")


def _states(cell: str, value: Decimal | None, locale: Locale) -> bool:
    """Whether a printed cell is that value, rounded to the decimals it has."""
    if cell == MISSING or value is None:
        return cell == MISSING and value is None
    try:
        stated = parse_axis_number(cell, locale)
    except ValueError:
        return False
    exponent = stated.as_tuple().exponent
    half = Decimal(5).scaleb((exponent if isinstance(exponent, int) else 0) - 1)
    return abs(stated - value) <= half + _GRAIN


def _bare(text: str) -> str:
    """A name without the gaps that typesetting sets."""
    return "".join(text.split())


def _wrong(table: ChartTable, locale: Locale, what: str) -> CheckError:
    return CheckError(
        f"the table below the chart {table.chart!r} is not its data: {what}",
        where=locale.tag,
        remedy="correct templates/chart_data.html.j2, or patterns and marks in locale.toml",
    )
