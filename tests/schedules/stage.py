"""Where the examples are played: a folder with stand-ins for the programs that they call."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from cronsim import CronSim

SCHEDULES = Path(__file__).parents[2] / "schedules"
NEW_YORK = ZoneInfo("America/New_York")
# The first Sundays of a week in summer and of one in winter, and those of the two changes of clock.
WEEKS = [datetime(2026, *day, tzinfo=UTC) for day in ((7, 5), (12, 6), (3, 8), (11, 1))]


def instants(expression: str, week: datetime, zone: str = "UTC") -> Iterator[datetime]:
    """When a cron whose clock has this zone starts a line within a week, in UTC."""
    clock = CronSim(expression, week.astimezone(ZoneInfo(zone)))
    while (moment := next(clock)) < week + timedelta(days=7):
        yield moment.astimezone(UTC)


def evening(week: datetime, hour: int) -> datetime:
    """Seven minutes past an hour of the week's Thursday in New York, in UTC."""
    day = week.date() + timedelta(days=4)
    local = datetime(day.year, day.month, day.day, hour, 7, tzinfo=NEW_YORK)
    return local.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Stage:
    """A folder whose ``bin`` comes before the system's programs."""

    folder: Path

    def program(self, name: str, script: str) -> None:
        """A stand-in."""
        path = self.folder / "bin" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)

    def reportgen(self, code: int = 0, says: str = "", does: str = "") -> None:
        """A reportgen that ends with this exit code; ``calls`` tells what it was called with."""
        log = shlex.quote(str(self.folder / "calls"))
        told = f'for word in "$@"; do printf \'%s\\n\' "$word"; done >>{log}\necho >>{log}'
        self.program("reportgen", f"{told}\n{does}\necho {shlex.quote(says)}\nexit {code}")

    def clock(self, now: datetime) -> None:
        """A date that takes this for the present."""
        self.program("date", f'exec /usr/bin/date --date=@{now.timestamp():.0f} "$@"')

    @property
    def calls(self) -> list[list[str]]:
        """The words of each call of reportgen."""
        path = self.folder / "calls"
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        return [call.split("\n") for call in text.split("\n\n") if call]

    def run(
        self, *command: str, cwd: Path | None = None, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """What a command prints and how it ends, with this environment and no other."""
        path = f"{self.folder / 'bin'}:{os.defpath}:/usr/bin:/bin"
        return subprocess.run(
            command,
            cwd=cwd or self.folder,
            env={"PATH": path, "HOME": str(self.folder), **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
