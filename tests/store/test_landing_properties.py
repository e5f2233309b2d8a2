"""Whatever lands in whatever portions: the last value seen holds, and nothing is ever lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportgen.model import Observation, Parsed
from reportgen.sources.catalogue import CATALOGUE, series_of
from reportgen.store.dataset import Dataset
from reportgen.store.landing import Batch
from reportgen.store.observations import Store
from reportgen.store.publication import published_at

FIRST = date(2025, 12, 1)
START = datetime(2025, 12, 1, 12, 0, tzinfo=UTC)
SERIES = ("sofr", "tgcr")

Seen = tuple[str, date, float]
Row = tuple[str, date, datetime | None, float]

few = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])

seen = st.tuples(
    st.sampled_from(SERIES),
    st.integers(0, 4).map(lambda n: FIRST + timedelta(days=n)),
    st.sampled_from([3.9, 4.0, 4.1]),
)
# Each response tells a day once; hours between them may be none.
response = st.lists(seen, max_size=8, unique_by=lambda s: s[:2])
responses = st.lists(st.tuples(response, st.integers(0, 60)), max_size=8)


@contextmanager
def empty_store() -> Iterator[Store]:
    store = Store("sqlite://")
    try:
        yield store
    finally:
        store.close()


def land(store: Store, values: list[Seen], at: datetime, *, vintages: bool = False) -> None:
    known_at = at if vintages else None
    parsed = Parsed(tuple(Observation(*value, known_at) for value in values))
    end = FIRST + timedelta(days=4)
    store.land(parsed, Batch("a.feed", "a/1", at, FIRST, end, vintages=vintages))


def rows_of(store: Store) -> list[Row]:
    return [(row.series, row.date, row.known_at, row.value) for row in store.observations()]


def newest(rows: list[Row]) -> dict[tuple[str, date], float]:
    return {(series, day): value for series, day, _, value in rows}


@few
@given(history=responses)
def test_the_last_value_seen_is_the_newest_and_the_store_only_grows(
    history: list[tuple[list[Seen], int]],
) -> None:
    last: dict[tuple[str, date], float] = {}
    at = START
    with empty_store() as store:
        before: list[Row] = []
        for values, hours in history:
            at += timedelta(hours=hours)
            land(store, values, at)
            last |= {(series, day): value for series, day, value in values}
            after = rows_of(store)
            assert set(before) <= set(after)
            assert newest(after) == last
            before = after
            land(store, values, at)
            assert rows_of(store) == before


@few
@given(history=responses, cuts=st.lists(st.integers(0, 8), min_size=8, max_size=8))
def test_a_response_in_portions_lands_like_the_whole(
    history: list[tuple[list[Seen], int]], cuts: list[int]
) -> None:
    with empty_store() as whole, empty_store() as parts:
        at = START
        for (values, hours), cut in zip(history, cuts, strict=False):
            at += timedelta(hours=hours)
            land(whole, values, at)
            land(parts, values[cut:], at)
            land(parts, values[:cut], at)
        assert rows_of(whole) == rows_of(parts)


@few
@given(history=responses, hours=st.integers(-24, 400))
def test_no_value_is_shown_before_it_is_known(
    history: list[tuple[list[Seen], int]], hours: int
) -> None:
    told: dict[tuple[str, date], list[tuple[datetime, float]]] = {}
    at = START
    with empty_store() as store:
        for values, waited in history:
            at += timedelta(hours=waited)
            land(store, values, at)
            for series, day, value in values:
                of_day = told.setdefault((series, day), [])
                by_rule = published_at(series_of(series), day, {})
                of_day.append((at if of_day else by_rule, value))
        cutoff = START + timedelta(hours=hours)
        data = Dataset(store.observations(), CATALOGUE, cutoff.date(), cutoff, {})
    for (series, day), of_day in told.items():
        possible = {value for known_at, value in of_day if known_at <= cutoff}
        shown = data.series(series).to_dict()
        assert {value for stamp, value in shown.items() if stamp.date() == day} <= possible


@few
@given(
    values=st.lists(st.sampled_from([1.0, 2.0]), min_size=5, max_size=5),
    again=st.lists(st.integers(0, 4), max_size=3),
    cutoff=st.integers(-1, 5),
)
def test_vintages_tell_what_each_release_said(
    values: list[float], again: list[int], cutoff: int
) -> None:
    def instant(number: int) -> datetime:
        return START + timedelta(weeks=number)

    with empty_store() as store:
        for number in [*range(5), *again]:
            land(store, [("sofr", FIRST, values[number])], instant(number), vintages=True)
        moment = instant(cutoff)
        data = Dataset(store.observations(), CATALOGUE, moment.date(), moment, {})
    expected = [] if cutoff < 0 else [values[min(cutoff, 4)]]
    assert list(data.series("sofr")) == expected
