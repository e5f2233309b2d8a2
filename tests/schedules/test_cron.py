"""cron calls week.sh every hour; it runs reportgen on Thursday evening in New York, and no more."""

from __future__ import annotations

import fcntl
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from tests.schedules.stage import SCHEDULES, WEEKS, Stage, evening, instants

SCRIPT = SCHEDULES / "cron" / "week.sh"
CRONTAB = (SCHEDULES / "cron" / "crontab").read_text(encoding="utf-8")
DAY = evening(WEEKS[0], 18).date().isoformat()


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    (tmp_path / "project").mkdir()
    return Stage(tmp_path)


def line(beginning: str) -> tuple[str, list[str]]:
    """Expression and command of the line of the crontab that begins so."""
    (found,) = (row for row in CRONTAB.splitlines() if row.startswith(beginning))
    *fields, command = found.removeprefix("# ").split(maxsplit=5)
    return " ".join(fields), command.split()


def week(stage: Stage, now: datetime) -> tuple[int, str]:
    """Exit code of the crontab's command at a moment, and what cron would mail."""
    _, (script, project, target) = line("7 ")
    assert Path(script).name == SCRIPT.name
    assert Path(project).is_absolute()
    ended = stage.run(
        str(SCRIPT),
        str(stage.folder / "project"),
        target,
        SOURCE_DATE_EPOCH=f"{now.timestamp():.0f}",
    )
    return ended.returncode, ended.stdout + ended.stderr


@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "America/Los_Angeles"])
def test_the_line_covers_the_evening_whatever_the_clock_of_the_machine(zone: str) -> None:
    expression, _ = line("7 ")
    for start in WEEKS:
        called = set(instants(expression, start, zone))
        assert {evening(start, hour) for hour in range(18, 23)} <= called


@pytest.mark.parametrize("start", WEEKS, ids=str)
def test_the_lines_for_a_cron_that_knows_time_zones(start: datetime) -> None:
    assert "# CRON_TZ=America/New_York\n" in CRONTAB
    expression, command = line("# 7 ")
    assert command == line("7 ")[1]
    called = list(instants(expression, start, "America/New_York"))
    assert called == [evening(start, hour) for hour in range(18, 23)]


@pytest.mark.parametrize("start", WEEKS[:2], ids=["summer", "winter"])
def test_late_data_are_waited_for_until_the_last_hour(stage: Stage, start: datetime) -> None:
    """All calls of a week: five of them run reportgen, and the last alone is heard of."""
    stage.reportgen(3, says="error: reserve_balances is 2 days late")
    expression, _ = line("7 ")
    heard = {}
    for now in instants(expression, start, "Asia/Shanghai"):
        before = len(stage.calls)
        ended = week(stage, now)
        if len(stage.calls) > before:
            heard[now] = ended
        else:
            assert ended == (0, "")
    assert list(heard) == [evening(start, hour) for hour in range(18, 23)]
    assert stage.calls == [["week", "web"]] * 5
    *quiet, (code, mail) = heard.values()
    assert quiet == [(0, "")] * 4
    assert code == 3
    assert "is not out: reportgen week web ended with exit code 3." in mail
    assert mail.count("reserve_balances is 2 days late") == 5


def test_once_the_brief_is_out_no_hour_runs_again(stage: Stage) -> None:
    stage.reportgen(4)
    assert week(stage, evening(WEEKS[0], 18)) == (0, "")
    stage.reportgen(0, says="182 files, 3 briefs")
    assert week(stage, evening(WEEKS[0], 19)) == (0, "")
    assert week(stage, evening(WEEKS[0], 20)) == (0, "")
    assert len(stage.calls) == 2
    log = stage.folder / "project" / "logs" / f"week-{DAY}.log"
    assert log.read_text(encoding="utf-8") == "\n182 files, 3 briefs\n"
    assert week(stage, evening(WEEKS[1], 18)) == (0, "")
    assert len(stage.calls) == 3


@pytest.mark.parametrize("code", [1, 2, 5, 137])
def test_what_needs_a_person_is_mailed_at_once_and_not_tried_again(stage: Stage, code: int) -> None:
    stage.reportgen(code, says="error: site.link: en/index.html: …")
    ended, mail = week(stage, evening(WEEKS[0], 18))
    assert ended == code
    assert mail.startswith(f"The brief of {DAY} is not out: reportgen week web ended with exit")
    assert mail.endswith(f"/project/logs/week-{DAY}.log:\n\nerror: site.link: en/index.html: …\n")
    assert week(stage, evening(WEEKS[0], 19)) == (0, "")
    assert len(stage.calls) == 1


def test_a_run_that_is_still_at_work_is_let_be(stage: Stage) -> None:
    stage.reportgen(0)
    (stage.folder / "project" / "logs").mkdir()
    with (stage.folder / "project" / "logs" / "week.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert week(stage, evening(WEEKS[0], 19)) == (0, "")
        assert stage.calls == []
    assert week(stage, evening(WEEKS[0], 20)) == (0, "")
    assert stage.calls == [["week", "web"]]


def test_it_acts_by_the_present_where_nothing_sets_the_clock(stage: Stage) -> None:
    """Without SOURCE_DATE_EPOCH the system's date is asked, here a stand-in."""
    stage.reportgen(0)
    for hour in (17, 23, 18):
        stage.clock(evening(WEEKS[1], hour))
        stage.run(str(SCRIPT), str(stage.folder / "project"), "web", cwd=Path("/"))
        assert len(stage.calls) == (1 if hour == 18 else 0)


@pytest.mark.skipif(not shutil.which("shellcheck"), reason="shellcheck is not installed")
def test_shellcheck_finds_nothing(stage: Stage) -> None:
    ended = stage.run("shellcheck", str(SCRIPT))
    assert (ended.returncode, ended.stdout) == (0, "")
