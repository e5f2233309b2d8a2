"""Days of two years by their kind: one kind a day, use of the facility, what a day adds to SOFR."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.analysis import calendar, strained_days
from reportgen.analysis.strained_days import (
    Among,
    Day,
    History,
    Kind,
    history,
    kind_of,
    move_among,
    use_among,
)
from reportgen.model import Calendar
from reportgen.store import business_days
from reportgen.store.dataset import Dataset

repeatable = settings(deadline=None)


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        ("2025-12-31", Kind.QUARTER_END),  # the year-end, and coupons settle
        ("2025-09-30", Kind.QUARTER_END),
        ("2025-10-31", Kind.MONTH_END),  # coupons settle too
        ("2025-11-28", Kind.MONTH_END),
        ("2025-12-15", Kind.TAX_DATE),  # coupons settle too
        ("2025-12-01", Kind.COUPON_SETTLEMENT),
        ("2025-11-17", Kind.COUPON_SETTLEMENT),
        ("2025-11-26", Kind.BESIDE),  # Thanksgiving lies between it and the month-end
        ("2025-12-02", Kind.BESIDE),
        ("2025-11-25", Kind.ORDINARY),
        ("2025-12-03", Kind.ORDINARY),
    ],
)
def test_a_day_has_its_most_important_kind(day: str, kind: Kind) -> None:
    assert kind_of(date.fromisoformat(day)) is kind


@repeatable
@given(day=st.dates(date(2018, 1, 1), date(2034, 12, 31)))
def test_the_kind_of_a_business_day_agrees_with_the_calendar(day: date) -> None:
    day = business_days.on_or_after(day, Calendar.SIFMA)
    kind = kind_of(day)
    assert (kind in (Kind.BESIDE, Kind.ORDINARY)) == (not calendar.kinds_of(day))
    assert (kind is Kind.ORDINARY) == (not calendar.near_strained_day(day))


@repeatable
@given(start=st.dates(date(2018, 1, 1), date(2032, 12, 31)), count=st.integers(1, 60))
def test_the_kinds_share_the_days_out(start: date, count: int) -> None:
    first = business_days.on_or_after(start, Calendar.SIFMA)
    dates = [business_days.shift(first, step, Calendar.SIFMA) for step in range(1, count + 1)]
    days = tuple(Day(day, kind_of(day), 0.0, 1.0, 0.0) for day in dates)
    whole = History(days)
    shared = [day for kind in Kind for day in whole.of(kind)]
    assert sorted(shared, key=lambda day: day.date) == list(days)
    for day in days:
        assert whole.on(day.date) is day
        assert len(whole.others(day)) == len(whole.of(day.kind)) - 1


@pytest.mark.parametrize(
    ("as_of", "first", "expected"),
    [
        (
            "2025-12-02",
            "2023-12-04",
            {
                # SOFR less IORB on 2023-12-29, 2024-03-28, 06-28, 09-30, 12-31, 2025-03-31, 06-30
                # and 09-30: -2, -6, -7, 6, 9, 1, 5, 9; the middle ones are 1 and 5. Used on the
                # fourth and the last two, 11.075bn at most.
                Kind.QUARTER_END: (8, 3, 11.075, 3.0),
                # -8 -8 -8 -7 -2 0 -12 -4 -8 11 from 2023-12-15 to 2025-09-15, whose 1.5bn were
                # the only use: between -8 and -7.
                Kind.TAX_DATE: (10, 1, 1.5, -7.5),
                # Four of -9, two of -8, two of -6, three of -5, then -4: between -5 and -4. Used
                # on 2025-10-15 (6.75bn), 11-17 (5.573bn) and 12-01.
                Kind.COUPON_SETTLEMENT: (22, 3, 26.0, -4.5),
            },
        ),
        # -10 -3 -6 -9 -2 -6 -7 6 from 2022-12-30 to 2024-09-30: two of -6 in the middle.
        ("2024-10-01", "2022-10-03", {Kind.QUARTER_END: (8, 1, 2.6, -6.0)}),
        # -9 -2 -6 -7 6 9 1 5 from 2023-09-29 to 2025-06-30: between -2 and 1.
        ("2025-07-01", "2023-07-03", {Kind.QUARTER_END: (8, 2, 11.075, -0.5)}),
    ],
)
def test_how_days_of_a_kind_behaved(
    dataset: Callable[[str], Dataset],
    as_of: str,
    first: str,
    expected: dict[Kind, tuple[int, int, float, float]],
) -> None:
    found = history(dataset(as_of))
    assert found.start == date.fromisoformat(first)
    rows = {row.kind: row for row in found.behaviours}
    assert list(rows) == list(Kind)
    for kind, (days, used, largest, spread) in expected.items():
        row = rows[kind]
        assert (row.days, row.used) == (days, used)
        assert row.largest_use == pytest.approx(largest * 1e9)
        assert row.spread == pytest.approx(spread)
    operated = [day for day in found.days if day.accepted is not None]
    assert sum(row.days for row in found.behaviours) == len(operated)


@pytest.mark.parametrize(
    ("as_of", "day", "level", "move"),
    [
        # SOFR less IORB on the ordinary days of November 19, 20, 21, 24, 25: 1, 1, 3, 6, 11; the
        # 26th and 28th are by the month-end. 4.12 - 3.90 = 22.
        ("2025-12-02", "2025-12-01", 3.0, 19.0),
        # -7, -7, -6, -6, -7 on September 20 to 26; 4.96 - 4.90 = 6.
        ("2024-10-01", "2024-09-30", -7.0, 13.0),
        # -11, -11, -10, -4, 0 on June 20 to 26; 4.45 - 4.40 = 5.
        ("2025-07-01", "2025-06-30", -10.0, 15.0),
    ],
)
def test_what_a_day_adds_to_the_ordinary_days_before(
    dataset: Callable[[str], Dataset], as_of: str, day: str, level: float, move: float
) -> None:
    found = history(dataset(as_of)).on(date.fromisoformat(day))
    assert found.level_before == pytest.approx(level)
    assert found.move == pytest.approx(move)


@pytest.mark.parametrize("as_of", ["2021-08-05", "2021-09-30", "2022-06-16"])
def test_until_every_kind_has_enough_days_none_is_told(
    dataset: Callable[[str], Dataset], as_of: str
) -> None:
    # By 2022-06-16 three quarter-ends: September, December and March.
    assert history(dataset(as_of)).behaviours == ()


def test_the_window_of_a_leap_day_and_of_a_day_without_operation(
    dataset: Callable[[str], Dataset],
) -> None:
    # From 2022-03-01, a Tuesday; SOFR of the 29th comes on March 1.
    leap = history(dataset("2024-02-29"))
    assert leap.start == date(2022, 3, 1)
    assert leap.on(date(2024, 2, 29)).spread is None
    assert leap.on(date(2024, 2, 29)).accepted is not None
    with pytest.raises(KeyError):
        leap.on(date(2024, 2, 25))  # a Sunday


def day(use: float | None, spread: float | None = None, level: float | None = 0.0) -> Day:
    return Day(date(2025, 10, 31), Kind.MONTH_END, use, spread, level)


@pytest.mark.parametrize(
    ("use", "among"),
    [
        (9e9, Among.MOST_OF_ALL),
        (4e9, Among.MORE),  # three of four are less
        (2e9, Among.USUAL),
        (1e9, Among.USUAL),
        (9e8, None),  # no real use
    ],
)
def test_use_among_others(use: float, among: Among | None) -> None:
    others = tuple(day(value) for value in (0.0, 0.0, 3e9, 5e9))
    assert use_among(day(use), others) is among
    assert use_among(day(use), others[1:]) is None  # three are too few


@pytest.mark.parametrize(
    ("spread", "among"),
    [
        (12.0, Among.MOST_OF_ALL),
        (9.0, Among.MORE),
        (5.0, Among.USUAL),
        (1.0, Among.LESS),
        (None, None),
    ],
)
def test_a_move_among_others(spread: float | None, among: Among | None) -> None:
    others = tuple(day(None, value) for value in (2.0, 4.0, 6.0, 10.0))
    assert move_among(day(None, spread), others) is among
    assert move_among(day(None, spread), others[1:]) is None


def test_a_basis_point_above_all_others_is_noise() -> None:
    others = tuple(day(None, value) for value in (0.0, 0.0, 0.0, 0.0))
    assert move_among(day(None, 1.0), others) is Among.USUAL
    assert move_among(day(None, 2.0), others) is Among.MOST_OF_ALL


@repeatable
@given(
    moves=st.lists(st.integers(-40, 40), min_size=strained_days.LEAST_DAYS, max_size=30),
    move=st.integers(-40, 40),
)
def test_where_a_day_stands_never_contradicts_the_others(moves: list[int], move: int) -> None:
    found = move_among(day(None, float(move)), tuple(day(None, float(other)) for other in moves))
    if found is Among.MOST_OF_ALL:
        assert move > max(moves)
    if found is Among.MORE:
        assert 2 * sum(other < move for other in moves) > len(moves)
    if found is Among.LESS:
        assert 2 * sum(other > move for other in moves) > len(moves)


@repeatable
@given(start=st.dates(date(2018, 1, 1), date(2032, 12, 31)))
def test_two_years_hold_enough_days_of_every_kind(start: date) -> None:
    days = (start + timedelta(days=step) for step in range(730))
    kinds = [kind_of(day) for day in days if business_days.is_business_day(day, Calendar.SIFMA)]
    assert len(kinds) > 490
    for kind in Kind:
        assert kinds.count(kind) >= strained_days.LEAST_DAYS
