"""The public debt and auctions as Fiscal Data has recorded them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest

from reportgen.errors import SourceError
from reportgen.model import DoubtRule, Observation, Parsed
from tests.sources.recorded import auction, month, parsed, penny, table, values


def test_debt_by_class_in_dollars() -> None:
    found = parsed("treasury.debt_by_class", table(month()))
    assert found.doubts == ()
    assert values(found) == {
        "2025-02-28": {
            "bills_outstanding": 6_367_951_709_300.0,
            "notes_outstanding": 14e12,
            "bonds_outstanding": 4.9e12,
            "tips_outstanding": 2e12,
            "frn_outstanding": 0.6e12,
            "marketable_debt": 27_867_951_709_300.0,
        }
    }


@pytest.mark.parametrize(
    ("total", "good"),
    [("27867951.7193", True), ("27867951.7194", False), ("27867951.6992", False)],
)
def test_classes_may_miss_marketable_debt_by_a_hundredth_of_a_million(
    total: str, good: bool
) -> None:
    found = parsed("treasury.debt_by_class", table(month(_=total)))
    assert bool(found.observations) is good
    assert len(found.doubts) == (0 if good else 6)


@pytest.mark.parametrize(
    ("rows", "field"),
    [
        (month()[1:], "security_class_desc"),
        (month()[:-1], "security_type_desc"),
        (month(Notes="null"), "total_mil_amt"),
    ],
)
def test_a_statement_that_lacks_a_class_is_an_error(rows: list[dict[str, str]], field: str) -> None:
    with pytest.raises(SourceError, match=f"treasury.debt_by_class: field {field} "):
        parsed("treasury.debt_by_class", table(rows))


def test_debt_to_the_penny() -> None:
    found = parsed("treasury.debt_to_penny", table([penny()]))
    assert values(found) == {"2026-06-29": {"public_debt": 39_345_340_787_969.72}}


def test_debt_that_is_a_cent_off_its_parts_is_held_back() -> None:
    body = table([penny(tot_pub_debt_out_amt="39345340787969.73")])
    found = parsed("treasury.debt_to_penny", body)
    assert found.observations == ()
    (doubt,) = found.doubts
    assert (doubt.series, doubt.rule, doubt.value) == (
        "public_debt",
        DoubtRule.IDENTITY,
        39_345_340_787_969.73,
    )


def auctions(*rows: Mapping[str, str]) -> Parsed:
    return parsed("treasury.auctions", table(rows))


ANNOUNCED = datetime(2016, 12, 22, 16, 0, tzinfo=UTC)  # 11:00 in winter
HELD = datetime(2016, 12, 28, 18, 30, tzinfo=UTC)  # 13:30
DAY = date(2016, 12, 28)


def test_the_recorded_auction_by_its_day_and_not_that_of_its_issue() -> None:
    assert auctions(auction()).observations == (
        Observation("coupon_auctions_offered", DAY, 34_000_000_000.0, ANNOUNCED),
        Observation("coupon_auctions_accepted", DAY, 38_521_273_600.0, HELD),
    )


def test_bills_are_told_from_coupons_and_offerings_of_a_day_added_up() -> None:
    bill = auction(security_type="Bill", cusip="B", announcemt_date="2016-12-27")
    bond = auction(security_type="Bond", cusip="C", offering_amt="13000000000")
    bond["announcemt_date"] = "2016-12-21"
    found = auctions(auction(), bill, bond)
    assert found.observations == (
        Observation("bill_auctions_offered", DAY, 34e9, datetime(2016, 12, 27, 16, tzinfo=UTC)),
        Observation("bill_auctions_accepted", DAY, 38_521_273_600.0, HELD),
        # 34 + 13, known whole with the later of two announcements; twice what the note accepted.
        Observation("coupon_auctions_offered", DAY, 47e9, ANNOUNCED),
        Observation("coupon_auctions_accepted", DAY, 77_042_547_200.0, HELD),
    )


def test_before_all_results_are_in_nothing_is_said_of_what_was_accepted() -> None:
    open_one = auction(cusip="C", total_accepted="null")
    assert [o.series for o in auctions(auction(), open_one).observations] == [
        "coupon_auctions_offered"
    ]


def test_a_day_in_the_schedule_without_an_amount_is_no_offering() -> None:
    assert auctions(auction(offering_amt="null", cusip="null")) == Parsed(())


def test_two_answers_for_one_auction_are_an_error() -> None:
    with pytest.raises(SourceError, match="field cusip is 912828U81 in two rows that differ"):
        auctions(auction(), auction(total_accepted="null"))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("security_type", "Certificate"),
        ("auction_date", "null"),
        ("announcemt_date", "2016-13-22"),
        ("offering_amt", "34,000,000,000"),
        ("total_accepted", "some"),
    ],
)
def test_a_wrong_field_of_an_auction_is_named(field: str, value: str) -> None:
    with pytest.raises(SourceError, match=f"treasury.auctions: field {field} "):
        auctions(auction(**{field: value}))
