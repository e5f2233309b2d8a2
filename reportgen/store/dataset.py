"""The as-of view: what was public by an instant, and nothing later."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from reportgen.errors import DataError
from reportgen.model import Doubt, Observation, Release, Series, SeriesStatus
from reportgen.store.publication import due_date, is_late, next_due_at, published_at

if TYPE_CHECKING:
    import pandas as pd

# No rule takes longer: the monthly statement comes on the fourth business day of the next month.
LONGEST_TO_PUBLICATION = timedelta(days=60)


class Dataset:
    """What was public by an instant and nothing later: a value for each series and date.

    Of several vintages the newest that was public then holds. The earliest counts as known from the
    publication rule of its series, a revision from when it became known.
    """

    def __init__(
        self,
        observations: Iterable[Observation],
        catalogue: Iterable[Series],
        as_of: date,
        cutoff: datetime,
        h41_releases: Mapping[date, date],
        doubts: Iterable[Doubt] = (),
    ) -> None:
        self.as_of = as_of
        self.cutoff = cutoff
        self._catalogue = {series.id: series for series in catalogue}
        self._h41_releases = h41_releases
        self._values: dict[str, dict[date, float]] = {id: {} for id in self._catalogue}
        self._fill(observations)
        self.withheld = tuple(self._withhold(doubts))

    def _fill(self, observations: Iterable[Observation]) -> None:
        surely_public = self.as_of - LONGEST_TO_PUBLICATION
        for row in observations:
            values = self._values.get(row.series)
            if values is None:
                continue
            # An explicit vintage comes after the first value in the store's order, so the last
            # visible row of a date is the newest.
            if row.known_at is not None:
                is_public = row.known_at <= self.cutoff
            else:
                is_public = row.date < surely_public or self._is_public(row)
            if is_public:
                values[row.date] = row.value

    def _is_public(self, row: Observation) -> bool:
        series = self._catalogue[row.series]
        return published_at(series, row.date, self._h41_releases) <= self.cutoff

    def _withhold(self, doubts: Iterable[Doubt]) -> Iterable[Doubt]:
        """Takes out values that are in quarantine; yields what a reader is not shown by the day.

        A doubtful value that never landed leaves an older, good one of its date alone.
        """
        for doubt in doubts:
            values = self._values.get(doubt.series)
            if values is None or doubt.value is None or doubt.date > self.as_of:
                continue
            if values.get(doubt.date) == doubt.value:
                del values[doubt.date]
            if doubt.date not in values:
                yield doubt

    def series(self, series_id: str) -> pd.Series[float]:
        """The visible values by date, ascending; empty when there are none."""
        import pandas as pd  # half a second that pull and status do without

        values = self._values[series_id]
        index = pd.DatetimeIndex(pd.to_datetime(list(values)))
        return pd.Series(list(values.values()), index=index, name=series_id, dtype=float)

    def last_date(self, series_id: str) -> date | None:
        """The newest visible date of a series, None when nothing is visible."""
        return next(reversed(self._values[series_id]), None)

    def value(self, series_id: str, day: date) -> float:
        """The visible value of exactly this date; DataError when there is none."""
        try:
            return self._values[series_id][day]
        except KeyError:
            raise DataError(
                f"{series_id} has no value for {day} that was public by {self.cutoff:%F %T} UTC",
                where=f"as of {self.as_of}",
                remedy="choose another date, or pull the series again",
            ) from None

    def status(self, series_id: str) -> SeriesStatus:
        """How fresh a series is at the cut-off, by its publication rule."""
        series = self._catalogue[series_id]
        due = due_date(series, self.cutoff, self._h41_releases)
        last = self.last_date(series_id)
        return SeriesStatus(series, last, due, is_late(series, last, due))

    def published_at(self, series_id: str) -> datetime | None:
        """When the newest visible value became public by rule; None when no rule tells."""
        series, last = self._catalogue[series_id], self.last_date(series_id)
        if last is None or series.rule.release is Release.STATED:
            return None
        return published_at(series, last, self._h41_releases)

    def next_due_at(self, series_id: str) -> datetime | None:
        """When the value after the newest visible one is promised; None when no rule tells."""
        series = self._catalogue[series_id]
        return next_due_at(series, self.last_date(series_id), self._h41_releases)

    @cached_property
    def statuses(self) -> tuple[SeriesStatus, ...]:
        """The status of every series of the catalogue."""
        return tuple(self.status(series_id) for series_id in self._catalogue)

    def late(self) -> list[str]:
        """Each optional series that has values but not the one that was due."""
        return [_lateness(s) for s in self.statuses if s.late and s.last and not s.series.required]

    def require_fresh(self) -> None:
        """Raises DataError naming each required series that is late."""
        late = [s for s in self.statuses if s.series.required and s.late]
        if not late:
            return
        rows = "; ".join(map(_lateness, late))
        raise DataError(
            f"required data are late: {rows}",
            where=f"as of {self.as_of}",
            remedy="pull the latest data, or choose an earlier --as-of date",
        )

    @cached_property
    def digest(self) -> str:
        """A checksum over every visible value, for the manifest."""
        summary = hashlib.sha256()
        for series_id, values in self._values.items():
            summary.update(f"{series_id}\n".encode())
            summary.update("".join(f"{d} {v!r}\n" for d, v in values.items()).encode())
        return summary.hexdigest()


def _lateness(status: SeriesStatus) -> str:
    return f"{status.series.id} ends {status.last or 'nowhere'}, {status.due} was due"
