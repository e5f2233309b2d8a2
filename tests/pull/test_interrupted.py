"""A pull that is killed, stopped or failed, or runs beside another: the next one mends it."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.pull.conftest import Undisturbed
from tests.pull.running import WEEK_LATER, Desk, Ended, desk, ended, side_by_side, wait_for_requests
from tests.replay import faults

KILLED_AFTER_REQUESTS = (3, 19)
STOPPED_AFTER_REQUESTS = 9


@dataclass(frozen=True, slots=True)
class Disturbed:
    """A desk after its pulls, in the order of their end."""

    desk: Desk
    pulls: list[Ended]


def killed(desk: Desk) -> Disturbed:
    """Killed early, then later, then left alone."""
    pulls = []
    for count in KILLED_AFTER_REQUESTS:
        desk.replay.forget()
        process = desk.start("pull", "--json")
        wait_for_requests(desk, count, process)
        process.kill()
        pulls.append(ended(process))
    return Disturbed(desk, [*pulls, desk.run("pull", "--json")])


def stopped(desk: Desk) -> Disturbed:
    """Stopped from the keyboard, then left alone."""
    process = desk.start("pull", "--json")
    wait_for_requests(desk, STOPPED_AFTER_REQUESTS, process)
    process.send_signal(signal.SIGINT)
    return Disturbed(desk, [ended(process), desk.run("pull", "--json")])


def failed(desk: Desk) -> Disturbed:
    """With a feed of each provider refused, then left alone."""
    for asked in ("/api/rp/", "id=WALCL", "operating_cash_balance"):
        desk.replay.fault(asked, faults.status(403))
    first = desk.run("pull", "--json")
    desk.replay.mend()
    return Disturbed(desk, [first, desk.run("pull", "--json")])


def two_at_once(desk: Desk) -> Disturbed:
    """Both begin before either has landed anything."""
    processes = [desk.start("pull", "--json") for _ in range(2)]
    return Disturbed(desk, [ended(process) for process in processes])


@pytest.fixture(scope="module")
def disturbed(
    recent: Path, undisturbed: Undisturbed, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Disturbed]]:
    """The four ways side by side, because they mostly wait."""
    with ExitStack() as stack:
        jobs = {}
        for way in (killed, stopped, failed, two_at_once):
            folder = tmp_path_factory.mktemp(way.__name__) / "desk"
            made = stack.enter_context(desk(folder, WEEK_LATER, recent))
            jobs[way.__name__] = lambda way=way, made=made: way(made)
        yield side_by_side(jobs)


@pytest.mark.parametrize("way", ["killed", "stopped", "failed", "two_at_once"])
def test_the_store_is_that_of_an_undisturbed_pull(
    disturbed: dict[str, Disturbed], undisturbed: Undisturbed, way: str
) -> None:
    assert disturbed[way].desk.rows() == undisturbed.rows
    assert disturbed[way].desk.held_back() == []
    assert disturbed[way].pulls[-1].code == 0


def test_a_killed_pull_says_nothing_and_what_it_landed_is_not_new_again(
    disturbed: dict[str, Disturbed], undisturbed: Undisturbed
) -> None:
    *cut_short, last = disturbed["killed"].pulls
    assert [pull.code for pull in cut_short] == [-signal.SIGKILL] * len(KILLED_AFTER_REQUESTS)
    assert 0 < new(last) < new(undisturbed.ended)


def test_a_stopped_pull_says_so(disturbed: dict[str, Disturbed]) -> None:
    first, last = disturbed["stopped"].pulls
    assert (first.code, first.out) == (130, "")
    assert first.err.splitlines()[-1] == "interrupted"
    assert last.code == 0


def test_a_failed_pull_is_made_up_for(
    disturbed: dict[str, Disturbed], undisturbed: Undisturbed
) -> None:
    pulls = disturbed["failed"].pulls
    assert [pull.code for pull in pulls] == [4, 0]
    assert sum(map(new, pulls)) == new(undisturbed.ended)


def test_two_pulls_at_once_find_each_value_once(
    disturbed: dict[str, Disturbed], undisturbed: Undisturbed
) -> None:
    pulls = disturbed["two_at_once"].pulls
    assert [pull.code for pull in pulls] == [0, 0]
    assert sum(map(new, pulls)) == new(undisturbed.ended)
    assert [pull.report["revisions"] for pull in pulls] == [[], []]


def new(pull: Ended) -> int:
    return sum(feed["new"] for feed in pull.report["feeds"])
