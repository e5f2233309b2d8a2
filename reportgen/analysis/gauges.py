"""Gauges: where the main quantities stand, how they moved, and how unusual that is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from reportgen.analysis import portfolio, standing_repo
from reportgen.analysis.figures import latest
from reportgen.model import Point
from reportgen.store.dataset import Dataset

if TYPE_CHECKING:
    import pandas as pd

# Shares of a gauge's own history that lie below its level. A tenth at either end is what a desk
# remarks on without being asked; a quarter is what it would call low or high when asked.
VERY_LOW, LOW, HIGH, VERY_HIGH = 0.10, 0.25, 0.75, 0.90

SHORTEST_HISTORY = timedelta(days=365)
"""There is no percentile under ``SHORTEST_HISTORY`` days of history: it would tell the season, not
how unusual the level is."""

# From mid-2018 until the spring of 2021 72% of days saw less than five billion.
ON_RRP_SINCE = "2021-04-01"
"""ON RRP is ranked since ``ON_RRP_SINCE``: before, it was little used on most days."""

RECENT = timedelta(weeks=52)


class Position(StrEnum):
    """A level within its own history in a word, or a facility that is not in use.

    Very low below a percentile of ``VERY_LOW``, low below ``LOW``, high from ``HIGH`` and very high
    from ``VERY_HIGH`` on.
    """

    IDLE = "idle"
    VERY_LOW = "very_low"
    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"
    VERY_HIGH = "very_high"


@dataclass(frozen=True, slots=True)
class Reading:
    """A gauge’s newest level, in its own unit, within its history.

    Its percentile is the share of earlier values that lie below it; of those equal to it as many
    count as below as above.

    The level is the first of ``terms`` less the others, each a series on its date. ``percentile``
    counts from ``since`` on; it is None for an idle facility and over less than a year. ``recent``
    are the levels of the 52 weeks to the newest, which is the last of them.
    """

    terms: tuple[tuple[str, date], ...]
    level: float
    since: date
    percentile: float | None
    idle: bool = False
    recent: tuple[Point, ...] = ()

    @property
    def day(self) -> date:
        """The date of the newest level."""
        return self.terms[0][1]

    @property
    def formula(self) -> str:
        """The computation of the newest level."""
        return " - ".join(f"{id}({day})" for id, day in self.terms)

    @property
    def position(self) -> Position | None:
        """The level in a word; None where there is no percentile to say it by."""
        if self.idle:
            return Position.IDLE
        if self.percentile is None:
            return None
        if self.percentile < LOW:
            return Position.VERY_LOW if self.percentile < VERY_LOW else Position.LOW
        if self.percentile < HIGH:
            return Position.MIDDLE
        return Position.HIGH if self.percentile < VERY_HIGH else Position.VERY_HIGH


def series_reading(data: Dataset, series_id: str) -> Reading:
    """A series in its own unit; DataError when it has no value."""
    newest = latest(data, series_id)
    return _reading(((series_id, newest.date),), data.series(series_id))


def reserves_reading(data: Dataset) -> Reading:
    """Reserves in US dollars, ranked as a share of marketable debt, as the fair-value model does.

    In dollars alone what is scarce today would pass for middling, as the banks that hold reserves
    have grown.
    """
    newest = latest(data, "reserve_balances")
    reserves = data.series("reserve_balances")
    debt = data.series("marketable_debt").reindex(reserves.index, method="ffill")
    ranked = (reserves / debt).dropna()
    return _reading((("reserve_balances", newest.date),), ranked, reserves)


def on_rrp_reading(data: Dataset) -> Reading:
    """ON RRP in US dollars, since it has been a cushion."""
    newest = latest(data, "on_rrp_accepted")
    history = data.series("on_rrp_accepted").loc[ON_RRP_SINCE:]
    return _reading((("on_rrp_accepted", newest.date),), history)


def standing_repo_reading(data: Dataset) -> Reading:
    """The facility's operations of the newest day in US dollars; test bids rank as nothing."""
    newest = latest(data, "srf_accepted")
    accepted = data.series("srf_accepted")
    ranked = accepted.where(accepted >= standing_repo.USED_USD, 0.0)
    found = _reading((("srf_accepted", newest.date),), ranked, accepted)
    if newest.value >= standing_repo.USED_USD:
        return found
    return replace(found, percentile=None, idle=True)


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


def _reading(
    terms: tuple[tuple[str, date], ...],
    ranked: pd.Series[float],
    levels: pd.Series[float] | None = None,
) -> Reading:
    """The newest value of ``ranked`` within its past; the levels where those are other figures."""
    newest, since = float(ranked.iloc[-1]), ranked.index[0].date()
    recent = _recent(ranked if levels is None else levels)
    shown = recent[-1].value
    if ranked.index[-1].date() - since < SHORTEST_HISTORY:
        return Reading(terms, shown, since, None, recent=recent)
    past = ranked.iloc[:-1]
    # Published figures are sums of floats: a level equal to its own past lies at it, not above.
    noise = abs(newest) * 1e-12
    below, above = (past < newest - noise).mean(), (past > newest + noise).mean()
    return Reading(terms, shown, since, float((1 + below - above) / 2), recent=recent)


def _recent(levels: pd.Series[float]) -> tuple[Point, ...]:
    year = levels.loc[levels.index[-1] - RECENT :]
    return tuple(
        Point(stamp.date(), float(value)) for stamp, value in zip(year.index, year, strict=True)
    )
