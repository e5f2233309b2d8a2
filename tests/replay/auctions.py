"""The Treasury's auctions: announced, held and settled, on a simple timetable.

Bills of 4 weeks are issued on Tuesdays, of 13 and 26 weeks on Thursdays; notes of 2, 5 and 7 years
at a month's end, of 3 and 10 years and bonds of 30 years in its middle. Amounts are of the order of
the last years' and grow by a hundredth a month.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

from reportgen.clock import at_new_york
from reportgen.model import Calendar
from reportgen.store import business_days
from tests.replay.fiscal_tables import Row, Table
from tests.replay.history import (
    BILLION,
    CENT,
    LAST_DAY,
    MILLION,
    days_between,
    table,
)
from tests.replay.market import Market
from tests.replay.operations import PAYLOADS

FIRST_DAY = date(2018, 1, 1)
ANNOUNCED_CLOCK, HELD_CLOCK = time(11, 0), time(13, 2)


@dataclass(frozen=True, slots=True)
class Kind:
    """A security: its name, length, the offer of 2018, business days to its sale and issue."""

    type: str
    term: str
    days: int
    offered_billions: int
    notice_days: int = 3
    settle_days: int = 2


_FOUR_WEEKS = Kind("Bill", "4-Week", 28, 40)
_THURSDAY_BILLS = (Kind("Bill", "13-Week", 91, 42), Kind("Bill", "26-Week", 182, 36))
_MONTH_END = (
    Kind("Note", "2-Year", 730, 30, 4, 3),
    Kind("Note", "5-Year", 1826, 34, 4, 3),
    Kind("Note", "7-Year", 2557, 28, 4, 3),
)
_MID_MONTH = (
    Kind("Note", "3-Year", 1096, 28, 5, 4),
    Kind("Note", "10-Year", 3652, 22, 5, 3),
    Kind("Bond", "30-Year", 10957, 15, 5, 2),
)


@cache
def fields() -> dict[str, str]:
    """The fields of a recorded row, in order, with their types."""
    recorded = json.loads(
        (PAYLOADS / "fiscaldata_auctions_query_excerpt.json").read_text(encoding="utf-8")
    )
    types = recorded["meta"]["dataTypes"]
    return {name: types.get(name, _type(name)) for name in recorded["data"][0]}


def _type(name: str) -> str:
    if name.endswith("_date") or name.startswith("ref_cpi"):
        return "DATE" if name.endswith("_date") and "cpi" not in name else "NUMBER"
    if name.endswith(("_accepted", "_tendered", "_amt", "_yield", "_rate", "_ratio", "_price")):
        return "NUMBER"
    return "STRING"


def _issues() -> Iterator[tuple[date, Kind]]:
    """Every issue from 2018 on; those settled after the data's end are announced before it."""
    for day in days_between(FIRST_DAY, LAST_DAY + timedelta(days=14)):
        open_day = business_days.on_or_after(day, Calendar.FED)
        if day.weekday() == 1:
            yield open_day, _FOUR_WEEKS
        if day.weekday() == 3:
            yield from ((open_day, kind) for kind in _THURSDAY_BILLS)
        if day.day == 15:
            yield from ((open_day, kind) for kind in _MID_MONTH)
        if day.month != (day + timedelta(days=1)).month:
            # Coupons that fall due on a weekend settle on the first day of the next month.
            yield from ((open_day, kind) for kind in _MONTH_END)


def _rows(market: Market) -> list[Row]:
    """Announced auctions; nine tenths of the offers of a type mature in public hands that day."""
    rows = []
    for issued, kind in _issues():
        held = business_days.shift(issued, -kind.settle_days, Calendar.FED)
        announced = business_days.shift(held, -kind.notice_days, Calendar.FED)
        if _at(announced, ANNOUNCED_CLOCK) <= market.instant:
            row = _announcement(issued, held, announced, kind)
            if _at(held, HELD_CLOCK) <= market.instant:
                row |= _results(issued, held, kind)
            rows.append({name: row.get(name, "null") for name in fields()})
    offers_usd: Counter[tuple[str, str]] = Counter()
    for row in rows:
        offers_usd[row["security_type"], row["issue_date"]] += int(row["offering_amt"])
    for row in rows:
        offered_usd = offers_usd[row["security_type"], row["issue_date"]]
        row["est_pub_held_mat_by_type_amt"] = str(offered_usd * 9 // 10)
    return sorted(rows, key=lambda row: (row["record_date"], row["cusip"]))


def _at(day: date, clock: time) -> datetime:
    return at_new_york(day, clock)


def _offered_usd(issued: date, kind: Kind) -> int:
    months = (issued.year - 2018) * 12 + issued.month
    return kind.offered_billions * (100 + months) // 100 * BILLION


def _announcement(issued: date, held: date, announced: date, kind: Kind) -> Row:
    matures = business_days.on_or_after(issued + timedelta(days=kind.days), Calendar.FED)
    offered_usd = _offered_usd(issued, kind)
    return {
        "record_date": issued.isoformat(),
        "cusip": f"91{kind.type[0]}{issued:%y%m%d}{kind.days % 10}",
        "security_type": kind.type,
        "security_term": kind.term,
        "auction_date": held.isoformat(),
        "issue_date": issued.isoformat(),
        "maturity_date": matures.isoformat(),
        "announcemt_date": announced.isoformat(),
        "auction_format": "Single-Price",
        "cash_management_bill_cmb": "No",
        "closing_time_comp": "11:30 AM" if kind.type == "Bill" else "01:00 PM",
        "closing_time_noncomp": "11:00 AM" if kind.type == "Bill" else "12:00 PM",
        "floating_rate": "No",
        "inflation_index_security": "No",
        "offering_amt": str(offered_usd),
        "original_security_term": kind.term,
        "reopening": "No",
        "soma_holdings": str(offered_usd // 10),
        "soma_included": "No",
    }


def _results(issued: date, held: date, kind: Kind) -> Row:
    """Bids of two and a half times the offer; SOMA takes a twentieth on top of it.

    Of the competitive award indirect bidders get six tenths, direct ones three, dealers one. Bills
    yield the lower end of the target range, coupons a quarter of a point more for every decade.
    """
    offered_usd = _offered_usd(issued, kind)
    noncompetitive_usd = 50 * MILLION
    competitive_usd = offered_usd - noncompetitive_usd
    soma_usd = offered_usd // 20
    indirect_usd, direct_usd = competitive_usd * 6 // 10, competitive_usd * 3 // 10
    rate = table()["target_lower"][min(max(held, FIRST_DAY), LAST_DAY)] + 5 * CENT
    told: Row = {
        "bid_to_cover_ratio": "2.500000",
        "comp_accepted": str(competitive_usd),
        "comp_tendered": str(competitive_usd * 5 // 2),
        "direct_bidder_accepted": str(direct_usd),
        "indirect_bidder_accepted": str(indirect_usd),
        "primary_dealer_accepted": str(competitive_usd - indirect_usd - direct_usd),
        "noncomp_accepted": str(noncompetitive_usd),
        "soma_accepted": str(soma_usd),
        "soma_tendered": str(soma_usd),
        "total_accepted": str(offered_usd + soma_usd),
        "total_tendered": str(offered_usd * 5 // 2 + soma_usd),
    }
    if kind.type == "Bill":
        return told | {
            "high_discnt_rate": f"{rate:.6f}",
            "high_investment_rate": f"{rate + 10 * CENT:.6f}",
        }
    return told | {
        "high_yield": f"{rate + 25 * CENT * kind.days / 3652:.4f}",
        "int_rate": f"{rate:.6f}",
    }


AUCTIONS = Table(fields(), _rows)
