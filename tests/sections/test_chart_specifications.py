"""Chart specifications: they show the figures of the text, and nothing after the day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

Chart = Callable[[str, str], Any]

DAY = "2025-12-02"


def test_the_drivers_of_reserves_sum_to_their_change(chart: Chart) -> None:
    *parts, total = chart("reserve_drivers", DAY).bars
    assert [bar.label for bar in parts] == ["assets", "tga", "on_rrp", "currency", "other"]
    # In billions: -110 - 565 + 209 - 29 + 22 = -473.
    assert [round(bar.value / 1e9) for bar in parts] == [-110, -565, 209, -29, 22]
    assert total.label == "total"
    assert total.value == pytest.approx(sum(bar.value for bar in parts))


def test_the_large_liabilities_end_with_the_newest_week(chart: Chart) -> None:
    spec = chart("liabilities", DAY)
    last = {line.label: (line.dates[-1].isoformat(), line.values[-1]) for line in spec.lines}
    assert last == {
        "reserves": ("2025-11-26", pytest.approx(2.896586)),
        "tga": ("2025-11-26", pytest.approx(0.899678)),
        "on_rrp": ("2025-11-26", pytest.approx(0.002217)),
    }
    marks = {mark.label: mark.date for mark in spec.marks}
    assert marks == {"qt_start": date(2022, 6, 1), "qt_end": date(2025, 12, 1)}


def test_on_rrp_of_a_wednesday_without_an_operation_is_that_of_the_day_before(
    chart: Chart,
) -> None:
    (line,) = (ln for ln in chart("liabilities", DAY).lines if ln.label == "on_rrp")
    values = dict(zip(line.dates, line.values, strict=True))
    assert values[date(2024, 6, 19)] == pytest.approx(0.375542)  # Juneteenth
    assert values[date(2024, 12, 25)] == pytest.approx(0.180989)


def test_the_balance_sheet_is_stacked_to_total_assets(chart: Chart) -> None:
    spec = chart("balance_sheet", DAY)
    assert spec.stacked
    # 4,191,225 + 2,053,665 + the rest = 6,552,419 million.
    assert [line.values[-1] for line in spec.lines] == [
        pytest.approx(4.191225),
        pytest.approx(2.053665),
        pytest.approx(0.307529),
    ]
    assert len({line.dates for line in spec.lines}) == 1


def test_classes_of_the_portfolio_since_runoff_began(chart: Chart) -> None:
    lines = {line.label: line for line in chart("soma_classes", DAY).lines}
    assert {line.dates[0] for line in lines.values()} == {date(2022, 6, 1)}
    # In trillions: 3.558425 + 0.309716 + 0.014298 of coupons.
    assert lines["coupons"].values[-1] == pytest.approx(3.882439, abs=1e-6)
    assert lines["agency"].values[-1] == pytest.approx(2.056012, abs=1e-6)
    assert lines["bills"].values[-1] == pytest.approx(0.195493, abs=1e-6)


def test_before_runoff_the_portfolio_is_shown_over_the_whole_history(chart: Chart) -> None:
    spec = chart("soma_classes", "2022-03-10")
    assert spec.lines[0].dates[0] == date(2019, 1, 2)
    assert chart("balance_sheet", "2022-03-10").marks == ()


def test_daily_use_with_the_record_and_the_day_told(chart: Chart) -> None:
    spec = chart("srf_daily", DAY)
    values = dict(zip(spec.bars.dates, spec.bars.values, strict=True))
    assert values[date(2025, 10, 31)] == 50.35
    assert values[date(2025, 12, 2)] == 10.257
    assert min(values) == date(2024, 12, 2)
    assert [(mark.label, mark.date.isoformat(), mark.value) for mark in spec.marks] == [
        ("record", "2025-10-31", 50.35),
        ("told", "2025-12-01", 26.0),
    ]


def test_on_the_day_of_the_record_there_is_one_mark(chart: Chart) -> None:
    (mark,) = chart("srf_daily", "2025-10-31").marks
    assert (mark.label, mark.value) == ("told", 50.35)


def test_bills_by_year(chart: Chart) -> None:
    spec = chart("bill_years", DAY)
    assert spec.years == (2020, 2021, 2022, 2023, 2024, 2025)
    groups = {label: [round(value) for value in values] for label, _, values in spec.groups}
    assert groups == {
        "outstanding": [2547, -1194, -73, 1978, 511, 406],
        "free_float": [2391, -1194, -38, 2047, 538, 406],
    }
    assert spec.partial_year
    # December 2024 came on 2025-01-07.
    complete = chart("bill_years", "2025-01-31")
    assert complete.years[-1] == 2024
    assert not complete.partial_year


def test_the_bridge_of_the_view(chart: Chart) -> None:
    bars = chart("bill_bridge", DAY).bars
    assert [(bar.label, bar.value / 1e9) for bar in bars] == [
        ("issuance", 870),
        ("purchases", -480),
        ("left", 390),
    ]


@pytest.mark.parametrize("day", ["2021-08-02", "2024-10-01", "2025-11-28", "2025-12-01"])
def test_there_is_no_bridge_before_the_view(chart: Chart, day: str) -> None:
    assert chart("bill_bridge", day) is None
    assert chart("mbs_path", day) is not None


def test_the_fan_of_reserves(chart: Chart) -> None:
    held, *paths = chart("reserve_paths", DAY).lines
    assert (held.dates[-1], held.values[-1]) == (date(2025, 11, 26), pytest.approx(2896.586))
    ends = {line.label: round(line.values[-1], 1) for line in paths}
    assert ends == {"baseline": 3115.1, "amount": 3355.1, "start": 3035.1}
    for line in paths:
        assert line.dashed
        assert (line.dates[0], line.values[0]) == (held.dates[-1], held.values[-1])
        assert line.dates[-1] == date(2026, 12, 31)


@pytest.mark.parametrize("day", ["2022-03-10", "2025-11-28", "2025-12-01"])
def test_there_is_no_fan_before_the_scenarios(chart: Chart, day: str) -> None:
    assert chart("reserve_paths", day) is None


def test_the_path_of_agency_holdings(chart: Chart) -> None:
    spec = chart("mbs_path", DAY)
    held, slow, fast = spec.lines
    assert held.values[-1] == slow.values[0] == fast.values[0] == pytest.approx(2.056012, abs=1e-6)
    assert slow.dates[0] == fast.dates[0] == date(2025, 11, 26)
    # Ten years at 16.33226 and 17.14133 billion a month: 1.95987 trillion, and more than is held.
    assert slow.values[-1] == pytest.approx(0.096141, abs=1e-5)
    assert fast.values[-2:] == (pytest.approx(0.016194, abs=1e-5), 0.0)
    # 120 months of 30.4375 days are 3,652 days.
    assert slow.dates[-1] == date(2035, 11, 26)
    assert spec.band == (fast, slow)


def test_no_path_while_agency_holdings_grow(chart: Chart) -> None:
    spec = chart("mbs_path", "2022-03-10")
    assert [line.label for line in spec.lines] == ["held"]
    assert spec.band is None


def test_the_corridor_ends_with_the_day_though_the_next_rate_is_announced(chart: Chart) -> None:
    lower, upper = chart("corridor", "2025-10-29").band
    for line, value in ((lower, 4.00), (upper, 4.25)):
        assert (line.dates[-1], line.values[-1]) == (date(2025, 10, 29), value)
        assert line.step


def test_spreads_since_there_is_a_rate_on_reserves(chart: Chart) -> None:
    spec = chart("spreads", DAY)
    assert spec.zero_line
    (sofr,) = (line for line in spec.lines if line.label == "sofr")
    values = dict(zip(sofr.dates, sofr.values, strict=True))
    # (6 + 11 + 15 + 22) / 4 in the week of Thanksgiving.
    assert values[date(2025, 11, 28)] == 13.5
    assert min(values) >= date(2021, 7, 30)


def test_the_spread_of_sofr_beside_what_the_model_explains(chart: Chart) -> None:
    spec = chart("fair_value", DAY)
    actual, fitted = spec.lines
    assert actual.dates == fitted.dates
    assert (min(actual.dates), max(actual.dates)) == (date(2024, 12, 2), date(2025, 12, 1))
    assert actual.values[-1] == 22
    (mark,) = spec.marks
    assert mark.date == date(2025, 10, 31)
    start = actual.dates.index(mark.date)
    left = [a - f for a, f in zip(actual.values[start:], fitted.values[start:], strict=True)]
    assert len(left) == 20
    assert round(sum(left) / 20) == 6  # as the text has it
    assert chart("fair_value", "2022-03-10") is None
