"""The newest day of SOFR among days of its kind: what the calendar explains of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from statistics import median

from reportgen.analysis import figures, strained_days
from reportgen.analysis.calendar import DayKind, kinds_of
from reportgen.analysis.strained_days import TELLING_BP, Among, Day, History, Kind
from reportgen.model import Quantity, Unit, quantity
from reportgen.sections.inputs import Inputs

# A spread that more than one in ten ordinary days reaches needs no explanation.
RARE = 0.1


@dataclass(frozen=True, slots=True)
class StrainedDay:
    """A day by the calendar: what it added to SOFR, and what such days add; in basis points."""

    kind: Kind
    is_year_end: bool
    among: Among
    move: Quantity
    rule: Quantity
    rule_is_nil: bool
    others: Quantity
    start: date


@dataclass(frozen=True, slots=True)
class RaisedLevel:
    """A day by the calendar that added little: SOFR less IORB on the ordinary days before it."""

    level: Quantity


@dataclass(frozen=True, slots=True)
class OrdinaryDay:
    """An ordinary day with SOFR unusually high: on how many others it stood as high."""

    as_high: Quantity
    any_as_high: bool
    others: Quantity
    start: date


def compute(inputs: Inputs, sofr_day: date) -> StrainedDay | RaisedLevel | OrdinaryDay | None:
    """What is worth telling of the day; None when there is nothing to explain, or no measure."""
    history = inputs.days
    day = history.on(sofr_day)
    if day.kind is Kind.ORDINARY:
        return _ordinary(history, day)
    return _strained(history, day) or _raised(day)


def _strained(history: History, day: Day) -> StrainedDay | None:
    others = tuple(other for other in history.others(day) if other.move is not None)
    among = strained_days.move_among(day, others)
    if among is None or day.move is None:
        return None
    rule = median(strained_days.moves_of(others))
    if not _telling(day.kind, among, day.move, rule):
        return None
    days = f"other {day.kind} days; {history.start} to {others[-1].date}"
    level = f"median(sofr - iorb; {strained_days.LEVEL_DAYS} ordinary days before)"
    return StrainedDay(
        day.kind,
        DayKind.YEAR_END in kinds_of(day.date),
        among,
        _basis_points("funding.day.move", day.move, day.date, f"(sofr - iorb) - {level}"),
        _basis_points(
            "funding.day.rule", rule, others[-1].date, f"median((sofr - iorb) - {level}; {days})"
        ),
        rule == 0,
        _count("funding.day.others", len(others), others[-1].date, f"count(sofr; {days})"),
        history.start,
    )


def _telling(kind: Kind, among: Among, move: float, rule: float) -> bool:
    if among in (Among.MOST_OF_ALL, Among.MORE):
        return move >= TELLING_BP
    return kind is not Kind.BESIDE and rule >= TELLING_BP


def _raised(day: Day) -> RaisedLevel | None:
    """When most of a spread above IORB was there before the calendar had its say."""
    if day.spread is None or day.level_before is None:
        return None
    if day.level_before < max(TELLING_BP, day.spread / 2):
        return None
    return RaisedLevel(
        _basis_points(
            "funding.day.level",
            day.level_before,
            day.date,
            f"median(sofr - iorb; {strained_days.LEVEL_DAYS} ordinary days before)",
        )
    )


def _ordinary(history: History, day: Day) -> OrdinaryDay | None:
    others = tuple(other for other in history.others(day) if other.spread is not None)
    if day.spread is None or round(day.spread) <= 0 or len(others) < strained_days.LEAST_DAYS:
        return None
    as_high = sum(other.spread >= day.spread for other in others if other.spread is not None)
    if as_high > RARE * len(others):
        return None
    days = f"other {day.kind} days; {history.start} to {others[-1].date}"
    last = others[-1].date
    return OrdinaryDay(
        _count(
            "funding.day.as_high",
            as_high,
            last,
            f"count(sofr - iorb >= sofr({day.date}) - iorb({day.date}); {days})",
        ),
        as_high > 0,
        _count("funding.day.others", len(others), last, f"count(sofr; {days})"),
        history.start,
    )


def _count(id: str, count: int, day: date, formula: str) -> Quantity:
    return quantity(
        id, count, Unit.COUNT, day, figures.ONE, series=("sofr", "iorb"), formula=formula
    )


def _basis_points(id: str, value: float, day: date, formula: str) -> Quantity:
    return quantity(
        id, value, Unit.BASIS_POINT, day, figures.TENTH, series=("sofr", "iorb"), formula=formula
    )
