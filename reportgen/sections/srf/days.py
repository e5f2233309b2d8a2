"""The day told among days of its kind, ordinary days before the window, and the table of kinds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reportgen.analysis import figures, standing_repo, strained_days
from reportgen.analysis.standing_repo import USED_USD
from reportgen.analysis.strained_days import Among, Behaviour, Day, History, Kind
from reportgen.model import Quantity, Unit, quantity
from reportgen.sections.inputs import Inputs

# Use on ordinary days has become frequent when it is at least so many times as frequent as before.
MORE_FREQUENT = 2


@dataclass(frozen=True, slots=True)
class Compared:
    """The day told among the other days of its kind: how many there are, were used, saw more."""

    among: Among
    others: Quantity
    used: Quantity
    any_used: bool
    larger: Quantity
    any_larger: bool
    largest: Quantity
    start: date


@dataclass(frozen=True, slots=True)
class Before:
    """Ordinary days between the start of the two years and the window of the section."""

    days: Quantity
    used: Quantity
    any_used: bool
    start: date


@dataclass(frozen=True, slots=True)
class KindRow:
    """How the days of a kind behaved; ``move`` is None for ordinary days, which are the measure."""

    kind: Kind
    days: Quantity
    used_share: Quantity
    spread: Quantity
    move: Quantity | None


@dataclass(frozen=True, slots=True)
class DaysFacts:
    """What the calendar of two years says of the facility; counts, shares and basis points."""

    start: date
    told_kind: Kind
    compared: Compared | None
    before: Before | None
    rows: tuple[KindRow, ...]
    used_from: Quantity


def compute(inputs: Inputs, use: standing_repo.Use) -> DaysFacts:
    """The facts at the as-of date."""
    history = inputs.days
    return DaysFacts(
        start=history.start,
        told_kind=strained_days.kind_of(use.told.date),
        compared=_compared(history, history.on(use.told.date)),
        before=_before(history, use),
        rows=tuple(_row(history, behaviour) for behaviour in _behaviours_worth_a_table(history)),
        used_from=quantity(
            "srf.days.used_from",
            USED_USD,
            Unit.USD,
            use.latest.date,
            figures.ONE_BILLION,
            series=("srf_accepted",),
            formula="srf_accepted >= 1E9",
        ),
    )


def _behaviours_worth_a_table(history: History) -> tuple[Behaviour, ...]:
    """None while the facility saw nothing but test bids: a table of zeros explains nothing."""
    return history.behaviours if any(day.is_used for day in history.days) else ()


def _compared(history: History, told: Day) -> Compared | None:
    others = tuple(day for day in history.others(told) if day.accepted is not None)
    among = strained_days.use_among(told, others)
    if among is None or told.accepted is None:
        return None
    uses = [day.accepted for day in others if day.accepted is not None]
    used = sum(day.is_used for day in others)
    larger = sum(use > told.accepted for use in uses)
    days = f"other {told.kind} days; {history.start} to {others[-1].date}"
    last = max(told.date, others[-1].date)
    return Compared(
        among,
        _count("srf.compared.others", len(others), last, f"count(srf_accepted; {days})"),
        _count("srf.compared.used", used, last, f"count(srf_accepted >= 1E9; {days})"),
        used > 0,
        _count(
            "srf.compared.larger",
            larger,
            last,
            f"count(srf_accepted > srf_accepted({told.date}); {days})",
        ),
        larger > 0,
        quantity(
            "srf.compared.largest",
            max(uses),
            Unit.USD,
            last,
            figures.HUNDREDTH_BILLION,
            series=("srf_accepted",),
            formula=f"max(srf_accepted; {days})",
        ),
        history.start,
    )


def _before(history: History, use: standing_repo.Use) -> Before | None:
    """None with too few such days, or when the facility was used on them almost as often."""
    ordinary = [day for day in history.of(Kind.ORDINARY) if day.accepted is not None]
    before = [day for day in ordinary if day.date < use.window_start]
    now = len(ordinary) - len(before)
    used = sum(day.is_used for day in before)
    if len(before) < strained_days.LEAST_DAYS or now == 0:
        return None
    if use.used_beyond / now < MORE_FREQUENT * used / len(before):
        return None
    last = before[-1].date
    days = f"{Kind.ORDINARY} days; {history.start} to {last}"
    return Before(
        _count("srf.before.days", len(before), last, f"count(srf_accepted; {days})"),
        _count("srf.before.used", used, last, f"count(srf_accepted >= 1E9; {days})"),
        used > 0,
        history.start,
    )


def _row(history: History, behaviour: Behaviour) -> KindRow:
    kind = behaviour.kind
    operated = [day.date for day in history.of(kind) if day.accepted is not None]
    traded = [day.date for day in history.of(kind) if day.spread is not None]
    days = f"{kind} days; {history.start} to {operated[-1]}"
    share = 100 * behaviour.used / behaviour.days
    over = f"{kind} days; {history.start} to {traded[-1]}"
    return KindRow(
        kind,
        _count(f"srf.{kind}.days", behaviour.days, operated[-1], f"count(srf_accepted; {days})"),
        quantity(
            f"srf.{kind}.used_share",
            share,
            Unit.SHARE,
            operated[-1],
            figures.TENTH if 0 < share < 1 else figures.ONE,
            series=("srf_accepted",),
            formula=f"share(srf_accepted >= 1E9; {days})",
        ),
        _basis_points(
            f"srf.{kind}.spread", behaviour.spread, traded[-1], f"median(sofr - iorb; {over})"
        ),
        None
        if kind is Kind.ORDINARY
        else _basis_points(
            f"srf.{kind}.move",
            behaviour.move,
            traded[-1],
            f"median((sofr - iorb) - median(sofr - iorb; {strained_days.LEVEL_DAYS} ordinary days "
            f"before); {over})",
        ),
    )


def _count(id: str, count: int, day: date, formula: str) -> Quantity:
    return quantity(
        id, count, Unit.COUNT, day, figures.ONE, series=("srf_accepted",), formula=formula
    )


def _basis_points(id: str, value: float, day: date, formula: str) -> Quantity:
    return quantity(
        id,
        value,
        Unit.BASIS_POINT,
        day,
        figures.TENTH,
        series=("sofr", "iorb"),
        formula=formula,
    )
