"""Where the scenarios of the outlook file take reserves: facts and the chart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from reportgen.analysis import figures, portfolio
from reportgen.analysis.assumptions import Departure
from reportgen.analysis.comparison import Comparison
from reportgen.analysis.outlook import ViewKind
from reportgen.analysis.scenarios import Path
from reportgen.model import Quantity, Unit, quantity
from reportgen.model.chart import Line, Scale, TimeChart, Tone
from reportgen.sections.inputs import Inputs

BEFORE = timedelta(weeks=39)

SERIES = ("reserve_balances", "tga_level")


@dataclass(frozen=True, slots=True)
class PathMonth:
    """A month-end of a path; ``left`` is the month's growth of bills others than the Fed hold."""

    end: date
    reserves: Quantity
    bills: Quantity
    coupons: Quantity
    agency: Quantity
    left: Quantity | None


@dataclass(frozen=True, slots=True)
class ReservePath:
    """A scenario's way to its horizon; ``passes`` is the month in which it rises above the goal.

    Reserves and SOMA are those at the horizon.
    """

    name: tuple[tuple[str, str], ...]
    purchases: Quantity
    starts: date | None
    passes: date | None
    reserves: Quantity
    soma: Quantity
    months: tuple[PathMonth, ...]


@dataclass(frozen=True, slots=True)
class ReservePaths:
    """The baseline with what it rests on, and the alternatives that there are.

    ``waiting_costs_more``: currency grows, and the later start puts off the goal by more months
    than it is later itself.
    """

    who: tuple[tuple[str, str], ...]
    horizon: date
    tga: Quantity
    tga_by: date
    currency: Quantity
    bills_start: Quantity
    bills: Quantity
    baseline: ReservePath
    amount: ReservePath | None
    start: ReservePath | None
    waiting_costs_more: bool


def compute(inputs: Inputs) -> ReservePaths | None:
    """The paths of reserves; None when no scenario may be told."""
    found = inputs.scenarios
    if found is None:
        return None
    baseline = found.baseline
    assumed, last = baseline.scenario, baseline.months[-1]
    goal = inputs.views.get(ViewKind.RESERVES_TO_EXCEED)
    goal_usd = goal.value * 10**9 if goal and goal.value else None
    own = _path(baseline, "baseline", goal_usd)
    others = {kind: _path(way, kind, goal_usd) for kind, way in found.alternatives.items()}
    amount, start = others.get(Departure.AMOUNT), others.get(Departure.START)
    return ReservePaths(
        who=baseline.scenario.reference.name,
        horizon=last.end,
        tga=_assumption(baseline, "tga", assumed.tga_usd_bn),
        tga_by=assumed.tga_by,
        currency=_assumption(baseline, "currency", assumed.currency_usd_bn_per_year),
        bills_start=figures.level(
            inputs.data,
            "qt.path.bills_start",
            "soma_bills",
            point=figures.on_or_before(inputs.data, "soma_bills", baseline.start.day),
            quantum=figures.ONE_BILLION,
        ),
        bills=_at_horizon(
            baseline, "qt.path.bills", last.bills, ("soma_bills",), "+ purchases + principal"
        ),
        baseline=own,
        amount=amount,
        start=start,
        waiting_costs_more=(
            assumed.currency_usd_bn_per_year > 0
            and start is not None
            and _waiting_costs_more(start, own)
        ),
    )


def _waiting_costs_more(start: ReservePath, own: ReservePath) -> bool:
    """Whether a later start puts off the goal by more months than it is later itself."""
    if not (start.starts and own.starts and start.passes and own.passes):
        return False
    return _months(own.passes, start.passes) > _months(own.starts, start.starts) > 0


def _months(first: date, last: date) -> int:
    return 12 * (last.year - first.year) + last.month - first.month


def _path(way: Path, kind: str, goal_usd: float | None) -> ReservePath:
    assumed = way.scenario
    crossing = way.passes(goal_usd) if goal_usd else None
    return ReservePath(
        name=tuple(sorted(assumed.name.items())),
        purchases=quantity(
            f"qt.path.{kind}.purchases",
            assumed.purchases_usd_bn_per_month * 10**9,
            Unit.USD_PER_MONTH,
            assumed.published,
            figures.ONE_BILLION,
            formula=f"scenario: {assumed.id}",
            references=(assumed.id,),
        ),
        starts=assumed.purchases_start,
        passes=crossing.end if crossing else None,
        reserves=_at_horizon(
            way,
            f"qt.path.{kind}.reserves",
            way.months[-1].reserves,
            SERIES,
            "+ purchases - rise of tga_level - growth of currency",
        ),
        soma=_at_horizon(
            way, f"qt.path.{kind}.soma", way.months[-1].soma, ("soma_total",), "+ purchases"
        ),
        months=tuple(_month(way, kind, number) for number in range(len(way.months))),
    )


def _month(way: Path, kind: str, number: int) -> PathMonth:
    month, scenario = way.months[number], way.scenario

    def at(name: str, value: float, series: tuple[str, ...]) -> Quantity:
        return quantity(
            f"qt.path.{kind}.{month.end:%Y-%m}.{name}",
            value,
            Unit.USD,
            way.start.day,
            figures.ONE_BILLION,
            series=series,
            formula=f"{name}, month {number + 1} of {scenario.id} from {way.start.day}",
            references=(scenario.id,),
        )

    return PathMonth(
        end=month.end,
        reserves=at("reserves", month.reserves, SERIES),
        bills=at("bills", month.bills, ("soma_bills",)),
        coupons=at("coupons", month.coupons, portfolio.COUPONS),
        agency=at("agency", month.agency, portfolio.AGENCY),
        left=None if month.left is None else at("left", month.left, ("bills_outstanding",)),
    )


def _assumption(way: Path, name: str, amount_usd_bn: float) -> Quantity:
    return quantity(
        f"qt.path.{name}",
        amount_usd_bn * 10**9,
        Unit.USD,
        way.scenario.published,
        figures.ONE_BILLION,
        formula=f"scenario: {way.scenario.id}",
        references=(way.scenario.id, *way.scenario.rests_on),
    )


def _at_horizon(way: Path, id: str, value: float, series: tuple[str, ...], how: str) -> Quantity:
    """A value at the end of a path; dated by the week that the path begins with."""
    trillions = value >= 10**12
    return quantity(
        id,
        value,
        Unit.USD,
        way.start.day,
        figures.HUNDREDTH_TRILLION if trillions else figures.ONE_BILLION,
        series=series,
        formula=f"{series[0]}({way.start.day}) {how}, {len(way.months)} months of "
        f"{way.scenario.id}",
        references=(way.scenario.id, *way.scenario.rests_on),
    )


def chart(inputs: Inputs, found: Comparison) -> TimeChart:
    """Reserves over the past three quarters, and the fan of their paths to the horizon."""
    start = found.baseline.start
    days, held = figures.points(
        inputs.data, "reserve_balances", start.day - BEFORE, figures.BILLION
    )
    tones = {Departure.AMOUNT: Tone.BILLS, Departure.START: Tone.TGA}
    return TimeChart(
        "reserve_paths",
        Scale.BILLION_USD,
        ("reserve_balances", "tga_level", *(way.scenario.id for way in found.paths)),
        (
            Line("held", Tone.RESERVES, days, held),
            _line("baseline", Tone.RESERVES, found.baseline),
            *(_line(kind.value, tones[kind], way) for kind, way in found.alternatives.items()),
        ),
        wide=True,
    )


def _line(label: str, tone: Tone, way: Path) -> Line:
    return Line(
        label,
        tone,
        (way.start.day, *(month.end for month in way.months)),
        tuple(
            value / figures.BILLION
            for value in (way.start.reserves, *(month.reserves for month in way.months))
        ),
        dashed=True,
    )
