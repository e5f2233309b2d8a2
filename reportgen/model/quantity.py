"""Figures and where they come from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum


class Unit(StrEnum):
    """What a figure counts; money is in US dollars, rates in percent, spreads in basis points."""

    USD = "usd"
    USD_PER_MONTH = "usd_per_month"
    PERCENT = "percent"
    SHARE = "share"
    BASIS_POINT = "basis_point"
    COUNT = "count"
    RANK = "rank"
    DAY = "day"
    YEAR = "year"
    TIMES = "times"

    @property
    def keeps_zeros(self) -> bool:
        """Whether trailing zeros belong to the house style: a policy rate is 3.90%, never 3.9%."""
        return self is Unit.PERCENT


# Below a unit's grain a difference is float noise, not information: a cent, a millionth of a
# percent, a ten-thousandth of a basis point.
GRAIN = {
    Unit.USD: Decimal("0.01"),
    Unit.USD_PER_MONTH: Decimal("0.01"),
    Unit.PERCENT: Decimal("0.000001"),
    Unit.SHARE: Decimal("0.000001"),
    Unit.BASIS_POINT: Decimal("0.0001"),
    Unit.COUNT: Decimal(1),
    Unit.RANK: Decimal(1),
    Unit.DAY: Decimal(1),
    Unit.YEAR: Decimal("0.0001"),
    Unit.TIMES: Decimal("0.0001"),
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure a reader may see, with its unit, date, origin and computation.

    ``value`` is in ``unit``; ``as_of`` is the date the figure is true of; ``series`` are catalogue
    ids, ``references`` ids of entries in policy, calendar or outlook files; ``formula`` is written
    in series ids and dates and is the same in every language; ``quantum`` is the display step.
    """

    id: str
    value: Decimal
    unit: Unit
    as_of: date
    quantum: Decimal
    series: tuple[str, ...]
    formula: str
    references: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.quantum <= 0:
            raise ValueError(f"{self.id}: a display quantum is positive, not {self.quantum}")
        if not self.series and not self.references:
            raise ValueError(f"{self.id}: a figure names its series or its reference")

    @property
    def displayed(self) -> Decimal:
        """The value at its display step; what lies midway goes to the even neighbor."""
        steps = (self.value / self.quantum).quantize(Decimal(1), ROUND_HALF_EVEN)
        return steps * self.quantum

    @property
    def magnitude(self) -> Quantity:
        """The same figure without its sign, for sentences whose verb carries the direction."""
        return Quantity(
            self.id,
            abs(self.value),
            self.unit,
            self.as_of,
            self.quantum,
            self.series,
            self.formula,
            self.references,
        )


def quantity(
    id: str,
    value: float | int | Decimal,
    unit: Unit,
    as_of: date,
    quantum: str | Decimal,
    *,
    series: tuple[str, ...] = (),
    formula: str,
    references: tuple[str, ...] = (),
) -> Quantity:
    """A quantity whose value is cleaned of float noise below the grain of its unit."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    cleaned = exact.quantize(GRAIN[unit], ROUND_HALF_EVEN)
    return Quantity(id, cleaned, unit, as_of, Decimal(quantum), series, formula, references)
