"""The dates ahead: releases of the data, meetings, refundings, and days that strain funding."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from reportgen.analysis.calendar import (
    DayKind,
    dates_ahead,
    kinds_of,
    last_meeting,
    next_meeting,
    next_refunding,
)
from reportgen.clock import NEW_YORK
from reportgen.sections.inputs import Inputs
from reportgen.sources.catalogue import series_of
from reportgen.store.publication import following

# Enough to hold the next tax date and the next quarter-end, whatever the day.
ENDS_AND_TAXES = 3
SETTLEMENTS = 2


class Occasion(StrEnum):
    """What a date ahead brings; the order is that of rows of one date."""

    SOFR = "sofr"
    BALANCE_SHEET = "balance_sheet"
    DEBT_STATEMENT = "debt_statement"
    MEETING = "meeting"
    ESTIMATES = "estimates"
    STATEMENT = "statement"
    STRAINED = "strained"


# A series of each release the brief rests on.
_RELEASES = {
    Occasion.SOFR: "sofr",
    Occasion.BALANCE_SHEET: "reserve_balances",
    Occasion.DEBT_STATEMENT: "bills_outstanding",
}


@dataclass(frozen=True, slots=True)
class DateRow:
    """A date ahead: ``about`` is the day its data are of, or that of the last meeting.

    ``as_above`` when a row of the same meaning has come before.
    """

    day: date
    occasion: Occasion
    about: date | None = None
    kinds: tuple[DayKind, ...] = ()
    as_above: bool = False


def rows(inputs: Inputs) -> tuple[DateRow, ...]:
    """The dates after the as-of date, in order."""
    found = [*_releases(inputs), *_meeting(inputs), *_refunding(inputs), *_strained(inputs.as_of)]
    order = list(Occasion)
    found.sort(key=lambda row: (row.day, order.index(row.occasion)))
    meanings = [(row.occasion, _meant(row.kinds)) for row in found]
    return tuple(
        replace(row, as_above=meanings[at] in meanings[:at]) for at, row in enumerate(found)
    )


def _meant(kinds: tuple[DayKind, ...]) -> DayKind | None:
    """The kind that a row tells of: on a month-end alone it is the settlement that counts."""
    return next((kind for kind in kinds if kind is not DayKind.MONTH_END), None)


def _releases(inputs: Inputs) -> list[DateRow]:
    """The next release of each; none that is late: nobody knows when it comes."""
    found = []
    for occasion, series_id in _RELEASES.items():
        due_at, last = inputs.data.next_due_at(series_id), inputs.data.last_date(series_id)
        if due_at is None or last is None or due_at <= inputs.data.cutoff:
            continue
        due = due_at.astimezone(NEW_YORK).date()
        found.append(DateRow(due, occasion, following(series_of(series_id), last)))
    return found


def _meeting(inputs: Inputs) -> list[DateRow]:
    meeting = next_meeting(inputs.calendar, inputs.as_of)
    last = last_meeting(inputs.calendar, inputs.as_of)
    if meeting is None:
        return []
    return [DateRow(meeting.last_day, Occasion.MEETING, last.last_day if last else None)]


def _refunding(inputs: Inputs) -> list[DateRow]:
    """Estimates and statement; between the two only the statement is ahead."""
    refunding = next_refunding(inputs.calendar, inputs.as_of)
    if refunding is None:
        return []
    both = (
        DateRow(refunding.estimates, Occasion.ESTIMATES),
        DateRow(refunding.statement, Occasion.STATEMENT),
    )
    return [row for row in both if row.day > inputs.as_of]


def _strained(day: date) -> list[DateRow]:
    ends_and_taxes = (DayKind.YEAR_END, DayKind.QUARTER_END, DayKind.TAX_DATE)
    days = {
        ahead.date
        for kinds, count in (
            (ends_and_taxes, ENDS_AND_TAXES),
            ((DayKind.COUPON_SETTLEMENT,), SETTLEMENTS),
        )
        for ahead in dates_ahead(day, kinds, count)
    }
    return [DateRow(ahead, Occasion.STRAINED, kinds=kinds_of(ahead)) for ahead in days]
