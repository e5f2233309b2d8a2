"""The values of a chart as the page tells them: rounded once, for its table and for its script."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from reportgen.model.chart import (
    BarChart,
    ChartSpec,
    DailyBarChart,
    GroupedBarChart,
    Line,
    Scale,
    TimeChart,
)

# Rates are quoted to the basis point, spreads to a tenth of one; amounts have four digits.
_DECIMALS = {Scale.PERCENT: 2, Scale.BASIS_POINT: 1}
_DIGITS, _MOST_DECIMALS = 4, 3

BILLION = Decimal(10**9)


@dataclass(frozen=True, slots=True)
class Column:
    """A line or a group of bars: whole numbers in units of the last printed decimal, or None."""

    label: str
    cells: tuple[int | None, ...]
    step: bool = False


@dataclass(frozen=True, slots=True)
class ChartValues:
    """What a chart shows in the unit of its axis; ``keys`` are days, years or the names of bars.

    A cell of 412 with two ``decimals`` is 4.12. Columns of bars that are named have no label, nor
    has a column that the title of its chart names.
    """

    keys: tuple[date, ...] | tuple[int, ...] | tuple[str, ...]
    columns: tuple[Column, ...]
    decimals: int


def values_of(spec: ChartSpec, texts: Mapping[str, str], factor: int) -> ChartValues:
    """The values of a chart; ``factor`` is what a unit of the chart is in units of the axis.

    Days on which only the band behind the lines has a value are left out.
    """
    match spec:
        case TimeChart():
            return _dated(spec, [*spec.lines, *bounds_of(spec)], len(spec.lines), texts, factor)
        case DailyBarChart():
            return _dated(spec, [spec.bars], 1, texts, factor)
        case BarChart():
            names = tuple(texts[bar.label] for bar in spec.bars)
            exact = [_exact(bar.value) / BILLION * factor for bar in spec.bars]
            decimals = _decimals(spec.scale, exact)
            return ChartValues(names, (Column("", _cells(exact, decimals)),), decimals)
        case GroupedBarChart():
            groups = [
                [None if value is None else _exact(value) * factor for value in values]
                for _, _, values in spec.groups
            ]
            decimals = _decimals(spec.scale, [v for group in groups for v in group])
            columns = tuple(
                Column(texts[label], _cells(group, decimals))
                for (label, _, _), group in zip(spec.groups, groups, strict=True)
            )
            return ChartValues(spec.years, columns, decimals)


def bounds_of(spec: TimeChart) -> list[Line]:
    """The edges of a chart's band that are no lines of their own."""
    return [line for line in spec.band or () if line not in spec.lines]


def _dated(
    spec: ChartSpec, lines: list[Line], drawn: int, texts: Mapping[str, str], factor: int
) -> ChartValues:
    days = tuple(sorted({day for line in lines[:drawn] for day in line.dates}))
    exact = [
        {day: _exact(value) * factor for day, value in zip(line.dates, line.values, strict=True)}
        for line in lines
    ]
    decimals = _decimals(spec.scale, [value for column in exact for value in column.values()])
    columns = tuple(
        Column(texts[line.label], _cells((column.get(day) for day in days), decimals), line.step)
        for line, column in zip(lines, exact, strict=True)
    )
    return ChartValues(days, columns, decimals)


def _exact(value: float) -> Decimal:
    """The number that was meant, so that every language rounds the same one."""
    return Decimal(repr(float(value)))


def _decimals(scale: Scale, values: Iterable[Decimal | None]) -> int:
    """As many as the scale is quoted to; of an amount no more than its values have.

    Nor so few that a small use, of which there are many, would read as none.
    """
    if scale in _DECIMALS:
        return _DECIMALS[scale]
    known = [value for value in values if value is not None]
    largest = max((abs(value) for value in known), default=Decimal(0))
    wanted = min(max(_DIGITS - 1 - largest.adjusted(), 0), _MOST_DECIMALS) if largest else 0
    enough = (d for d in range(wanted, _MOST_DECIMALS + 1) if all(round(v, d) for v in known if v))
    most = next(enough, wanted)
    exact = (d for d in range(most) if all(v == round(v, d) for v in known))
    return next(exact, most)


def _cells(values: Iterable[Decimal | None], decimals: int) -> tuple[int | None, ...]:
    return tuple(
        None if value is None else int(value.scaleb(decimals).quantize(Decimal(1), ROUND_HALF_EVEN))
        for value in values
    )
