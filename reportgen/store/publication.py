"""When a value became public and which is due by an instant, by the rule of its series."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from reportgen.clock import NEW_YORK, at_new_york
from reportgen.model import Frequency, Release, Series
from reportgen.store import business_days

# A daily series is never older than this when it is on time: the longest closure of a calendar.
_LOOK_BACK_DAYS = 14


def published_on(series: Series, day: date, h41_releases: Mapping[date, date]) -> date:
    """The New York day on which the value of ``day`` became public.

    ``h41_releases`` are the real dates of weekly releases by their Wednesday, where the rule of the
    next business day does not hold.
    """
    rule = series.rule
    match rule.release:
        case Release.SAME_DAY | Release.STATED:
            return day
        case Release.NEXT_BUSINESS_DAY:
            return business_days.shift(day, 1, rule.calendar)
        case Release.DAY_BEFORE:
            return day - timedelta(days=1)
        case Release.THURSDAY:
            wednesday = day + timedelta(days=(2 - day.weekday()) % 7)
            thursday = wednesday + timedelta(days=1)
            return h41_releases.get(wednesday, business_days.on_or_after(thursday, rule.calendar))
        case Release.BUSINESS_DAY_OF_NEXT_MONTH:
            following = day.replace(day=1) + timedelta(days=31)
            return business_days.nth_of_month(
                following.year, following.month, rule.nth, rule.calendar
            )


def published_at(series: Series, day: date, h41_releases: Mapping[date, date]) -> datetime:
    """The instant, in UTC, at which the value of ``day`` became public."""
    return at_new_york(published_on(series, day, h41_releases), series.rule.clock_time)


def due_date(series: Series, cutoff: datetime, h41_releases: Mapping[date, date]) -> date | None:
    """The date of the newest value the rule promises by ``cutoff``; None when it promises none."""
    if series.ended is not None:
        return series.ended
    if series.frequency is Frequency.IRREGULAR:
        return None
    today = cutoff.astimezone(NEW_YORK).date()
    for day in _candidates(series, today):
        if published_at(series, day, h41_releases) <= cutoff:
            return day
    return None


def _candidates(series: Series, today: date) -> list[date]:
    if series.frequency is Frequency.WEEK:
        wednesday = today - timedelta(days=(today.weekday() - 2) % 7)
        return [wednesday - timedelta(weeks=week) for week in range(4)]
    if series.frequency is Frequency.MONTH:
        ends = [today.replace(day=1) - timedelta(days=1)]
        while len(ends) < 4:
            ends.append(ends[-1].replace(day=1) - timedelta(days=1))
        return ends
    # Tomorrow's administered rate is published today only when it changes, and those of a weekend
    # may come with Monday's.
    days = [today - timedelta(days=back) for back in range(_LOOK_BACK_DAYS)]
    return [day for day in days if business_days.is_business_day(day, series.rule.calendar)]


def is_late(series: Series, last: date | None, due: date | None) -> bool:
    """Whether a newer value was promised than the last one there is.

    SOMA weeks end on a Tuesday around some holidays, so a weekly value counts for the six days
    before its Wednesday.
    """
    if due is None:
        return False
    slack = timedelta(days=6) if series.frequency is Frequency.WEEK else timedelta(0)
    return last is None or last < due - slack


def next_due_at(
    series: Series, last: date | None, h41_releases: Mapping[date, date]
) -> datetime | None:
    """The instant, in UTC, at which the value after ``last`` is or was promised.

    None for a series that has ended, follows no calendar or has no value yet.
    """
    if last is None or series.ended is not None or series.frequency is Frequency.IRREGULAR:
        return None
    next_date = following(series, last)
    if series.frequency is Frequency.CALENDAR_DAY:
        # Announced the day before only when it changes.
        return at_new_york(business_days.on_or_after(next_date, series.rule.calendar), time(0))
    return published_at(series, next_date, h41_releases)


def following(series: Series, day: date) -> date:
    """The date of the value after that of a day, by the frequency of the series."""
    match series.frequency:
        case Frequency.WEEK:
            return day + timedelta(days=(2 - day.weekday()) % 7 or 7)
        case Frequency.MONTH:
            first_of_next = (day.replace(day=1) + timedelta(days=31)).replace(day=1)
            return (first_of_next + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        case Frequency.CALENDAR_DAY:
            return day + timedelta(days=1)
    return business_days.shift(day, 1, series.rule.calendar)
