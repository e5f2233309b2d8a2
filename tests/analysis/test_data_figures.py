"""Figures straight from the data: levels, changes, spreads, each with its origin."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from reportgen.analysis import figures
from reportgen.errors import DataError
from reportgen.model import Point, Quantity, Unit
from reportgen.store.dataset import Dataset

Data = Callable[[str], Dataset]

# SOFR less IORB (3.90), TGCR less IORB and SOFR less the top of the range (4.00), in basis points:
#            11-24  11-25  11-26  11-28  12-01
#   SOFR      6     11     15     22     22
#   TGCR      3      7     12     18     17
#   to 4.00  -4      1      5     12     12


@pytest.mark.parametrize(
    ("rate", "base", "day", "expected"),
    [
        ("sofr", "iorb", "2025-12-01", 22),
        ("tgcr", "iorb", "2025-12-01", 17),
        ("effr", "iorb", "2025-12-01", -1),
        ("sofr", "srf_rate", "2025-12-01", 12),
        ("sofr", "iorb", "2025-10-31", 32),  # 4.22 - 3.90
        ("tgcr", "iorb", "2025-11-20", -4),
    ],
)
def test_a_spread_on_a_day(data: Dataset, rate: str, base: str, day: str, expected: int) -> None:
    found = figures.spread_bp(data, "x", rate, base, date.fromisoformat(day))
    assert found.value == expected
    assert (found.unit, found.as_of) == (Unit.BASIS_POINT, date.fromisoformat(day))
    assert found.series == (rate, base)
    assert found.formula == f"{rate}({day}) - {base}({day})"


@pytest.fixture
def data(dataset: Data) -> Dataset:
    return dataset("2025-12-02")


def test_a_spread_needs_both_rates_of_the_day(data: Dataset) -> None:
    with pytest.raises(DataError, match="sofr has no value for 2025-12-02"):
        figures.spread_bp(data, "x", "sofr", "iorb", date(2025, 12, 2))
    with pytest.raises(DataError, match="iorb has no value for 2021-07-28"):
        figures.spread_bp(data, "x", "sofr", "iorb", date(2021, 7, 28))


@pytest.mark.parametrize(
    ("rate", "days", "mean", "start"),
    [
        ("sofr", 3, "19.6667", "2025-11-26"),  # (15 + 22 + 22) / 3
        ("sofr", 5, "15.2", "2025-11-24"),  # (6 + 11 + 15 + 22 + 22) / 5
        ("tgcr", 3, "15.6667", "2025-11-26"),  # (12 + 18 + 17) / 3
        ("sofr", 1, "22", "2025-12-01"),
        # 32, 23, 10, 1, 2, 3, 5, 8, 10, 5, 10, 4, 1, 1, 3, 6, 11, 15, 22, 22: 194 / 20
        ("sofr", 20, "9.7", "2025-10-31"),
        # 25, 19, 8, -2, -1, -1, 3, 5, 7, 2, 6, 0, -3, -4, 0, 3, 7, 12, 18, 17: 121 / 20
        ("tgcr", 20, "6.05", "2025-10-31"),
    ],
)
def test_a_mean_spread(data: Dataset, rate: str, days: int, mean: str, start: str) -> None:
    found = figures.mean_spread_bp(data, "x", rate, "iorb", days)
    assert found.value == Decimal(mean)
    assert found.as_of == date(2025, 12, 1)
    assert found.formula == f"mean({rate} - iorb; {start} to 2025-12-01)"


@pytest.mark.parametrize(
    ("base", "days", "count"),
    [
        ("target_upper", 5, 4),
        ("target_upper", 4, 4),
        # 11-17 stood at 4.00, the top itself, which is not above it.
        ("target_upper", 11, 4),
        ("iorb", 20, 20),
        # From 2025-09-04: 16 days at or below IORB.
        ("iorb", 60, 44),
        # 09-30 to 10-31 seven, then 10-31, 11-03, 11-25, 11-26, 11-28, 12-01.
        ("target_upper", 60, 13),
    ],
)
def test_days_above(data: Dataset, base: str, days: int, count: int) -> None:
    found = figures.days_above(data, "x", "sofr", base, days)
    assert (found.value, found.unit) == (count, Unit.COUNT)
    assert figures.window_days(data, "x", "sofr", base, days).value == days


def test_a_window_is_shorter_where_the_base_is(dataset: Data) -> None:
    # IORB exists from 2021-07-29; SOFR of 07-30 is the newest on 08-02.
    found = figures.window_days(dataset("2021-08-02"), "x", "sofr", "iorb", 60)
    assert found.value == 2


def test_the_spread_as_charts_take_it(data: Dataset) -> None:
    days, values = figures.spread_points(data, "sofr", "iorb", date(2025, 11, 26))
    assert days == (date(2025, 11, 26), date(2025, 11, 28), date(2025, 12, 1))
    assert values == (15.0, 22.0, 22.0)


def test_weekly_means_end_on_friday(data: Dataset) -> None:
    days, values = figures.weekly_mean_spread(data, "sofr", "iorb", date(2025, 11, 17))
    assert days == (date(2025, 11, 21), date(2025, 11, 28))
    # (10 + 4 + 1 + 1 + 3) / 5 and, with Thanksgiving, (6 + 11 + 15 + 22) / 4.
    assert values == (3.8, 13.5)


def test_a_week_that_has_just_begun_has_no_mean_yet(dataset: Data) -> None:
    """One or two days would look like a jump."""
    start = date(2025, 11, 24)
    # SOFR of Monday 12-01, and of 12-01 and 12-02, and of the three days to 12-03.
    for as_of, weeks in (("2025-12-02", 1), ("2025-12-03", 1), ("2025-12-04", 2)):
        days, _ = figures.weekly_mean_spread(dataset(as_of), "sofr", "iorb", start)
        assert len(days) == weeks
    # (22 + 11 + 5) / 3: 4.12, 4.01 and 3.95 against 3.90, dated by the last of the three.
    days, values = figures.weekly_mean_spread(dataset("2025-12-04"), "sofr", "iorb", start)
    assert (days[-1], values[-1]) == (date(2025, 12, 3), 12.6667)


def test_the_newest_value(data: Dataset) -> None:
    assert figures.latest(data, "srf_accepted") == Point(date(2025, 12, 2), 10.257e9)
    with pytest.raises(DataError, match="bgcr has no value"):
        figures.latest(data, "bgcr")


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2025-11-26", "2025-11-26"),
        ("2025-11-27", "2025-11-26"),
        ("2025-12-31", "2025-11-26"),
        ("2018-01-03", "2018-01-03"),
    ],
)
def test_the_last_value_on_or_before_a_day(data: Dataset, day: str, found: str) -> None:
    point = figures.on_or_before(data, "total_assets", date.fromisoformat(day))
    assert point.date == date.fromisoformat(found)
    assert point.value == data.value("total_assets", point.date)


def test_several_days_at_once(data: Dataset) -> None:
    days = (date(2025, 11, 27), date(2025, 11, 19), date(2025, 11, 27))
    found = figures.on_or_before_each(data, "total_assets", days)
    assert [point.date.day for point in found] == [26, 19, 26]
    assert figures.on_or_before_each(data, "total_assets", ()) == ()


def test_before_the_first_value_there_is_none(data: Dataset) -> None:
    with pytest.raises(DataError, match="total_assets has no value on or before 2018-01-02"):
        figures.on_or_before(data, "total_assets", date(2018, 1, 2))
    days = (date(2025, 11, 26), date(2017, 1, 1))
    with pytest.raises(DataError, match="on or before 2017-01-01"):
        figures.on_or_before_each(data, "total_assets", days)
    with pytest.raises(DataError, match="bgcr has no value on or before 2025-12-01"):
        figures.on_or_before(data, "bgcr", date(2025, 12, 1))


def test_points_from_a_day_on_in_a_unit(data: Dataset) -> None:
    days, values = figures.points(data, "srf_accepted", date(2025, 11, 28), figures.BILLION)
    assert days == (date(2025, 11, 28), date(2025, 12, 1), date(2025, 12, 2))
    assert values == (24.4, 26.0, 10.257)
    assert figures.points(data, "srf_accepted", date(2025, 12, 3)) == ((), ())


def facts(found: Quantity) -> tuple[Decimal, Unit, date, tuple[str, ...], str]:
    return found.value, found.unit, found.as_of, found.series, found.formula


START, END = Point(date(2022, 6, 1), 8_915_050e6), Point(date(2025, 11, 26), 6_552_419e6)


def test_a_level(data: Dataset) -> None:
    found = figures.level(data, "x", "total_assets")
    assert facts(found) == (
        Decimal(6_552_419_000_000),
        Unit.USD,
        END.date,
        ("total_assets",),
        "total_assets(2025-11-26)",
    )
    # The catalogue shows H.4.1 to ten billion: 6.55 trillion.
    assert found.displayed == 6_550_000_000_000
    fine = figures.level(data, "x", "total_assets", point=START, quantum=figures.ONE_BILLION)
    assert (fine.as_of, fine.displayed) == (START.date, 8_915_000_000_000)


def test_a_change_and_a_fall_are_opposites() -> None:
    # 6,552,419 - 8,915,050 = -2,362,631 million.
    change = figures.change("x", "total_assets", START, END, figures.HUNDREDTH_TRILLION)
    fall = figures.fall("x", "total_assets", START, END, figures.HUNDREDTH_TRILLION)
    assert change.value == -2_362_631_000_000
    assert change.formula == "total_assets(2025-11-26) - total_assets(2022-06-01)"
    assert fall.value == 2_362_631_000_000
    assert fall.displayed == 2_360_000_000_000
    assert fall.formula == "total_assets(2022-06-01) - total_assets(2025-11-26)"
    assert change.as_of == fall.as_of == END.date
