"""SOMA holdings and outright purchases as the New York Fed has recorded them."""

from __future__ import annotations

from typing import Any

import pytest

from reportgen.errors import SourceError
from reportgen.model import DoubtRule, Parsed
from tests.sources.recorded import body_of, encoded, parsed, payload_of, values

RECORDED = "nyfed_soma_summary_rows.json"
CLASSES = ("bills", "notesbonds", "tips", "mbs", "cmbs", "agencies", "frn", "total")


def week(day: str, **fields: Any) -> bytes:
    """One recorded week with fields replaced."""
    (row,) = [r for r in payload_of(RECORDED)["soma"]["summary"] if r["asOfDate"] == day]
    return encoded({"soma": {"summary": [{**row, **fields}]}})


def soma(*pages: bytes) -> Parsed:
    return parsed("nyfed.soma", *pages, start="2003-01-01")


def test_the_recorded_weeks() -> None:
    found = soma(body_of(RECORDED))
    assert found.doubts == ()
    days = values(found)
    assert list(days) == ["2003-11-19", "2021-10-27", "2026-07-08"]
    assert days["2021-10-27"] == {
        "soma_bills": 326_044_000_000.0,
        "soma_notesbonds": 4_725_694_157_300.0,
        "soma_tips": 370_841_901_000.0,
        "soma_mbs": 2_518_385_276_066.40,
        "soma_cmbs": 9_391_658_120.80,
        "soma_agencies": 2_347_000_000.0,
        "soma_frn": 24_879_545_900.0,
        # The seven classes add up to it; 65,869,768,380.7 of inflation compensation stay out.
        "soma_total": 7_977_583_538_387.20,
    }


@pytest.mark.parametrize(
    ("day", "frn"),
    [
        # 661,091,816,000 - 13,454,483,000 - 404,669,247,000 - 242,958,086,000 - 10,000,000
        ("2003-11-19", 0.0),
        # 6,344,428,175,083.10 - 1,940,863,715,777.00 - 7,533,878,406.10 - 282,633,819,500
        # - 3,593,418,008,900 - 499,248,926,700 - 2,347,000,000
        ("2026-07-08", 18_382_825_800.0),
    ],
)
def test_floating_rate_notes_left_blank_are_the_rest_of_the_total(day: str, frn: float) -> None:
    assert values(soma(body_of(RECORDED)))[day]["soma_frn"] == frn


def test_weeks_outside_the_window_are_left_out() -> None:
    found = parsed("nyfed.soma", body_of(RECORDED), start="2021-10-27", end="2026-07-07")
    assert list(values(found)) == ["2021-10-27"]
    with pytest.raises(SourceError, match="no week between 2018-01-01 and 2021-10-26"):
        parsed("nyfed.soma", body_of(RECORDED), end="2021-10-26")


@pytest.mark.parametrize(
    ("frn", "good"),
    [
        # The rest of the total is 24,879,545,900.00; a dollar is rounding.
        ("24879545901.00", True),
        ("24879545899.00", True),
        ("24879545901.01", False),
        ("24879545898.99", False),
    ],
)
def test_classes_may_miss_the_total_by_a_dollar(frn: str, good: bool) -> None:
    found = soma(week("2021-10-27", frn=frn))
    assert bool(found.observations) is good
    assert {doubt.series for doubt in found.doubts} == (
        set() if good else {f"soma_{name}" for name in CLASSES}
    )


def test_a_total_with_inflation_compensation_is_held_back() -> None:
    # 7,977,583,538,387.20 + 65,869,768,380.70
    found = soma(week("2021-10-27", total="8043453306767.90"))
    assert found.observations == ()
    assert {doubt.rule for doubt in found.doubts} == {DoubtRule.IDENTITY}
    assert "65,869,768,380.70 dollars apart" in found.doubts[0].reason
    by_series = {doubt.series: doubt.value for doubt in found.doubts}
    assert by_series["soma_total"] == 8_043_453_306_767.90


@pytest.mark.parametrize(("over", "good"), [("1.00", True), ("1.01", False)])
def test_a_rest_below_zero_is_rounding_up_to_a_dollar(over: str, good: bool) -> None:
    # In 2003 there were no floating-rate notes, so the six classes are the total.
    found = soma(week("2003-11-19", cmbs=over))
    assert bool(found.observations) is good
    if good:
        assert values(found)["2003-11-19"]["soma_frn"] == 0.0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("total", ""),
        ("bills", ""),
        ("tips", None),
        ("mbs", "2,518,385"),
        ("cmbs", "9.4e9"),
        ("asOfDate", "10/27/2021"),
        ("frn", []),
    ],
)
def test_a_wrong_field_is_named_with_the_address(field: str, value: Any) -> None:
    with pytest.raises(SourceError) as caught:
        soma(week("2021-10-27", **{field: value}))
    assert caught.value.what.startswith(f"nyfed.soma: field {field} ")
    assert caught.value.where == "https://markets.newyorkfed.org/api/soma/summary.json"


def test_floating_rate_notes_must_be_there_even_if_blank() -> None:
    payload = payload_of(RECORDED)
    del payload["soma"]["summary"][2]["frn"]
    with pytest.raises(SourceError, match="field frn is missing"):
        soma(encoded(payload))


def test_two_answers_for_one_week_are_an_error() -> None:
    payload = payload_of(RECORDED)
    rows = payload["soma"]["summary"]
    rows.append({**rows[1], "bills": "1"})
    with pytest.raises(SourceError, match="field asOfDate is 2021-10-27 in two rows"):
        soma(encoded(payload))


def purchase(**fields: Any) -> dict[str, Any]:
    """The recorded row of 2026-08-31 with fields replaced."""
    row = payload_of("nyfed_tsy_ambs_pd_rows.json")["tsy_results_summary_row (treasury.auctions[])"]
    return {**row, **fields}


def purchases(*rows: dict[str, Any]) -> Parsed:
    return parsed("nyfed.purchases", encoded({"treasury": {"auctions": list(rows)}}))


def test_bill_purchases_of_a_day_are_added_up() -> None:
    second = purchase(operationId="OR 083126 26", totalParAmtAccepted="1000000000")
    coupons = purchase(operationId="OR 083126 27", operationType="Outright Coupon Purchase")
    announced = purchase(operationId="OR 083126 28", auctionStatus="Announcement")
    # 4.243 + 1.000; coupons and what is only announced stay out, a repetition counts once.
    found = purchases(purchase(), second, coupons, announced, second)
    assert values(found) == {"2026-08-31": {"bill_purchases": 5_243_000_000.0}}


def test_no_purchase_in_a_window_is_no_error() -> None:
    assert purchases() == Parsed(())


@pytest.mark.parametrize("field", ["operationDate", "totalParAmtAccepted", "operationId"])
def test_a_purchase_without_a_field_is_an_error(field: str) -> None:
    row = purchase()
    del row[field]
    with pytest.raises(SourceError, match=f"nyfed.purchases: field {field} is missing"):
        purchases(row)
