"""What was known when: revised figures, a first pull long after, and the kept responses again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from reportgen.clock import NEW_YORK
from tests.pull.conftest import FirstPull
from tests.pull.running import Desk, Ended, desk, side_by_side

MIDWEEK = datetime(2025, 12, 10, 23, 30, tzinfo=NEW_YORK)
LONG_AFTER = datetime(2026, 2, 10, 23, 30, tzinfo=NEW_YORK)
TOLD_USD, REVISED_USD = 6_535_781e6, 6_536_781e6

Whole = dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Revised:
    """A desk that has pulled a revised figure and then parses what it has kept once more."""

    desk: Desk
    pull: Ended
    facts_before: Ended
    facts_after: Ended
    whole: Whole
    requests: int
    reparse: Ended
    whole_again: Whole
    damaged: Path
    refused: Ended
    whole_still: Whole


def revised(desk: Desk) -> Revised:
    pull = desk.run("pull")
    whole, requests = desk.whole(), len(desk.replay.requests)
    before = desk.run("facts", "--json", "--as-of", "2025-12-09")
    after = desk.run("facts", "--json", "--as-of", "2025-12-10")
    reparse = desk.run("pull", "--reparse")
    again = desk.whole()
    body = max(desk.folder.glob("data/raw/treasury/treasury.cash-*/001.body"))
    content = bytearray(body.read_bytes())
    content[100] ^= 1
    body.write_bytes(content)
    refused = desk.run("pull", "--reparse")
    return Revised(
        desk, pull, before, after, whole, requests, reparse, again, body, refused, desk.whole()
    )


def long_after(desk: Desk) -> dict[str, Ended]:
    pull = desk.run("pull", "--json")
    return {"pull": pull, "facts": desk.run("facts", "--json", "--as-of", "2025-12-31")}


@pytest.fixture(scope="module")
def runs(
    first_pull: FirstPull, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Any]]:
    """Both desks side by side, because they mostly wait."""
    with ExitStack() as stack:
        folder = tmp_path_factory.mktemp("revised") / "desk"
        week = stack.enter_context(desk(folder, MIDWEEK, first_pull.desk.folder))
        week.replay.revise("total_assets", date(2025, 12, 3), REVISED_USD)
        year = stack.enter_context(desk(tmp_path_factory.mktemp("year") / "desk", LONG_AFTER))
        jobs: dict[str, Callable[[], Any]] = {
            "revised": lambda: revised(week),
            "long after": lambda: long_after(year),
        }
        yield side_by_side(jobs)


def figure(facts: Ended, id: str) -> dict[str, Any]:
    [found] = [fact for fact in facts.report["facts"] if fact["id"] == id]
    return {name: found[name] for name in ("value", "as_of")}


def test_a_changed_figure_is_reported(runs: dict[str, Revised]) -> None:
    pull = runs["revised"].pull
    assert pull.code == 0
    assert "fred.WALCL\t0\t1\t4\t0\t" in pull.out.splitlines()
    told = "revised: total_assets 2025-12-03: 6,535,781,000,000 is now 6,536,781,000,000"
    assert [line for line in pull.out.splitlines() if line.startswith("revised:")] == [told]


def test_an_earlier_day_still_sees_the_figure_before(runs: dict[str, Revised]) -> None:
    before, after = runs["revised"].facts_before, runs["revised"].facts_after
    assert (before.code, after.code) == (0, 0)
    assert figure(before, "qt.assets") == {"value": TOLD_USD, "as_of": "2025-12-03"}
    assert figure(after, "qt.assets") == {"value": REVISED_USD, "as_of": "2025-12-03"}


def test_a_revision_is_known_from_its_retrieval(runs: dict[str, Revised]) -> None:
    rows = [row for row in runs["revised"].desk.rows("total_assets") if row[1] == "2025-12-03"]
    assert [row[2:] for row in rows] == [(0, TOLD_USD), (int(MIDWEEK.timestamp()), REVISED_USD)]


def test_kept_responses_make_the_same_store(runs: dict[str, Revised]) -> None:
    found = runs["revised"]
    assert found.reparse.code == 0
    assert found.whole_again == found.whole
    assert len({row[4] for row in found.whole["observations"]}) > 40, "origins are compared too"
    assert len(found.desk.replay.requests) == found.requests, "somebody was asked"


def test_a_damaged_response_is_refused_by_name(runs: dict[str, Revised]) -> None:
    found = runs["revised"]
    assert found.refused.code == 3
    lines = found.refused.error.splitlines()
    assert lines[0] == f"{found.damaged}: a kept response does not match its checksum"
    assert lines[1].strip().startswith("→ restore the file from a backup")
    assert found.whole_still == found.whole


def test_a_first_pull_long_after_knows_what_was_public(runs: dict[str, Any]) -> None:
    pull, facts = runs["long after"]["pull"], runs["long after"]["facts"]
    assert (pull.code, facts.code) == (0, 0)
    # H.4.1 of 24 December, out on the 26th because Thursday was Christmas: three weeks of 6
    # billion after 3 December. Standing repo of the day itself; SOFR of the 30th, 3.65 + 0.03 -
    # 0.02, because n mod 5 = 0. Bills of November, 6,723.293... billion: December comes in January.
    assert figure(facts, "qt.assets") == {"value": TOLD_USD + 18e9, "as_of": "2025-12-24"}
    assert figure(facts, "srf.latest") == {"value": 74.6e9, "as_of": "2025-12-31"}
    assert figure(facts, "funding.sofr") == {"value": 3.66, "as_of": "2025-12-30"}
    assert facts.report["cutoff"] == "2026-01-01T04:59:59+00:00"
    assert max(fact["as_of"] for fact in facts.report["facts"]) <= "2025-12-31"
