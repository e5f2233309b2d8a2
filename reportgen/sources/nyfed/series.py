"""The series of the New York Fed: operations, SOMA, reference rates."""

from __future__ import annotations

from collections.abc import Iterator
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
_REVERSE_REPO_PAGE = "https://www.newyorkfed.org/markets/desk-operations/reverse-repo"
_PURCHASES_PAGE = "https://www.newyorkfed.org/markets/desk-operations/treasury-securities"
_SOMA_PAGE = "https://www.newyorkfed.org/markets/soma-holdings"
_RATES_PAGE = "https://www.newyorkfed.org/markets/reference-rates"

TRILLION = 1e12

# Rate, whether it is secured, whether the brief cannot do without it.
REFERENCE_RATES = (
    ("sofr", True, True),
    ("tgcr", True, True),
    ("bgcr", True, False),
    ("effr", False, True),
    ("obfr", False, False),
)
PERCENTILES = (1, 25, 75, 99)


def _soma(id: str, identifier: str, least: float, most: float) -> Series:
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
        least=least,
        most=most,
        required=True,
    )


def _amount(
    id: str,
    identifier: str,
    rule: PublicationRule,
    page: str,
    *,
    quantum: int = 10**7,
    most: float = 3 * TRILLION,
    frequency: Frequency = Frequency.OPERATION,
    required: bool = False,
    bundled: bool = False,
    ended: date | None = None,
) -> Series:
    return Series(
        id=id,
        source="nyfed",
        identifier=identifier,
        publisher="nyfed",
        unit=Unit.USD,
        frequency=frequency,
        meaning=Meaning.DAY,
        rule=rule,
        quantum=Decimal(quantum),
        page=page,
        least=0.0,
        most=most,
        required=required,
        bundled=bundled,
        ended=ended,
    )


def _rate(
    id: str,
    identifier: str,
    frequency: Frequency,
    rule: PublicationRule,
    page: str,
    *,
    required: bool = False,
    bundled: bool = False,
) -> Series:
    return Series(
        id=id,
        source="nyfed",
        identifier=identifier,
        publisher="nyfed",
        unit=Unit.PERCENT,
        frequency=frequency,
        meaning=Meaning.DAY,
        rule=rule,
        quantum=Decimal("0.01"),
        page=page,
        # Secured rates printed 10% in September 2019 (99th percentile 9.00); none was below -0.1.
        least=-1.0,
        most=20.0,
        required=required,
        bundled=bundled,
    )


def _reference_rates() -> Iterator[Series]:
    for id, secured, required in REFERENCE_RATES:
        rule = rules.SECURED_RATE if secured else rules.UNSECURED_RATE
        path = f"rates/{'secured' if secured else 'unsecured'}/{id}"
        days = Frequency.BUSINESS_DAY
        yield _rate(
            id, f"{path} percentRate", days, rule, _RATES_PAGE, required=required, bundled=required
        )
        for nth in PERCENTILES:
            yield _rate(f"{id}_p{nth}", f"{path} percentPercentile{nth}", days, rule, _RATES_PAGE)
        yield _amount(
            f"{id}_volume",
            f"{path} volumeInBillions",
            rule,
            _RATES_PAGE,
            quantum=10**9,
            most=10 * TRILLION,
            frequency=days,
        )


def _collateral(kind: str, name: str) -> Series:
    return _amount(
        f"srf_{kind}_accepted", f"rp/results details {name}", rules.REPO_OPERATION, _REPO_PAGE
    )


SERIES = (
    _amount(
        "srf_accepted",
        "rp/results overnight repo",
        rules.REPO_OPERATION,
        _REPO_PAGE,
        required=True,
        bundled=True,
    ),
    _collateral("treasury", "Treasury"),
    _collateral("agency", "Agency"),
    _collateral("mbs", "Mortgage-Backed"),
    _rate(
        "srf_rate",
        "rp/results minimumBidRate, percentOfferingRate",
        Frequency.OPERATION,
        rules.REPO_OPERATION,
        _REPO_PAGE,
        required=True,
        bundled=True,
    ),
    _amount(
        "on_rrp_accepted",
        "rp/results overnight reverse repo",
        rules.REVERSE_REPO_OPERATION,
        _REVERSE_REPO_PAGE,
        quantum=10**8,
        most=4 * TRILLION,
        required=True,
        bundled=True,
    ),
    _rate(
        "on_rrp_rate",
        "rp/results percentOfferingRate, percentAwardRate",
        Frequency.OPERATION,
        rules.REVERSE_REPO_OPERATION,
        _REVERSE_REPO_PAGE,
        required=True,
        bundled=True,
    ),
    _amount(
        "temporary_repo_accepted",
        "rp/results overnight repo before 2021-07-29",
        rules.REPO_OPERATION,
        _REPO_PAGE,
        bundled=True,
        ended=date(2021, 7, 28),
    ),
    _soma("soma_total", "total", 2 * TRILLION, 12 * TRILLION),
    _soma("soma_bills", "bills", 0.0, 4 * TRILLION),
    _soma("soma_notesbonds", "notesbonds", TRILLION, 8 * TRILLION),
    _soma("soma_tips", "tips", 1e10, TRILLION),
    _soma("soma_frn", "frn", 0.0, 2e11),
    _soma("soma_mbs", "mbs", 2e11, 4 * TRILLION),
    _soma("soma_cmbs", "cmbs", 0.0, 1e11),
    _soma("soma_agencies", "agencies", 0.0, 1e11),
    *_reference_rates(),
    _amount(
        "bill_purchases",
        "tsy/purchases results Outright Bill Purchase",
        rules.OUTRIGHT_OPERATION,
        _PURCHASES_PAGE,
        quantum=10**8,
        most=TRILLION,
        frequency=Frequency.IRREGULAR,
    ),
)
