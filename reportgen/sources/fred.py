"""FRED of the St. Louis Fed: H.4.1, administered rates, copies of daily rates."""

from __future__ import annotations

from decimal import Decimal

from reportgen.model import Frequency, Meaning, PublicationRule, Series, Source, Unit
from reportgen.sources import rules

SOURCE = Source(
    id="fred",
    publisher="Federal Reserve Bank of St. Louis",
    page="https://fred.stlouisfed.org/",
    notice="This product uses the FRED® API but is not endorsed or certified by the Federal "
    "Reserve Bank of St. Louis.",
    licence="https://fred.stlouisfed.org/legal/",
)


def _h41(
    id: str, identifier: str, meaning: Meaning, *, required: bool = False, bundled: bool = True
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
        required=required,
        bundled=bundled,
    )


def _rate(
    id: str, identifier: str, publisher: str, frequency: Frequency, rule: PublicationRule
) -> Series:
    return Series(
        id=id,
        source="fred",
        identifier=identifier,
        publisher=publisher,
        unit=Unit.PERCENT,
        frequency=frequency,
        meaning=Meaning.DAY,
        rule=rule,
        quantum=Decimal("0.01"),
        page=f"https://fred.stlouisfed.org/series/{identifier}",
        required=True,
    )


SERIES = (
    _h41("total_assets", "WALCL", Meaning.WEDNESDAY_LEVEL, required=True),
    _h41("treasuries_held", "TREAST", Meaning.WEDNESDAY_LEVEL, required=True),
    _h41("mbs_held", "WSHOMCB", Meaning.WEDNESDAY_LEVEL, required=True),
    _h41("tga_level", "WDTGAL", Meaning.WEDNESDAY_LEVEL, required=True),
    _h41("reserve_balances", "WRESBAL", Meaning.WEEK_AVERAGE, required=True),
    _h41("currency_in_circulation", "WCURCIR", Meaning.WEEK_AVERAGE, required=True),
    _h41("reserve_balances_level", "WRBWFRBL", Meaning.WEDNESDAY_LEVEL, bundled=False),
    _h41("foreign_reverse_repo", "WLRRAFOIAL", Meaning.WEDNESDAY_LEVEL, bundled=False),
    Series(
        id="on_rrp_accepted",
        source="fred",
        identifier="RRPONTSYD",
        publisher="nyfed",
        unit=Unit.USD,
        frequency=Frequency.OPERATION,
        meaning=Meaning.DAY,
        rule=rules.REVERSE_REPO_OPERATION,
        quantum=Decimal(10) ** 8,
        page="https://fred.stlouisfed.org/series/RRPONTSYD",
        required=True,
    ),
    _rate("sofr", "SOFR", "nyfed", Frequency.BUSINESS_DAY, rules.SECURED_RATE),
    _rate("tgcr", "TGCRRATE", "nyfed", Frequency.BUSINESS_DAY, rules.SECURED_RATE),
    _rate("effr", "EFFR", "nyfed", Frequency.BUSINESS_DAY, rules.UNSECURED_RATE),
    _rate("iorb", "IORB", "frb", Frequency.CALENDAR_DAY, rules.ADMINISTERED),
    _rate("target_upper", "DFEDTARU", "frb", Frequency.CALENDAR_DAY, rules.ADMINISTERED),
    _rate("target_lower", "DFEDTARL", "frb", Frequency.CALENDAR_DAY, rules.ADMINISTERED),
)
