"""The data of a chart beside it: readable by spreadsheets, in the words and unit of a language."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from reportgen.charts import table
from reportgen.model.chart import (
    Bar,
    BarChart,
    DailyBarChart,
    GroupedBarChart,
    Line,
    Scale,
    TimeChart,
    Tone,
)
from tests.conftest import LANGUAGES
from tests.render.made import AS_OF, chart, charts

# How many units of the Chinese axis make one of the English.
FACTORS = {
    "reserve_drivers": 10, "srf_daily": 10, "bill_years": 10, "bill_bridge": 10,
    "reserve_paths": 10,
    "liabilities": 1, "balance_sheet": 1, "soma_classes": 1, "mbs_path": 1, "corridor": 1,
    "spreads": 1,
    "fair_value": 1,
}  # fmt: skip

PATHS = ("mbs_path", "reserve_paths")

MONDAY, TUESDAY = date(2025, 12, 1), date(2025, 12, 2)


def rows(chart_id: str, tag: str) -> list[list[str]]:
    content = chart(AS_OF, tag, chart_id).csv
    assert content.startswith(b"\xef\xbb\xbf"), "spreadsheets take Chinese without it for GBK"
    text = content.decode("utf-8-sig")
    assert text.endswith("\n")
    assert "\r" not in text
    return list(csv.reader(io.StringIO(text)))


def test_the_bridge_in_each_language() -> None:
    assert rows("bill_bridge", "en")[1:] == [
        ["Net bill issuance", "870"], ["Fed purchases", "-480"], ["Left for others", "390"],
    ]  # fmt: skip
    assert rows("bill_bridge", "zh-Hans")[1:] == [
        ["国库券净发行", "8700"], ["美联储购买", "-4800"], ["留给其他买家", "3900"],
    ]  # fmt: skip


def test_daily_use_of_the_facility() -> None:
    in_english = {row[0]: row[1] for row in rows("srf_daily", "en")[1:]}
    in_chinese = {row[0]: row[1] for row in rows("srf_daily", "zh-Hans")[1:]}
    told = ("2025-10-31", "2025-12-01", "2025-12-02")
    assert [in_english[day] for day in told] == ["50.35", "26", "10.257"]
    assert [in_chinese[day] for day in told] == ["503.5", "260", "102.57"]


def test_heads_are_the_labels_of_the_chart() -> None:
    assert rows("corridor", "en")[0][1:] == ["SOFR", "TGCR", "EFFR", "Lower bound", "Upper bound"]
    assert rows("corridor", "zh-Hans")[0][1:] == ["SOFR", "TGCR", "EFFR", "下限", "上限"]
    assert rows("liabilities", "zh-Hans")[0][1:] == ["准备金", "财政部账户", "隔夜逆回购"]


@pytest.mark.parametrize("chart_id", FACTORS)
def test_both_languages_have_the_same_data(chart_id: str) -> None:
    in_english, in_chinese = rows(chart_id, "en"), rows(chart_id, "zh-Hans")
    assert len(in_english) == len(in_chinese) >= 4
    for ours, theirs in zip(in_english[1:], in_chinese[1:], strict=True):
        assert len(ours) == len(theirs) == len(in_english[0])
        for one, other in zip(ours[1:], theirs[1:], strict=True):
            assert (one == "") == (other == "")
            if one:
                expected = float(one) * FACTORS[chart_id]
                assert float(other) == pytest.approx(expected, rel=1e-9, abs=1e-5)


def test_every_chart_has_its_data() -> None:
    for tag in LANGUAGES:
        assert set(charts(AS_OF, tag)) == set(FACTORS)


def test_nothing_later_than_the_brief_but_the_path() -> None:
    for chart_id in FACTORS:
        head, *body = rows(chart_id, "en")
        if head[0] != "date":
            continue
        dated = [row[0] for row in body]
        if chart_id not in PATHS:
            assert all(day <= AS_OF for day in dated), chart_id
            assert sorted(set(dated)) == dated, chart_id
    for chart_id in PATHS:
        path = rows(chart_id, "en")
        ahead = [row[1] for row in path[1:] if row[0] > AS_OF]
        assert set(ahead) == {""}, "holdings end with the data"


def test_missing_cells_are_empty() -> None:
    lines = (
        Line("one", Tone.RESERVES, (MONDAY, TUESDAY), (1.5, 2.0)),
        Line("two", Tone.TGA, (TUESDAY,), (0.0,)),
    )
    spec = TimeChart("x", Scale.TRILLION_USD, ("sofr",), lines)
    assert table.rows(spec, {"one": "One", "two": "Two"}, 1) == [
        ["date", "One", "Two"], ["2025-12-01", "1.5", ""], ["2025-12-02", "2", "0"],
    ]  # fmt: skip


def test_a_year_without_a_value() -> None:
    groups = (("one", Tone.BILLS, (1.0, None)), ("two", Tone.OTHER, (-0.25, 3.0)))
    spec = GroupedBarChart("x", Scale.BILLION_USD, ("sofr",), (2024, 2025), groups, False)
    assert table.rows(spec, {"one": "One", "two": "Two"}, 10)[1:] == [
        ["2024", "10", "-2.5"], ["2025", "", "30"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "cell"),
    [(26e9, "26"), (26.5e9, "26.5"), (1, "0"), (-1, "0"), (-1e3, "-0.000001"), (1e15, "1000000")],
)
def test_numbers_are_plain(value: float, cell: str) -> None:
    """A point for the decimals, no groups, no exponent, no minus before zero."""
    spec = BarChart("x", Scale.BILLION_USD, ("sofr",), (Bar("a", value, Tone.UP),))
    assert table.rows(spec, {"a": "A"}, 1)[1] == ["A", cell]


def test_labels_with_commas_and_quotation_marks_survive() -> None:
    bars = Line("use", Tone.STRESS, (MONDAY,), (1.0,))
    spec = DailyBarChart("x", Scale.BILLION_USD, ("sofr",), bars)
    content = table.to_csv(table.rows(spec, {"use": 'Notes, "bonds"'}, 1)).decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(content))) == ["date", 'Notes, "bonds"']
