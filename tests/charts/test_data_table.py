"""The table below a chart: the language's numbers and dates, and of long series what is read."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from reportgen.charts.data_table import DataTable, Excerpt, Keys, table_of
from reportgen.charts.values import values_of
from reportgen.language.locale import Locale
from reportgen.model.chart import (
    Bar,
    BarChart,
    ChartSpec,
    DailyBarChart,
    GroupedBarChart,
    Line,
    Scale,
    TimeChart,
    Tone,
)
from tests.conftest import LANGUAGES
from tests.render.made import AS_OF, chart, charts

LAST = date(2025, 12, 2)
LABELS = {name: name.title() for name in ("one", "two", "low", "high", "a", "b")}


def daily(count: int, step: int = 1) -> tuple[date, ...]:
    return tuple(LAST - timedelta(days=step * back) for back in reversed(range(count)))


def lines(*given: Line, scale: Scale = Scale.PERCENT) -> TimeChart:
    return TimeChart("x", scale, ("sofr",), given)


def line(days: tuple[date, ...], *values: float, label: str = "one") -> Line:
    return Line(label, Tone.RESERVES, days, values or tuple(4.0 for _ in days))


def table(spec: ChartSpec, language: Locale, factor: int = 1) -> DataTable:
    return table_of(spec, values_of(spec, LABELS, factor), language)


def test_dates_and_numbers_are_those_of_the_language() -> None:
    english, chinese = (chart(AS_OF, tag, "corridor").table for tag in LANGUAGES)
    # 1 December 2025, of the New York Fed: SOFR 4.12, TGCR 4.07, EFFR 3.89; the range 3.75 to 4.
    assert english.rows[0] == ("Dec 1, 2025", "4.12", "4.07", "3.89", "3.75", "4.00")
    assert chinese.rows[0] == ("2025年12月1日", "4.12", "4.07", "3.89", "3.75", "4.00")
    assert english.heads == ("SOFR", "TGCR", "EFFR", "Lower bound", "Upper bound")
    assert chinese.heads == ("SOFR", "TGCR", "EFFR", "下限", "上限")


def test_amounts_are_in_the_unit_of_the_axis() -> None:
    english, chinese = (chart(AS_OF, tag, "srf_daily").table for tag in LANGUAGES)
    # 26 billion are 260亿; 10.257 billion are 102.57亿. Test bids of a million do not read as none.
    assert english.rows[:2] == (("Dec 2, 2025", "10.257"), ("Dec 1, 2025", "26.000"))
    assert chinese.rows[:2] == (("2025年12月2日", "102.57"), ("2025年12月1日", "260.00"))
    bridge = chart(AS_OF, "zh-Hans", "bill_bridge").table
    assert bridge.rows == (
        ("国库券净发行", "8,700"), ("美联储购买", "−4,800"), ("留给其他买家", "3,900"),
    )  # fmt: skip
    assert (bridge.keys, bridge.heads) == (Keys.ITEM, ("",))


def test_a_missing_value_is_a_dash_and_not_zero(english: Locale) -> None:
    days = daily(2)
    spec = lines(line(days, 1.5, 2.0), line(days[1:], 0.0, label="two"))
    assert table(spec, english).rows == (
        ("Dec 2, 2025", "2.00", "0.00"), ("Dec 1, 2025", "1.50", "–"),
    )  # fmt: skip
    groups = (("one", Tone.BILLS, (1.0, None)), ("two", Tone.OTHER, (-2.0, 3.0)))
    grouped = GroupedBarChart("x", Scale.BILLION_USD, ("sofr",), (2024, 2025), groups, False)
    assert table(grouped, english).rows == (("2024", "1", "−2"), ("2025", "–", "3"))


def test_days_that_only_the_band_has_are_left_out(english: Locale) -> None:
    days = daily(4)
    low, high = (Line(name, Tone.BAND, days, (v,) * 4, step=True) for name, v in
                 (("low", 3.75), ("high", 4.0)))  # fmt: skip
    spec = TimeChart("x", Scale.PERCENT, ("sofr",), (line(days[:2], 3.9, 3.8),), band=(low, high))
    assert [row[0] for row in table(spec, english).rows] == ["Nov 30, 2025", "Nov 29, 2025"]
    assert table(spec, english).rows[0] == ("Nov 30, 2025", "3.80", "3.75", "4.00")


@pytest.mark.parametrize(
    ("scale", "values", "cells"),
    [
        # Rates keep their zeros, spreads have a tenth of a basis point.
        (Scale.PERCENT, (4.0, 3.895), ("3.90", "4.00")),
        (Scale.BASIS_POINT, (-10.04, 22.0), ("22.0", "−10.0")),
        # Amounts have the digits of the largest, and no zeros that none of them needs.
        (Scale.TRILLION_USD, (2.896586, 0.002217), ("0.002", "2.897")),
        (Scale.BILLION_USD, (870.0, -480.0), ("−480", "870")),
        (Scale.BILLION_USD, (565.099, 22.288), ("22.3", "565.1")),
        (Scale.BILLION_USD, (2547.28, 406.3), ("406", "2,547")),
        (Scale.BILLION_USD, (12345.6, 0.5), ("0.5", "12,345.6")),
        (Scale.BILLION_USD, (50.35, 0.004), ("0.004", "50.350")),
        (Scale.BILLION_USD, (0.0, -0.0), ("0", "0")),
    ],
)
def test_decimals(english: Locale, scale: Scale, values: tuple[float, ...], cells: object) -> None:
    made = table(lines(line(daily(2), *values), scale=scale), english)
    assert tuple(row[1] for row in made.rows) == cells


def test_both_languages_round_the_same_number(english: Locale, chinese: Locale) -> None:
    """Half a unit goes to the even one in both, whatever ten times the number is as a float."""
    for value in (1.0025, 1.0035, 2.6755, 10.255, 565.05):
        spec = lines(line(daily(2), value, 100.0), scale=Scale.BILLION_USD)
        ours, theirs = table(spec, english), table(spec, chinese, 10)
        assert float(ours.rows[1][1]) * 10 == pytest.approx(
            float(theirs.rows[1][1].replace(",", ""))
        )


def test_a_short_series_is_told_whole(english: Locale) -> None:
    made = table(lines(line(daily(24, 7))), english)
    assert (made.excerpt, len(made.rows)) == (Excerpt.ALL, 24)
    assert (made.rows[0][0], made.rows[-1][0]) == ("Dec 2, 2025", "Jun 24, 2025")


def test_a_year_of_days_is_told_by_its_newest_and_by_month(english: Locale) -> None:
    """Twelve newest, 21 November to 2 December; 31 and 30 of the months; and the December begun."""
    made = table(lines(line(daily(366))), english)
    assert made.excerpt is Excerpt.MONTHS
    days = [row[0] for row in made.rows]
    assert days[:12] == [f"Dec {n}, 2025" for n in (2, 1)] + [
        f"Nov {n}, 2025" for n in range(30, 20, -1)
    ]
    assert days[12:] == [
        "Oct 31, 2025", "Sep 30, 2025", "Aug 31, 2025", "Jul 31, 2025", "Jun 30, 2025",
        "May 31, 2025", "Apr 30, 2025", "Mar 31, 2025", "Feb 28, 2025", "Jan 31, 2025",
        "Dec 31, 2024",
    ]  # fmt: skip


def test_years_are_told_by_quarter(english: Locale) -> None:
    made = table(lines(line(daily(104, 7))), english)
    assert made.excerpt is Excerpt.QUARTERS
    # Tuesdays: the last of a quarter is that before its end.
    assert [row[0] for row in made.rows][12:15] == ["Jun 24, 2025", "Mar 25, 2025", "Dec 31, 2024"]


def test_a_projection_leaves_the_newest_data_in(english: Locale) -> None:
    held = line(daily(60, 7))
    ahead = tuple(LAST + timedelta(days=30 * month) for month in range(24))
    made = table(lines(held, line(ahead, label="two")), english)
    told = [row[0] for row in made.rows if row[1] != "–"]
    assert told[:3] == ["Dec 2, 2025", "Nov 25, 2025", "Nov 18, 2025"]
    assert sum(row[1] == "–" for row in made.rows) == 8, "of what is ahead the quarters' ends"


def test_bars_over_days_and_named_bars(english: Locale) -> None:
    days = DailyBarChart("x", Scale.BILLION_USD, ("sofr",), line(daily(3), 1.0, 2.0, 3.5))
    assert [row[1] for row in table(days, english).rows] == ["3.5", "2.0", "1.0"]
    bars = (Bar("a", 26e9, Tone.UP), Bar("b", -1.5e9, Tone.DOWN))
    spec = BarChart("x", Scale.BILLION_USD, ("sofr",), bars)
    assert table(spec, english).rows == (("A", "26.0"), ("B", "−1.5"))


def test_tables_stay_small() -> None:
    for tag in LANGUAGES:
        assert sum(len(made.table.rows) for made in charts(AS_OF, tag).values()) < 350
