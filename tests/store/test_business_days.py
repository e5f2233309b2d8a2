"""Business days of the Federal Reserve and of SIFMA: holidays, shifts, nth of the month."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reportgen.model import Calendar
from reportgen.store import business_days
from reportgen.store.business_days import (
    is_business_day,
    last_of_month,
    nth_of_month,
    on_or_after,
    on_or_before,
    shift,
)

FED, SIFMA = Calendar.FED, Calendar.SIFMA

calendars = st.sampled_from(Calendar)
days = st.dates(date(2018, 1, 1), date(2035, 12, 31))
repeatable = settings(deadline=None)


@pytest.mark.parametrize(
    ("day", "fed", "sifma"),
    [
        ("2025-12-02", True, True),  # an ordinary Tuesday
        ("2025-11-29", False, False),  # Saturday
        ("2025-11-30", False, False),  # Sunday
        ("2025-11-27", False, False),  # Thanksgiving
        ("2025-11-28", True, True),  # the day after
        ("2025-10-13", False, False),  # Columbus Day
        ("2021-10-11", False, False),  # Columbus Day
        ("2025-11-11", False, False),  # Veterans Day
        ("2021-06-18", True, True),  # before the first Juneteenth, which fell on a Saturday
        ("2022-06-20", False, False),  # Juneteenth on a Sunday, kept on Monday
        ("2023-06-19", False, False),  # Juneteenth
        ("2025-06-19", False, False),  # Juneteenth
        # A holiday on a Saturday: the Fed stays open on Friday, SIFMA does not at Christmas.
        ("2021-12-24", True, False),
        ("2021-12-31", True, True),
        # A holiday on a Sunday is kept on Monday by both.
        ("2022-12-26", False, False),
        ("2023-01-02", False, False),
        # Good Friday: the Fed is open; SOFR and repo operations pause, also with a payrolls report.
        ("2021-04-02", True, False),
        ("2022-04-15", True, False),
        ("2023-04-07", True, False),
        ("2024-03-29", True, False),
        ("2025-04-18", True, False),
        ("2026-04-03", True, False),
        # Emancipation Day of Washington is on neither calendar.
        ("2021-04-16", True, True),
    ],
)
def test_open_days(day: str, fed: bool, sifma: bool) -> None:
    assert is_business_day(date.fromisoformat(day), FED) is fed
    assert is_business_day(date.fromisoformat(day), SIFMA) is sifma


@pytest.mark.parametrize(
    ("year", "good_friday"),
    # Easter Sunday less two days.
    [(2018, "03-30"), (2019, "04-19"), (2020, "04-10"), (2027, "03-26"), (2028, "04-14")],
)
def test_good_friday_is_closed_for_sifma_in_every_year(year: int, good_friday: str) -> None:
    day = date.fromisoformat(f"{year}-{good_friday}")
    assert not is_business_day(day, SIFMA)
    assert is_business_day(day, FED)


@pytest.mark.parametrize(
    ("calendar", "closed"),
    [
        # New Year, King, Presidents, Memorial, Juneteenth, Independence, Labor, Columbus,
        # Veterans, Thanksgiving, Christmas; SIFMA adds Good Friday.
        (
            FED,
            "01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25",
        ),
        (
            SIFMA,
            "01-01 01-20 02-17 04-18 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25",
        ),
    ],
    ids=["fed", "sifma"],
)
def test_the_holidays_of_2025(calendar: Calendar, closed: str) -> None:
    found = {day for day in business_days.closed_days(calendar) if day.year == 2025}
    assert found == {date.fromisoformat(f"2025-{day}") for day in closed.split()}


@pytest.mark.parametrize("calendar", Calendar)
def test_closed_days_hold_no_weekend(calendar: Calendar) -> None:
    assert {day.weekday() for day in business_days.closed_days(calendar)} == {0, 1, 2, 3, 4}


@pytest.mark.parametrize(
    ("day", "count", "calendar", "expected"),
    [
        ("2025-11-29", 1, SIFMA, "2025-12-01"),  # Saturday on: Monday
        ("2025-11-29", -1, SIFMA, "2025-11-28"),  # Saturday back: Friday
        ("2025-11-30", 1, SIFMA, "2025-12-01"),  # Sunday on: Monday
        ("2025-11-30", -1, SIFMA, "2025-11-28"),  # Sunday back: Friday
        ("2025-11-29", 2, SIFMA, "2025-12-02"),
        ("2025-11-29", -2, SIFMA, "2025-11-26"),  # over Thanksgiving
        ("2025-11-26", 1, FED, "2025-11-28"),
        ("2025-11-27", 1, FED, "2025-11-28"),  # from a holiday
        ("2025-11-27", -1, FED, "2025-11-26"),
        ("2025-10-10", 1, FED, "2025-10-14"),  # over Columbus Day
        ("2023-04-06", 1, SIFMA, "2023-04-10"),  # over Good Friday
        ("2023-04-06", 1, FED, "2023-04-07"),
        ("2021-12-23", 1, SIFMA, "2021-12-27"),
        ("2021-12-23", 1, FED, "2021-12-24"),
        ("2025-12-31", 1, FED, "2026-01-02"),
        ("2025-12-02", 0, FED, "2025-12-02"),
    ],
)
def test_shift(day: str, count: int, calendar: Calendar, expected: str) -> None:
    assert shift(date.fromisoformat(day), count, calendar) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("day", "after", "before"),
    [
        ("2025-11-28", "2025-11-28", "2025-11-28"),
        ("2025-11-27", "2025-11-28", "2025-11-26"),
        ("2025-04-18", "2025-04-21", "2025-04-17"),  # Good Friday
        ("2025-08-30", "2025-09-02", "2025-08-29"),  # the weekend of Labor Day
    ],
)
def test_the_nearest_business_days_of_sifma(day: str, after: str, before: str) -> None:
    assert on_or_after(date.fromisoformat(day), SIFMA) == date.fromisoformat(after)
    assert on_or_before(date.fromisoformat(day), SIFMA) == date.fromisoformat(before)


@pytest.mark.parametrize(
    ("month", "nth", "expected"),
    [
        ("2025-12", 4, "2025-12-04"),
        ("2025-11", 4, "2025-11-06"),  # 3, 4, 5, 6
        ("2025-07", 4, "2025-07-07"),  # 1, 2, 3, then 7: the 4th is a holiday
        ("2025-01", 4, "2025-01-07"),  # 2, 3, 6, 7
        ("2024-09", 1, "2024-09-03"),  # the 2nd is Labor Day
    ],
)
def test_nth_business_day_of_the_fed(month: str, nth: int, expected: str) -> None:
    year, number = map(int, month.split("-"))
    assert nth_of_month(year, number, nth, FED) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        ("2025-11", "2025-11-28"),
        ("2025-12", "2025-12-31"),
        ("2024-03", "2024-03-28"),  # the 29th is Good Friday
        ("2023-12", "2023-12-29"),
        ("2024-02", "2024-02-29"),
    ],
)
def test_last_business_day_of_sifma(month: str, expected: str) -> None:
    year, number = map(int, month.split("-"))
    assert last_of_month(year, number, SIFMA) == date.fromisoformat(expected)


@repeatable
@given(day=days, count=st.integers(1, 60), calendar=calendars)
def test_a_shift_and_its_opposite_return_to_a_business_day(
    day: date, count: int, calendar: Calendar
) -> None:
    assume(is_business_day(day, calendar))
    assert shift(shift(day, count, calendar), -count, calendar) == day
    assert shift(shift(day, -count, calendar), count, calendar) == day


@repeatable
@given(day=days, count=st.integers(-60, 60), calendar=calendars)
def test_a_shift_ends_on_a_business_day_and_counts_those_between(
    day: date, count: int, calendar: Calendar
) -> None:
    end = shift(day, count, calendar)
    assert is_business_day(end, calendar)
    first, last = sorted((day, end))
    span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    # The end counts, the start does not; a start that is closed is no business day anyway.
    passed = [d for d in span if is_business_day(d, calendar) and d != day]
    assert len(passed) == abs(count) or (count == 0 and len(passed) <= 1)


@repeatable
@given(day=days, later=st.integers(0, 30), count=st.integers(-20, 20), calendar=calendars)
def test_a_later_day_never_shifts_to_an_earlier_one(
    day: date, later: int, count: int, calendar: Calendar
) -> None:
    assert shift(day, count, calendar) <= shift(day + timedelta(days=later), count, calendar)


@repeatable
@given(day=days, count=st.integers(1, 30), calendar=calendars)
def test_more_days_lead_further(day: date, count: int, calendar: Calendar) -> None:
    assert shift(day, count, calendar) < shift(day, count + 1, calendar)
    assert shift(day, -count, calendar) > shift(day, -count - 1, calendar)
