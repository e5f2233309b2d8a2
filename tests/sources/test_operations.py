"""Repo and reverse repo operations as the New York Fed has recorded them."""

from __future__ import annotations

from typing import Any

import pytest

from reportgen.errors import SourceError
from reportgen.model import DoubtRule
from tests.sources.recorded import body_of, encoded, parsed, payload_of, values

FEED = "nyfed.operations"
EXCERPT = "nyfed_rp_results_search_2025_excerpt.json"
NEWEST = "nyfed_rp_results_search_2026-09-15.json"
BILLION, MILLION = 1e9, 1e6


def recorded(name: str) -> dict[str, dict[str, float]]:
    found = parsed(FEED, body_of(name))
    assert found.doubts == ()
    return values(found)


def changed(name: str, operation_id: str, **fields: Any) -> bytes:
    """A recorded response with fields of one operation replaced; None takes a field away."""
    payload = payload_of(name)
    (row,) = [r for r in payload["repo"]["operations"] if r["operationId"] == operation_id]
    for field, value in fields.items():
        if value is None:
            del row[field]
        else:
            row[field] = value
    return encoded(payload)


def srf(treasury: float, agency: float, mbs: float, rate: float | None) -> dict[str, float]:
    """A day of the facility; its total is the sum of the collateral parts."""
    parts = {
        "srf_accepted": treasury + agency + mbs,
        "srf_treasury_accepted": treasury,
        "srf_agency_accepted": agency,
        "srf_mbs_accepted": mbs,
    }
    return parts if rate is None else {**parts, "srf_rate": rate}


def test_the_days_of_2025() -> None:
    assert recorded(EXCERPT) == {
        # 20.35 at 8:15 and 30.00 at 13:30; Treasuries 4.40 + 25.00, mortgages 15.95 + 5.00.
        "2025-10-31": srf(29.40 * BILLION, 0, 20.95 * BILLION, 4.00)
        | {"on_rrp_accepted": 51.802 * BILLION, "on_rrp_rate": 3.75},
        # 0 in the morning and 3m in the afternoon; exercises of 99m and 114m in between.
        "2025-11-05": srf(1 * MILLION, 0, 2 * MILLION, 4.00)
        | {"on_rrp_accepted": 12.7 * BILLION, "on_rrp_rate": 3.75}
        | {"on_rrp_accepted@exercises": 114 * MILLION},
        # The last day of Multiple Price, and the first of Full Allotment at the rate decided on it.
        "2025-12-10": srf(1 * MILLION, 0, 0, 4.00),
        "2025-12-11": srf(1 * MILLION, 0, 0, 3.75)
        | {"on_rrp_accepted": 2.874 * BILLION, "on_rrp_rate": 3.50},
        # 74.6 in the morning, nothing in the afternoon.
        "2025-12-31": srf(31.5 * BILLION, 0, 43.1 * BILLION, 3.75)
        | {"on_rrp_accepted": 105.993 * BILLION, "on_rrp_rate": 3.50},
    }


def test_a_day_with_a_reverse_repo_exercise_before_the_facility() -> None:
    # 95m of the exercise stay out of the 5,054m of the day. The reverse repo row names no offering
    # rate, so that of the award holds.
    assert recorded("nyfed_rp_results_search_2020-02-19_sve.json") == {
        "2020-02-19": {
            "temporary_repo_accepted": 48.9 * BILLION,
            "on_rrp_accepted": 5.054 * BILLION,
            "on_rrp_rate": 1.5,
            "on_rrp_accepted@exercises": 95 * MILLION,
        }
    }


def test_rows_rewritten_thirteen_days_later() -> None:
    # Rows of the facility's first months name no rate: then there is none, not zero.
    assert recorded("nyfed_rp_results_search_2021-09-03_rewritten.json") == {
        "2021-09-03": srf(0, 0, 0, None)
        | {"on_rrp_accepted": 1_074_707 * MILLION, "on_rrp_rate": 0.05}
    }


def test_a_day_of_full_allotment() -> None:
    assert recorded(NEWEST) == {
        "2026-09-15": srf(101 * MILLION, 0, 1 * MILLION, 3.75)
        | {"on_rrp_accepted": 700 * MILLION, "on_rrp_rate": 3.50}
    }


def test_an_operation_told_twice_counts_once_as_it_was_written_last() -> None:
    payload = payload_of(NEWEST)
    rows = payload["repo"]["operations"]
    older = {**rows[2], "lastUpdated": "2026-09-15 13:45:40", "totalAmtAccepted": 0}
    for order in ([*rows, older], [older, *rows]):
        payload["repo"]["operations"] = order
        found = values(parsed(FEED, encoded(payload)))
        assert found["2026-09-15"]["srf_accepted"] == 102 * MILLION


@pytest.mark.parametrize(("field", "value"), [("term", "Term"), ("auctionStatus", "Announcement")])
def test_term_operations_and_announcements_are_left_out(field: str, value: str) -> None:
    found = parsed(FEED, changed(NEWEST, "RP 091526 26", **{field: value}))
    assert set(values(found)["2026-09-15"]) == set(srf(0, 0, 0, 0))


@pytest.mark.parametrize(
    "note",
    [
        "This is a SMALL VALUE EXERCISE",
        "<p>This is a small <b>value</b>\n exercise (SVE)</p>",
    ],
)
def test_a_note_tells_an_exercise_through_its_markup(note: str) -> None:
    found = values(parsed(FEED, changed(NEWEST, "RP 091526 26", note=note)))["2026-09-15"]
    assert "on_rrp_accepted" not in found
    assert found["on_rrp_accepted@exercises"] == 700 * MILLION


def test_an_operation_without_a_note_is_none_of_them() -> None:
    found = values(parsed(FEED, changed(NEWEST, "RP 091526 26", note=None)))["2026-09-15"]
    assert found["on_rrp_accepted"] == 700 * MILLION


def test_before_the_afternoon_operation_nothing_is_said_of_the_facility() -> None:
    payload = payload_of(NEWEST)
    payload["repo"]["operations"] = payload["repo"]["operations"][:2]
    assert set(values(parsed(FEED, encoded(payload)))["2026-09-15"]) == {
        "on_rrp_accepted",
        "on_rrp_rate",
    }


def test_a_total_that_is_not_its_parts_is_held_back_alone() -> None:
    # 101m + 0 + 1m of collateral beside a total of 103m.
    found = parsed(FEED, changed(NEWEST, "RP 091526 27", totalAmtAccepted=103_000_000))
    (doubt,) = found.doubts
    assert (doubt.series, doubt.rule, doubt.value) == (
        "srf_accepted",
        DoubtRule.IDENTITY,
        103 * MILLION,
    )
    assert "RP 091526 27" in doubt.reason
    assert "102,000,000" in doubt.reason
    assert set(values(found)["2026-09-15"]) == {"on_rrp_accepted", "on_rrp_rate"}


def test_two_rates_of_one_operation_are_doubtful() -> None:
    payload = payload_of(NEWEST)
    payload["repo"]["operations"][2]["details"][0]["percentOfferingRate"] = 3.5
    found = parsed(FEED, encoded(payload))
    assert [(d.series, d.rule, d.value) for d in found.doubts] == [
        ("srf_rate", DoubtRule.IDENTITY, None)
    ]
    assert values(found)["2026-09-15"]["srf_accepted"] == 102 * MILLION


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("operationMethod", "Sealed Bid", "'Sealed Bid'"),
        ("operationType", "Loan", "'Loan'"),
        ("term", "Weekly", "'Weekly'"),
        ("operationDate", "09/15/2026", "'09/15/2026'"),
        ("closeTime", "1:45 PM", "no time of day"),
        ("closeTime", "13:45Z", "no time of day"),
        ("details", {}, "not a list"),
        ("totalAmtAccepted", "n/a", "'n/a'"),
        ("totalAmtAccepted", None, "missing"),
        ("operationId", None, "missing"),
        ("lastUpdated", None, "missing"),
        ("closeTime", None, "missing"),
        ("details", None, "missing"),
    ],
)
def test_a_wrong_field_is_named_with_the_address(field: str, value: Any, told: str) -> None:
    operation_id = "RP 091526 27"
    body = changed(NEWEST, operation_id, **{field: value})
    if field == "lastUpdated":
        # Which row was written last is asked only of an operation that comes twice.
        payload = payload_of(NEWEST)
        row = payload["repo"]["operations"][2]
        del row["lastUpdated"]
        payload["repo"]["operations"].append(row)
        body = encoded(payload)
    with pytest.raises(SourceError) as caught:
        parsed(FEED, body, start="2026-09-15", end="2026-09-15")
    assert caught.value.what.startswith(f"{FEED}: field {field} ")
    assert told in caught.value.what
    assert caught.value.where == (
        "https://markets.newyorkfed.org/api/rp/results/search.json"
        "?startDate=2026-09-15&endDate=2026-09-15"
    )


def test_collateral_of_an_unknown_class_is_an_error() -> None:
    payload = payload_of(NEWEST)
    payload["repo"]["operations"][2]["details"][0]["securityType"] = "Equity"
    with pytest.raises(SourceError, match="field securityType has the unknown value 'Equity'"):
        parsed(FEED, encoded(payload))
