"""The observations table: it only grows.

One row for each series, date and ``known_at``. ``known_at`` 0 marks the first value, which counts
as known from the publication rule of its series; any other is the UTC second at which a later,
different value or an ALFRED vintage became known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Date,
    Engine,
    Float,
    MetaData,
    String,
    Table,
    create_engine,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.schema import CreateTable

from reportgen.errors import DataError
from reportgen.model import Observation
from reportgen.store import bundle

BY_RULE = 0

_METADATA = MetaData()

OBSERVATIONS = Table(
    "observations",
    _METADATA,
    Column("series", String(64), primary_key=True),
    Column("date", Date, primary_key=True),
    Column("known_at", BigInteger, primary_key=True),
    Column("value", Float(53), nullable=False),
    Column("origin", String(128), nullable=False),
)

LOADED = Table(
    "loaded",
    _METADATA,
    Column("origin", String(128), primary_key=True),
    Column("last_date", Date, nullable=False),
)


class Store:
    """Observations in a database; SQLite in the project folder, or any SQLAlchemy URL."""

    def __init__(self, url: str) -> None:
        try:
            if url.startswith("sqlite:///"):
                Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
            self._engine: Engine = create_engine(url)
        except (SQLAlchemyError, OSError, ModuleNotFoundError) as error:
            raise _unusable(error, "[store] url") from error
        except ValueError:  # its text may hold a part of the password
            raise _unusable(ValueError("not a database URL"), "[store] url") from None
        self.place = self._engine.url.render_as_string(hide_password=True)
        with self._transaction() as connection:
            for table in _METADATA.sorted_tables:  # create_all fails when two runs start at once
                connection.execute(CreateTable(table, if_not_exists=True))

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        """A transaction whose database errors name the store and the remedy."""
        try:
            with self._engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise _unusable(error, self.place) from error

    def ensure_bundle(self, path: Path = bundle.PATH) -> None:
        """Lets the bundled snapshot enter in one transaction, unless it already has."""
        snapshot = bundle.read(path)
        origin = f"bundle:{snapshot.digest}"
        with self._transaction() as connection:
            known = connection.execute(select(LOADED.c.origin)).scalars().all()
            if origin in known:
                return
            self._add(connection, snapshot.observations, origin)
            row = {"origin": origin, "last_date": snapshot.last_date}
            connection.execute(_insert_new(connection, LOADED), [row])

    def add(self, observations: Iterable[Observation], origin: str) -> None:
        """Adds observations in one transaction; those already there stay as they are."""
        with self._transaction() as connection:
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
            connection.execute(_insert_new(connection, OBSERVATIONS), rows)

    def observations(self) -> Iterator[Observation]:
        """Every observation with every vintage, ordered by series, date and time of knowledge."""
        table = OBSERVATIONS.c
        query = select(table.series, table.date, table.known_at, table.value).order_by(
            table.series, table.date, table.known_at
        )
        with self._transaction() as connection:
            for series, day, known_at, value in connection.execute(query):
                known = None if known_at == BY_RULE else datetime.fromtimestamp(known_at, UTC)
                yield Observation(series, day, value, known)

    def holds_pulled_data(self) -> bool:
        """Whether anything but the bundle has come in."""
        query = (
            select(OBSERVATIONS.c.origin)
            .where(~OBSERVATIONS.c.origin.startswith("bundle:"))
            .limit(1)
        )
        with self._transaction() as connection:
            return connection.execute(query).first() is not None

    def last_bundle_date(self) -> date:
        """The last date of the newest bundle that has entered; DataError when none has."""
        query = select(LOADED.c.last_date).order_by(LOADED.c.last_date.desc()).limit(1)
        with self._transaction() as connection:
            day: date | None = connection.execute(query).scalar()
        if day is None:
            raise DataError(
                "the store is empty", where=self.place, remedy="run reportgen build once"
            )
        return day

    def close(self) -> None:
        """Returns the connections."""
        self._engine.dispose()


def _insert_new(connection: Connection, table: Table) -> Any:
    """An insert that leaves rows already present untouched, in the database's own dialect."""
    match connection.dialect.name:
        case "sqlite":
            return sqlite.insert(table).on_conflict_do_nothing()
        case "postgresql":
            return postgresql.insert(table).on_conflict_do_nothing()
        case other:
            raise DataError(
                f"{other} cannot serve as the store",
                where="[store] url",
                remedy="use a sqlite:/// or postgresql+psycopg:// URL",
            )


def _unusable(error: Exception, place: str) -> DataError:
    reason = str(error).splitlines()[0][:200]
    return DataError(
        f"the store cannot be used ({error.__class__.__name__}: {reason})",
        where=place,
        remedy="check [store] url in reportgen.toml, and that the file is a database and writable",
    )
