"""Repo and reverse repo operations: what the standing repo facility and the ON RRP took each day.

A day's figure is the sum of its overnight operations. Term operations and small value exercises are
left out, an operation that comes twice counts once. Method names change (Multiple Price until
2025-12-10, Full Allotment since), so none is used to choose rows, but an unknown one is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal

from reportgen.model import Doubt, DoubtRule, Observation, Parsed
from reportgen.settings import SourceSettings
from reportgen.sources import reading
from reportgen.sources.feed import Feed, Portion, Request
from reportgen.sources.fred.series import REVERSE_REPO_EXERCISES
from reportgen.sources.reading import Row

# The first day of the facility; overnight repo before it was temporary.
SRF_START = date(2021, 7, 29)

# The facility's day is complete with the afternoon operation, 13:30 to 13:45; the morning operation
# of test days and since 2025-06-26 ends at 8:30.
AFTERNOON = time(12, 0)

TYPES = ("Repo", "Reverse Repo")
METHODS = ("Multiple Price", "Single Price", "Full Allotment", "Fixed Rate")
COLLATERAL = {
    "Treasury": "srf_treasury_accepted",
    "Agency": "srf_agency_accepted",
    "Mortgage-Backed": "srf_mbs_accepted",
}
_TAG = re.compile(r"<[^>]*>")


def address(sources: SourceSettings, _key: str, start: date, end: date) -> Request:
    """All operations of a window: the service ignores its own filters, so none is sent."""
    return Request(
        FEED.id,
        f"{sources.nyfed.base_url}/api/rp/results/search.json",
        (("startDate", start.isoformat()), ("endDate", end.isoformat())),
        start,
        end,
    )


def parse(pages: Sequence[bytes], request: Request) -> Parsed:
    """Daily totals, rates and collateral parts, US dollars and percent."""
    rows = reading.json_records(pages[0], request, "repo", "operations")
    if not rows:
        raise reading.malformed(request, "the list repo.operations is empty")
    held = [row for row in _once(rows) if _is_overnight_result(row)]
    exercises = [row for row in held if _is_exercise(row)]
    counted = [row for row in held if not _is_exercise(row)]
    days = reading.group_by_day(counted, lambda row: row.day("operationDate"))
    observations = _reverse_repo_exercises(exercises)
    doubts: list[Doubt] = []
    for day, of_day in days.items():
        repo = [row for row in of_day if row.text("operationType") == "Repo"]
        reverse = [row for row in of_day if row.text("operationType") == "Reverse Repo"]
        for found in (_repo_day(day, repo), _reverse_repo_day(day, reverse)):
            observations += found.observations
            doubts += found.doubts
    return Parsed(tuple(observations), tuple(doubts))


def _once(rows: Iterable[Row]) -> list[Row]:
    """One row an operation: the one written last."""
    kept: dict[str, Row] = {}
    for row in rows:
        id = row.text("operationId")
        if id not in kept or row.text("lastUpdated") >= kept[id].text("lastUpdated"):
            kept[id] = row
    return list(kept.values())


def _is_overnight_result(row: Row) -> bool:
    row.one_of("operationType", TYPES)
    row.one_of("operationMethod", METHODS)
    term = row.one_of("term", ("Overnight", "Term"))
    return term == "Overnight" and row.text("auctionStatus") == "Results"


def _is_exercise(row: Row) -> bool:
    """The note says so; numbers of operations do not tell exercises apart."""
    note = _TAG.sub(" ", str(row.fields.get("note", "")))
    return "small value exercise" in " ".join(note.lower().split())


def _reverse_repo_exercises(rows: Iterable[Row]) -> list[Observation]:
    reverse = [row for row in rows if row.text("operationType") == "Reverse Repo"]
    return [
        Observation(
            REVERSE_REPO_EXERCISES,
            day,
            float(sum((row.number("totalAmtAccepted") for row in of_day), Decimal(0))),
        )
        for day, of_day in reading.group_by_day(
            reverse, lambda row: row.day("operationDate")
        ).items()
    ]


def _repo_day(day: date, rows: list[Row]) -> Parsed:
    if not rows:
        return Parsed(())
    if day < SRF_START:
        return _totals(day, rows, "temporary_repo_accepted")
    if max(_closes(row) for row in rows) < AFTERNOON:
        return Parsed(())
    totals = _totals(day, rows, "srf_accepted")
    if totals.doubts:
        return totals
    parts = {series: Decimal(0) for series in COLLATERAL.values()}
    for detail in _details(rows):
        parts[COLLATERAL[detail.text("securityType")]] += detail.number("amtAccepted")
    split = tuple(Observation(series, day, float(value)) for series, value in parts.items())
    rate = _rate(day, rows, "srf_rate", ("minimumBidRate", "percentOfferingRate"))
    return Parsed((*totals.observations, *split, *rate.observations), rate.doubts)


def _reverse_repo_day(day: date, rows: list[Row]) -> Parsed:
    if not rows:
        return Parsed(())
    totals = _totals(day, rows, "on_rrp_accepted")
    rate = _rate(day, rows, "on_rrp_rate", ("percentOfferingRate", "percentAwardRate"))
    return Parsed((*totals.observations, *rate.observations), (*totals.doubts, *rate.doubts))


def _totals(day: date, rows: list[Row], series: str) -> Parsed:
    """The sum of the operations; doubtful when the collateral parts of one do not add up to it."""
    total = sum((row.number("totalAmtAccepted") for row in rows), Decimal(0))
    for row in rows:
        parts = sum((part.number("amtAccepted") for part in _details([row])), Decimal(0))
        if parts != row.number("totalAmtAccepted"):
            reason = (
                f"the collateral parts of operation {row.text('operationId')} add up to "
                f"{parts:,}, its total is {row.number('totalAmtAccepted'):,}"
            )
            doubt = Doubt(series, day, DoubtRule.IDENTITY, reason, float(total))
            return Parsed((), (doubt,))
    return Parsed((Observation(series, day, float(total)),))


def _details(rows: Iterable[Row]) -> list[Row]:
    details = [detail for row in rows for detail in row.records("details")]
    for detail in details:
        detail.one_of("securityType", COLLATERAL)
    return details


def _rate(day: date, rows: list[Row], series: str, fields: tuple[str, ...]) -> Parsed:
    """The rate at which the day's last operation was offered; older rows name none."""
    last = max(rows, key=_closes)
    for field in fields:
        rates = {detail.optional_number(field) for detail in _details([last])} - {None}
        if len(rates) == 1:
            return Parsed((Observation(series, day, float(rates.pop() or 0)),))
        if rates:
            reason = f"operation {last.text('operationId')} has several values of {field}"
            return Parsed((), (Doubt(series, day, DoubtRule.IDENTITY, reason, None),))
    return Parsed(())


def _closes(row: Row) -> time:
    try:
        return datetime.strptime(row.text("closeTime"), "%H:%M").time()
    except ValueError:
        raise row.fault("closeTime", "is no time of day") from None


FEED = Feed(
    id="nyfed.operations",
    source="nyfed",
    series=(
        "srf_accepted",
        *COLLATERAL.values(),
        "srf_rate",
        "on_rrp_accepted",
        "on_rrp_rate",
        REVERSE_REPO_EXERCISES,
        "temporary_repo_accepted",
    ),
    address=address,
    parse=parse,
    portion=Portion.YEAR,
    # Rows have been rewritten 13 days later (2021-09-03).
    revised_days=14,
)
