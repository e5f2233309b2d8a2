"""The calendar: tax dates, coupon settlements, month-ends, what is near and what lies ahead."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen import resources
from reportgen.analysis import calendar
from reportgen.analysis.calendar import (
    CalendarFile,
    DayKind,
    coupon_settlements,
    dates_ahead,
    kinds_of,
    last_meeting,
    near_strained_day,
    next_meeting,
    next_refunding,
    tax_dates,
)
from reportgen.errors import InputError

YEAR_END, QUARTER_END, MONTH_END, TAX, COUPON = DayKind

repeatable = settings(deadline=None)


@pytest.fixture(scope="module")
def shipped() -> CalendarFile:
    return calendar.load(resources.STARTER / "calendar.toml")


def days(year: int, text: str) -> tuple[date, ...]:
    return tuple(date.fromisoformat(f"{year}-{day}") for day in text.split())


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2021, "01-15 04-15 06-15 09-15 12-15"),
        # 15 January is a Saturday, 17 is King's day; 15 April keeps Emancipation Day of the 16th.
        (2022, "01-18 04-18 06-15 09-15 12-15"),
        # 15 January is a Sunday, 16 is King's day; 17 April keeps Emancipation Day of the 16th.
        (2023, "01-17 04-18 06-15 09-15 12-15"),
        # 15 January is King's day; 15 June a Saturday; 15 September and December are Sundays.
        (2024, "01-16 04-15 06-17 09-16 12-16"),
        # 15 June is a Sunday.
        (2025, "01-15 04-15 06-16 09-15 12-15"),
        (2026, "01-15 04-15 06-15 09-15 12-15"),
    ],
)
def test_tax_dates(year: int, expected: str) -> None:
    assert tax_dates(year) == days(year, expected)


def test_coupon_settlements_of_2025() -> None:
    expected = days(
        2025,
        # Presidents' Day after a Saturday; 31 May is a Saturday; 15 June and 31 August are Sundays,
        # with Labor Day after the latter; 15 and 30 November are a Saturday and a Sunday.
        "01-15 01-31 02-18 02-28 03-17 03-31 04-15 04-30 05-15 06-02 06-16 06-30 "
        "07-15 07-31 08-15 09-02 09-15 09-30 10-15 10-31 11-17 12-01 12-15 12-31",
    )
    assert coupon_settlements(2025) == expected


def test_coupons_of_a_december_that_ends_on_a_saturday_settle_in_january() -> None:
    # 2022-12-31 is a Saturday, and 2 January keeps New Year.
    assert coupon_settlements(2022)[-1] == date(2023, 1, 3)


@pytest.mark.parametrize(
    ("day", "kinds"),
    [
        ("2025-12-01", [COUPON]),
        ("2025-11-17", [COUPON]),
        ("2025-11-28", [MONTH_END]),  # the last business day; the coupons settle on 1 December
        ("2025-10-31", [MONTH_END, COUPON]),
        ("2025-09-30", [QUARTER_END, COUPON]),
        ("2025-06-30", [QUARTER_END, COUPON]),
        ("2024-03-28", [QUARTER_END]),  # the 29th is Good Friday
        ("2023-12-29", [YEAR_END]),
        ("2025-12-31", [YEAR_END, COUPON]),
        ("2025-12-15", [TAX, COUPON]),
        ("2025-06-16", [TAX, COUPON]),
        ("2022-04-18", [TAX, COUPON]),  # the 15th is Good Friday
        ("2023-04-18", [TAX]),
        ("2023-01-03", [COUPON]),  # of the December before
        ("2025-12-02", []),
        ("2025-11-29", []),
        ("2025-11-30", []),  # the last calendar day, a Sunday
        ("2022-04-15", []),  # the nominal tax date, Good Friday
    ],
)
def test_what_the_calendar_has_on_a_day(day: str, kinds: list[DayKind]) -> None:
    assert list(kinds_of(date.fromisoformat(day))) == kinds


@pytest.mark.parametrize(
    ("day", "near"),
    [
        # 10-31 is a month-end, 11-17 a settlement, 11-28 a month-end, 12-01 a settlement.
        ("2025-10-29", False),
        ("2025-10-30", True),
        ("2025-11-03", True),
        ("2025-11-04", False),
        ("2025-11-13", False),
        ("2025-11-14", True),
        ("2025-11-17", True),
        ("2025-11-18", True),
        ("2025-11-19", False),
        ("2025-11-25", False),
        ("2025-11-26", True),  # one business day before the 28th: Thanksgiving lies between
        ("2025-11-28", True),
        ("2025-12-01", True),
        ("2025-12-02", True),
        ("2025-12-03", False),
        # 15 October is a settlement; the 20th is the first day with use beyond the calendar.
        ("2025-10-14", True),
        ("2025-10-16", True),
        ("2025-10-20", False),
        ("2024-12-31", True),
        ("2025-01-02", True),
        ("2025-01-03", False),
    ],
)
def test_within_one_business_day_of_a_strained_day(day: str, near: bool) -> None:
    assert near_strained_day(date.fromisoformat(day)) is near


FUNDING = (DayKind.YEAR_END, DayKind.QUARTER_END, DayKind.TAX_DATE)


def test_the_next_dates_as_of_december_2025() -> None:
    found = dates_ahead(date(2025, 12, 2), FUNDING, 5)
    # Each is a day on which coupons settle too.
    assert [(ahead.date.isoformat(), ahead.kinds) for ahead in found] == [
        ("2025-12-15", (TAX, COUPON)),
        ("2025-12-31", (YEAR_END, COUPON)),
        ("2026-01-15", (TAX, COUPON)),
        ("2026-03-31", (QUARTER_END, COUPON)),
        ("2026-04-15", (TAX, COUPON)),
    ]


def test_a_day_is_told_once_whatever_is_asked_for() -> None:
    found = dates_ahead(date(2025, 12, 2), (COUPON, TAX), 2)
    assert [ahead.date for ahead in found] == [date(2025, 12, 15), date(2025, 12, 31)]


def test_a_settlement_of_the_year_before_lies_ahead_in_january() -> None:
    # The coupons of December 2022.
    (first,) = dates_ahead(date(2023, 1, 1), (COUPON,), 1)
    assert (first.date, first.kinds) == (date(2023, 1, 3), (COUPON,))


def test_a_date_ahead_is_later_than_the_day_itself() -> None:
    (first,) = dates_ahead(date(2025, 12, 15), FUNDING, 1)
    assert first.date == date(2025, 12, 31)


@repeatable
@given(day=st.dates(date(2018, 1, 1), date(2034, 12, 31)), count=st.integers(1, 8))
def test_dates_ahead_are_in_order_and_of_their_kind(day: date, count: int) -> None:
    found = dates_ahead(day, FUNDING, count)
    dates = [ahead.date for ahead in found]
    assert len(set(dates)) == count
    assert dates == sorted(dates)
    assert dates[0] > day
    # Nine dates a year: five tax dates and four ends, never more than 108 days apart.
    assert dates[0] - day <= timedelta(days=108)
    for ahead in found:
        assert ahead.kinds == kinds_of(ahead.date)
        assert set(FUNDING) & set(ahead.kinds)


@repeatable
@given(day=st.dates(date(2018, 1, 1), date(2034, 12, 31)))
def test_tax_dates_and_settlements_fall_within_five_days_of_their_nominal_date(day: date) -> None:
    for due in tax_dates(day.year):
        assert 15 <= due.day <= 19
        assert due.weekday() < 5
    for settled in coupon_settlements(day.year):
        assert settled.day >= 28 or settled.day <= 4 or 15 <= settled.day <= 19
        assert settled.weekday() < 5


@pytest.mark.parametrize(
    ("day", "meeting"),
    [
        ("2025-12-02", "2025-12-10"),
        ("2025-12-09", "2025-12-10"),  # between the two days of a meeting
        ("2025-12-10", "2026-01-28"),  # the statement is out by the end of the day
        ("2021-08-02", "2021-09-22"),
        ("2026-12-09", None),  # past the schedule
    ],
)
def test_the_next_meeting(shipped: CalendarFile, day: str, meeting: str | None) -> None:
    found = next_meeting(shipped, date.fromisoformat(day))
    assert (found.last_day.isoformat() if found else None) == meeting


@pytest.mark.parametrize(
    ("day", "meeting"),
    [
        ("2025-12-02", "2025-10-29"),
        ("2025-12-09", "2025-10-29"),  # between the two days of a meeting
        ("2025-12-10", "2025-12-10"),  # the statement is out by the end of the day
        ("2021-07-27", None),  # before the schedule
    ],
)
def test_the_last_meeting(shipped: CalendarFile, day: str, meeting: str | None) -> None:
    found = last_meeting(shipped, date.fromisoformat(day))
    assert (found.last_day.isoformat() if found else None) == meeting


@pytest.mark.parametrize(
    ("day", "statement"),
    [
        ("2025-12-02", "2026-02-04"),
        ("2025-11-04", "2025-11-05"),
        ("2025-11-05", "2026-02-04"),
        ("2026-02-04", None),  # past the schedule
        # Before the schedule the next entry is years away, and not the next refunding.
        ("2021-08-02", None),
        ("2024-10-01", None),
        ("2024-10-30", "2025-02-05"),  # the day of the statement before it
    ],
)
def test_the_next_refunding(shipped: CalendarFile, day: str, statement: str | None) -> None:
    found = next_refunding(shipped, date.fromisoformat(day))
    assert (found.statement.isoformat() if found else None) == statement


def test_eight_meetings_a_year_of_two_days_each(shipped: CalendarFile) -> None:
    for year in (2022, 2023, 2024, 2025, 2026):
        assert sum(meeting.last_day.year == year for meeting in shipped.fomc) == 8
    assert {meeting.last_day - meeting.first_day for meeting in shipped.fomc} == {timedelta(days=1)}


SMALL = """
fomc = [
    { first_day = 2025-10-28, last_day = 2025-10-29 },
    { first_day = 2025-12-09, last_day = 2025-12-10 },
]

[[h41_release]]
wednesday = 2025-11-26
released = 2025-11-28
url = "https://www.federalreserve.gov/"

[[refunding]]
estimates = 2025-11-03
statement = 2025-11-05

[[refunding]]
estimates = 2026-02-02
statement = 2026-02-04
"""


def load(folder: Path, text: str) -> CalendarFile:
    path = folder / "calendar.toml"
    path.write_text(text, encoding="utf-8")
    return calendar.load(path)


def test_an_own_calendar_is_read(tmp_path: Path) -> None:
    own = load(tmp_path, SMALL)
    assert own.h41_releases == {date(2025, 11, 26): date(2025, 11, 28)}
    assert len(own.fomc) == len(own.refunding) == 2


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("last_day = 2025-10-29", "last_day = 2026-10-29", "meetings must stand in order"),
        ("last_day = 2025-10-29", "last_day = 2025-12-10", "each once"),
        (", last_day = 2025-10-29", "", "fomc.1.last_day"),
        ("wednesday = 2025-11-26", "wednesday = 2025-11-27", "h41_release.1: `wednesday`"),
        ("released = 2025-11-28", "released = 2025-11-26", "h41_release.1: `wednesday`"),
        ("statement = 2025-11-05", "statement = 2026-11-05", "refunding entries must stand"),
        ("estimates = 2025-11-03", "estimate = 2025-11-03", "refunding.1.estimate"),
        ("statement = 2025-11-05", "statement = 2025-11-35", "not valid TOML"),
    ],
)
def test_a_malformed_calendar_is_told_with_file_and_field(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    assert old in SMALL
    with pytest.raises(InputError) as caught:
        load(tmp_path, SMALL.replace(old, new, 1))
    assert caught.value.where == str(tmp_path / "calendar.toml")
    assert told in caught.value.what
