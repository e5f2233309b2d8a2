"""How a batch enters the store: new, unchanged, revised, stated, vintage; and its coverage."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from reportgen.model import Doubt, DoubtRule, Observation, Parsed
from reportgen.store.landing import Batch, Landed, Revision
from reportgen.store.observations import Coverage, Store

FRIDAY, MONDAY, TUESDAY = date(2025, 11, 28), date(2025, 12, 1), date(2025, 12, 2)
NOON = datetime(2025, 12, 3, 17, 0, tzinfo=UTC)
LATER = datetime(2025, 12, 4, 17, 0, tzinfo=UTC)
ANNOUNCED = datetime(2025, 11, 26, 16, 0, tzinfo=UTC)


@pytest.fixture
def store() -> Iterator[Store]:
    opened = Store("sqlite://")
    yield opened
    opened.close()


def batch(
    at: datetime = NOON,
    start: date = FRIDAY,
    end: date = TUESDAY,
    *,
    irregular: bool = False,
    vintages: bool = False,
    origin: str = "nyfed/1",
) -> Batch:
    return Batch("nyfed.sofr", origin, at, start, end, irregular, vintages)


def sofr(day: date, value: float, known_at: datetime | None = None) -> Observation:
    return Observation("sofr", day, value, known_at)


def rows_of(store: Store) -> list[tuple[date, float, datetime | None]]:
    return [(row.date, row.value, row.known_at) for row in store.observations()]


def test_a_first_value_is_new_and_known_by_the_rule(store: Store) -> None:
    landed = store.land(Parsed((sofr(MONDAY, 4.12), sofr(FRIDAY, 4.05))), batch())
    assert landed == Landed(new=2)
    assert rows_of(store) == [(FRIDAY, 4.05, None), (MONDAY, 4.12, None)]


def test_the_same_again_is_unchanged(store: Store) -> None:
    parsed = Parsed((sofr(FRIDAY, 4.05), sofr(MONDAY, 4.12)))
    store.land(parsed, batch())
    assert store.land(parsed, batch(LATER)) == Landed(unchanged=2)
    assert rows_of(store) == [(FRIDAY, 4.05, None), (MONDAY, 4.12, None)]


def test_a_changed_value_is_known_from_its_retrieval(store: Store) -> None:
    store.land(Parsed((sofr(MONDAY, 4.12),)), batch())
    landed = store.land(Parsed((sofr(MONDAY, 4.13), sofr(TUESDAY, 4.01))), batch(LATER))
    assert landed == Landed(new=1, revisions=(Revision("sofr", MONDAY, 4.12, 4.13),))
    assert rows_of(store) == [
        (MONDAY, 4.12, None),
        (MONDAY, 4.13, LATER),
        (TUESDAY, 4.01, None),
    ]


def test_a_value_that_returns_is_a_revision_too(store: Store) -> None:
    for value, at in ((4.12, NOON), (4.13, LATER), (4.12, LATER + timedelta(days=1))):
        store.land(Parsed((sofr(MONDAY, value),)), batch(at))
    assert [value for _, value, _ in rows_of(store)] == [4.12, 4.13, 4.12]


def test_revisions_of_one_second_or_of_a_clock_that_was_set_back_keep_their_order(
    store: Store,
) -> None:
    for value, at in ((4.12, NOON), (4.13, LATER), (4.14, LATER), (4.15, NOON)):
        store.land(Parsed((sofr(MONDAY, value),)), batch(at))
    second = timedelta(seconds=1)
    assert rows_of(store) == [
        (MONDAY, 4.12, None),
        (MONDAY, 4.13, LATER),
        (MONDAY, 4.14, LATER + second),
        (MONDAY, 4.15, LATER + 2 * second),
    ]


@pytest.mark.parametrize(
    ("first", "second", "revised"),
    [
        (4.12, 4.12 * (1 + 1e-13), False),  # the last bits of a float
        (4.12, 4.1200001, True),
        (6_552_419e6, 6_552_419e6 + 1e-3, False),
        (6_552_419e6, 6_552_420e6, True),
        (0.0, 1e-10, False),
        (0.0, 1.0, True),
    ],
)
def test_only_what_a_reader_could_see_is_a_revision(
    store: Store, first: float, second: float, revised: bool
) -> None:
    store.land(Parsed((sofr(MONDAY, first),)), batch())
    landed = store.land(Parsed((sofr(MONDAY, second),)), batch(LATER))
    assert bool(landed.revisions) is revised


def test_a_stated_time_of_knowledge_holds(store: Store) -> None:
    assert store.land(Parsed((sofr(MONDAY, 90e9, ANNOUNCED),)), batch()) == Landed(new=1)
    # The same announcement again, and then a corrected amount stated for the same time.
    assert store.land(Parsed((sofr(MONDAY, 90e9, ANNOUNCED),)), batch()).unchanged == 1
    store.land(Parsed((sofr(MONDAY, 95e9, ANNOUNCED),)), batch(LATER))
    hour = timedelta(hours=1)
    store.land(Parsed((sofr(MONDAY, 99e9, LATER + hour),)), batch(LATER))
    assert rows_of(store) == [
        (MONDAY, 90e9, ANNOUNCED),
        (MONDAY, 95e9, LATER),
        (MONDAY, 99e9, LATER + hour),
    ]


RELEASE = datetime(2025, 12, 4, 21, 30, tzinfo=UTC)
CORRECTION = datetime(2025, 12, 11, 21, 30, tzinfo=UTC)


def test_vintages_go_before_what_was_known_by_rule_and_revise_nothing(store: Store) -> None:
    # Pulled after the correction: by rule the corrected value counts as known from the start.
    store.land(Parsed((sofr(MONDAY, 2.0),)), batch(CORRECTION))
    history = Parsed((sofr(MONDAY, 2.0, CORRECTION), sofr(MONDAY, 1.0, RELEASE)))
    assert store.land(history, batch(CORRECTION, vintages=True)) == Landed(new=2)
    expected = [(MONDAY, 2.0, None), (MONDAY, 1.0, RELEASE), (MONDAY, 2.0, CORRECTION)]
    assert rows_of(store) == expected
    assert store.land(history, batch(CORRECTION, vintages=True)) == Landed(unchanged=2)
    assert rows_of(store) == expected


def test_a_vintage_that_repeats_the_one_before_is_no_news(store: Store) -> None:
    history = (sofr(MONDAY, 1.0, RELEASE), sofr(MONDAY, 1.0, CORRECTION))
    assert store.land(Parsed(history), batch(vintages=True)) == Landed(new=1, unchanged=1)
    assert rows_of(store) == [(MONDAY, 1.0, RELEASE)]


def test_a_release_that_lands_late_takes_its_place(store: Store) -> None:
    for value, at in ((3.0, CORRECTION), (1.0, RELEASE), (2.0, RELEASE + timedelta(days=1))):
        store.land(Parsed((sofr(MONDAY, value, at),)), batch(vintages=True))
    assert [(value, at) for _, value, at in rows_of(store)] == [
        (1.0, RELEASE),
        (2.0, RELEASE + timedelta(days=1)),
        (3.0, CORRECTION),
    ]


def test_vintages_about_one_that_is_there_are_compared_in_the_order_of_time(store: Store) -> None:
    days = [RELEASE + timedelta(days=n) for n in range(3)]
    store.land(Parsed((sofr(MONDAY, 2.0, days[1]),)), batch(vintages=True))
    around = Parsed((sofr(MONDAY, 1.0, days[0]), sofr(MONDAY, 1.0, days[2])))
    assert store.land(around, batch(vintages=True)).new == 2
    assert [(value, at) for _, value, at in rows_of(store)] == [
        (value, at) for value, at in zip((1.0, 2.0, 1.0), days, strict=True)
    ]


def test_a_vintage_says_when_a_value_known_by_rule_was_known(store: Store) -> None:
    store.land(Parsed((sofr(MONDAY, 1.0),)), batch())
    store.land(Parsed((sofr(MONDAY, 1.0, RELEASE),)), batch(vintages=True))
    assert rows_of(store) == [(MONDAY, 1.0, None), (MONDAY, 1.0, RELEASE)]


def test_what_the_feed_says_after_a_vintage_is_compared_with_the_vintage(store: Store) -> None:
    store.land(Parsed((sofr(MONDAY, 1.0, RELEASE),)), batch(vintages=True))
    assert store.land(Parsed((sofr(MONDAY, 1.0),)), batch(CORRECTION)) == Landed(unchanged=1)
    landed = store.land(Parsed((sofr(MONDAY, 2.0),)), batch(CORRECTION))
    assert landed.revisions == (Revision("sofr", MONDAY, 1.0, 2.0),)


def test_a_doubtful_value_of_a_batch_does_not_land(store: Store) -> None:
    doubt = Doubt("sofr", MONDAY, DoubtRule.RANGE, "too high", 412.0)
    landed = store.land(Parsed((sofr(FRIDAY, 4.05), sofr(MONDAY, 412.0)), (doubt,)), batch())
    assert landed == Landed(new=1, doubts=(doubt,))
    assert rows_of(store) == [(FRIDAY, 4.05, None)]
    assert store.quarantine() == (doubt,)


@pytest.mark.parametrize(
    ("days", "told", "through"),
    [
        ((FRIDAY, MONDAY), batch(), MONDAY),  # Tuesday has not come yet
        ((FRIDAY, TUESDAY), batch(), TUESDAY),
        ((), batch(), FRIDAY),  # nothing new: the window stays open
        ((FRIDAY,), batch(irregular=True), TUESDAY),  # no auction is no gap
        ((), batch(irregular=True), TUESDAY),
        ((FRIDAY,), batch(vintages=True), TUESDAY),
        # What is announced for the days ahead is not covered, nor a day the retrieval has not seen.
        ((date(2025, 12, 15),), batch(end=date(2025, 12, 20)), NOON.date()),
        ((FRIDAY,), batch(end=date(2025, 12, 20), irregular=True), NOON.date()),
    ],
)
def test_how_far_a_feed_is_covered(
    store: Store, days: tuple[date, ...], told: Batch, through: date
) -> None:
    store.land(Parsed(tuple(sofr(day, 4.12) for day in days)), told)
    assert store.coverage() == {"nyfed.sofr": Coverage(through, NOON)}


def test_a_doubtful_last_day_is_not_covered(store: Store) -> None:
    doubt = Doubt("sofr", TUESDAY, DoubtRule.RANGE, "too high", 412.0)
    store.land(Parsed((sofr(FRIDAY, 4.05),), (doubt,)), batch())
    assert store.coverage()["nyfed.sofr"].through == FRIDAY


def test_landing_again_replaces_what_came_from_the_same_responses(store: Store) -> None:
    store.add([sofr(FRIDAY, 4.05)], "bundle:1")
    store.land(Parsed((sofr(MONDAY, 412.0),)), batch(origin="nyfed/1"))
    store.land(Parsed((sofr(TUESDAY, 4.01),)), batch(origin="elsewhere/2"))
    landed = store.land_again(
        [(Parsed((sofr(FRIDAY, 4.05), sofr(MONDAY, 4.12))), batch(origin="nyfed/1"))], ["nyfed/1"]
    )
    assert landed == {"nyfed.sofr": Landed(new=1, unchanged=1)}
    assert rows_of(store) == [(FRIDAY, 4.05, None), (MONDAY, 4.12, None), (TUESDAY, 4.01, None)]


def test_outcomes_add_up() -> None:
    revision = Revision("sofr", MONDAY, 1.0, 2.0)
    doubt = Doubt("sofr", MONDAY, DoubtRule.GAP, "none", None)
    total = Landed(1, 2, (revision,)) + Landed(10, 20, (), (doubt,))
    assert total == Landed(11, 22, (revision,), (doubt,))
