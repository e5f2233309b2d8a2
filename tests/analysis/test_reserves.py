"""What moved reserves: the account between two weeks, and the week from which it is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from reportgen import clock, resources
from reportgen.analysis import policy, reserves
from reportgen.analysis.policy import latest_debt_limit
from reportgen.analysis.reserves import (
    Basis,
    Driver,
    Frame,
    account,
    holds_quarter_end,
    last_week,
    start_of_story,
)
from reportgen.errors import DataError
from reportgen.model import Observation
from reportgen.sources.catalogue import CATALOGUE
from reportgen.store import bundle
from reportgen.store.dataset import Dataset

POLICY = policy.load(resources.STARTER / "policy.toml")

SINCE, HALF_YEAR = Frame.SINCE_DEBT_LIMIT, Frame.HALF_YEAR


def test_what_moved_reserves_from_june_to_november_2025(dataset: Callable[[str], Dataset]) -> None:
    found = account(dataset("2025-12-02"), date(2025, 6, 25), SINCE)
    assert (found.start.date, found.end.date) == (date(2025, 6, 25), date(2025, 11, 26))
    assert (found.start.value, found.end.value) == (3_369_328e6, 2_896_586e6)
    # In millions of US dollars:
    assert dict(found.contributions) == {
        Driver.ASSETS: -109_781e6,  # 6,552,419 - 6,662,200
        Driver.TGA: -565_099e6,  # 334,579 - 899,678
        Driver.ON_RRP: pytest.approx(208_662e6),  # 210,879 - 2,217
        Driver.CURRENCY: -28_812e6,  # 2,393,922 - 2,422,734
        Driver.OTHER: pytest.approx(22_288e6),  # -472,742 + 495,030
    }
    assert found.total == -472_742e6  # 2,896,586 - 3,369,328
    assert sum(part for _, part in found.contributions) == pytest.approx(-472_742e6)
    rounded = {driver: round(part / 1e9) for driver, part in found.contributions}
    assert list(rounded.values()) == [-110, -565, 209, -29, 22]
    assert found.contribution(Driver.TGA) == -565_099e6
    assert found.main_driver is Driver.TGA


@pytest.mark.parametrize(
    ("as_of", "start", "driver"),
    [
        # In millions, assets +154,082, TGA -551,075, ON RRP +78,593 of -291,772.
        ("2022-03-10", "2021-12-15", Driver.TGA),
        # Assets -404,680, TGA -6,650, ON RRP +102,164 of -326,972.
        ("2024-10-01", "2024-03-27", Driver.ASSETS),
        # Assets -193,410, TGA +333,353, ON RRP -10,007 of +150,703.
        ("2023-06-08", "2022-12-07", Driver.TGA),
        # Assets +816,547, TGA +1,076,411, ON RRP -964,037 of +821,363.
        ("2021-08-02", "2021-01-27", Driver.TGA),
    ],
)
def test_the_main_driver_pushes_the_way_reserves_went(
    dataset: Callable[[str], Dataset], as_of: str, start: str, driver: Driver
) -> None:
    found = account(dataset(as_of), date.fromisoformat(start), HALF_YEAR)
    assert found.main_driver is driver
    assert found.contribution(driver) * found.total > 0


def test_on_a_wednesday_without_an_operation_on_rrp_is_that_of_the_day_before(
    dataset: Callable[[str], Dataset],
) -> None:
    # 2024-06-19 is Juneteenth: 438,148 million of 05-01 less 375,542 of 06-18.
    data = dataset("2024-06-21")
    assert data.value("on_rrp_accepted", date(2024, 5, 1)) == 438.148e9
    assert data.value("on_rrp_accepted", date(2024, 6, 18)) == 375.542e9
    found = account(data, date(2024, 5, 1), HALF_YEAR)
    assert found.end.date == date(2024, 6, 19)
    assert found.contribution(Driver.ON_RRP) == pytest.approx(62_606e6)


@pytest.mark.parametrize(
    ("as_of", "start", "frame"),
    [
        # The limit was raised on 2025-07-04. The week of 07-02 lies before, but holds the
        # quarter-end: the story starts on 06-25.
        ("2025-12-02", "2025-06-25", SINCE),
        ("2025-10-31", "2025-06-25", SINCE),
        ("2025-07-24", "2025-06-25", SINCE),  # week of 07-23: four weeks
        # Three weeks are too short; half a year before 07-16.
        ("2025-07-17", "2025-01-15", HALF_YEAR),
        # Raised on 2021-12-16.
        ("2022-03-10", "2021-12-15", SINCE),
        # 2022-06-15 lies 181 days after 2021-12-16, half a year back is that very week.
        ("2022-06-16", "2021-12-15", HALF_YEAR),
        ("2025-12-04", "2025-06-25", SINCE),  # newest week 2025-12-03: 152 days
        # Suspended on 2023-06-03: one week is too short, 154 days are still told.
        ("2023-06-08", "2022-12-07", HALF_YEAR),
        ("2023-06-29", "2023-05-31", SINCE),
        ("2023-11-02", "2023-05-31", SINCE),  # newest week 2023-11-01: 151 days
        ("2023-11-09", "2023-05-10", HALF_YEAR),  # newest week 2023-11-08: 158 days
        ("2024-03-07", "2023-09-06", HALF_YEAR),  # newest week 2024-03-06
        ("2024-10-01", "2024-03-27", HALF_YEAR),  # newest week 2024-09-25
        # Newest week 2025-01-01; half a year before, 2024-07-03, holds the quarter-end.
        ("2025-01-02", "2024-06-26", HALF_YEAR),
        ("2021-08-02", "2021-01-27", HALF_YEAR),  # newest week 2021-07-28
    ],
)
def test_the_week_from_which_the_change_is_told(
    dataset: Callable[[str], Dataset], as_of: str, start: str, frame: Frame
) -> None:
    event = latest_debt_limit(POLICY, date.fromisoformat(as_of))
    found = start_of_story(dataset(as_of), event)
    assert found == (date.fromisoformat(start), frame)


def test_without_an_event_half_a_year_is_told(dataset: Callable[[str], Dataset]) -> None:
    # 26 weeks before 2025-11-26.
    assert start_of_story(dataset("2025-12-02"), None) == (date(2025, 5, 28), HALF_YEAR)


@pytest.mark.parametrize(
    ("wednesday", "holds"),
    [
        ("2025-06-25", False),
        ("2025-07-02", True),  # 06-30
        ("2025-07-09", False),
        ("2025-10-01", True),  # 09-30
        ("2025-12-31", True),
        ("2025-01-01", True),  # 2024-12-31
        ("2025-01-08", False),
        ("2024-03-27", False),
        ("2024-04-03", True),  # 03-28, the day before Good Friday
        ("2023-10-04", True),  # 09-29, a Friday
        ("2025-12-03", False),  # a month-end is none
        # Seven days end on a Wednesday: the Wednesday itself counts, the one before does not.
        ("2020-09-30", True),
        ("2020-10-07", False),
    ],
)
def test_weeks_that_hold_a_quarter_end(wednesday: str, holds: bool) -> None:
    assert holds_quarter_end(date.fromisoformat(wednesday)) is holds


def without(series: str, day: date) -> Dataset:
    rows = [
        row
        for row in bundle.read().observations
        if row.date >= date(2025, 5, 1) and (row.series, row.date) != (series, day)
    ]
    as_of = date(2025, 12, 2)
    return Dataset(rows, CATALOGUE, as_of, clock.end_of_day(as_of), {})


@pytest.mark.parametrize(
    "series", ["reserve_balances", "total_assets", "tga_level", "currency_in_circulation"]
)
def test_an_item_of_h41_that_is_missing_is_an_error_and_not_the_week_before(series: str) -> None:
    data = without(series, date(2025, 6, 25))
    with pytest.raises(DataError, match=f"{series} has no value for 2025-06-25"):
        account(data, date(2025, 6, 25), SINCE)


def test_reserves_that_rise_are_told_by_what_added_to_them() -> None:
    """By hand: assets add 5, the Treasury takes 1, ON RRP releases 2; 1 remains for others."""
    start, end = date(2024, 5, 1), date(2024, 5, 29)
    levels = {
        "reserve_balances": (100.0, 107.0),
        "total_assets": (200.0, 205.0),
        "tga_level": (20.0, 21.0),
        "on_rrp_accepted": (30.0, 28.0),
        "currency_in_circulation": (50.0, 50.0),
    }
    rows = [
        Observation(series, day, value)
        for series, pair in levels.items()
        for day, value in zip((start, end), pair, strict=True)
    ]
    as_of = end + timedelta(days=2)
    data = Dataset(rows, CATALOGUE, as_of, clock.end_of_day(as_of), {})
    found = reserves.account(data, start, HALF_YEAR)
    assert dict(found.contributions) == {
        Driver.ASSETS: 5.0,
        Driver.TGA: -1.0,
        Driver.ON_RRP: 2.0,
        Driver.CURRENCY: 0.0,
        Driver.OTHER: 1.0,
    }
    assert found.total == 7.0
    assert found.main_driver is Driver.ASSETS


def test_a_history_that_is_too_short_is_told() -> None:
    rows = [Observation("reserve_balances", date(2024, 5, day), 1.0) for day in (1, 8, 15)]
    as_of = date(2024, 5, 17)
    data = Dataset(rows, CATALOGUE, as_of, clock.end_of_day(as_of), {})
    # Half a year before 2024-05-15.
    with pytest.raises(DataError, match="reserve_balances has no week by 2023-11-15"):
        start_of_story(data, None)


def with_levels(as_of: date, *, foreign: bool = True) -> Dataset:
    """The bundle with what a pull adds: reserves on Wednesday, and foreign reverse repo.

    Levels lie (week mod 11 - 5) billion above the week average, foreign reverse repo is
    300 + 5 (week mod 13) billion, weeks counted by the day's ordinal over seven.
    """
    rows = list(bundle.read().observations)
    for row in [row for row in rows if row.series == "reserve_balances"]:
        week = row.date.toordinal() // 7
        level = row.value + (week % 11 - 5) * 1e9
        rows.append(Observation("reserve_balances_level", row.date, level))
        if foreign:
            rows.append(
                Observation("foreign_reverse_repo", row.date, (300 + 5 * (week % 13)) * 1e9)
            )
    return Dataset(rows, CATALOGUE, as_of, clock.end_of_day(as_of), {})


def test_with_wednesday_levels_every_driver_stands_for_itself() -> None:
    found = account(with_levels(date(2025, 12, 2)), date(2025, 6, 25), SINCE)
    assert found.basis is Basis.LEVELS
    # Weeks 105632 and 105654, mod 11 both 10: +5 billion; mod 13 they are 7 and 3: 335 and 315.
    assert (found.start.value, found.end.value) == (3_374_328e6, 2_901_586e6)
    parts = {driver: round(part / 1e6) for driver, part in found.contributions}
    assert parts == {
        Driver.ASSETS: -109_781,
        Driver.TGA: -565_099,
        Driver.ON_RRP: 208_662,
        Driver.FOREIGN_RRP: 20_000,  # 335 - 315
        Driver.CURRENCY: -28_812,
        Driver.OTHER: 2_288,  # the 22,288 of the bundle less what is now listed
    }
    assert sum(parts.values()) == -472_742
    assert list(parts) == list(Driver)


def test_levels_without_foreign_reverse_repo_leave_it_with_the_rest() -> None:
    found = account(with_levels(date(2025, 12, 2), foreign=False), date(2025, 6, 25), SINCE)
    assert found.basis is Basis.LEVELS
    assert Driver.FOREIGN_RRP not in dict(found.contributions)
    assert found.contribution(Driver.OTHER) == pytest.approx(22_288e6)


def test_the_bundle_accounts_for_week_averages(dataset: Callable[[str], Dataset]) -> None:
    found = account(dataset("2025-12-02"), date(2025, 6, 25), SINCE)
    assert found.basis is Basis.AVERAGES
    assert Driver.FOREIGN_RRP not in dict(found.contributions)


def test_the_latest_week(dataset: Callable[[str], Dataset]) -> None:
    found = last_week(dataset("2025-12-02"))
    assert found is not None
    assert (found.start.date, found.end.date) == (date(2025, 11, 19), date(2025, 11, 26))
    assert (found.frame, found.basis) == (Frame.WEEK, Basis.AVERAGES)
    assert found.total == 7_943e6  # 2,896,586 - 2,888,643
    assert found.contribution(Driver.TGA) == 1_154e6  # 900,832 - 899,678
    levels = last_week(with_levels(date(2025, 12, 2)))
    assert levels is not None
    # One week on, the level goes from +4 to +5 above the average.
    assert (levels.basis, levels.total) == (Basis.LEVELS, 8_943e6)
    assert levels.contribution(Driver.FOREIGN_RRP) == -5e9  # 310 to 315
    assert sum(part for _, part in levels.contributions) == pytest.approx(levels.total)


def test_no_week_without_the_week_before() -> None:
    rows = [
        Observation("reserve_balances", date(2024, 5, 1), 1.0),
        Observation("reserve_balances", date(2024, 5, 15), 2.0),
    ]
    as_of = date(2024, 5, 17)
    assert last_week(Dataset(rows, CATALOGUE, as_of, clock.end_of_day(as_of), {})) is None
