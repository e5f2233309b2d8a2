"""Use of the standing repo facility: the day told, its rank, since when, and how often."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from reportgen import clock
from reportgen.analysis.standing_repo import Use, use
from reportgen.model import Observation, Point
from reportgen.sources.catalogue import CATALOGUE
from reportgen.store.dataset import Dataset


def billions(point: Point | None) -> tuple[str, float] | None:
    return (point.date.isoformat(), point.value / 1e9) if point else None


@pytest.mark.parametrize(
    ("as_of", "told", "latest", "rank", "since"),
    [
        # The first real use: 17.5bn of temporary operations on 2020-06-29 were the last to exceed
        # 11.075bn (4.75bn on 06-30 and 7.0bn on 07-01 were less).
        ("2025-06-30", ("2025-06-30", 11.075), 11.075, 1, ("2020-06-29", 17.5)),
        # The record: 53.35bn on 2020-06-15 were the last to exceed 50.35bn.
        ("2025-10-31", ("2025-10-31", 50.35), 50.35, 1, ("2020-06-15", 53.35)),
        # On Monday the record is still the largest of five days.
        ("2025-11-03", ("2025-10-31", 50.35), 22.0, 1, ("2020-06-15", 53.35)),
        ("2025-11-06", ("2025-10-31", 50.35), 0.001, 1, ("2020-06-15", 53.35)),
        # On Friday the record is the sixth day back; 21.9bn on 2020-06-16 were less than 22.0bn.
        ("2025-11-07", ("2025-11-03", 22.0), 2.0, 2, ("2020-06-15", 53.35)),
        ("2025-11-28", ("2025-11-28", 24.4), 24.4, 2, ("2020-06-15", 53.35)),
        ("2025-12-01", ("2025-12-01", 26.0), 26.0, 2, ("2020-06-15", 53.35)),
        ("2025-12-02", ("2025-12-01", 26.0), 10.257, 2, ("2020-06-15", 53.35)),
        ("2025-12-05", ("2025-12-01", 26.0), 0.002, 2, ("2020-06-15", 53.35)),
        # 2.6bn at the end of September 2024 was the record then: 7.0bn on 2020-07-01.
        ("2024-10-01", ("2024-09-30", 2.6), 0.0, 1, ("2020-07-01", 7.0)),
        # Eleven days had more than 5.573bn: 06-30, 09-30, 10-15, 10-16, the five of 10-27 to 10-31,
        # 11-03 and 11-12.
        ("2025-11-19", ("2025-11-17", 5.573), 0.006, 12, ("2020-07-01", 7.0)),
    ],
)
def test_the_day_told(
    dataset: Callable[[str], Dataset],
    as_of: str,
    told: tuple[str, float],
    latest: float,
    rank: int,
    since: tuple[str, float],
) -> None:
    found = use(dataset(as_of))
    assert billions(found.told) == told
    assert billions(found.latest) == (as_of, latest)
    assert found.rank == rank
    assert len(found.larger) == rank - 1
    assert billions(found.since) == since
    assert found.is_used


def test_the_days_with_more_use_are_the_newest_first(dataset: Callable[[str], Dataset]) -> None:
    found = use(dataset("2025-11-13"))
    # The largest of 11-06 to 11-13 is 6.052bn on 11-12.
    assert billions(found.told) == ("2025-11-12", 6.052)
    assert [billions(point) for point in found.larger] == [
        ("2025-11-03", 22.0),
        ("2025-10-31", 50.35),
        ("2025-10-30", 6.2),
        ("2025-10-29", 10.311),
        ("2025-10-28", 7.753),
        ("2025-10-27", 8.4),
        ("2025-10-16", 8.35),
        ("2025-10-15", 6.75),
        ("2025-06-30", 11.075),
    ]


@pytest.mark.parametrize(
    ("as_of", "start", "used", "beyond"),
    [
        # In the window to 12-01, at least a billion on: 10-31, 11-03, 11-04, 11-07, 11-12, 11-13,
        # 11-17, 11-25, 11-26, 11-28, 12-01. Near 10-31 (month-end), 11-17 (settlement), 11-28
        # (month-end) and 12-01 (settlement) lie 10-31, 11-03, 11-17, 11-26, 11-28 and 12-01.
        ("2025-12-01", "2025-10-31", 11, 5),
        # A day later 10-31 has left and 12-02 come in; both are near.
        ("2025-12-02", "2025-11-03", 11, 5),
        ("2025-12-03", "2025-11-04", 10, 5),
        # 11-04, used and beyond the calendar, has left.
        ("2025-12-04", "2025-11-05", 9, 4),
        # 10-15 and 10-16 are near the settlement of the 15th, 10-30 and 10-31 near the month-end;
        # beyond are 10-20, 10-21, 10-23, 10-27, 10-28, 10-29.
        ("2025-10-31", "2025-10-03", 10, 6),
        # The first use away from any strained day came on 2025-10-20.
        ("2025-10-17", "2025-09-19", 3, 0),  # 09-30, 10-15, 10-16
        ("2025-10-20", "2025-09-22", 4, 1),
        ("2025-07-01", "2025-06-03", 1, 0),  # June had 20 operation days
        ("2024-10-01", "2024-09-04", 1, 0),
        ("2023-06-08", "2023-05-11", 0, 0),
    ],
)
def test_days_used_in_the_last_twenty_operations(
    dataset: Callable[[str], Dataset], as_of: str, start: str, used: int, beyond: int
) -> None:
    found = use(dataset(as_of))
    assert found.window == 20
    assert found.window_start == date.fromisoformat(start)
    assert (found.used, found.used_beyond) == (used, beyond)


@pytest.mark.parametrize(
    ("as_of", "window", "largest"),
    [
        ("2021-08-02", 3, 0.0),  # 07-29, 07-30, 08-02
        ("2021-08-05", 6, 0.0),
        ("2022-03-10", 20, 0.0),
        ("2023-06-08", 20, 0.006),  # a test bid of six million
    ],
)
def test_before_the_first_real_use(
    dataset: Callable[[str], Dataset], as_of: str, window: int, largest: float
) -> None:
    found = use(dataset(as_of))
    assert not found.is_used
    assert found.told.value == largest * 1e9
    assert (found.window, found.used, found.used_beyond) == (window, 0, 0)
    assert found.last_used is None


@pytest.mark.parametrize(
    ("as_of", "last_used"),
    [
        ("2024-09-27", None),
        ("2024-09-30", ("2024-09-30", 2.6)),
        ("2025-06-27", ("2024-09-30", 2.6)),
        ("2025-09-12", ("2025-06-30", 11.075)),
        ("2025-12-05", ("2025-12-02", 10.257)),
    ],
)
def test_the_last_day_with_real_use(
    dataset: Callable[[str], Dataset], as_of: str, last_used: tuple[str, float] | None
) -> None:
    assert billions(use(dataset(as_of)).last_used) == last_used


def facility(*billions_a_day: float, temporary: float | None = None) -> Use:
    """Use of the facility at the end of the given operation days, from 2021-07-29 on."""
    start = date(2021, 7, 29)
    days = [start + timedelta(days=n) for n in range(40)]
    days = [day for day in days if day.weekday() < 5][: len(billions_a_day)]
    rows = [
        Observation("srf_accepted", day, amount * 1e9)
        for day, amount in zip(days, billions_a_day, strict=True)
    ]
    if temporary is not None:
        rows.append(Observation("temporary_repo_accepted", date(2020, 7, 1), temporary * 1e9))
    return use(Dataset(rows, CATALOGUE, days[-1], clock.end_of_day(days[-1]), {}))


def test_a_day_as_large_as_another_is_not_behind_it() -> None:
    found = facility(3, 0, 0, 0, 0, 3)
    assert (found.rank, found.larger) == (1, ())


def test_a_day_of_a_billion_counts_as_used_and_one_below_does_not() -> None:
    assert facility(1.0).is_used
    assert facility(1.0).used == 1
    assert not facility(0.999).is_used
    assert facility(0.999).used == 0


def test_since_needs_a_larger_day_before_the_facility() -> None:
    assert billions(facility(3, temporary=3.1).since) == ("2020-07-01", 3.1)
    assert facility(3, temporary=3).since is None
    assert facility(3).since is None
