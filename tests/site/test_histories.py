"""Histories against values of the bundle, and the gate that holds a brief to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from reportgen import clock
from reportgen.analysis import histories as reading
from reportgen.briefing import histories_of
from reportgen.errors import CheckError
from reportgen.model import Freshness, Histories, History
from reportgen.site import agreement
from reportgen.site.told import CitingBrief, Told
from reportgen.sources.catalogue import CATALOGUE
from reportgen.store.dataset import Dataset
from tests.conftest import brief_as_of, bundled_observations, dataset_as_of

AS_OF = date(2025, 12, 2)


def of(series_id: str, day: date = AS_OF) -> History:
    (found,) = [h for h in reading.read(dataset_as_of(day)) if h.series.id == series_id]
    return found


def test_sofr_on_the_second_of_december() -> None:
    sofr = of("sofr")
    assert (sofr.first, sofr.last) == (date(2018, 4, 3), date(2025, 12, 1))
    assert len(sofr.dates) == len(sofr.values) == 1914
    assert sofr.value_on(date(2025, 12, 1)) == 4.12
    assert sofr.value_on(date(2018, 4, 3)) == 1.83
    assert (sofr.due, sofr.late, sofr.freshness) == (date(2025, 12, 1), False, Freshness.CURRENT)
    # 15:00 in New York, five hours behind.
    assert sofr.published_at == datetime(2025, 12, 2, 20, tzinfo=UTC)
    assert sofr.next_due_at == datetime(2025, 12, 3, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    "day",
    [date(2025, 11, 27), date(2025, 11, 30), date(2018, 4, 2), date(2025, 12, 2)],
    ids=["holiday", "weekend", "before", "after"],
)
def test_a_day_without_a_value_has_none(day: date) -> None:
    assert of("sofr").value_on(day) is None


def test_nothing_later_leaks_in() -> None:
    """The balance sheet of 3 December came on the 4th."""
    assert of("total_assets", date(2025, 12, 3)).last == date(2025, 11, 26)
    assert of("total_assets", date(2025, 12, 4)).last == date(2025, 12, 3)


def test_a_series_that_ended_and_one_that_never_came() -> None:
    temporary = of("temporary_repo_accepted")
    assert temporary.freshness is Freshness.ENDED
    assert (temporary.last, temporary.next_due_at) == (date(2021, 7, 28), None)
    known = {history.series.id for history in reading.read(dataset_as_of(AS_OF))}
    assert "sofr_p99" not in known


def test_a_late_series_says_what_was_due() -> None:
    rows = [
        row for row in bundled_observations()
        if (row.series, row.date) != ("sofr", date(2025, 12, 1))
    ]  # fmt: skip
    data = Dataset(rows, CATALOGUE, AS_OF, clock.end_of_day(AS_OF), {})
    (sofr,) = [history for history in reading.read(data) if history.series.id == "sofr"]
    assert (sofr.freshness, sofr.last) == (Freshness.LATE, date(2025, 11, 28))
    assert sofr.due == date(2025, 12, 1)


# The newest level by hand. 4.12 - 3.90; 4.07 - 3.90; 3.89 - 3.90; 6,593,194,185,500 of bills at the
# end of October less 195,492,926,700 that SOMA held on the 29th, the last Wednesday before.
GAUGES = {
    "reserve_balances": (date(2025, 11, 26), 2_896_586_000_000),
    "tga_level": (date(2025, 11, 26), 899_678_000_000),
    "on_rrp_accepted": (date(2025, 12, 2), 5_620_000_000),
    "srf_accepted": (date(2025, 12, 2), 10_257_000_000),
    "sofr_spread": (date(2025, 12, 1), 22),
    "tgcr_spread": (date(2025, 12, 1), 17),
    "effr_spread": (date(2025, 12, 1), -1),
    "soma_total": (date(2025, 11, 26), 6_133_944_510_441.3),
    "bill_float": (date(2025, 10, 31), 6_397_701_258_800),
}


def test_gauges_end_with_the_levels_that_they_tell() -> None:
    found = {gauge.id: gauge for gauge in histories_of(dataset_as_of(AS_OF)).gauges}
    assert {id: (g.dates[-1], g.values[-1]) for id, g in found.items()} == GAUGES
    facts = next(s.facts for s in brief_as_of(AS_OF).sections if s.id == "dashboard")
    assert [gauge.id for gauge in facts.gauges] == list(found)
    for gauge in facts.gauges:
        assert float(gauge.level.value) == pytest.approx(found[gauge.id].values[-1], abs=0.01)


def test_gauges_go_back_fifty_two_weeks() -> None:
    found = {gauge.id: gauge for gauge in histories_of(dataset_as_of(AS_OF)).gauges}
    assert found["reserve_balances"].dates[0] == date(2024, 11, 27)
    assert len(found["reserve_balances"].dates) == 53
    assert found["sofr_spread"].dates[0] == date(2024, 12, 2)
    # 4.64 less 4.65 on the first of them.
    assert found["sofr_spread"].values[0] == -1
    # Three million on 5 November: a rank takes test bids for nothing, the line does not.
    srf = dict(zip(found["srf_accepted"].dates, found["srf_accepted"].values, strict=True))
    assert srf[date(2025, 11, 5)] == 3_000_000


def record(day: date) -> CitingBrief:
    """A brief as its facts are, without pages."""
    figures = brief_as_of(day).figures().values()
    return CitingBrief(day, tuple(Told(figure, {}) for figure in figures), {})


@pytest.mark.parametrize("day", [date(2025, 12, 2), date(2025, 12, 4), date(2023, 3, 16)])
def test_a_brief_agrees_with_the_histories_of_its_day(day: date) -> None:
    brief = record(day)
    assert sum(told.level is not None for told in brief.told) > 30
    agreement.check(brief, histories_of(dataset_as_of(day)))


def without(histories: Histories, series_id: str) -> Histories:
    kept = tuple(h for h in histories.series if h.series.id != series_id)
    return replace(histories, series=kept)


def test_another_value_stops_the_site() -> None:
    found = histories_of(dataset_as_of(AS_OF))
    sofr = of("sofr")
    other = replace(sofr, values=(*sofr.values[:-1], 4.13))
    wrong = replace(found, series=(*without(found, "sofr").series, other))
    with pytest.raises(CheckError) as caught:
        agreement.check(record(AS_OF), wrong)
    assert "sofr(2025-12-01) is 4.12, and 4.13 there" in caught.value.what
    assert caught.value.where == "brief of 2025-12-02"
    assert "pull the data again" in caught.value.remedy


def test_a_value_that_is_gone_stops_the_site() -> None:
    found = histories_of(dataset_as_of(AS_OF))
    with pytest.raises(CheckError, match=r"tga_close\(2025-12-01\) is 948079000000, and no value"):
        agreement.check(record(AS_OF), without(found, "tga_close"))


def test_a_computed_figure_is_no_level() -> None:
    (told,) = [t for t in record(AS_OF).told if t.figure.id == "dashboard.sofr_spread"]
    assert told.figure.value == Decimal(22)
    assert told.level is None
