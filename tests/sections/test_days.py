"""What the calendar explains of the newest use and spread, and the dates ahead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from reportgen.analysis.strained_days import Among, Kind
from reportgen.sections.tools.dates import Occasion

Facts = Callable[[str, str], Any]


@pytest.mark.parametrize(
    ("day", "kind", "among", "others", "used", "larger"),
    [
        # 7 other quarter-ends from 2022-12-30 to 2024-06-28, all with test bids alone.
        ("2024-10-01", Kind.QUARTER_END, Among.MOST_OF_ALL, 7, 0, 0),
        # 2.6bn on 2024-09-30 was the only other.
        ("2025-07-01", Kind.QUARTER_END, Among.MOST_OF_ALL, 7, 1, 0),
        # 24 month-ends less 8 quarter-ends, less the day itself.
        ("2025-10-31", Kind.MONTH_END, Among.MOST_OF_ALL, 15, 0, 0),
        # 26bn against 6.75bn and 5.573bn on 2025-10-15 and 11-17.
        ("2025-12-02", Kind.COUPON_SETTLEMENT, Among.MOST_OF_ALL, 21, 2, 0),
        # 5.573bn on 11-17; 6.75bn on 10-15 were more.
        ("2025-11-19", Kind.COUPON_SETTLEMENT, Among.MORE, 20, 1, 1),
        # 24.4bn; 50.35bn on 10-31 were more. Two years to 11-28 hold 2023-11-30 too.
        ("2025-11-28", Kind.MONTH_END, Among.MORE, 16, 1, 1),
    ],
)
def test_the_day_told_among_its_kind(
    facts: Facts, day: str, kind: Kind, among: Among, others: int, used: int, larger: int
) -> None:
    days = facts("srf", day).days
    told = days.compared
    assert (days.told_kind, told.among) == (kind, among)
    counted = (told.others.value, told.used.value, told.larger.value)
    assert counted == (others, used, larger)
    assert (told.any_used, told.any_larger) == (used > 0, larger > 0)


@pytest.mark.parametrize("day", ["2021-08-05", "2021-09-30", "2022-06-16", "2023-03-16"])
def test_idle_times_are_compared_with_nothing(facts: Facts, day: str) -> None:
    days = facts("srf", day).days
    assert days.compared is None
    assert days.rows == ()


def test_the_table_of_december_2025(facts: Facts) -> None:
    rows = {row.kind: row for row in facts("srf", "2025-12-02").days.rows}
    # 3 of 8 quarter-ends is 37.5%, 3 of 22 settlements 13.6%; medians are worked out with them in
    # tests/analysis/test_days_by_kind.py.
    row = rows[Kind.QUARTER_END]
    assert (row.days.displayed, row.used_share.displayed, row.spread.displayed) == (8, 38, 3)
    row = rows[Kind.COUPON_SETTLEMENT]
    assert (row.days.displayed, row.used_share.displayed) == (22, 14)
    assert float(row.spread.displayed) == -4.5
    assert [kind for kind, row in rows.items() if row.move is None] == [Kind.ORDINARY]


@pytest.mark.parametrize(
    ("day", "before", "used"),
    [
        # 6 ordinary days from 2025-10-20 to 10-29 lie before the window of twenty days to 12-02.
        ("2025-12-02", 334, 6),
        ("2025-10-31", 334, 0),
        ("2025-10-23", 335, 0),
    ],
)
def test_ordinary_days_before_the_window(facts: Facts, day: str, before: int, used: int) -> None:
    found = facts("srf", day).days.before
    assert (found.days.value, found.used.value, found.any_used) == (before, used, used > 0)


def test_ordinary_days_are_no_news_while_the_facility_is_idle_on_them(facts: Facts) -> None:
    found = facts("srf", "2025-07-01").days.before
    assert found is None or found.used.value == 0
    assert not facts("srf", "2025-07-01").any_beyond


@pytest.mark.parametrize(
    ("day", "kind", "among", "move", "rule", "others"),
    [
        ("2024-10-01", Kind.QUARTER_END, Among.MOST_OF_ALL, 13, 3, 7),
        ("2025-07-01", Kind.QUARTER_END, Among.MOST_OF_ALL, 15, 6, 7),
        # The year-end: 4.49 - 4.40 = 9, after ordinary days at IORB; 13 on 2024-09-30 was more.
        ("2025-01-02", Kind.QUARTER_END, Among.MORE, 9, 4, 7),
        ("2025-12-02", Kind.COUPON_SETTLEMENT, Among.MOST_OF_ALL, 19, 3, 21),
    ],
)
def test_what_the_day_added_to_sofr(
    facts: Facts, day: str, kind: Kind, among: Among, move: int, rule: int, others: int
) -> None:
    found = facts("funding", day).strained_day
    assert (found.kind, found.among) == (kind, among)
    shown = (found.move.displayed, found.rule.displayed, found.others.displayed)
    assert shown == (move, rule, others)
    assert found.is_year_end is (day == "2025-01-02")


def test_an_ordinary_day_with_sofr_high(facts: Facts) -> None:
    # 3.95 - 3.90 = 5 on 2025-12-03.
    funding = facts("funding", "2025-12-04")
    assert funding.strained_day is funding.raised_level is None
    assert (funding.ordinary_day.as_high.value, funding.ordinary_day.others.value) == (16, 345)


def test_a_day_by_the_calendar_on_a_level_that_was_high_before(facts: Facts) -> None:
    # 14 on 2025-10-30, a day before the month-end; on October 23, 24, 27, 28 and 29 SOFR less IORB
    # was 9, 9, 12, 16, 12.
    funding = facts("funding", "2025-10-31")
    assert funding.strained_day is funding.ordinary_day is None
    assert funding.raised_level.level.displayed == 12


@pytest.mark.parametrize("day", ["2021-08-05", "2021-09-30", "2022-06-16"])
def test_nothing_to_explain(facts: Facts, day: str) -> None:
    funding = facts("funding", day)
    assert funding.strained_day is funding.raised_level is funding.ordinary_day is None


def ahead(facts: Facts, day: str) -> list[tuple[str, Occasion, str | None]]:
    return [
        (row.day.isoformat(), row.occasion, row.about.isoformat() if row.about else None)
        for row in facts("tools", day).dates
    ]


def test_the_dates_ahead_of_december_2025(facts: Facts) -> None:
    assert ahead(facts, "2025-12-02") == [
        ("2025-12-03", Occasion.SOFR, "2025-12-02"),
        ("2025-12-04", Occasion.BALANCE_SHEET, "2025-12-03"),
        ("2025-12-04", Occasion.DEBT_STATEMENT, "2025-11-30"),  # the fourth business day
        ("2025-12-10", Occasion.MEETING, "2025-10-29"),
        ("2025-12-15", Occasion.STRAINED, None),
        ("2025-12-31", Occasion.STRAINED, None),
        ("2026-01-15", Occasion.STRAINED, None),
        ("2026-02-02", Occasion.ESTIMATES, None),
        ("2026-02-04", Occasion.STATEMENT, None),
    ]
    assert [row.as_above for row in facts("tools", "2025-12-02").dates].count(True) == 1


def test_the_dates_ahead_around_thanksgiving(facts: Facts) -> None:
    # H.4.1 came on Friday 28 November; the estimates of 3 November lie behind on that day.
    rows = ahead(facts, "2025-11-26")
    assert ("2025-11-28", Occasion.BALANCE_SHEET, "2025-11-26") in rows
    assert ("2025-11-28", Occasion.SOFR, "2025-11-26") in rows
    between = [occasion for _, occasion, _ in ahead(facts, "2025-11-03")]
    assert Occasion.STATEMENT in between
    assert Occasion.ESTIMATES not in between


def test_before_the_refundings_of_the_calendar_none_is_ahead(facts: Facts) -> None:
    occasions = [occasion for _, occasion, _ in ahead(facts, "2021-08-05")]
    assert Occasion.STATEMENT not in occasions
    assert ahead(facts, "2021-08-05")[0] == ("2021-08-06", Occasion.SOFR, "2021-08-05")


@pytest.mark.parametrize("day", ["2021-08-05", "2023-03-16", "2024-10-01", "2025-07-01"])
def test_dates_ahead_are_in_order_and_hold_the_next_tax_date_and_quarter_end(
    facts: Facts, day: str
) -> None:
    rows = facts("tools", day).dates
    assert [row.day for row in rows] == sorted(row.day for row in rows)
    assert rows[0].day > date.fromisoformat(day)
    kinds = {kind for row in rows for kind in row.kinds}
    assert {"tax_date", "coupon_settlement"} <= kinds
    assert kinds & {"quarter_end", "year_end"}
