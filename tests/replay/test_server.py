"""Time goes on, values are revised, providers are late; and the server keeps a log."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, datetime

import pytest

from tests.replay.asking import ask, graph, observations, operations, rates, treasury
from tests.replay.rows import csv_rows
from tests.replay.server import API_KEY, Replay

CASH_BALANCE = "/v1/accounting/dts/operating_cash_balance"


@pytest.fixture
def replay() -> Iterator[Replay]:
    with Replay() as running:
        yield running


def test_the_toml_names_the_five_addresses(replay: Replay) -> None:
    told = tomllib.loads(replay.sources_toml(api_key_env="KEY"))["sources"]
    port = replay.port
    assert told["nyfed"] == {"base_url": f"http://127.0.0.1:{port}/nyfed"}
    assert told["treasury"] == {"base_url": f"http://127.0.0.1:{port}/treasury"}
    assert told["fred"] == {
        "base_url": f"http://127.0.0.1:{port}/fred-api",
        "graph_url": f"http://127.0.0.1:{port}/fred-graph",
        "alfred_url": f"http://127.0.0.1:{port}/alfred",
        "api_key_env": "KEY",
    }


def test_in_the_morning_the_afternoon_operation_is_not_there_yet(replay: Replay) -> None:
    def clocks() -> list[str]:
        return [row["releaseTime"] for row in operations(replay, "2025-12-01", "2025-12-01")]

    replay.move(now=datetime(2025, 12, 1, 8, 30))
    assert clocks() == []
    replay.move(now=datetime(2025, 12, 1, 9, 0))
    assert clocks() == ["08:15"]
    replay.move(now=datetime(2025, 12, 1, 13, 20))
    assert clocks() == ["08:15", "12:45"]
    replay.move(now=datetime(2025, 12, 1, 13, 46))
    assert clocks() == ["08:15", "12:45", "13:30"]


@pytest.mark.parametrize(
    ("now", "sofr", "effr", "total_assets", "cash", "bills", "iorb"),
    [
        ("2025-12-04 07:59", "12-02", "12-02", "11-26", "12-02", "10-31", "12-04"),
        ("2025-12-04 09:00", "12-03", "12-03", "11-26", "12-02", "10-31", "12-04"),
        ("2025-12-04 17:00", "12-03", "12-03", "12-03", "12-03", "11-30", "12-05"),
        ("2025-12-05 17:00", "12-04", "12-04", "12-03", "12-04", "11-30", "12-08"),
    ],
)
def test_values_come_out_by_the_clock_of_their_series(
    replay: Replay,
    now: str,
    sofr: str,
    effr: str,
    total_assets: str,
    cash: str,
    bills: str,
    iorb: str,
) -> None:
    replay.move(now=datetime.fromisoformat(now))
    assert rates(replay, "secured", "sofr")[0]["effectiveDate"] == f"2025-{sofr}"
    assert rates(replay, "unsecured", "effr")[0]["effectiveDate"] == f"2025-{effr}"
    assert graph(replay, "WALCL")[-1]["observation_date"] == f"2025-{total_assets}"
    assert graph(replay, "IORB")[-1]["observation_date"] == f"2025-{iorb}"
    assert treasury(replay, CASH_BALANCE)[-1]["record_date"] == f"2025-{cash}"
    assert treasury(replay, "/v1/debt/mspd/mspd_table_1")[-1]["record_date"] == f"2025-{bills}"


def test_days_beyond_the_bundle_up_to_february(replay: Replay) -> None:
    replay.move(last_day=date(2026, 2, 27))
    rows = operations(replay, "2025-12-06")
    assert rows[0]["operationDate"] == "2026-02-27"
    methods = {row["operationMethod"] for row in rows if row["operationDate"] >= "2025-12-11"}
    assert methods == {"Full Allotment", "Fixed Rate"}
    year_end = [row for row in rows if row["operationDate"] == "2025-12-31"]
    assert [row["totalAmtAccepted"] for row in year_end] == [74_600_000_000, 105_993_000_000, 0]
    day = rates(replay, "unsecured", "effr", startDate="2025-12-11", endDate="2025-12-11")[0]
    assert (day["percentRate"], day["targetRateFrom"], day["targetRateTo"]) == (3.64, 3.5, 3.75)
    with pytest.raises(ValueError, match="no data after 2026-02-28"):
        replay.move(last_day=date(2026, 3, 2))


def test_a_revision_shows_at_each_provider_and_in_vintages(replay: Replay) -> None:
    day = date(2025, 12, 3)
    replay.revise("sofr", day, "3.97", on=date(2025, 12, 5))
    asked = {"startDate": "2025-12-03", "endDate": "2025-12-03"}
    row = rates(replay, "secured", "sofr", **asked)[0]
    assert (row["percentRate"], row["revisionIndicator"]) == (3.97, "r")
    assert graph(replay, "SOFR", cosd="2025-12-03", coed="2025-12-03")[0]["SOFR"] == "3.97"
    every = observations(
        replay,
        "SOFR",
        realtime_start="1776-07-04",
        realtime_end="9999-12-31",
        observation_start="2025-12-03",
        observation_end="2025-12-03",
    )
    assert [tuple(row.values()) for row in every] == [
        ("2025-12-04", "2025-12-04", "2025-12-03", "3.95"),
        ("2025-12-05", "9999-12-31", "2025-12-03", "3.97"),
    ]
    before = observations(replay, "SOFR", realtime_start="2025-12-04", realtime_end="2025-12-04")
    assert (before[-1]["date"], before[-1]["value"]) == ("2025-12-03", "3.95")


def test_revised_amounts_keep_their_identities(replay: Replay) -> None:
    replay.revise("srf_accepted", date(2025, 10, 31), 12_000_000_000)
    rows = operations(replay, "2025-10-31", "2025-10-31")
    assert [row["totalAmtAccepted"] for row in rows if row["operationType"] == "Repo"] == [
        4_800_000_000,
        7_200_000_000,
    ]
    replay.revise("tga_close", date(2025, 12, 4), 800_000_000_000)
    days = treasury(replay, CASH_BALANCE, filter="record_date:gte:2025-12-04")
    balances = [int(row["open_today_bal"]) for row in days]
    assert balances[3] == balances[4] == 800_000
    assert balances[4] + balances[5] - balances[6] == balances[7]


def test_reserves_change_their_unit_between_vintages(replay: Replay) -> None:
    path = "/graph/alfredgraph.csv"
    day = {"cosd": "2024-01-03", "coed": "2024-01-03"}
    told = {}
    for vintage in ("2024-06-07", "2025-06-06"):
        asked = {"id": "WRESBAL", "vintage_date": vintage, **day}
        rows = csv_rows(ask(replay.urls.alfred, path, **asked).body.decode())
        told[vintage] = rows[0][f"WRESBAL_{vintage.replace('-', '')}"]
    assert told["2024-06-07"] == f"{int(told['2025-06-06']) / 1000:.3f}"
    params = {"series_id": "WRESBAL", "api_key": API_KEY, "file_type": "json"}
    dated = {**params, "realtime_start": "2024-06-07", "realtime_end": "2024-06-07"}
    for asked, unit in ((dated, "Billions of US Dollars"), (params, "Millions of U.S. Dollars")):
        answer = ask(replay.urls.fred, "/fred/series", **asked).json
        assert answer["seriess"][0]["units"] == unit


def test_a_late_provider(replay: Replay) -> None:
    replay.withhold("effr", date(2025, 12, 4))
    assert rates(replay, "unsecured", "effr")[0]["effectiveDate"] == "2025-12-03"
    assert graph(replay, "EFFR")[-1]["observation_date"] == "2025-12-03"
    replay.withhold("effr", date.max)
    assert rates(replay, "unsecured", "effr")[0]["effectiveDate"] == "2025-12-05"


def test_the_log_has_paths_statuses_and_bytes(replay: Replay) -> None:
    answer = ask(replay.urls.fred_graph, "/graph/fredgraph.csv", id="SOFR", cosd="2025-12-01")
    ask(replay.urls.nyfed, "/nowhere")
    first, second = replay.requests
    assert first.path == "/fred-graph/graph/fredgraph.csv?id=SOFR&cosd=2025-12-01"
    assert (first.status, first.sent_bytes) == (200, len(answer.body))
    assert (second.status, second.asked_at_seconds > first.asked_at_seconds) == (400, True)
    assert replay.requests_to("/fred-graph/*SOFR") == [first]
    replay.forget()
    assert replay.requests == []
