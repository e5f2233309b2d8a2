"""A whole pull into an empty store tells what the bundled history tells."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from reportgen.sources.catalogue import CATALOGUE, FEEDS
from tests.conftest import bundled_observations
from tests.pull.conftest import FirstPull
from tests.pull.running import EVENING, Desk, Ended, check_pace, desk, side_by_side

BILLION = 1e9


@dataclass(frozen=True, slots=True)
class After:
    """What follows the first pull."""

    facts: Ended
    facts_of_bundle: Ended
    again: Ended
    desk: Desk


@pytest.fixture(scope="module")
def after(first_pull: FirstPull, tmp_path_factory: pytest.TempPathFactory) -> Iterator[After]:
    with ExitStack() as stack:
        folder = tmp_path_factory.mktemp("again") / "desk"
        again = stack.enter_context(desk(folder, EVENING, first_pull.desk.folder))
        bundle = stack.enter_context(desk(tmp_path_factory.mktemp("bundle") / "desk", EVENING))
        bundle.set(bundled=True)
        as_of = ("facts", "--json", "--as-of", "2025-12-02")
        ended = side_by_side(
            {
                "pulled": lambda: first_pull.desk.run(*as_of),
                "bundled": lambda: bundle.run(*as_of),
                "again": lambda: again.run("pull", "--json"),
            }
        )
        yield After(ended["pulled"], ended["bundled"], ended["again"], again)


@pytest.fixture(scope="module")
def pulled(first_pull: FirstPull) -> dict[tuple[str, str], float]:
    return {(series, day): value for series, day, _, value in first_pull.desk.rows()}


def test_every_feed_lands_and_nothing_is_held_back(first_pull: FirstPull) -> None:
    assert first_pull.ended.code == 0
    head, *lines, total = first_pull.ended.out.splitlines()
    assert head == "feed\tnew\trevised\tunchanged\tquarantined\tfailed"
    told = {line.split("\t")[0]: line.split("\t")[1:] for line in lines}
    assert set(told) == {feed.id for feed in FEEDS}
    assert all(int(row[0]) > 0 and row[1:] == ["0", "0", "0", ""] for row in told.values())
    assert total.split("\t")[0] == "total"
    assert int(total.split("\t")[1]) == len(first_pull.desk.rows())
    assert first_pull.desk.held_back() == []


def test_every_value_of_the_bundle_has_come_from_the_providers(
    pulled: dict[tuple[str, str], float],
) -> None:
    bundled = {(row.series, f"{row.date}"): row.value for row in bundled_observations()}
    differing = {
        key: (value, pulled[key])
        for key, value in bundled.items()
        if key in pulled and pulled[key] != pytest.approx(value, rel=1e-12)
    }
    assert differing == {}
    missing = {key for key in bundled if key not in pulled}
    # The provider tells the rate of the facility since 2025, the bundle since 2021; friday's rates
    # and balances come on Monday; SOMA's first weeks and rates before 2018 lie before the feeds.
    assert {series for series, day in missing if day < "2025-12-05"} <= {"srf_rate"}
    assert max(day for series, day in missing if series == "srf_rate") < "2025"
    on_friday = {series for series, day in missing if day >= "2025-12-05"}
    assert on_friday <= {"sofr", "sofr_p99", "tgcr", "effr", "tga_close"}
    assert len(missing) < len(bundled) / 20


def test_every_series_of_the_catalogue_has_values(pulled: dict[tuple[str, str], float]) -> None:
    assert {series.id for series in CATALOGUE} <= {series for series, _ in pulled}


def test_the_facts_are_those_of_the_bundle(after: After) -> None:
    assert (after.facts.code, after.facts_of_bundle.code) == (0, 0)
    pulled, bundled = after.facts.report, after.facts_of_bundle.report
    assert (pulled["from_bundle"], bundled["from_bundle"]) == (False, True)
    figures = {fact["id"]: fact for fact in pulled["facts"]}
    known = {fact["id"]: fact for fact in bundled["facts"]}
    assert len(known) > 50
    assert known.keys() <= figures.keys()
    # Where a pull has brought them, reserves are accounted for in Wednesday levels.
    only_pulled = {series.id for series in CATALOGUE if not series.bundled}
    exact = {id for id in known if only_pulled & set(figures[id]["series"])}
    assert exact
    assert all(id.startswith("lead.") for id in exact)
    assert {id: figures[id] for id in known.keys() - exact} == {
        id: known[id] for id in known.keys() - exact
    }


def test_standing_repo_of_real_days(pulled: dict[tuple[str, str], float]) -> None:
    # 8:15 and 13:30: 20.35 + 30.00 on 31 October, 25 + 1 on 1 December; on 5 November 0 + 0.003
    # beside an exercise of 0.099 and a reverse repo exercise of 0.114.
    assert pulled["srf_accepted", "2025-10-31"] == 50.35 * BILLION
    assert pulled["srf_accepted", "2025-12-01"] == 26.0 * BILLION
    assert pulled["srf_accepted", "2025-11-05"] == 0.003 * BILLION
    assert pulled["on_rrp_accepted", "2025-11-05"] == 12.7 * BILLION
    assert pulled["on_rrp_accepted@exercises", "2025-11-05"] == 0.114 * BILLION


def test_collateral_adds_up_to_standing_repo(pulled: dict[tuple[str, str], float]) -> None:
    parts = ("treasury", "agency", "mbs")
    days = [day for series, day in pulled if series == "srf_accepted"]
    assert len(days) > 1_000
    for day in days:
        split = sum(pulled[f"srf_{part}_accepted", day] for part in parts)
        assert split == pulled["srf_accepted", day]


def test_debt_at_a_month_end(pulled: dict[tuple[str, str], float]) -> None:
    # The recorded row of February 2025: 6,367,951.7093 million of bills.
    assert pulled["bills_outstanding", "2025-02-28"] == 6_367_951_709_300


def test_fred_is_asked_at_most_twice_a_second(first_pull: FirstPull) -> None:
    check_pace(first_pull.desk.replay.requests, "/fred-graph/", 18)


def test_a_second_pull_brings_nothing_and_hardly_a_byte(
    first_pull: FirstPull, after: After
) -> None:
    assert after.again.code == 0
    assert {(feed["new"], feed["revised"]) for feed in after.again.report["feeds"]} == {(0, 0)}
    assert after.desk.rows() == first_pull.desk.rows()
    first_bytes, second_bytes = (
        sum(request.sent_bytes for request in desk.replay.requests)
        for desk in (first_pull.desk, after.desk)
    )
    assert second_bytes < 0.02 * first_bytes


def test_each_answer_is_kept_with_its_checksum(first_pull: FirstPull) -> None:
    bodies = sorted(first_pull.desk.folder.glob("data/raw/*/*/*.body"))
    assert len(bodies) == len(first_pull.desk.replay.requests)
    assert len(list(first_pull.desk.folder.glob("data/raw/*/*/batch.json"))) == len(bodies)
