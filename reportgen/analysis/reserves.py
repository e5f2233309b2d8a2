"""What moved reserves: an account of their change from a week of H.4.1 to a later week.

Where the Wednesday level of reserves is stored, the account is of levels; else reserves are week
averages, and what sets these apart from the levels lies in the last item.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from reportgen.analysis.calendar import DayKind, kinds_of
from reportgen.analysis.figures import latest, on_or_before
from reportgen.analysis.policy import DebtLimitEvent
from reportgen.errors import DataError
from reportgen.model import Point
from reportgen.store.dataset import Dataset

# A resolution of the debt limit is the frame of the story for this long. The Treasury's account
# was rebuilt within 15 weeks in 2023 and eleven in 2025; a little later it no longer explains where
# reserves went (in June 2022, 26 weeks on, the account had been above 500 billion since February).
EVENT_WEEKS = 22
# Over fewer weeks the gap between a week average and a Wednesday level can be larger than the move.
SHORTEST_WEEKS = 4
PLAIN_WEEKS = 26


class Frame(StrEnum):
    """Since when the change is told."""

    SINCE_DEBT_LIMIT = "since_debt_limit"
    HALF_YEAR = "half_year"
    WEEK = "week"


class Basis(StrEnum):
    """What of reserves is accounted for: their Wednesday levels, or their week averages."""

    LEVELS = "levels"
    AVERAGES = "averages"


class Driver(StrEnum):
    """What can move reserves; assets add to them, the others take from them when they grow."""

    ASSETS = "assets"
    TGA = "tga"
    ON_RRP = "on_rrp"
    FOREIGN_RRP = "foreign_rrp"
    CURRENCY = "currency"
    OTHER = "other"


SERIES_OF = {
    Driver.ASSETS: "total_assets",
    Driver.TGA: "tga_level",
    Driver.ON_RRP: "on_rrp_accepted",
    Driver.FOREIGN_RRP: "foreign_reverse_repo",
    Driver.CURRENCY: "currency_in_circulation",
}

RESERVES = {Basis.LEVELS: "reserve_balances_level", Basis.AVERAGES: "reserve_balances"}


@dataclass(frozen=True, slots=True)
class Account:
    """The change of reserves and its drivers, in US dollars.

    All are Wednesday levels but currency, which is a week average, and reserves where ``basis``
    says so. ``other`` is what is not listed: all other items of H.4.1, foreign reverse repo where
    it is not stored, and the gap between week averages and Wednesday levels.
    """

    frame: Frame
    basis: Basis
    start: Point
    end: Point
    contributions: tuple[tuple[Driver, float], ...]

    @property
    def total(self) -> float:
        """The change of reserves; the contributions sum to it."""
        return self.end.value - self.start.value

    def contribution(self, driver: Driver) -> float:
        """What one driver added to reserves (negative: took from them)."""
        return dict(self.contributions)[driver]

    @property
    def main_driver(self) -> Driver:
        """The named driver that pushed most in the direction reserves went."""
        sign = 1 if self.total >= 0 else -1
        named = [(d, v) for d, v in self.contributions if d is not Driver.OTHER]
        return max(named, key=lambda pair: sign * pair[1])[0]


def account(data: Dataset, start: date, frame: Frame) -> Account:
    """The account from the H.4.1 week of ``start`` to the newest one."""
    days = (start, latest(data, "reserve_balances").date)
    basis = Basis.LEVELS if _stored(data, RESERVES[Basis.LEVELS], days) else Basis.AVERAGES
    before, after = (Point(day, data.value(RESERVES[basis], day)) for day in days)
    foreign = _stored(data, SERIES_OF[Driver.FOREIGN_RRP], days)
    listed = (driver for driver in SERIES_OF if foreign or driver is not Driver.FOREIGN_RRP)
    moves = {driver: _move(data, driver, *days) for driver in listed}
    moves[Driver.OTHER] = after.value - before.value - sum(moves.values())
    return Account(frame, basis, before, after, tuple(moves.items()))


def last_week(data: Dataset) -> Account | None:
    """The account of the newest H.4.1 week; None when the week before is missing."""
    before = latest(data, "reserve_balances").date - timedelta(weeks=1)
    if not _stored(data, "reserve_balances", (before,)):
        return None
    return account(data, before, Frame.WEEK)


def last_weeks(data: Dataset, count: int) -> tuple[Point, ...]:
    """The newest week averages of reserves, the newest first; fewer where there are no more."""
    series = data.series("reserve_balances").iloc[-count:]
    weeks = [Point(stamp.date(), float(v)) for stamp, v in zip(series.index, series, strict=True)]
    return tuple(reversed(weeks))


def _stored(data: Dataset, series: str, days: tuple[date, ...]) -> bool:
    """Whether an optional series has a value on each of the days."""
    stored = {stamp.date() for stamp in data.series(series).index}
    return stored.issuperset(days)


def _move(data: Dataset, driver: Driver, start: date, end: date) -> float:
    """What the driver added to reserves.

    On a Wednesday without an operation the amount outstanding at ON RRP is that of the operation
    before, which matures on the next business day. The items of H.4.1 have a value each week.
    """
    series = SERIES_OF[driver]
    if driver is Driver.ON_RRP:
        moved = on_or_before(data, series, end).value - on_or_before(data, series, start).value
    else:
        moved = data.value(series, end) - data.value(series, start)
    return moved if driver is Driver.ASSETS else -moved


def start_of_story(data: Dataset, event: DebtLimitEvent | None) -> tuple[date, Frame]:
    """The week from which the change of reserves is told.

    For ``EVENT_WEEKS`` weeks after a resolution of the debt limit it is the last H.4.1 week before
    it; otherwise the week ``PLAIN_WEEKS`` weeks back. A week that holds a quarter-end is passed
    over for an earlier week, because window dressing moves ON RRP and reserves on that day.
    """
    newest = latest(data, "reserve_balances").date
    if event is not None and (newest - event.resolved).days <= 7 * EVENT_WEEKS:
        start = _last_plain_week(data, event.resolved - timedelta(days=1))
        if (newest - start).days // 7 >= SHORTEST_WEEKS:
            return start, Frame.SINCE_DEBT_LIMIT
    return _last_plain_week(data, newest - timedelta(weeks=PLAIN_WEEKS)), Frame.HALF_YEAR


def _last_plain_week(data: Dataset, limit: date) -> date:
    """The last H.4.1 week by a day that holds no quarter-end."""
    for stamp in reversed(data.series("reserve_balances").index):
        week: date = stamp.date()
        if week <= limit and not holds_quarter_end(week):
            return week
    raise DataError(
        f"reserve_balances has no week by {limit}",
        where=f"as of {data.as_of}",
        remedy="choose a later --as-of date",
    )


def holds_quarter_end(wednesday: date) -> bool:
    """Whether a quarter-end lies in the seven days that end on a Wednesday."""
    days = (wednesday - timedelta(days=back) for back in range(7))
    return any({DayKind.QUARTER_END, DayKind.YEAR_END} & set(kinds_of(day)) for day in days)
