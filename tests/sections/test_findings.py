"""Findings on other days: each regime of the history is told as what it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import reduce
from typing import Any

import pytest

from reportgen.analysis.policy import NextStep, Phase
from reportgen.analysis.reserves import Driver, Frame
from reportgen.sections.funding.facts import Favoured, Pressure, Trend
from reportgen.sections.funding.fair_value import Finding
from reportgen.sections.lead.headline import Headline, Occasion
from reportgen.sections.lead.reverse_repo import OnRrp
from reportgen.sections.srf.facts import Reading, Standing
from reportgen.sections.supply.bridge import Comparison
from reportgen.sections.supply.facts import AgencyTrend

Facts = Callable[[str, str], Any]
HALF_YEAR = Frame.HALF_YEAR


@pytest.mark.parametrize(
    ("day", "headline", "phase", "next_step", "frame"),
    [
        ("2021-08-02", Headline.PURCHASES, Phase.PURCHASES, NextStep.NONE, Frame.HALF_YEAR),
        (
            "2022-03-10",
            Headline.REINVESTING,
            Phase.REINVESTING,
            NextStep.NONE,
            Frame.SINCE_DEBT_LIMIT,
        ),
        # Half a year back is the week before the debt limit was raised, but the frame has passed.
        ("2022-06-16", Headline.STARTING, Phase.RUNOFF_PHASE_IN, NextStep.RAISE_CAPS, HALF_YEAR),
        # Assets beside the portfolio grew by 306bn in the week to 2023-03-15.
        ("2023-03-16", Headline.LENDING, Phase.RUNOFF_FULL, NextStep.NONE, HALF_YEAR),
        # The full pace of September 2022 was news for eight weeks: until 2022-10-27.
        ("2022-10-27", Headline.FULL_CALM, Phase.RUNOFF_FULL, NextStep.NONE, HALF_YEAR),
        ("2022-11-03", Headline.RUNOFF_CALM, Phase.RUNOFF_FULL, NextStep.NONE, HALF_YEAR),
        ("2024-03-07", Headline.RUNOFF_CALM, Phase.RUNOFF_FULL, NextStep.NONE, HALF_YEAR),
        # Reserves fell by 198bn in the week to 2024-04-24; no quarter-end near.
        ("2024-04-25", Headline.RESERVES_FELL, Phase.RUNOFF_FULL, NextStep.NONE, HALF_YEAR),
        # By 118bn in that to 2024-07-03, which holds June 30.
        ("2024-07-05", Headline.SLOWED_CALM, Phase.RUNOFF_SLOWED, NextStep.NONE, HALF_YEAR),
        # SOFR of 12-31 at 4.49, IORB at 4.40, on average 2bp below in twenty days.
        ("2025-01-02", Headline.RATES_UP, Phase.RUNOFF_SLOWED, NextStep.NONE, HALF_YEAR),
        # TGA of 311bn six days after the debt limit was raised.
        ("2025-07-10", Headline.DEBT_LIMIT_REFILL, Phase.RUNOFF_SLOWED, NextStep.NONE, HALF_YEAR),
        # The facility lent 24.4bn, more than on any day but 2025-10-31.
        (
            "2025-11-28",
            Headline.ENDING_SRF_BUSY,
            Phase.RUNOFF_SLOWED,
            NextStep.END_RUNOFF,
            Frame.SINCE_DEBT_LIMIT,
        ),
        # TGA of 77.5bn five days after the debt limit was suspended.
        (
            "2023-06-08",
            Headline.DEBT_LIMIT_REFILL,
            Phase.RUNOFF_FULL,
            NextStep.NONE,
            Frame.HALF_YEAR,
        ),
        # 2.6bn at the quarter-end.
        (
            "2024-10-01",
            Headline.RUNOFF_SRF_USED,
            Phase.RUNOFF_SLOWED,
            NextStep.NONE,
            Frame.HALF_YEAR,
        ),
        (
            "2025-10-31",
            Headline.ENDING_SRF_RECORD,
            Phase.RUNOFF_SLOWED,
            NextStep.END_RUNOFF,
            Frame.SINCE_DEBT_LIMIT,
        ),
        (
            "2025-12-03",
            Headline.ENDED_SRF_BUSY,
            Phase.ENDED,
            NextStep.NONE,
            Frame.SINCE_DEBT_LIMIT,
        ),
        (
            "2025-12-04",
            Headline.ENDED_SRF_BUSY,
            Phase.ENDED,
            NextStep.NONE,
            Frame.SINCE_DEBT_LIMIT,
        ),
    ],
)
def test_headline_and_phase(
    facts: Facts, day: str, headline: Headline, phase: Phase, next_step: NextStep, frame: Frame
) -> None:
    lead, qt = facts("lead", day), facts("qt", day)
    assert (lead.headline, lead.frame) == (headline, frame)
    assert (qt.phase, qt.next_step) == (phase, next_step)


@pytest.mark.parametrize(
    ("day", "fell", "driver", "on_rrp", "refill"),
    [
        # ON RRP in billions: 921.3, 1,568.7, 2,141.8, 375.2, 183.3, 51.8, 2.2; on 2025-10-31 the
        # ten operations were 2.4 to 19.5 but for that day's.
        ("2021-08-02", False, Driver.TGA, OnRrp.AMPLE, False),
        ("2022-03-10", True, Driver.TGA, OnRrp.AMPLE, False),
        ("2023-06-08", False, Driver.TGA, OnRrp.AMPLE, True),
        ("2024-10-01", True, Driver.ASSETS, OnRrp.LOW, False),
        ("2025-07-10", False, Driver.TGA, OnRrp.LOW, True),
        ("2025-10-31", True, Driver.TGA, OnRrp.DRAINED, False),
        ("2025-12-04", True, Driver.TGA, OnRrp.DRAINED, False),
    ],
)
def test_reserves(
    facts: Facts, day: str, fell: bool, driver: Driver, on_rrp: OnRrp, refill: bool
) -> None:
    lead = facts("lead", day)
    assert (lead.reserves_fell, lead.main_driver) == (fell, driver)
    assert (lead.reverse_repo.state, lead.refill) == (on_rrp, refill)


def test_a_month_end_at_reverse_repo_is_told_as_a_peak(facts: Facts) -> None:
    found = facts("lead", "2025-10-31").reverse_repo
    # 5.931, 4.699, 4.005, 6.941, 2.435, 10.642, 14.096, 19.504, 19.166 and 51.802: the middle lies
    # between 6.941 and 10.642.
    assert found.month_end_peak
    assert (found.level.displayed, found.usual.value) == (51_800_000_000, 8_791_500_000)
    # 7.561 at the end of November is no peak worth the word.
    assert not facts("lead", "2025-11-28").reverse_repo.month_end_peak


@pytest.mark.parametrize(
    ("day", "since"),
    [("2021-09-09", "2021-08-01"), ("2023-03-16", "2023-01-19"), ("2025-07-10", None)],
)
def test_the_debt_limit_is_told_while_it_holds(facts: Facts, day: str, since: str | None) -> None:
    found = facts("lead", day).debt_limit_since
    assert (found.isoformat() if found else None) == since


def test_lending_of_march_2023(facts: Facts) -> None:
    # Total assets 8,342,283 to 8,639,300 million; the rest is what the portfolio lost.
    found = facts("lead", "2023-03-16").lending
    assert found.assets.value == 297_017_000_000
    assert found.other.displayed == 306_000_000_000
    assert facts("lead", "2023-03-09").lending is None
    assert facts("lead", "2023-03-23").lending.other.displayed == 99_000_000_000
    assert facts("lead", "2023-03-30").lending is None


def test_what_grew_beside_the_portfolio_in_runoff_is_told_as_such(facts: Facts) -> None:
    # The portfolio fell by 554bn, total assets by 276bn.
    assert facts("lead", "2023-03-16").other_assets_grew
    assert not facts("lead", "2024-03-07").other_assets_grew  # 1,466 and 1,376
    assert not facts("lead", "2021-09-09").other_assets_grew


def test_where_week_averages_trail_the_parts_do_not_sum_without_the_rest(facts: Facts) -> None:
    lead = facts("lead", "2023-03-16")
    # +340 from the TGA, -193 of assets, +170 from ON RRP: all but -274 of nearly nothing.
    assert (lead.other_is_large, lead.other_took, lead.reserves_moved) == (True, True, False)
    assert lead.account.other.displayed == -274_000_000_000
    assert not facts("lead", "2025-12-02").other_is_large


@pytest.mark.parametrize(
    ("day", "moved"),
    [
        ("2025-01-02", False),  # 744 to 722 billion
        ("2024-10-01", False),  # 772 to 779
        ("2025-07-10", True),  # 621 to 311
    ],
)
def test_the_treasury_account_is_rebuilt_or_run_down_from_a_hundred_billion_on(
    facts: Facts, day: str, moved: bool
) -> None:
    assert facts("lead", day).tga_material is moved


def test_the_year_end_is_named_where_it_moves_the_figures(facts: Facts) -> None:
    lead = facts("lead", "2025-01-02")
    assert (lead.end_occasion, lead.rates_occasion) == (Occasion.YEAR_END, Occasion.YEAR_END)
    # 473.460 on 2024-12-31; on New Year's Day there is no operation.
    assert lead.reverse_repo.end.as_of == date(2024, 12, 31)
    assert lead.reverse_repo.end.displayed == 473_000_000_000
    assert facts("lead", "2025-01-09").end_occasion is Occasion.NONE
    assert facts("lead", "2025-10-02").end_occasion is Occasion.QUARTER_END
    # SOFR 4.49, the facility lends at 4.50.
    assert lead.sofr_near_srf_rate
    assert not facts("lead", "2025-07-10").sofr_near_srf_rate  # 4.32 and 4.50


@pytest.mark.parametrize(
    ("day", "effective", "step", "raised"),
    [
        ("2022-06-16", "2022-06-16", 75, True),
        ("2025-10-31", "2025-10-30", 25, False),
        ("2025-10-29", "2025-10-30", 25, False),  # decided that day, in effect from the next
    ],
)
def test_a_change_of_the_range_leads_in_the_week_it_is_made(
    facts: Facts, day: str, effective: str, step: int, raised: bool
) -> None:
    for move in (facts("lead", day).rate_move, facts("changes", day).turned.rate_move):
        assert move.effective.isoformat() == effective
        assert (move.size.displayed, move.raised) == (step, raised)
    assert facts("lead", "2025-10-31").rate_move.iorb.displayed == Decimal("3.90")


def test_a_week_later_the_change_of_the_range_is_no_news(facts: Facts) -> None:
    assert facts("lead", "2025-11-07").rate_move is None


def test_the_last_days_of_runoff(facts: Facts) -> None:
    assert facts("lead", "2025-11-28").last_days
    assert not facts("lead", "2025-11-20").last_days
    assert not facts("lead", "2025-12-02").last_days


@pytest.mark.parametrize(
    ("day", "standing", "reading"),
    [
        ("2022-03-10", Standing.IDLE, Reading.IDLE),
        ("2023-06-08", Standing.IDLE, Reading.IDLE),
        # 2.6bn is the largest day so far, and still no record worth the word.
        ("2024-10-01", Standing.SMALL, Reading.CALENDAR),
        ("2025-06-30", Standing.RECORD, Reading.CALENDAR),
        ("2025-10-31", Standing.RECORD, Reading.BEYOND_CALENDAR),
        ("2025-11-03", Standing.RECORD, Reading.BEYOND_CALENDAR),
        ("2025-11-28", Standing.HIGH, Reading.BEYOND_CALENDAR),
        # 5.573bn: eleven days had more.
        ("2025-11-19", Standing.MODERATE, Reading.BEYOND_CALENDAR),
        ("2025-12-03", Standing.HIGH, Reading.BEYOND_CALENDAR),
    ],
)
def test_use_of_the_facility(facts: Facts, day: str, standing: Standing, reading: Reading) -> None:
    srf = facts("srf", day)
    assert (srf.standing, srf.reading) == (standing, reading)


def test_on_the_third_of_december_the_facility_is_idle_again(facts: Facts) -> None:
    srf = facts("srf", "2025-12-03")
    assert srf.latest_is_idle
    assert srf.latest.displayed == 1_000_000
    assert (srf.told_day, srf.told.displayed) == (date(2025, 12, 1), 26 * 10**9)
    # Ten used days from 11-04 on: 11-03 has left the window.
    assert (srf.used_days.value, srf.window_start) == (10, date(2025, 11, 4))
    # SOFR of 12-02 was 4.01, one basis point above the rate of the facility.
    assert (srf.sofr.displayed, srf.sofr_gap.displayed) == (Decimal("4.01"), 1)
    assert srf.sofr_above_rate
    assert not srf.tgcr_above_rate


@pytest.mark.parametrize(
    ("day", "pressure", "trend", "favoured"),
    [
        # Means over twenty and sixty days, and days above IORB of sixty:
        ("2022-03-10", Pressure.CALM, Trend.STEADY, Favoured.FRICTION),  # -10.1, -10.1, none
        ("2023-06-08", Pressure.CALM, Trend.STEADY, Favoured.FRICTION),  # -9.3, -9.1, none
        ("2024-10-01", Pressure.CALM, Trend.STEADY, Favoured.FRICTION),  # -5.5, -6.0, one
        # 6.3, 0.8, 24: not on most days, but the facility is used on ordinary ones.
        ("2025-10-31", Pressure.STRAINED, Trend.RISING, Favoured.OPEN),
        ("2025-12-03", Pressure.STRAINED, Trend.RISING, Favoured.STRUCTURAL),  # 8.7, 5.8, 44
        ("2025-12-04", Pressure.STRAINED, Trend.STEADY, Favoured.STRUCTURAL),  # 7.8, 5.9, 44
    ],
)
def test_funding_pressure(
    facts: Facts, day: str, pressure: Pressure, trend: Trend, favoured: Favoured
) -> None:
    funding = facts("funding", day)
    assert (funding.pressure, funding.trend, funding.favoured) == (pressure, trend, favoured)


@pytest.mark.parametrize(
    ("day", "finding"),
    [
        ("2022-03-10", Finding.NO_ESTIMATE),  # 153 days
        ("2022-09-15", Finding.FAIR),  # SOFR between -1 and 2
        ("2023-06-08", Finding.FAIR),
        ("2025-01-02", Finding.ONLY_TGCR),  # SOFR from 0 on, TGCR between 1 and 5
        ("2025-06-05", Finding.BELOW),  # SOFR between -6 and -1, TGCR between -5 and -1
        ("2025-09-30", Finding.ABOVE),
        ("2025-12-02", Finding.ABOVE),
        ("2025-12-04", Finding.FAIR),  # SOFR between 0 and 8, once November 3 is out of the window
    ],
)
def test_against_fair_value(facts: Facts, day: str, finding: Finding) -> None:
    funding = facts("funding", day)
    assert funding.against_fair_value is finding
    assert (funding.fair_value is None) == (finding is Finding.NO_ESTIMATE)


def test_a_gap_that_another_form_takes_out_of_its_band_hangs_on_the_form(facts: Facts) -> None:
    assert facts("funding", "2025-12-02").fair_value.hangs_on_form  # 1 to 12 against 2 to 9
    assert not facts("funding", "2025-09-30").fair_value.hangs_on_form  # 4 to 6 against 2 to 8


def test_two_rates_on_two_sides_of_iorb(facts: Facts) -> None:
    # 2024-09-30: SOFR 4.96, TGCR 4.88, IORB 4.90.
    funding = facts("funding", "2024-10-01")
    assert (funding.sofr_spread.displayed, funding.tgcr_spread.displayed) == (6, -2)
    assert funding.sofr_above_iorb
    assert not funding.tgcr_above_iorb
    assert not funding.same_side
    # 2025-12-03: SOFR 3.95, TGCR 3.90, IORB 3.90.
    funding = facts("funding", "2025-12-04")
    assert (funding.sofr_spread.displayed, funding.tgcr_spread.displayed) == (5, 0)
    assert funding.tgcr_at_iorb
    assert not funding.same_side


@pytest.mark.parametrize(
    ("day", "growing", "agency"),
    [
        ("2021-08-02", False, AgencyTrend.GROWING),  # bills 4,275 of 4,964 at the end of 2020
        ("2022-03-10", True, AgencyTrend.GROWING),
        ("2023-06-08", True, AgencyTrend.SHRINKING),
        ("2025-12-04", True, AgencyTrend.SHRINKING),
        # Over the year agency holdings had still grown; over 26 and 13 weeks they shrank.
        ("2022-11-10", False, AgencyTrend.SHRINKING),
    ],
)
def test_supply(facts: Facts, day: str, growing: bool, agency: AgencyTrend) -> None:
    supply = facts("supply", day)
    assert (supply.growing, supply.agency_trend) == (growing, agency)
    assert supply.agency_pace_low.value <= supply.agency_pace_high.value
    assert (supply.agency_years is not None) == (agency is AgencyTrend.SHRINKING)


def test_with_november_the_view_is_clearly_less_than_the_year_so_far(facts: Facts) -> None:
    bridge = facts("supply", "2025-12-04").bridge
    # 390 against 536 in eleven months; the day before, 406 in ten.
    assert bridge.comparison is Comparison.CLEARLY_LESS
    assert facts("supply", "2025-12-03").bridge.comparison is Comparison.HARDLY_LESS
    assert facts("supply", "2025-12-04").growth_size.displayed == 536 * 10**9
    assert bridge.least_since == date(2022, 12, 31)


@pytest.mark.parametrize("day", ["2021-08-02", "2022-03-10", "2025-10-31", "2025-12-01"])
def test_before_its_day_no_view_of_december_2_is_told(facts: Facts, day: str) -> None:
    for figure in (
        "qt.reserves_view", "qt.purchases_view", "qt.mbs_view", "qt.reserves_goal_view",
        "supply.bridge", "supply.collateral_view", "funding.fair_value_view",
        "funding.structural_view", "funding.friction_view", "funding.forwards_view",
        "tools.anchor_view", "tools.iorb_view", "tools.srf_view", "tools.april_view",
    ):  # fmt: skip
        section, *path = figure.split(".")
        assert reduce(getattr, path, facts(section, day)) is None, figure


def test_the_week_of_december_3_enters_on_the_fourth(facts: Facts) -> None:
    # 6,535,781 million on 2025-12-03; 8,915,050 - 6,535,781 = 2,379,269.
    qt = facts("qt", "2025-12-04")
    assert qt.assets.value == 6_535_781 * 10**6
    assert qt.assets_fall.displayed == 2_380_000_000_000
    assert facts("qt", "2025-12-03").assets.value == 6_552_419 * 10**6
    # Reserves 2,858,284 million.
    assert facts("lead", "2025-12-04").reserves_end.displayed == 2_860_000_000_000


@pytest.mark.parametrize(
    ("day", "rates", "higher"),
    [
        # Decided that day, in effect from the next: range and IORB.
        ("2025-10-29", ("4.00", "3.75", "3.90"), False),
        ("2025-09-17", ("4.25", "4.00", "4.15"), False),
        ("2022-06-15", ("1.75", "1.50", "1.65"), True),
    ],
)
def test_a_rate_change_on_the_day_it_is_announced(
    facts: Facts, day: str, rates: tuple[str, str, str], higher: bool
) -> None:
    change = facts("tools", day).rate_change
    assert change.effective == date.fromisoformat(day) + timedelta(days=1)
    shown = (change.upper.displayed, change.lower.displayed, change.iorb.displayed)
    assert shown == tuple(Decimal(rate) for rate in rates)
    assert change.higher is higher


@pytest.mark.parametrize("day", ["2025-10-28", "2025-10-30", "2024-11-06"])
def test_on_any_other_day_no_rate_change_is_ahead(facts: Facts, day: str) -> None:
    assert facts("tools", day).rate_change is None


@pytest.mark.parametrize(
    ("day", "room", "at_bottom"),
    [
        # EFFR of the day before, to the top of the range, and ON RRP over its bottom:
        ("2021-08-02", True, False),  # 0.07 to 0.25; 0.05 over 0.00
        ("2024-10-01", True, False),  # 4.83 to 5.00; 4.80 over 4.75
        ("2025-10-31", True, True),  # 3.87 to 4.00; 3.75 at 3.75
    ],
)
def test_room_below_the_top_of_the_range(
    facts: Facts, day: str, room: bool, at_bottom: bool
) -> None:
    tools = facts("tools", day)
    assert (tools.effr_has_room, tools.on_rrp_at_bottom) == (room, at_bottom)


def test_effr_stands_in_the_corridor_of_its_own_day(facts: Facts) -> None:
    # Known on 2022-06-16 is EFFR of the 15th, 0.83, when the range was 0.75 to 1.00 and IORB 0.90.
    tools = facts("tools", "2022-06-16")
    assert tools.range_moved
    bounds = (tools.effr_lower, tools.effr_upper, tools.effr_iorb)
    assert [str(rate.displayed) for rate in bounds] == ["0.75", "1.00", "0.90"]
    assert (int(tools.effr_to_upper.displayed), int(tools.effr_to_iorb.displayed)) == (17, 7)
    assert not facts("tools", "2022-06-15").range_moved


@pytest.mark.parametrize(
    ("day", "closer"),
    [
        # 4.40 - 4.33 on 2025-09-03, 3.90 - 3.89 sixty days later, on 2025-12-01.
        ("2025-12-02", True),
        ("2025-07-10", False),  # 4.40 - 4.33 at both ends
        ("2021-08-05", False),  # sixty days back there was no IORB
    ],
)
def test_effr_nears_the_rate_on_reserves(facts: Facts, day: str, closer: bool) -> None:
    assert facts("tools", day).effr_closer is closer


@pytest.mark.parametrize(
    ("day", "below_range", "below_on_rrp"),
    [
        ("2022-06-16", True, True),  # SOFR 0.70; range from 0.75, ON RRP 0.80
        ("2023-03-16", False, False),  # 4.58; from 4.50, 4.55
        ("2025-12-02", False, False),
    ],
)
def test_sofr_below_the_floor(
    facts: Facts, day: str, below_range: bool, below_on_rrp: bool
) -> None:
    funding = facts("funding", day)
    assert (funding.sofr_below_lower, funding.sofr_below_on_rrp) == (below_range, below_on_rrp)


def test_the_portfolio_of_the_days_after_runoff_is_older_than_its_end(facts: Facts) -> None:
    # On 2025-12-02 the last H.4.1 week is 11-26, on 12-04 it is 12-03; runoff ended on 12-01.
    assert facts("qt", "2025-12-02").soma_before_stop
    assert not facts("qt", "2025-12-04").soma_before_stop


@pytest.mark.parametrize(
    ("day", "amounts"),
    [
        ("2025-10-31", [(2025, 590)]),  # of July, for the quarter that runs
        ("2025-11-03", [(2025, 569), (2026, 578)]),
        ("2023-06-08", []),
    ],
)
def test_borrowing_estimates_of_the_newest_announcement(
    facts: Facts, day: str, amounts: list[tuple[int, int]]
) -> None:
    told = facts("supply", day).borrowing
    assert [(view.horizon.year, int(view.figure.value) // 10**9) for view in told] == amounts


@pytest.mark.parametrize(
    ("day", "sharply"),
    [
        # In billions: -473, -327, -292 and +151.
        ("2025-12-02", True),
        ("2024-10-01", True),
        ("2022-03-10", True),
        ("2023-06-08", False),
    ],
)
def test_a_fall_of_reserves_is_sharp_from_a_hundred_billion_on(
    facts: Facts, day: str, sharply: bool
) -> None:
    assert facts("lead", day).reserves_fell_sharply is sharply


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        ("2023-06-08", False),  # never used but for test bids
        ("2024-10-01", True),
        ("2025-09-11", True),  # 2025-06-30 lies within the year
        ("2021-08-02", False),
    ],
)
def test_the_chart_of_the_facility_needs_a_day_of_real_use_within_a_year(
    facts: Facts, chart: Callable[[str, str], Any], day: str, shown: bool
) -> None:
    assert facts("srf", day).chart_worth is shown
    assert (chart("srf_daily", day) is not None) is shown


def test_the_view_of_the_slowest_growth_since_2022_agrees_with_the_past(facts: Facts) -> None:
    # No complete year since 2022 grew by less than 390: 2,047 in 2023, 538 in 2024.
    assert facts("supply", "2025-12-02").bridge.past_agrees
