"""What the script of a page is given: the chart's values, and where they stand in its drawing."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date, timedelta
from itertools import accumulate
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from reportgen import design
from reportgen.charts.draw import Frame, draw
from reportgen.charts.interactive import script_data
from reportgen.charts.values import values_of
from reportgen.language.locale import Locale
from reportgen.model.chart import Bar, BarChart, ChartSpec, Line, Scale, TimeChart, Tone
from tests.charts.boxes import SVG
from tests.conftest import LANGUAGES, NO_PROJECT
from tests.render.made import AS_OF, chart, charts

FRAME = Frame((10.0, 2.0, 210.0, 122.0), (20000.0, 20100.0), (0.0, 6.0))
MONDAY = date(2024, 12, 2)


def given(spec: ChartSpec, language: Locale, factor: int = 1, **texts: str) -> dict[str, Any]:
    values = values_of(spec, texts, factor)
    content: dict[str, Any] = json.loads(script_data(spec, values, FRAME, language))
    return content


def told(chart_id: str, tag: str = "en") -> dict[str, Any]:
    content: dict[str, Any] = json.loads(chart(AS_OF, tag, chart_id).script)
    return content


def summed(differences: list[int | None]) -> list[int | None]:
    """As the script does it."""
    steps = accumulate(step or 0 for step in differences)
    return [None if step is None else total for step, total in zip(differences, steps, strict=True)]


def test_days_and_cells_are_differences(english: Locale) -> None:
    """2 December 2024 is day 20059 after 1 January 1970: 54 years with 13 leap days make 19723,
    and 2 December is the 337th day of 2024."""
    days = (MONDAY, MONDAY + timedelta(1), MONDAY + timedelta(4))
    line = Line("one", Tone.RESERVES, days, (4.64, 4.6, 4.7))
    short = Line("two", Tone.TGA, days[:1] + days[2:], (0.25, -0.25))
    content = given(
        TimeChart("x", Scale.PERCENT, ("sofr",), (line, short)), english, one="A", two="B"
    )
    assert content["days"] == [54 * 365 + 13 + 336, 1, 3]
    assert content["columns"] == [
        {"cells": [464, -4, 10], "name": "A"}, {"cells": [25, None, -50], "name": "B"},
    ]  # fmt: skip
    assert (content["decimals"], content["exponent"], content["zeros"]) == (2, -2, True)
    assert (content["box"], content["x"]) == ([10.0, 2.0, 210.0, 122.0], [20000.0, 20100.0])


def test_money_counts_as_the_language_does(english: Locale, chinese: Locale) -> None:
    spec = BarChart("x", Scale.BILLION_USD, ("sofr",), (Bar("a", 26.5e9, Tone.UP),))
    ours, theirs = given(spec, english, a="A"), given(spec, chinese, 10, a="国库券A")
    # 265 tenths of a billion, each 10^8 dollars; 265亿, each 10^8 dollars.
    assert (ours["columns"][0]["cells"], ours["exponent"]) == ([265], 8)
    assert (theirs["columns"][0]["cells"], theirs["exponent"]) == ([265], 8)
    assert (ours["unit"], theirs["unit"]) == ("{sign}${number}{scale}", "{sign}{number}{scale}美元")
    assert (ours["y"], theirs["y"]) == ([0.0, 6.0], [0.0, 60.0])
    assert theirs["names"] == ["国库券 A"], "labels have the gaps of the page"


def test_nothing_ends_the_element_that_holds_it(english: Locale) -> None:
    spec = BarChart("x", Scale.BILLION_USD, ("sofr",), (Bar("a", 1e9, Tone.UP),))
    values = values_of(spec, {"a": "</script><b>&"}, 1)
    text = script_data(spec, values, FRAME, english)
    assert "<" not in text
    assert json.loads(text)["names"] == ["</script><b>&"]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_value_is_that_of_the_csv(tag: str) -> None:
    for made in charts(AS_OF, tag).values():
        head, *rows = csv.reader(io.StringIO(made.csv.decode("utf-8-sig")))
        content = json.loads(made.script)
        if "days" in content:
            days = [date(1970, 1, 1) + timedelta(days=n or 0) for n in summed(content["days"])]
            by_day = {row[0]: row for row in rows}
            rows = [by_day[day.isoformat()] for day in days]
        for place, column in enumerate(content["columns"], 1):
            assert re.sub(r"\s", "", column.get("name", "value")) == re.sub(r"\s", "", head[place])
            cells = summed(column["cells"])
            assert len(cells) == len(rows)
            for cell, row in zip(cells, rows, strict=True):
                assert (cell is None) == (row[place] == "")
                if cell is not None:
                    value = cell / 10 ** content["decimals"]
                    half = 0.5 / 10 ** content["decimals"]
                    assert abs(value - float(row[place])) <= half + 1e-6


def placed(content: dict[str, Any], day: float, value: float) -> tuple[float, float]:
    """Where a day and a value lie in the drawing, by the frame."""
    left, top, right, bottom = content["box"]
    (x0, x1), (y0, y1) = content["x"], content["y"]
    x = left + (day - x0) / (x1 - x0) * (right - left)
    y = bottom - (value - y0) / (y1 - y0) * (bottom - top)
    return x, y


def ends(made: str, index: int) -> tuple[float, float]:
    """The last point of a line as it is drawn."""
    (group,) = ET.fromstring(made).iterfind(f".//{SVG}g[@class='data'][@data-column='{index}']")
    path = group.find(f"{SVG}path")
    assert path is not None
    x, y = re.findall(r"[\d.-]+", path.attrib["d"])[-2:]
    return float(x), float(y)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_frame_is_where_the_lines_are_drawn(tag: str) -> None:
    """SOFR of 1 December 2025, day 20423, ends at 4.12; total reserves at 2.896586 trillion."""
    content = told("corridor", tag)
    x, y = placed(content, 20423, 4.12)
    assert ends(chart(AS_OF, tag, "corridor").svg, 0) == (
        pytest.approx(x, abs=0.01), pytest.approx(y, abs=0.01),
    )  # fmt: skip
    content = told("reserve_paths", tag)
    # Held, in billions or in 亿, on 26 November 2025.
    x, y = placed(content, 20418, 2896.586 * {"en": 1, "zh-Hans": 10}[tag])
    assert ends(chart(AS_OF, tag, "reserve_paths").svg, 0) == (
        pytest.approx(x, abs=0.01), pytest.approx(y, abs=0.01),
    )  # fmt: skip


def test_the_frame_by_hand(english: Locale) -> None:
    """Half-width charts are 3.25 inches or 234 points wide and 140.4 high, with an edge of two."""
    days = tuple(MONDAY + timedelta(days=n) for n in range(0, 100, 10))
    line = Line("one", Tone.RESERVES, days, tuple(range(10)))
    spec = TimeChart("x", Scale.TRILLION_USD, ("sofr",), (line,))
    frame = draw(spec, {"one": "One"}, english, design.load(NO_PROJECT)).frame
    left, top, right, bottom = frame.box
    assert 4 < left < 20 < 190 < right < 232
    # Half the height of the last tick’s number stands above the plot.
    assert top == pytest.approx(5.1, abs=0.3)
    assert 120 < bottom < 138.4
    assert frame.x == (20059, 20149)
    assert frame.y == (0, 10), "the first tick below the values and the first above"


def test_parts_that_the_script_moves_are_named() -> None:
    """As many lines as the JSON has, and every mark with its day: QT began on 1 June 2022."""
    for made in charts(AS_OF, "en").values():
        content = json.loads(made.script)
        classes = [e.attrib.get("class") for e in ET.fromstring(made.svg).iter()]
        if content["kind"] in ("rows", "years"):
            continue
        assert classes.count("data") == content.get("lines", 1)
        assert classes.count("band") == ("band" in content)
        assert classes.count("axis axis-x") == 1
    marks = [
        (e.attrib["data-day"], "".join(e.itertext()))
        for e in ET.fromstring(chart(AS_OF, "en", "liabilities").svg).iter()
        if e.attrib.get("class") == "mark"
    ]
    assert marks == [("19144", ""), ("20418", ""), ("19144", "QT starts"), ("20418", "QT ends")]


def test_bands_name_their_columns() -> None:
    assert told("corridor")["band"] == [3, 4]
    # Here the edges of the band are the two paths.
    names = [column["name"] for column in told("mbs_path")["columns"]]
    assert [names[edge] for edge in told("mbs_path")["band"]] == [
        "At the faster pace", "At the slower pace",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("chart_id", "period"),
    [
        # The quarter to 1 December 2025 (day 20423), the year to 26 November 2025 (day 20418).
        ("corridor", ["quarter", 20423 - 92, 20423]),
        ("liabilities", ["year", 20418 - 365, 20418]),
        # To 2 December, day 20424, and the half of its bar that stands behind it.
        ("srf_daily", ["quarter", 20425 - 92, 20425]),
        # Half a year on each side of where the data end and the paths begin.
        ("mbs_path", ["year", 20418 + 182 - 365, 20418 + 182]),
    ],
)
def test_periods(chart_id: str, period: list[Any]) -> None:
    assert told(chart_id)["period"] == period


def test_the_page_stays_light() -> None:
    for tag in LANGUAGES:
        assert sum(len(made.script) for made in charts(AS_OF, tag).values()) < 40_000


def test_a_stretch_of_days_is_shaded_and_named() -> None:
    """The month of the gap: day 20392 is 31 October 2025, day 20423 1 December."""
    stretches = [
        element
        for element in ET.fromstring(chart(AS_OF, "en", "fair_value").svg).iter(f"{SVG}g")
        if element.attrib.get("class") == "stretch"
    ]
    assert [(s.attrib["data-day"], s.attrib["data-until"]) for s in stretches] == [
        ("20392", "20423"), ("20392", "20423"),
    ]  # fmt: skip
    shaded, named = stretches
    assert shaded.find(f"{SVG}path[@class='fill-band']") is not None
    assert "".join(named.itertext()) == "past month"
