"""When the next value of a series is promised, and how its state follows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen import status
from reportgen.clock import NEW_YORK
from reportgen.errors import DataError
from reportgen.model import Doubt, DoubtRule, Frequency, Observation, Series
from reportgen.sources.catalogue import CATALOGUE, series_of
from reportgen.status import State
from reportgen.store.dataset import Dataset
from reportgen.store.publication import due_date, is_late, next_due_at

RELEASES = {date(2020, 12, 23): date(2020, 12, 28)}
RUNNING = [s for s in CATALOGUE if s.ended is None and s.frequency is not Frequency.IRREGULAR]


def new_york(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=NEW_YORK).astimezone(UTC)


@pytest.mark.parametrize(
    ("series_id", "last", "promised"),
    [
        # The rate of Monday comes on Tuesday 15:00, that of Friday on Monday.
        ("sofr", "2025-11-28", "2025-12-02 15:00"),
        ("sofr", "2025-12-01", "2025-12-03 15:00"),
        ("sofr", "2025-12-04", "2025-12-08 15:00"),
        ("effr", "2025-12-01", "2025-12-03 09:00"),
        # After Wednesday 26 comes Friday 28, out on Monday.
        ("sofr", "2025-11-26", "2025-12-01 15:00"),
        # Good Friday has EFFR but no SOFR.
        ("effr", "2025-04-17", "2025-04-21 09:00"),
        ("sofr", "2025-04-17", "2025-04-22 15:00"),
        # Operations on the day itself.
        ("srf_accepted", "2025-12-01", "2025-12-02 13:50"),
        ("on_rrp_accepted", "2025-11-26", "2025-11-28 13:20"),
        ("tga_close", "2025-11-26", "2025-12-01 16:00"),  # Friday's, on Monday
        # H.4.1 and holdings, also of a week that ended on Tuesday.
        ("total_assets", "2025-11-26", "2025-12-04 16:30"),
        ("total_assets", "2025-11-19", "2025-11-28 16:30"),
        ("total_assets", "2020-12-16", "2020-12-28 16:30"),
        ("soma_total", "2024-12-24", "2024-12-26 16:30"),
        ("soma_total", "2024-12-25", "2025-01-02 16:30"),
        # The statement on the fourth business day.
        ("bills_outstanding", "2025-10-31", "2025-12-04 15:00"),
        ("bills_outstanding", "2025-11-30", "2026-01-07 15:00"),  # 2, 5, 6, 7
        ("bills_outstanding", "2024-01-31", "2024-03-06 15:00"),  # of February 29: 1, 4, 5, 6
        # A rate holds from midnight, whenever it was announced.
        ("iorb", "2025-12-02", "2025-12-03 00:00"),
    ],
)
def test_the_next_value_is_promised_for(series_id: str, last: str, promised: str) -> None:
    found = next_due_at(series_of(series_id), date.fromisoformat(last), RELEASES)
    assert found == new_york(promised)


@pytest.mark.parametrize(
    ("series_id", "last"),
    [
        ("sofr", None),
        ("temporary_repo_accepted", "2021-07-28"),
        ("bill_auctions_offered", "2025-12-01"),
        ("bill_purchases", "2025-12-01"),
    ],
)
def test_nothing_is_promised_without_a_rule_or_a_value(series_id: str, last: str | None) -> None:
    day = date.fromisoformat(last) if last else None
    assert next_due_at(series_of(series_id), day, RELEASES) is None


@settings(deadline=None, max_examples=150)
@given(
    series=st.sampled_from(RUNNING),
    cutoff=st.datetimes(datetime(2021, 8, 2), datetime(2026, 12, 31), timezones=st.just(UTC)),
)
def test_a_series_is_late_from_the_instant_its_next_value_is_promised(
    series: Series, cutoff: datetime
) -> None:
    last = due_date(series, cutoff, {})
    assert last is not None
    promised = next_due_at(series, last, {})
    assert promised is not None
    assert promised > cutoff
    for instant, late in ((promised, True), (promised - timedelta(seconds=1), False)):
        assert is_late(series, last, due_date(series, instant, {})) is late


def state_of(
    series_id: str, last: str | None, now: str, doubts: Sequence[Doubt] = ()
) -> status.SeriesRow:
    """The row of one series that has a value for each of the days up to its last."""
    cutoff = new_york(now)
    rows = [Observation(series_id, date.fromisoformat(last), 4.0)] if last else []
    as_of = cutoff.astimezone(NEW_YORK).date()
    data = Dataset(rows, [series_of(series_id)], as_of, cutoff, RELEASES, doubts)
    (row,) = status.rows(data, doubts)
    return row


@pytest.mark.parametrize(
    ("series_id", "last", "now", "state"),
    [
        # SOFR of December 1 comes on Tuesday at 15:00.
        ("sofr", "2025-12-01", "2025-12-02 16:00", State.FRESH),
        ("sofr", "2025-11-28", "2025-12-02 09:00", State.DUE),
        ("sofr", "2025-11-28", "2025-12-02 14:59", State.DUE),
        ("sofr", "2025-11-28", "2025-12-02 15:00", State.LATE),
        # On Sunday nothing is due; on Monday the Friday is.
        ("sofr", "2025-12-04", "2025-12-07 12:00", State.FRESH),
        ("sofr", "2025-12-04", "2025-12-08 08:00", State.DUE),
        ("total_assets", "2025-11-26", "2025-12-03 23:00", State.FRESH),
        ("total_assets", "2025-11-26", "2025-12-04 08:00", State.DUE),
        ("total_assets", "2025-11-26", "2025-12-04 16:30", State.LATE),
        ("bills_outstanding", "2025-10-31", "2025-12-03 12:00", State.FRESH),
        ("bills_outstanding", "2025-10-31", "2025-12-04 12:00", State.DUE),
        ("bills_outstanding", "2025-10-31", "2025-12-05 12:00", State.LATE),
        ("iorb", "2025-12-02", "2025-12-02 12:00", State.FRESH),
        ("iorb", "2025-12-02", "2025-12-03 00:00", State.LATE),
        ("temporary_repo_accepted", "2021-07-28", "2025-12-02 12:00", State.ENDED),
        ("bill_auctions_offered", "2025-06-02", "2025-12-02 12:00", State.FRESH),
        ("sofr", None, "2025-12-02 12:00", State.EMPTY),
        ("bill_auctions_offered", None, "2025-12-02 12:00", State.EMPTY),
    ],
)
def test_the_state_of_a_series(series_id: str, last: str | None, now: str, state: State) -> None:
    row = state_of(series_id, last, now)
    assert row.state is state
    assert row.last == (date.fromisoformat(last) if last else None)


def doubt(day: str, rule: DoubtRule = DoubtRule.RANGE) -> Doubt:
    return Doubt("sofr", date.fromisoformat(day), rule, "odd", 412.0)


@pytest.mark.parametrize(
    ("held", "state"),
    [
        (doubt("2025-12-01"), State.QUARANTINED),
        # Ninety-two days back is a quarter, which the brief shows day by day.
        (doubt("2025-09-01"), State.QUARANTINED),
        (doubt("2025-08-31"), State.FRESH),
        (doubt("2025-12-01", DoubtRule.GAP), State.FRESH),
        (doubt("2025-12-01", DoubtRule.DISAGREEMENT), State.QUARANTINED),
    ],
)
def test_what_is_held_back_shows_for_a_season(held: Doubt, state: State) -> None:
    row = state_of("sofr", "2025-12-01", "2025-12-02 16:00", [held])
    assert row.state is state
    assert row.doubts == (held,)


def test_a_row_tells_when_the_last_value_came_and_the_next_one_does() -> None:
    row = state_of("sofr", "2025-12-01", "2025-12-02 16:00", [])
    assert row.published_at == new_york("2025-12-02 15:00")
    assert row.next_due_at == new_york("2025-12-03 15:00")


@pytest.mark.parametrize(
    ("series_id", "last", "held", "told"),
    [
        ("sofr", "2025-11-28", None, "sofr (late)"),
        ("sofr", None, None, "sofr (empty)"),
        ("sofr", "2025-11-28", doubt("2025-12-01"), "sofr (quarantined)"),
        ("sofr", None, doubt("2025-12-01"), "sofr (quarantined)"),
        # An older value that is held back lacks in the brief, but the last one is there.
        ("sofr", "2025-12-01", doubt("2025-11-20"), None),
        ("sofr", "2025-12-01", None, None),
        ("bgcr", "2025-11-28", None, None),  # not required
    ],
)
def test_required_series_must_be_on_time(
    series_id: str, last: str | None, held: Doubt | None, told: str | None
) -> None:
    row = state_of(series_id, last, "2025-12-02 16:00", [held] if held else [])
    if told is None:
        status.require_on_time([row])
        return
    with pytest.raises(DataError) as caught:
        status.require_on_time([row])
    assert told in caught.value.what
    assert caught.value.exit_code == 3
