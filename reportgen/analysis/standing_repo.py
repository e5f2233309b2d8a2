"""Use of the standing repo facility: the day told, its rank, since when, and how often used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reportgen.analysis.calendar import near_strained_day
from reportgen.analysis.figures import BILLION
from reportgen.model import Point
from reportgen.store.dataset import Dataset

FACILITY_START = date(2021, 7, 29)

# Test bids of one to six million are on most days: a day counts as used from one billion on.
USED_USD = 1 * BILLION
TOLD_DAYS = 5
WINDOW_DAYS = 20


@dataclass(frozen=True, slots=True)
class Use:
    """Use of the facility as a day sees it; amounts in US dollars.

    ``told`` is the largest of the last five operation days, ``latest`` the newest; ``rank`` counts
    from the largest day since 2021-07-29; ``larger`` are the days since then with more, the newest
    first; ``since`` is the last day before the facility on which the Desk's temporary overnight
    repo was larger; ``used`` counts days of at least a billion among the last twenty,
    ``used_beyond`` those of them further than a business day from any strained day.
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
