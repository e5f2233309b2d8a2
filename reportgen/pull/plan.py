"""What to ask for: what is new, and what may still be revised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from reportgen.clock import NEW_YORK
from reportgen.model import Calendar, Doubt
from reportgen.settings import SourceSettings
from reportgen.sources import rules
from reportgen.sources.catalogue import series_of
from reportgen.sources.feed import Feed, Portion, Request
from reportgen.store import business_days
from reportgen.store.observations import Coverage
from reportgen.store.publication import due_date, is_late

# A whole history is asked for again after this time even when nothing is due: it may be revised.
WHOLE_AGAIN = timedelta(days=7)
# Doubtful and missing values are asked for again as long as they are younger than this.
HEALED_WITHIN = timedelta(days=60)
# Without a key, the releases of so long a time are asked for one by one.
VINTAGES_BACK = timedelta(days=364)


@dataclass(frozen=True, slots=True)
class Situation:
    """What the plan depends on: the store, the settings, and the moment."""

    sources: SourceSettings
    key: str
    now: datetime
    coverage: Mapping[str, Coverage]
    doubts: Sequence[Doubt]
    h41_releases: Mapping[date, date]

    @property
    def today(self) -> date:
        """The day in New York."""
        return self.now.astimezone(NEW_YORK).date()


@dataclass(frozen=True, slots=True)
class Task:
    """A feed and its requests, in the order of time."""

    feed: Feed
    requests: tuple[Request, ...]


def plan(feeds: Iterable[Feed], situation: Situation) -> tuple[Task, ...]:
    """The requests of each feed that has any."""
    tasks = [Task(feed, _requests(feed, situation)) for feed in feeds]
    return tuple(task for task in tasks if task.requests)


def _requests(feed: Feed, situation: Situation) -> tuple[Request, ...]:
    if feed.portion is Portion.WHOLE:
        if not _whole_is_due(feed, situation):
            return ()
        start = feed.first
    else:
        start = _window_start(feed, situation)
    end = situation.today + timedelta(days=feed.ahead_days)
    return tuple(
        feed.address(situation.sources, situation.key, first, last)
        for first, last in _portions(feed, start, end)
    )


def _window_start(feed: Feed, situation: Situation) -> date:
    covered = situation.coverage.get(feed.id)
    if covered is None:
        return feed.first
    starts = [covered.through - timedelta(days=feed.revised_days)]
    starts += [day - timedelta(days=7) for day in _to_heal(feed, situation)]
    return max(min(starts), feed.first)


def _to_heal(feed: Feed, situation: Situation) -> list[date]:
    """The days of doubtful and missing values that a feed may still bring."""
    oldest = situation.today - HEALED_WITHIN
    own = [doubt.date for doubt in situation.doubts if doubt.series in feed.series]
    return [day for day in own if day >= oldest]


def _whole_is_due(feed: Feed, situation: Situation) -> bool:
    covered = situation.coverage.get(feed.id)
    if covered is None or situation.now - covered.asked_at >= WHOLE_AGAIN:
        return True
    if _to_heal(feed, situation):
        return True
    series = series_of(feed.series[0])
    due = due_date(series, situation.now, situation.h41_releases)
    return is_late(series, covered.through, due)


def _portions(feed: Feed, start: date, end: date) -> list[tuple[date, date]]:
    if feed.portion is not Portion.YEAR:
        return [(start, end)]
    return [
        (max(start, date(year, 1, 1)), min(end, date(year, 12, 31)))
        for year in range(start.year, end.year + 1)
    ]


def plan_vintages(feeds: Iterable[Feed], situation: Situation) -> tuple[Task, ...]:
    """With a key one request a series; without, one for each release since the last one loaded."""
    tasks = [Task(feed, _vintages(feed, situation)) for feed in feeds]
    return tuple(task for task in tasks if task.requests)


def _vintages(feed: Feed, situation: Situation) -> tuple[Request, ...]:
    if situation.key:
        windows = [(feed.first, situation.today)]
    else:
        covered = situation.coverage.get(feed.id)
        since = covered.through if covered else situation.today - VINTAGES_BACK
        windows = [
            (day - timedelta(days=feed.revised_days), day) for day in _h41_days(since, situation)
        ]
    return tuple(
        feed.address(situation.sources, situation.key, start, end) for start, end in windows
    )


def _h41_days(since: date, situation: Situation) -> list[date]:
    """The days on which H.4.1 came out after ``since``, up to now."""
    wednesday = since - timedelta(days=(since.weekday() - 2) % 7)
    days: list[date] = []
    while wednesday < situation.today:
        thursday = business_days.on_or_after(wednesday + timedelta(days=1), Calendar.FED)
        days.append(situation.h41_releases.get(wednesday, thursday))
        wednesday += timedelta(days=7)
    local = situation.now.astimezone(NEW_YORK)
    last = local.date() if local.time() >= rules.H41.clock_time else local.date() - timedelta(1)
    return [day for day in days if since < day <= last]
