"""The public debt: by class at month-end (MSPD table 1), and in total each day, US dollars."""

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
from reportgen.sources.treasury.series import DEBT_CLASSES

MONTHLY_FIELDS = (
    "record_date",
    "src_line_nbr",
    "security_type_desc",
    "security_class_desc",
    "debt_held_public_mil_amt",
    "intragov_hold_mil_amt",
    "total_mil_amt",
)
DAILY_FIELDS = (
    "record_date",
    "debt_held_public_amt",
    "intragov_hold_amt",
    "tot_pub_debt_out_amt",
)
# The statement rounds each line to a hundred dollars.
ROUNDING_MILLIONS = Decimal("0.01")


def monthly_address(sources: SourceSettings, _key: str, start: date, end: date) -> Request:
    """All lines of the statements of a window."""
    return tables.table_request(
        MONTHLY.id,
        sources,
        "/v1/debt/mspd/mspd_table_1",
        MONTHLY_FIELDS,
        ("record_date", start, end),
    )


def parse_monthly(pages: Sequence[bytes], request: Request) -> Parsed:
    """Marketable debt and its classes; doubtful where the classes do not add up to it."""
    rows = tables.table_rows(pages, request)
    months = [
        _month(day, of_month)
        for day, of_month in reading.group_by_day(rows, lambda r: r.day("record_date")).items()
    ]
    return Parsed(
        tuple(o for month in months for o in month.observations),
        tuple(d for month in months for d in month.doubts),
    )


def _month(day: date, rows: list[Row]) -> Parsed:
    classes = {
        row.text("security_class_desc"): row.number("total_mil_amt")
        for row in rows
        if row.text("security_type_desc") == "Marketable"
    }
    totals = [row for row in rows if row.text("security_type_desc") == "Total Marketable"]
    if len(totals) != 1:
        raise rows[0].fault(
            "security_type_desc", f"is 'Total Marketable' {len(totals)} times on {day}, not once"
        )
    missing = [name for name in DEBT_CLASSES if name not in classes]
    if missing:
        raise rows[0].fault("security_class_desc", f"is never {missing[0]!r} on {day}")
    total = totals[0].number("total_mil_amt")
    values = {id: classes[name] for name, id in DEBT_CLASSES.items()} | {"marketable_debt": total}
    apart = sum(classes.values(), Decimal(0)) - total
    if abs(apart) > ROUNDING_MILLIONS:
        reason = f"the classes add up to {apart:+,} million more than total marketable debt"
        return Parsed(
            (),
            tuple(
                Doubt(id, day, DoubtRule.IDENTITY, reason, float(value * tables.MILLION))
                for id, value in values.items()
            ),
        )
    return Parsed(
        tuple(Observation(id, day, float(v * tables.MILLION)) for id, v in values.items())
    )


def daily_address(sources: SourceSettings, _key: str, start: date, end: date) -> Request:
    """Debt to the penny in a window."""
    return tables.table_request(
        DAILY.id,
        sources,
        "/v2/accounting/od/debt_to_penny",
        DAILY_FIELDS,
        ("record_date", start, end),
    )


def parse_daily(pages: Sequence[bytes], request: Request) -> Parsed:
    """Total public debt; doubtful where its two parts do not add up to it."""
    observations: list[Observation] = []
    doubts: list[Doubt] = []
    for row in reading.distinct(tables.table_rows(pages, request), "record_date"):
        day, total = row.day("record_date"), row.number("tot_pub_debt_out_amt")
        parts = row.number("debt_held_public_amt") + row.number("intragov_hold_amt")
        if parts == total:
            observations.append(Observation("public_debt", day, float(total)))
        else:
            reason = f"held by the public and by the government add up to {parts:,}, not {total:,}"
            doubts.append(Doubt("public_debt", day, DoubtRule.IDENTITY, reason, float(total)))
    return Parsed(tuple(observations), tuple(doubts))


MONTHLY = Feed(
    id="treasury.debt_by_class",
    source="treasury",
    series=(*DEBT_CLASSES.values(), "marketable_debt"),
    address=monthly_address,
    parse=parse_monthly,
    following=tables.following,
)
DAILY = Feed(
    id="treasury.debt_to_penny",
    source="treasury",
    series=("public_debt",),
    address=daily_address,
    parse=parse_daily,
    following=tables.following,
)
