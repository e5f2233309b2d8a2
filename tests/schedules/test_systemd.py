"""The units: valid, started when they should be, tried again or mailed as they should be."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from configparser import ConfigParser
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.schedules.stage import SCHEDULES, WEEKS, Stage, evening

FOLDER = SCHEDULES / "systemd"
SERVICE, TIMER = "reportgen-week.service", "reportgen-week.timer"
FAILED = "reportgen-failed@.service"
MANAGER = Path("/lib/systemd/systemd")
needs_systemd = pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="systemd is not installed"
)


def unit(name: str) -> ConfigParser:
    """A unit; none of ours sets a thing twice in a section."""
    parser = ConfigParser(interpolation=None, delimiters=("=",), comment_prefixes=("#",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(FOLDER / name, encoding="utf-8")
    return parser


@needs_systemd
def test_systemd_takes_them(tmp_path: Path) -> None:
    """With a program that is there in place of those that are not."""
    names = {SERVICE: SERVICE, TIMER: TIMER, FAILED: FAILED.replace("@", "@x")}
    for source, name in names.items():
        text = (FOLDER / source).read_text(encoding="utf-8")
        text = re.sub(r"/opt/reportgen/bin/reportgen|/usr/sbin/sendmail", "/bin/true", text)
        (tmp_path / name).write_text(text, encoding="utf-8")
    units = [str(tmp_path / name) for name in names.values()]
    ended = subprocess.run(
        ["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stderr) == (0, "")


@needs_systemd
@pytest.mark.parametrize("start", WEEKS, ids=str)
def test_the_timer_is_that_of_thursday_evening(start: datetime) -> None:
    calendar = unit(TIMER)["Timer"]["OnCalendar"]
    told = subprocess.run(
        ["systemd-analyze", "calendar", f"--base-time={start:%Y-%m-%d} 00:00:00 UTC", calendar],
        capture_output=True,
        text=True,
        check=True,
        env={"TZ": "UTC", "PATH": "/usr/bin:/bin", "LC_ALL": "C"},
    ).stdout
    (next_,) = re.findall(r"Next elapse: \w+ (.+) UTC", told)
    expected = evening(start, 18) - timedelta(minutes=7)
    assert datetime.fromisoformat(next_).replace(tzinfo=UTC) == expected


def test_the_last_try_is_before_midnight_in_new_york() -> None:
    """A run after midnight would make the brief of Friday."""
    service = unit(SERVICE)
    tries = int(service["Unit"]["StartLimitBurst"])
    assert service["Service"]["RestartSec"] == "1h"
    # Runs of a quarter of an hour, and an hour between them.
    last_begins = timedelta(hours=18) + (tries - 1) * timedelta(minutes=75)
    assert last_begins + timedelta(minutes=15) < timedelta(days=1)
    # All of them count towards the limit.
    assert service["Unit"]["StartLimitIntervalSec"] == "6h"
    assert last_begins < timedelta(hours=18 + 6)


def test_the_mail_has_the_end_of_the_journal(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    stage.program("journalctl", 'echo "$@"; echo "error: reserve_balances is 2 days late"')
    stage.program("sendmail", f'echo "$@" >{tmp_path}/options; cat >{tmp_path}/mail')
    shell, option, script = unit(FAILED)["Service"]["ExecStart"].split(maxsplit=2)
    assert (shell, option, script[0], script[-1]) == ("/bin/sh", "-c", "'", "'")
    line = script[1:-1].replace("%i", SERVICE).replace("%H", "desk")
    assert "%" not in line
    ended = stage.run(shell, option, line.replace("/usr/sbin/", ""))
    assert (ended.returncode, ended.stderr) == (0, "")
    assert (tmp_path / "options").read_text(encoding="utf-8") == "-t\n"
    assert (tmp_path / "mail").read_text(encoding="utf-8").splitlines() == [
        "To: desk@example.com",
        "Subject: reportgen-week.service failed on desk",
        "",
        "--unit=reportgen-week.service --lines=60 --no-pager",
        "error: reserve_balances is 2 days late",
    ]


# What only the manager of the system may do, and what this machine lacks.
HERE = """
[Service]
User=
EnvironmentFile=
WorkingDirectory={folder}
ExecStart=
ExecStart=/bin/sh {folder}/run
RestartSec=100ms
ReadWritePaths=
RestrictAddressFamilies=
ProtectSystem=no
{switched_off}
"""
# systemd starts a manager of users only where this folder is, in a view of the disk of its own.
BEGIN = "mount -t tmpfs none /run/systemd && mkdir /run/systemd/system && exec {manager} --user"


class Manager:
    """A systemd of the test's own with the service and the mail; both write what they do."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._environment = {
            "PATH": "/usr/bin:/bin",
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
        }
        units = folder / ".config" / "systemd" / "user"
        for name in (SERVICE, FAILED):
            (units / f"{name}.d").mkdir(parents=True)
            shutil.copy(FOLDER / name, units)
        service = unit(SERVICE)["Service"]
        off = "\n".join(f"{key}=no" for key, value in service.items() if value == "true")
        off += "\nProtectHome=no"
        drop_in = HERE.format(folder=folder, switched_off=off)
        (units / f"{SERVICE}.d" / "here.conf").write_text(drop_in, encoding="utf-8")
        (units / f"{FAILED}.d" / "here.conf").write_text(
            f"[Service]\nExecStart=\nExecStart=/bin/sh -c 'echo mail of %i >>{folder}/told'\n",
            encoding="utf-8",
        )
        (units / "basic.target").write_text("[Unit]\n", encoding="utf-8")
        (folder / "run").write_text(
            "echo run >>told\nread code <codes\nsed -i 1d codes\nexit $code\n", encoding="utf-8"
        )
        begin = BEGIN.format(manager=f"{MANAGER} --unit=basic.target")
        self._process = subprocess.Popen(
            ["unshare", "--mount", "sh", "-c", begin],
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def control(self, *words: str) -> str:
        """What systemctl prints."""
        command = ["systemctl", "--user", *words]
        ended = subprocess.run(
            command, env=self._environment, capture_output=True, text=True, check=False, timeout=30
        )
        return ended.stdout.strip()

    def wait(self, settled: Callable[[], bool], seconds: float) -> bool:
        """Whether something comes about in time."""
        until = time.monotonic() + seconds
        while not settled():
            if time.monotonic() > until or self._process.poll() is not None:
                return False
            time.sleep(0.05)
        return True

    def is_up(self) -> bool:
        """Whether it answers."""
        return self.control("is-active", "basic.target") == "active"

    def week(self, *codes: int) -> list[str]:
        """Runs and mails when reportgen ends with these exit codes, one run after the other."""
        (self._folder / "codes").write_text("".join(f"{code}\n" for code in codes))
        (self._folder / "told").unlink(missing_ok=True)
        self.control("reset-failed")
        self.control("start", SERVICE)
        states = ("inactive", "failed")
        assert self.wait(lambda: self.control("is-active", SERVICE) in states, 30)
        # The job of the mail is there before the failure is told.
        assert self.wait(lambda: self.control("list-jobs") == "No jobs running.", 30)
        return (self._folder / "told").read_text(encoding="utf-8").splitlines()

    def end(self) -> None:
        """Ends it."""
        self._process.terminate()
        self._process.wait(timeout=30)


@pytest.fixture(scope="module")
def systemd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Manager]:
    if not (MANAGER.exists() and shutil.which("systemctl") and os.geteuid() == 0):
        pytest.skip("needs root and systemd, to start one of its own")
    manager = Manager(tmp_path_factory.mktemp("systemd"))
    try:
        if not manager.wait(manager.is_up, 10):
            pytest.skip("systemd cannot be started here")
        yield manager
    finally:
        manager.end()


@pytest.mark.parametrize(
    ("codes", "runs", "mailed"),
    [
        ((0,), 1, False),
        ((3, 4, 0), 3, False),
        ((3, 3, 3, 3, 4), 5, True),
        ((1,), 1, True),
        ((3, 2), 2, True),
        ((5,), 1, True),
    ],
    ids=str,
)
def test_systemd_tries_again_and_mails_once(
    systemd: Manager, codes: tuple[int, ...], runs: int, mailed: bool
) -> None:
    mail = [f"mail of {SERVICE}"] if mailed else []
    assert systemd.week(*codes) == ["run"] * runs + mail
