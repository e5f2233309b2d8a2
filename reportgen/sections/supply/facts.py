"""Supply: Treasury bills outstanding and left for others, agency MBS on their way to the market."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from reportgen.analysis import figures, portfolio
from reportgen.analysis.outlook import View, ViewKind
from reportgen.analysis.policy import Stance
from reportgen.model import Quantity, Unit, quantity
from reportgen.sections.inputs import Inputs, ToldView, tell, told
from reportgen.sections.qt.facts import pace_figure
from reportgen.sections.supply import scenarios
from reportgen.sections.supply.scenarios import Supplied

# "Clearly less" means by more than this; less is "hardly different".
CLEARLY_USD = 50 * 10**9
# Holdings count as level when the pace stays below five billion a month, as it did for some weeks
# before runoff took hold in the summer of 2022: settled purchases and principal then balanced.
LEVEL_USD_A_MONTH = 5 * 10**9


class AgencyTrend(StrEnum):
    """What the Fed's agency holdings do."""

    GROWING = "growing"
    LEVEL = "level"
    SHRINKING = "shrinking"


class Comparison(StrEnum):
    """The view's net supply against this year's growth of the free float so far."""

    CLEARLY_LESS = "clearly_less"
    HARDLY_LESS = "hardly_less"
    MORE = "more"


@dataclass(frozen=True, slots=True)
class YearFigures:
    """A calendar year of bills, or its months to date."""

    year: date
    complete: bool
    net_issuance: Quantity
    free_growth: Quantity


@dataclass(frozen=True, slots=True)
class Bridge:
    """The view's arithmetic: issuance less Fed purchases is left for others."""

    issuance: ToldView
    purchases: ToldView
    left: ToldView
    year: date
    slowest_since: date | None
    comparison: Comparison
    least_since: date | None
    past_agrees: bool
    purchases_at_pace: Quantity | None
    left_at_pace: Quantity | None


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
        into_bills=inputs.balance_sheet.current.stance is Stance.REINVEST_IN_BILLS,
        bridge=_bridge(inputs, years),
        scenario=scenarios.compute(inputs),
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


def _bridge(inputs: Inputs, years: tuple[portfolio.YearOfBills, ...]) -> Bridge | None:
    issuance, purchases, left = (
        inputs.views.get(kind)
        for kind in (
            ViewKind.NET_BILL_ISSUANCE,
            ViewKind.FED_BILL_PURCHASES,
            ViewKind.BILLS_LEFT_FOR_OTHERS,
        )
    )
    if issuance is None or purchases is None or left is None or left.value is None:
        return None
    if not issuance.who == purchases.who == left.who:
        return None
    slowest = inputs.views.get(ViewKind.SLOWEST_FREE_FLOAT_SINCE)
    left_usd = left.value * 10**9
    least_since = _least_since(left_usd, years)
    at_pace = _purchases_at_pace(inputs, purchases)
    return Bridge(
        issuance=tell("supply", issuance),
        purchases=tell("supply", purchases),
        left=tell("supply", left),
        year=date(issuance.horizon.year, 12, 31),
        slowest_since=date(int(slowest.value), 12, 31) if slowest and slowest.value else None,
        comparison=_comparison(left_usd, years[-1].free_growth),
        least_since=least_since,
        past_agrees=_past_agrees(slowest, least_since),
        purchases_at_pace=at_pace,
        left_at_pace=_left_at_pace(issuance, at_pace),
    )


def _past_agrees(slowest: View | None, least_since: date | None) -> bool:
    """Whether no complete year since the one the view names had slower growth."""
    if slowest is None or slowest.value is None or least_since is None:
        return True
    return least_since.year <= int(slowest.value)


def _comparison(left_usd: float, this_year_usd: float) -> Comparison:
    if left_usd >= this_year_usd:
        return Comparison.MORE
    clearly = this_year_usd - left_usd > CLEARLY_USD
    return Comparison.CLEARLY_LESS if clearly else Comparison.HARDLY_LESS


def _least_since(left_usd: float, years: tuple[portfolio.YearOfBills, ...]) -> date | None:
    """The last complete year in which the free float grew by less than the view expects."""
    lower = [year.year for year in years if year.complete and year.free_growth < left_usd]
    return date(lower[-1], 12, 31) if lower else None


def _purchases_at_pace(inputs: Inputs, purchases: View) -> Quantity | None:
    """The view's monthly purchases, with the recent pace of principal in place of the view's."""
    monthly = inputs.views.get(ViewKind.RESERVE_MANAGEMENT_PURCHASES)
    if monthly is None or monthly.value is None:
        return None
    pace = portfolio.pace(inputs.data, portfolio.AGENCY, 13)
    amount = monthly.months * (monthly.value * 10**9 - pace.change_per_month)
    return quantity(
        "supply.purchases_at_pace",
        amount,
        Unit.USD,
        pace.end,
        figures.ONE_BILLION,
        series=portfolio.AGENCY,
        formula=f"{monthly.months} * ({monthly.id} + pace over {pace.weeks} weeks)",
        references=(monthly.id, purchases.id),
    )


def _left_at_pace(issuance: View, purchases: Quantity | None) -> Quantity | None:
    if purchases is None or issuance.value is None:
        return None
    return quantity(
        "supply.left_at_pace",
        Decimal(str(issuance.value)) * 10**9 - purchases.value,
        Unit.USD,
        purchases.as_of,
        figures.ONE_BILLION,
        series=purchases.series,
        formula=f"{issuance.id} - supply.purchases_at_pace",
        references=(issuance.id,),
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
