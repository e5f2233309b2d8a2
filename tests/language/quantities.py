"""Figures for tests, by value, unit and quantum."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from reportgen.model import Quantity, Unit

AS_OF = date(2025, 12, 2)


def figure(
    value: str | int | Decimal, unit: Unit, quantum: str | Decimal, id: str = "test.figure"
) -> Quantity:
    """A quantity that nothing but its number matters of."""
    return Quantity(id, Decimal(value), unit, AS_OF, Decimal(quantum), ("sofr",), "sofr")
