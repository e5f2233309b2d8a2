"""One operation of the New York Fed as a row of its feed, in the shape of its time."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from reportgen.model import Calendar
from reportgen.store import business_days
from tests.replay.history import BILLION, MILLION

Row = dict[str, Any]

# The first days of each shape of a row.
RELEASE_TIMES = date(2022, 1, 1)
RRP_OFFERING_RATES = date(2022, 1, 1)
BID_RATES_AND_LIMITS = date(2025, 1, 1)
TWO_A_DAY = date(2025, 6, 26)
IDS_FROM_25 = date(2025, 11, 13)
FULL_ALLOTMENT = date(2025, 12, 11)

_EXERCISE_NOTE = (
    "<p>This operation is a Small Value Exercise (SVE); the daily {name} operation will still take "
    "place at its regularly scheduled time, {clock}pm ET.</p>"
)


def repo(
    day: date,
    clocks: tuple[str, str],
    told_usd: int,
    rate: Decimal,
    *,
    note: str = "",
    limit_usd: int | None = None,
    term_days: int = 1,
) -> Row:
    """A repo operation: three fifths of it in Treasuries, the rest in mortgages."""
    full = day >= FULL_ALLOTMENT
    row = _head(day, "Repo", "Full Allotment" if full else "Multiple Price", clocks, term_days)
    row["note"] = note
    row["lastUpdated"] = f"{day} {clocks[1]}:40"
    if limit_usd is not None and BID_RATES_AND_LIMITS <= day < FULL_ALLOTMENT:
        row["operationLimit"] = limit_usd
    row["totalAmtSubmitted"] = row["totalAmtAccepted"] = told_usd
    treasuries_usd = (told_usd * 3 // 5 + MILLION - 1) // MILLION * MILLION
    parts = (treasuries_usd, 0, told_usd - treasuries_usd)
    row["details"] = [
        _collateral(day, kind, part_usd, float(rate))
        for kind, part_usd in zip(("Treasury", "Agency", "Mortgage-Backed"), parts, strict=True)
    ]
    return row


def _collateral(day: date, kind: str, told_usd: int, rate: float) -> Row:
    part: Row = {"securityType": kind, "amtSubmitted": told_usd, "amtAccepted": told_usd}
    if day >= FULL_ALLOTMENT:
        return {**part, "percentOfferingRate": rate}
    if day >= BID_RATES_AND_LIMITS:
        part["minimumBidRate"] = rate
    if told_usd:
        for name in ("High", "Low", "StopOut", "WeightedAverage"):
            part[f"percent{name}Rate"] = rate
    return part


def reverse_repo(
    day: date,
    told_usd: int,
    rate: Decimal,
    today: date,
    *,
    note: str = "",
    clocks: tuple[str, str] = ("12:45", "13:15"),
    counterparties: int | None = None,
) -> Row:
    """An ON RRP operation; a counterparty for every two billion dollars, three tenths with GSEs."""
    row = _head(day, "Reverse Repo", "Fixed Rate", clocks, 1)
    row["note"] = note
    row["lastUpdated"] = f"{day} {clocks[1]}:45"
    count = told_usd // (2 * BILLION) + 1 if counterparties is None else counterparties
    row["participatingCpty"] = row["acceptedCpty"] = count
    row["totalAmtSubmitted"] = row["totalAmtAccepted"] = told_usd
    part: Row = {"securityType": "Treasury", "amtSubmitted": told_usd, "amtAccepted": told_usd}
    if day >= RRP_OFFERING_RATES:
        part["percentOfferingRate"] = float(rate)
    row["details"] = [{**part, "percentAwardRate": float(rate)}]
    if today >= split_out_on(day):
        gse_usd = told_usd * 3 // 10 // MILLION * MILLION
        shares = {"bank": 0, "gse": gse_usd, "mmf": told_usd - gse_usd, "pd": 0}
        row["propositions"] = [
            {"counterpartyType": kind, "amtAccepted": amount} for kind, amount in shares.items()
        ]
    return row


def exercise_repo(day: date, rate: Decimal) -> Row:
    note = _EXERCISE_NOTE.format(name="SRF", clock="1:30")
    clocks = ("10:00", "10:15")
    return repo(day, clocks, 99 * MILLION, rate, note=note, limit_usd=250 * MILLION)


def exercise_reverse_repo(day: date, rate: Decimal, today: date) -> Row:
    note = _EXERCISE_NOTE.format(name="ON RRP", clock="12:45")
    clocks = ("10:30", "11:00")
    told_usd = 114 * MILLION
    return reverse_repo(day, told_usd, rate, today, note=note, clocks=clocks, counterparties=114)


def _head(day: date, kind: str, method: str, clocks: tuple[str, str], term_days: int) -> Row:
    matures = business_days.on_or_after(day + timedelta(days=term_days), Calendar.SIFMA)
    row: Row = {
        "auctionStatus": "Results",
        "operationDate": day.isoformat(),
        "settlementDate": day.isoformat(),
        "maturityDate": matures.isoformat(),
        "operationType": kind,
        "operationMethod": method,
        "settlementType": "Same Day",
        "termCalenderDays": (matures - day).days,
        "term": "Overnight" if term_days == 1 else "Term",
    }
    if day >= RELEASE_TIMES:
        row["releaseTime"] = clocks[0]
    row["closeTime"] = clocks[1]
    return row


def split_out_on(day: date) -> date:
    """The day on which an operation's counterparties come out: the end of the next quarter."""
    quarters = day.year * 4 + (day.month - 1) // 3 + 2
    return date(quarters // 4, quarters % 4 * 3 + 1, 1) - timedelta(days=1)
