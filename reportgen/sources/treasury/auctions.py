"""Auctions of Treasury securities by auction day: offered and accepted, bills and coupons, dollars.

``record_date`` is the day of issue, so what was known when follows from ``announcemt_date`` and
``auction_date``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal

from reportgen.clock import at_new_york
from reportgen.model import Observation, Parsed
from reportgen.settings import SourceSettings
from reportgen.sources import reading
from reportgen.sources.feed import Feed, Request
from reportgen.sources.reading import Row
from reportgen.sources.treasury import pages as tables

FIELDS = (
    "auction_date",
    "cusip",
    "record_date",
    "announcemt_date",
    "issue_date",
    "maturity_date",
    "security_type",
    "security_term",
    "offering_amt",
    "total_accepted",
)
KINDS = {"Bill": "bill", "Note": "coupon", "Bond": "coupon"}

# Offerings are announced at 11:00; bills close at 11:30, coupons at 13:00, results in minutes.
ANNOUNCED, HELD = time(11, 0), time(13, 30)


def address(sources: SourceSettings, _key: str, start: date, end: date) -> Request:
    """Auctions held or announced for the days of a window."""
    path = "/v1/accounting/od/auctions_query"
    return tables.table_request(FEED.id, sources, path, FIELDS, ("auction_date", start, end))


def parse(pages: Sequence[bytes], request: Request) -> Parsed:
    """What was offered, known from its announcement, and accepted, known from the auction.

    Before every auction of a day has its result, nothing is said of what it accepted.
    """
    offered = [row for row in tables.table_rows(pages, request) if _is_offered(row)]
    rows = reading.distinct(offered, "cusip", "auction_date")
    observations: list[Observation] = []
    for kind in ("bill", "coupon"):
        of_kind = [row for row in rows if KINDS[row.one_of("security_type", KINDS)] == kind]
        for day, held in reading.group_by_day(of_kind, lambda r: r.day("auction_date")).items():
            announced = max(row.day("announcemt_date") for row in held)
            observations.append(
                _sum(f"{kind}_auctions_offered", day, held, "offering_amt", (announced, ANNOUNCED))
            )
            if all(row.present_number("total_accepted") is not None for row in held):
                observations.append(
                    _sum(f"{kind}_auctions_accepted", day, held, "total_accepted", (day, HELD))
                )
    return Parsed(tuple(observations))


def _is_offered(row: Row) -> bool:
    """Amounts come with the announcement; a row without one is only a date in the schedule."""
    return row.present_number("offering_amt") is not None


def _sum(
    series: str, day: date, rows: list[Row], field: str, known: tuple[date, time]
) -> Observation:
    total = sum((row.number(field) for row in rows), Decimal(0))
    known_at: datetime = at_new_york(*known)
    return Observation(series, day, float(total), known_at)


FEED = Feed(
    id="treasury.auctions",
    source="treasury",
    series=(
        "bill_auctions_offered",
        "bill_auctions_accepted",
        "coupon_auctions_offered",
        "coupon_auctions_accepted",
    ),
    address=address,
    parse=parse,
    following=tables.following,
    ahead_days=45,
    irregular=True,
)
