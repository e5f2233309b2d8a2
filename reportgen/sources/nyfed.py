"""The Markets Data of the Federal Reserve Bank of New York: operations, SOMA, reference rates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from reportgen.model import Frequency, Meaning, PublicationRule, Series, Source, Unit
from reportgen.sources import rules

SOURCE = Source(
    id="nyfed",
    publisher="Federal Reserve Bank of New York",
    page="https://markets.newyorkfed.org/",
    notice="Data of the Federal Reserve Bank of New York are subject to its Terms of Use; the New "
    "York Fed does not sanction, endorse or recommend this publication.",
    licence="https://www.newyorkfed.org/privacy/termsofuse",
)

_REPO_PAGE = "https://www.newyorkfed.org/markets/desk-operations/repo"
_SOMA_PAGE = "https://www.newyorkfed.org/markets/soma-holdings"
_RATES_PAGE = "https://www.newyorkfed.org/markets/reference-rates"


def _soma(id: str, identifier: str) -> Series:
    return Series(
        id=id,
        source="nyfed",
        identifier=f"soma/summary {identifier}",
        publisher="nyfed",
        unit=Unit.USD,
        frequency=Frequency.WEEK,
        meaning=Meaning.WEDNESDAY_LEVEL,
        rule=rules.H41,
        quantum=Decimal(10) ** 10,
        page=_SOMA_PAGE,
        required=True,
    )


def _operation(
    id: str,
    identifier: str,
    unit: Unit,
    quantum: Decimal,
    rule: PublicationRule,
    *,
    required: bool = False,
    bundled: bool = True,
) -> Series:
    return Series(
        id=id,
        source="nyfed",
        identifier=identifier,
        publisher="nyfed",
        unit=unit,
        frequency=Frequency.OPERATION,
        meaning=Meaning.DAY,
        rule=rule,
        quantum=quantum,
        page=_REPO_PAGE,
        required=required,
        bundled=bundled,
    )


def _reference_rate(
    id: str, identifier: str, unit: Unit, quantum: str, rule: PublicationRule
) -> Series:
    return Series(
        id=id,
        source="nyfed",
        identifier=identifier,
        publisher="nyfed",
        unit=unit,
        frequency=Frequency.BUSINESS_DAY,
        meaning=Meaning.DAY,
        rule=rule,
        quantum=Decimal(quantum),
        page=_RATES_PAGE,
        bundled=False,
    )


SERIES = (
    _operation(
        "srf_accepted",
        "rp/results overnight repo",
        Unit.USD,
        Decimal(10) ** 7,
        rules.REPO_OPERATION,
        required=True,
    ),
    _operation(
        "srf_rate",
        "rp/results minimumBidRate, percentOfferingRate",
        Unit.PERCENT,
        Decimal("0.01"),
        rules.REPO_OPERATION,
        required=True,
    ),
    _operation(
        "on_rrp_rate",
        "rp/results percentOfferingRate",
        Unit.PERCENT,
        Decimal("0.01"),
        rules.REVERSE_REPO_OPERATION,
        required=True,
    ),
    Series(
        id="temporary_repo_accepted",
        source="nyfed",
        identifier="rp/results overnight repo before 2021-07-29",
        publisher="nyfed",
        unit=Unit.USD,
        frequency=Frequency.OPERATION,
        meaning=Meaning.DAY,
        rule=rules.REPO_OPERATION,
        quantum=Decimal(10) ** 7,
        page=_REPO_PAGE,
        ended=date(2021, 7, 28),
    ),
    _soma("soma_total", "total"),
    _soma("soma_bills", "bills"),
    _soma("soma_notesbonds", "notesbonds"),
    _soma("soma_tips", "tips"),
    _soma("soma_frn", "frn"),
    _soma("soma_mbs", "mbs"),
    _soma("soma_cmbs", "cmbs"),
    _soma("soma_agencies", "agencies"),
    _reference_rate("bgcr", "rates/secured/bgcr", Unit.PERCENT, "0.01", rules.SECURED_RATE),
    _reference_rate("obfr", "rates/unsecured/obfr", Unit.PERCENT, "0.01", rules.UNSECURED_RATE),
    _reference_rate(
        "sofr_p99", "rates/secured/sofr percentile 99", Unit.PERCENT, "0.01", rules.SECURED_RATE
    ),
    _reference_rate(
        "sofr_volume", "rates/secured/sofr volume", Unit.USD, "1000000000", rules.SECURED_RATE
    ),
    _operation(
        "bill_purchases",
        "tsy/purchases results bills",
        Unit.USD,
        Decimal(10) ** 8,
        rules.REPO_OPERATION,
        bundled=False,
    ),
)
