"""Recorded responses, rows like them, and what a feed reads out of a body."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from reportgen.model import Parsed
from reportgen.settings import SourceSettings
from reportgen.sources.catalogue import FEEDS, VINTAGE_FEEDS
from reportgen.sources.feed import Feed, Request
from reportgen.sources.treasury.series import DEBT_CLASSES

PAYLOADS = Path(__file__).parents[1] / "fixtures" / "payloads"
KEY = "0123456789abcdef0123456789abcdef"
FEED_OF = {feed.id: feed for feed in (*FEEDS, *VINTAGE_FEEDS)}


def body_of(name: str) -> bytes:
    """A recorded response, byte for byte."""
    return (PAYLOADS / name).read_bytes()


def payload_of(name: str) -> Any:
    """A recorded response as plain values, new at each call."""
    return json.loads(body_of(name))


def encoded(payload: Any) -> bytes:
    """Plain values as a provider would send them."""
    return json.dumps(payload).encode()


def table(rows: Sequence[Mapping[str, Any]], total: int | None = None) -> bytes:
    """Rows in the envelope of Fiscal Data, on one page."""
    count = len(rows) if total is None else total
    return encoded({"data": rows, "meta": {"total-count": count}, "links": {"next": None}})


def request_of(
    feed: Feed, start: str = "2018-01-01", end: str = "2026-12-31", key: str = ""
) -> Request:
    """What a feed asks for a window."""
    return feed.address(SourceSettings(), key, date.fromisoformat(start), date.fromisoformat(end))


def parsed(feed_id: str, *pages: bytes, key: str = "", **window: str) -> Parsed:
    """What a feed reads out of pages."""
    feed = FEED_OF[feed_id]
    return feed.parse(pages, request_of(feed, key=key, **window))


def values(found: Parsed) -> dict[str, dict[str, float]]:
    """Values by day and series; a test fails when a day has two of one series."""
    days: dict[str, dict[str, float]] = {}
    for seen in found.observations:
        of_day = days.setdefault(seen.date.isoformat(), {})
        assert seen.series not in of_day, f"{seen.series} twice on {seen.date}"
        of_day[seen.series] = seen.value
    return days


def month(**amounts: str) -> list[dict[str, str]]:
    """A statement whose only real line is the recorded one of bills; the rest makes a sum."""
    (bills,) = payload_of("fiscaldata_mspd_table_1_one_row.json")["data"]
    lines = dict(zip(DEBT_CLASSES, ("", "14000000", "4900000", "2000000", "600000"), strict=True))
    rows = [
        bills if name == "Bills" else {**bills, "security_class_desc": name, "total_mil_amt": text}
        for name, text in lines.items()
    ]
    # 6,367,951.7093 + 14,000,000 + 4,900,000 + 2,000,000 + 600,000
    total = {"security_type_desc": "Total Marketable", "security_class_desc": "_"}
    rows.append({**bills, **total, "total_mil_amt": "27867951.7093"})
    return [{**row, "total_mil_amt": amounts.get(row["security_class_desc"], row["total_mil_amt"])}
            for row in rows]  # fmt: skip


def penny(**fields: str) -> dict[str, str]:
    """A day of the debt to the penny with fields replaced."""
    # 31,621,329,805,348.19 + 7,724,010,982,621.53 on 2026-06-29
    return {
        "record_date": "2026-06-29",
        "debt_held_public_amt": "31621329805348.19",
        "intragov_hold_amt": "7724010982621.53",
        "tot_pub_debt_out_amt": "39345340787969.72",
        **fields,
    }


def auction(**fields: str) -> dict[str, str]:
    """The recorded five-year note with fields replaced."""
    (row,) = payload_of("fiscaldata_auctions_query_excerpt.json")["data"]
    return {**row, **fields}
