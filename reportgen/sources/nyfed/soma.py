"""Weekly holdings of the System Open Market Account by class, US dollars."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from reportgen.model import Doubt, DoubtRule, Observation, Parsed
from reportgen.settings import SourceSettings
from reportgen.sources import reading
from reportgen.sources.feed import Feed, Portion, Request
from reportgen.sources.reading import Row

# Classes are rounded to ten cents and more: since 2018 they never missed the total by a dollar.
ROUNDING_USD = Decimal(1)

PARTS = ("bills", "notesbonds", "tips", "mbs", "cmbs", "agencies")


def address(sources: SourceSettings, _key: str, start: date, end: date) -> Request:
    """The whole history: the service takes no dates here."""
    return Request(FEED.id, f"{sources.nyfed.base_url}/api/soma/summary.json", (), start, end)


def parse(pages: Sequence[bytes], request: Request) -> Parsed:
    """Each class and the total, which leaves out the inflation compensation of TIPS."""
    rows = reading.json_records(pages[0], request, "soma", "summary")
    weeks = [
        row
        for row in reading.distinct(rows, "asOfDate")
        if request.start <= row.day("asOfDate") <= request.end
    ]
    if not weeks:
        raise reading.malformed(request, f"no week between {request.start} and {request.end}")
    found = [_week(row) for row in weeks]
    return Parsed(
        tuple(o for week in found for o in week.observations),
        tuple(d for week in found for d in week.doubts),
    )


def _week(row: Row) -> Parsed:
    """One week; floating-rate notes are the rest of the total where the service leaves them blank.

    It has done so since 2026 although they are held.
    """
    day = row.day("asOfDate")
    total = row.number("total")
    values = {name: row.number(name) for name in PARTS}
    rest = total - sum(values.values(), Decimal(0))
    stated = row.present_number("frn")
    values["frn"] = max(rest, Decimal(0)) if stated is None else stated
    values["total"] = total
    if rest < -ROUNDING_USD or (stated is not None and abs(stated - rest) > ROUNDING_USD):
        apart = rest - (stated or Decimal(0))
        reason = f"the classes do not add up to the total: {apart:,} dollars apart"
        return Parsed(
            (),
            tuple(
                Doubt(f"soma_{name}", day, DoubtRule.IDENTITY, reason, float(value))
                for name, value in values.items()
            ),
        )
    return Parsed(tuple(Observation(f"soma_{name}", day, float(v)) for name, v in values.items()))


FEED = Feed(
    id="nyfed.soma",
    source="nyfed",
    series=tuple(f"soma_{name}" for name in (*PARTS, "frn", "total")),
    address=address,
    parse=parse,
    portion=Portion.WHOLE,
)
