"""The gauges and what changed in a week, against figures counted from the bundle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen import clock
from reportgen.analysis import gauges
from reportgen.analysis.gauges import Position, Reading
from reportgen.analysis.outlook import ViewKind
from reportgen.analysis.policy import Phase
from reportgen.model import Observation
from reportgen.sections.changes import facts as changes
from reportgen.sections.changes.turned import SrfTurn
from reportgen.sections.funding.facts import Pressure
from reportgen.sections.inputs import Inputs
from reportgen.sources.catalogue import CATALOGUE
from reportgen.store.dataset import Dataset
from tests.conftest import bundled_observations, inputs_as_of

Facts = Callable[[str, str], Any]


def gauge(facts: Facts, day: str, id: str) -> Any:
    (found,) = [g for g in facts("dashboard", day).gauges if g.id == id]
    return found


# id: level, change since the brief of 11-25; past values below it, equal to it, and in all.
BY_HAND = {
    # 10.257bn after 10.600bn on 11-25.
    "srf_accepted": (10_257_000_000, -343_000_000, 1075, 0, 1083),
    # 4.12 less 3.90 on 12-01, after 3.96 less 3.90 on 11-24; both rates since 2021-07-29.
    "sofr_spread": (22, 16, 1079, 1, 1082),
}


@pytest.mark.parametrize("id", BY_HAND)
def test_gauges_of_december_2025(facts: Facts, id: str) -> None:
    level, change, below, equal, values = BY_HAND[id]
    found = gauge(facts, "2025-12-02", id)
    assert found.level.value == level
    assert found.change.value == change
    expected = 100 * (below + equal / 2) / values
    assert float(found.percentile.value) == pytest.approx(expected, abs=1e-6)


def test_a_gauge_without_a_new_figure_has_no_change(facts: Facts) -> None:
    """The monthly statement for November came on 12-04."""
    assert gauge(facts, "2025-12-02", "bill_float").change is None
    assert gauge(facts, "2025-12-04", "bill_float").change is not None


def test_nine_gauges_each_in_its_history(facts: Facts) -> None:
    rows = facts("dashboard", "2025-12-02").gauges
    assert len(rows) == 9
    assert all(0 <= row.percentile.value <= 100 for row in rows)
    assert {row.since for row in rows} == {
        date(2018, 1, 3),
        date(2020, 1, 1),
        date(2021, 4, 1),
        date(2021, 7, 29),
        date(2019, 12, 31),
    }


@pytest.mark.parametrize(
    ("share", "position"),
    [
        (0.0, Position.VERY_LOW),
        (0.0999, Position.VERY_LOW),
        (0.10, Position.LOW),
        (0.25, Position.MIDDLE),
        (0.7499, Position.MIDDLE),
        (0.75, Position.HIGH),
        (0.90, Position.VERY_HIGH),
        (1.0, Position.VERY_HIGH),
    ],
)
def test_the_words_begin_where_they_say(share: float, position: Position) -> None:
    terms = (("sofr", date(2025, 12, 1)),)
    assert Reading(terms, 1.0, date(2018, 1, 2), share).position is position


def reading_of(values: list[float], weeks: int = 20) -> Reading:
    days = pd.date_range("2024-01-03", periods=len(values), freq=f"{weeks}W-WED")
    return gauges._reading((("sofr", days[-1].date()),), pd.Series(values, index=days))


def test_equal_values_count_half() -> None:
    """Of 3, 1, 3, 2 before the last, 3, two lie below and two are equal: 2 + 1 of 4."""
    assert reading_of([3.0, 1.0, 3.0, 2.0, 3.0]).percentile == 3 / 4


@given(st.lists(st.integers(-5, 5).map(float), min_size=4, max_size=40))
def test_a_percentile_and_that_of_the_mirror_image_make_a_whole(values: list[float]) -> None:
    found, mirrored = reading_of(values), reading_of([-value for value in values])
    assert found.percentile + mirrored.percentile == pytest.approx(1)
    assert (found.percentile == 1) == all(value < values[-1] for value in values[:-1])


def test_under_a_year_there_is_no_percentile() -> None:
    assert reading_of([3.0, 1.0, 3.0, 2.0, 3.0], weeks=13).percentile is None  # 52 weeks: 364 days
    assert reading_of([3.0, 1.0, 3.0, 2.0, 3.0], weeks=13).position is None


def test_test_bids_are_an_idle_facility(facts: Facts) -> None:
    # 110 million on 2024-03-07.
    found = gauge(facts, "2024-03-07", "srf_accepted")
    assert (found.level.value, found.position, found.percentile) == (
        11 * 10**7,
        Position.IDLE,
        None,
    )


def test_effr_at_its_usual_distance_lies_in_the_middle(facts: Facts) -> None:
    # 7bp below IORB on most days from 2022 to 2024.
    found = gauge(facts, "2024-03-07", "effr_spread")
    assert (found.level.displayed, found.position) == (-7, Position.MIDDLE)


def test_reserves_are_ranked_beside_the_debt_they_serve(facts: Facts) -> None:
    # 2.90tn is a third of the way up since 2018; beside 30tn of debt it is among the lowest.
    found = gauge(facts, "2025-12-02", "reserve_balances")
    assert (found.level.displayed, found.position) == (2_900_000_000_000, Position.VERY_LOW)
    assert found.change.value == 7_943_000_000  # 2,896,586 million after 2,888,643


def test_reverse_repo_is_ranked_since_it_has_been_a_cushion(facts: Facts) -> None:
    found = gauge(facts, "2025-12-02", "on_rrp_accepted")
    assert (found.since, found.position) == (date(2021, 4, 1), Position.VERY_LOW)


def test_the_week_in_which_runoff_ended(facts: Facts) -> None:
    found = facts("changes", "2025-12-02")
    assert found.before == date(2025, 11, 25)
    assert found.turned.phase is Phase.ENDED
    # SOFR 4.12 above 4.00 on 12-01; 3.96 on 11-24.
    assert found.turned.sofr_left_corridor
    assert found.balance_sheet.day == date(2025, 11, 26)
    assert found.balance_sheet.change.value == 7_943_000_000
    assert found.balance_sheet.rose
    assert found.statement is None
    assert found.revisions == ()


def test_reserves_cross_three_trillion_once(facts: Facts) -> None:
    """3.019tn in the week to 10-15, 2.933tn in that to 10-22, public on 10-23; 2.848tn next."""
    found = facts("changes", "2025-10-23").turned
    assert found.crossed.value == 3_000_000_000_000
    assert found.crossed_down
    assert facts("changes", "2025-10-30").turned.crossed is None


def test_the_record_is_news_only_in_its_week(facts: Facts) -> None:
    news = facts("changes", "2025-10-31").turned.srf
    assert (news.turn, news.amount.value) == (SrfTurn.RECORD, Decimal(50_350_000_000))
    assert facts("changes", "2025-11-11").turned.srf is None


@pytest.mark.parametrize(
    ("day", "turn"),
    [
        ("2024-09-30", SrfTurn.FIRST_USE),  # 2.6bn, after test bids alone
        ("2025-07-10", SrfTurn.IDLE_AGAIN),  # the record of 2025-06-30 has left the five days
        ("2025-11-28", SrfTurn.HIGH_DAY),
        ("2025-12-02", SrfTurn.HIGH_DAY),
        ("2024-03-07", None),
    ],
)
def test_what_is_new_of_the_facility(facts: Facts, day: str, turn: SrfTurn | None) -> None:
    news = facts("changes", day).turned.srf
    assert (news.turn if news else None) == turn


def test_each_week_with_another_headline_says_so(facts: Facts) -> None:
    for day, settled, binding in (
        ("2023-06-08", date(2023, 6, 3), None),
        ("2025-01-02", None, date(2025, 1, 2)),
        ("2025-07-10", date(2025, 7, 4), None),
    ):
        turned = facts("changes", day).turned
        assert turned.any
        assert (turned.debt_limit_settled, turned.debt_limit_in_force) == (settled, binding)
    # SOFR 4.49 and TGCR 4.45 over 4.40 on 12-31; 4.40 and 4.39 on 12-24.
    assert facts("changes", "2025-01-02").turned.rates_above
    # The slower pace is old news from 2024-08-01 on: nothing else has turned.
    assert facts("changes", "2024-08-01").turned.only_headline
    assert not facts("changes", "2024-03-07").turned.any


def test_after_a_quarter_end_reserves_swing_back(facts: Facts) -> None:
    # -143bn in the week to 2025-07-02, +104bn in that to 07-09.
    assert facts("changes", "2025-07-10").after_quarter_end
    assert not facts("changes", "2025-07-17").after_quarter_end


def test_the_balance_sheet_of_the_week_tells_its_assets(facts: Facts) -> None:
    found = facts("changes", "2023-03-16").assets
    assert (found.level.displayed, found.change.displayed) == (8_640_000_000_000, 297_000_000_000)
    assert found.rose


def test_pressure_turns_once(facts: Facts) -> None:
    """The twenty-day mean of SOFR less IORB passed zero on 2025-09-26."""
    turned = [facts("changes", day).turned for day in ("2025-09-25", "2025-09-30", "2025-10-07")]
    assert [t.pressure for t in turned] == [None, Pressure.ELEVATED, None]
    assert turned[1].pressure_rose


def test_views_of_the_week_stand_by_author(facts: Facts) -> None:
    added = facts("changes", "2025-12-02").views_added
    (goldman,) = [c for c in added if ("en", "Goldman Sachs") in c.who]
    assert goldman.kinds[0] is ViewKind.RESERVE_MANAGEMENT_PURCHASES
    assert (len(goldman.kinds), goldman.more) == (3, True)
    assert len(added) == 8
    assert all(len(change.kinds) == 1 and not change.more for change in added if change != goldman)
    assert facts("changes", "2025-12-05").views_withdrawn == ()


def test_without_a_week_before_nothing_is_compared(facts: Facts) -> None:
    first = facts("changes", "2021-08-02")
    assert first.before is None
    assert first.turned is None
    assert all(row.change is None for row in facts("dashboard", "2021-08-02").gauges)


def revised(known_at: datetime, value: float) -> Inputs:
    """The inputs of 12-02 with a revision of SOFR for 11-20 (4.00 in the bundle)."""
    inputs = inputs_as_of(date(2025, 12, 2))
    revision = Observation("sofr", date(2025, 11, 20), value, known_at)
    rows = (*bundled_observations(), revision)

    def seen(day: date) -> Dataset:
        releases = inputs.calendar.h41_releases
        return Dataset(rows, CATALOGUE, day, clock.end_of_day(day), releases)

    before = replace(inputs, data=seen(date(2025, 11, 25)), previous=None)
    return replace(inputs, data=seen(date(2025, 12, 2)), previous=before)


def test_a_revision_of_the_week_is_told_with_both_values() -> None:
    known_at = datetime(2025, 12, 1, 15, tzinfo=UTC)
    (found,) = changes.compute(revised(known_at, 4.25)).revisions
    old = inputs_as_of(date(2025, 12, 2)).data.value("sofr", date(2025, 11, 20))
    assert (found.series, found.day) == ("sofr", date(2025, 11, 20))
    assert float(found.old.value) == old
    assert found.new.value == Decimal("4.25")


def test_a_revision_that_last_week_saw_is_no_news() -> None:
    known_at = datetime(2025, 11, 24, 15, tzinfo=UTC)
    assert changes.compute(revised(known_at, 4.25)).revisions == ()
