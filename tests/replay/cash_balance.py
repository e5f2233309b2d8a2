"""The Treasury's operating cash balance, in the accounts and columns of its three eras."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tests.replay.fiscal_tables import CALENDAR_TYPES, Row, Table, calendar_columns
from tests.replay.history import MILLION
from tests.replay.market import Market

# The first days of the accounts' later names.
TGA_LINE, TGA_OPENING_AND_CLOSING = date(2021, 10, 1), date(2022, 4, 18)

# Deposits and withdrawals of a day on top of the balance's change.
_TURNOVER_MILLIONS = 30_000

_TGA = "Treasury General Account (TGA)"


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
                    **calendar_columns(day),
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


CASH_BALANCE = Table(
    {
        "record_date": "DATE",
        "account_type": "STRING",
        **dict.fromkeys(_BALANCES, "CURRENCY0"),
        **dict.fromkeys(("table_nbr", "table_nm", "sub_table_name"), "STRING"),
        "src_line_nbr": "INTEGER",
        **CALENDAR_TYPES,
    },
    _cash_balance,
)
