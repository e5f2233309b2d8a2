"""Business days on the Federal Reserve's and on SIFMA's calendar."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import holidays
from dateutil.easter import easter

from reportgen.model import Calendar

FIRST_YEAR, LAST_YEAR = 2017, 2036


@cache
def closed_days(calendar: Calendar) -> frozenset[date]:
    """The holidays of a calendar from 2017 to 2036, weekends not among them.

    SIFMA recommends only an early close on a Good Friday with a payrolls report, but neither SOFR
    nor repo operations have a value on those days either (2021-04-02 and 2023-04-07).
    """
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    code = "FED" if calendar is Calendar.FED else "XSIF"
    days = set(holidays.financial_holidays(code, years=years))
    if calendar is Calendar.SIFMA:
        days |= {easter(year) - timedelta(days=2) for year in years}
    return frozenset(day for day in days if day.weekday() < 5)


def is_business_day(day: date, calendar: Calendar) -> bool:
    """Whether the calendar's market is open on this day."""
    return day.weekday() < 5 and day not in closed_days(calendar)


def shift(day: date, count: int, calendar: Calendar) -> date:
    """The day ``count`` business days later (earlier when negative).

    From a day that is none itself, counting starts at the nearest business day on the other side,
    so that one day on from a Saturday is Monday and one day back is Friday.
    """
    step = timedelta(days=1 if count > 0 else -1)
    day = on_or_before(day, calendar) if count > 0 else on_or_after(day, calendar)
    for _ in range(abs(count)):
        day += step
        while not is_business_day(day, calendar):
            day += step
    return day


def on_or_after(day: date, calendar: Calendar) -> date:
    """The day itself when it is a business day, else the next one."""
    while not is_business_day(day, calendar):
        day += timedelta(days=1)
    return day


def on_or_before(day: date, calendar: Calendar) -> date:
    """The day itself when it is a business day, else the one before."""
    while not is_business_day(day, calendar):
        day -= timedelta(days=1)
    return day


def nth_of_month(year: int, month: int, nth: int, calendar: Calendar) -> date:
    """The nth business day of a month; the first is 1."""
    return shift(on_or_after(date(year, month, 1), calendar), nth - 1, calendar)


def last_of_month(year: int, month: int, calendar: Calendar) -> date:
    """The last business day of a month."""
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    return shift(first_of_next, -1, calendar)
