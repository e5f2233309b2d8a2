"""With a key of FRED: its API, its vintages, and the key nowhere but in the request itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import pytest

from reportgen.clock import NEW_YORK
from reportgen.sources.catalogue import FEEDS, VINTAGE_FEEDS
from tests.conftest import bundled_observations
from tests.pull.running import WEEK_LATER, Desk, Ended, check_pace, desk
from tests.replay import faults
from tests.replay.answer import Answer, of_json
from tests.replay.server import API_KEY
from tests.replay.wire import Request

NEXT_RELEASE = datetime(2025, 12, 19, 23, 30, tzinfo=NEW_YORK)
RELEASED = date(2025, 12, 18)
TOLD_USD, REVISED_USD = 6_555_283e6, 6_556_283e6


@dataclass(frozen=True, slots=True)
class Keyed:
    """A desk after a pull with a key and many faults, and after one without a key."""

    desk: Desk
    pull: Ended
    requests: list[Request]
    keyless: Ended


def echo(answer: Answer) -> Answer:
    """A refusal that tells the address with all that was in it."""
    body = {"error_code": 400, "error_message": f"Bad Request.  {answer.path}"}
    return replace(of_json(body, 400), path=answer.path)


@pytest.fixture(scope="module")
def keyed(recent: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Keyed]:
    with desk(tmp_path_factory.mktemp("keyed") / "desk", WEEK_LATER, recent) as made:
        made.set("attempts = 2\nfirst_wait_seconds = 0.05")
        replay = made.replay
        replay.revise("total_assets", date(2025, 11, 19), REVISED_USD, on=date(2025, 12, 11))
        # Each hits the current values only; the vintages of the same series come after them.
        replay.fault("series_id=TREAST", echo, times=1)
        replay.fault("series_id=WSHOMCB", faults.status(500), times=2)
        replay.fault("series_id=WDTGAL", faults.redirected(replay.elsewhere), times=1)
        replay.fault("series_id=WCURCIR", faults.hang_up(), times=2)
        replay.fault("series_id=WLRRAFOIAL", faults.truncated(), times=1)
        pull = made.run("-v", "--log-format", "json", "pull", "--vintages", "--json", key=API_KEY)
        requests = list(replay.requests)
        replay.mend()
        replay.move(now=NEXT_RELEASE)
        replay.forget()
        yield Keyed(made, pull, requests, made.run("pull", "--vintages", "--json"))


def test_the_faults_are_told_without_the_key(keyed: Keyed) -> None:
    assert keyed.pull.code == 4
    lines = keyed.pull.error.splitlines()
    assert (
        lines[0] == f"5 of {len(FEEDS) + len(VINTAGE_FEEDS)} feeds failed, the others have landed:"
    )
    for told in (
        "fred.TREAST: HTTP 400 (",
        "fred.WSHOMCB: HTTP 500 (2 attempts)",
        f"fred.WDTGAL: the provider redirects to another host, {keyed.desk.replay.elsewhere}",
        "fred.WCURCIR: no connection (2 attempts)",
        "fred.WLRRAFOIAL: the body is not JSON or is cut off",
    ):
        assert [line for line in lines if told in line], told


def test_the_key_is_in_no_log_error_file_or_database(keyed: Keyed) -> None:
    asked_with_key = [r for r in keyed.requests if f"api_key={API_KEY}" in r.path]
    assert len(asked_with_key) > 20, "the key was used"
    assert "series_id=TREAST" in keyed.pull.err
    assert API_KEY not in keyed.pull.out + keyed.pull.err
    files = [path for path in keyed.desk.folder.rglob("*") if path.is_file()]
    assert {"reportgen.sqlite", "batch.json", "001.body"} <= {path.name for path in files}
    assert [path.parent.name for path in files].count("logs") == 2
    refused = [path for path in files if b"Bad Request" in path.read_bytes()]
    # The refusal itself, and the report of the run.
    assert sorted(path.suffix for path in refused) == [".body", ".json"]
    assert [path for path in files if API_KEY.encode() in path.read_bytes()] == []


def test_the_key_goes_to_fred_alone(keyed: Keyed) -> None:
    here = f"127.0.0.1:{keyed.desk.replay.port}"
    for request in keyed.requests:
        assert request.host == here, "a redirect to another host was followed"
        assert not [text for text in request.headers.values() if API_KEY in text]
        assert (API_KEY in request.path) == request.path.startswith("/fred-api/")
    assert not [request for request in keyed.requests if "fred-graph" in request.path]


def test_log_lines_are_json(keyed: Keyed) -> None:
    lines = [line for line in keyed.pull.err.splitlines() if line.startswith("{")]
    messages = [json.loads(line)["message"] for line in lines]
    assert "sources: HTTP 500; attempt 2 in 0.1 s" in messages


def test_the_api_is_asked_in_freds_pace(keyed: Keyed) -> None:
    # Eighteen series and eight with vintages; two were tried twice.
    check_pace(keyed.requests, "/fred-api/", 18 + 8 + 2)


def test_vintages_are_known_from_their_release(keyed: Keyed) -> None:
    assert keyed.keyless.code == 0
    rows = [row for row in keyed.desk.rows("total_assets") if row[1] == "2025-11-19"]
    assert [row[2:] for row in rows] == [
        (0, TOLD_USD),
        (at_1630(date(2025, 11, 20)), TOLD_USD),
        (at_1630(date(2025, 12, 11)), REVISED_USD),
        # The same from the moment it was pulled, before the vintages were.
        (int(WEEK_LATER.timestamp()), REVISED_USD),
    ]


def test_reserves_are_dollars_in_each_of_their_units(keyed: Keyed) -> None:
    """FRED told vintages before 2025 in billions and tells later ones in millions."""
    bundled = {
        f"{row.date}": row.value
        for row in bundled_observations()
        if row.series == "reserve_balances" and "2018" <= f"{row.date}" < "2025-06"
    }
    vintages = [row for row in keyed.desk.rows("reserve_balances") if row[1] < "2025-06"]
    assert {row[1]: row[3] for row in vintages} == bundled
    # The change of unit made new vintages of the same values: none of them is stored again.
    assert len(vintages) == len(bundled)
    known = {row[1]: row[2] for row in vintages}
    assert known["2024-01-03"] == at_1630(date(2024, 1, 4))


def test_without_a_key_only_releases_since_the_last_are_asked_for(keyed: Keyed) -> None:
    asked = keyed.desk.replay.requests_to("/alfred/")
    assert len(asked) == len(VINTAGE_FEEDS)
    for request in asked:
        assert f"vintage_date={RELEASED}" in request.path
        # 35 days before the release: a release changes the weeks before it.
        assert "cosd=2025-11-13" in request.path
    [row] = [
        row
        for row in keyed.desk.rows("total_assets")
        if row[1] == "2025-12-17" and row[2] == at_1630(RELEASED)
    ]
    # 6 billion a week after 3 December.
    assert row[3] == 6_535_781e6 + 12e9
    check_pace(keyed.desk.replay.requests, "/fred-graph/", 18)
    check_pace(keyed.desk.replay.requests, "graph.csv", 18 + 8)


def at_1630(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, 16, 30, tzinfo=NEW_YORK).timestamp())
