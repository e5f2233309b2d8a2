"""The tables, and transactions on SQLite and PostgreSQL that name the store when they fail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
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
    event,
    text,
)
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.schema import CreateTable

from reportgen.errors import DataError

# How long one run waits until another has finished writing.
WAIT_SECONDS = 120
# Writers of one PostgreSQL database take turns by this number, which means nothing else.
TURN = 20250702

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

# Values that must not reach a brief; without a value where one is missing.
QUARANTINE = Table(
    "quarantine",
    _METADATA,
    Column("series", String(64), primary_key=True),
    Column("date", Date, primary_key=True),
    Column("rule", String(16), nullable=False),
    Column("reason", String(500), nullable=False),
    Column("value", Float(53)),
    Column("origin", String(128), nullable=False),
)

# How far each feed has been pulled, and when it was last asked (UTC second).
COVERAGE = Table(
    "coverage",
    _METADATA,
    Column("feed", String(64), primary_key=True),
    Column("through", Date, nullable=False),
    Column("asked_at", BigInteger, nullable=False),
)


class Database:
    """An open database; SQLite in a file, or PostgreSQL."""

    def __init__(self, url: str) -> None:
        try:
            if url.startswith("sqlite:///"):
                Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
            self._engine = _engine(url)
        except ModuleNotFoundError as error:
            raise DataError(
                f"the driver {error.name} is not installed",
                where="[store] url",
                remedy="install reportgen[postgresql], or: pip install 'psycopg[binary]'",
            ) from None
        except (SQLAlchemyError, OSError) as error:
            raise _unusable(error, "[store] url") from error
        except ValueError:  # its text may hold a part of the password
            raise _unusable(ValueError("not a database URL"), "[store] url") from None
        self.place = self._engine.url.render_as_string(hide_password=True)
        with self.writing() as connection:
            for table in _METADATA.sorted_tables:  # create_all fails when two runs start at once
                connection.execute(CreateTable(table, if_not_exists=True))

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the store."""
        try:
            with self._engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise _unusable(error, self.place) from error

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that no other writer runs beside: what it has read stays true."""
        engine = self._engine.execution_options(reportgen_writes=True)
        try:
            with engine.begin() as connection:
                if connection.dialect.name == "postgresql":
                    connection.execute(text(f"SELECT pg_advisory_xact_lock({TURN})"))
                yield connection
        except SQLAlchemyError as error:
            raise _unusable(error, self.place) from error

    def close(self) -> None:
        """Returns the connections."""
        self._engine.dispose()


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite:"):
        return create_engine(url)
    engine = create_engine(url, connect_args={"timeout": WAIT_SECONDS})

    # The driver would start a transaction only at the first write, after what was read to decide
    # it; two runs could then both read before either writes.
    @event.listens_for(engine, "connect")
    def leave_transactions_to_us(connection: Any, _record: Any) -> None:
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("reportgen_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def insert_new(connection: Connection, table: Table) -> Any:
    """An insert that leaves rows already present untouched, in the database's own dialect."""
    return _insert(connection, table).on_conflict_do_nothing()


def insert_or_replace(connection: Connection, table: Table) -> Any:
    """An insert that puts the new row in the place of one with the same key."""
    statement = _insert(connection, table)
    others = {c.name: statement.excluded[c.name] for c in table.c if not c.primary_key}
    return statement.on_conflict_do_update(index_elements=table.primary_key.columns, set_=others)


def _insert(connection: Connection, table: Table) -> Any:
    # Loading the dialect that is not in use costs a tenth of a second.
    match connection.dialect.name:
        case "sqlite":
            from sqlalchemy.dialects import sqlite

            return sqlite.insert(table)
        case "postgresql":
            from sqlalchemy.dialects import postgresql

            return postgresql.insert(table)
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
