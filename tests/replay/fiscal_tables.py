"""What the Treasury's tables have in common: types and labels of fields, calendar columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from tests.replay.market import Market

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of FiscalData: the types of its fields in order, and its rows."""

    types: Mapping[str, str]
    rows: Callable[[Market], list[Row]]


CALENDAR_TYPES = {
    "record_fiscal_year": "YEAR",
    "record_fiscal_quarter": "QUARTER",
    "record_calendar_year": "YEAR",
    "record_calendar_quarter": "QUARTER",
    "record_calendar_month": "MONTH",
    "record_calendar_day": "DAY",
}

_LABELS = {
    "account_type": "Type of Account",
    "close_today_bal": "Closing Balance Today",
    "open_today_bal": "Opening Balance Today",
    "security_type_desc": "Security Type Description",
    "security_class_desc": "Security Class Description",
    "debt_held_public_mil_amt": "Debt Held by the Public (in Millions)",
    "intragov_hold_mil_amt": "Intragovernmental Holdings (in Millions)",
    "total_mil_amt": "Total Public Debt Outstanding (in Millions)",
    "tot_pub_debt_out_amt": "Total Public Debt Outstanding",
    "src_line_nbr": "Source Line Number",
    "record_fiscal_year": "Fiscal Year",
    "record_fiscal_quarter": "Fiscal Quarter Number",
    "record_calendar_year": "Calendar Year",
    "record_calendar_quarter": "Calendar Quarter Number",
    "record_calendar_month": "Calendar Month Number",
    "record_calendar_day": "Calendar Day Number",
}


def label(field: str) -> str:
    """The heading of a field."""
    return _LABELS.get(field, field.replace("_", " ").title())


def calendar_columns(day: date) -> Row:
    """A day in the columns every table ends with; the fiscal year starts in October."""
    fiscal = day.year + (day.month >= 10)
    return {
        "record_fiscal_year": str(fiscal),
        "record_fiscal_quarter": str((day.month + 2) % 12 // 3 + 1),
        "record_calendar_year": str(day.year),
        "record_calendar_quarter": str((day.month - 1) // 3 + 1),
        "record_calendar_month": f"{day.month:02}",
        "record_calendar_day": f"{day.day:02}",
    }
