"""What the brief of 2 December 2025 must be able to say: every figure, and what it rests on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import reduce
from typing import Any

import pytest

from reportgen.analysis.calendar import DayKind
from reportgen.analysis.policy import NextStep, Phase
from reportgen.analysis.reserves import Driver, Frame
from reportgen.model import Brief
from reportgen.sections.funding.facts import Favoured, Pressure, Trend
from reportgen.sections.funding.fair_value import Finding
from reportgen.sections.lead.headline import Headline
from reportgen.sections.lead.reverse_repo import OnRrp
from reportgen.sections.srf.facts import Reading, Standing
from reportgen.sections.supply.bridge import Comparison
from reportgen.sections.supply.facts import AgencyTrend

Facts = Callable[[str, str], Any]

DAY = "2025-12-02"
WEEK = "2025-11-26"


@pytest.mark.parametrize(
    ("figure", "shown", "as_of"),
    [
        # Reserves, in millions: 3,369,328 to 2,896,586, down 472,742.
        ("lead.reserves_start", "3.37E12", "2025-06-25"),
        ("lead.reserves_end", "2.90E12", WEEK),
        ("lead.reserves_change", "473E9", WEEK),
        ("lead.account.change", "-473E9", WEEK),
        # 6,552,419 - 6,662,200; 334,579 - 899,678; 210,879 - 2,217; 2,393,922 - 2,422,734;
        # what remains of -472,742 is 22,288.
        ("lead.account.assets", "-110E9", WEEK),
        ("lead.account.tga", "-565E9", WEEK),
        ("lead.account.on_rrp", "209E9", WEEK),
        ("lead.account.currency", "-29E9", WEEK),
        ("lead.account.other", "22E9", WEEK),
        ("lead.tga_start", "335E9", "2025-06-25"),
        ("lead.tga_end", "900E9", WEEK),
        ("lead.tga_daily", "948E9", "2025-12-01"),
        ("lead.reverse_repo.level", "5.6E9", DAY),
        # 2022-06-01 to 2025-12-01 are 1,279 days.
        ("qt.runoff_years", "3.5", "2025-12-01"),
        # 8,915,050 - 6,552,419 = 2,362,631; 8,965,487 - 6,552,419 = 2,413,068 million.
        ("qt.assets", "6.55E12", WEEK),
        ("qt.assets_at_start", "8.92E12", "2022-06-01"),
        ("qt.assets_fall", "2.36E12", WEEK),
        ("qt.assets_peak", "8.97E12", "2022-04-13"),
        ("qt.assets_fall_from_peak", "2.41E12", WEEK),
        # 6,552,419 / 4,158,637 = 1.5756.
        ("qt.assets_before_pandemic", "4.16E12", "2020-02-26"),
        ("qt.assets_growth", "1.6", WEEK),
        # SOMA in billions: 8,392.162 - 6,133.945 = 2,258.218, of which Treasuries
        # 5,682.369 - 4,077.932 = 1,604.437 and agency 2,709.793 - 2,056.012 = 653.781.
        ("qt.soma", "6.13E12", WEEK),
        ("qt.soma_treasuries", "4.08E12", WEEK),
        ("qt.soma_agency", "2.06E12", WEEK),
        ("qt.soma_fall", "2.26E12", WEEK),
        ("qt.treasuries_fall", "1.60E12", WEEK),
        ("qt.agency_fall", "0.65E12", WEEK),
        # Over 13 weeks: agency 2,105.193 - 2,056.012 = 49.181, Treasuries
        # 4,091.502 - 4,077.932 = 13.570; a month is 4.348 weeks.
        ("qt.agency_pace", "16E9", WEEK),
        ("qt.treasuries_pace", "4.5E9", WEEK),
        ("qt.agency_pace_low", "16E9", WEEK),
        ("qt.agency_pace_high", "17E9", WEEK),
        ("qt.reserves", "2.90E12", WEEK),
        ("qt.current.total", "0", "2025-12-01"),
        ("qt.reserves_view.figure", "2900E9", DAY),
        ("qt.purchases_view.figure", "20E9", DAY),
        ("qt.mbs_view.figure", "20E9", DAY),
        ("qt.reserves_goal_view.figure", "3000E9", DAY),
        # 2,896.586 + 49.678 of the TGA - 71.1 of currency + 12 x 20 = 3,115.1; 12 x 20 more, 4 x 20
        # less. Bills 195.493 + 13 x 20 of principal + 12 x 20; SOMA 6,133.9 + 12 x 20.
        ("qt.path.baseline.reserves", "3.12E12", WEEK),
        ("qt.path.amount.reserves", "3.36E12", WEEK),
        ("qt.path.start.reserves", "3.04E12", WEEK),
        ("qt.path.amount.purchases", "40E9", DAY),
        ("qt.path.tga", "850E9", DAY),
        ("qt.path.currency", "65E9", DAY),
        ("qt.path.bills_start", "195E9", WEEK),
        ("qt.path.bills", "695E9", WEEK),
        ("qt.path.baseline.soma", "6.37E12", WEEK),
        # 6,133.9 + 12 x 40, and 6,133.9 + 8 x 20.
        ("qt.path.amount.soma", "6.61E12", WEEK),
        ("qt.path.start.soma", "6.29E12", WEEK),
        ("srf.told", "26.00E9", "2025-12-01"),
        ("srf.latest", "10.26E9", DAY),  # 10.257
        ("srf.rank", "2", "2025-12-01"),
        ("srf.record", "50.35E9", "2025-10-31"),
        ("srf.since", "53.35E9", "2020-06-15"),
        ("srf.used_days", "11", DAY),
        ("srf.used_days_beyond", "5", DAY),
        ("srf.used_days_near", "6", DAY),
        ("srf.window_days", "20", DAY),
        ("srf.last_used", "10.26E9", DAY),
        ("srf.rate", "4.00", "2025-12-01"),
        ("srf.sofr", "4.12", "2025-12-01"),
        ("srf.sofr_gap", "12", "2025-12-01"),
        ("srf.tgcr", "4.07", "2025-12-01"),
        # 10-31, 11-03, 11-25, 11-26, 11-28 and 12-01 above 4.00.
        ("srf.days_sofr_above", "6", "2025-12-01"),
        ("srf.limit", "500E9", "2025-06-26"),
        ("srf.share_of_limit", "5", "2025-12-01"),  # 26 / 500 = 5.2%
        # Bills in billions: 6,593.194 less 195.493 in SOMA.
        ("supply.bills", "6.59E12", "2025-10-31"),
        ("supply.free_float", "6.40E12", "2025-10-31"),
        ("supply.fed_bills", "195E9", "2025-10-29"),
        ("supply.this_year.net_issuance", "406E9", "2025-10-31"),
        ("supply.this_year.free_growth", "406E9", "2025-10-31"),
        ("supply.agency", "2.06E12", WEEK),
        ("supply.agency_pace_low", "16E9", WEEK),
        ("supply.agency_pace_high", "17E9", WEEK),
        ("supply.agency_years", "10.4", WEEK),  # 2,056.0 / 16.45 / 12 = 10.4
        ("supply.bridge.issuance.figure", "870E9", DAY),
        ("supply.bridge.purchases.figure", "480E9", DAY),
        ("supply.bridge.left.figure", "390E9", DAY),
        # 12 x (20 + 16.45) = 437.4, and 870 - 437.4 = 432.6.
        ("supply.bridge.purchases_at_pace", "437E9", WEEK),
        ("supply.bridge.left_at_pace", "433E9", WEEK),
        # 870 - 12 x (20 + 20); 870 - 12 x (40 + 20); 870 - 8 x 20 - 12 x 20.
        ("supply.scenario.baseline.issuance", "870E9", DAY),
        ("supply.scenario.baseline.purchases", "480E9", DAY),
        ("supply.scenario.baseline.left", "390E9", DAY),
        ("supply.scenario.amount.left", "150E9", DAY),
        ("supply.scenario.start.left", "470E9", DAY),
        # 390 - 150 and 470 - 390.
        ("supply.scenario.amount_moves", "240E9", DAY),
        ("supply.scenario.start_moves", "80E9", DAY),
        # 12 x 20 + 193 and + 195; 870 less these; 433 less 390, and 437 less 390.
        ("supply.scenario.seasonal.low", "193E9", WEEK),
        ("supply.scenario.seasonal.high", "195E9", WEEK),
        ("supply.scenario.seasonal.purchases_low", "433E9", WEEK),
        ("supply.scenario.seasonal.purchases_high", "435E9", WEEK),
        ("supply.scenario.seasonal.left_low", "435E9", WEEK),
        ("supply.scenario.seasonal.left_high", "437E9", WEEK),
        ("supply.scenario.seasonal.assumed", "240E9", DAY),
        ("supply.bridge.principal_pace", "16.4E9", WEEK),
        ("supply.bridge.more_low", "43E9", WEEK),
        ("supply.bridge.more_high", "47E9", WEEK),
        ("funding.sofr", "4.12", "2025-12-01"),
        ("funding.tgcr", "4.07", "2025-12-01"),
        ("funding.effr", "3.89", "2025-12-01"),
        ("funding.iorb", "3.90", "2025-12-01"),
        ("funding.upper", "4.00", "2025-12-01"),
        ("funding.lower", "3.75", "2025-12-01"),
        ("funding.sofr_spread", "22", "2025-12-01"),
        ("funding.tgcr_spread", "17", "2025-12-01"),
        ("funding.effr_spread", "-1", "2025-12-01"),
        ("funding.mean_spread", "10", "2025-12-01"),  # 194 / 20 = 9.7
        ("funding.long_mean_spread", "6", "2025-12-01"),  # 340 / 60 = 5.67
        ("funding.days_above_iorb", "44", "2025-12-01"),
        ("funding.days_above_upper", "13", "2025-12-01"),
        ("funding.window_days", "60", "2025-12-01"),
        ("funding.fair_value_view.figure", "6", DAY),
        # Computed a second way in tests/analysis/test_fair_value.py; 5.5 within 3.8 either way.
        ("funding.fair_value.sofr.gap", "6", "2025-12-01"),
        ("funding.fair_value.sofr.low", "2", "2025-12-01"),
        ("funding.fair_value.sofr.high", "9", "2025-12-01"),
        ("funding.fair_value.sofr.gap_apart", "8", "2025-12-01"),
        ("funding.fair_value.sofr.least", "1", "2025-12-01"),  # cubic
        ("funding.fair_value.sofr.most", "12", "2025-12-01"),  # linear
        ("funding.fair_value.sofr.explained", "58", "2025-12-01"),
        ("funding.fair_value.sofr.days", "1081", "2025-12-01"),
        ("funding.fair_value.tgcr.gap", "6", "2025-12-01"),
        ("funding.fair_value.tgcr.gap_apart", "9", "2025-12-01"),
        ("tools.effr", "3.89", "2025-12-01"),
        ("tools.effr_iorb", "3.90", "2025-12-01"),
        ("tools.effr_upper", "4.00", "2025-12-01"),
        ("tools.lower", "3.75", DAY),
        ("tools.srf_rate", "4.00", DAY),
        ("tools.on_rrp_rate", "3.75", DAY),
        ("tools.effr_to_upper", "11", "2025-12-01"),
        ("tools.effr_to_iorb", "1", "2025-12-01"),
        ("tools.sofr_spread", "22", "2025-12-01"),
        ("tools.tgcr_spread", "17", "2025-12-01"),
    ],
)
def test_a_figure_its_precision_and_its_date(
    facts: Facts, figure: str, shown: str, as_of: str
) -> None:
    section, *path = figure.split(".")
    found = reduce(getattr, path, facts(section, DAY))
    assert found.displayed == Decimal(shown)
    assert found.as_of == date.fromisoformat(as_of)


def test_lead(facts: Facts) -> None:
    lead = facts("lead", DAY)
    assert lead.headline is Headline.ENDED_SRF_BUSY
    assert (lead.frame, lead.debt_limit_day) == (Frame.SINCE_DEBT_LIMIT, date(2025, 7, 4))
    assert (lead.main_driver, lead.reverse_repo.state) == (Driver.TGA, OnRrp.DRAINED)
    assert lead.reserves_fell
    assert lead.reserves_moved
    assert lead.tga_rose
    assert lead.reverse_repo.fell
    assert lead.assets_fell
    assert lead.tga_material
    assert lead.assets_material
    assert not lead.refill
    assert lead.debt_limit_since is None


def test_qt(facts: Facts) -> None:
    qt = facts("qt", DAY)
    assert (qt.phase, qt.next_step, qt.upcoming) == (Phase.ENDED, NextStep.NONE, None)
    assert (qt.runoff_started, qt.runoff_ended) == (date(2022, 6, 1), date(2025, 12, 1))
    assert qt.current.announced == date(2025, 10, 29)
    assert qt.assets_below_peak
    assert not qt.agency_grows
    assert dict(qt.reserves_view.who)["zh-Hans"] == "高盛利率策略师William Marshall"
    assert qt.purchases_view.starts == date(2026, 1, 1)
    # Month-ends above 3,000: 3,013 (April: 2,998), 3,009 and 3,006.
    assert qt.path.baseline.passes == date(2026, 5, 31)
    assert qt.path.amount.passes == date(2026, 2, 28)
    assert qt.path.start.passes == date(2026, 10, 31)
    assert qt.purchases is None
    # Four months later, five months longer.
    assert qt.path.waiting_costs_more


def test_the_path_by_month(facts: Facts) -> None:
    months = {month.end.isoformat(): month for month in facts("qt", DAY).path.baseline.months}
    assert len(months) == 14
    june = months["2026-06-30"]
    # Bills 195.493 + 7 x 20 + 6 x 20; agency 2,056.012 - 7 x 20; of 870 / 12 the Fed takes 40.
    shown = {
        name: int(getattr(june, name).displayed) // 10**9
        for name in ("reserves", "bills", "coupons", "agency", "left")
    }
    assert shown == {"reserves": 3028, "bills": 455, "coupons": 3882, "agency": 1916, "left": 32}
    assert june.reserves.id == "qt.path.baseline.2026-06.reserves"
    assert months["2025-12-31"].left is None


def test_srf(facts: Facts) -> None:
    srf = facts("srf", DAY)
    assert (srf.standing, srf.reading) == (Standing.HIGH, Reading.BEYOND_CALENDAR)
    assert (srf.told_day, srf.latest_day) == (date(2025, 12, 1), date(2025, 12, 2))
    assert srf.told_kinds == (DayKind.COUPON_SETTLEMENT,)
    assert srf.first_day_after_month_end
    assert srf.latest_differs
    assert not srf.latest_is_idle
    assert srf.only_record_larger
    assert not srf.is_largest
    assert (srf.record_day, srf.since_day) == (date(2025, 10, 31), date(2020, 6, 15))
    assert srf.window_start == date(2025, 11, 3)
    assert srf.sofr_above_rate
    assert srf.tgcr_above_rate
    assert srf.two_operations


def test_supply(facts: Facts) -> None:
    supply = facts("supply", DAY)
    assert supply.growing
    assert supply.agency_trend is AgencyTrend.SHRINKING
    assert supply.into_bills
    shown = {y.year.year: (y.net_issuance.displayed, y.free_growth.displayed) for y in supply.years}
    billions = {year: tuple(int(v) // 10**9 for v in pair) for year, pair in shown.items()}
    assert billions == {
        2020: (2547, 2391),
        2021: (-1194, -1194),
        2022: (-73, -38),
        2023: (1978, 2047),
        2024: (511, 538),
        2025: (406, 406),
    }
    # 390 is less than the 406 of ten months, but hardly; the last year with less was 2022.
    assert supply.bridge.comparison is Comparison.HARDLY_LESS
    assert supply.bridge.slowest_since == supply.bridge.least_since == date(2022, 12, 31)
    assert supply.bridge.year == date(2026, 12, 31)
    # The estimates of 2025-11-03 for the last quarter of 2025 and the first of 2026.
    estimates = [(view.horizon.isoformat(), view.figure.value) for view in supply.borrowing]
    assert estimates == [("2025-12-31", 569 * 10**9), ("2026-03-31", 578 * 10**9)]
    assert supply.collateral_view.id == "skyrm-collateral"
    assert supply.collateral_view.figure is None


def test_funding(facts: Facts) -> None:
    funding = facts("funding", DAY)
    assert funding.pressure is Pressure.STRAINED
    # 9.7 against 5.7 over sixty days.
    assert funding.trend is Trend.RISING
    # Above IORB on 44 of 60 days, and five used days away from the calendar.
    assert funding.favoured is Favoured.STRUCTURAL
    assert funding.against_fair_value is Finding.ABOVE
    assert funding.fair_value.hangs_on_form
    assert funding.view_within_band
    assert funding.sofr_above_iorb
    assert funding.tgcr_above_iorb
    assert funding.same_side
    assert funding.sofr_above_upper
    assert funding.mean_above
    assert funding.structural_view.id == "structural-reading"
    assert dict(funding.friction_view.who)["en"] == "Dallas Fed President Lorie Logan"
    assert funding.forwards_view.horizon == date(2026, 3, 31)


def test_tools(facts: Facts) -> None:
    tools = facts("tools", DAY)
    assert tools.on_rrp_at_bottom
    assert tools.effr_has_room
    assert tools.effr_below_iorb
    assert not tools.effr_at_iorb
    assert tools.spreads_positive
    assert tools.rate_change is None
    assert tools.meeting.last_day == date(2025, 12, 10)
    assert tools.next_april_tax_date == date(2026, 4, 15)
    told = (tools.anchor_view, tools.iorb_view, tools.srf_view, tools.april_view)
    ids = [view.id for view in told]
    assert ids == ["market-anchor", "iorb-cut", "srf-terms", "april-test"]


@pytest.mark.parametrize(
    ("figure", "series", "formula"),
    [
        (
            "lead.account.on_rrp",
            ("on_rrp_accepted",),
            "-(on_rrp_accepted(2025-11-26) - on_rrp_accepted(2025-06-25))",
        ),
        (
            "qt.assets_fall",
            ("total_assets",),
            "total_assets(2022-06-01) - total_assets(2025-11-26)",
        ),
        (
            "supply.free_float",
            ("bills_outstanding", "soma_bills"),
            "bills_outstanding(2025-10-31) - soma_bills(2025-10-29)",
        ),
        ("funding.sofr_spread", ("sofr", "iorb"), "sofr(2025-12-01) - iorb(2025-12-01)"),
        ("srf.told", ("srf_accepted",), "srf_accepted(2025-12-01)"),
        ("supply.bridge.left.figure", (), "outlook: gs-net-supply-2026"),
        ("supply.scenario.start.purchases", (), "desk-delayed-2026: 8 * 20 + 12 * 20 billion"),
        (
            "qt.path.baseline.reserves",
            ("reserve_balances", "tga_level"),
            "reserve_balances(2025-11-26) + purchases - rise of tga_level - growth of currency, "
            "14 months of gs-baseline-2026",
        ),
        ("qt.current.total", (), "policy: runoff-end-2025-12"),
    ],
)
def test_what_a_figure_rests_on(
    facts: Facts, figure: str, series: tuple[str, ...], formula: str
) -> None:
    section, *path = figure.split(".")
    found = reduce(getattr, path, facts(section, DAY))
    assert (found.series, found.formula) == (series, formula)


def test_the_sections_in_reading_order(brief: Callable[[str], Brief]) -> None:
    ids = [section.id for section in brief(DAY).sections]
    assert ids == ["dashboard", "lead", "changes", "qt", "srf", "supply", "funding", "tools"]
    charts = [spec.id for section in brief(DAY).sections for spec in section.charts]
    assert charts == [
        "reserve_drivers", "liabilities", "balance_sheet", "soma_classes", "reserve_paths",
        "srf_daily", "bill_years", "bill_bridge", "mbs_path", "corridor", "spreads",
        "fair_value",
    ]  # fmt: skip
