"""The Treasury General Account's closing balance from the Daily Treasury Statement, US dollars.

The close has moved twice: line *Federal Reserve Account*, column close_today_bal, until
2021-09-30; *Treasury General Account (TGA)*, same column, until 2022-04-15; then a line of its own,
*... Closing Balance*, with the value in open_today_bal.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from reportgen.model import Doubt, DoubtRule, Observation, Parsed
from reportgen.settings import SourceSettings
from reportgen.sources import reading
from reportgen.sources.feed import Feed, Request
from reportgen.sources.reading import Row
from reportgen.sources.treasury import pages as tables

FIELDS = ("record_date", "src_line_nbr", "account_type", "open_today_bal", "close_today_bal")
ACCOUNT = "Treasury General Account (TGA)"
CLOSING, OPENING = f"{ACCOUNT} Closing Balance", f"{ACCOUNT} Opening Balance"
SECOND_ERA, THIRD_ERA = date(2021, 10, 1), date(2022, 4, 18)


def address(sources: SourceSettings, _key: str, start: date, end: date) -> Request:
    """All accounts of a window; the line is chosen here, by its era."""
    path = "/v1/accounting/dts/operating_cash_balance"
    return tables.table_request(FEED.id, sources, path, FIELDS, ("record_date", start, end))


def parse(pages: Sequence[bytes], request: Request) -> Parsed:
    """One close a day, doubtful where it is not the next day's opening balance."""
    rows = tables.table_rows(pages, request)
    days = reading.group_by_day(rows, lambda row: row.day("record_date"))
    closes: dict[date, Decimal] = {}
    doubts: list[Doubt] = []
    previous: date | None = None
    for day, of_day in days.items():
        opening, closes[day] = _balances(day, of_day)
        if previous is not None and opening is not None and opening != closes[previous]:
            reason = (
                f"the opening balance of {day} is {opening:,} million, "
                f"the close of {previous} is {closes[previous]:,} million"
            )
            doubts += [_doubt(at, closes[at], reason) for at in (previous, day)]
        previous = day
    doubtful = {doubt.date for doubt in doubts}
    return Parsed(
        tuple(
            Observation("tga_close", day, float(value * tables.MILLION))
            for day, value in closes.items()
            if day not in doubtful
        ),
        tuple({doubt.date: doubt for doubt in doubts}.values()),
    )


def _balances(day: date, rows: list[Row]) -> tuple[Decimal | None, Decimal]:
    """Opening and closing balance of a day, in millions."""
    if day < THIRD_ERA:
        line = _line(day, rows, "Federal Reserve Account" if day < SECOND_ERA else ACCOUNT)
        return line.number("open_today_bal"), line.number("close_today_bal")
    opening = [row for row in rows if row.text("account_type") == OPENING]
    first = opening[0].number("open_today_bal") if opening else None
    return first, _line(day, rows, CLOSING).number("open_today_bal")


def _line(day: date, rows: list[Row], account: str) -> Row:
    lines = [row for row in rows if row.text("account_type") == account]
    if len(lines) != 1:
        raise rows[0].fault("account_type", f"is {account!r} {len(lines)} times on {day}, not once")
    return lines[0]


def _doubt(day: date, close: Decimal, reason: str) -> Doubt:
    return Doubt("tga_close", day, DoubtRule.IDENTITY, reason, float(close * tables.MILLION))


FEED = Feed(
    id="treasury.cash",
    source="treasury",
    series=("tga_close",),
    address=address,
    parse=parse,
    following=tables.following,
)
