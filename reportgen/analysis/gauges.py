"""Gauges: where the main quantities stand, how they moved, and how unusual that is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from reportgen.analysis import portfolio
from reportgen.analysis.figures import latest
from reportgen.store.dataset import Dataset

if TYPE_CHECKING:
    import pandas as pd

# Shares of a gauge's own history that lie below its level. A tenth at either end is what a desk
# remarks on without being asked; a quarter is what it would call low or high when asked.
VERY_LOW, LOW, HIGH, VERY_HIGH = 0.10, 0.25, 0.75, 0.90


class Position(StrEnum):
    """A level within its own history."""

    VERY_LOW = "very_low"
    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"
    VERY_HIGH = "very_high"


@dataclass(frozen=True, slots=True)
class Reading:
    """A gauge's newest level, in its own unit, within its history.

    The level is the first of ``terms`` less the others, each a series on its date; ``share_below``
    is the share of all values since ``since`` that lie below the newest.
    """

    terms: tuple[tuple[str, date], ...]
    level: float
    since: date
    share_below: float

    @property
    def day(self) -> date:
        """The date of the newest level."""
        return self.terms[0][1]

    @property
    def formula(self) -> str:
        """The computation of the newest level."""
        return " - ".join(f"{id}({day})" for id, day in self.terms)

    @property
    def position(self) -> Position:
        """The level in a word."""
        if self.share_below < LOW:
            return Position.VERY_LOW if self.share_below < VERY_LOW else Position.LOW
        if self.share_below < HIGH:
            return Position.MIDDLE
        return Position.HIGH if self.share_below < VERY_HIGH else Position.VERY_HIGH


def series_reading(data: Dataset, series_id: str) -> Reading:
    """A series in its own unit; DataError when it has no value."""
    newest = latest(data, series_id)
    return _reading(((series_id, newest.date),), data.series(series_id))


def spread_reading(data: Dataset, rate: str, base: str) -> Reading:
    """Rate less base in basis points, over the days that have both."""
    latest(data, rate)
    above = data.series(rate)
    spread = ((above - data.series(base).reindex(above.index)) * 100).dropna()
    day = spread.index[-1].date()
    return _reading(((rate, day), (base, day)), spread)


def bill_float_reading(data: Dataset) -> Reading:
    """Bills that the Fed does not hold, at month-ends, in US dollars."""
    import pandas as pd  # half a second that a process without data saves

    ends = [stamp.date() for stamp in data.series("bills_outstanding").index]
    floats = [portfolio.bill_float(data, day) for day in ends]
    free = pd.Series([f.free for f in floats], index=pd.DatetimeIndex(pd.to_datetime(ends)))
    terms = (("bills_outstanding", ends[-1]), ("soma_bills", floats[-1].held_on))
    return _reading(terms, free)


def _reading(terms: tuple[tuple[str, date], ...], history: pd.Series[float]) -> Reading:
    level = float(history.iloc[-1])
    # Published figures are sums of floats: a level equal to its own past lies at it, not above.
    below = float((history < level - abs(level) * 1e-12).mean())
    return Reading(terms, level, history.index[0].date(), below)
