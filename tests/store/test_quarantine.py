"""Values that are held back: out of every brief, until a good value comes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from reportgen import clock
from reportgen.model import Doubt, DoubtRule, Observation, Parsed
from reportgen.pull.run import BOUNDS
from reportgen.sources.catalogue import CATALOGUE, CHECKS
from reportgen.store import validation
from reportgen.store.dataset import Dataset
from reportgen.store.landing import REASON_LENGTH, Batch, Landed
from reportgen.store.observations import Store

FRIDAY, MONDAY, TUESDAY = date(2025, 11, 28), date(2025, 12, 1), date(2025, 12, 2)
NOON = datetime(2025, 12, 3, 17, 0, tzinfo=UTC)
SERIES = {series.id: series for series in CATALOGUE}


@pytest.fixture
def store() -> Iterator[Store]:
    opened = Store("sqlite://")
    yield opened
    opened.close()


def land(store: Store, *values: Observation, doubts: tuple[Doubt, ...] = ()) -> Landed:
    parsed = validation.within_bounds(Parsed(values, doubts), BOUNDS, date.max)
    return store.land(parsed, Batch("a.feed", "a/1", NOON, FRIDAY, TUESDAY))


def judged(store: Store) -> tuple[Doubt, ...]:
    return store.judge(CHECKS, SERIES)


def brief_data(store: Store, as_of: date = date(2025, 12, 3)) -> Dataset:
    cutoff = clock.end_of_day(as_of)
    return Dataset(store.observations(), CATALOGUE, as_of, cutoff, {}, store.quarantine())


def sofr(day: date, value: float) -> Observation:
    return Observation("sofr", day, value)


def shown(store: Store, series_id: str = "sofr") -> dict[str, float]:
    found = brief_data(store).series(series_id).to_dict()
    return {f"{stamp:%F}": value for stamp, value in found.items()}


def test_an_impossible_value_reaches_no_brief_and_is_told(store: Store) -> None:
    land(store, sofr(FRIDAY, 4.12), sofr(MONDAY, 412.0))
    assert shown(store) == {"2025-11-28": 4.12}
    (doubt,) = store.quarantine()
    assert (doubt.series, doubt.date, doubt.rule, doubt.value) == (
        "sofr",
        MONDAY,
        DoubtRule.RANGE,
        412.0,
    )
    assert brief_data(store).withheld == (doubt,)


@pytest.mark.parametrize("rule", [DoubtRule.RANGE, DoubtRule.UNIT, DoubtRule.IDENTITY])
def test_a_good_value_settles_a_doubt(store: Store, rule: DoubtRule) -> None:
    doubt = Doubt("sofr", MONDAY, rule, "odd", 412.0)
    land(store, sofr(TUESDAY, 4.01), doubts=(doubt,))
    # A value of another day, or of another series, settles nothing.
    land(store, sofr(FRIDAY, 4.05), Observation("tgcr", MONDAY, 4.07))
    assert store.quarantine() == (doubt,)
    land(store, sofr(MONDAY, 4.12))
    assert store.quarantine() == ()
    assert shown(store) == {"2025-11-28": 4.05, "2025-12-01": 4.12, "2025-12-02": 4.01}


def test_a_doubtful_value_that_never_landed_leaves_the_older_good_one(store: Store) -> None:
    land(store, sofr(MONDAY, 4.12))
    land(store, sofr(MONDAY, 412.0))
    assert shown(store) == {"2025-12-01": 4.12}
    assert len(store.quarantine()) == 1
    assert brief_data(store).withheld == ()


def test_a_doubt_after_the_day_of_the_brief_is_none_of_it(store: Store) -> None:
    land(store, sofr(TUESDAY, 412.0))
    assert brief_data(store, MONDAY).withheld == ()
    assert len(brief_data(store, TUESDAY).withheld) == 1


def test_a_newer_doubt_takes_the_place_of_the_one_before(store: Store) -> None:
    land(store, sofr(MONDAY, 412.0))
    land(store, sofr(MONDAY, 413.0))
    assert [doubt.value for doubt in store.quarantine()] == [413.0]


def test_a_long_reason_is_cut(store: Store) -> None:
    land(store, doubts=(Doubt("sofr", MONDAY, DoubtRule.UNIT, "x" * 600, 1.0),))
    assert [len(doubt.reason) for doubt in store.quarantine()] == [REASON_LENGTH]


def test_a_figure_the_other_provider_contradicts_is_taken_out_of_the_brief(store: Store) -> None:
    land(store, sofr(FRIDAY, 4.12), sofr(MONDAY, 4.12), Observation("sofr@fred", MONDAY, 4.13))
    (found,) = judged(store)
    assert (found.series, found.date, found.rule) == ("sofr", MONDAY, DoubtRule.DISAGREEMENT)
    assert store.quarantine() == (found,)
    assert shown(store) == {"2025-11-28": 4.12}
    assert brief_data(store).withheld == (found,)
    # The same value again does not settle it; the two must agree.
    land(store, sofr(MONDAY, 4.12))
    assert store.quarantine() == (found,)


def test_a_revision_by_either_provider_ends_the_disagreement(store: Store) -> None:
    land(store, sofr(MONDAY, 4.12), Observation("sofr@fred", MONDAY, 4.13))
    assert len(judged(store)) == 1
    land(store, Observation("sofr@fred", MONDAY, 4.12))
    assert judged(store) == ()
    assert store.quarantine() == ()
    assert shown(store) == {"2025-12-01": 4.12}


def test_a_gap_is_told_until_it_is_filled(store: Store) -> None:
    land(store, sofr(FRIDAY, 4.12), sofr(TUESDAY, 4.01))
    (gap,) = judged(store)
    assert (gap.series, gap.date, gap.rule, gap.value) == ("sofr", MONDAY, DoubtRule.GAP, None)
    # Nothing is missing from the brief by it but the day itself.
    assert shown(store) == {"2025-11-28": 4.12, "2025-12-02": 4.01}
    assert brief_data(store).withheld == ()
    land(store, sofr(MONDAY, 4.12))
    assert judged(store) == ()
    assert store.quarantine() == ()


def test_a_value_that_is_held_back_stays_so_and_is_no_gap(store: Store) -> None:
    """What an operator must see is the impossible value, not that a day has none."""
    land(store, sofr(FRIDAY, 4.12), sofr(MONDAY, 412.0), sofr(TUESDAY, 4.01))
    before = store.quarantine()
    assert judged(store) == ()
    assert store.quarantine() == before
    assert [doubt.rule for doubt in brief_data(store).withheld] == [DoubtRule.RANGE]


def test_days_beside_one_that_is_held_back_are_a_gap(store: Store) -> None:
    land(store, sofr(FRIDAY, 4.12), sofr(MONDAY, 412.0), sofr(date(2025, 12, 3), 4.01))
    (gap,) = judged(store)
    assert (gap.date, gap.rule) == (TUESDAY, DoubtRule.GAP)
    assert [doubt.rule for doubt in store.quarantine()] == [DoubtRule.RANGE, DoubtRule.GAP]


def test_a_judgement_leaves_doubts_of_responses_alone(store: Store) -> None:
    land(store, sofr(MONDAY, 412.0))
    before = store.quarantine()
    assert judged(store) == ()
    assert store.quarantine() == before
