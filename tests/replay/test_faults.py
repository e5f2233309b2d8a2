"""Each fault does what its name says, to the requests it is meant for and to no others."""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Iterator
from datetime import date
from http.client import IncompleteRead, RemoteDisconnected

import pytest

from tests.replay import faults
from tests.replay.asking import ask, graph, observations, operations, rates, treasury
from tests.replay.rows import rows_of
from tests.replay.server import Replay

CASH_BALANCE = "/v1/accounting/dts/operating_cash_balance"
MONTHLY_DEBT = "/v1/debt/mspd/mspd_table_1"
PATH = "/api/rates/secured/sofr/search.json"
DAYS = {"startDate": "2025-12-01", "endDate": "2025-12-05"}


@pytest.fixture
def replay() -> Iterator[Replay]:
    with Replay() as running:
        yield running


def test_a_status_for_the_first_requests_only(replay: Replay) -> None:
    replay.fault("/api/rates/secured/", faults.status(429, retry_after="2"), times=2)
    statuses = [ask(replay.urls.nyfed, PATH, **DAYS).status for _ in range(3)]
    assert statuses == [429, 429, 200]
    assert ask(replay.urls.nyfed, "/api/soma/summary.json").status == 200
    assert replay.requests[0].status == 429


@pytest.mark.parametrize("code", [403, 404, 500, 503])
def test_a_status_until_mended(replay: Replay, code: int) -> None:
    replay.fault("sofr", faults.status(code))
    assert [ask(replay.urls.nyfed, PATH, **DAYS).status for _ in range(2)] == [code, code]
    replay.mend()
    assert ask(replay.urls.nyfed, PATH, **DAYS).status == 200


def test_retry_after_is_told_as_it_stands(replay: Replay) -> None:
    moment = "Fri, 05 Dec 2025 17:00:00 GMT"
    replay.fault("sofr", faults.status(503, retry_after=moment))
    assert ask(replay.urls.nyfed, PATH).headers["Retry-After"] == moment


def test_a_slow_answer(replay: Replay) -> None:
    replay.fault("sofr", faults.slow(0.2))
    begun = time.monotonic()
    assert ask(replay.urls.nyfed, PATH, **DAYS).status == 200
    assert time.monotonic() - begun >= 0.2


def test_broken_connections(replay: Replay) -> None:
    replay.fault("sofr", faults.hang_up(), times=1)
    replay.fault("tgcr", faults.cut_off(0.5))
    with pytest.raises(RemoteDisconnected):
        ask(replay.urls.nyfed, PATH)
    with pytest.raises(IncompleteRead):
        ask(replay.urls.nyfed, PATH.replace("sofr", "tgcr"), **DAYS)
    assert [request.status for request in replay.requests] == [0, 200]


def test_bodies_that_are_not_what_they_should_be(replay: Replay) -> None:
    replay.fault("sofr", faults.truncated())
    answer = ask(replay.urls.nyfed, PATH, **DAYS)
    assert int(answer.headers["Content-Length"]) == len(answer.body)
    with pytest.raises(json.JSONDecodeError):
        json.loads(answer.body)
    replay.fault("tgcr", faults.html_page())
    answer = ask(replay.urls.nyfed, PATH.replace("sofr", "tgcr"), **DAYS)
    assert (answer.status, answer.body[:5]) == (200, b"<!DOC")
    replay.fault("fredgraph.csv", faults.zip_body())
    answer = ask(replay.urls.fred_graph, "/graph/fredgraph.csv", id="EFFR")
    with zipfile.ZipFile(io.BytesIO(answer.body)) as packed:
        assert packed.read("Daily.csv").startswith(b"observation_date,EFFR\n")


def test_a_redirect_to_another_host_takes_the_path_along(replay: Replay) -> None:
    replay.fault("sofr", faults.redirected(replay.elsewhere), times=1)
    assert ask(replay.urls.nyfed, PATH, **DAYS).status == 200
    first, second = replay.requests
    assert (first.status, second.status, first.path) == (302, 200, second.path)
    assert [request.host for request in (first, second)] == [
        f"127.0.0.1:{replay.port}",
        f"localhost:{replay.port}",
    ]


def test_an_empty_list(replay: Replay) -> None:
    replay.fault("", faults.empty_list())
    assert operations(replay) == rates(replay, "secured", "sofr") == []
    assert graph(replay, "SOFR") == observations(replay, "SOFR") == []
    answer = ask(replay.urls.treasury, CASH_BALANCE).json
    assert (answer["data"], answer["meta"]["count"], answer["meta"]["total-count"] > 0) == (
        [],
        0,
        True,
    )


def test_renamed_fields(replay: Replay) -> None:
    replay.fault("/api/rp/", faults.renamed_field("amtAccepted"))
    replay.fault("fredgraph", faults.renamed_field("SOFR", "SOFR_X"))
    parts = operations(replay, "2025-12-05")[0]["details"]
    assert list(parts[0])[:3] == ["securityType", "amtSubmitted", "amtAcceptedNew"]
    assert list(graph(replay, "SOFR")[0]) == ["observation_date", "SOFR_X"]


def test_operations_that_are_off(replay: Replay) -> None:
    replay.fault("/api/rp/", faults.unknown_method(), faults.duplicated(), faults.reordered())
    rows = operations(replay, "2025-12-04", "2025-12-05")
    assert [row["operationMethod"] for row in rows].count("Sealed Bid") == 2
    ids = [row["operationId"] for row in rows]
    assert (len(ids), len(set(ids))) == (7, 6)
    replay.mend()
    assert ids != sorted(ids)
    assert set(ids) == {row["operationId"] for row in operations(replay, "2025-12-04")}


def test_broken_identities(replay: Replay) -> None:
    replay.fault("/api/", faults.broken_identity())
    replay.fault("mspd", faults.broken_identity("0.5", {"security_class_desc": "Bills"}))
    row = operations(replay, "2025-12-05")[0]
    assert row["totalAmtAccepted"] == sum(p["amtAccepted"] for p in row["details"]) + 1_000_000
    soma = rows_of(ask(replay.urls.nyfed, "/api/soma/summary.json").json)
    assert [row["total"] for row in soma[-2:]] == ["6133944510441.30", "6131250892641.30"]
    bills = treasury(replay, MONTHLY_DEBT, filter="security_class_desc:eq:Bills")
    assert bills[-1]["total_mil_amt"] == "6723293.9315"


def test_wrong_units_and_impossible_values(replay: Replay) -> None:
    replay.fault("WRESBAL", faults.in_thousandths())
    replay.fault("sofr", faults.impossible_rate())
    replay.fault("id=EFFR", faults.impossible_rate({"observation_date": "2025-12-04"}))
    replay.fault("operating_cash", faults.negative_tga())
    assert graph(replay, "WRESBAL")[-1]["WRESBAL"] == "2858.284"
    assert observations(replay, "WRESBAL")[-1]["value"] == "2858.284"
    assert [row["percentRate"] for row in rates(replay, "secured", "sofr")[:2]] == [393, 3.92]
    assert [row["EFFR"] for row in graph(replay, "EFFR")[-2:]] == ["389.00", "3.89"]
    closing = treasury(replay, CASH_BALANCE, filter="src_line_nbr:eq:4")
    assert [row["open_today_bal"] for row in closing[-2:]] == ["878666", "-870232"]


def test_single_values(replay: Replay) -> None:
    day = {"effectiveDate": "2025-12-03"}
    replay.fault("sofr", faults.set_value("percentRate", "N/A", day))
    replay.fault("sofr", faults.shifted("volumeInBillions", 5, day))
    replay.fault("sofr", faults.scaled("percentPercentile99", "0.1", day))
    row = next(r for r in rates(replay, "secured", "sofr") if r["effectiveDate"] == "2025-12-03")
    assert (row["percentRate"], row["percentPercentile99"]) == ("N/A", 0.405)
    replay.mend()
    plain = next(r for r in rates(replay, "secured", "sofr") if r["effectiveDate"] == "2025-12-03")
    assert row["volumeInBillions"] - plain["volumeInBillions"] == 5


def test_a_missing_day_and_two_providers_that_disagree(replay: Replay) -> None:
    replay.fault("operating_cash", faults.missing_day(date(2025, 12, 4)))
    replay.fault("fredgraph", faults.disagreement(date(2025, 12, 3), "0.25"))
    answer = ask(replay.urls.treasury, CASH_BALANCE, filter="record_date:gte:2025-12-03").json
    days = [row["record_date"] for row in answer["data"]]
    assert days == ["2025-12-03"] * 4 + ["2025-12-05"] * 4
    assert answer["meta"]["total-count"] == 8
    asked = {"startDate": "2025-12-03", "endDate": "2025-12-03"}
    assert rates(replay, "secured", "sofr", **asked)[0]["percentRate"] == 3.95
    assert graph(replay, "SOFR", cosd="2025-12-03", coed="2025-12-03")[0]["SOFR"] == "4.20"


def test_a_wrong_count(replay: Replay) -> None:
    replay.fault("mspd", faults.wrong_total_count())
    meta = ask(replay.urls.treasury, MONTHLY_DEBT).json["meta"]
    assert meta["total-count"] == 72 * 14 + 1


def _misfit() -> None:
    with Replay() as replay:
        replay.fault("sofr", faults.duplicated({"type": "EFFR"}))
        with pytest.raises(RemoteDisconnected):
            ask(replay.urls.nyfed, PATH, **DAYS)


def test_a_fault_that_does_not_fit_is_told_at_the_end() -> None:
    with pytest.raises(ExceptionGroup, match="the replay server failed"):
        _misfit()
