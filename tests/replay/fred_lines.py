"""The series FRED is asked for: their units, their frequency, and how a value is printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tests.replay.history import BILLION, MILLION

# Vintages of reserve balances before this day are in billions.
RESERVES_IN_MILLIONS = date(2025, 1, 1)

MILLIONS_OF_USD = "Millions of U.S. Dollars"
BILLIONS_OF_USD = "Billions of US Dollars"
PERCENT = "Percent"

SHORT_UNITS = {MILLIONS_OF_USD: "Mil. of U.S. $", BILLIONS_OF_USD: "Bil. of US $", PERCENT: "%"}
_SCALES = {MILLIONS_OF_USD: MILLION, BILLIONS_OF_USD: BILLION, PERCENT: 1}


@dataclass(frozen=True, slots=True)
class Line:
    """A series as FRED names it; ``weekdays`` ones have a row without value on holidays."""

    id: str
    series: str
    units: str
    frequency: str

    @property
    def weekdays(self) -> bool:
        """Whether the series has a row on every weekday."""
        return self.frequency == "Daily"


_WEEKLY, _DAILY, _EVERY_DAY = "Weekly, As of Wednesday", "Daily", "Daily, 7-Day"

LINES = {
    line.id: line
    for line in (
        Line("WALCL", "total_assets", MILLIONS_OF_USD, _WEEKLY),
        Line("TREAST", "treasuries_held", MILLIONS_OF_USD, _WEEKLY),
        Line("WSHOMCB", "mbs_held", MILLIONS_OF_USD, _WEEKLY),
        Line("WDTGAL", "tga_level", MILLIONS_OF_USD, _WEEKLY),
        Line("WRESBAL", "reserve_balances", MILLIONS_OF_USD, "Weekly, Ending Wednesday"),
        Line("WCURCIR", "currency_in_circulation", MILLIONS_OF_USD, "Weekly, Ending Wednesday"),
        Line("WRBWFRBL", "reserve_balances_level", MILLIONS_OF_USD, _WEEKLY),
        Line("WLRRAFOIAL", "foreign_reverse_repo", MILLIONS_OF_USD, _WEEKLY),
        Line("IORB", "iorb", PERCENT, _EVERY_DAY),
        Line("DFEDTARU", "target_upper", PERCENT, _EVERY_DAY),
        Line("DFEDTARL", "target_lower", PERCENT, _EVERY_DAY),
        Line("SOFR", "sofr", PERCENT, _DAILY),
        Line("TGCRRATE", "tgcr", PERCENT, _DAILY),
        Line("BGCRRATE", "bgcr", PERCENT, _DAILY),
        Line("EFFR", "effr", PERCENT, _DAILY),
        Line("OBFR", "obfr", PERCENT, _DAILY),
        Line("RRPONTSYD", "on_rrp_accepted", BILLIONS_OF_USD, _DAILY),
        Line("RRPONTSYAWARD", "on_rrp_rate", PERCENT, _DAILY),
    )
}


def told(line: Line, value: Decimal, vintage: date) -> str:
    """A value in FRED's unit of a vintage, with the decimals FRED prints or more if it has more."""
    units = units_of(line, vintage)
    scaled = value / _SCALES[units]
    decimals = {MILLIONS_OF_USD: 0, BILLIONS_OF_USD: 3, PERCENT: 2}[units]
    exponent = scaled.normalize().as_tuple().exponent
    return f"{scaled:.{max(decimals, -int(exponent))}f}"


def units_of(line: Line, vintage: date) -> str:
    """The unit of a series in a vintage."""
    if line.id == "WRESBAL" and vintage < RESERVES_IN_MILLIONS:
        return BILLIONS_OF_USD
    return line.units
