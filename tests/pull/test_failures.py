"""A feed that fails: one message with provider, address and field, exit code 4, the others land.

Each pull of this module hits many feeds at once, each by a fault of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from reportgen.sources.catalogue import FEEDS
from tests.pull.conftest import Undisturbed
from tests.pull.running import WEEK_LATER, Desk, Ended, Row, desk, side_by_side
from tests.replay import faults
from tests.replay.faults import Fault

SERIES_OF = {feed.id: {*feed.series} for feed in FEEDS}


@dataclass(frozen=True, slots=True)
class Case:
    """A fault on the answers to one feed, and what an operator reads of it."""

    feed: str
    asked: str
    fault: Fault
    told: str


CASH = "/treasury/v1/accounting/dts/operating_cash_balance"
REFUSED = (
    Case("nyfed.sofr", "/api/rates/secured/sofr", faults.status(403), "HTTP 403"),
    Case("nyfed.tgcr", "/api/rates/secured/tgcr", faults.status(404), "HTTP 404"),
    Case(
        "nyfed.bgcr",
        "/api/rates/secured/bgcr",
        faults.redirected("http://elsewhere.example"),
        "the provider redirects to another host, http://elsewhere.example",
    ),
    Case("nyfed.effr", "/unsecured/effr", faults.html_page(), "an HTML or XML page came instead"),
    Case("nyfed.obfr", "/unsecured/obfr", faults.truncated(), "not JSON or is cut off"),
    Case(
        "nyfed.operations",
        "/api/rp/results/search.json",
        faults.unknown_method(),
        "field operationMethod has the unknown value 'Sealed Bid' (repo, operations 1)",
    ),
    Case(
        "nyfed.soma",
        "/api/soma/summary.json",
        faults.renamed_field("bills"),
        "field bills is missing (soma, summary 1)",
    ),
    # 13 business days from 24 November to 11 December (Thanksgiving is none) with four lines each.
    Case(
        "treasury.cash",
        CASH,
        faults.wrong_total_count(),
        "52 rows came, field meta.total-count says 53",
    ),
    Case("treasury.debt_by_class", "mspd_table_1", faults.empty_list(), "the table is empty"),
    Case(
        "treasury.debt_to_penny",
        "debt_to_penny",
        faults.renamed_field("intragov_hold_amt"),
        "field intragov_hold_amt is missing",
    ),
    Case(
        "treasury.auctions",
        "auctions_query",
        faults.status(429, "3600"),
        "HTTP 429, and asks to wait 3600 seconds",
    ),
    Case("fred.WALCL", "id=WALCL", faults.zip_body(), "a ZIP file came instead of CSV"),
    Case("fred.TREAST", "id=TREAST", faults.html_page(), "HTML or XML page came instead of CSV"),
    Case(
        "fred.WSHOMCB",
        "id=WSHOMCB",
        faults.renamed_field("WSHOMCB"),
        "the head is 'observation_date,WSHOMCBNew', expected 'observation_date,WSHOMCB'",
    ),
    Case("fred.WDTGAL", "id=WDTGAL", faults.empty_list(), "there is no observation in it"),
    Case("fred.IORB", "id=IORB", faults.status(400), "HTTP 400"),
    Case(
        "fred.EFFR",
        "id=EFFR",
        faults.set_value("EFFR", "3,64"),
        "line 15 has 3 columns, not 2",
    ),
    Case(
        "fred.SOFR",
        "id=SOFR",
        faults.set_value("SOFR", "3.6.4"),
        "field SOFR is '3.6.4', not a number (line 15)",
    ),
)
# No two without an answer next to each other: the provider would be left alone.
UNANSWERED = (
    Case("nyfed.operations", "/api/rp/", faults.slow(4), "no answer in time"),
    Case("nyfed.sofr", "/api/rates/secured/sofr", faults.status(500), "HTTP 500"),
    Case("nyfed.bgcr", "/api/rates/secured/bgcr", faults.hang_up(), "no connection"),
    Case("nyfed.obfr", "/unsecured/obfr", faults.cut_off(), "the answer was cut off"),
    Case("treasury.cash", CASH, faults.status(429), "HTTP 429"),
    Case("treasury.debt_by_class", "mspd_table_1", faults.status(502), "HTTP 502"),
    Case("fred.WALCL", "id=WALCL", faults.status(503), "HTTP 503"),
    Case("fred.WDTGAL", "id=WDTGAL", faults.cut_off(), "the answer was cut off"),
)
PASSING = (
    ("/api/rp/", faults.status(500)),
    ("/api/rates/secured/sofr", faults.status(503)),
    ("/api/rates/secured/bgcr", faults.hang_up()),
    ("/unsecured/obfr", faults.cut_off()),
    ("mspd_table_1", faults.slow(4)),
    ("id=WALCL", faults.status(429)),
    ("id=TREAST", faults.status(504)),
    (CASH, faults.status(429, "2")),
)
SHORT_WAITS = "attempts = 2\nfirst_wait_seconds = 0.05"
# A busy machine takes its time for an answer that is not late by design.
TIMEOUT_SECONDS = 3


@dataclass(frozen=True, slots=True)
class Pulled:
    """A pull of which much came in the way."""

    desk: Desk
    before: list[Row]
    ended: Ended
    after: list[Row]
    requests: dict[str, int]


def pulled(desk: Desk, asked: list[str]) -> Pulled:
    before = desk.rows()
    ended = desk.run("pull", "--json")
    requests = {each: len(desk.replay.requests_to(each)) for each in asked}
    return Pulled(desk, before, ended, desk.rows(), requests)


@pytest.fixture(scope="module")
def pulls(
    recent: Path, undisturbed: Undisturbed, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Pulled]]:
    """The three pulls of this module, side by side because they mostly wait."""
    with ExitStack() as stack:
        jobs: dict[str, Callable[[], Pulled]] = {}
        for name, cases, times in (
            ("refused", [(case.asked, case.fault) for case in REFUSED], None),
            ("unanswered", [(case.asked, case.fault) for case in UNANSWERED], None),
            ("passing", PASSING, 1),
        ):
            made = stack.enter_context(
                desk(tmp_path_factory.mktemp(name) / "desk", WEEK_LATER, recent)
            )
            made.set(SHORT_WAITS)
            if name != "refused":
                made.set(f"{SHORT_WAITS}\ntimeout_seconds = {TIMEOUT_SECONDS}")
            for asked, fault in cases:
                made.replay.fault(asked, fault, times=times)
            asked_for = [asked for asked, _ in cases]
            jobs[name] = lambda made=made, asked_for=asked_for: pulled(made, asked_for)
        yield side_by_side(jobs)


def failures(pulls: dict[str, Pulled], name: str) -> list[tuple[Case, Pulled]]:
    cases = REFUSED if name == "refused" else UNANSWERED
    return [(case, pulls[name]) for case in cases]


@pytest.mark.parametrize("name", ["refused", "unanswered"])
def test_the_message_names_feed_address_and_fault(pulls: dict[str, Pulled], name: str) -> None:
    ended = pulls[name].ended
    assert ended.code == 4
    cases = failures(pulls, name)
    head = ended.error.splitlines()[0]
    assert head == f"{len(cases)} of {len(FEEDS)} feeds failed, the others have landed:"
    lines = ended.error.splitlines()[1:-1]
    faults, addresses = lines[::2], lines[1::2]
    assert len(faults) == len(addresses) == len(cases)
    base = f"http://127.0.0.1:{pulls[name].desk.replay.port}/"
    for case, _ in cases:
        [n] = [n for n, line in enumerate(faults) if line.strip().startswith(f"{case.feed}: ")]
        assert case.told in faults[n]
        assert addresses[n].strip().startswith(base)
        assert case.asked in addresses[n]
    errors = {feed["feed"]: feed["error"] for feed in ended.report["feeds"] if feed["error"]}
    assert set(errors) == {case.feed for case, _ in cases}
    assert all("\n  → " in error for error in errors.values()), "a remedy is missing"


@pytest.mark.parametrize(("name", "attempts"), [("refused", 1), ("unanswered", 2)])
def test_only_what_may_pass_is_asked_for_again(
    pulls: dict[str, Pulled], name: str, attempts: int
) -> None:
    assert pulls[name].requests == {case.asked: attempts for case, _ in failures(pulls, name)}


@pytest.mark.parametrize("name", ["refused", "unanswered"])
def test_nothing_of_a_failed_feed_lands_and_all_of_the_others(
    pulls: dict[str, Pulled], undisturbed: Undisturbed, name: str
) -> None:
    failed = set().union(*(SERIES_OF[case.feed] for case, _ in failures(pulls, name)))
    pull = pulls[name]
    expected = [row for row in undisturbed.rows if row[0] not in failed]
    expected += [row for row in pull.before if row[0] in failed]
    assert pull.after == sorted(expected)
    assert len(pull.after) > len(pull.before)


def test_what_passes_is_only_tried_again(
    pulls: dict[str, Pulled], undisturbed: Undisturbed
) -> None:
    pull = pulls["passing"]
    assert (pull.ended.code, pull.requests) == (0, {asked: 2 for asked, _ in PASSING})
    assert pull.after == undisturbed.rows


def test_the_wait_a_provider_asks_for_is_kept(pulls: dict[str, Pulled]) -> None:
    requests = pulls["passing"].desk.replay.requests_to(CASH)
    # Refused with Retry-After: 2; without, the next attempt follows after 0.05 s.
    assert [request.status for request in requests[:2]] == [429, 200]
    assert 2.0 <= requests[1].asked_at_seconds - requests[0].asked_at_seconds < 4.0
