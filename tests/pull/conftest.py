"""One whole pull that the tests of this folder start from."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

from tests.pull.running import EVENING, WEEK_LATER, Desk, Ended, Row, desk, ended


@dataclass(frozen=True, slots=True)
class FirstPull:
    """A whole pull into an empty store on the evening of 2025-12-05."""

    desk: Desk
    ended: Ended


@pytest.fixture(scope="session")
def first_pull(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FirstPull]:
    """Nobody changes its folder: tests that pull on take a copy."""
    with desk(tmp_path_factory.mktemp("first") / "desk", EVENING) as made:
        yield FirstPull(made, made.run("pull"))


@pytest.fixture(scope="session")
def recent(first_pull: FirstPull, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same store with the last half-year only: what pulls on from there takes less time."""
    folder = tmp_path_factory.mktemp("recent") / "desk"
    (folder / "data").mkdir(parents=True)
    database = folder / "data" / "reportgen.sqlite"
    shutil.copy(first_pull.desk.database, database)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("DELETE FROM observations WHERE date < '2025-06-01'")
        connection.commit()
        connection.execute("VACUUM")
    return folder


class Undisturbed:
    """A pull a week later of which nothing comes in the way, on its way while tests go on."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._process: subprocess.Popen[str] = desk.start("pull", "--json")

    @cached_property
    def ended(self) -> Ended:
        """The end of the pull."""
        return ended(self._process)

    @cached_property
    def rows(self) -> list[Row]:
        """All observations after it."""
        assert self.ended.code == 0, self.ended.err
        return self.desk.rows()


@pytest.fixture(scope="session")
def undisturbed(recent: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Undisturbed]:
    """What the disturbed pulls of this folder must come to in the end."""
    with desk(tmp_path_factory.mktemp("undisturbed") / "desk", WEEK_LATER, recent) as made:
        pull = Undisturbed(made)
        yield pull
        assert pull.ended.code == 0
