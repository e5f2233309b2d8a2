"""A project folder whose providers are the replay server, with the commands run in it as processes.

The server's instant is the command's present: moving the one moves the other.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from reportgen.clock import NEW_YORK
from tests.replay.server import Replay
from tests.replay.wire import Request

ROOT = Path(__file__).parents[2]
KEY_VARIABLE = "FRED_API_KEY"

# The bundle's last evening, a Friday, and the Friday after it.
EVENING = datetime(2025, 12, 5, 23, 30, tzinfo=NEW_YORK)
WEEK_LATER = datetime(2025, 12, 12, 23, 30, tzinfo=NEW_YORK)

# Series, day, since when it was known (0: by rule), value.
Row = tuple[str, str, int, float]

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Ended:
    """What a command left on the console."""

    code: int
    out: str
    err: str

    @property
    def report(self) -> Any:
        """What ``--json`` printed."""
        return json.loads(self.out)

    @property
    def error(self) -> str:
        """The one message of a command that failed."""
        assert self.err.count("error: ") == 1, self.err
        return self.err.partition("error: ")[2]


class Desk:
    """A project folder, and the providers it asks."""

    def __init__(self, folder: Path, replay: Replay) -> None:
        self.folder = folder
        self.replay = replay
        self.set()

    def set(self, sources: str = "", *, bundled: bool = False) -> None:
        """Writes reportgen.toml: ``sources`` are lines of its table [sources]."""
        store = f"[store]\nbundled_history = {'true' if bundled else 'false'}\n\n"
        text = f"{store}[sources]\n{sources}\n\n{self.replay.sources_toml()}"
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "reportgen.toml").write_text(text)

    def start(self, *arguments: str, key: str = "") -> subprocess.Popen[str]:
        """A command on its way; the first warning of Python would end it."""
        environment = {name: text for name, text in os.environ.items() if name != KEY_VARIABLE}
        now = self.replay.market.now
        assert now is not None
        environment["SOURCE_DATE_EPOCH"] = str(int(now.timestamp()))
        if key:
            environment[KEY_VARIABLE] = key
        python = [sys.executable, "-W", "error", "-m", "reportgen"]
        return subprocess.Popen(
            [*python, "--project", str(self.folder), *arguments],
            env=environment,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, key: str = "") -> Ended:
        """A command from start to end; none ever shows a traceback."""
        return ended(self.start(*arguments, key=key))

    @property
    def database(self) -> Path:
        """The store."""
        return self.folder / "data" / "reportgen.sqlite"

    def rows(self, series: str = "%") -> list[Row]:
        """The observations, whoever they came from."""
        return self.select(
            "SELECT series, date, known_at, value FROM observations WHERE series LIKE ? "
            "ORDER BY series, date, known_at",
            series,
        )

    def value(self, series: str, day: str) -> float:
        """The one value of a day."""
        [(value,)] = self.select(
            "SELECT value FROM observations WHERE series = ? AND date = ?", series, day
        )
        return float(value)

    def last(self, series: str) -> str:
        """The last day of a series."""
        return str(self.select("SELECT max(date) FROM observations WHERE series = ?", series)[0][0])

    def held_back(self) -> list[tuple[str, str, str]]:
        """Series, day and rule of what is in quarantine."""
        return self.select("SELECT series, date, rule FROM quarantine ORDER BY series, date")

    def whole(self) -> dict[str, list[Any]]:
        """Every table with every column."""
        tables = ("observations", "quarantine", "coverage")
        return {name: self.select(f"SELECT * FROM {name} ORDER BY 1, 2, 3") for name in tables}

    def select(self, query: str, *values: str) -> list[Any]:
        """Rows of the store."""
        with closing(sqlite3.connect(self.database)) as connection:
            return connection.execute(query, values).fetchall()


def ended(process: subprocess.Popen[str]) -> Ended:
    """A command that was started, after its end."""
    out, err = process.communicate(timeout=120)
    assert "Traceback" not in out + err, err
    return Ended(process.returncode, out, err)


@contextmanager
def desk(folder: Path, now: datetime, template: Path | None = None) -> Iterator[Desk]:
    """A desk of its own, with what another one has already pulled."""
    if template is not None:
        shutil.copytree(template, folder)
    with Replay(now=now) as replay:
        yield Desk(folder, replay)


def side_by_side(jobs: Mapping[str, Callable[[], Result]]) -> dict[str, Result]:
    """Runs what mostly waits at the same time."""
    with ThreadPoolExecutor(len(jobs)) as threads:
        begun = {name: threads.submit(job) for name, job in jobs.items()}
        return {name: job.result() for name, job in begun.items()}


def wait_for_requests(desk: Desk, count: int, process: subprocess.Popen[str]) -> None:
    """Returns when so many requests have been answered; the process must still be running."""
    while len(desk.replay.requests) < count:
        assert process.poll() is None, process.communicate()
        time.sleep(0.01)


def check_pace(requests: Sequence[Request], pattern: str, count: int) -> None:
    """Two a second at most; each may arrive a little late and so be nearer to the next."""
    asked = sorted(each.asked_at_seconds for each in requests if pattern in each.path)
    assert len(asked) == count
    assert min(after - before for before, after in pairwise(asked)) >= 0.35
    assert min(last - first for first, last in zip(asked, asked[4:], strict=False)) >= 4 * 0.45
