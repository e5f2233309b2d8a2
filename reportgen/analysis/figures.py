"""Figures straight from the data: levels, changes and spreads as quantities with their origin."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from reportgen.errors import DataError
from reportgen.model import Point, Quantity, Unit, quantity
from reportgen.sources.catalogue import series_of
from reportgen.store.dataset import Dataset

if TYPE_CHECKING:
    import pandas as pd

BILLION = 10**9
TRILLION = 10**12

# Display steps: a hundredth of a trillion, a billion, a tenth of a billion, a hundredth of one.
HUNDREDTH_TRILLION = "1E+10"
ONE_BILLION = "1E+9"
TENTH_BILLION = "1E+8"
HUNDREDTH_BILLION = "1E+7"
HUNDREDTH_PERCENT = "0.01"
ONE = "1"
TENTH = "0.1"

# The last week counts when this many of its days have a value.
MEAN_OF_DAYS = 3


def latest(data: Dataset, series_id: str) -> Point:
    """The newest visible value of a series; DataError when it has none."""
    day = data.last_date(series_id)
    if day is None:
        raise DataError(
            f"{series_id} has no value that was public by then",
            where=f"as of {data.as_of}",
            remedy="choose a later --as-of date, or pull the series",
        )
    return Point(day, data.value(series_id, day))


def on_or_before(data: Dataset, series_id: str, day: date) -> Point:
    """The last visible value on or before a day; DataError when there is none."""
    (point,) = on_or_before_each(data, series_id, (day,))
    return point


def on_or_before_each(data: Dataset, series_id: str, days: Sequence[date]) -> tuple[Point, ...]:
    """The last visible value on or before each of several days; DataError when there is none."""
    import pandas as pd  # half a second that a process without data saves

    series = data.series(series_id)
    found: list[Point] = []
    for day, count in zip(
        days, series.index.searchsorted(pd.to_datetime(list(days)), side="right"), strict=True
    ):
        if count == 0:
            raise DataError(
                f"{series_id} has no value on or before {day}",
                where=f"as of {data.as_of}",
                remedy="choose a later --as-of date",
            )
        found.append(Point(series.index[int(count) - 1].date(), float(series.iloc[count - 1])))
    return tuple(found)


def points(
    data: Dataset, series_id: str, start: date, scale: float = 1.0
) -> tuple[tuple[date, ...], tuple[float, ...]]:
    """Dates and values from a day on, divided by ``scale``, as charts take them."""
    series = data.series(series_id).loc[start.isoformat() :]
    return tuple(stamp.date() for stamp in series.index), tuple(
        float(value) / scale for value in series
    )


def level(
    data: Dataset,
    id: str,
    series_id: str,
    *,
    point: Point | None = None,
    quantum: str | Decimal | None = None,
) -> Quantity:
    """A value of a series as published; the newest one unless another point is given."""
    series = series_of(series_id)
    at = point or latest(data, series_id)
    return quantity(
        id,
        at.value,
        series.unit,
        at.date,
        quantum or series.quantum,
        series=(series_id,),
        formula=f"{series_id}({at.date})",
    )


def change(
    id: str, series_id: str, start: Point, end: Point, quantum: str, unit: Unit | None = None
) -> Quantity:
    """The change between two points of one series."""
    return quantity(
        id,
        end.value - start.value,
        unit or series_of(series_id).unit,
        end.date,
        quantum,
        series=(series_id,),
        formula=f"{series_id}({end.date}) - {series_id}({start.date})",
    )


def fall(id: str, series_id: str, start: Point, end: Point, quantum: str) -> Quantity:
    """How much lower a series is at the end than at the start: positive when it fell."""
    return quantity(
        id,
        start.value - end.value,
        series_of(series_id).unit,
        end.date,
        quantum,
        series=(series_id,),
        formula=f"{series_id}({start.date}) - {series_id}({end.date})",
    )


def spread_bp(data: Dataset, id: str, rate: str, base: str, day: date) -> Quantity:
    """Rate less base on a day, in basis points; DataError when either has no value that day."""
    return quantity(
        id,
        (data.value(rate, day) - data.value(base, day)) * 100,
        Unit.BASIS_POINT,
        day,
        ONE,
        series=(rate, base),
        formula=f"{rate}({day}) - {base}({day})",
    )


def mean_spread_bp(data: Dataset, id: str, rate: str, base: str, days: int) -> Quantity:
    """The mean of rate less base over the last ``days`` values of the rate, in basis points."""
    window = _spread(data, rate, base).iloc[-days:]
    return quantity(
        id,
        float(window.mean()),
        Unit.BASIS_POINT,
        window.index[-1].date(),
        ONE,
        series=(rate, base),
        formula=f"mean({rate} - {base}; {window.index[0].date()} to {window.index[-1].date()})",
    )


def _spread(data: Dataset, rate: str, base: str) -> pd.Series[float]:
    above = data.series(rate)
    return ((above - data.series(base).reindex(above.index)) * 100).dropna()


def spread_points(
    data: Dataset, rate: str, base: str, start: date
) -> tuple[tuple[date, ...], tuple[float, ...]]:
    """The spread in basis points from a day on, as charts take it."""
    spread = _spread(data, rate, base).loc[start.isoformat() :]
    return tuple(stamp.date() for stamp in spread.index), tuple(
        round(float(value), 4) for value in spread
    )


def days_above(data: Dataset, id: str, rate: str, base: str, days: int) -> Quantity:
    """On how many of the last ``days`` values the rate stood above the base."""
    window = _spread(data, rate, base).iloc[-days:]
    # Half a hundredth of a percent: rates are published to the hundredth.
    return quantity(
        id,
        int((window > 0.5).sum()),
        Unit.COUNT,
        window.index[-1].date(),
        ONE,
        series=(rate, base),
        formula=f"count({rate} > {base}; {window.index[0].date()} to {window.index[-1].date()})",
    )


def window_days(data: Dataset, id: str, rate: str, base: str, days: int) -> Quantity:
    """How many values the window of ``days_above`` holds."""
    window = _spread(data, rate, base).iloc[-days:]
    return quantity(
        id,
        len(window),
        Unit.COUNT,
        window.index[-1].date(),
        ONE,
        series=(rate, base),
        formula=f"count({rate}; {window.index[0].date()} to {window.index[-1].date()})",
    )


def weekly_mean_spread(
    data: Dataset, rate: str, base: str, start: date
) -> tuple[tuple[date, ...], tuple[float, ...]]:
    """Means of the spread over weeks that end on Friday, as charts take them, in basis points.

    A week that still runs is dated by its newest day: no point lies ahead.
    """
    spread = _spread(data, rate, base).loc[start.isoformat() :]
    weeks = spread.resample("W-FRI")
    weekly = weeks.mean().dropna()
    # A mean of one or two days at the end of the window would look like a jump of the week.
    if len(weekly) > 1 and weeks.count().iloc[-1] < MEAN_OF_DAYS:
        weekly = weekly.iloc[:-1]
    return tuple(min(stamp, spread.index[-1]).date() for stamp in weekly.index), tuple(
        round(float(value), 4) for value in weekly
    )
