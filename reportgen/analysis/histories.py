"""The whole history of each series at a cut-off, for the pages that show it."""

from __future__ import annotations

from reportgen.model import History, SeriesStatus
from reportgen.store.dataset import Dataset


def read(data: Dataset) -> tuple[History, ...]:
    """Every series that has a value, in catalogue order."""
    return tuple(_history(data, status) for status in data.statuses if status.last is not None)


def _history(data: Dataset, status: SeriesStatus) -> History:
    visible = data.series(status.series.id)
    return History(
        series=status.series,
        dates=tuple(stamp.date() for stamp in visible.index),
        values=tuple(float(value) for value in visible),
        due=status.due,
        late=status.late,
        published_at=data.published_at(status.series.id),
        next_due_at=data.next_due_at(status.series.id),
    )
