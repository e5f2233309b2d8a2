"""A change of the target range since the brief of a week before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reportgen.analysis import figures
from reportgen.model import Point, Quantity, Unit, quantity
from reportgen.sections.inputs import Inputs


@dataclass(frozen=True, slots=True)
class RateMove:
    """The new range and IORB in percent, the step in basis points; ``effective`` may lie ahead."""

    effective: date
    size: Quantity
    raised: bool
    lower: Quantity
    upper: Quantity
    iorb: Quantity


def compute(inputs: Inputs, section: str) -> RateMove | None:
    """The move that last week's brief did not know; figures named for a section."""
    if inputs.previous is None:
        return None
    data = inputs.data
    now, then = (figures.latest(d, "target_upper") for d in (data, inputs.previous.data))
    # The range has a value each day: it moved on the day from which it differs.
    effective = _first_day_at(inputs, now.value, then)
    if effective is None:
        return None
    move = quantity(
        f"{section}.rate_step",
        (now.value - then.value) * 100,
        Unit.BASIS_POINT,
        then.date,
        figures.ONE,
        series=("target_upper",),
        formula=f"target_upper({now.date}) - target_upper({then.date})",
    )
    return RateMove(
        effective=effective,
        size=move.magnitude,
        raised=move.value > 0,
        lower=_rate(inputs, f"{section}.rate_lower", "target_lower", effective),
        upper=_rate(inputs, f"{section}.rate_upper", "target_upper", effective),
        iorb=_rate(inputs, f"{section}.rate_iorb", "iorb", effective),
    )


def _first_day_at(inputs: Inputs, value: float, then: Point) -> date | None:
    days, values = figures.points(inputs.data, "target_upper", then.date)
    if abs(value - then.value) < 0.005:
        return None
    return next(day for day, v in zip(days, values, strict=True) if abs(v - then.value) >= 0.005)


def _rate(inputs: Inputs, id: str, series_id: str, effective: date) -> Quantity:
    point = figures.on_or_before(inputs.data, series_id, effective)
    return figures.level(inputs.data, id, series_id, point=point)
