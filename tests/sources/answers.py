"""A good body of each feed, and what becomes of it once it is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from reportgen.errors import SourceError
from reportgen.model import Parsed
from reportgen.sources.feed import Request
from tests.sources.recorded import (
    FEED_OF,
    KEY,
    auction,
    encoded,
    month,
    payload_of,
    penny,
    request_of,
    table,
)


@dataclass(frozen=True)
class Answered:
    """A feed and a body it can read; ``needed`` are fields it cannot do without, a number last."""

    feed: str
    body: bytes
    needed: tuple[str, ...]
    key: str = ""

    @property
    def request(self) -> Request:
        return request_of(FEED_OF[self.feed], start="2000-01-01", key=self.key)

    def read(self, body: bytes) -> Parsed:
        return FEED_OF[self.feed].parse([body], self.request)


def answers() -> list[Answered]:
    rates = payload_of("nyfed_rates_all_feeds_rows.json")["unsecured_all_latest"]
    eras = payload_of("fiscaldata_dts_operating_cash_balance_eras.json")
    purchase = payload_of("nyfed_tsy_ambs_pd_rows.json")[
        "tsy_results_summary_row (treasury.auctions[])"
    ]
    fred = {"count": 2, "offset": 0}
    weeks = [{"date": f"2025-11-{day}", "value": "2896586"} for day in (19, 26)]
    vintages = [{**week, "realtime_start": "2025-11-28"} for week in weeks]
    debt = ("record_date", "debt_held_public_amt", "intragov_hold_amt", "tot_pub_debt_out_amt")
    sale = ("auction_date", "cusip", "announcemt_date", "security_type", "offering_amt")
    return [
        Answered(
            "nyfed.operations",
            encoded(payload_of("nyfed_rp_results_search_2026-09-15.json")),
            ("operationId", "auctionStatus", "operationDate", "operationType", "operationMethod",
             "term", "closeTime", "details", "securityType", "amtAccepted", "totalAmtAccepted"),
        ),
        Answered(
            "nyfed.obfr",
            encoded({"refRates": rates["refRates"][1:]}),
            ("effectiveDate", "type", "percentRate"),
        ),
        Answered(
            "nyfed.soma",
            encoded(payload_of("nyfed_soma_summary_rows.json")),
            ("asOfDate", "mbs", "cmbs", "tips", "frn", "notesbonds", "bills", "agencies", "total"),
        ),
        Answered(
            "nyfed.purchases",
            encoded({"treasury": {"auctions": [purchase]}}),
            ("operationId", "auctionStatus", "operationType", "operationDate",
             "totalParAmtAccepted"),
        ),
        Answered("fred.WRESBAL", encoded({**fred, "observations": weeks}), ("date", "value"), KEY),
        Answered(
            "alfred.WRESBAL",
            encoded({**fred, "observations": vintages}),
            ("date", "realtime_start", "value"),
            KEY,
        ),
        Answered(
            "treasury.cash",
            table(eras["era_2026_rows"]),
            ("record_date", "account_type", "open_today_bal"),
        ),
        Answered(
            "treasury.debt_by_class",
            table(month()),
            ("record_date", "security_type_desc", "security_class_desc", "total_mil_amt"),
        ),
        Answered("treasury.debt_to_penny", table([penny()]), debt),
        Answered("treasury.auctions", table([auction()]), (*sale, "total_accepted")),
    ]  # fmt: skip


ANSWERS = answers()
CSV = Answered("fred.WRESBAL", b"observation_date,WRESBAL\n2025-11-26,2896586\n2025-12-03,\n", ())
VINTAGE = Answered("alfred.WRESBAL", b"observation_date,WRESBAL_20261231\n2025-11-26,2896586\n", ())
EVERY = [*ANSWERS, CSV, VINTAGE]


def refusal(answered: Answered, body: bytes) -> str:
    """What the error says; it must name the feed and the address, and hide the key."""
    with pytest.raises(SourceError) as caught:
        answered.read(body)
    assert caught.value.what.startswith(f"{answered.feed}: ")
    assert caught.value.where == answered.request.shown
    assert KEY not in str(caught.value)
    return caught.value.what


def read_or_refused(answered: Answered, body: bytes) -> Parsed | None:
    """The outcome of any body: typed observations of the feed's series, or the error."""
    try:
        found = answered.read(body)
    except SourceError:
        refusal(answered, body)
        return None
    series = set(FEED_OF[answered.feed].series)
    for seen in found.observations:
        assert seen.series in series
        assert type(seen.date) is date
        assert type(seen.value) is float
        assert abs(seen.value) < 1e40
    assert {doubt.series for doubt in found.doubts} <= series
    return found


def everywhere(payload: Any, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Any:
    """A payload with every object in it changed, the innermost first."""
    if isinstance(payload, dict):
        return change({name: everywhere(part, change) for name, part in payload.items()})
    return [everywhere(part, change) for part in payload] if isinstance(payload, list) else payload
