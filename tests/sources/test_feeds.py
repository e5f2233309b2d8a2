"""Feeds, checks and bounds of the catalogue fit together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import pytest

from reportgen.model import Observation, Release, Series
from reportgen.pull.run import BOUNDS
from reportgen.sources.catalogue import (
    CATALOGUE,
    CHECKS,
    FEEDS,
    SOURCES,
    VINTAGE_FEEDS,
    feed_of,
    series_of,
)
from reportgen.sources.feed import Feed, Portion
from reportgen.sources.fred.observations import H41_SERIES, FredSeries
from reportgen.sources.fred.series import H41
from tests.conftest import bundled_observations
from tests.sources.recorded import request_of

IDS = {series.id for series in CATALOGUE}
LESSER = {check.against for check in CHECKS} | {check.unsettled for check in CHECKS} - {""}

each_feed = pytest.mark.parametrize("feed", [*FEEDS, *VINTAGE_FEEDS], ids=lambda feed: feed.id)
each_series = pytest.mark.parametrize("series", CATALOGUE, ids=lambda series: series.id)


def test_every_series_comes_by_exactly_one_feed() -> None:
    brought = Counter(id for feed in FEEDS for id in feed.series)
    assert {id for id in brought if "@" not in id} == IDS
    assert set(brought.values()) == {1}
    for id in brought:
        assert id in feed_of(id).series


def test_what_is_no_series_of_the_catalogue_serves_a_check() -> None:
    assert {id for feed in FEEDS for id in feed.series} - IDS == LESSER - IDS


def test_every_check_refers_to_what_is_pulled() -> None:
    brought = {id for feed in FEEDS for id in feed.series}
    assert CHECKS
    for check in CHECKS:
        assert check.series in IDS
        assert check.against in brought
        assert check.unsettled in brought | {""}
        assert check.series != check.against
        assert feed_of(check.series).source != feed_of(check.against).source
        assert check.tolerance > 0


def test_the_names_of_feeds_are_unique_and_begin_with_who_answers() -> None:
    feeds = (*FEEDS, *VINTAGE_FEEDS)
    assert len({feed.id for feed in feeds}) == len(feeds)
    assert {feed.source for feed in feeds} == {source.id for source in SOURCES}
    for feed in feeds:
        assert feed.id.split(".")[0] in (feed.source, "alfred")


@each_feed
def test_a_request_asks_for_its_window_over_https(feed: Feed) -> None:
    request = request_of(feed, start="2025-11-01", end="2025-12-02")
    assert request.feed == feed.id
    assert (request.start, request.end) == (date(2025, 11, 1), date(2025, 12, 2))
    assert request.url.startswith("https://")
    # Of holdings the whole history is asked for; the service takes no dates.
    dated = "2025-11-01" in request.shown and "2025-12-02" in request.shown
    assert dated is (feed.portion is not Portion.WHOLE)
    assert request.secret is None


@each_feed
def test_revised_values_are_asked_for_again(feed: Feed) -> None:
    assert feed.revised_days >= 10
    assert feed.first == date(2018, 1, 1)
    assert feed.vintages is (feed in VINTAGE_FEEDS)


@each_series
def test_a_feed_may_be_irregular_only_where_values_are(series: Series) -> None:
    stated = series.rule.release is Release.STATED
    assert feed_of(series.id).irregular is (stated or series.id == "bill_purchases")


def of_series(series_id: str) -> list[float]:
    rows: Iterable[Observation] = bundled_observations()
    return [row.value for row in rows if row.series == series_id]


@each_series
def test_bounds_hold_the_history_with_room(series: Series) -> None:
    assert series.least < series.most
    found = of_series(series.id)
    if found:
        # Half as much below, unless zero or less is possible; two fifths above.
        assert series.least <= min(found)
        assert series.least <= 0 or series.least * 1.5 <= min(found)
        assert max(found) * 1.4 <= series.most


@pytest.mark.parametrize("series", H41, ids=lambda series: series.id)
def test_the_unit_of_h41_is_told_from_the_magnitude(series: Series) -> None:
    assert 0 < series.least < series.most < series.least * 1000
    fred: FredSeries
    (fred,) = [fred for fred in H41_SERIES if fred.series == series.id]
    for value in (Decimal(series.least), Decimal(series.most), *map(Decimal, of_series(series.id))):
        assert fred.scale_of(value / 10**6) == 10**6
        assert fred.scale_of(value / 10**9) == 10**9
    for outside in (series.least / 1001, series.most * 1001):
        assert fred.scale_of(Decimal(outside) / 10**6) is None


def test_copies_and_exercises_are_bound_like_their_originals() -> None:
    assert set(BOUNDS) == IDS | LESSER
    for check in CHECKS:
        if "@" in check.against:
            assert BOUNDS[check.against] is series_of(check.series)
