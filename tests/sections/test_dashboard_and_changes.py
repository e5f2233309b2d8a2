"""The gauges and what changed in a week, against figures counted from the bundle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from reportgen import clock
from reportgen.analysis import gauges
from reportgen.analysis.gauges import Position, Reading
from reportgen.analysis.outlook import ViewKind
from reportgen.analysis.policy import Phase
from reportgen.model import Observation
from reportgen.sections.changes import facts as changes
from reportgen.sections.funding.facts import Pressure
from reportgen.sections.inputs import Inputs
from reportgen.sources.catalogue import CATALOGUE
from reportgen.store.dataset import Dataset
from tests.conftest import bundled_observations, inputs_as_of

Facts = Callable[[str, str], Any]


def gauge(facts: Facts, day: str, id: str) -> Any:
    (found,) = [g for g in facts("dashboard", day).gauges if g.id == id]
    return found


# id: level, change since the brief of 11-25, values below it and values in all since the first.
BY_HAND = {
    # 2,896,586 million; the week before 2,888,643.
    "reserve_balances": (2_896_586_000_000, 7_943_000_000, 142, 413),
    # 10.257bn after 10.600bn on 11-25.
    "srf_accepted": (10_257_000_000, -343_000_000, 1075, 1084),
    # 4.12 less 3.90 on 12-01, after 3.96 less 3.90 on 11-24; both rates since 2021-07-29.
    "sofr_spread": (22, 16, 1079, 1083),
}


@pytest.mark.parametrize("id", BY_HAND)
def test_gauges_of_december_2025(facts: Facts, id: str) -> None:
    level, change, below, values = BY_HAND[id]
    found = gauge(facts, "2025-12-02", id)
    assert found.level.value == level
    assert found.change.value == change
    assert float(found.share_below.value) == pytest.approx(100 * below / values, abs=1e-6)


def test_a_gauge_without_a_new_figure_has_no_change(facts: Facts) -> None:
    """The monthly statement for November came on 12-04."""
    assert gauge(facts, "2025-12-02", "bill_float").change is None
    assert gauge(facts, "2025-12-04", "bill_float").change is not None


def test_nine_gauges_each_in_its_history(facts: Facts) -> None:
    rows = facts("dashboard", "2025-12-02").gauges
    assert len(rows) == 9
    assert all(0 <= row.share_below.value <= 100 for row in rows)
    assert {row.since for row in rows} == {
        date(2018, 1, 2),
        date(2018, 1, 3),
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


def test_equal_values_do_not_lie_below() -> None:
    """Of 3, 1, 3, 2, 3 two lie below the last."""
    days = pd.date_range("2025-11-24", periods=5, freq="D")
    history = pd.Series([3.0, 1.0, 3.0, 2.0, 3.0], index=days)
    reading = gauges._reading((("sofr", days[-1].date()),), history)
    assert reading.share_below == 2 / 5


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
    assert facts("changes", "2025-10-31").turned.srf_record.value == Decimal(50_350_000_000)
    assert facts("changes", "2025-11-11").turned.srf_record is None


def test_pressure_turns_once(facts: Facts) -> None:
    """The twenty-day mean of SOFR less IORB passed zero on 2025-09-26."""
    turned = [facts("changes", day).turned for day in ("2025-09-25", "2025-09-30", "2025-10-07")]
    assert [t.pressure for t in turned] == [None, Pressure.ELEVATED, None]
    assert turned[1].pressure_rose


def test_views_of_the_week_stand_by_author(facts: Facts) -> None:
    added = facts("changes", "2025-12-02").views_added
    assert sum(len(change.kinds) for change in added) == 17
    (goldman,) = [c for c in added if ("en", "Goldman Sachs") in c.who]
    assert ViewKind.NET_BILL_ISSUANCE in goldman.kinds
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
