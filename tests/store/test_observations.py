"""The store: it only grows, takes the bundle once and whole, and tells a wrong URL."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from threading import Barrier, Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from reportgen.errors import DataError
from reportgen.model import Observation
from reportgen.sources.catalogue import CATALOGUE
from reportgen.store import bundle
from reportgen.store.observations import Store

FRIDAY, MONDAY = date(2025, 11, 28), date(2025, 12, 1)
NOON = datetime(2025, 12, 3, 17, 0, tzinfo=UTC)
LATER = datetime(2025, 12, 4, 21, 30, tzinfo=UTC)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/data/reportgen.sqlite"


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = Store(url)
    yield opened
    opened.close()


def write_bundle(folder: Path, **values: str) -> Path:
    """A snapshot with one value of each named series on the Monday."""
    rows = {series: [(MONDAY, Decimal(value))] for series, value in values.items()}
    path = folder / "history.xz"
    path.write_bytes(bundle.encode(rows, CATALOGUE))
    return path


def rows_of(store: Store) -> list[tuple[str, date, float, datetime | None]]:
    return [(row.series, row.date, row.value, row.known_at) for row in store.observations()]


def test_the_bundle_enters_whole_and_once(store: Store) -> None:
    store.ensure_bundle()
    first = rows_of(store)
    assert len(first) == 27_645
    assert set(first) == {
        (row.series, row.date, row.value, None) for row in bundle.read().observations
    }
    store.ensure_bundle()
    assert rows_of(store) == first
    assert store.last_bundle_date() == date(2025, 12, 5)
    assert not store.holds_pulled_data()


def test_a_second_opening_finds_what_the_first_left(url: str, tmp_path: Path) -> None:
    path = write_bundle(tmp_path, sofr="4.12")
    for _ in range(2):
        opened = Store(url)
        opened.ensure_bundle(path)
        assert rows_of(opened) == [("sofr", MONDAY, 4.12, None)]
        opened.close()


def test_a_newer_bundle_adds_what_is_new_and_changes_nothing(store: Store, tmp_path: Path) -> None:
    store.ensure_bundle(write_bundle(tmp_path, sofr="4.12"))
    store.ensure_bundle(write_bundle(tmp_path, sofr="4.13", tgcr="4.07"))
    assert rows_of(store) == [("sofr", MONDAY, 4.12, None), ("tgcr", MONDAY, 4.07, None)]


def test_a_bundle_that_fails_in_the_middle_leaves_nothing(store: Store, tmp_path: Path) -> None:
    # SQLite takes a NaN for NULL, which the value column refuses: the second row of three fails.
    broken = write_bundle(tmp_path, total_assets="6552419", sofr="NaN", srf_accepted="26")
    with pytest.raises(DataError, match="NOT NULL"):
        store.ensure_bundle(broken)
    assert rows_of(store) == []
    with pytest.raises(DataError, match="empty"):
        store.last_bundle_date()
    store.ensure_bundle(write_bundle(tmp_path, sofr="4.12"))
    assert rows_of(store) == [("sofr", MONDAY, 4.12, None)]


def test_an_addition_that_fails_in_the_middle_leaves_what_was_there(store: Store) -> None:
    store.add([Observation("sofr", FRIDAY, 4.12)], "fred")
    with pytest.raises(DataError):
        store.add(
            [
                Observation("sofr", MONDAY, 4.12),
                Observation("tgcr", MONDAY, float("nan")),
                Observation("effr", MONDAY, 3.89),
            ],
            "fred",
        )
    assert rows_of(store) == [("sofr", FRIDAY, 4.12, None)]


def test_adding_a_row_again_changes_nothing(store: Store) -> None:
    store.add([Observation("sofr", MONDAY, 4.12)], "bundle:1")
    store.add([Observation("sofr", MONDAY, 4.13)], "fred")
    store.add([Observation("sofr", MONDAY, 4.14, NOON)], "fred")
    store.add([Observation("sofr", MONDAY, 4.15, NOON)], "fred")
    assert rows_of(store) == [("sofr", MONDAY, 4.12, None), ("sofr", MONDAY, 4.14, NOON)]


def test_adding_nothing_is_fine(store: Store) -> None:
    store.add([], "fred")
    assert rows_of(store) == []
    assert not store.holds_pulled_data()


def test_every_vintage_is_kept_by_date_in_the_order_of_knowledge(store: Store) -> None:
    vintages = [
        Observation("total_assets", MONDAY, 3.0, LATER),
        Observation("total_assets", MONDAY, 2.0, NOON),
        Observation("total_assets", MONDAY, 1.0),
        Observation("sofr", MONDAY, 4.12),
        Observation("total_assets", FRIDAY, 0.5, LATER),
        Observation("total_assets", FRIDAY, 0.0),
    ]
    store.add(vintages, "fred")
    assert rows_of(store) == [
        ("sofr", MONDAY, 4.12, None),
        ("total_assets", FRIDAY, 0.0, None),
        ("total_assets", FRIDAY, 0.5, LATER),
        ("total_assets", MONDAY, 1.0, None),
        ("total_assets", MONDAY, 2.0, NOON),
        ("total_assets", MONDAY, 3.0, LATER),
    ]


def test_pulled_data_are_told_from_the_bundle(store: Store, tmp_path: Path) -> None:
    store.ensure_bundle(write_bundle(tmp_path, sofr="4.12"))
    assert not store.holds_pulled_data()
    store.add([Observation("sofr", date(2025, 12, 2), 4.01)], "fred")
    assert store.holds_pulled_data()
    assert store.last_bundle_date() == MONDAY


def test_an_empty_store_has_no_bundle_date(store: Store) -> None:
    with pytest.raises(DataError, match="reportgen build"):
        store.last_bundle_date()


@settings(deadline=None, max_examples=25)
@given(
    value=st.floats(-1e15, 1e15, allow_nan=False),
    known_at=st.none()
    | st.datetimes(datetime(2018, 1, 1), datetime(2036, 1, 1), timezones=st.just(UTC)),
)
def test_values_return_to_the_last_bit_and_times_to_the_second(
    value: float, known_at: datetime | None
) -> None:
    opened = Store("sqlite://")
    opened.add([Observation("sofr", MONDAY, value, known_at)], "fred")
    ((series, day, found, found_at),) = rows_of(opened)
    opened.close()
    assert (series, day, found) == ("sofr", MONDAY, value)
    assert found_at == (known_at.replace(microsecond=0) if known_at else None)


WRONG = {
    "no URL": "data/reportgen.sqlite",
    "nothing": "",
    "unknown kind": "quarry://localhost/desk",
    "driver that is not installed": "oracle+nothing://localhost/desk",
    "port that is no number": "postgresql+psycopg://localhost:port/desk",
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_a_wrong_url_names_the_setting_and_a_remedy(wrong: str) -> None:
    with pytest.raises(DataError) as caught:
        Store(wrong)
    assert caught.value.exit_code == 3
    assert caught.value.where == "[store] url"
    assert "reportgen.toml" in caught.value.remedy


@pytest.mark.parametrize("kind", ["folder", "text", "below a file"])
def test_a_path_that_cannot_be_a_database(tmp_path: Path, kind: str) -> None:
    (tmp_path / "text").write_text("date,value\n" * 200)
    (tmp_path / "folder").mkdir()
    path = tmp_path / ("text/x.sqlite" if kind == "below a file" else kind)
    with pytest.raises(DataError) as caught:
        Store(f"sqlite:///{path}")
    assert caught.value.remedy
    assert str(tmp_path) in caught.value.message()
    assert (tmp_path / "text").read_text() == "date,value\n" * 200


@pytest.mark.parametrize(
    "address",
    [
        "postgresql+psycopg://desk:hunter2@localhost:port/brief",
        "postgresql+psycopg://desk:hunter2@localhost:1hunter2/brief",
        "postgresql+psycopg//desk:hunter2@localhost/brief",
        "oracle+nothing://desk:hunter2@localhost/brief",
        "quarry://desk:hunter2@localhost/brief",
    ],
)
def test_a_password_is_in_no_message(address: str) -> None:
    with pytest.raises(DataError) as caught:
        Store(address)
    assert "hunter2" not in caught.value.message()


class Quarry(SQLiteDialect_pysqlite):
    """SQLite under the name of a database that has no rule for rows already present."""

    name = "quarry"
    supports_statement_cache = True


@pytest.fixture
def quarry() -> Iterator[str]:
    """The URL of a store in a database that SQLAlchemy can open, and that is none of ours."""
    registry.impls["quarry"] = lambda: Quarry
    yield "quarry://desk:hunter2@/"
    registry.impls.pop("quarry")


def test_an_unsupported_database_names_those_that_serve(
    quarry: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Quarry, "create_connect_args", lambda *_: ([":memory:"], {}))
    opened = Store(quarry)
    path = write_bundle(tmp_path, sofr="4.12")
    for attempt in (lambda: opened.ensure_bundle(path), lambda: opened.add([ROW], "fred")):
        with pytest.raises(DataError) as caught:
            attempt()
        assert "quarry cannot serve" in caught.value.what
        assert "sqlite:///" in caught.value.remedy
        assert "postgresql+psycopg://" in caught.value.remedy
    with pytest.raises(DataError) as caught:
        opened.last_bundle_date()
    assert caught.value.where.startswith("quarry://desk:")
    assert "hunter2" not in caught.value.message()
    opened.close()


ROW = Observation("sofr", MONDAY, 4.12)


def test_tables_made_by_another_run_in_between_are_no_error(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between looking for a table and creating it, another process may have created it."""
    first = Store(url)
    first.add([ROW], "fred")
    monkeypatch.setattr(SQLiteDialect_pysqlite, "has_table", lambda *_, **__: False)
    second = Store(url)
    assert rows_of(second) == [("sofr", MONDAY, 4.12, None)]
    first.close()
    second.close()


def test_threads_that_open_a_new_store_at_once_end_in_the_same_rows(tmp_path: Path) -> None:
    path = write_bundle(tmp_path, sofr="4.12", tgcr="4.07", effr="3.89")
    expected = [
        ("effr", MONDAY, 3.89, None),
        ("sofr", MONDAY, 4.12, None),
        ("tgcr", MONDAY, 4.07, None),
    ]
    for attempt in range(4):
        url = f"sqlite:///{tmp_path}/{attempt}/reportgen.sqlite"
        start = Barrier(3)
        found: list[object] = []

        def load(url: str = url, start: Barrier = start, found: list[object] = found) -> None:
            start.wait()
            try:
                opened = Store(url)
                opened.ensure_bundle(path)
                found.append(rows_of(opened))
                opened.close()
            except DataError as error:
                found.append(error)

        threads = [Thread(target=load) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == [expected] * 3


LOADER = """
import sys
from reportgen.store.observations import Store
print("ready", flush=True)
sys.stdin.readline()
store = Store(sys.argv[1])
store.ensure_bundle()
print(sum(1 for _ in store.observations()), store.last_bundle_date())
store.close()
"""


def test_processes_that_load_the_bundle_at_once_end_in_the_same_rows(url: str) -> None:
    command = [sys.executable, "-c", LOADER, url]
    pipe = subprocess.PIPE
    running = [
        subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) for _ in range(2)
    ]
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    # Both wait for a line; they go on within the same moment.
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in running:
        out, err = process.communicate(timeout=120)
        assert (out, err, process.returncode) == ("27645 2025-12-05\n", "", 0)
