"""``reportgen status`` through a day and a week, a morning's pull, and a provider that is down."""

from __future__ import annotations

import json
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from reportgen.clock import NEW_YORK
from reportgen.sources.catalogue import FEEDS
from tests.pull.conftest import Undisturbed
from tests.pull.running import EVENING, WEEK_LATER, Desk, Ended, Row, desk, side_by_side

MORNING = datetime(2025, 12, 8, 10, 0, tzinfo=NEW_YORK)
CLOCKS = {
    "evening": EVENING,
    "Tuesday, 10:00": datetime(2025, 12, 9, 10, 0, tzinfo=NEW_YORK),
}


@dataclass(frozen=True, slots=True)
class Pulled:
    """A desk after a pull, its observations, and a command after it."""

    desk: Desk
    pull: Ended
    rows: list[Row]
    then: Ended


@pytest.fixture(scope="module")
def runs(
    recent: Path, undisturbed: Undisturbed, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Any]]:
    """What this module looks at, made side by side because it mostly waits."""
    with ExitStack() as stack:

        def new_desk(name: str, now: datetime) -> Desk:
            folder = tmp_path_factory.mktemp(name) / "desk"
            return stack.enter_context(desk(folder, now, recent))

        morning, down = new_desk("morning", MORNING), new_desk("down", WEEK_LATER)
        down.set("attempts = 2\nfirst_wait_seconds = 0.05")
        closed = stack.enter_context(socket.socket())
        closed.bind(("127.0.0.1", 0))  # bound and never listening: connections are refused
        settings = down.folder / "reportgen.toml"
        addresses = settings.read_text()
        settings.write_text(
            addresses.replace(f"{down.replay.port}/fred", f"{closed.getsockname()[1]}/fred")
        )

        def pull_then(desk: Desk, *then: str) -> Callable[[], Pulled]:
            return lambda: Pulled(desk, desk.run("pull"), desk.rows(), desk.run(*then))

        jobs: dict[str, Callable[[], Any]] = {
            "morning": pull_then(morning, "status", "--json"),
            "down": pull_then(down, "build", "--as-of", "2025-12-12"),
        }
        for n, (name, now) in enumerate(CLOCKS.items()):
            made = new_desk(f"clock-{n}", now)
            jobs[name] = lambda made=made: made.run("status", "--json")
        jobs["in words"] = lambda: made.run("status")
        yield side_by_side(jobs)


def states(ended: Ended) -> dict[str, str]:
    return {row["series"]: row["state"] for row in ended.report}


def test_everything_is_fresh_in_the_evening(runs: dict[str, Ended]) -> None:
    ended = runs["evening"]
    # What ended in 2020 and 2021 lies before the months this store holds.
    found = states(ended)
    assert [id for id, state in found.items() if state == "empty"] == [
        "temporary_repo_accepted",
        "bill_purchases",
    ]
    assert list(found.values()).count("fresh") == len(found) - 2
    assert (ended.code, ended.err) == (0, "")
    rows = {row["series"]: row for row in ended.report}
    # H.4.1 of Wednesday, 3 December, out on Thursday at 16:30 in New York, the next a week later.
    assert rows["total_assets"] == {
        "series": "total_assets",
        "last": "2025-12-03",
        "published_at": "2025-12-04T21:30:00+00:00",
        "next_due_at": "2025-12-11T21:30:00+00:00",
        "source": "fred",
        "required": True,
        "state": "fresh",
        "quarantined": [],
    }


def test_what_comes_later_today_is_due_and_no_failure(runs: dict[str, Pulled]) -> None:
    ended = runs["morning"].then
    assert (ended.code, ended.err) == (0, "")
    # At 10:00 Friday's EFFR is there since 9:00; SOFR is final at 15:00, the day's repo at 13:50.
    found = states(ended)
    assert found["effr"] == found["total_assets"] == found["bills_outstanding"] == "fresh"
    assert {found[id] for id in ("sofr", "srf_accepted", "on_rrp_rate", "tga_close")} == {"due"}


def test_what_should_have_come_is_late_and_a_failure(runs: dict[str, Ended]) -> None:
    ended = runs["Tuesday, 10:00"]
    assert ended.code == 3
    found = states(ended)
    assert found["effr"] == found["srf_accepted"] == found["tga_close"] == "late"
    assert found["total_assets"] == "fresh"
    assert "srf_accepted (late)" in ended.error
    assert "tga_close" not in ended.error, "it is not required"
    assert "→ pull the latest data" in ended.error


def test_status_in_words(runs: dict[str, Ended]) -> None:
    lines = runs["in words"].out.splitlines()
    assert lines[0] == "series\tlast\tpublished\tnext due\tsource\trequired\tstate"
    assert "tga_close\t2025-12-04\t2025-12-05 16:00\t2025-12-08 16:00\ttreasury\tno\tlate" in lines
    effr = "effr\t2025-12-04\t2025-12-05 09:00\t2025-12-08 09:00\tnyfed\tyes\tlate"
    assert effr in lines


def test_a_morning_operation_is_no_day_yet(runs: dict[str, Pulled]) -> None:
    pulled = runs["morning"]
    assert pulled.pull.code == 0
    kept = [path.read_text() for path in pulled.desk.folder.glob("data/raw/nyfed/*/001.body")]
    assert any("RP 120825" in text for text in kept), "the operation of 8:15 has come"
    assert pulled.desk.last("srf_accepted") == pulled.desk.last("srf_rate") == "2025-12-05"
    assert states(pulled.then)["srf_accepted"] == "due"


def test_the_afternoon_makes_it_a_day(undisturbed: Undisturbed) -> None:
    # n mod 4 million: 8 December 2025 is day 739593 = 4 * 184898 + 1.
    assert undisturbed.ended.code == 0
    assert undisturbed.desk.value("srf_accepted", "2025-12-08") == 1_000_000


def test_a_new_name_of_the_method_changes_nothing(undisturbed: Undisturbed) -> None:
    assert undisturbed.ended.code == 0
    [body] = undisturbed.desk.folder.glob("data/raw/nyfed/nyfed.operations-*/001.body")
    methods = {
        row["operationDate"]: row["operationMethod"]
        for row in json.loads(body.read_text())["repo"]["operations"]
        if row["operationType"] == "Repo"
    }
    assert (methods["2025-12-10"], methods["2025-12-11"]) == ("Multiple Price", "Full Allotment")
    # One million on either day, as the New York Fed reported.
    assert undisturbed.desk.value("srf_accepted", "2025-12-10") == 1_000_000
    assert undisturbed.desk.value("srf_accepted", "2025-12-11") == 1_000_000


def test_a_provider_that_is_down_is_told_in_one_line(runs: dict[str, Pulled]) -> None:
    pulled = runs["down"]
    assert pulled.pull.code == 4
    failed = [feed.id for feed in FEEDS if feed.source == "fred"]
    head, first, _, second, _, rest, remedy = pulled.pull.error.splitlines()
    assert head == f"18 of {len(FEEDS)} feeds failed, the others have landed:"
    assert first.endswith("fred.WALCL: no connection (2 attempts)")
    assert second.endswith("fred.TREAST: no connection (2 attempts)")
    told = ", ".join(failed[2:])
    assert rest.strip() == f"not asked, because fred did not answer before: {told}"
    assert remedy.strip() == "→ pull again later; what has landed stays"


def test_the_other_providers_land(runs: dict[str, Pulled], undisturbed: Undisturbed) -> None:
    fred = set().union(*(feed.series for feed in FEEDS if feed.source == "fred"))
    rows = runs["down"].rows
    others = [row for row in undisturbed.rows if row[0] not in fred]
    assert [row for row in rows if row[0] not in fred] == others
    assert {day for series, day, *_ in rows if series == "total_assets"} < {
        day for series, day, *_ in undisturbed.rows if series == "total_assets"
    }


def test_a_brief_that_needs_them_is_refused(runs: dict[str, Pulled]) -> None:
    then = runs["down"].then
    assert then.code == 3
    assert "total_assets ends 2025-12-03, 2025-12-10 was due" in then.error
    assert "srf_accepted" not in then.error
    output = runs["down"].desk.folder / "output"
    assert not output.exists() or not list(output.iterdir())
    shutil.rmtree(output, ignore_errors=True)
