"""How days of each kind behaved over ``YEARS`` years: use of the standing repo facility, and SOFR.

A day has a single kind, the most important that the calendar has for it. Year-ends, of which the
years hold few, are counted with the other quarter-ends. What lies within a business day of any of
these is a kind of its own, and all else is ordinary.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from statistics import median

from reportgen.analysis import calendar, figures, standing_repo
from reportgen.analysis.calendar import DayKind
from reportgen.store.dataset import Dataset

YEARS = 2

# Three days of a kind have a largest and a smallest, and one in between: that is no rule yet.
LEAST_DAYS = 4
"""Nothing is concluded from fewer than ``LEAST_DAYS`` days of a kind."""

# With the strained days among them, about a week and a half of trading.
LEVEL_DAYS = 5
LOOK_BACK = timedelta(days=60)

MOST = 0.75
"""A day saw more, or less, than most when it exceeds, or falls short of, ``MOST`` of the other days
of its kind."""

# Rates come in whole basis points.
TELLING_BP = 2.0
"""A difference in SOFR is told from ``TELLING_BP`` on; less is noise of ordinary days."""


class Kind(StrEnum):
    """What a day is to funding markets; the order is that of importance."""

    QUARTER_END = "quarter_end"
    MONTH_END = "month_end"
    TAX_DATE = "tax_date"
    COUPON_SETTLEMENT = "coupon_settlement"
    BESIDE = "beside"
    ORDINARY = "ordinary"


class Among(StrEnum):
    """Where a day stands among the others of its kind."""

    MOST_OF_ALL = "most_of_all"
    MORE = "more"
    USUAL = "usual"
    LESS = "less"


_KINDS = {
    DayKind.YEAR_END: Kind.QUARTER_END,
    DayKind.QUARTER_END: Kind.QUARTER_END,
    DayKind.MONTH_END: Kind.MONTH_END,
    DayKind.TAX_DATE: Kind.TAX_DATE,
    DayKind.COUPON_SETTLEMENT: Kind.COUPON_SETTLEMENT,
}


@cache
def kind_of(day: date) -> Kind:
    """The one kind of a business day."""
    kinds = calendar.kinds_of(day)
    if kinds:
        return _KINDS[kinds[0]]
    return Kind.BESIDE if calendar.near_strained_day(day) else Kind.ORDINARY


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the window: use in US dollars, SOFR less IORB and its level before in basis points.

    Each is None where there was no operation, no rate, or too little before it.
    """

    date: date
    kind: Kind
    accepted: float | None
    spread: float | None
    level_before: float | None

    @property
    def is_used(self) -> bool:
        """Whether the facility saw more than test bids."""
        return self.accepted is not None and self.accepted >= standing_repo.USED_USD

    @property
    def move(self) -> float | None:
        """How far the spread lies above its median on the ``LEVEL_DAYS`` ordinary days before: what
        the day itself added, in quiet times as in others."""
        if self.spread is None or self.level_before is None:
            return None
        return round(self.spread - self.level_before, 4)


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How the days of a kind behaved: counts, amounts in US dollars, medians in basis points."""

    kind: Kind
    days: int
    used: int
    median_use: float
    largest_use: float
    spread: float
    move: float


@dataclass(frozen=True, slots=True)
class History:
    """The days of two years up to the as-of date, or of as much as there is, in order."""

    days: tuple[Day, ...]

    @property
    def start(self) -> date:
        """The day the history begins."""
        return self.days[0].date

    def of(self, kind: Kind) -> tuple[Day, ...]:
        """The days of a kind."""
        return tuple(day for day in self.days if day.kind is kind)

    def on(self, day: date) -> Day:
        """A day of the window; KeyError for any other."""
        for found in self.days:
            if found.date == day:
                return found
        raise KeyError(day)

    def others(self, day: Day) -> tuple[Day, ...]:
        """The other days of a day's kind."""
        return tuple(other for other in self.of(day.kind) if other.date != day.date)

    @property
    def behaviours(self) -> tuple[Behaviour, ...]:
        """How each kind behaved; empty until every kind has enough days."""
        found = [_behaviour(kind, self.of(kind)) for kind in Kind]
        return () if None in found else tuple(row for row in found if row is not None)


def history(data: Dataset) -> History:
    """The window at the as-of date of the data."""
    start = _years_before(data.as_of)
    operations = dict(zip(*figures.points(data, "srf_accepted", start), strict=True))
    traded, spreads = figures.spread_points(data, "sofr", "iorb", start - LOOK_BACK)
    spread_by_day = dict(zip(traded, spreads, strict=True))
    levels = _levels_before(spread_by_day)
    window = sorted(operations.keys() | {day for day in traded if day >= start})
    return History(
        tuple(
            Day(day, kind_of(day), operations.get(day), spread_by_day.get(day), levels.get(day))
            for day in window
        )
    )


def _years_before(day: date) -> date:
    """The day after that date two years earlier."""
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - YEARS, day=28 if leap_day else day.day) + timedelta(days=1)


def _levels_before(spreads: dict[date, float]) -> dict[date, float]:
    """For each day the median of the last ordinary days before it, once there are enough."""
    before: deque[float] = deque(maxlen=LEVEL_DAYS)
    levels = {}
    for day, spread in spreads.items():
        if len(before) == LEVEL_DAYS:
            levels[day] = median(before)
        if kind_of(day) is Kind.ORDINARY:
            before.append(spread)
    return levels


def _behaviour(kind: Kind, days: tuple[Day, ...]) -> Behaviour | None:
    uses = [day.accepted for day in days if day.accepted is not None]
    spreads = [day.spread for day in days if day.spread is not None]
    moves = moves_of(days)
    if min(len(uses), len(spreads), len(moves)) < LEAST_DAYS:
        return None
    return Behaviour(
        kind,
        len(uses),
        sum(day.is_used for day in days),
        median(uses),
        max(uses),
        median(spreads),
        median(moves),
    )


def moves_of(days: Iterable[Day]) -> list[float]:
    """The moves of those days that have one."""
    return [day.move for day in days if day.move is not None]


def use_among(day: Day, others: tuple[Day, ...]) -> Among | None:
    """The use of a day among others of its kind; None without real use or with too few others."""
    uses = [other.accepted for other in others if other.accepted is not None]
    if not day.is_used or day.accepted is None or len(uses) < LEAST_DAYS:
        return None
    return _among(day.accepted, uses, 0.0)


def move_among(day: Day, others: tuple[Day, ...]) -> Among | None:
    """What a day added to SOFR among others of its kind; None with too few of them."""
    moves = moves_of(others)
    if day.move is None or len(moves) < LEAST_DAYS:
        return None
    return _among(day.move, moves, TELLING_BP)


def _among(value: float, others: list[float], telling: float) -> Among:
    if abs(value - median(others)) >= telling:
        if value > max(others):
            return Among.MOST_OF_ALL
        if sum(other < value for other in others) >= MOST * len(others):
            return Among.MORE
        if sum(other > value for other in others) >= MOST * len(others):
            return Among.LESS
    return Among.USUAL
