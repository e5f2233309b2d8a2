"""Bills by the view of the day: what is issued, what the Fed takes, what others must absorb."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from reportgen.analysis import figures, portfolio
from reportgen.analysis.outlook import View, ViewKind
from reportgen.model import Quantity, Unit, quantity
from reportgen.sections.inputs import Inputs, ToldView, tell
from reportgen.sections.qt import purchases
from reportgen.sections.qt.facts import pace_figure
from reportgen.sections.supply.scenarios import Seasonal, Supplied

CLEARLY_USD = 50 * 10**9
"""The net supply of a view is hardly less than this year’s when it is lower by up to
``CLEARLY_USD``."""


class Comparison(StrEnum):
    """The view's net supply against this year's growth of the free float so far."""

    CLEARLY_LESS = "clearly_less"
    HARDLY_LESS = "hardly_less"
    MORE = "more"


@dataclass(frozen=True, slots=True)
class AtAnnounced:
    """A full year at the purchases that the Fed has announced, with the view's principal."""

    pace: Quantity
    purchases: Quantity
    left: Quantity


@dataclass(frozen=True, slots=True)
class Bridge:
    """The view's arithmetic: issuance less Fed purchases is left for others.

    ``*_at_pace`` put the pace of principal of the past quarter in place of the view's; ``more_low``
    to ``more_high`` is what this and the range with the season leave beyond the view, None unless
    both leave more.
    """

    issuance: ToldView
    purchases: ToldView
    left: ToldView
    year: date
    slowest_since: date | None
    comparison: Comparison
    least_since: date | None
    past_agrees: bool
    principal_pace: Quantity
    purchases_at_pace: Quantity | None
    left_at_pace: Quantity | None
    announced: AtAnnounced | None
    more_low: Quantity | None
    more_high: Quantity | None
    more_even: bool


def compute(
    inputs: Inputs, years: tuple[portfolio.YearOfBills, ...], scenario: Supplied | None
) -> Bridge | None:
    """The arithmetic of the view of the day; None unless one author has all of its parts."""
    issuance, bought, left = (
        inputs.views.get(kind)
        for kind in (
            ViewKind.NET_BILL_ISSUANCE,
            ViewKind.FED_BILL_PURCHASES,
            ViewKind.BILLS_LEFT_FOR_OTHERS,
        )
    )
    if issuance is None or bought is None or left is None or left.value is None:
        return None
    if not issuance.who == bought.who == left.who:
        return None
    slowest = inputs.views.get(ViewKind.SLOWEST_FREE_FLOAT_SINCE)
    left_usd = left.value * 10**9
    least_since = _least_since(left_usd, years)
    pace = portfolio.pace(inputs.data, portfolio.AGENCY, portfolio.PACE_WEEKS[0])
    at_pace = _purchases_at_pace(inputs, bought, pace)
    left_at_pace = _left_at_pace(issuance, at_pace)
    more = _more(left, left_at_pace, scenario.seasonal if scenario else None)
    return Bridge(
        issuance=tell("supply", issuance),
        purchases=tell("supply", bought),
        left=tell("supply", left),
        year=date(issuance.horizon.year, 12, 31),
        slowest_since=date(int(slowest.value), 12, 31) if slowest and slowest.value else None,
        comparison=_comparison(left_usd, years[-1].free_growth),
        least_since=least_since,
        past_agrees=_past_agrees(slowest, least_since),
        principal_pace=pace_figure("supply.principal_pace", portfolio.AGENCY, pace),
        purchases_at_pace=at_pace,
        left_at_pace=left_at_pace,
        announced=_at_announced(inputs, issuance),
        more_low=more[0] if more else None,
        more_high=more[1] if more else None,
        more_even=bool(more and more[0].displayed == more[1].displayed),
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


def _purchases_at_pace(inputs: Inputs, bought: View, pace: portfolio.Pace) -> Quantity | None:
    """The view's monthly purchases, with the recent pace of principal in place of the view's."""
    monthly = inputs.views.get(ViewKind.RESERVE_MANAGEMENT_PURCHASES)
    if monthly is None or monthly.value is None:
        return None
    amount = monthly.months * (monthly.value * 10**9 - pace.change_per_month)
    return quantity(
        "supply.purchases_at_pace",
        amount,
        Unit.USD,
        pace.end,
        figures.ONE_BILLION,
        series=portfolio.AGENCY,
        formula=f"{monthly.months} * ({monthly.id} + pace over {pace.weeks} weeks)",
        references=(monthly.id, bought.id),
    )


def _left_at_pace(issuance: View, at_pace: Quantity | None) -> Quantity | None:
    if at_pace is None or issuance.value is None:
        return None
    return quantity(
        "supply.left_at_pace",
        Decimal(str(issuance.value)) * 10**9 - at_pace.value,
        Unit.USD,
        at_pace.as_of,
        figures.ONE_BILLION,
        series=at_pace.series,
        formula=f"{issuance.id} - supply.purchases_at_pace",
        references=(issuance.id,),
    )


def _at_announced(inputs: Inputs, issuance: View) -> AtAnnounced | None:
    """None unless the Fed has announced another amount a month than the view has."""
    fact = purchases.compute(inputs)
    monthly, mbs = (
        inputs.views.get(kind)
        for kind in (ViewKind.RESERVE_MANAGEMENT_PURCHASES, ViewKind.MBS_PRINCIPAL_INTO_BILLS)
    )
    if not (fact and monthly and mbs and mbs.value is not None and issuance.value is not None):
        return None
    pace = replace(fact.amount, id="supply.announced.pace")
    if pace.value == Decimal(str(monthly.value)) * 10**9:
        return None
    bought = 12 * (pace.value + Decimal(str(mbs.value)) * 10**9)

    def over_the_year(name: str, value: Decimal, formula: str) -> Quantity:
        return quantity(
            f"supply.announced.{name}",
            value,
            Unit.USD,
            inputs.as_of,
            figures.ONE_BILLION,
            formula=formula,
            references=(*pace.references, mbs.id, issuance.id),
        )

    total = f"12 * (policy: {', '.join(pace.references)} + {mbs.id})"
    return AtAnnounced(
        pace=pace,
        purchases=over_the_year("purchases", bought, total),
        left=over_the_year(
            "left", Decimal(str(issuance.value)) * 10**9 - bought, f"{issuance.id} - {total}"
        ),
    )


def _more(
    view: View, at_pace: Quantity | None, seasonal: Seasonal | None
) -> tuple[Quantity, Quantity] | None:
    """How much more is left than the view has it, by the pace and by the range with the season."""
    if at_pace is None or seasonal is None or view.value is None:
        return None
    viewed = Decimal(str(view.value)) * 10**9
    ways = sorted((at_pace, seasonal.left_low, seasonal.left_high), key=lambda way: way.value)
    low, high = (
        quantity(
            f"supply.more_{name}",
            way.value - viewed,
            Unit.USD,
            way.as_of,
            figures.ONE_BILLION,
            series=way.series,
            formula=f"{way.id} - {view.id}",
            references=(view.id,),
        )
        for name, way in (("low", ways[0]), ("high", ways[-1]))
    )
    return (low, high) if low.displayed > 0 else None
