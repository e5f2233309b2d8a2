"""How a parsed response enters the store: what is new, revised or unchanged, what is held back.

A first value counts as known from the publication rule (``known_at`` 0); a later, different one
from the moment it was retrieved. A response that says when its values became known (auctions,
ALFRED) sets ``known_at`` itself. All of a batch lands in one transaction, or nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Connection, delete, select

from reportgen.model import Doubt, DoubtRule, Observation, Parsed
from reportgen.store.database import (
    COVERAGE,
    OBSERVATIONS,
    QUARANTINE,
    insert_new,
    insert_or_replace,
)

BY_RULE = 0
REASON_LENGTH = 500

# A doubt by one of these is settled by the next good value; the others are judged over the store.
SETTLED_BY_VALUE = (DoubtRule.RANGE, DoubtRule.UNIT, DoubtRule.IDENTITY)

Key = tuple[str, date]
Vintage = tuple[int, float]


@dataclass(frozen=True, slots=True)
class Batch:
    """One request and its answer; ``origin`` names the kept bytes.

    Of an ``irregular`` feed all of the window counts as covered, of another only the days that have
    a value. ``vintages`` marks history as it was known at the time, which revises nothing.
    """

    feed: str
    origin: str
    retrieved_at: datetime
    start: date
    end: date
    irregular: bool = False
    vintages: bool = False


@dataclass(frozen=True, slots=True)
class Revision:
    """A figure that a provider has changed."""

    series: str
    date: date
    old: float
    new: float


@dataclass(frozen=True, slots=True)
class Landed:
    """What became of a batch."""

    new: int = 0
    unchanged: int = 0
    revisions: tuple[Revision, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    def __add__(self, other: Landed) -> Landed:
        return Landed(
            self.new + other.new,
            self.unchanged + other.unchanged,
            self.revisions + other.revisions,
            self.doubts + other.doubts,
        )


def land(connection: Connection, parsed: Parsed, batch: Batch) -> Landed:
    """Adds a batch within the transaction of ``connection``."""
    doubtful = {(doubt.series, doubt.date) for doubt in parsed.doubts}
    accepted = [o for o in parsed.observations if (o.series, o.date) not in doubtful]
    outcome = _add(connection, accepted, batch)
    _settle(connection, {(o.series, o.date) for o in accepted})
    hold_back(connection, parsed.doubts, batch.origin)
    is_whole = batch.irregular or batch.vintages
    through = batch.end if is_whole else max((o.date for o in accepted), default=batch.start)
    retrieved = batch.retrieved_at.astimezone(UTC)
    covered = {
        "feed": batch.feed,
        "through": min(through, batch.end, retrieved.date()),
        "asked_at": int(retrieved.timestamp()),
    }
    connection.execute(insert_or_replace(connection, COVERAGE), [covered])
    return Landed(outcome.new, outcome.unchanged, outcome.revisions, parsed.doubts)


def _add(connection: Connection, observations: list[Observation], batch: Batch) -> Landed:
    stored = _stored(connection, observations)
    rows: list[dict[str, object]] = []
    revisions: list[Revision] = []
    unchanged = 0
    for seen in sorted(observations, key=_order):
        vintages = stored.setdefault((seen.series, seen.date), [])
        known_at = _known_at(seen, vintages, batch)
        if known_at is None:
            unchanged += 1
            continue
        if vintages and not batch.vintages:
            revisions.append(Revision(seen.series, seen.date, vintages[-1][1], seen.value))
        vintages.append((known_at, seen.value))
        vintages.sort()
        rows.append(
            {
                "series": seen.series,
                "date": seen.date,
                "known_at": known_at,
                "value": seen.value,
                "origin": batch.origin,
            }
        )
    if rows:
        connection.execute(insert_new(connection, OBSERVATIONS), rows)
    return Landed(len(rows) - len(revisions), unchanged, tuple(revisions))


def _known_at(seen: Observation, vintages: list[Vintage], batch: Batch) -> int | None:
    """Since when the value counts as known; None when the store has it already."""
    stated = None if seen.known_at is None else int(seen.known_at.timestamp())
    if batch.vintages and stated is not None:
        before = [value for at, value in vintages if BY_RULE < at <= stated]
        return None if before and _same(before[-1], seen.value) else stated
    if not vintages:
        return BY_RULE if stated is None else stated
    last_at, last_value = vintages[-1]
    if _same(last_value, seen.value):
        return None
    if stated is not None and stated > last_at:
        return stated
    return max(int(batch.retrieved_at.timestamp()), last_at + 1)


def _same(left: float, right: float) -> bool:
    """Equal but for the last bits of a float."""
    return math.isclose(left, right, rel_tol=1e-12, abs_tol=1e-9)


def _order(seen: Observation) -> tuple[str, date, float]:
    return seen.series, seen.date, 0.0 if seen.known_at is None else seen.known_at.timestamp()


def _stored(
    connection: Connection, observations: Iterable[Observation]
) -> dict[Key, list[Vintage]]:
    """The vintages of every date within the span of a batch, oldest first."""
    days = [seen.date for seen in observations]
    if not days:
        return {}
    table = OBSERVATIONS.c
    query = (
        select(table.series, table.date, table.known_at, table.value)
        .where(table.series.in_({seen.series for seen in observations}))
        .where(table.date.between(min(days), max(days)))
        .order_by(table.series, table.date, table.known_at)
    )
    stored: dict[Key, list[Vintage]] = {}
    for series, day, known_at, value in connection.execute(query):
        stored.setdefault((series, day), []).append((known_at, value))
    return stored


def _settle(connection: Connection, good: set[Key]) -> None:
    """Lets go of values that were held back and have now come as they should."""
    table = QUARANTINE.c
    query = select(table.series, table.date).where(
        table.rule.in_([rule.value for rule in SETTLED_BY_VALUE])
    )
    for series, day in connection.execute(query).all():
        if (series, day) in good:
            connection.execute(delete(QUARANTINE).where(table.series == series, table.date == day))


def hold_back(connection: Connection, doubts: Iterable[Doubt], origin: str) -> None:
    """Puts doubtful values in quarantine."""
    rows = [
        {
            "series": doubt.series,
            "date": doubt.date,
            "rule": doubt.rule.value,
            "reason": doubt.reason[:REASON_LENGTH],
            "value": doubt.value,
            "origin": origin,
        }
        for doubt in doubts
    ]
    if rows:
        connection.execute(insert_or_replace(connection, QUARANTINE), rows)
