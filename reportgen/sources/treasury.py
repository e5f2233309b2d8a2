"""Fiscal Data of the US Treasury: the daily statement, the monthly statement of the public debt."""

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

_DATASETS = "https://fiscaldata.treasury.gov/datasets"
_MSPD_PAGE = f"{_DATASETS}/monthly-statement-public-debt/"
_DTS_PAGE = f"{_DATASETS}/daily-treasury-statement/"
_DEBT_PAGE = f"{_DATASETS}/debt-to-the-penny/"


def _series(
    id: str,
    identifier: str,
    meaning: Meaning,
    rule: PublicationRule,
    page: str,
    *,
    required: bool = False,
    bundled: bool = True,
) -> Series:
    return Series(
        id=id,
        source="treasury",
        identifier=identifier,
        publisher="treasury",
        unit=Unit.USD,
        frequency=Frequency.MONTH if meaning is Meaning.MONTH_END else Frequency.BUSINESS_DAY,
        meaning=meaning,
        rule=rule,
        quantum=Decimal(10) ** 9,
        page=page,
        required=required,
        bundled=bundled,
    )


SERIES = (
    _series(
        "bills_outstanding",
        "mspd_table_1 Bills total_mil_amt",
        Meaning.MONTH_END,
        rules.MONTHLY_STATEMENT,
        _MSPD_PAGE,
        required=True,
    ),
    _series(
        "marketable_debt",
        "mspd_table_1 Total Marketable total_mil_amt",
        Meaning.MONTH_END,
        rules.MONTHLY_STATEMENT,
        _MSPD_PAGE,
        required=True,
    ),
    _series(
        "tga_close",
        "operating_cash_balance closing balance",
        Meaning.DAY,
        rules.DAILY_TREASURY_STATEMENT,
        _DTS_PAGE,
    ),
    _series(
        "public_debt",
        "debt_to_penny tot_pub_debt_out_amt",
        Meaning.DAY,
        rules.DAILY_TREASURY_STATEMENT,
        _DEBT_PAGE,
        bundled=False,
    ),
)
