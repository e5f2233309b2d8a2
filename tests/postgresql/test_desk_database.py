"""A desk's PostgreSQL serves as SQLite does: same rows, same figures, two pulls at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from reportgen.model import Observation
from reportgen.store.observations import Store
from tests.postgresql import server
from tests.replay.server import Replay

pytestmark = pytest.mark.skipif(bool(server.obstacle()), reason=server.obstacle())

# The evening of the last day that the replayed providers know.
EVENING = datetime(2025, 12, 6, 4, 30, tzinfo=UTC)
MONDAY = date(2025, 12, 1)

Row = tuple[str, date, float, datetime | None]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with server.running() as address:
        yield address


@dataclass(frozen=True)
class Desk:
    """A project folder and what stands in its settings."""

    folder: Path

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "reportgen", "--project", str(self.folder), *arguments]
        environ = {**os.environ, "SOURCE_DATE_EPOCH": str(int(EVENING.timestamp()))}
        return subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environ
        )

    def run(self, *arguments: str) -> str:
        with self.start(*arguments) as process:
            out, err = process.communicate()
        assert process.returncode == 0, err
        return out


def desk(folder: Path, replay: Replay, url: str) -> Desk:
    folder.mkdir()
    settings = f'{replay.sources_toml()}\n[store]\nurl = "{url}"\nbundled_history = false\n'
    (folder / "reportgen.toml").write_text(settings, encoding="utf-8")
    return Desk(folder)


def rows_of(url: str) -> list[Row]:
    store = Store(url)
    try:
        rows = [(o.series, o.date, o.value, o.known_at) for o in store.observations()]
    finally:
        store.close()
    # Each database sorts text in its own way.
    return sorted(rows, key=lambda row: row[:2])


def emptied(url: str) -> str:
    """The database without tables, as a new desk finds it."""
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return url


def test_the_bundle_is_the_same_on_both(url: str, tmp_path: Path) -> None:
    addresses = (emptied(url), f"sqlite:///{tmp_path}/store.sqlite")
    for address in addresses:
        for _ in range(2):
            store = Store(address)
            store.ensure_bundle()
            store.close()
    on_postgresql, on_sqlite = map(rows_of, addresses)
    assert on_postgresql == on_sqlite
    assert len(on_postgresql) == 27_645


def test_two_pulls_at_once_lose_and_double_nothing(url: str, tmp_path: Path) -> None:
    """Two machines of one desk, each with its own folder; beside them one alone, on SQLite."""
    emptied(url)
    sqlite = f"sqlite:///{tmp_path}/alone.sqlite"
    with Replay(last_day=date(2025, 12, 5)) as replay:
        desks = [
            desk(tmp_path / "first", replay, url),
            desk(tmp_path / "second", replay, url),
            desk(tmp_path / "alone", replay, sqlite),
        ]
        pulls = [each.start("pull") for each in desks]
        outputs = [pull.communicate() for pull in pulls]
    assert [pull.returncode for pull in pulls] == [0, 0, 0], outputs
    found = rows_of(url)
    assert found == rows_of(sqlite)
    assert len({row[:2] for row in found}) == len(found)
    # 20.35bn in the morning and 30.00bn in the afternoon.
    assert ("srf_accepted", date(2025, 10, 31), 50_350_000_000.0, None) in found
    first, alone = (
        json.loads(each.run("facts", "--as-of", "2025-12-02", "--json"))
        for each in (desks[0], desks[2])
    )
    assert first == alone
    desks[0].run("pull", "--reparse")
    assert rows_of(url) == found


def test_a_revision_becomes_a_vintage(url: str) -> None:
    store = Store(emptied(url))
    store.add([Observation("sofr", MONDAY, 4.12)], "first")
    later = datetime(2025, 12, 3, 17, tzinfo=UTC)
    store.add([Observation("sofr", MONDAY, 4.13, later)], "second")
    store.close()
    assert rows_of(url) == [("sofr", MONDAY, 4.12, None), ("sofr", MONDAY, 4.13, later)]


def test_a_server_that_does_not_answer_is_told_without_its_password(tmp_path: Path) -> None:
    url = "postgresql+psycopg://desk:sesame@/liquidity?host=/nowhere"
    (tmp_path / "reportgen.toml").write_text(f'[store]\nurl = "{url}"\n', encoding="utf-8")
    with Desk(tmp_path).start("status") as process:
        _, err = process.communicate()
    assert process.returncode == 3
    assert "the store cannot be used" in err
    assert "/nowhere" in err
    assert "sesame" not in err
