"""When values became public, which one is due, and which one is late."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen import resources
from reportgen.analysis import calendar
from reportgen.clock import NEW_YORK
from reportgen.model import Frequency, Series
from reportgen.sources.catalogue import CATALOGUE, series_of
from reportgen.store import business_days
from reportgen.store.publication import due_date, is_late, published_at, published_on

# Real dates of H.4.1, by the Wednesday they describe.
RELEASES = {date(2020, 12, 23): date(2020, 12, 28), date(2025, 11, 26): date(2025, 11, 28)}

repeatable = settings(deadline=None)
running = [s for s in CATALOGUE if s.ended is None and s.frequency is not Frequency.IRREGULAR]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def new_york(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=NEW_YORK).astimezone(UTC)


@pytest.mark.parametrize(
    ("wednesday", "released"),
    [
        ("2025-11-19", "2025-11-20"),
        ("2025-12-03", "2025-12-04"),
        ("2024-07-03", "2024-07-05"),  # Thursday is Independence Day
        ("2025-06-18", "2025-06-20"),  # Thursday is Juneteenth
        ("2021-11-10", "2021-11-12"),  # Thursday is Veterans Day
        ("2025-12-31", "2026-01-02"),  # Thursday is New Year
        ("2021-12-22", "2021-12-23"),  # Thursday before a Christmas kept by SIFMA only
        ("2025-11-26", "2025-11-28"),  # Thursday is Thanksgiving
    ],
)
def test_h41_comes_on_thursday_or_the_next_business_day_of_the_fed(
    wednesday: str, released: str
) -> None:
    for series_id in ("total_assets", "reserve_balances", "soma_total"):
        found = published_on(series_of(series_id), date.fromisoformat(wednesday), {})
        assert found == date.fromisoformat(released)


def test_a_real_release_date_goes_before_the_rule() -> None:
    assets = series_of("total_assets")
    # By the rule the week of 2020-12-23 came out on Thursday, Christmas Eve; it came on Monday.
    assert published_on(assets, date(2020, 12, 23), {}) == date(2020, 12, 24)
    assert published_on(assets, date(2020, 12, 23), RELEASES) == date(2020, 12, 28)
    assert published_on(assets, date(2025, 11, 26), RELEASES) == date(2025, 11, 28)


def test_the_shipped_calendar_has_both_real_release_dates() -> None:
    shipped = calendar.load(resources.STARTER / "calendar.toml").h41_releases
    assert RELEASES.items() <= shipped.items()


@pytest.mark.parametrize(
    ("tuesday", "released"),
    [("2024-12-24", "2024-12-26"), ("2024-12-31", "2025-01-02"), ("2020-11-10", "2020-11-12")],
)
def test_a_soma_week_that_ends_on_tuesday_comes_with_its_wednesday(
    tuesday: str, released: str
) -> None:
    found = published_on(series_of("soma_total"), date.fromisoformat(tuesday), {})
    assert found == date.fromisoformat(released)


def test_a_real_release_date_holds_for_a_soma_week_that_ends_on_tuesday() -> None:
    releases = {date(2024, 12, 25): date(2024, 12, 27)}
    soma = series_of("soma_total")
    assert published_on(soma, date(2024, 12, 24), releases) == date(2024, 12, 27)


@pytest.mark.parametrize(
    ("series_id", "day", "released"),
    [
        # Secured rates: the next business day of SIFMA.
        ("sofr", "2025-12-01", "2025-12-02"),
        ("sofr", "2025-11-26", "2025-11-28"),  # over Thanksgiving
        ("sofr", "2025-11-28", "2025-12-01"),  # over a weekend
        ("sofr", "2025-04-17", "2025-04-21"),  # over Good Friday
        ("tgcr", "2023-04-06", "2023-04-10"),  # over Good Friday with a payrolls report
        ("sofr", "2021-12-23", "2021-12-27"),
        # Unsecured rates: the next business day of the Fed, which is open on Good Friday.
        ("effr", "2025-04-17", "2025-04-18"),
        ("effr", "2021-12-23", "2021-12-24"),
        ("effr", "2025-10-10", "2025-10-14"),  # over Columbus Day
        # Operations: the same day.
        ("srf_accepted", "2025-12-02", "2025-12-02"),
        ("on_rrp_accepted", "2025-12-02", "2025-12-02"),
        ("temporary_repo_accepted", "2020-06-15", "2020-06-15"),
        # The daily Treasury statement: the next business day.
        ("tga_close", "2025-12-01", "2025-12-02"),
        ("tga_close", "2025-11-26", "2025-11-28"),
        # The monthly statement: the fourth business day of the next month.
        ("bills_outstanding", "2025-11-30", "2025-12-04"),
        ("bills_outstanding", "2025-10-31", "2025-11-06"),
        ("bills_outstanding", "2025-06-30", "2025-07-07"),  # 1, 2, 3, then 7
        ("bills_outstanding", "2024-12-31", "2025-01-07"),  # into the next year
        ("bills_outstanding", "2024-01-31", "2024-02-06"),  # 1, 2, 5, 6
        # Administered rates: the day before they take effect.
        ("iorb", "2025-10-30", "2025-10-29"),
        ("target_upper", "2025-12-01", "2025-11-30"),  # a Sunday: rates hold on calendar days
    ],
)
def test_the_day_of_publication(series_id: str, day: str, released: str) -> None:
    found = published_on(series_of(series_id), date.fromisoformat(day), {})
    assert found == date.fromisoformat(released)


@pytest.mark.parametrize(
    ("series_id", "day", "instant"),
    [
        ("total_assets", "2025-11-19", "2025-11-20 21:30"),  # 16:30 in winter, UTC-5
        ("total_assets", "2025-07-09", "2025-07-10 20:30"),  # 16:30 in summer, UTC-4
        ("sofr", "2025-12-01", "2025-12-02 20:00"),  # 15:00, when it can no longer be revised
        ("effr", "2025-12-01", "2025-12-02 14:00"),  # 09:00
        ("iorb", "2025-10-30", "2025-10-29 18:00"),  # 14:00 in summer
        ("srf_accepted", "2025-12-01", "2025-12-01 18:50"),  # 13:50
        ("on_rrp_accepted", "2025-12-01", "2025-12-01 18:20"),  # 13:20
        ("tga_close", "2025-12-01", "2025-12-02 21:00"),  # 16:00
        ("bills_outstanding", "2025-11-30", "2025-12-04 20:00"),  # 15:00
    ],
)
def test_the_instant_of_publication(series_id: str, day: str, instant: str) -> None:
    assert published_at(series_of(series_id), date.fromisoformat(day), {}) == utc(instant)


@pytest.mark.parametrize(
    ("cutoff", "series_id", "due"),
    [
        ("2025-12-02 23:59:59", "total_assets", "2025-11-26"),
        ("2025-12-02 23:59:59", "soma_total", "2025-11-26"),
        ("2025-12-02 23:59:59", "srf_accepted", "2025-12-02"),
        ("2025-12-02 23:59:59", "on_rrp_accepted", "2025-12-02"),
        ("2025-12-02 23:59:59", "sofr", "2025-12-01"),
        ("2025-12-02 23:59:59", "tga_close", "2025-12-01"),
        ("2025-12-02 23:59:59", "bills_outstanding", "2025-10-31"),
        ("2025-12-02 23:59:59", "iorb", "2025-12-02"),
        # Thursday afternoon, to the second.
        ("2025-12-04 16:29:59", "total_assets", "2025-11-26"),
        ("2025-12-04 16:30:00", "total_assets", "2025-12-03"),
        ("2025-12-04 14:59:59", "bills_outstanding", "2025-10-31"),
        ("2025-12-04 15:00:00", "bills_outstanding", "2025-11-30"),
        # Friday after Thanksgiving.
        ("2025-11-28 16:29:59", "total_assets", "2025-11-19"),
        ("2025-11-28 16:30:00", "total_assets", "2025-11-26"),
        # Before the operation of the day, and on days without one.
        ("2025-12-02 13:49:59", "srf_accepted", "2025-12-01"),
        ("2025-12-02 13:50:00", "srf_accepted", "2025-12-02"),
        ("2025-11-27 23:59:59", "srf_accepted", "2025-11-26"),
        ("2025-11-30 23:59:59", "srf_accepted", "2025-11-28"),
        ("2025-04-18 23:59:59", "on_rrp_accepted", "2025-04-17"),
        # A rate of Friday is out on Monday.
        ("2025-11-30 23:59:59", "sofr", "2025-11-26"),
        ("2025-12-01 15:00:00", "sofr", "2025-11-28"),
        # SOFR of the Thursday before Good Friday is out on Monday, EFFR on Friday.
        ("2025-04-18 23:59:59", "sofr", "2025-04-16"),
        ("2025-04-18 23:59:59", "effr", "2025-04-17"),
        # H.4.1 of the Christmas week of 2020 came on Monday.
        ("2020-12-27 23:59:59", "total_assets", "2020-12-16"),
        ("2020-12-28 16:30:00", "total_assets", "2020-12-23"),
        # An ended series is due up to its end, at any time.
        ("2025-12-02 23:59:59", "temporary_repo_accepted", "2021-07-28"),
    ],
)
def test_the_newest_date_that_is_due(cutoff: str, series_id: str, due: str) -> None:
    found = due_date(series_of(series_id), new_york(cutoff), RELEASES)
    assert found == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("series_id", "last", "due", "late"),
    [
        ("sofr", "2025-12-01", "2025-12-01", False),
        ("sofr", "2025-12-02", "2025-12-01", False),
        ("sofr", "2025-11-28", "2025-12-01", True),
        ("bills_outstanding", "2025-10-31", "2025-10-31", False),
        ("bills_outstanding", "2025-09-30", "2025-10-31", True),
        ("total_assets", "2025-11-26", "2025-11-26", False),
        ("total_assets", "2025-11-19", "2025-11-26", True),
        # SOMA weeks that end on a Tuesday stand for their Wednesday.
        ("soma_total", "2024-12-24", "2024-12-25", False),
        ("soma_total", "2024-12-31", "2025-01-01", False),
        ("soma_total", "2019-11-28", "2019-12-04", False),  # dated Thanksgiving, six days before
        ("soma_total", "2024-12-18", "2024-12-25", True),
        ("soma_total", "2024-12-24", "2025-01-01", True),
        # An ended series has its last operation, or it is incomplete.
        ("temporary_repo_accepted", "2021-07-28", "2021-07-28", False),
        ("temporary_repo_accepted", "2021-07-27", "2021-07-28", True),
        ("sofr", None, "2025-12-01", True),
        ("sofr", None, None, False),
    ],
)
def test_lateness(series_id: str, last: str | None, due: str | None, late: bool) -> None:
    last_day = date.fromisoformat(last) if last else None
    due_day = date.fromisoformat(due) if due else None
    assert is_late(series_of(series_id), last_day, due_day) is late


@repeatable
@given(
    series=st.sampled_from([s for s in running if s.frequency is Frequency.WEEK]),
    week=st.integers(0, 400),
)
def test_h41_comes_one_to_five_days_after_its_wednesday(series: Series, week: int) -> None:
    wednesday = date(2018, 1, 3) + timedelta(weeks=week)
    waited = (published_on(series, wednesday, RELEASES) - wednesday).days
    assert 1 <= waited <= 5


@repeatable
@given(
    series=st.sampled_from(running),
    cutoff=st.datetimes(datetime(2021, 8, 2), datetime(2026, 12, 31), timezones=st.just(UTC)),
)
def test_what_is_due_is_public_and_what_follows_is_not(series: Series, cutoff: datetime) -> None:
    due = due_date(series, cutoff, RELEASES)
    assert due is not None
    assert published_at(series, due, RELEASES) <= cutoff
    if series.frequency is Frequency.WEEK:
        following = due + timedelta(weeks=1)
    elif series.frequency is Frequency.MONTH:
        following = (due + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        assert (due + timedelta(days=1)).day == 1
    elif series.frequency is Frequency.CALENDAR_DAY:
        # Due is the rate of the day, on a weekend that of Friday; the next is public from 14:00 on.
        today = cutoff.astimezone(NEW_YORK).date()
        assert due == business_days.on_or_before(today, series.rule.calendar)
        return
    else:
        following = business_days.shift(due, 1, series.rule.calendar)
    assert published_at(series, following, RELEASES) > cutoff
