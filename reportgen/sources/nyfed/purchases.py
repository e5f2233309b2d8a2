"""Outright purchases of Treasury bills by the Desk, par accepted each day, US dollars."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from reportgen.model import Observation, Parsed
from reportgen.settings import SourceSettings
from reportgen.sources import reading
from reportgen.sources.feed import Feed, Request

BILL_PURCHASE = "Outright Bill Purchase"


def address(sources: SourceSettings, _key: str, start: date, end: date) -> Request:
    """All outright purchases of Treasuries in a window."""
    return Request(
        FEED.id,
        f"{sources.nyfed.base_url}/api/tsy/purchases/results/summary/search.json",
        (
            ("startDate", start.isoformat()),
            ("endDate", end.isoformat()),
            ("securityType", "treasury"),
        ),
        start,
        end,
    )


def parse(pages: Sequence[bytes], request: Request) -> Parsed:
    """Bill purchases by operation day; a window without any is no error.

    The service does not say whether a purchase is for reserve management or reinvests principal.
    """
    rows = reading.json_records(pages[0], request, "treasury", "auctions")
    kept = {row.text("operationId"): row for row in rows if row.text("auctionStatus") == "Results"}
    bills = [row for row in kept.values() if row.text("operationType") == BILL_PURCHASE]
    days = reading.group_by_day(bills, lambda row: row.day("operationDate"))
    return Parsed(
        tuple(
            Observation(
                "bill_purchases",
                day,
                float(sum((row.number("totalParAmtAccepted") for row in of_day), Decimal(0))),
            )
            for day, of_day in days.items()
        )
    )


FEED = Feed(
    id="nyfed.purchases",
    source="nyfed",
    series=("bill_purchases",),
    address=address,
    parse=parse,
    irregular=True,
)
