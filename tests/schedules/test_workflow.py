"""The workflow: no finding of a linter, and each of its scripts played as a runner plays it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.schedules.stage import SCHEDULES, WEEKS, Stage, evening, instants

FILE = SCHEDULES / "github" / "weekly-brief.yml"
TEXT = FILE.read_text(encoding="utf-8")
WORKFLOW: dict[Any, Any] = yaml.safe_load(TEXT)
JOBS: dict[str, Any] = WORKFLOW["jobs"]
# YAML 1.1 reads `on` as true.
ON = WORKFLOW[True]
SCRIPTS = {
    (job, step["name"]): step["run"] for job in JOBS for step in JOBS[job]["steps"] if "run" in step
}
WEEK = ("brief", "Pull, build, check, make the site")
EVENING = evening(WEEKS[0], 18)
DAY = EVENING.date().isoformat()


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


def play(
    stage: Stage, job: str, name: str, **values: str
) -> tuple[subprocess.CompletedProcess[str], dict[str, str]]:
    """A step as a runner plays it: how it ends, and its outputs.

    ``values`` are those of its ``env``, which is empty but for them.
    """
    (step,) = (step for step in JOBS[job]["steps"] if step["name"] == name)
    assert set(values) <= set(step.get("env", {}))
    script, output = stage.folder / "step.sh", stage.folder / "output"
    script.write_text(step["run"], encoding="utf-8")
    output.write_text("", encoding="utf-8")
    environment = {**dict.fromkeys(step.get("env", {}), ""), **values}
    shell = ("bash", "--noprofile", "--norc", "-eo", "pipefail", str(script))
    ended = stage.run(*shell, GITHUB_OUTPUT=str(output), **environment)
    lines = output.read_text(encoding="utf-8").splitlines()
    return ended, dict(line.split("=", 1) for line in lines)


def test_zizmor_finds_nothing(tmp_path: Path) -> None:
    zizmor = Path(sys.executable).with_name("zizmor")
    options = ("--offline", "--persona=pedantic", "--strict-collection", "--no-progress")
    ended = subprocess.run([zizmor, *options, FILE], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout
    assert "No findings to report" in ended.stdout


@pytest.mark.skipif(not shutil.which("actionlint"), reason="actionlint is not installed")
def test_actionlint_finds_nothing() -> None:
    ended = subprocess.run(["actionlint", FILE], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (0, "")


def test_every_action_is_pinned_and_says_its_version() -> None:
    used = re.findall(r"uses: (\S+)(.*)", TEXT)
    assert len(used) == sum("uses" in step for job in JOBS.values() for step in job["steps"])
    for action, comment in used:
        assert re.fullmatch(r"actions/[a-z/-]+@[0-9a-f]{40}", action)
        assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment)


def test_each_job_may_do_what_it_does_and_no_more() -> None:
    assert WORKFLOW["permissions"] == {}
    assert {job: JOBS[job]["permissions"] for job in JOBS} == {
        "due": {"contents": "read"},
        "brief": {"contents": "read"},
        "record": {"contents": "write"},
        "deploy": {"pages": "write", "id-token": "write"},
    }
    checkouts = [
        step["with"]
        for job in JOBS.values()
        for step in job["steps"]
        if "actions/checkout@" in step.get("uses", "")
    ]
    assert [each["persist-credentials"] for each in checkouts] == [False] * 4


def test_readers_see_it_after_it_is_on_record() -> None:
    assert JOBS["deploy"]["needs"] == ["brief", "record"]
    assert JOBS["record"]["needs"] == "brief"
    assert WORKFLOW["concurrency"] == {"group": "weekly-brief", "cancel-in-progress": False}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=map(" ".join, SCRIPTS))
def test_each_script_is_bash_and_takes_what_it_is_given_as_variables(script: str) -> None:
    checked = subprocess.run(["bash", "-n"], input=script, text=True, check=False)
    assert checked.returncode == 0
    assert "${{" not in script


@pytest.mark.parametrize("start", WEEKS, ids=str)
def test_a_brief_is_due_on_thursday_evening(stage: Stage, start: datetime) -> None:
    """By the runs that GitHub starts in UTC, in summer and winter and when clocks change."""
    runs = {now for cron in ON["schedule"] for now in instants(cron["cron"], start)}
    (stage.folder / "record").mkdir()
    due = set()
    for now in runs:
        stage.clock(now)
        ended, said = play(stage, *("due", "Look at the clock and the record"), EVENT="schedule")
        assert ended.returncode == 0
        if said == {"due": "true"}:
            due.add(now)
        else:
            assert ended.stdout == "::notice::It is not Thursday from 18:00 on in New York.\n"
    assert {evening(start, hour) for hour in range(18, 23)} <= due
    assert due <= {evening(start, hour) for hour in range(18, 24)}


def test_a_run_that_github_starts_late_is_not_that_of_friday(stage: Stage) -> None:
    (stage.folder / "record").mkdir()
    stage.clock(evening(WEEKS[0], 23).replace(hour=4, minute=40))
    _, said = play(stage, "due", "Look at the clock and the record", EVENT="schedule")
    assert said == {}


def test_a_brief_that_is_out_is_not_due_but_on_demand(stage: Stage) -> None:
    (stage.folder / "record" / "published" / DAY).mkdir(parents=True)
    stage.clock(EVENING)
    step = ("due", "Look at the clock and the record")
    ended, said = play(stage, *step, EVENT="schedule")
    assert (ended.stdout, said) == (f"::notice::The brief of {DAY} is out.\n", {})
    assert play(stage, *step, EVENT="workflow_dispatch")[1] == {"due": "true"}


def test_reportgen_is_installed_from_the_source_of_the_desk(stage: Stage) -> None:
    for name in ("sudo", "python"):
        stage.program(name, f'echo {name} "$@" >>{stage.folder}/installed')
    stage.reportgen()
    ended, _ = play(stage, "brief", "Install reportgen")
    assert ended.returncode == 2
    assert "Set the variable REPORTGEN" in ended.stdout
    source = "reportgen[search] @ git+https://git.example.com/desk/reportgen@0123abc"
    (stage.folder / "requirements.lock").touch()
    assert play(stage, "brief", "Install reportgen", SOURCE=source)[0].returncode == 0
    installed = (stage.folder / "installed").read_text(encoding="utf-8").splitlines()
    assert installed[-2:] == [
        "python -m pip install --require-hashes --requirement requirements.lock",
        f"python -m pip install {source}",
    ]
    assert stage.calls == [["doctor"]]


def test_what_a_person_types_is_taken_as_it_is(stage: Stage) -> None:
    """No shell reads it: neither quotes nor commands in it mean anything."""
    stage.reportgen()
    reason = 'The "SRF" figure; $(touch harm) `touch harm` --draft'
    inputs = {"AS_OF": "2025-12-04", "CORRECT": reason, "CORRECT_TRANSLATED": "zh-Hans=更正用量"}
    _, said = play(stage, *WEEK, EVENT="workflow_dispatch", **inputs)
    assert said == {"published": "true"}
    options = ["--as-of=2025-12-04", f"--correct={reason}", "--correct=zh-Hans=更正用量"]
    assert stage.calls == [["week", "pages", *options]]
    assert not (stage.folder / "harm").exists()


def test_without_inputs_the_week_is_that_of_today(stage: Stage) -> None:
    stage.reportgen()
    assert play(stage, *WEEK, EVENT="schedule")[1] == {"published": "true"}
    assert stage.calls == [["week", "pages"]]


@pytest.mark.parametrize(
    ("event", "hour", "code", "ends", "told"),
    [
        ("schedule", 18, 3, 0, "::warning title=Not published yet::Data are late"),
        ("schedule", 21, 4, 0, "::warning title=Not published yet::Data are late"),
        ("schedule", 22, 3, 3, "::error title=Not published::Data are late"),
        ("workflow_dispatch", 18, 3, 3, "::error title=Not published::Data are late"),
        (
            "schedule",
            18,
            1,
            1,
            "::error title=Not published::reportgen week ended with exit code 1",
        ),
        (
            "schedule",
            18,
            5,
            5,
            "::error title=Not published::reportgen week ended with exit code 5",
        ),
    ],
)
def test_nothing_is_published_when_the_week_fails(
    stage: Stage, event: str, hour: int, code: int, ends: int, told: str
) -> None:
    stage.reportgen(code)
    stage.clock(evening(WEEKS[0], hour))
    ended, said = play(stage, *WEEK, EVENT=event)
    assert (ended.returncode, said) == (ends, {})
    assert told in ended.stdout


def test_the_store_is_made_anew_when_no_cache_has_it(stage: Stage) -> None:
    stage.reportgen(does="mkdir -p data; touch data/reportgen.sqlite")
    for _ in range(2):
        play(stage, "brief", "Make the store anew where no cache has it")
    assert stage.calls == [["pull", "--reparse"]]


def test_what_is_issued_and_pulled_comes_onto_the_record(stage: Stage) -> None:
    """From the first week to the second, through a real repository."""
    origin = str(stage.folder / "origin.git")
    first = stage.folder / "first"
    stage.run("git", "init", "--quiet", "--bare", origin)
    stage.run("git", "clone", "--quiet", origin, str(first))
    stage.run("git", "switch", "--quiet", "--orphan", "record", cwd=first)
    who = ("-c", "user.name=Desk", "-c", "user.email=desk@example.com")
    stage.run("git", *who, "commit", "--allow-empty", "-m", "The record", cwd=first)
    stage.run("git", "push", "--quiet", "origin", "record", cwd=first)
    stage.program("gh", "exit 0")
    for number, day in enumerate(("2026-07-09", "2026-07-16"), 1):
        here = Stage(stage.folder / day)
        shutil.copytree(stage.folder / "bin", here.folder / "bin")
        here.reportgen(
            does=f"mkdir -p published/{day}/1 data/raw/fred/{number}\n"
            f"echo {day} >published/{day}/1/facts.json\n"
            f"echo {day} >published/{day}/issued.json\n"
            f"touch data/raw/fred/{number}/batch.json\n"
            "test -z \"$(ls data/raw/fred/1 published/2026-07-09 2>&1 >/dev/null)\""
        )  # fmt: skip
        here.run("git", "clone", "--quiet", "--branch", "record", origin, "record")
        play(here, "brief", "Put the record in its place")
        assert play(here, *WEEK, EVENT="schedule")[1] == {"published": "true"}
        play(here, "brief", "Pack what is new for the record")
        packed = here.run("tar", "--list", "--file=record.tar").stdout.splitlines()
        assert packed == [
            f"published/{day}/1/facts.json",
            f"published/{day}/issued.json",
            f"raw/fred/{number}/batch.json",
        ]
        shutil.rmtree(here.folder / "record")
        here.run("git", "clone", "--quiet", "--branch", "record", origin, "record")
        ended, _ = play(here, "record", "Commit and push it")
        assert ended.returncode == 0, ended.stderr
    bare = Path(origin)
    kept = stage.run("git", "ls-tree", "-r", "--name-only", "record", cwd=bare).stdout
    assert kept.splitlines() == [
        "published/2026-07-09/1/facts.json",
        "published/2026-07-09/issued.json",
        "published/2026-07-16/1/facts.json",
        "published/2026-07-16/issued.json",
        "raw/fred/1/batch.json",
        "raw/fred/2/batch.json",
    ]
    commits = stage.run("git", "log", "--format=%s", "record", cwd=bare).stdout.splitlines()
    assert [line.split(" until ")[0] for line in commits] == [
        "Issued and pulled",
        "Issued and pulled",
        "The record",
    ]
