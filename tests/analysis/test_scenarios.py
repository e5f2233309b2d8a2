"""Paths of scenarios: identities worked by hand, the shipped comparison, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from reportgen import resources
from reportgen.analysis import outlook, scenarios
from reportgen.analysis.assumptions import Departure, Scenario
from reportgen.analysis.comparison import Comparison, compare
from reportgen.analysis.principal import PrincipalRange
from reportgen.analysis.scenarios import Path, Start, path, principal_of
from reportgen.errors import InputError
from reportgen.store.dataset import Dataset

SHIPPED = outlook.load(resources.STARTER / "outlook.toml")

BN = 10**9

# In the middle of November: half of its 30 days are left.
START = Start(
    day=date(2025, 11, 15),
    reserves=3000 * BN,
    tga=900 * BN,
    bills=200 * BN,
    coupons=3900 * BN,
    agency=2000 * BN,
    free_float=6400 * BN,
)


def scenario(**changes: Any) -> Scenario:
    assumed = {
        "id": "x",
        "name": {"en": "X"},
        "who": {"en": "A bank"},
        "published": date(2025, 11, 1),
        "horizon": date(2026, 12, 31),
        "url": "https://example.org/",
        "purchases_usd_bn_per_month": 20,
        "purchases_start": date(2025, 11, 1),
        "mbs_usd_bn_per_month": 15,
        "net_bill_issuance_usd_bn": {2026: 600},
        "tga_usd_bn": 900,
        "tga_by": date(2025, 12, 31),
        "currency_usd_bn_per_year": 60,
    }
    return Scenario.model_validate(assumed | changes)


def run(start: Start = START, **changes: Any) -> Path:
    own = scenario(**changes)
    return path(own, start, principal_of(own, None))


def test_the_first_month_counts_for_the_days_left_of_it() -> None:
    november, december, *_ = run().months
    # Half of 20 and of 60 / 12; all of the month's principal, which comes by the 25th.
    assert (november.end, november.purchases / BN) == (date(2025, 11, 30), 10)
    assert november.principal / BN == 15
    # 3,000 + 10 - 2.5, then + 20 - 5.
    assert november.reserves / BN == 3007.5
    assert december.reserves / BN == 3022.5
    # Bills 200 + 10 + 15, then + 20 + 15; agency 2,000 - 15 - 15.
    assert (november.bills / BN, december.bills / BN) == (225, 260)
    assert december.agency / BN == 1970
    assert december.coupons == START.coupons
    # 200 + 3,900 + 2,000 + 30 of purchases: principal changes the mix alone.
    assert december.soma / BN == 6130


def test_from_the_25th_on_the_month_has_been_paid() -> None:
    late = Start(date(2025, 11, 26), 3000 * BN, 900 * BN, 0, 0, 2000 * BN, 6400 * BN)
    november, december, *_ = run(late).months
    assert (november.principal, december.principal / BN) == (0, 15)


def test_what_the_treasury_takes_leaves_reserves() -> None:
    # 46 days from November 15 to December 31, of which 15 to November 30.
    way = run(tga_usd_bn=808, purchases_usd_bn_per_month=0, purchases_start=None)
    november, december, january, *_ = way.months
    assert november.tga / BN == pytest.approx(870)  # 900 - 92 x 15 / 46
    assert november.reserves / BN == pytest.approx(3027.5)  # + 30 - 2.5
    assert december.reserves / BN == pytest.approx(3084.5)  # + 62 - 5
    assert january.reserves / BN == pytest.approx(3079.5)  # - 5
    assert (december.tga / BN, january.tga / BN) == (808, 808)


def test_a_target_whose_day_is_past_moves_nothing() -> None:
    later = Start(date(2026, 2, 11), 3000 * BN, 870 * BN, 0, 0, 2000 * BN, 6400 * BN)
    way = run(later, tga_usd_bn=850)
    assert {month.tga / BN for month in way.months} == {870}


def test_reserves_are_what_came_in_less_what_went_out() -> None:
    way = run(tga_usd_bn=700)
    came = sum(month.purchases for month in way.months)
    currency = sum(month.currency_growth for month in way.months)
    last = way.months[-1]
    assert last.reserves == pytest.approx(START.reserves + came - (last.tga - START.tga) - currency)
    assert last.soma == pytest.approx(START.bills + START.coupons + START.agency + came)


def test_bills_of_the_year() -> None:
    way = run()
    (year,) = way.years
    # 600 - 12 x (20 + 15) = 180.
    assert (year.issuance / BN, year.purchases / BN, year.left / BN) == (600, 420, 180)
    assert way.at(date(2025, 12, 31)).left is None
    months = [month.left for month in way.months if month.end.year == 2026]
    assert len(months) == 12
    assert sum(left or 0 for left in months) / BN == pytest.approx(180)


def test_the_month_in_which_reserves_pass_a_level() -> None:
    way = run()
    # 3,007.5 and 15 a month on: 3,052.5 in February, 3,067.5 in March.
    found = way.passes(3060 * BN)
    assert found is not None
    assert found.end == date(2026, 3, 31)
    assert way.passes(2900 * BN) is None  # above it all along
    assert way.passes(9000 * BN) is None
    with pytest.raises(KeyError):
        way.at(date(2027, 1, 31))


EVEN = PrincipalRange(date(2025, 11, 30), (120 * BN, 180 * BN, 240 * BN), (1 / 12,) * 12, (2024,))


def test_principal_at_the_recent_pace_takes_the_middle_of_the_range() -> None:
    own = scenario(mbs_usd_bn_per_month="recent pace")
    way = path(own, START, principal_of(own, EVEN))
    assert way.months[0].principal / BN == pytest.approx(15)  # 180 / 12
    assert way.years[0].purchases / BN == pytest.approx(420)  # 12 x 20 + 180


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"mbs_usd_bn_per_month": 200}, "MBS principal exceeds holdings: the 2,000 billion"),
        ({"currency_usd_bn_per_year": 500, "tga_usd_bn": 3900}, "reserves fall below zero by"),
        ({"net_bill_issuance_usd_bn": {2025: -3500, 2026: -3000}}, "retires 6,500 billion"),
        ({"mbs_usd_bn_per_month": "recent pace"}, "but holdings do not shrink"),
    ],
)
def test_what_the_data_make_impossible_is_refused(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(InputError, match=reason) as caught:
        run(**changes)
    assert caught.value.where == "outlook file, scenario x"
    assert caught.value.remedy


@pytest.fixture
def compared(dataset: Callable[[str], Dataset]) -> Comparison:
    found = compare(dataset("2025-12-02"), SHIPPED)
    assert found is not None
    return found


def test_the_shipped_baseline(compared: Comparison) -> None:
    (year,) = compared.baseline.years
    # 870 - 12 x (20 + 20) = 390.
    assert (year.issuance / BN, year.purchases / BN, year.left / BN) == (870, 480, 390)
    passed = compared.baseline.passes(3000 * BN)
    assert passed is not None
    assert passed.end == date(2026, 5, 31)
    reserves = {
        day: round(compared.baseline.at(date.fromisoformat(day)).reserves / BN, 1)
        for day in ("2025-12-31", "2026-06-30", "2026-12-31")
    }
    # 2,896.586 + (899.678 - 850) - (4/30 + 1) x 65 / 12 = 2,940.1; + 6 x (20 - 5.417) = 3,027.6.
    assert reserves == {"2025-12-31": 2940.1, "2026-06-30": 3027.6, "2026-12-31": 3115.1}
    last = compared.baseline.months[-1]
    # Bills 195.493 + 13 x 20 + 12 x 20; agency 2,056.012 - 13 x 20; coupons as they were.
    assert round(last.bills / BN, 1) == 695.5
    assert round(last.agency / BN, 1) == 1796.0
    assert round(last.coupons / BN, 1) == 3882.4
    assert round(last.soma / BN, 1) == 6373.9


def test_the_shipped_alternatives(compared: Comparison) -> None:
    ends = {kind: way.months[-1].reserves / BN for kind, way in compared.alternatives.items()}
    # 12 x 20 more, and 4 x 20 less than the baseline's 3,115.1.
    assert {kind: round(end, 1) for kind, end in ends.items()} == {
        Departure.AMOUNT: 3355.1,
        Departure.START: 3035.1,
    }
    left = {kind: way.years[0].left / BN for kind, way in compared.alternatives.items()}
    # 870 - 12 x (40 + 20), and 870 - 8 x 20 - 12 x 20.
    assert left == {Departure.AMOUNT: 150, Departure.START: 470}


@pytest.mark.parametrize("day", ["2021-08-02", "2025-10-31", "2025-12-01"])
def test_nothing_is_compared_before_the_date_of_the_scenarios(
    dataset: Callable[[str], Dataset], day: str
) -> None:
    assert compare(dataset(day), SHIPPED) is None


def test_nothing_is_told_after_the_horizon() -> None:
    assert SHIPPED.scenarios(date(2026, 12, 31)) is not None
    assert SHIPPED.scenarios(date(2027, 1, 1)) is None


def test_each_scenario_is_a_reference() -> None:
    found = SHIPPED.references()["desk-delayed-2026"]
    assert dict(found.name) == {
        "en": "own calculation", "ja": "本誌試算", "zh-Hans": "本刊测算", "zh-Hant": "本刊估算",
    }  # fmt: skip


def test_the_engine_needs_no_data() -> None:
    assert not hasattr(scenarios, "pd")
