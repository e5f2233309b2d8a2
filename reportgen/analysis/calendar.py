"""Days that move funding markets, and the meetings and releases ahead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Self

from pydantic import model_validator

from reportgen import config_files
from reportgen.config_files import Strict
from reportgen.model import Calendar
from reportgen.store import business_days

# The longest time from one refunding statement to the next.
REFUNDING_INTERVAL = timedelta(weeks=14)


class DayKind(StrEnum):
    """Why a day strains funding: year-end, quarter-end, month-end, federal tax date, settlement of
    coupons; the order is that of importance."""

    YEAR_END = "year_end"
    QUARTER_END = "quarter_end"
    MONTH_END = "month_end"
    TAX_DATE = "tax_date"
    COUPON_SETTLEMENT = "coupon_settlement"


class Meeting(Strict):
    """A meeting of the FOMC."""

    first_day: date
    last_day: date


class H41Release(Strict):
    """``[[h41_release]]``: a real release date that the rule does not give."""

    wednesday: date
    released: date
    url: str

    @model_validator(mode="after")
    def _after_a_wednesday(self) -> Self:
        if self.wednesday.weekday() != 2 or self.released <= self.wednesday:
            raise ValueError("`wednesday` is a Wednesday, and `released` a later day")
        return self


class Refunding(Strict):
    """``[[refunding]]``: borrowing estimates, then the refunding statement."""

    estimates: date
    statement: date


class CalendarFile(Strict):
    """All of ``calendar.toml``."""

    fomc: tuple[Meeting, ...]
    h41_release: tuple[H41Release, ...] = ()
    refunding: tuple[Refunding, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        days = [meeting.last_day for meeting in self.fomc]
        if days != sorted(set(days)):
            raise ValueError("fomc meetings must stand in order, each once")
        statements = [entry.statement for entry in self.refunding]
        if statements != sorted(set(statements)):
            raise ValueError("refunding entries must stand in order, each once")
        return self

    @property
    def h41_releases(self) -> dict[date, date]:
        """Real release dates by the Wednesday they describe."""
        return {entry.wednesday: entry.released for entry in self.h41_release}


def load(path: Path) -> CalendarFile:
    """The calendar file; InputError with the field when it is malformed."""
    return config_files.read(path, CalendarFile)


def next_meeting(calendar: CalendarFile, day: date) -> Meeting | None:
    """The first meeting that ends after a day, None past the schedule."""
    return next((meeting for meeting in calendar.fomc if meeting.last_day > day), None)


def last_meeting(calendar: CalendarFile, day: date) -> Meeting | None:
    """The last meeting that ended by the end of a day, None before the schedule."""
    ended = [meeting for meeting in calendar.fomc if meeting.last_day <= day]
    return ended[-1] if ended else None


def next_refunding(calendar: CalendarFile, day: date) -> Refunding | None:
    """The first refunding whose statement comes after a day, None outside the schedule.

    Refundings are quarterly: an entry further away than that is not the next one.
    """
    ahead = next((entry for entry in calendar.refunding if entry.statement > day), None)
    return ahead if ahead and ahead.statement - day <= REFUNDING_INTERVAL else None


@cache
def tax_dates(year: int) -> tuple[date, ...]:
    """Federal tax dates of a year.

    Estimated individual tax on the 15th of January, April, June and September; calendar-year
    corporations on the 15th of April, June, September and December; the next business day when that
    is a weekend or a holiday. In April the holiday of Washington, Emancipation Day (the 16th or its
    observed day), counts too: 18 April in 2022 and 2023.

    Source: 26 U.S.C. 7503; IRS Publication 509.
    """
    return tuple(_tax_date(year, month) for month in (1, 4, 6, 9, 12))


def _tax_date(year: int, month: int) -> date:
    closed = {_emancipation_day(year)} if month == 4 else set()
    day = date(year, month, 15)
    while not business_days.is_business_day(day, Calendar.FED) or day in closed:
        day += timedelta(days=1)
    return day


def _emancipation_day(year: int) -> date:
    day = date(year, 4, 16)
    return day + timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0))


@cache
def coupon_settlements(year: int) -> tuple[date, ...]:
    """Days on which Treasury coupon auctions settle: the 15th and the last day of each month."""
    days = []
    for month in range(1, 13):
        end = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        for nominal in (date(year, month, 15), end):
            days.append(business_days.on_or_after(nominal, Calendar.SIFMA))
    return tuple(days)


def _kinds_of_month_end(year: int, month: int) -> Iterator[tuple[date, DayKind]]:
    day = business_days.last_of_month(year, month, Calendar.SIFMA)
    if month == 12:
        yield day, DayKind.YEAR_END
    elif month % 3 == 0:
        yield day, DayKind.QUARTER_END
    else:
        yield day, DayKind.MONTH_END


@cache
def strained_days(year: int) -> tuple[tuple[date, DayKind], ...]:
    """Every day of a year that strains funding by the calendar, with its kind, in order.

    A settlement of month-end coupons in December may fall on the first business day of the next
    year; it is listed under the year it belongs to.
    """
    days: list[tuple[date, DayKind]] = []
    for month in range(1, 13):
        days.extend(_kinds_of_month_end(year, month))
    days.extend((day, DayKind.TAX_DATE) for day in tax_dates(year))
    days.extend((day, DayKind.COUPON_SETTLEMENT) for day in coupon_settlements(year))
    return tuple(sorted(days))


@cache
def kinds_of(day: date) -> tuple[DayKind, ...]:
    """What the calendar has on a day, most important first; empty on an ordinary day."""
    found = {
        kind
        for year in (day.year - 1, day.year)
        for strained, kind in strained_days(year)
        if strained == day
    }
    return tuple(kind for kind in DayKind if kind in found)


def near_strained_day(day: date) -> bool:
    """Whether a strained day lies within one business day: its effects are counted that far."""
    around = (
        business_days.shift(day, -1, Calendar.SIFMA),
        day,
        business_days.shift(day, 1, Calendar.SIFMA),
    )
    return any(kinds_of(neighbour) for neighbour in around)


@dataclass(frozen=True, slots=True)
class DateAhead:
    """A day ahead with all that the calendar has on it, most important first."""

    date: date
    kinds: tuple[DayKind, ...]


def dates_ahead(day: date, kinds: tuple[DayKind, ...], count: int) -> tuple[DateAhead, ...]:
    """The next days after a day that are of one of the given kinds."""
    found = {
        strained
        for year in (day.year - 1, day.year, day.year + 1)
        for strained, kind in strained_days(year)
        if strained > day and kind in kinds
    }
    return tuple(DateAhead(ahead, kinds_of(ahead)) for ahead in sorted(found)[:count])
