"""Principal of agency securities by month, its season, and the range of recent paces."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from reportgen import clock
from reportgen.analysis import principal
from reportgen.model import Observation
from reportgen.sources.catalogue import CATALOGUE
from reportgen.store.dataset import Dataset

BN = 10**9


def test_principal_of_each_month_of_2025(dataset: Callable[[str], Dataset]) -> None:
    received = principal.by_month(dataset("2025-12-02"))
    months = [round(v / BN, 1) for end, v in received.items() if end.year == 2025]
    # Payments of September came on the 25th, after its last Wednesday: they count for September.
    assert months == [15.7, 14.3, 14.3, 16.1, 16.8, 17.7, 17.8, 17.8, 16.9, 16.0, 16.3]
    assert max(received) == date(2025, 11, 30)  # the week of the 26th has all of November


def test_a_month_without_its_payment_day_is_left_out(dataset: Callable[[str], Dataset]) -> None:
    # Newest week 2025-11-19.
    assert max(principal.by_month(dataset("2025-11-21"))) == date(2025, 10, 31)


def test_the_range_of_december_2025(dataset: Callable[[str], Dataset]) -> None:
    found = principal.projection(dataset("2025-12-02"))
    assert found is not None
    assert found.years == (2023, 2024)
    assert sum(found.shares) == pytest.approx(1)
    # The summer pays back most, February least.
    assert found.shares.index(max(found.shares)) == 5
    assert found.shares.index(min(found.shares)) == 1
    assert [round(amount / BN) for amount in found.annual] == [193, 195, 195]
    low, middle, high = found.month(2)
    assert low < middle <= high
    assert sum(found.month(month)[0] for month in range(1, 13)) == pytest.approx(found.annual[0])


def test_no_range_while_holdings_grow(dataset: Callable[[str], Dataset]) -> None:
    assert principal.projection(dataset("2022-03-10")) is None


def history(paid_usd_bn: list[float]) -> Dataset:
    """Holdings by week, 3,000 billion less what was paid on the 25th of months from 2023-01 on."""
    paid = {date(2023 + n // 12, n % 12 + 1, 25): amount for n, amount in enumerate(paid_usd_bn)}
    first, last = date(2022, 12, 7), max(paid) + timedelta(days=6)
    rows = []
    for week in range((last - first).days // 7 + 1):
        day = first + timedelta(weeks=week)
        held = 3000 - sum(amount for payday, amount in paid.items() if payday <= day)
        rows += [Observation("soma_mbs", day, held * BN)]
        rows += [Observation(series, day, 0.0) for series in ("soma_cmbs", "soma_agencies")]
    as_of = last + timedelta(days=9)
    return Dataset(rows, CATALOGUE, as_of, clock.end_of_day(as_of), {})


def test_a_season_that_repeats_leaves_no_range() -> None:
    """Each window, freed of its months' share, comes to the same year."""
    season = [10.0, 10, 10, 20, 20, 20, 20, 20, 20, 10, 10, 10]  # 180 a year
    found = principal.projection(history(season * 2 + season[:6]))
    assert found is not None
    assert found.years == (2023, 2024)
    assert [amount / BN for amount in found.annual] == [pytest.approx(180)] * 3
    assert [amount / BN for amount in found.month(1)] == [pytest.approx(10)] * 3
    assert [amount / BN for amount in found.month(7)] == [pytest.approx(20)] * 3


def test_a_slower_quarter_is_the_low_end() -> None:
    season = [10.0] * 24 + [10, 10, 10, 8, 8, 8]
    found = principal.projection(history(season))
    assert found is not None
    # Three months of 8 a year are 96; six are (3 x 10 + 3 x 8) x 2 = 108; twelve are 114.
    assert [amount / BN for amount in found.annual] == [pytest.approx(v) for v in (96, 108, 114)]
