"""Recorded responses, and what a feed reads out of a body."""

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
