"""What the scenarios of the outlook file leave of the year's bills, and the principal we expect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reportgen.analysis import figures, portfolio
from reportgen.analysis.assumptions import Departure
from reportgen.analysis.comparison import Comparison
from reportgen.analysis.principal import WINDOWS, PrincipalRange
from reportgen.analysis.scenarios import BillYear, Path
from reportgen.model import Quantity, Unit, quantity
from reportgen.sections.inputs import Inputs


@dataclass(frozen=True, slots=True)
class BillsLeft:
    """A scenario's year of bills: what is issued, what the Fed takes, what others must absorb."""

    monthly: Quantity
    starts: date | None
    issuance: Quantity
    purchases: Quantity
    left: Quantity


class Weight(StrEnum):
    """Which of two alternatives moves the bills left for others by more."""

    AMOUNT = "amount"
    START = "start"
    ALIKE = "alike"


@dataclass(frozen=True, slots=True)
class Seasonal:
    """Our range of agency principal over the year, and the baseline's bills with it.

    ``assumed`` is the principal of the baseline where it states one; it lies above, below or
    within the range, at the precision of the page.
    """

    low: Quantity
    high: Quantity
    purchases_low: Quantity
    purchases_high: Quantity
    left_low: Quantity
    left_high: Quantity
    even: bool
    assumed: Quantity | None
    assumes_more: bool


@dataclass(frozen=True, slots=True)
class Supplied:
    """The year of the baseline, its alternatives, and what recent principal would make of it.

    ``*_moves`` is by how much an alternative moves the bills left for others, either way.
    """

    year: date
    baseline: BillsLeft
    amount: BillsLeft | None
    start: BillsLeft | None
    amount_moves: Quantity | None
    start_moves: Quantity | None
    weight: Weight | None
    seasonal: Seasonal | None


def compute(inputs: Inputs) -> Supplied | None:
    """The year of bills that follows the as-of date; None when no scenario tells of it."""
    found = inputs.scenarios
    if found is None or not found.baseline.years:
        return None
    year = found.baseline.years[-1].year
    baseline = _left(found.baseline, "baseline", year)
    others = {kind: _left(way, kind, year) for kind, way in found.alternatives.items()}
    amount, start = others.get(Departure.AMOUNT), others.get(Departure.START)
    moves = {kind: _moves(baseline, other, kind) for kind, other in others.items()}
    return Supplied(
        year=date(year, 12, 31),
        baseline=baseline,
        amount=amount,
        start=start,
        amount_moves=moves.get(Departure.AMOUNT),
        start_moves=moves.get(Departure.START),
        weight=_weight(moves),
        seasonal=_seasonal(found, year, inputs),
    )


def _moves(baseline: BillsLeft, other: BillsLeft, kind: str) -> Quantity:
    """By how much an alternative moves the bills left for others, whichever way."""
    return quantity(
        f"supply.scenario.{kind}.moves",
        abs(other.left.value - baseline.left.value),
        Unit.USD,
        other.left.as_of,
        figures.ONE_BILLION,
        formula=f"abs(supply.scenario.{kind}.left - supply.scenario.baseline.left)",
        references=other.left.references,
    )


def _weight(moves: Mapping[Departure, Quantity]) -> Weight | None:
    """None unless there are both alternatives."""
    if len(moves) < len(Departure):
        return None
    amount, start = (moves[kind].displayed for kind in (Departure.AMOUNT, Departure.START))
    if amount == start:
        return Weight.ALIKE
    return Weight.AMOUNT if amount > start else Weight.START


def _left(way: Path, kind: str, year: int) -> BillsLeft:
    scenario = way.scenario
    (bills,) = (own for own in way.years if own.year == year)
    return BillsLeft(
        monthly=quantity(
            f"supply.scenario.{kind}.monthly",
            scenario.purchases_usd_bn_per_month * 10**9,
            Unit.USD_PER_MONTH,
            scenario.published,
            figures.ONE_BILLION,
            formula=f"scenario: {scenario.id}",
            references=(scenario.id,),
        ),
        starts=scenario.purchases_start,
        issuance=_amount(way, kind, "issuance", bills.issuance, f"issuance of {scenario.id}"),
        purchases=_amount(way, kind, "purchases", bills.purchases, _purchases(way, bills)),
        left=_amount(
            way,
            kind,
            "left",
            bills.left,
            f"supply.scenario.{kind}.issuance - supply.scenario.{kind}.purchases",
        ),
    )


def _amount(way: Path, kind: str, name: str, value: float, formula: str) -> Quantity:
    scenario = way.scenario
    return quantity(
        f"supply.scenario.{kind}.{name}",
        value,
        Unit.USD,
        scenario.published,
        figures.ONE_BILLION,
        formula=formula,
        references=(scenario.id, *scenario.rests_on),
    )


def _purchases(way: Path, bills: BillYear) -> str:
    """How the year's purchases are counted: months of purchases, and twelve of principal."""
    scenario = way.scenario
    months = sum(scenario.purchases_usd(bills.year, month) > 0 for month in range(1, 13))
    outright = f"{months} * {scenario.purchases_usd_bn_per_month:g}"
    mbs = scenario.mbs_usd_bn_per_month
    if isinstance(mbs, str):
        return f"{scenario.id}: {outright} billion, and principal at the {mbs}"
    return f"{scenario.id}: {outright} + 12 * {mbs:g} billion"


def _seasonal(found: Comparison, year: int, inputs: Inputs) -> Seasonal | None:
    """The baseline's year with principal at the slowest and the fastest recent pace."""
    if found.principal is None:
        return None
    way = found.baseline
    (bills,) = (own for own in way.years if own.year == year)
    outright = sum(way.scenario.purchases_usd(year, month) for month in range(1, 13))
    slowest, _, fastest = found.principal.annual
    low, high = (
        _principal(found.principal, name, amount, inputs)
        for name, amount in (("low", slowest), ("high", fastest))
    )
    assumed = _assumed(way)

    def with_principal(name: str, value: float, of: Quantity) -> Quantity:
        bought = f"purchases of {way.scenario.id} + {of.id}"
        return quantity(
            f"supply.seasonal.{name}",
            value,
            Unit.USD,
            of.as_of,
            figures.ONE_BILLION,
            series=of.series,
            formula=bought if name.startswith("bought") else f"issuance - ({bought})",
            references=(way.scenario.id, *way.scenario.rests_on),
        )

    least, most = outright + slowest, outright + fastest
    return Seasonal(
        low=low,
        high=high,
        purchases_low=with_principal("bought_low", least, low),
        purchases_high=with_principal("bought_high", most, high),
        left_low=with_principal("left_low", bills.issuance - most, high),
        left_high=with_principal("left_high", bills.issuance - least, low),
        even=low.displayed == high.displayed,
        assumed=assumed,
        assumes_more=bool(assumed and assumed.displayed > high.displayed),
    )


def _principal(projected: PrincipalRange, name: str, amount: float, inputs: Inputs) -> Quantity:
    held = portfolio.holding(inputs.data, portfolio.AGENCY)
    windows = ", ".join(map(str, WINDOWS))
    years = ", ".join(map(str, projected.years)) or "an even year"
    return quantity(
        f"supply.principal.{name}",
        amount,
        Unit.USD,
        held.date,
        figures.ONE_BILLION,
        series=portfolio.AGENCY,
        formula=f"{name} of principal over {windows} months to {projected.last}, each over "
        f"its months' share of a year in {years}",
    )


def _assumed(way: Path) -> Quantity | None:
    mbs = way.scenario.mbs_usd_bn_per_month
    if isinstance(mbs, str):
        return None
    return quantity(
        "supply.principal.assumed",
        12 * mbs * 10**9,
        Unit.USD,
        way.scenario.published,
        figures.ONE_BILLION,
        formula=f"{way.scenario.id}: 12 * {mbs:g} billion",
        references=(way.scenario.id, *way.scenario.rests_on),
    )
