"""The series taken from FRED: H.4.1 and administered rates; and the copies that check others."""

from __future__ import annotations

from decimal import Decimal

from reportgen.model import Check, Frequency, Meaning, Series, Source, Unit
from reportgen.sources import rules

SOURCE = Source(
    id="fred",
    publisher="Federal Reserve Bank of St. Louis",
    page="https://fred.stlouisfed.org/",
    notice="This product uses the FRED® API but is not endorsed or certified by the Federal "
    "Reserve Bank of St. Louis.",
    licence="https://fred.stlouisfed.org/legal/",
)

BILLION, TRILLION = 1e9, 1e12

# What reverse repo exercises took: kept to know their days, never printed.
REVERSE_REPO_EXERCISES = "on_rrp_accepted@exercises"


def _h41(
    id: str,
    identifier: str,
    meaning: Meaning,
    least: float,
    most: float,
    *,
    required: bool = True,
    bundled: bool = True,
) -> Series:
    return Series(
        id=id,
        source="fred",
        identifier=identifier,
        publisher="frb",
        unit=Unit.USD,
        frequency=Frequency.WEEK,
        meaning=meaning,
        rule=rules.H41,
        quantum=Decimal(10) ** 10,
        page=f"https://fred.stlouisfed.org/series/{identifier}",
        least=least,
        most=most,
        required=required,
        bundled=bundled,
    )


def _administered(id: str, identifier: str) -> Series:
    return Series(
        id=id,
        source="fred",
        identifier=identifier,
        publisher="frb",
        unit=Unit.PERCENT,
        frequency=Frequency.CALENDAR_DAY,
        meaning=Meaning.DAY,
        rule=rules.ADMINISTERED,
        quantum=Decimal("0.01"),
        page=f"https://fred.stlouisfed.org/series/{identifier}",
        least=0.0,
        most=20.0,
        required=True,
    )


# The bounds of a weekly series lie within a factor of 1000 of each other: FRED has published some
# of them in billions and later in millions, and the magnitude is what tells the two apart.
H41 = (
    _h41("total_assets", "WALCL", Meaning.WEDNESDAY_LEVEL, 2 * TRILLION, 20 * TRILLION),
    _h41("treasuries_held", "TREAST", Meaning.WEDNESDAY_LEVEL, TRILLION, 15 * TRILLION),
    _h41("mbs_held", "WSHOMCB", Meaning.WEDNESDAY_LEVEL, 0.2 * TRILLION, 5 * TRILLION),
    _h41("tga_level", "WDTGAL", Meaning.WEDNESDAY_LEVEL, 5 * BILLION, 4 * TRILLION),
    _h41("reserve_balances", "WRESBAL", Meaning.WEEK_AVERAGE, 0.5 * TRILLION, 10 * TRILLION),
    _h41("currency_in_circulation", "WCURCIR", Meaning.WEEK_AVERAGE, TRILLION, 8 * TRILLION),
    _h41(
        "reserve_balances_level",
        "WRBWFRBL",
        Meaning.WEDNESDAY_LEVEL,
        0.5 * TRILLION,
        10 * TRILLION,
        required=False,
        bundled=False,
    ),
    _h41(
        "foreign_reverse_repo",
        "WLRRAFOIAL",
        Meaning.WEDNESDAY_LEVEL,
        50 * BILLION,
        2 * TRILLION,
        required=False,
        bundled=False,
    ),
)

ADMINISTERED = (
    _administered("iorb", "IORB"),
    _administered("target_upper", "DFEDTARU"),
    _administered("target_lower", "DFEDTARL"),
)

SERIES = (*H41, *ADMINISTERED)

# Copies of the New York Fed's figures, by FRED's identifier: never printed, they check the
# original. Rates have two decimals, RRPONTSYD three decimals of a billion.
COPIES = {
    "SOFR": Check("sofr", "sofr@fred", 0.005),
    "TGCRRATE": Check("tgcr", "tgcr@fred", 0.005),
    "BGCRRATE": Check("bgcr", "bgcr@fred", 0.005),
    "EFFR": Check("effr", "effr@fred", 0.005),
    "OBFR": Check("obfr", "obfr@fred", 0.005),
    # FRED has printed small value exercises with the day's operation, and instead of it.
    "RRPONTSYD": Check("on_rrp_accepted", "on_rrp_accepted@fred", 1e6, REVERSE_REPO_EXERCISES),
    "RRPONTSYAWARD": Check("on_rrp_rate", "on_rrp_rate@fred", 0.005),
}
