"""Values that cannot be right are held back with their reason, and let go once they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.pull.conftest import Undisturbed
from tests.pull.running import WEEK_LATER, Desk, Ended, desk
from tests.replay import faults

# On Wednesday IORB is 3.90 and n, the day's ordinal, a multiple of 5: SOFR = 3.90 + 0.03 - 0.02 =
# 3.91, TGCR 3.88. On Thursday IORB is 3.65 and n mod 5 = 1: SOFR = 3.65 + 0.03 - 0.01 = 3.67.
WEDNESDAY, THURSDAY = date(2025, 12, 10), date(2025, 12, 11)
OFF_BY_HALF_A_MILLION = "the classes add up to +0.500000 million more than total marketable debt"
MILLION_OFF = "the classes do not add up to the total: 1,000,000.00 dollars apart"
DEBT = ("bills", "notes", "bonds", "tips", "frn")
SOMA = ("agencies", "bills", "cmbs", "frn", "mbs", "notesbonds", "tips", "total")

HELD_BACK = {
    ("srf_accepted", "2025-12-12"): (
        "identity",
        "the collateral parts of operation RP 121225 25 add up to 0, its total is 1,000,000",
    ),
    ("sofr", "2025-12-11"): (
        "identity",
        "the rate 367.0 does not lie among its percentiles 3.61, 3.66, 3.69, 3.77",
    ),
    # Thursday has a value, but Wednesday's is held back rather than missing.
    ("tgcr", "2025-12-10"): (
        "identity",
        "the rate 4.13 does not lie among its percentiles 3.82, 3.87, 3.9, 3.98",
    ),
    # A quarter of the way from 3.88 to 3.91 is 3.8875, to the cent 3.89; FRED says a quarter more.
    ("bgcr", "2025-12-10"): ("disagreement", "3.89%, but bgcr@fred says 4.14%"),
    ("iorb", "2025-12-15"): ("range", "365% lies outside what is possible, 0% to 20%"),
    # 870 + (37n mod 41) - 20 = 862 billion at Thursday's close.
    ("tga_close", "2025-12-11"): (
        "range",
        "-$862,000,000,000 lies outside what is possible, $0 to $4,000,000,000,000",
    ),
    ("tga_level", "2025-12-10"): (
        "unit",
        "866.000 does not have the unit of the other values of the response",
    ),
    ("public_debt", "2025-12-11"): (
        "identity",
        "held by the public and by the government add up to 38,411,482,069,518.36, "
        "not 38,411,483,069,518.36",
    ),
    ("obfr", "2025-12-10"): ("gap", "no value for 2025-12-10, though 2025-12-11 has one"),
    **{(f"{kind}_outstanding", "2025-11-30"): ("identity", OFF_BY_HALF_A_MILLION) for kind in DEBT},
    ("marketable_debt", "2025-11-30"): ("identity", OFF_BY_HALF_A_MILLION),
    **{(f"soma_{part}", "2025-12-10"): ("identity", MILLION_OFF) for part in SOMA},
}
# What comes in one row with a value held back or missing is held back or missing too.
BESIDE = {
    (f"{rate}_{part}", day)
    for rate, day in (("tgcr", "2025-12-10"), ("obfr", "2025-12-10"), ("sofr", "2025-12-11"))
    for part in ("p1", "p25", "p75", "p99", "volume")
}
# What is told of a row only if its total or rate is right.
SPLIT = {
    *((f"srf_{part}", "2025-12-12") for part in ("treasury_accepted", "agency_accepted")),
    *((f"srf_{part}", "2025-12-12") for part in ("mbs_accepted", "rate")),
    *((f"sofr_{part}", "2025-12-11") for part in ("p1", "p25", "p75", "p99", "volume")),
}


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A pull with wrong values in it, what ``status`` says then, and the pull after it."""

    desk: Desk
    pulled: Ended
    shown: Ended
    shown_as_json: Ended
    rows: dict[tuple[str, str], float]
    next: Ended


@pytest.fixture(scope="module")
def doubtful(
    recent: Path, undisturbed: Undisturbed, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Doubtful]:
    with desk(tmp_path_factory.mktemp("doubtful") / "desk", WEEK_LATER, recent) as made:
        fault = made.replay.fault
        fault("/api/rp/", faults.broken_identity(), faults.duplicated(), faults.reordered())
        fault("/secured/sofr", faults.impossible_rate())
        fault("/secured/tgcr", faults.disagreement(WEDNESDAY, "0.25"))
        fault("id=BGCRRATE", faults.disagreement(WEDNESDAY, "0.25"))
        fault("/unsecured/obfr", faults.missing_day(WEDNESDAY))
        fault("/soma/", faults.broken_identity())
        fault("operating_cash", faults.negative_tga())
        fault("mspd", faults.broken_identity("0.5", {"security_class_desc": "Bills"}))
        fault("debt_to_penny", faults.broken_identity())
        fault("id=IORB", faults.impossible_rate())
        fault("id=WDTGAL", faults.scaled("WDTGAL", "0.001"))
        # In billions altogether, as FRED has told reserves before: that is known, not doubtful.
        fault("id=WRESBAL", faults.in_thousandths())
        pulled = made.run("pull", "--json")
        shown, shown_as_json = made.run("status"), made.run("status", "--json")
        rows = {(series, day): value for series, day, _, value in made.rows()}
        made.replay.mend()
        yield Doubtful(made, pulled, shown, shown_as_json, rows, made.run("pull", "--json"))


def by_series(doubtful: Doubtful) -> dict[str, Any]:
    return {row["series"]: row for row in doubtful.shown_as_json.report}


def test_the_pull_succeeds_and_reports_each_reason(doubtful: Doubtful) -> None:
    assert doubtful.pulled.code == 0
    told = {
        (doubt["series"], doubt["date"]): (doubt["rule"], doubt["reason"])
        for doubt in doubtful.pulled.report["quarantined"]
    }
    assert {key: told[key] for key in HELD_BACK} == HELD_BACK
    assert set(told) - set(HELD_BACK) == BESIDE


def test_status_gives_the_reason_of_every_value_held_back(doubtful: Doubtful) -> None:
    lines = doubtful.shown.out.splitlines()
    for (series, day), (rule, reason) in HELD_BACK.items():
        assert f"{rule}: {series} {day}: {reason}" in lines
    told = {
        (row["series"], doubt["date"]): (doubt["rule"], doubt["reason"])
        for row in doubtful.shown_as_json.report
        for doubt in row["quarantined"]
    }
    assert {key: told[key] for key in HELD_BACK} == HELD_BACK


def test_status_fails_where_a_required_value_is_not_there(doubtful: Doubtful) -> None:
    rows = by_series(doubtful)
    assert [rows[id]["state"] for id in ("sofr", "bgcr", "tga_level", "effr", "srf_rate")] == [
        "quarantined",
        "quarantined",
        "quarantined",
        "fresh",
        "late",
    ]
    assert rows["sofr"]["last"] == "2025-12-10"
    assert rows["sofr"]["quarantined"][0]["value"] == 367
    assert doubtful.shown.code == doubtful.shown_as_json.code == 3
    assert "required data are not there: " in doubtful.shown.error
    for told in ("sofr (quarantined)", "srf_rate (late)", "soma_total (quarantined)"):
        assert told in doubtful.shown.error
    # Not required, or with a newer value than the one held back.
    for silent in ("tga_close", "tgcr", "bgcr", "effr"):
        assert f" {silent} (" not in doubtful.shown.error


def test_nothing_wrong_lands(doubtful: Doubtful, undisturbed: Undisturbed) -> None:
    right = {(series, day): value for series, day, _, value in undisturbed.rows}
    differing = {key for key, value in doubtful.rows.items() if right[key] != value}
    # The copy that disagrees is kept; what it disagrees with is held back.
    assert differing == {("bgcr@fred", "2025-12-10")}
    # November's debt had landed before, and the rate that FRED contradicts is in the store too.
    landed = {key for key in HELD_BACK if key[1] == "2025-11-30" or key[0] == "bgcr"}
    assert right.keys() - doubtful.rows.keys() == (HELD_BACK.keys() - landed) | BESIDE | SPLIT
    # Reserves came in billions and have landed in dollars: 2,858,284 + (3 mod 7 - 3) * 10,000.
    assert doubtful.rows["reserve_balances", "2025-12-10"] == 2_858_284e6


def test_the_next_pull_lets_go_of_what_has_come_right(
    doubtful: Doubtful, undisturbed: Undisturbed
) -> None:
    assert doubtful.next.code == 0
    assert doubtful.desk.held_back() == []
    latest = {(series, day): value for series, day, _, value in doubtful.desk.rows()}
    assert latest == {(series, day): value for series, day, _, value in undisturbed.rows}
