"""The series of Fiscal Data: the daily statement, the public debt, auctions."""

from __future__ import annotations

from decimal import Decimal

from reportgen.model import Frequency, Meaning, PublicationRule, Series, Source, Unit
from reportgen.sources import rules

SOURCE = Source(
    id="treasury",
    publisher="US Department of the Treasury, Bureau of the Fiscal Service",
    page="https://fiscaldata.treasury.gov/",
    notice="Data of the US Treasury's Bureau of the Fiscal Service are in the public domain.",
    licence="https://fiscaldata.treasury.gov/about-us/",
)

TRILLION = 1e12

_DATASETS = "https://fiscaldata.treasury.gov/datasets"
_MSPD_PAGE = f"{_DATASETS}/monthly-statement-public-debt/"
_DTS_PAGE = f"{_DATASETS}/daily-treasury-statement/"
_DEBT_PAGE = f"{_DATASETS}/debt-to-the-penny/"
_AUCTIONS_PAGE = f"{_DATASETS}/treasury-securities-auctions-data/"

# Series id by class of marketable debt, as MSPD table 1 names it.
DEBT_CLASSES = {
    "Bills": "bills_outstanding",
    "Notes": "notes_outstanding",
    "Bonds": "bonds_outstanding",
    "Treasury Inflation-Protected Securities": "tips_outstanding",
    "Floating Rate Notes": "frn_outstanding",
}


def _series(
    id: str,
    identifier: str,
    rule: PublicationRule,
    page: str,
    least: float,
    most: float,
    *,
    frequency: Frequency = Frequency.BUSINESS_DAY,
    quantum: int = 10**9,
    required: bool = False,
    bundled: bool = False,
) -> Series:
    return Series(
        id=id,
        source="treasury",
        identifier=identifier,
        publisher="treasury",
        unit=Unit.USD,
        frequency=frequency,
        meaning=Meaning.MONTH_END if frequency is Frequency.MONTH else Meaning.DAY,
        rule=rule,
        quantum=Decimal(quantum),
        page=page,
        least=least,
        most=most,
        required=required,
        bundled=bundled,
    )


def _debt(id: str, name: str, least: float, most: float, *, bundled: bool = False) -> Series:
    return _series(
        id,
        f"mspd_table_1 {name} total_mil_amt",
        rules.MONTHLY_STATEMENT,
        _MSPD_PAGE,
        least,
        most,
        frequency=Frequency.MONTH,
        required=bundled,
        bundled=bundled,
    )


def _auctions(id: str, identifier: str) -> Series:
    return _series(
        id,
        f"auctions_query {identifier}",
        rules.AUCTION,
        _AUCTIONS_PAGE,
        0.0,
        2 * TRILLION,
        frequency=Frequency.IRREGULAR,
        quantum=10**8,
    )


SERIES = (
    _debt("bills_outstanding", "Bills", TRILLION, 20 * TRILLION, bundled=True),
    _debt("notes_outstanding", "Notes", 5 * TRILLION, 50 * TRILLION),
    _debt("bonds_outstanding", "Bonds", TRILLION, 20 * TRILLION),
    _debt(
        "tips_outstanding",
        "Treasury Inflation-Protected Securities",
        0.5 * TRILLION,
        10 * TRILLION,
    ),
    _debt("frn_outstanding", "Floating Rate Notes", 0.1 * TRILLION, 5 * TRILLION),
    _debt("marketable_debt", "Total Marketable", 10 * TRILLION, 80 * TRILLION, bundled=True),
    _series(
        "tga_close",
        "operating_cash_balance closing balance",
        rules.DAILY_TREASURY_STATEMENT,
        _DTS_PAGE,
        0.0,
        4 * TRILLION,
        bundled=True,
    ),
    _series(
        "public_debt",
        "debt_to_penny tot_pub_debt_out_amt",
        rules.DAILY_TREASURY_STATEMENT,
        _DEBT_PAGE,
        15 * TRILLION,
        100 * TRILLION,
    ),
    _auctions("bill_auctions_offered", "Bill offering_amt"),
    _auctions("bill_auctions_accepted", "Bill total_accepted"),
    _auctions("coupon_auctions_offered", "Note, Bond offering_amt"),
    _auctions("coupon_auctions_accepted", "Note, Bond total_accepted"),
)
