"""What a value must satisfy to be told: possible, without a gap, not contradicted elsewhere.

What fails is held back in quarantine.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta

from reportgen.model import (
    Check,
    Doubt,
    DoubtRule,
    Frequency,
    Observation,
    Parsed,
    Series,
    Unit,
)
from reportgen.store import business_days

# From the first day a brief can be made for; three days before it have no ON RRP operation.
GAPS_SINCE = date(2021, 8, 2)
# SOMA weeks end between Tuesday and Thursday around holidays.
LONGEST_WEEK = timedelta(days=9)

Values = Mapping[str, Mapping[date, float]]


def within_bounds(parsed: Parsed, bounds: Mapping[str, Series], last_day: date) -> Parsed:
    """Holds back values that are impossible; ``bounds`` gives the catalogue line for each id.

    So are values dated after ``last_day``, the end of the window that was asked for.
    """
    good, doubts = [], list(parsed.doubts)
    for seen in parsed.observations:
        reason = _impossible(seen, bounds[seen.series], last_day)
        if reason:
            doubts.append(Doubt(seen.series, seen.date, DoubtRule.RANGE, reason, seen.value))
        else:
            good.append(seen)
    return Parsed(tuple(good), tuple(doubts))


def _impossible(seen: Observation, series: Series, last_day: date) -> str:
    if seen.date > last_day:
        return f"it is dated after {last_day}, the last day asked for"
    if series.least <= seen.value <= series.most:
        return ""
    return (
        f"{_amount(seen.value, series)} lies outside what is possible, "
        f"{_amount(series.least, series)} to {_amount(series.most, series)}"
    )


def disagreements(
    values: Values, checks: Iterable[Check], bounds: Mapping[str, Series]
) -> list[Doubt]:
    """Values of which a second provider says otherwise."""
    doubts: list[Doubt] = []
    for check in checks:
        theirs = values.get(check.against, {})
        unsettled = values.get(check.unsettled, {})
        for day, ours in values.get(check.series, {}).items():
            other = theirs.get(day)
            if day in unsettled:
                continue
            if other is not None and abs(ours - other) > check.tolerance:
                series = bounds[check.series]
                reason = (
                    f"{_amount(ours, series)}, but {check.against} says {_amount(other, series)}"
                )
                doubts.append(Doubt(check.series, day, DoubtRule.DISAGREEMENT, reason, ours))
    return doubts


def gaps(days_of: Mapping[str, Collection[date]], catalogue: Iterable[Series]) -> list[Doubt]:
    """Days between the first and the last one of a series that lack, one doubt a gap."""
    doubts: list[Doubt] = []
    for series in catalogue:
        days = sorted(day for day in days_of.get(series.id, ()) if day >= GAPS_SINCE)
        if series.ended is not None:
            continue
        for before, after in itertools.pairwise(days):
            missing = _missing(series, before, after)
            if missing:
                last = f" to {missing[-1]}" if len(missing) > 1 else ""
                reason = f"no value for {missing[0]}{last}, though {after} has one"
                doubts.append(Doubt(series.id, missing[0], DoubtRule.GAP, reason, None))
    return doubts


def _missing(series: Series, before: date, after: date) -> Sequence[date]:
    """The days strictly between two dates on which the series should have a value."""
    match series.frequency:
        case Frequency.WEEK:
            return [before + timedelta(days=7)] if after - before > LONGEST_WEEK else []
        case Frequency.MONTH:
            following = _month_end(before + timedelta(days=1))
            return [following] if following < after else []
        case Frequency.IRREGULAR:
            return []
    between = [before + timedelta(days=n) for n in range(1, (after - before).days)]
    if series.frequency is Frequency.CALENDAR_DAY:
        return between
    return [day for day in between if business_days.is_business_day(day, series.rule.calendar)]


def _month_end(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _amount(value: float, series: Series) -> str:
    if series.unit is Unit.PERCENT:
        return f"{value:g}%"
    return f"{'-' if value < 0 else ''}${abs(value):,.0f}"
