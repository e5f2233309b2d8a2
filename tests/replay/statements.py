"""The Treasury's statements: its cash balance by day, its debt by month and by day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tests.replay.history import MILLION, nonmarketable_usd
from tests.replay.market import Market, plain

Row = dict[str, str]

# The first days of the accounts' later names.
TGA_LINE, TGA_OPENING_AND_CLOSING = date(2021, 10, 1), date(2022, 4, 18)

# Deposits and withdrawals of a day on top of the balance's change.
_TURNOVER_MILLIONS = 30_000

_TGA = "Treasury General Account (TGA)"


@dataclass(frozen=True, slots=True)
class Table:
    """A table of FiscalData: the types of its fields in order, and its rows."""

    types: Mapping[str, str]
    rows: Callable[[Market], list[Row]]


_CALENDAR = {
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


def _calendar(day: date) -> Row:
    fiscal = day.year + (day.month >= 10)
    return {
        "record_fiscal_year": str(fiscal),
        "record_fiscal_quarter": str((day.month + 2) % 12 // 3 + 1),
        "record_calendar_year": str(day.year),
        "record_calendar_quarter": str((day.month - 1) // 3 + 1),
        "record_calendar_month": f"{day.month:02}",
        "record_calendar_day": f"{day.day:02}",
    }


def _cash_balance(market: Market) -> list[Row]:
    """A day opens at the close before; the first day of the history opens where it closes."""
    rows: list[Row] = []
    closes = {day: int(usd / MILLION) for day, usd in market.values("tga_close").items()}
    before: date | None = None
    month = fiscal_year = 0
    for day, close in closes.items():
        opening = close if before is None else closes[before]
        if before is None or before.month != day.month:
            month = opening
            if before is None or day.month == 10:
                fiscal_year = opening
        for line, (account, balances) in enumerate(
            _accounts(day, close, (opening, month, fiscal_year)), start=1
        ):
            rows.append(
                {
                    "record_date": day.isoformat(),
                    "account_type": account,
                    **balances,
                    "table_nbr": "I",
                    "table_nm": "Operating Cash Balance",
                    "sub_table_name": "Type of account",
                    "src_line_nbr": str(line),
                    **_calendar(day),
                }
            )
        before = day
    return rows


_BALANCES = ("close_today_bal", "open_today_bal", "open_month_bal", "open_fiscal_year_bal")


def _accounts(day: date, close: int, opens: tuple[int, int, int]) -> Iterator[tuple[str, Row]]:
    def balances(*millions: int | None) -> Row:
        padded = (*millions, *(None,) * (len(_BALANCES) - len(millions)))
        told = ("null" if amount is None else str(amount) for amount in padded)
        return dict(zip(_BALANCES, told, strict=True))

    if day < TGA_OPENING_AND_CLOSING:
        zero = balances(0, 0, 0, 0)
        if day < TGA_LINE:
            yield "Federal Reserve Account", balances(close, *opens)
            yield "Supplementary Financing Program Account", zero
            yield "Short-Term Cash Investments (Table V)", zero
        else:
            yield _TGA, balances(close, *opens)
        yield "Total Operating Balance", balances(close, *opens)
        return
    change = close - opens[0]
    yield f"{_TGA} Opening Balance", balances(None, *opens)
    yield "Total TGA Deposits (Table II)", balances(None, _TURNOVER_MILLIONS + max(change, 0))
    yield (
        "Total TGA Withdrawals (Table II) (-)",
        balances(None, _TURNOVER_MILLIONS - min(change, 0)),
    )
    yield f"{_TGA} Closing Balance", balances(None, close)


# Shares of marketable debt in thousandths; notes are what is left beside bills and these.
_MARKETABLE = {
    "Bonds": 165,
    "Treasury Inflation-Protected Securities": 70,
    "Floating Rate Notes": 21,
}
_FEDERAL_FINANCING_BANK_USD = Decimal(4_847 * MILLION)

# Shares of nonmarketable debt in thousandths; the Government Account Series is what is left.
_NONMARKETABLE = {
    "Domestic Series": 4,
    "State and Local Government Series": 13,
    "United States Savings Securities": 19,
    "Other": 1,
}


def _monthly_debt(market: Market) -> list[Row]:
    bills = market.values("bills_outstanding")
    rows: list[Row] = []
    for day, total_usd in market.values("marketable_debt").items():
        if day in bills:
            lines = _debt_lines(bills[day], total_usd)
            for number, (kind, name, public, intragovernmental) in enumerate(lines, start=1):
                rows.append(
                    {
                        "record_date": day.isoformat(),
                        "security_type_desc": kind,
                        "security_class_desc": name,
                        "debt_held_public_mil_amt": plain(public),
                        "intragov_hold_mil_amt": plain(intragovernmental),
                        "total_mil_amt": plain(public + intragovernmental),
                        "src_line_nbr": str(number),
                        **_calendar(day),
                    }
                )
    return rows


Line = tuple[str, str, Decimal, Decimal]


def _debt_lines(bills_usd: Decimal, total_usd: Decimal) -> list[Line]:
    """Fourteen lines in millions: type, class, held by the public, held within government.

    Of each marketable class a two-thousandth is held within government, of the Federal Financing
    Bank and the Government Account Series all.
    """
    others = {name: _share(total_usd, part) for name, part in _MARKETABLE.items()}
    known_usd = bills_usd + sum(others.values()) + _FEDERAL_FINANCING_BANK_USD
    marketable = {"Bills": bills_usd, "Notes": total_usd - known_usd, **others}
    lines = [_line("Marketable", name, usd, usd / 2000) for name, usd in marketable.items()]
    bank = _FEDERAL_FINANCING_BANK_USD
    lines.append(_line("Marketable", "Federal Financing Bank", bank, bank))
    all_usd = nonmarketable_usd(total_usd)
    nonmarketable = {name: _share(all_usd, part) for name, part in _NONMARKETABLE.items()}
    series_usd = all_usd - sum(nonmarketable.values())
    rest = [_line("Nonmarketable", name, usd, Decimal(0)) for name, usd in nonmarketable.items()]
    rest.append(_line("Nonmarketable", "Government Account Series", series_usd, series_usd))
    return [
        *lines,
        _total("Total Marketable", lines),
        *rest,
        _total("Total Nonmarketable", rest),
        _total("Total Public Debt Outstanding", [*lines, *rest]),
    ]


def _share(total_usd: Decimal, thousandths: int) -> Decimal:
    return (total_usd * thousandths / 1000).quantize(Decimal("1E2"))


def _line(kind: str, name: str, usd: Decimal, intragovernmental_usd: Decimal) -> Line:
    within = (intragovernmental_usd / MILLION).quantize(Decimal("0.0001"))
    return kind, name, usd / MILLION - within, within


def _total(kind: str, lines: Iterable[Line]) -> Line:
    public, within = Decimal(0), Decimal(0)
    for line in lines:
        public, within = public + line[2], within + line[3]
    return kind, "_", public, within


def _debt_to_penny(market: Market) -> list[Row]:
    """A fifth of the debt is held within government."""
    rows = []
    for day, usd in market.values("public_debt").items():
        within = (usd / 5).quantize(Decimal("0.01"))
        rows.append(
            {
                "record_date": day.isoformat(),
                "debt_held_public_amt": f"{usd - within:.2f}",
                "intragov_hold_amt": f"{within:.2f}",
                "tot_pub_debt_out_amt": f"{usd:.2f}",
                "src_line_nbr": "1",
                **_calendar(day),
            }
        )
    return rows


CASH_BALANCE = Table(
    {
        "record_date": "DATE",
        "account_type": "STRING",
        **dict.fromkeys(_BALANCES, "CURRENCY0"),
        **dict.fromkeys(("table_nbr", "table_nm", "sub_table_name"), "STRING"),
        "src_line_nbr": "INTEGER",
        **_CALENDAR,
    },
    _cash_balance,
)
MONTHLY_DEBT = Table(
    {
        "record_date": "DATE",
        "security_type_desc": "STRING",
        "security_class_desc": "STRING",
        "debt_held_public_mil_amt": "CURRENCY0",
        "intragov_hold_mil_amt": "CURRENCY0",
        "total_mil_amt": "CURRENCY0",
        "src_line_nbr": "INTEGER",
        **_CALENDAR,
    },
    _monthly_debt,
)
DEBT_TO_PENNY = Table(
    {
        "record_date": "DATE",
        "debt_held_public_amt": "CURRENCY",
        "intragov_hold_amt": "CURRENCY",
        "tot_pub_debt_out_amt": "CURRENCY",
        "src_line_nbr": "INTEGER",
        **_CALENDAR,
    },
    _debt_to_penny,
)
