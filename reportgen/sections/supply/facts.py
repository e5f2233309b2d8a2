"""Supply: Treasury bills outstanding and left for others, agency MBS on their way to the market."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reportgen.analysis import figures, portfolio
from reportgen.analysis.outlook import ViewKind
from reportgen.analysis.policy import Stance
from reportgen.model import Quantity, Unit, quantity
from reportgen.sections.inputs import Inputs, ToldView, tell, told
from reportgen.sections.qt.facts import pace_figure
from reportgen.sections.supply import auctions, bridge, scenarios
from reportgen.sections.supply.auctions import Auctions
from reportgen.sections.supply.bridge import Bridge
from reportgen.sections.supply.scenarios import Supplied

# It did for some weeks before runoff took hold in the summer of 2022: settled purchases and
# principal then balanced.
LEVEL_USD_A_MONTH = 5 * 10**9
"""Agency holdings count as level when their pace stays below ``LEVEL_USD_A_MONTH`` a month."""


class AgencyTrend(StrEnum):
    """What the Fed's agency holdings do."""

    GROWING = "growing"
    LEVEL = "level"
    SHRINKING = "shrinking"


@dataclass(frozen=True, slots=True)
class YearFigures:
    """A calendar year of bills, or its months to date."""

    year: date
    complete: bool
    net_issuance: Quantity
    free_growth: Quantity


@dataclass(frozen=True, slots=True)
class SupplyFacts:
    """Facts of the section; amounts in US dollars."""

    bills: Quantity
    bills_day: date
    free_float: Quantity
    fed_bills: Quantity
    years: tuple[YearFigures, ...]
    this_year: YearFigures
    growing: bool
    growth_size: Quantity
    agency: Quantity
    agency_trend: AgencyTrend
    agency_pace_low: Quantity
    agency_pace_high: Quantity
    agency_pace_even: bool
    agency_years: Quantity | None
    into_bills: bool
    bridge: Bridge | None
    scenario: Supplied | None
    auctions: Auctions | None
    borrowing: tuple[ToldView, ...]
    collateral_view: ToldView | None


def compute(inputs: Inputs) -> SupplyFacts:
    """The section's facts at the as-of date."""
    data = inputs.data
    years = portfolio.years_of_bills(data)
    this_year = _year_figures(years[-1])
    now = years[-1].end
    paces = portfolio.recent_paces(data, portfolio.AGENCY)
    recent = portfolio.pace(data, portfolio.AGENCY, portfolio.PACE_WEEKS[0])
    scenario = scenarios.compute(inputs)
    trend = _agency_trend(recent.change_per_month)
    pace_low, pace_high = (
        pace_figure(f"supply.agency_pace_{name}", portfolio.AGENCY, pace, figures.ONE_BILLION)
        for name, pace in (("low", paces[0]), ("high", paces[-1]))
    )
    return SupplyFacts(
        bills=figures.level(
            data, "supply.bills", "bills_outstanding", quantum=figures.HUNDREDTH_TRILLION
        ),
        bills_day=now.month_end,
        free_float=_float("supply.free_float", now),
        fed_bills=figures.level(
            data,
            "supply.fed_bills",
            "soma_bills",
            point=figures.on_or_before(data, "soma_bills", now.month_end),
            quantum=figures.ONE_BILLION,
        ),
        years=tuple(_year_figures(year) for year in years),
        this_year=this_year,
        growing=years[-1].free_growth >= 0,
        growth_size=this_year.free_growth.magnitude,
        agency=_agency(inputs),
        agency_trend=trend,
        agency_pace_low=pace_low,
        agency_pace_high=pace_high,
        agency_pace_even=pace_low.displayed == pace_high.displayed,
        agency_years=_years_to_run_off(inputs, recent) if trend is AgencyTrend.SHRINKING else None,
        into_bills=inputs.balance_sheet.current.stance
        in (Stance.REINVEST_IN_BILLS, Stance.RESERVE_MANAGEMENT),
        bridge=bridge.compute(inputs, years, scenario),
        scenario=scenario,
        auctions=auctions.compute(inputs),
        borrowing=_borrowing(inputs),
        collateral_view=told(inputs, "supply", ViewKind.COLLATERAL_REALLOCATION),
    )


def _float(id: str, at: portfolio.BillFloat) -> Quantity:
    return quantity(
        id,
        at.free,
        Unit.USD,
        at.month_end,
        figures.HUNDREDTH_TRILLION,
        series=("bills_outstanding", "soma_bills"),
        formula=f"bills_outstanding({at.month_end}) - soma_bills({at.held_on})",
    )


def _year_figures(year: portfolio.YearOfBills) -> YearFigures:
    start, end = year.start, year.end
    issued = f"bills_outstanding({end.month_end}) - bills_outstanding({start.month_end})"
    held = f"soma_bills({end.held_on}) - soma_bills({start.held_on})"
    return YearFigures(
        year=date(year.year, 12, 31),
        complete=year.complete,
        net_issuance=quantity(
            f"supply.net_issuance.{year.year}",
            year.net_issuance,
            Unit.USD,
            end.month_end,
            figures.ONE_BILLION,
            series=("bills_outstanding",),
            formula=issued,
        ),
        free_growth=quantity(
            f"supply.free_growth.{year.year}",
            year.free_growth,
            Unit.USD,
            end.month_end,
            figures.ONE_BILLION,
            series=("bills_outstanding", "soma_bills"),
            formula=f"({issued}) - ({held})",
        ),
    )


def _agency(inputs: Inputs) -> Quantity:
    held = portfolio.holding(inputs.data, portfolio.AGENCY)
    return quantity(
        "supply.agency",
        held.value,
        Unit.USD,
        held.date,
        figures.HUNDREDTH_TRILLION,
        series=portfolio.AGENCY,
        formula=f"({' + '.join(portfolio.AGENCY)})({held.date})",
    )


def _agency_trend(change_per_month: float) -> AgencyTrend:
    if abs(change_per_month) < LEVEL_USD_A_MONTH:
        return AgencyTrend.LEVEL
    return AgencyTrend.GROWING if change_per_month > 0 else AgencyTrend.SHRINKING


def _years_to_run_off(inputs: Inputs, pace: portfolio.Pace) -> Quantity:
    held = portfolio.holding(inputs.data, portfolio.AGENCY)
    total = " + ".join(portfolio.AGENCY)
    return quantity(
        "supply.agency_years",
        held.value / -pace.change_per_month / 12,
        Unit.YEAR,
        held.date,
        figures.TENTH,
        series=portfolio.AGENCY,
        formula=f"({total})({held.date}) / pace over {pace.weeks} weeks / 12",
    )


def _borrowing(inputs: Inputs) -> tuple[ToldView, ...]:
    """The Treasury's newest borrowing estimates whose quarter is not over."""
    public = [
        view
        for view in inputs.outlook.view
        if view.kind is ViewKind.TREASURY_BORROWING
        and view.published <= inputs.as_of <= view.horizon
    ]
    newest = max((view.published for view in public), default=None)
    return tuple(
        tell("supply", view)
        for view in sorted(public, key=lambda view: view.horizon)
        if view.published == newest
    )
