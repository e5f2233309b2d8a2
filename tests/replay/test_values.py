"""What a client reads out of the answers is the bundled history, and every identity holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.conftest import bundled_observations
from tests.replay.asking import ask, graph, observations, operations, rates, treasury
from tests.replay.fred_lines import BILLIONS_OF_USD, LINES, MILLIONS_OF_USD
from tests.replay.rows import rows_of
from tests.replay.server import Replay

SVE_DAY = "2025-11-05"


@pytest.fixture(scope="module")
def replay() -> Iterator[Replay]:
    with Replay() as running:
        yield running


@pytest.fixture(scope="module")
def feed(replay: Replay) -> Any:
    return operations(replay)


def bundled(series_id: str) -> dict[str, float]:
    return {f"{row.date}": row.value for row in bundled_observations() if row.series == series_id}


def scaled(rows: Iterable[tuple[str, str]], scale: int = 1) -> dict[str, float]:
    """Texts as floats in the catalogue's unit, blanks left out."""
    return {day: float(Decimal(text) * scale) for day, text in rows if text not in ("", ".")}


@pytest.mark.parametrize("identifier", [line.id for line in LINES.values()])
def test_fred_tells_the_bundle(replay: Replay, identifier: str) -> None:
    line = LINES[identifier]
    scale = {MILLIONS_OF_USD: 10**6, BILLIONS_OF_USD: 10**9}.get(line.units, 1)
    csv = [(row["observation_date"], row[identifier]) for row in graph(replay, identifier)]
    api = [(row["date"], row["value"]) for row in observations(replay, identifier)]
    assert scaled(csv, scale) == scaled(api, scale)
    known = bundled(line.series)
    if identifier == "IORB":
        # On Friday 2025-12-05 it runs to Monday.
        known |= {f"2025-12-0{day}": 3.9 for day in (6, 7, 8)}
    if known:
        assert scaled(csv, scale) == {"RRPONTSYAWARD": bundled("on_rrp_rate")}.get(
            identifier, known
        )


@pytest.mark.parametrize(
    ("market", "name"), [("secured", "sofr"), ("secured", "tgcr"), ("unsecured", "effr")]
)
def test_reference_rates_tell_the_bundle(replay: Replay, market: str, name: str) -> None:
    rows = rates(replay, market, name)
    assert {row["effectiveDate"]: row["percentRate"] for row in rows} == bundled(name)
    assert [row["effectiveDate"] for row in rows] == sorted(bundled(name), reverse=True)
    levels = [f"percentPercentile{level}" for level in (1, 25, 75, 99)]
    for row in rows:
        low, lower, higher, high = (row[level] for level in levels)
        assert low <= lower <= row["percentRate"] <= higher <= high


def test_operations_tell_the_bundle(feed: Any) -> None:
    told: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for row in feed:
        if row["term"] == "Overnight" and "small value exercise" not in row["note"].lower():
            told[row["operationType"]][row["operationDate"]] += row["totalAmtAccepted"]
    repo = bundled("temporary_repo_accepted") | bundled("srf_accepted")
    reverse = bundled("on_rrp_accepted")
    assert told["Repo"] == repo
    assert told["Reverse Repo"] == reverse
    # Without the exercises: $99m and $114m on the first day, $95m on the second.
    assert (repo[SVE_DAY], reverse[SVE_DAY]) == (3_000_000, 12_700_000_000)
    assert reverse["2020-02-19"] == 5_054_000_000


def test_rates_of_operations_tell_the_bundle_where_the_feed_has_them(feed: Any) -> None:
    known = {"Repo": bundled("srf_rate"), "Reverse Repo": bundled("on_rrp_rate")}
    for row in feed:
        rate = known[row["operationType"]].get(row["operationDate"])
        for part in row["details"]:
            told = {value for name, value in part.items() if name.endswith("Rate")}
            if rate is not None:
                assert told <= {rate}
            if row["operationType"] == "Reverse Repo" or row["operationDate"] >= "2025":
                assert told


def test_identities_of_operations(feed: Any) -> None:
    days: dict[str, list[str]] = defaultdict(list)
    for row in feed:
        assert row["totalAmtAccepted"] == sum(part["amtAccepted"] for part in row["details"])
        if "propositions" in row:
            parts = (part["amtAccepted"] for part in row["propositions"])
            assert row["totalAmtAccepted"] == sum(parts)
        term = date.fromisoformat(row["maturityDate"]) - date.fromisoformat(row["settlementDate"])
        assert row["termCalenderDays"] == term.days
        days[row["operationDate"]].append(row["operationId"])
    assert list(days) == sorted(days, reverse=True)
    ids = [row["operationId"] for row in feed]
    assert len(set(ids)) == len(ids)
    assert {row["term"] for row in feed} == {"Overnight", "Term"}
    assert all("releaseTime" not in row for row in feed if row["operationDate"] < "2022")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-10-31", {"08:15": 20_350_000_000, "13:30": 30_000_000_000}),
        ("2025-12-01", {"08:15": 25_000_000_000, "13:30": 1_000_000_000}),
        (SVE_DAY, {"08:15": 0, "10:00": 99_000_000, "13:30": 3_000_000}),
        ("2023-05-03", {"10:00": 99_000_000, "13:30": None}),
    ],
)
def test_real_days_and_exercises(feed: Any, day: str, expected: dict[str, int | None]) -> None:
    rows = [row for row in feed if row["operationDate"] == day and row["operationType"] == "Repo"]
    told = {row["releaseTime"]: row["totalAmtAccepted"] for row in rows}
    assert told == {clock: told[clock] if usd is None else usd for clock, usd in expected.items()}
    exercises = [row for row in rows if "Small Value Exercise" in row["note"]]
    assert [row["releaseTime"] for row in exercises] == ["10:00"] * ("10:00" in expected)


def test_soma_tells_the_bundle_and_its_parts_make_the_total(replay: Replay) -> None:
    rows = rows_of(ask(replay.urls.nyfed, "/api/soma/summary.json").json)
    parts = ("mbs", "cmbs", "tips", "frn", "notesbonds", "bills", "agencies")
    for part in (*parts, "total"):
        told = scaled((row["asOfDate"], row[part]) for row in rows)
        assert told == bundled(f"soma_{part}")
    gaps = [abs(sum(Decimal(row[part]) for part in parts) - Decimal(row["total"])) for row in rows]
    # The bundle has MBS without cents up to the end of 2020.
    assert max(gaps) < 1
    since_2021 = [gap for gap, row in zip(gaps, rows, strict=True) if row["asOfDate"] > "2021"]
    assert set(since_2021) == {Decimal(0)}


def test_cash_balance_tells_the_bundle(replay: Replay) -> None:
    rows = treasury(replay, "/v1/accounting/dts/operating_cash_balance")
    told, opens = {}, {}
    for row in rows:
        name, day = row["account_type"], row["record_date"]
        if name in ("Federal Reserve Account", "Treasury General Account (TGA)"):
            told[day], opens[day] = row["close_today_bal"], row["open_today_bal"]
        if name.endswith("Closing Balance"):
            told[day] = row["open_today_bal"]
        if name.endswith("Opening Balance"):
            opens[day] = row["open_today_bal"]
    assert scaled(told.items(), 10**6) == bundled("tga_close")
    assert list(opens.values())[1:] == list(told.values())[:-1]
    day = [row for row in rows if row["record_date"] == "2025-12-05"]
    opening, deposits, withdrawals, closing = (int(row["open_today_bal"]) for row in day)
    assert opening + deposits - withdrawals == closing


def test_debt_tells_the_bundle_and_adds_up(replay: Replay) -> None:
    rows = treasury(replay, "/v1/debt/mspd/mspd_table_1")
    months: dict[str, dict[tuple[str, str], dict[str, str]]] = defaultdict(dict)
    for row in rows:
        months[row["record_date"]][row["security_type_desc"], row["security_class_desc"]] = row
    bills = {day: month["Marketable", "Bills"]["total_mil_amt"] for day, month in months.items()}
    totals = {day: month["Total Marketable", "_"]["total_mil_amt"] for day, month in months.items()}
    assert scaled(bills.items(), 10**6) == bundled("bills_outstanding")
    assert scaled(totals.items(), 10**6) == bundled("marketable_debt")
    amounts = ("debt_held_public_mil_amt", "intragov_hold_mil_amt", "total_mil_amt")
    for month in months.values():
        assert len(month) == 14
        for kind in ("Marketable", "Nonmarketable"):
            for amount in amounts:
                parts = (Decimal(row[amount]) for key, row in month.items() if key[0] == kind)
                assert sum(parts) == Decimal(month[f"Total {kind}", "_"][amount])
        for row in month.values():
            public, within, total = (Decimal(row[amount]) for amount in amounts)
            assert public + within == total
            assert min(public, within) >= 0
    pennies = treasury(replay, "/v2/accounting/od/debt_to_penny")
    daily = {row["record_date"]: Decimal(row["tot_pub_debt_out_amt"]) for row in pennies}
    last = months["2025-11-30"]["Total Public Debt Outstanding", "_"]
    assert daily["2025-11-28"] == Decimal(last["total_mil_amt"]) * 10**6
    for row in pennies:
        held = Decimal(row["debt_held_public_amt"]) + Decimal(row["intragov_hold_amt"])
        assert held == Decimal(row["tot_pub_debt_out_amt"])


def test_auctions_add_up_and_those_to_come_have_no_results(replay: Replay) -> None:
    rows = treasury(replay, "/v1/accounting/od/auctions_query")
    assert {row["security_type"] for row in rows} == {"Bill", "Note", "Bond"}
    for row in rows:
        assert row["record_date"] == row["issue_date"]
        held = row["auction_date"] <= "2025-12-05"
        assert (row["total_accepted"] != "null") is held
        if held:
            bidders = ("primary_dealer", "direct_bidder", "indirect_bidder")
            competitive = sum(int(row[f"{bidder}_accepted"]) for bidder in bidders)
            assert competitive == int(row["comp_accepted"])
            others = int(row["noncomp_accepted"]) + int(row["soma_accepted"])
            assert competitive + others == int(row["total_accepted"])
    assert any(row["total_accepted"] == "null" for row in rows)
    assert len({row["cusip"] for row in rows}) == len(rows)
