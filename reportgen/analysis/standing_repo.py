"""Use of the standing repo facility: the day told, its rank, since when, and how often used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reportgen.analysis.calendar import near_strained_day
from reportgen.analysis.figures import BILLION
from reportgen.model import Point
from reportgen.store.dataset import Dataset

FACILITY_START = date(2021, 7, 29)

# Test bids are of one to six million.
USED_USD = 1 * BILLION
"""A day counts as used from ``USED_USD`` on: below that lie test bids, which most days have."""
TOLD_DAYS = 5
WINDOW_DAYS = 20
"""How often the facility is used is counted over its last ``WINDOW_DAYS`` operation days."""


@dataclass(frozen=True, slots=True)
class Use:
    """Use of the facility as a day sees it; amounts in US dollars.

    The day told is the largest of the last ``TOLD_DAYS`` operation days. Its rank counts from the
    largest day since the facility began on ``FACILITY_START``; before that the text looks for the
    last day on which the Desk’s temporary overnight repo was larger.

    ``told`` is that day, ``latest`` the newest; ``larger`` are the days since the beginning with
    more, the newest first; ``since`` is the day before it; ``used`` counts used days among the last
    ``WINDOW_DAYS``, ``used_beyond`` those of them further than a business day from any strained
    day.
    """

    told: Point
    latest: Point
    rank: int
    larger: tuple[Point, ...]
    since: Point | None
    used: int
    used_beyond: int
    window: int
    window_start: date
    last_used: Point | None

    @property
    def is_used(self) -> bool:
        """Whether the day told counts as used at all."""
        return self.told.value >= USED_USD


def use(data: Dataset) -> Use:
    """The facility's use at the as-of date."""
    accepted = data.series("srf_accepted")
    days = [
        Point(stamp.date(), float(value))
        for stamp, value in zip(accepted.index, accepted, strict=True)
    ]
    told = max(days[-TOLD_DAYS:], key=lambda point: point.value)
    larger = tuple(point for point in reversed(days) if point.value > told.value)
    window = days[-WINDOW_DAYS:]
    used = [point for point in window if point.value >= USED_USD]
    ever_used = [point for point in days if point.value >= USED_USD]
    return Use(
        told=told,
        latest=days[-1],
        rank=1 + len(larger),
        larger=larger,
        since=_since(data, told),
        used=len(used),
        used_beyond=sum(not near_strained_day(point.date) for point in used),
        window=len(window),
        window_start=window[0].date,
        last_used=ever_used[-1] if ever_used else None,
    )


def _since(data: Dataset, told: Point) -> Point | None:
    temporary = data.series("temporary_repo_accepted")
    larger = temporary[temporary > told.value]
    if larger.empty:
        return None
    return Point(larger.index[-1].date(), float(larger.iloc[-1]))
