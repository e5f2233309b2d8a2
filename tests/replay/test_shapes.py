"""The answers have the form of the recorded ones: the same keys in the same order and types."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.replay import fred
from tests.replay.asking import (
    PAYLOADS,
    ask,
    observations,
    operations,
    rates,
    recorded,
    treasury,
)
from tests.replay.rows import csv_rows, rows_of
from tests.replay.server import Replay

CASH_BALANCE = "/v1/accounting/dts/operating_cash_balance"
MONTHLY_DEBT = "/v1/debt/mspd/mspd_table_1"
DEBT_TO_PENNY = "/v2/accounting/od/debt_to_penny"
AUCTIONS = "/v1/accounting/od/auctions_query"


@pytest.fixture
def replay() -> Iterator[Replay]:
    with Replay() as running:
        yield running


def shape(value: Any) -> Any:
    """Keys in order with the types of their values; whole and broken numbers are one type."""
    if isinstance(value, dict):
        return [(key, shape(part)) for key, part in value.items()]
    if isinstance(value, list):
        return [shape(part) for part in value]
    return "number" if isinstance(value, int | float) else type(value).__name__


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2020-02-19", "nyfed_rp_results_search_2020-02-19_sve.json"),
        ("2021-09-03", "nyfed_rp_results_search_2021-09-03_rewritten.json"),
        ("2025-10-31", "nyfed_rp_results_search_2025_excerpt.json"),
        ("2025-11-05", "nyfed_rp_results_search_2025_excerpt.json"),
        ("2025-12-11", "nyfed_rp_results_search_2025_excerpt.json"),
        ("2025-12-31", "nyfed_rp_results_search_2025_excerpt.json"),
    ],
)
def test_a_made_day_of_operations_has_the_form_of_the_recorded_one(
    replay: Replay, day: str, name: str
) -> None:
    replay.move(last_day=date(2026, 2, 27))
    told = {(row["operationType"], row["closeTime"]): row for row in operations(replay, day, day)}
    # A revision, even to the same value, makes the server make up the day.
    for series in ("srf_accepted", "on_rrp_accepted"):
        values = replay.market.values(series)
        if date.fromisoformat(day) in values:
            replay.revise(series, date.fromisoformat(day), values[date.fromisoformat(day)])
    made = {(row["operationType"], row["closeTime"]): row for row in operations(replay, day, day)}
    assert set(made) <= set(told)
    rows = [row for row in rows_of(recorded(name)) if row["operationDate"] == day]
    assert {row["operationId"] for row in rows} == {row["operationId"] for row in told.values()}
    for key, row in made.items():
        # Which parts have award rates hangs on their amounts; the split comes a quarter later.
        parts = row.pop("details"), told[key].pop("details")
        propositions = row.pop("propositions", []), told[key].pop("propositions", [])
        assert shape(row) == shape(told[key])
        assert [part["securityType"] for part in parts[0]] == [
            part["securityType"] for part in parts[1]
        ]
        for left, right in zip(*parts, strict=True):
            if bool(left["amtAccepted"]) == bool(right["amtAccepted"]):
                assert shape(left) == shape(right)
        if all(propositions):
            assert shape(propositions[0]) == shape(propositions[1])


def test_recorded_days_are_told_as_recorded(replay: Replay) -> None:
    rows = rows_of(recorded("nyfed_rp_results_search_2021-09-03_rewritten.json"))
    assert operations(replay, "2021-09-03", "2021-09-03") == rows


def test_reference_rates(replay: Replay) -> None:
    feeds = recorded("nyfed_rates_all_feeds_rows.json")
    effr, obfr = feeds["unsecured_all_latest"]["refRates"]
    _, tgcr = feeds["secured_all_latest"]["refRates"]
    assert shape(rates(replay, "unsecured", "effr")[0]) == shape(effr)
    assert shape(rates(replay, "unsecured", "obfr")[0]) == shape(obfr)
    for name in ("sofr", "tgcr", "bgcr"):
        assert shape(rates(replay, "secured", name)[0]) == shape(tgcr)
    volume = recorded("nyfed_rates_sofr_type_volume_excerpt.json")["refRates"][0]
    assert shape(rates(replay, "secured", "sofr", type="volume")[0]) == shape(volume)
    rate = recorded("nyfed_rates_effr_type_rate_excerpt.json")["refRates"][0]
    assert shape(rates(replay, "unsecured", "effr", type="rate")[0]) == shape(rate)


def test_soma_and_purchases(replay: Replay) -> None:
    replay.move(last_day=date(2026, 1, 31))
    rows = rows_of(ask(replay.urls.nyfed, "/api/soma/summary.json").json)
    told = recorded("nyfed_soma_summary_rows.json")["soma"]["summary"]
    assert shape(rows[-1]) == shape(told[-1])
    assert [bool(row["frn"]) for row in (rows[0], rows[-1])] == [True, False]
    path = "/api/tsy/purchases/results/summary/search.json"
    asked = {"startDate": "2025-12-12", "endDate": "2026-01-31", "securityType": "treasury"}
    rows = rows_of(ask(replay.urls.nyfed, path, **asked).json)
    row = recorded("nyfed_tsy_ambs_pd_rows.json")["tsy_results_summary_row (treasury.auctions[])"]
    assert shape(rows[0]) == shape(row)
    assert rows[-1]["operationDate"] == "2025-12-12"
    latest = ask(replay.urls.nyfed, "/api/soma/asofdates/latest.json").json
    assert latest == {"soma": {"asOfDates": ["2026-01-28"]}}


def test_no_data_is_an_empty_list_and_a_wrong_path_an_error(replay: Replay) -> None:
    assert operations(replay, "2025-11-29", "2025-11-30") == []
    for path in ("/api/repo/results/search.json", "/api/rates/unsecured/sofr/search.json"):
        assert ask(replay.urls.nyfed, path).status == 400


def test_fred_observations(replay: Replay) -> None:
    told = recorded("fred_series_observations_HQMCB10YR.json")
    params = {"series_id": "SOFR", "api_key": fred.API_KEY, "file_type": "json"}
    answer = ask(
        replay.urls.fred,
        "/fred/series/observations",
        **params,
        observation_start="2025-11-24",
        observation_end="2025-12-01",
    )
    given = answer.json
    assert shape({**given, "observations": given["observations"][:1]}) == shape(
        {**told, "observations": told["observations"][:1]}
    )
    assert (given["count"], given["limit"], given["observation_start"]) == (6, 100000, "2025-11-24")
    assert [row["value"] for row in given["observations"]][3] == "."
    page = observations(replay, "SOFR", limit="2", offset="3", sort_order="desc")
    assert [row["date"] for row in page] == ["2025-12-02", "2025-12-01"]
    about = ask(replay.urls.fred, "/fred/series", **params).json["seriess"][0]
    assert (about["id"], about["units"]) == ("SOFR", "Percent")


def test_fred_errors(replay: Replay) -> None:
    path = "/fred/series/observations"
    for params in ({"series_id": "SOFR"}, {"series_id": "SOFR", "api_key": "x" * 32}):
        answer = ask(replay.urls.fred, path, file_type="json", **params)
        assert answer.status == 400
        assert answer.json == recorded("fred_error_bad_key.json")
    answer = ask(replay.urls.fred, path, api_key=fred.API_KEY, series_id="SRFONTSYD")
    assert (answer.status, answer.json["error_code"]) == (400, 400)
    page = ask(replay.urls.fred_graph, "/graph/fredgraph.csv", id="TGCR")
    assert page.status == 404
    assert page.body.startswith(b"<!DOCTYPE html>")


def test_graphs(replay: Replay) -> None:
    text = ask(replay.urls.fred_graph, "/graph/fredgraph.csv", id="SOFR", cosd="2025-11-26")
    assert text.body.decode().splitlines()[:3] == [
        "observation_date,SOFR",
        "2025-11-26,4.05",
        "2025-11-27,",
    ]
    mixed = ask(replay.urls.fred_graph, "/graph/fredgraph.csv", id="SOFR,WALCL")
    assert mixed.body.startswith(b"PK")
    told = (PAYLOADS / "alfredgraph_RRPONTSYD_2020-02-20_excerpt.csv").read_text().splitlines()
    path = "/graph/alfredgraph.csv"
    asked = {"id": "RRPONTSYD", "vintage_date": "2020-02-20", "cosd": "2018-01-01"}
    given = ask(replay.urls.alfred, path, **asked).body.decode().splitlines()
    assert given[0] == told[0]
    assert given[-1] == told[-1]
    assert {line for line in told if line >= "2018"} - {told[0]} <= set(given)


def test_treasury_tables(replay: Replay) -> None:
    told = recorded("fiscaldata_mspd_table_1_one_row.json")
    params = {"sort": "-record_date,src_line_nbr", "page[size]": "1"}
    given = ask(replay.urls.treasury, MONTHLY_DEBT, **params).json
    assert shape(given) == shape(told)
    for part in ("labels", "dataTypes", "dataFormats"):
        assert given["meta"][part] == told["meta"][part]
    assert given["links"]["next"] == told["links"]["next"]
    told = recorded("fiscaldata_debt_to_penny_2rows.json")
    params = {"sort": "-record_date", "page[size]": "2", "page[number]": "1"}
    fields = "record_date,tot_pub_debt_out_amt"
    given = ask(replay.urls.treasury, DEBT_TO_PENNY, fields=fields, **params).json
    assert shape(given) == shape(told)
    assert {**given["meta"], "total-count": 8306, "total-pages": 4153} == told["meta"]
    told = recorded("fiscaldata_auctions_query_excerpt.json")["data"][0]
    row = treasury(replay, AUCTIONS, filter="record_date:eq:2025-11-17")[0]
    assert shape(row) == shape(told)


def test_cash_balance_in_its_three_eras(replay: Replay) -> None:
    eras = recorded("fiscaldata_dts_operating_cash_balance_eras.json")
    fields = "record_date,account_type,open_today_bal,close_today_bal"
    days = "record_date:gte:2021-09-29,record_date:lte:2022-04-19"
    rows = treasury(replay, CASH_BALANCE, filter=days, fields=fields)
    for name, told in eras.items():
        if name.startswith("transition"):
            assert all(row in rows for row in told)
    row = treasury(replay, CASH_BALANCE)[0]
    assert shape(row) == shape(eras["era_2005_full_row"][0])


def test_a_wrong_query_of_the_treasury_is_refused_in_its_words(replay: Replay) -> None:
    answer = ask(replay.urls.treasury, MONTHLY_DEBT, sorts="-record_date")
    assert (answer.status, answer.json) == (400, recorded("fiscaldata_error.json"))
    for params in ({"fields": "nonsense"}, {"filter": "x:eq:1"}, {"page[size]": "many"}):
        assert ask(replay.urls.treasury, MONTHLY_DEBT, **params).status == 400
    assert ask(replay.urls.treasury, "/v1/accounting/dts/dts_table_1").status == 404


def test_filters_and_the_grouping_of_rows_that_look_alike(replay: Replay) -> None:
    closing = "Treasury General Account (TGA) Closing Balance"
    kinds = f"account_type:in:({closing},Total Operating Balance)"
    rows = treasury(replay, CASH_BALANCE, filter=f"{kinds},record_date:gt:2025-12-01")
    assert [row["record_date"] for row in rows] == [f"2025-12-0{n}" for n in (2, 3, 4, 5)]
    high = treasury(replay, CASH_BALANCE, filter="open_today_bal:gt:1000000")
    assert high
    assert all(len(row["open_today_bal"]) == 7 for row in high)
    # Four accounts a day; without their names they fall into one row of their sums.
    day = "record_date:eq:2025-12-05"
    alike = treasury(replay, CASH_BALANCE, filter=day, fields="record_date,open_today_bal")
    parts = treasury(replay, CASH_BALANCE, filter=day)
    assert len(alike) == 1
    assert int(alike[0]["open_today_bal"]) == sum(int(row["open_today_bal"]) for row in parts)


def test_csv_of_the_treasury(replay: Replay) -> None:
    asked = {"format": "csv", "fields": "record_date,account_type", "page[size]": "3"}
    rows = csv_rows(ask(replay.urls.treasury, CASH_BALANCE, **asked).body.decode())
    assert [row["record_date"] for row in rows] == ["2018-01-02"] * 3
