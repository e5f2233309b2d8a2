"""The store: observations that only grow, quarantine, and how far each feed has been pulled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Connection, delete, select

from reportgen.errors import DataError
from reportgen.model import Check, Doubt, DoubtRule, Observation, Parsed, Series
from reportgen.store import bundle, landing, validation
from reportgen.store.database import (
    COVERAGE,
    LOADED,
    OBSERVATIONS,
    QUARANTINE,
    Database,
    insert_new,
)
from reportgen.store.landing import BY_RULE, Batch, Landed

JUDGED = (DoubtRule.DISAGREEMENT, DoubtRule.GAP)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far a feed has been pulled, and when it was last asked."""

    through: date
    asked_at: datetime


class Store:
    """Observations in a database; SQLite in the project folder, or PostgreSQL by URL."""

    def __init__(self, url: str) -> None:
        self._database = Database(url)
        self.place = self._database.place

    def ensure_bundle(self, path: Path = bundle.PATH) -> None:
        """Lets the bundled snapshot enter in one transaction, unless it already has."""
        origin = f"bundle:{bundle.digest_of(path)}"
        with self._database.writing() as connection:
            known = connection.execute(select(LOADED.c.origin)).scalars().all()
            if origin in known:
                return
            snapshot = bundle.read(path)
            self._add(connection, snapshot.observations, origin)
            row = {"origin": origin, "last_date": snapshot.last_date}
            connection.execute(insert_new(connection, LOADED), [row])

    def add(self, observations: Iterable[Observation], origin: str) -> None:
        """Adds observations in one transaction; those already there stay as they are."""
        with self._database.writing() as connection:
            self._add(connection, observations, origin)

    def _add(
        self, connection: Connection, observations: Iterable[Observation], origin: str
    ) -> None:
        rows = [
            {
                "series": row.series,
                "date": row.date,
                "known_at": BY_RULE if row.known_at is None else int(row.known_at.timestamp()),
                "value": row.value,
                "origin": origin,
            }
            for row in observations
        ]
        if rows:
            connection.execute(insert_new(connection, OBSERVATIONS), rows)

    def observations(self) -> Iterator[Observation]:
        """Every observation with every vintage, ordered by series, date and time of knowledge."""
        table = OBSERVATIONS.c
        query = select(table.series, table.date, table.known_at, table.value).order_by(
            table.series, table.date, table.known_at
        )
        with self._database.reading() as connection:
            for series, day, known_at, value in connection.execute(query):
                known = None if known_at == BY_RULE else datetime.fromtimestamp(known_at, UTC)
                yield Observation(series, day, value, known)

    def holds_pulled_data(self) -> bool:
        """Whether anything but the bundle has come in."""
        covered = select(COVERAGE.c.feed).limit(1)
        query = (
            select(OBSERVATIONS.c.origin)
            .where(~OBSERVATIONS.c.origin.startswith("bundle:"))
            .limit(1)
        )
        with self._database.reading() as connection:
            return any(connection.execute(each).first() is not None for each in (covered, query))

    def last_bundle_date(self) -> date:
        """The last date of the newest bundle that has entered; DataError when none has."""
        query = select(LOADED.c.last_date).order_by(LOADED.c.last_date.desc()).limit(1)
        with self._database.reading() as connection:
            day: date | None = connection.execute(query).scalar()
        if day is None:
            raise DataError(
                "the store is empty", where=self.place, remedy="run reportgen build once"
            )
        return day

    def land(self, parsed: Parsed, batch: Batch) -> Landed:
        """Adds a parsed batch in one transaction."""
        with self._database.writing() as connection:
            return landing.land(connection, parsed, batch)

    def land_again(
        self, batches: Iterable[tuple[Parsed, Batch]], origins: Sequence[str]
    ) -> dict[str, Landed]:
        """Replaces all that came from ``origins`` by the batches; what landed, by feed.

        It is one transaction. Rows of the bundle stay, and so does what another machine has pulled
        into the same store.
        """
        landed: dict[str, Landed] = defaultdict(Landed)
        with self._database.writing() as connection:
            for origin in origins:
                for table in (OBSERVATIONS, QUARANTINE):
                    connection.execute(delete(table).where(table.c.origin == origin))
            for parsed, batch in batches:
                landed[batch.feed] += landing.land(connection, parsed, batch)
        return landed

    def judge(self, checks: Iterable[Check], catalogue: Mapping[str, Series]) -> tuple[Doubt, ...]:
        """Compares providers and looks for gaps over the whole store; what it finds is held back.

        Findings of an earlier judgement that no longer hold are dropped. A day whose value is held
        back is no gap.
        """
        rules = [rule.value for rule in JUDGED]
        with self._database.writing() as connection:
            connection.execute(delete(QUARANTINE).where(QUARANTINE.c.rule.in_(rules)))
            values = _newest(connection)
            days = {series: set(of_series) for series, of_series in values.items()}
            held = select(QUARANTINE.c.series, QUARANTINE.c.date)
            for series, day in connection.execute(held):
                days.setdefault(series, set()).add(day)
            found = validation.gaps(days, catalogue.values())
            found += validation.disagreements(values, checks, catalogue)
            landing.hold_back(connection, found, "judgement")
        return tuple(found)

    def quarantine(self) -> tuple[Doubt, ...]:
        """All that is held back, by series and date."""
        table = QUARANTINE.c
        query = select(table.series, table.date, table.rule, table.reason, table.value).order_by(
            table.series, table.date
        )
        with self._database.reading() as connection:
            return tuple(
                Doubt(series, day, DoubtRule(rule), reason, value)
                for series, day, rule, reason, value in connection.execute(query)
            )

    def coverage(self) -> dict[str, Coverage]:
        """How far each feed has been pulled."""
        query = select(COVERAGE.c.feed, COVERAGE.c.through, COVERAGE.c.asked_at)
        with self._database.reading() as connection:
            return {
                feed: Coverage(through, datetime.fromtimestamp(asked_at, UTC))
                for feed, through, asked_at in connection.execute(query)
            }

    def close(self) -> None:
        """Returns the connections."""
        self._database.close()


def _newest(connection: Connection) -> dict[str, dict[date, float]]:
    """The newest value of every series and date."""
    table = OBSERVATIONS.c
    query = select(table.series, table.date, table.value).order_by(
        table.series, table.date, table.known_at
    )
    values: dict[str, dict[date, float]] = {}
    for series, day, value in connection.execute(query):
        values.setdefault(series, {})[day] = value
    return values
