"""What a pull asks for: what is new, what may be revised, and nothing twice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.clock import at_new_york
from reportgen.model import Doubt, DoubtRule
from reportgen.pull.plan import Situation, plan, plan_vintages
from reportgen.settings import SourceSettings
from reportgen.sources.catalogue import FEEDS, VINTAGE_FEEDS
from reportgen.sources.feed import Feed, Portion
from reportgen.store.observations import Coverage

KEY = "0123456789abcdef0123456789abcdef"
BY_ID = {feed.id: feed for feed in FEEDS}
WEDNESDAY = date(2025, 12, 3)

Window = tuple[str, str]


def situation(
    now: datetime,
    through: Mapping[str, date] | None = None,
    *doubts: Doubt,
    asked_at: datetime | None = None,
    key: str = "",
    releases: Mapping[date, date] | None = None,
) -> Situation:
    """A moment and how far feeds are covered; they were asked an hour ago unless it says when."""
    asked = asked_at or now - timedelta(hours=1)
    coverage = {feed: Coverage(day, asked) for feed, day in (through or {}).items()}
    return Situation(SourceSettings(), key, now, coverage, doubts, releases or {})


def at(day: date, clock_time: str = "18:00") -> datetime:
    return at_new_york(day, time.fromisoformat(clock_time))


def windows(feed_id: str, told: Situation) -> list[Window]:
    found = plan([BY_ID[feed_id]], told)
    return [(f"{r.start}", f"{r.end}") for task in found for r in task.requests]


def doubt(series: str, day: date, rule: DoubtRule = DoubtRule.GAP) -> Doubt:
    return Doubt(series, day, rule, "odd", None)


def test_a_first_pull_asks_for_everything_in_the_order_of_the_catalogue() -> None:
    tasks = plan(FEEDS, situation(at(WEDNESDAY)))
    assert [task.feed for task in tasks] == list(FEEDS)
    for task in tasks:
        assert task.requests[0].start == date(2018, 1, 1)
        ahead = {"fred.IORB": 7, "fred.DFEDTARU": 7, "fred.DFEDTARL": 7, "treasury.auctions": 45}
        last = WEDNESDAY + timedelta(days=ahead.get(task.feed.id, 0))
        assert task.requests[-1].end == last


@pytest.mark.parametrize(
    ("feed", "through", "window"),
    [
        # Ten days are asked for again, of H.4.1 four weeks, of operations two.
        ("nyfed.sofr", "2025-12-01", ("2025-11-21", "2025-12-03")),
        ("treasury.cash", "2025-12-02", ("2025-11-22", "2025-12-03")),
        ("fred.WALCL", "2025-11-26", ("2025-10-29", "2025-12-03")),
        ("nyfed.operations", "2025-12-02", ("2025-11-18", "2025-12-03")),
        ("treasury.debt_by_class", "2025-10-31", ("2025-10-21", "2025-12-03")),
        # Rates and auctions are announced ahead, by 7 and 45 days.
        ("fred.IORB", "2025-12-03", ("2025-11-23", "2025-12-10")),
        ("treasury.auctions", "2025-12-03", ("2025-11-23", "2026-01-17")),
        # Never before the first day there is.
        ("nyfed.sofr", "2018-01-05", ("2018-01-01", "2025-12-03")),
    ],
)
def test_the_window_begins_where_values_may_still_change(
    feed: str, through: str, window: Window
) -> None:
    told = situation(at(WEDNESDAY), {feed: date.fromisoformat(through)})
    assert windows(feed, told) == [window]


def test_the_day_is_that_of_new_york() -> None:
    # 03:00 UTC on Thursday is 22:00 on Wednesday.
    told = situation(datetime(2025, 12, 4, 3, 0, tzinfo=UTC), {"nyfed.sofr": date(2025, 12, 2)})
    assert windows("nyfed.sofr", told) == [("2025-11-22", "2025-12-03")]


def test_operations_are_asked_for_by_calendar_year() -> None:
    found = windows("nyfed.operations", situation(at(WEDNESDAY)))
    assert found == [(f"{year}-01-01", f"{year}-12-31") for year in range(2018, 2025)] + [
        ("2025-01-01", "2025-12-03")
    ]
    told = situation(at(date(2026, 1, 6)), {"nyfed.operations": date(2026, 1, 5)})
    assert windows("nyfed.operations", told) == [
        ("2025-12-22", "2025-12-31"),
        ("2026-01-01", "2026-01-06"),
    ]


@settings(deadline=None, max_examples=60)
@given(
    feed=st.sampled_from([feed for feed in FEEDS if feed.portion is not Portion.WHOLE]),
    through=st.dates(date(2018, 1, 1), date(2026, 6, 30)),
    later=st.integers(0, 800),
)
def test_portions_cover_every_day_that_is_not_covered_and_none_twice(
    feed: Feed, through: date, later: int
) -> None:
    today = through + timedelta(days=later)
    (task,) = plan([feed], situation(at(today), {feed.id: through}))
    spans = [(request.start, request.end) for request in task.requests]
    days = [start + timedelta(n) for start, end in spans for n in range((end - start).days + 1)]
    assert len(days) == len(set(days))
    assert days == sorted(days)
    needed = [through + timedelta(n) for n in range(1 - feed.revised_days, later + 1)]
    assert {day for day in needed if day >= feed.first} <= set(days)
    assert days[-1] == today + timedelta(feed.ahead_days)


@pytest.mark.parametrize(
    ("day", "start"),
    [
        ("2025-11-28", "2025-11-21"),  # within the ten days: asked for anyway
        ("2025-10-20", "2025-10-13"),  # a week before the doubtful value
        ("2025-10-04", "2025-09-27"),  # sixty days ago
        ("2025-10-03", "2025-11-21"),  # sixty-one
    ],
)
def test_doubtful_values_are_asked_for_again_for_sixty_days(day: str, start: str) -> None:
    wanted = doubt("sofr_p99", date.fromisoformat(day))
    told = situation(at(WEDNESDAY), {"nyfed.sofr": date(2025, 12, 1)}, wanted)
    assert windows("nyfed.sofr", told) == [(start, "2025-12-03")]


def test_a_doubt_about_another_feed_changes_nothing() -> None:
    told = situation(
        at(WEDNESDAY), {"nyfed.sofr": date(2025, 12, 1)}, doubt("tgcr", date(2025, 10, 20))
    )
    assert windows("nyfed.sofr", told) == [("2025-11-21", "2025-12-03")]


WHOLE = [("2018-01-01", "2025-12-04")]
THURSDAY = date(2025, 12, 4)


@pytest.mark.parametrize(
    ("clock_time", "through", "due"),
    [
        # H.4.1's clock: the holdings of December 3 are promised for Thursday 16:30.
        ("16:29", "2025-11-26", False),
        ("16:30", "2025-11-26", True),
        ("16:30", "2025-12-03", False),
        ("10:00", "2025-11-19", True),
    ],
)
def test_a_whole_history_is_asked_for_when_a_week_is_due(
    clock_time: str, through: str, due: bool
) -> None:
    told = situation(at(THURSDAY, clock_time), {"nyfed.soma": date.fromisoformat(through)})
    assert windows("nyfed.soma", told) == (WHOLE if due else [])


@pytest.mark.parametrize(("days", "due"), [(6.9, False), (7.0, True), (30.0, True)])
def test_a_whole_history_is_asked_for_again_after_a_week(days: float, due: bool) -> None:
    now = at(THURSDAY)
    told = situation(now, {"nyfed.soma": date(2025, 12, 3)}, asked_at=now - timedelta(days=days))
    assert windows("nyfed.soma", told) == (WHOLE if due else [])


def test_a_whole_history_with_a_doubtful_value_is_asked_for_again() -> None:
    through = {"nyfed.soma": date(2025, 12, 3)}
    for series, day, expected in (
        ("soma_frn", date(2025, 11, 26), WHOLE),
        ("soma_frn", date(2025, 10, 4), []),  # sixty-one days ago
        ("sofr", date(2025, 11, 26), []),
    ):
        told = situation(at(THURSDAY), through, doubt(series, day))
        assert windows("nyfed.soma", told) == expected


ASSETS = next(feed for feed in VINTAGE_FEEDS if feed.id == "alfred.WALCL")


def vintage_days(told: Situation) -> list[str]:
    return [f"{r.end}" for task in plan_vintages([ASSETS], told) for r in task.requests]


def test_vintages_since_the_last_one_by_the_days_of_release() -> None:
    told = situation(at(date(2025, 12, 5)), {ASSETS.id: date(2025, 11, 13)})
    # Thursdays, and the Friday after Thanksgiving.
    assert vintage_days(told) == ["2025-11-20", "2025-11-28", "2025-12-04"]
    (task,) = plan_vintages([ASSETS], told)
    # A release changes the five weeks before it.
    assert [f"{request.start}" for request in task.requests] == [
        "2025-10-16", "2025-10-24", "2025-10-30",
    ]  # fmt: skip
    assert all("alfredgraph.csv" in request.url for request in task.requests)


@pytest.mark.parametrize(
    ("day", "clock_time", "through", "expected"),
    [
        (THURSDAY, "16:29", "2025-11-28", []),
        (THURSDAY, "16:30", "2025-11-28", ["2025-12-04"]),
        (THURSDAY, "16:30", "2025-11-27", ["2025-11-28", "2025-12-04"]),
        (THURSDAY, "23:00", "2025-12-04", []),
        (date(2025, 11, 27), "23:00", "2025-11-20", []),  # Thanksgiving itself
        (date(2025, 11, 28), "16:30", "2025-11-20", ["2025-11-28"]),
        (date(2026, 1, 2), "17:00", "2025-12-26", ["2026-01-02"]),  # Thursday is New Year
    ],
)
def test_a_release_is_asked_for_once_it_is_out(
    day: date, clock_time: str, through: str, expected: list[str]
) -> None:
    told = situation(at(day, clock_time), {ASSETS.id: date.fromisoformat(through)})
    assert vintage_days(told) == expected


def test_where_all_releases_are_loaded_there_is_no_task() -> None:
    told = situation(at(THURSDAY), {ASSETS.id: THURSDAY})
    assert plan_vintages(VINTAGE_FEEDS[:1], told) == ()


def test_a_real_release_date_goes_before_the_rule() -> None:
    # The week of 2020-12-23 came on Monday 12-28 and not on Christmas Eve.
    releases = {date(2020, 12, 23): date(2020, 12, 28)}
    through = {ASSETS.id: date(2020, 12, 17)}
    for day, expected in ((27, []), (28, ["2020-12-28"])):
        told = situation(at(date(2020, 12, day)), through, releases=releases)
        assert vintage_days(told) == expected


def test_without_coverage_a_year_of_releases_is_asked_for() -> None:
    days = vintage_days(situation(at(THURSDAY)))
    # 364 days before is 2024-12-05, a Thursday, whose release is not among them.
    assert (len(days), days[0], days[-1]) == (52, "2024-12-12", "2025-12-04")


def test_with_a_key_one_request_brings_every_vintage() -> None:
    (task,) = plan_vintages([ASSETS], situation(at(THURSDAY), {ASSETS.id: THURSDAY}, key=KEY))
    (request,) = task.requests
    assert (request.start, request.end) == (date(2018, 1, 1), THURSDAY)
    assert dict(request.params)["realtime_start"] == "1776-07-04"
    assert KEY not in request.shown
