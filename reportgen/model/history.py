"""Series and gauges over time, as the pages of the site show them."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from reportgen.model.quantity import Unit
from reportgen.model.series import Series


class Freshness(StrEnum):
    """Whether the newest value is the one that was due, or the series has ended."""

    CURRENT = "current"
    LATE = "late"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class History:
    """Every value of a series that was public by a cut-off, and how fresh the newest one is.

    ``dates`` ascend and are not empty; ``values`` are in the unit of the series. ``due`` is the
    date of the value promised by the cut-off; instants are in UTC. None stands where no rule tells.
    """

    series: Series
    dates: tuple[date, ...]
    values: tuple[float, ...]
    due: date | None
    late: bool
    published_at: datetime | None
    next_due_at: datetime | None

    @property
    def first(self) -> date:
        """The date of the oldest value."""
        return self.dates[0]

    @property
    def last(self) -> date:
        """The date of the newest value."""
        return self.dates[-1]

    @property
    def freshness(self) -> Freshness:
        """Where it stands at the cut-off."""
        if self.series.ended is not None:
            return Freshness.ENDED
        return Freshness.LATE if self.late else Freshness.CURRENT

    def value_on(self, day: date) -> float | None:
        """The value of exactly this date; None when there is none."""
        place = bisect_left(self.dates, day)
        found = place < len(self.dates) and self.dates[place] == day
        return self.values[place] if found else None


@dataclass(frozen=True, slots=True)
class GaugeHistory:
    """A gauge of the dashboard over 52 weeks; the last value is the level that it tells."""

    id: str
    unit: Unit
    dates: tuple[date, ...]
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Histories:
    """What was public by the cut-off of a brief: series in catalogue order, gauges as they stand.

    ``cutoff`` is in UTC. A series that has no value is not among them.
    """

    as_of: date
    cutoff: datetime
    series: tuple[History, ...]
    gauges: tuple[GaugeHistory, ...]
