"""The portfolio by class, its pace, and the bills that others hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from reportgen import clock
from reportgen.analysis.portfolio import (
    AGENCY,
    TREASURIES,
    bill_float,
    holding,
    holding_points,
    holdings,
    pace,
    recent_paces,
    years_of_bills,
)
from reportgen.errors import DataError
from reportgen.model import Observation
from reportgen.sources.catalogue import CATALOGUE
from reportgen.store.dataset import Dataset


def test_the_classes_sum_to_the_total_in_every_week(dataset: Callable[[str], Dataset]) -> None:
    data = dataset("2025-12-05")
    total = holdings(data, ("soma_total",))
    parts = holdings(data, (*TREASURIES, *AGENCY))
    assert len(total) == len(parts) == 414
    # The New York Fed's own total is rounded to the cent; at most a dollar remains.
    assert (total - parts).abs().max() < 1


def test_holdings_at_the_end_of_november_2025(dataset: Callable[[str], Dataset]) -> None:
    data = dataset("2025-12-02")
    total = holding(data, ("soma_total",))
    assert (total.date, total.value) == (date(2025, 11, 26), 6_133_944_510_441.3)
    # 2,045,824,659,652.1 of MBS, 7,840,642,989.2 of CMBS and 2,347,000,000 of agency debt.
    assert holding(data, AGENCY).value == pytest.approx(2_056_012_302_641.3)
    # Bills 195,492,926,700, notes and bonds 3,558,424,762,700, TIPS 309,716,153,400 and floating
    # rate notes 14,298,365,000.
    assert holding(data, TREASURIES).value == pytest.approx(4_077_932_207_800)


@pytest.mark.parametrize(
    ("day", "week"),
    [("2025-11-25", "2025-11-19"), ("2025-11-26", "2025-11-26"), ("2025-01-03", "2024-12-31")],
)
def test_holdings_of_the_newest_week_by_a_day(
    dataset: Callable[[str], Dataset], day: str, week: str
) -> None:
    found = holding(dataset("2025-12-02"), AGENCY, date.fromisoformat(day))
    assert found.date == date.fromisoformat(week)


def test_holdings_as_charts_take_them(dataset: Callable[[str], Dataset]) -> None:
    days, values = holding_points(dataset("2025-12-02"), ("soma_bills",), date(2025, 11, 12))
    assert days == (date(2025, 11, 12), date(2025, 11, 19), date(2025, 11, 26))
    assert values == (195_492_926_700.0,) * 3


@pytest.mark.parametrize(
    ("weeks", "start", "before", "per_month"),
    [
        # (2,056.012302641 - start) / weeks x 365.25 / 12 / 7, in billions.
        (13, "2025-08-27", 2_105_193_277_142.3, -16.449955),
        (26, "2025-05-28", 2_158_508_447_136.7, -17.141354),
        (52, "2024-11-27", 2_251_328_729_299.3, -16.332263),
    ],
    ids=["13 weeks", "26 weeks", "52 weeks"],
)
def test_the_pace_of_agency_holdings(
    dataset: Callable[[str], Dataset], weeks: int, start: str, before: float, per_month: float
) -> None:
    data = dataset("2025-12-02")
    found = pace(data, AGENCY, weeks)
    assert (found.start.isoformat(), found.end.isoformat()) == (start, "2025-11-26")
    assert holding(data, AGENCY, found.start).value == pytest.approx(before)
    assert found.change_per_month / 1e9 == pytest.approx(per_month, abs=1e-5)


def holdings_by_week(*changes: tuple[int, float]) -> Dataset:
    """Agency holdings that change by an amount in billions a week, for a number of weeks each."""
    start, value, rows = date(2024, 1, 3), 1000.0, []
    weekly = [change for weeks, change in changes for _ in range(weeks)]
    for week, change in enumerate([0.0, *weekly]):
        value += change
        day = start + timedelta(weeks=week)
        rows += [
            Observation("soma_mbs", day, value * 1e9),
            Observation("soma_cmbs", day, 0.0),
            Observation("soma_agencies", day, 0.0),
        ]
    as_of = start + timedelta(weeks=len(weekly), days=2)
    return Dataset(rows, CATALOGUE, as_of, clock.end_of_day(as_of), {})


def test_the_pace_is_scaled_to_a_month_of_a_twelfth_of_a_year() -> None:
    # 7 a week are 7 x 365.25 / 12 / 7 = 30.4375 a month.
    assert pace(holdings_by_week((52, 7.0)), AGENCY, 13).change_per_month / 1e9 == pytest.approx(
        30.4375
    )


@pytest.mark.parametrize(
    ("changes", "weeks"),
    [
        # Slowing: the shorter, the slower.
        ([(26, -4.0), (13, -3.0), (13, -2.0)], [13, 26, 52]),
        # Speeding up: the longer, the slower.
        ([(26, 1.0), (13, 2.0), (13, 3.0)], [52, 26, 13]),
        # Growth until a quarter ago does not make a fall a range.
        ([(39, 5.0), (13, -1.0)], [13]),
        # A fall for half a year; the year as a whole grew.
        ([(26, 5.0), (13, -2.0), (13, -1.0)], [13, 26]),
        ([(39, -5.0), (13, 1.0)], [13]),
        ([(39, -5.0), (13, 0.0)], [13]),
    ],
    ids=["slowing", "speeding up", "turned", "turned at mid-year", "turned up", "level"],
)
def test_only_paces_of_one_direction_make_a_range(
    changes: list[tuple[int, float]], weeks: list[int]
) -> None:
    assert [found.weeks for found in recent_paces(holdings_by_week(*changes), AGENCY)] == weeks


def test_in_november_2022_the_fall_of_agency_holdings_is_told_without_the_year(
    dataset: Callable[[str], Dataset],
) -> None:
    """Over a year they had grown by 7bn a month, over 13 and 26 weeks they fell by 13 and 6."""
    data = dataset("2022-11-10")
    assert pace(data, AGENCY, 52).change_per_month > 0
    paces = [round(found.change_per_month / 1e9, 1) for found in recent_paces(data, AGENCY)]
    assert paces == [-6.1, -13.1]


@pytest.mark.parametrize(
    ("month_end", "outstanding", "held_on", "held"),
    [
        ("2024-12-31", 6_186_882.0707e6, "2024-12-31", 195_342_926_700),
        ("2025-10-31", 6_593_194.1855e6, "2025-10-29", 195_492_926_700),
        ("2025-11-30", 6_723_293.4315e6, "2025-11-26", 195_492_926_700),
        ("2021-12-31", 3_770_065.5681e6, "2021-12-29", 326_044_000_000),
    ],
)
def test_bills_left_for_others_at_a_month_end(
    dataset: Callable[[str], Dataset], month_end: str, outstanding: float, held_on: str, held: float
) -> None:
    found = bill_float(dataset("2025-12-04"), date.fromisoformat(month_end))
    assert (found.outstanding, found.held_by_fed) == (outstanding, held)
    assert found.held_on.isoformat() == held_on
    assert found.free == outstanding - held


def test_bills_of_a_month_that_is_not_published_are_an_error(
    dataset: Callable[[str], Dataset],
) -> None:
    with pytest.raises(DataError, match="bills_outstanding has no value for 2025-11-30"):
        bill_float(dataset("2025-12-03"), date(2025, 11, 30))


# Bills outstanding less those in SOMA, in billions of US dollars:
#   2019  2,416.864 - 169.525 = 2,247.339      2022  3,697.386 - 291.192 = 3,406.194
#   2020  4,964.140 - 326.044 = 4,638.096      2023  5,675.781 - 222.354 = 5,453.427
#   2021  3,770.066 - 326.044 = 3,444.022      2024  6,186.882 - 195.343 = 5,991.539
#   2025  to October  6,593.194 - 195.493 = 6,397.701
#         to November 6,723.293 - 195.493 = 6,527.801
YEARS = {2020: (2547, 2391), 2021: (-1194, -1194), 2022: (-73, -38), 2023: (1978, 2047)}
YEARS |= {2024: (511, 538)}


@pytest.mark.parametrize(
    ("as_of", "expected", "months"),
    [
        ("2025-12-02", YEARS | {2025: (406, 406)}, 10),
        ("2025-12-04", YEARS | {2025: (536, 536)}, 11),
    ],
)
def test_net_issuance_and_growth_of_the_free_float_by_year(
    dataset: Callable[[str], Dataset],
    as_of: str,
    expected: dict[int, tuple[int, int]],
    months: int,
) -> None:
    years = years_of_bills(dataset(as_of))
    found = {y.year: (round(y.net_issuance / 1e9), round(y.free_growth / 1e9)) for y in years}
    assert found == expected
    assert [year.complete for year in years] == [True] * 5 + [False]
    assert [year.months for year in years] == [12] * 5 + [months]


def test_a_year_is_complete_once_december_is_published(dataset: Callable[[str], Dataset]) -> None:
    # December 2024 came on 2025-01-07, January 2025 on 02-06.
    for as_of, last, complete in (
        ("2025-01-06", 2024, False),
        ("2025-01-07", 2024, True),
        ("2025-02-05", 2024, True),
        ("2025-02-06", 2025, False),
    ):
        year = years_of_bills(dataset(as_of))[-1]
        assert (year.year, year.complete) == (last, complete)


def test_the_first_year_is_the_one_after_the_statement_begins(
    dataset: Callable[[str], Dataset],
) -> None:
    years = years_of_bills(dataset("2021-08-02"))
    assert [year.year for year in years] == [2020, 2021]
    assert years[-1].end.month_end == date(2021, 6, 30)
