"""Auctions ahead, from rows as Fiscal Data sends them: what settles, what is yet to be auctioned.

In the replay's timetable of December 2025 offers are 196 hundredths of those of 2018, in whole
billions: bills of 4, 13 and 26 weeks come to 78, 82 and 70, notes of 3 and 10 years to 54 and 43,
bonds to 29.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import cache

import pytest

from reportgen import clock
from reportgen.clock import NEW_YORK
from reportgen.model import Observation
from reportgen.sections.inputs import Inputs
from reportgen.sections.supply import auctions
from reportgen.sections.supply.auctions import Auctions
from reportgen.sources.catalogue import CATALOGUE
from reportgen.store.dataset import Dataset
from tests.conftest import bundled_observations, inputs_as_of
from tests.documents.test_scenarios_told import told
from tests.render.made import page
from tests.replay.auctions import AUCTIONS
from tests.replay.market import Market
from tests.sources.recorded import parsed, table

BN = 10**9


@cache
def pulled() -> tuple[Observation, ...]:
    """What a pull on the evening of 2025-12-05 brings of auctions."""
    market = Market(now=datetime(2025, 12, 5, 23, 30, tzinfo=NEW_YORK))
    rows = [row for row in AUCTIONS.rows(market) if row["auction_date"] >= "2025-10-01"]
    return parsed("treasury.auctions", table(rows)).observations


def with_auctions(day: date, bundle: tuple[Observation, ...] = ()) -> Inputs:
    data = Dataset((*bundle, *pulled()), CATALOGUE, day, clock.end_of_day(day), {})
    shipped = inputs_as_of(date(2025, 12, 5))
    return replace(shipped, data=data, previous=None)


def found(day: str) -> Auctions:
    ahead = auctions.compute(with_auctions(date.fromisoformat(day)))
    assert ahead is not None
    return ahead


def test_on_the_fifth_of_december() -> None:
    ahead = found("2025-12-05")
    assert ahead.coupons
    assert ahead.bills
    # 3, 10 and 30 years, auctioned on the 9th, 10th and 11th, settle on the 15th: 54 + 43 + 29.
    assert (ahead.coupons.amount.value, ahead.coupons.day) == (126 * BN, date(2025, 12, 15))
    # 13 and 26 weeks on the 9th: 82 + 70; the 4 weeks of the 5th are sold.
    assert (ahead.bills.amount.value, ahead.bills.day) == (152 * BN, date(2025, 12, 9))
    assert ahead.bills.amount.formula == "bill_auctions_offered(2025-12-09)"


def test_three_days_before_less_was_announced() -> None:
    ahead = found("2025-12-02")
    assert ahead.coupons
    assert ahead.bills
    # Of the coupons the 3 years alone; of bills the 4 weeks of the 5th.
    assert (ahead.coupons.amount.value, ahead.coupons.day) == (54 * BN, date(2025, 12, 15))
    assert (ahead.bills.amount.value, ahead.bills.day) == (78 * BN, date(2025, 12, 5))


def test_a_settlement_more_than_two_weeks_away_is_not_told() -> None:
    # From 11-14 to the 17th, and on to 12-01, which is fourteen days from 11-17.
    assert found("2025-11-14").coupons
    # The month-end coupons of 2, 5 and 7 years, in offers of 195 hundredths, are announced later.
    assert found("2025-11-17").coupons is None
    # Fifteen days before 2025-12-31.
    assert auctions.compute(with_auctions(date(2025, 12, 16))) is None


def test_without_auctions_nothing_is_told_and_the_annex_says_so() -> None:
    assert auctions.compute(inputs_as_of(date(2025, 12, 5))) is None
    assert "Treasury auctions that have been announced." in page("2025-12-02", "en").html
    assert "已公告的国债" in page("2025-12-02", "zh-Hans").html


@pytest.mark.parametrize(
    ("tag", "sentences"),
    [
        (
            "en",
            "Coupon auctions announced so far bring $126 billion to be paid for on December 15, "
            "before what matures that day. Bills of $152 billion come to auction by December 9.",
        ),
        (
            "zh-Hans",
            "已公告的附息国债拍卖合计1,260亿美元，将于12月15日交割缴款，未扣除当日到期的部分。"
            "到12月9日，还有1,520亿美元的国库券拍卖。",
        ),
    ],
)
def test_the_text(texts: dict[str, str], tag: str, sentences: str) -> None:
    assert sentences in texts[tag]


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return told(with_auctions(date(2025, 12, 5), bundled_observations()))
