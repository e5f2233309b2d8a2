"""What data there is, how fresh it is, and what is held back: one row a series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from reportgen.clock import NEW_YORK
from reportgen.errors import DataError
from reportgen.model import Doubt, DoubtRule, Series
from reportgen.store.dataset import Dataset

# The brief shows changes over up to a quarter day by day.
OPEN_WITHIN = timedelta(days=92)


class State(StrEnum):
    """How a series stands, by its publication rule."""

    FRESH = "fresh"
    DUE = "due"
    LATE = "late"
    QUARANTINED = "quarantined"
    ENDED = "ended"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A series as an operator sees it; instants are in UTC."""

    series: Series
    last: date | None
    published_at: datetime | None
    next_due_at: datetime | None
    late: bool
    state: State
    doubts: tuple[Doubt, ...]


def rows(data: Dataset, doubts: Sequence[Doubt]) -> tuple[SeriesRow, ...]:
    """The rows in catalogue order, at the cut-off of the data."""
    return tuple(_row(data, series_status.series, doubts) for series_status in data.statuses)


def _row(data: Dataset, series: Series, doubts: Sequence[Doubt]) -> SeriesRow:
    status = data.status(series.id)
    own = tuple(doubt for doubt in doubts if doubt.series == series.id)
    next_due_at = data.next_due_at(series.id)
    return SeriesRow(
        series,
        status.last,
        data.published_at(series.id),
        next_due_at,
        status.late,
        _state(data, series, status.late, status.last, next_due_at, own),
        own,
    )


def _state(
    data: Dataset,
    series: Series,
    late: bool,
    last: date | None,
    next_due_at: datetime | None,
    doubts: Sequence[Doubt],
) -> State:
    """Due is what is promised for later the same New York day; late what has been promised."""
    if any(_is_open(doubt, data.as_of) for doubt in doubts):
        return State.QUARANTINED
    if last is None:
        return State.EMPTY
    if series.ended is not None:
        return State.ENDED
    if late:
        return State.LATE
    if next_due_at is not None and next_due_at.astimezone(NEW_YORK).date() <= data.as_of:
        return State.DUE
    return State.FRESH


def _is_open(doubt: Doubt, today: date) -> bool:
    """Whether a value is still missing from briefs of this season; old ones are only listed."""
    return doubt.rule is not DoubtRule.GAP and today - doubt.date <= OPEN_WITHIN


def require_on_time(found: Sequence[SeriesRow]) -> None:
    """Raises DataError naming each required series whose last due value is not there."""
    late = [row for row in found if row.series.required and row.late]
    if late:
        names = ", ".join(f"{row.series.id} ({row.state.value})" for row in late)
        raise DataError(
            f"required data are not there: {names}",
            where="status",
            remedy="pull the latest data; where a value is quarantined, its reason stands above",
        )
