"""The as-of view: what was public by the end of a day, and nothing later."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import groupby

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen import clock
from reportgen.errors import DataError
from reportgen.model import Calendar, Frequency, Observation, Release, Series
from reportgen.sources.catalogue import CATALOGUE, series_of
from reportgen.store import bundle
from reportgen.store.business_days import is_business_day
from reportgen.store.dataset import Dataset

RELEASES = {date(2020, 12, 23): date(2020, 12, 28), date(2025, 11, 26): date(2025, 11, 28)}
FIRST, LAST = date(2021, 8, 2), date(2025, 12, 5)

BUNDLED = [series for series in CATALOGUE if series.bundled]

repeatable = settings(deadline=None)


def end_of(day: str) -> datetime:
    return clock.end_of_day(date.fromisoformat(day))


def view(rows: Iterable[Observation], as_of: date, cutoff: datetime | None = None) -> Dataset:
    return Dataset(rows, CATALOGUE, as_of, cutoff or clock.end_of_day(as_of), RELEASES)


@cache
def bundled() -> list[list[Observation]]:
    """The rows of each series, by date."""
    rows = bundle.read().observations
    return [list(group) for _, group in groupby(rows, key=lambda row: row.series)]


def around(day: date, before: int = 100, after: int = 40) -> list[Observation]:
    """The bundled rows near a day: whether a row is visible depends on no other."""
    first, last = day - timedelta(days=before), day + timedelta(days=after)
    near: list[Observation] = []
    for rows in bundled():
        start = bisect_left(rows, first, key=lambda row: row.date)
        near += rows[start : bisect_right(rows, last, key=lambda row: row.date)]
    return near


@pytest.mark.parametrize(
    ("as_of", "series_id", "last"),
    [
        ("2025-12-02", "total_assets", "2025-11-26"),
        ("2025-12-02", "reserve_balances", "2025-11-26"),
        ("2025-12-02", "soma_total", "2025-11-26"),
        ("2025-12-02", "srf_accepted", "2025-12-02"),
        ("2025-12-02", "srf_rate", "2025-12-02"),
        ("2025-12-02", "on_rrp_accepted", "2025-12-02"),
        ("2025-12-02", "sofr", "2025-12-01"),
        ("2025-12-02", "tgcr", "2025-12-01"),
        ("2025-12-02", "effr", "2025-12-01"),
        ("2025-12-02", "iorb", "2025-12-03"),
        ("2025-12-02", "tga_close", "2025-12-01"),
        ("2025-12-02", "bills_outstanding", "2025-10-31"),
        # Wednesday: the week's H.4.1 comes tomorrow.
        ("2025-12-03", "total_assets", "2025-11-26"),
        ("2025-12-03", "srf_accepted", "2025-12-03"),
        ("2025-12-03", "sofr", "2025-12-02"),
        # Thursday, the fourth business day of December.
        ("2025-12-04", "total_assets", "2025-12-03"),
        ("2025-12-04", "bills_outstanding", "2025-11-30"),
        # Thanksgiving and the day after.
        ("2025-11-27", "total_assets", "2025-11-19"),
        ("2025-11-28", "total_assets", "2025-11-26"),
        ("2025-11-27", "sofr", "2025-11-25"),
        ("2025-11-28", "sofr", "2025-11-26"),
        # Good Friday.
        ("2025-04-18", "sofr", "2025-04-16"),
        ("2025-04-18", "effr", "2025-04-17"),
        ("2025-04-18", "srf_accepted", "2025-04-17"),
        # The day of a rate decision: tomorrow's rate is announced.
        ("2025-10-29", "target_upper", "2025-10-30"),
        # A SOMA week that ends on a Tuesday, and its release on the day after Christmas.
        ("2024-12-25", "soma_total", "2024-12-18"),
        ("2024-12-26", "soma_total", "2024-12-24"),
        ("2021-08-02", "total_assets", "2021-07-28"),
        ("2021-08-02", "bills_outstanding", "2021-06-30"),
    ],
)
def test_the_newest_visible_date(as_of: str, series_id: str, last: str) -> None:
    day = date.fromisoformat(as_of)
    assert view(around(day), day).last_date(series_id) == date.fromisoformat(last)


def test_an_ended_series_keeps_its_last_date(dataset: Callable[[str], Dataset]) -> None:
    data = dataset("2025-12-02")
    assert data.last_date("temporary_repo_accepted") == date(2021, 7, 28)
    assert not data.status("temporary_repo_accepted").late


def test_the_week_of_december_3_and_the_month_of_november_come_on_december_4() -> None:
    rows = around(date(2025, 12, 4))
    after = view(rows, date(2025, 12, 4))
    assert after.value("total_assets", date(2025, 12, 3)) == 6_535_781e6
    assert after.value("bills_outstanding", date(2025, 11, 30)) == 6_723_293.4315e6
    before = view(rows, date(2025, 12, 3))
    for series_id, day in (
        ("total_assets", date(2025, 12, 3)),
        ("bills_outstanding", date(2025, 11, 30)),
    ):
        with pytest.raises(DataError):
            before.value(series_id, day)


@pytest.mark.parametrize(
    ("cutoff", "last"),
    [("2025-12-04 21:29:59", "2025-11-26"), ("2025-12-04 21:30:00", "2025-12-03")],
)
def test_a_cut_off_within_the_day(cutoff: str, last: str) -> None:
    instant = datetime.fromisoformat(cutoff).replace(tzinfo=UTC)
    data = view(around(date(2025, 12, 4)), date(2025, 12, 4), instant)
    assert data.last_date("total_assets") == date.fromisoformat(last)


# The least number of days from the date of a value to its publication.
LEAST_WAIT = {
    Release.SAME_DAY: 0,
    Release.NEXT_BUSINESS_DAY: 1,
    Release.DAY_BEFORE: -1,
    Release.THURSDAY: 1,
    Release.BUSINESS_DAY_OF_NEXT_MONTH: 4,
}


@repeatable
@given(day=st.dates(FIRST, LAST))
def test_nothing_later_leaks_in(day: date) -> None:
    data = view(around(day), day)
    for series in CATALOGUE:
        last = data.last_date(series.id)
        if last is None:
            continue
        assert last + timedelta(days=LEAST_WAIT[series.rule.release]) <= day, series.id
        if series.frequency is Frequency.WEEK:
            # A Wednesday is never visible before its Thursday, nor a Tuesday.
            assert day - last >= timedelta(days=1 if last.weekday() == 2 else 2)


@repeatable
@given(day=st.dates(FIRST, LAST), later=st.integers(1, 40), series=st.sampled_from(BUNDLED))
def test_what_is_visible_stays_visible(day: date, later: int, series: Series) -> None:
    rows = around(day)
    now = view(rows, day).series(series.id)
    then = view(rows, day + timedelta(days=later)).series(series.id)
    assert now.to_dict().items() <= then.to_dict().items()


@repeatable
@given(day=st.dates(FIRST, LAST), series=st.sampled_from(BUNDLED))
def test_values_are_those_of_the_bundle_up_to_the_last_date(day: date, series: Series) -> None:
    rows = around(day)
    data = view(rows, day)
    found = data.series(series.id)
    last = data.last_date(series.id)
    expected = [(row.date, row.value) for row in rows if row.series == series.id]
    assert list(zip((stamp.date() for stamp in found.index), found, strict=True)) == [
        (seen, value) for seen, value in expected if last is not None and seen <= last
    ]


ASSETS = "total_assets"
WEEK = date(2025, 11, 26)  # public by the rule on 2025-11-28 at 21:30 UTC
REVISED = datetime(2025, 12, 3, 12, 0, tzinfo=UTC)
AGAIN = datetime(2025, 12, 4, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cutoff", "value"),
    [
        ("2025-11-28 21:30:00", 1.0),
        ("2025-12-03 11:59:59", 1.0),
        ("2025-12-03 12:00:00", 2.0),
        ("2025-12-04 11:59:59", 2.0),
        ("2025-12-04 12:00:00", 3.0),
        ("2026-06-01 00:00:00", 3.0),
    ],
)
def test_a_vintage_replaces_the_value_once_it_is_known(cutoff: str, value: float) -> None:
    rows = [
        Observation(ASSETS, WEEK, 1.0),
        Observation(ASSETS, WEEK, 2.0, REVISED),
        Observation(ASSETS, WEEK, 3.0, AGAIN),
    ]
    instant = datetime.fromisoformat(cutoff).replace(tzinfo=UTC)
    data = view(rows, instant.date(), instant)
    assert data.value(ASSETS, WEEK) == value
    assert list(data.series(ASSETS)) == [value]


@pytest.mark.parametrize("known_at", ["2025-11-28 21:30:00", "2025-11-28 18:00:00"])
def test_an_explicit_vintage_of_the_same_day_goes_before_the_rule(known_at: str) -> None:
    explicit = datetime.fromisoformat(known_at).replace(tzinfo=UTC)
    rows = [Observation(ASSETS, WEEK, 1.0), Observation(ASSETS, WEEK, 2.0, explicit)]
    assert view(rows, date(2025, 11, 28)).value(ASSETS, WEEK) == 2.0


def test_a_vintage_of_another_week_leaves_the_order_of_dates() -> None:
    rows = [
        Observation(ASSETS, date(2025, 11, 19), 1.0),
        Observation(ASSETS, date(2025, 11, 19), 1.5, REVISED),
        Observation(ASSETS, WEEK, 2.0),
    ]
    data = view(rows, date(2025, 12, 4))
    assert data.last_date(ASSETS) == WEEK
    assert data.series(ASSETS).index.is_monotonic_increasing
    assert list(data.series(ASSETS)) == [1.5, 2.0]


def test_a_series_that_the_catalogue_does_not_have_is_passed_over() -> None:
    rows = [Observation("libor", WEEK, 1.0), Observation(ASSETS, WEEK, 2.0)]
    data = view(rows, date(2025, 12, 2))
    assert data.value(ASSETS, WEEK) == 2.0
    with pytest.raises(KeyError):
        data.series("libor")


@pytest.mark.parametrize(
    ("series_id", "day"),
    [
        ("sofr", "2025-11-27"),  # Thanksgiving
        ("srf_accepted", "2025-11-29"),  # Saturday
        ("sofr", "2025-12-02"),  # not published yet
        ("total_assets", "2025-11-25"),  # no Wednesday
        ("bgcr", "2025-12-01"),  # no value at all
    ],
)
def test_a_missing_value_is_an_error_and_never_zero(
    dataset: Callable[[str], Dataset], series_id: str, day: str
) -> None:
    data = dataset("2025-12-02")
    with pytest.raises(DataError) as caught:
        data.value(series_id, date.fromisoformat(day))
    assert series_id in caught.value.what
    assert day in caught.value.what
    assert "2025-12-02" in caught.value.where
    assert caught.value.remedy
    assert pd.Timestamp(day) not in data.series(series_id).index


def test_an_operation_without_bids_is_zero_and_a_value(
    dataset: Callable[[str], Dataset],
) -> None:
    data = dataset("2025-12-02")
    assert data.value("srf_accepted", date(2025, 11, 21)) == 0.0
    assert not data.series("srf_accepted").isna().any()


def test_a_series_without_values_is_empty(dataset: Callable[[str], Dataset]) -> None:
    data = dataset("2025-12-02")
    assert data.last_date("bgcr") is None
    assert data.series("bgcr").empty


def test_required_data_are_fresh_on_every_day_of_the_history() -> None:
    """Every ninth business day of the Fed, so that each weekday and month has its turn."""
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    business = [day for day in days if is_business_day(day, Calendar.FED)]
    for day in business[::9] + business[-5:]:
        view(around(day, 70, 1), day).require_fresh()


@pytest.mark.parametrize(
    "day",
    [
        "2021-12-24",  # SIFMA keeps Christmas, the Fed does not
        "2022-06-20",
        "2023-04-07",  # Good Friday
        "2024-07-04",
        "2024-12-25",
        "2025-01-01",
        "2025-11-27",
        "2025-11-28",
        "2025-11-29",
    ],
)
def test_required_data_are_fresh_around_holidays_and_at_weekends(day: str) -> None:
    as_of = date.fromisoformat(day)
    view(around(as_of, 70, 1), as_of).require_fresh()


def test_beyond_the_bundle_each_late_series_is_named() -> None:
    day = date(2026, 1, 5)
    with pytest.raises(DataError) as caught:
        view(around(day, 90, 0), day).require_fresh()
    told = caught.value.what
    # H.4.1 of 2025-12-31 came on Friday 2026-01-02.
    assert "total_assets ends 2025-12-03, 2025-12-31 was due" in told
    assert "soma_total ends 2025-12-03, 2025-12-31 was due" in told
    assert "sofr ends 2025-12-05, 2026-01-02 was due" in told
    assert "srf_accepted ends 2025-12-05, 2026-01-05 was due" in told
    assert "iorb ends 2025-12-05, 2026-01-05 was due" in told
    # The statement of December comes on 2026-01-07; the other two are not required.
    assert "bills_outstanding" not in told
    assert "tga_close" not in told
    assert "temporary_repo_accepted" not in told
    assert caught.value.exit_code == 3
    assert "2026-01-05" in caught.value.where
    assert "--as-of" in caught.value.remedy


PREFIX = "required data are late: "


@pytest.mark.parametrize(
    ("day", "late"),
    [
        (
            "2025-12-08",
            "iorb target_upper target_lower srf_accepted srf_rate on_rrp_accepted on_rrp_rate",
        ),
    ],
    ids=["2025-12-08, Monday"],
)
def test_right_after_the_bundle_only_series_with_a_value_each_day_are_late(
    day: str, late: str
) -> None:
    as_of = date.fromisoformat(day)
    with pytest.raises(DataError) as caught:
        view(around(as_of, 70, 0), as_of).require_fresh()
    told = caught.value.what.removeprefix(PREFIX)
    assert {part.split()[0] for part in told.split("; ")} == set(late.split())


def test_nothing_is_due_on_the_saturday_after_the_bundle() -> None:
    """Administered rates have a value on every calendar day, but a weekend's may come on Monday."""
    view(around(date(2025, 12, 6), 70, 0), date(2025, 12, 6)).require_fresh()


@pytest.mark.parametrize("series_id", [series.id for series in CATALOGUE if series.required])
def test_a_required_series_that_is_missing_is_named(series_id: str) -> None:
    day = date(2025, 12, 2)
    rows = [row for row in around(day, 70, 1) if row.series != series_id]
    data = view(rows, day)
    with pytest.raises(DataError) as caught:
        data.require_fresh()
    assert caught.value.what.removeprefix(PREFIX).startswith(f"{series_id} ends nowhere")
    assert ";" not in caught.value.what


def test_a_series_that_is_not_required_may_be_missing() -> None:
    day = date(2025, 12, 2)
    rows = [row for row in around(day, 70, 1) if row.series != "tga_close"]
    data = view(rows, day)
    data.require_fresh()
    status = data.status("tga_close")
    assert (status.last, status.due, status.late) == (None, date(2025, 12, 1), True)


def test_the_status_of_a_series(dataset: Callable[[str], Dataset]) -> None:
    data = dataset("2025-12-02")
    status = data.status("total_assets")
    assert status.series is series_of("total_assets")
    assert (status.last, status.due, status.late) == (date(2025, 11, 26),) * 2 + (False,)
    assert [status.series for status in data.statuses] == list(CATALOGUE)


def test_the_digest_tells_values_and_dates_apart() -> None:
    day = date(2025, 12, 2)
    rows = [Observation("sofr", date(2025, 12, 1), 4.12), Observation(ASSETS, WEEK, 1.0)]
    digest = view(rows, day).digest
    assert digest == view(rows, day).digest
    changed = [
        [Observation("sofr", date(2025, 12, 1), 4.13), rows[1]],
        [Observation("sofr", date(2025, 11, 28), 4.12), rows[1]],
        [Observation("tgcr", date(2025, 12, 1), 4.12), rows[1]],
        rows[:1],
    ]
    assert len({view(other, day).digest for other in changed} | {digest}) == 5


def test_the_digest_leaves_out_what_is_not_visible() -> None:
    day = date(2025, 12, 2)
    rows = [Observation("sofr", date(2025, 12, 1), 4.12)]
    later = [*rows, Observation("sofr", date(2025, 12, 2), 4.01)]
    assert view(rows, day).digest == view(later, day).digest
    assert view(later, day).digest != view(later, date(2025, 12, 3)).digest
