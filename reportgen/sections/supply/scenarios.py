"""What the scenarios of the outlook file leave of the year's bills, and the principal we expect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reportgen.analysis import figures, portfolio
from reportgen.analysis.assumptions import Departure
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


@dataclass(frozen=True, slots=True)
class Supplied:
    """The year of the baseline, its alternatives, and our range of agency principal over it.

    ``assumed`` is the principal of the baseline where it states one; it lies above, below or
    within the range, at the precision of the page.
    """

    year: date
    baseline: BillsLeft
    amount: BillsLeft | None
    start: BillsLeft | None
    low: Quantity | None
    high: Quantity | None
    even: bool
    assumed: Quantity | None
    assumes_more: bool


def compute(inputs: Inputs) -> Supplied | None:
    """The year of bills that follows the as-of date; None when no scenario tells of it."""
    found = inputs.scenarios
    if found is None or not found.baseline.years:
        return None
    year = found.baseline.years[-1].year
    others = {kind: _left(way, kind, year) for kind, way in found.alternatives.items()}
    low, high = _range(found.principal, inputs)
    assumed = _assumed(found.baseline)
    return Supplied(
        year=date(year, 12, 31),
        baseline=_left(found.baseline, "baseline", year),
        amount=others.get(Departure.AMOUNT),
        start=others.get(Departure.START),
        low=low,
        high=high,
        even=low is not None and high is not None and low.displayed == high.displayed,
        assumed=assumed,
        assumes_more=bool(assumed and high and assumed.displayed > high.displayed),
    )


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


def _range(
    projected: PrincipalRange | None, inputs: Inputs
) -> tuple[Quantity | None, Quantity | None]:
    """Our range of a year's principal, from the slowest and the fastest recent pace."""
    if projected is None:
        return None, None
    held = portfolio.holding(inputs.data, portfolio.AGENCY)
    windows = ", ".join(map(str, WINDOWS))
    years = ", ".join(map(str, projected.years)) or "an even year"
    low, _, high = (
        quantity(
            f"supply.principal.{name}",
            amount,
            Unit.USD,
            held.date,
            figures.ONE_BILLION,
            series=portfolio.AGENCY,
            formula=f"{name} of principal over {windows} months to {projected.last}, each over "
            f"its months' share of a year in {years}",
        )
        for name, amount in zip(("low", "middle", "high"), projected.annual, strict=True)
    )
    return low, high


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
