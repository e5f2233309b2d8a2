"""Charts under the hand: values by pointer and keyboard, periods, the tables of their data."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest

from reportgen.language import locale
from reportgen.language.dates import format_full_day
from reportgen.language.numbers import Style, format_quantity
from reportgen.model import Unit, quantity
from tests.browser.conftest import DESK, PHONE
from tests.conftest import LANGUAGES, NO_PROJECT
from tests.render.made import AS_OF, chart, charts

LOCALES = {tag: locale.load(tag, NO_PROJECT) for tag in LANGUAGES}

EPOCH = date(1970, 1, 1)


def plain(text: str) -> str:
    return " ".join(text.split())


def data_of(chart_id: str, tag: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(chart(AS_OF, tag, chart_id).script)
    return content


def days_of(chart_id: str, tag: str) -> list[date]:
    return [EPOCH + timedelta(n) for n in accumulate(data_of(chart_id, tag)["days"])]


def csv_of(chart_id: str, tag: str) -> dict[str, dict[str, str]]:
    """Rows by day, year or item; cells by label."""
    text = chart(AS_OF, tag, chart_id).csv.decode("utf-8-sig")
    return {
        next(iter(row.values())): dict(list(row.items())[1:])
        for row in csv.DictReader(io.StringIO(text))
    }


def written(cell: str, chart_id: str, tag: str) -> str:
    """A cell of the CSV as the house writes the figure at the precision of the chart."""
    data = data_of(chart_id, tag)
    rounded = round(Decimal(cell), data["decimals"])
    if "scale" in data["unit"]:
        unit, value = Unit.USD, rounded.scaleb(data["exponent"] + data["decimals"])
    else:
        unit, value = (Unit.PERCENT if "%" in data["unit"] else Unit.BASIS_POINT), rounded
    quantum = Decimal(1).scaleb(data["exponent"])
    figure = quantity(
        "x", value, unit, date.fromisoformat(AS_OF), quantum, series=("x",), formula="x"
    )
    return plain(format_quantity(figure, LOCALES[tag], Style.SHORT))


def shown(figure: Any) -> tuple[str, dict[str, str]]:
    """What the tip of a chart says: its heading, and values by name."""
    tip = figure.locator(".chart-tip")
    assert tip.is_visible()
    rows = tip.locator("div").all()
    values = {
        plain(row.locator("span").inner_text()): plain(row.locator("b").inner_text())
        for row in rows
    }
    return plain(tip.locator("strong").inner_text()), values


def hover(page: Any, figure: Any, share: float, height: float = 0.5) -> None:
    """Moves the pointer into the plot, to a share of its width."""
    figure.scroll_into_view_if_needed()
    box = figure.locator(".chart-reader").bounding_box()
    page.mouse.move(box["x"] + share * box["width"], box["y"] + height * box["height"])


def share_of(day: date, chart_id: str, tag: str) -> float:
    low, high = data_of(chart_id, tag)["x"]
    return ((day - EPOCH).days - low) / (high - low)


def focused(page: Any, chart_id: str) -> Any:
    figure = page.locator(f"#chart-{chart_id}")
    figure.locator(".chart-reader").focus()
    return figure


def test_hover_shows_the_values_of_that_day(opened: Any, tag: str) -> None:
    """26 billion were lent on 1 December, 50.35 on 31 October; reserves were 2.897 trillion."""
    figure = opened.locator("#chart-srf_daily")
    expected = {
        "en": [("December 1, 2025", "$26 billion"), ("October 31, 2025", "$50.35 billion")],
        "zh-Hans": [("2025年12月1日", "260亿美元"), ("2025年10月31日", "503.5亿美元")],
    }[tag]
    for day, (heading, value) in zip(
        (date(2025, 12, 1), date(2025, 10, 31)), expected, strict=True
    ):
        hover(opened, figure, share_of(day, "srf_daily", tag))
        name = {"en": "Accepted", "zh-Hans": "使用量"}[tag]
        assert shown(figure) == (heading, {name: value})
    figure = opened.locator("#chart-liabilities")
    hover(opened, figure, 0.999)
    heading, values = shown(figure)
    assert heading == {"en": "November 26, 2025", "zh-Hans": "2025年11月26日"}[tag]
    assert (
        list(values.values())
        == {
            "en": ["$2.897 trillion", "$900 billion", "$2 billion"],
            "zh-Hans": ["2.897万亿美元", "9,000亿美元", "20亿美元"],
        }[tag]
    )
    opened.mouse.move(1, 1)
    assert not figure.locator(".chart-tip").is_visible()


def test_every_chart_over_time_shows_its_csv(opened: Any, tag: str) -> None:
    for chart_id, made in charts(AS_OF, tag).items():
        if "days" not in json.loads(made.script):
            continue
        days, rows = days_of(chart_id, tag), csv_of(chart_id, tag)
        figure = focused(opened, chart_id)
        for key, day in (("Home", days[0]), ("End", days[-1]), ("ArrowLeft", days[-2]),
                         ("PageDown", days[-12])):  # fmt: skip
            opened.keyboard.press(key)
            heading, values = shown(figure)
            assert heading == plain(format_full_day(day, LOCALES[tag])), chart_id
            cells = {k: v for k, v in rows[day.isoformat()].items() if v}
            assert list(values.values()) == [written(v, chart_id, tag) for v in cells.values()]
            assert [k.replace(" ", "") for k in values] == [k.replace(" ", "") for k in cells]


@pytest.mark.parametrize("chart_id", ["reserve_drivers", "bill_bridge", "bill_years"])
def test_every_bar_shows_its_csv(opened: Any, tag: str, chart_id: str) -> None:
    figure = focused(opened, chart_id)
    opened.keyboard.press("Home")
    forward = "ArrowRight" if chart_id == "bill_years" else "ArrowDown"
    for name, cells in csv_of(chart_id, tag).items():
        heading, values = shown(figure)
        assert heading.replace(" ", "").removesuffix("年") == name.replace(" ", "")
        assert list(values.values()) == [written(v, chart_id, tag) for v in cells.values() if v]
        opened.keyboard.press(forward)
    hover(opened, figure, 0.05, 0.05)
    heading, _ = shown(figure)
    assert heading.replace(" ", "").removesuffix("年") == next(iter(csv_of(chart_id, tag))).replace(
        " ", ""
    )


def test_by_keyboard_and_for_screen_readers(opened: Any, tag: str) -> None:
    figure = focused(opened, "corridor")
    slider = figure.get_by_role("slider")
    title = figure.locator("svg desc").first.text_content()
    assert slider.count() == 1
    assert figure.get_by_role("slider", name=title, exact=True).count() == 1
    alt = figure.get_by_role("img").get_attribute("aria-labelledby").split()
    assert [opened.locator(f"#{id}").count() for id in alt] == [1, 1]
    assert shown(figure)[0] == {"en": "December 1, 2025", "zh-Hans": "2025年12月1日"}[tag]
    opened.keyboard.press("ArrowLeft")
    assert slider.get_attribute("aria-valuetext") == plain(
        {"en": "November 28, 2025", "zh-Hans": "2025年11月28日"}[tag]
    )
    said = plain(opened.locator("[aria-live=polite]").inner_text())
    assert "SOFR 4.12%" in said
    assert {"en": "Upper bound 4.00%", "zh-Hans": "上限 4.00%"}[tag] in said
    opened.keyboard.press("Escape")
    assert not figure.locator(".chart-tip").is_visible()
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.tagName") == "BUTTON"


def test_escape_hides_what_the_pointer_shows(opened: Any) -> None:
    figure = opened.locator("#chart-spreads")
    hover(opened, figure, 0.5)
    assert figure.locator(".chart-tip").is_visible()
    opened.keyboard.press("Escape")
    assert not figure.locator(".chart-tip").is_visible()


def ticks(figure: Any) -> list[str]:
    texts: list[str] = figure.locator("svg.chart").evaluate(
        """svg => [...svg.querySelectorAll('.axis-x text, g > text')]
            .filter(text => text.getBoundingClientRect().width && !text.closest('.mark')
                && (text.closest('.axis-x') || !text.closest('.axis')))
            .map(text => text.textContent).filter(text => /20\\d\\d/.test(text))"""
    )
    return texts


def test_a_period_by_button_and_back(opened: Any, tag: str) -> None:
    figure = opened.locator("#chart-liabilities")
    year, whole = figure.get_by_role("button").all()
    assert [plain(b.inner_text()) for b in (year, whole)] == {
        "en": ["1 year", "All"], "zh-Hans": ["1年", "全部"],
    }[tag]  # fmt: skip
    assert "2020" in ticks(figure)
    shapes = figure.locator("svg.chart path, svg.chart text")
    before = shapes.count()
    year.click()
    assert [b.get_attribute("aria-pressed") for b in (year, whole)] == ["true", "false"]
    period = {
        "en": "November 27, 2024 to November 26, 2025",
        "zh-Hans": "2024年11月27日至2025年11月26日",
    }[tag]
    assert plain(figure.locator(".chart-periods span").inner_text()) == period
    assert plain(opened.locator("[aria-live=polite]").inner_text()) == period
    assert {"en": "Jan 2025", "zh-Hans": "2025年1月"}[tag] in ticks(figure)
    assert "2020" not in ticks(figure)
    # Wednesday, 27 November 2024 is the first week of it.
    focused(opened, "liabilities")
    opened.keyboard.press("Home")
    heading, values = shown(figure)
    assert heading == {"en": "November 27, 2024", "zh-Hans": "2024年11月27日"}[tag]
    row = csv_of("liabilities", tag)["2024-11-27"]
    assert list(values.values()) == [written(v, "liabilities", tag) for v in row.values()]
    # QT began before the period and ended with it.
    marks = figure.locator("svg.chart .mark text").all()
    seen = [mark.text_content() for mark in marks if mark.is_visible()]
    assert seen == [{"en": "QT ends", "zh-Hans": "缩表结束"}[tag]]
    whole.click()
    assert "2020" in ticks(figure)
    assert figure.locator(".data").first.is_visible()
    # What is narrowed is gone; the cursor went as well.
    assert shapes.count() == before
    assert figure.locator(".chart-periods span").inner_text() == ""


def test_the_narrowed_line_runs_through_its_values(opened: Any) -> None:
    """The cursor's points come from the values, the line from the drawing: they meet."""
    for chart_id in ("corridor", "balance_sheet", "mbs_path", "spreads"):
        figure = opened.locator(f"#chart-{chart_id}")
        figure.get_by_role("button").first.click()
        focused(opened, chart_id)
        opened.keyboard.press("Home")
        for _ in range(5):
            opened.keyboard.press("ArrowRight")
        apart = figure.locator("svg.chart").evaluate(
            """svg => [...svg.querySelectorAll('.chart-cursor circle')].map(circle => {
                const at = [Number(circle.getAttribute('cx')), Number(circle.getAttribute('cy'))];
                const paths = [...svg.querySelectorAll('g[clip-path] > path')];
                return Math.min(...paths.map(path => Math.min(
                    ...path.getAttribute('d').match(/[\\d.]+[ ,][\\d.]+/g).map(pair => {
                        const [x, y] = pair.split(/[ ,]/).map(Number);
                        return Math.hypot(x - at[0], y - at[1]);
                    }))));
            })"""
        )
        assert len(apart) >= 1
        assert max(apart) < 0.02, chart_id


def test_days_marked_above_a_chart_move_with_it(opened: Any, tag: str) -> None:
    """Federal tax dates and quarter-ends of the three months to 2 December: 15 and 30 September."""
    figure = opened.locator("#chart-srf_daily")
    rows = figure.locator("svg.chart > g > .occasions, svg.chart > .occasions")
    everywhere = sum(row.locator("use").count() for row in rows.all())
    figure.get_by_role("button").first.click()
    moved = [
        round(share, 2)
        for share in figure.evaluate(
            """figure => {
                const plot = figure.querySelector('.chart-reader').getBoundingClientRect();
                return [...figure.querySelectorAll('.occasions use')]
                    .map(use => use.getBoundingClientRect()).filter(own => own.width)
                    .map(own => (own.x + own.width / 2 - plot.x) / plot.width); }"""
        )
    ]
    low, high = data_of("srf_daily", tag)["period"][1:]
    expected = [
        ((day - EPOCH).days - low) / (high - low) for day in (date(2025, 9, 15), date(2025, 9, 30))
    ]
    assert everywhere > len(moved) == 2
    assert sorted(moved) == pytest.approx(sorted(expected), abs=0.01)


def test_names_of_lines_stay_beside_them(opened: Any) -> None:
    """Paths to the end of 2026, narrowed to the spring: the names come down with the lines."""
    figure = opened.locator("#chart-reserve_paths")
    figure.get_by_role("button").first.click()
    focused(opened, "reserve_paths")
    opened.keyboard.press("End")
    points = [circle.bounding_box()["y"] for circle in figure.locator(".chart-cursor circle").all()]
    names = [
        name.bounding_box()["y"] + name.bounding_box()["height"] / 2
        for name in figure.locator("svg.chart .end").all()
        if name.is_visible()
    ]
    assert len(names) == len(points) == 3
    for point, name in zip(sorted(points), sorted(names), strict=True):
        assert abs(point - name) < 25


def test_no_text_of_a_narrowed_chart_is_cut_off(opened: Any, tag: str) -> None:
    for chart_id, made in charts(AS_OF, tag).items():
        if "days" not in json.loads(made.script):
            continue
        figure = focused(opened, chart_id)
        figure.get_by_role("button").first.click()
        for _ in range(3):
            outside = figure.locator("svg.chart").evaluate(
                """svg => { const all = svg.getBoundingClientRect();
                    return [...svg.querySelectorAll('text')].filter(text => {
                        const own = text.getBoundingClientRect();
                        return own.width && (own.left < all.left - 2 || own.right > all.right + 2);
                    }).map(text => text.textContent); }"""
            )
            assert outside == [], chart_id
            focused(opened, chart_id)
            opened.keyboard.press("+")


def test_a_period_by_drag(opened: Any, tag: str) -> None:
    figure = opened.locator("#chart-corridor")
    hover(opened, figure, share_of(date(2025, 3, 3), "corridor", tag))
    opened.mouse.down()
    hover(opened, figure, 0.4)
    hover(opened, figure, share_of(date(2025, 6, 30), "corridor", tag))
    opened.mouse.up()
    period = plain(figure.locator(".chart-periods span").inner_text())
    assert period == {
        "en": "March 3, 2025 to June 30, 2025", "zh-Hans": "2025年3月3日至2025年6月30日",
    }[tag]  # fmt: skip
    hover(opened, figure, 0.001)
    heading, values = shown(figure)
    assert heading == {"en": "March 3, 2025", "zh-Hans": "2025年3月3日"}[tag]
    row = csv_of("corridor", tag)["2025-03-03"]
    assert list(values.values()) == [written(v, "corridor", tag) for v in row.values()]
    # Escape ends a drag that has begun.
    opened.mouse.down()
    hover(opened, figure, 0.5)
    opened.keyboard.press("Escape")
    opened.mouse.up()
    assert plain(figure.locator(".chart-periods span").inner_text()) == period


def test_a_period_by_keyboard(opened: Any) -> None:
    figure = focused(opened, "spreads")
    opened.keyboard.press("Home")
    opened.keyboard.press("End")
    for _ in range(3):
        opened.keyboard.press("+")
    first = figure.get_by_role("slider").get_attribute("aria-valuemin")
    assert int(first) > 100
    assert opened.evaluate("document.activeElement.className") == "chart-reader"
    for _ in range(4):
        opened.keyboard.press("-")
    assert figure.get_by_role("slider").get_attribute("aria-valuemin") == "0"
    assert figure.get_by_role("button").last.get_attribute("aria-pressed") == "true"


def test_the_narrowest_period_has_dates_below_it(opened: Any) -> None:
    figure = focused(opened, "fair_value")
    for _ in range(12):
        opened.keyboard.press("+")
    assert figure.locator(".chart-periods span").inner_text() != ""
    low, high = (int(figure.get_by_role("slider").get_attribute(f"aria-value{e}"))
                 for e in ("min", "max"))  # fmt: skip
    assert 5 <= high - low <= 14


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_the_table_folds_out(
    browser: Any, address: str, tag: str, viewport: dict[str, int]
) -> None:
    page = browser.new_page(viewport=viewport)
    page.goto(address)
    for details in page.locator(".chart-data details").all():
        details.locator("summary").click()
        assert details.get_by_role("table").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    table = page.locator("#chart-corridor").get_by_role("table")
    row = [
        plain(cell) for cell in table.locator("tbody tr").first.locator("th, td").all_inner_texts()
    ]
    day = {"en": "Dec 1, 2025", "zh-Hans": "2025年12月1日"}[tag]
    assert row == [day, "4.12", "4.07", "3.89", "3.75", "4.00"]
    page.close()


def test_the_csv_lies_beside_the_page(opened: Any, site: Path, tag: str) -> None:
    links = opened.locator("a.csv").all()
    assert len(links) == 12
    for link in links:
        assert link.get_attribute("download") == ""
        assert (site / tag / link.get_attribute("href")).is_file()


@pytest.fixture
def phone(browser: Any, address: str) -> Iterator[Any]:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


def test_by_finger(phone: Any, tag: str) -> None:
    """A tap shows values until the next one elsewhere; wide charts still scroll sideways."""
    figure = phone.locator("#chart-corridor")
    figure.scroll_into_view_if_needed()
    box = figure.locator(".chart-reader").bounding_box()
    phone.touchscreen.tap(box["x"] + 0.5 * box["width"], box["y"] + 0.5 * box["height"])
    _, values = shown(figure)
    assert "SOFR" in values
    tip, plot = (figure.locator(part).bounding_box() for part in (".chart-tip", ".plot"))
    assert plot["x"] - 1 <= tip["x"] <= tip["x"] + tip["width"] <= plot["x"] + plot["width"] + 1
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    caption = figure.locator("figcaption").bounding_box()
    phone.touchscreen.tap(caption["x"] + 5, caption["y"] + 5)
    assert not figure.locator(".chart-tip").is_visible()


def colours(page: Any) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = page.evaluate(
        """() => [...document.querySelectorAll('svg.chart [fill], svg.chart [stroke]')]
            .map(part => { const s = getComputedStyle(part);
                return [part.getAttribute('fill') === 'none' ? 'none' : s.fill,
                        part.hasAttribute('stroke') ? s.stroke : 'none']; })"""
    )
    return found


def test_every_colour_follows_the_scheme(browser: Any, address: str) -> None:
    """Lines, areas, bands, grid and words: none keeps its colour from light to dark."""
    page = browser.new_page(viewport=DESK, color_scheme="light")
    page.goto(address)
    page.locator("#chart-corridor button").first.click()
    light = colours(page)
    page.emulate_media(color_scheme="dark")
    dark = colours(page)
    page.close()
    assert len(light) == len(dark) > 200
    for before, after in zip(light, dark, strict=True):
        for one, other in zip(before, after, strict=True):
            assert (one == "none") == (other == "none")
            assert one == "none" or one != other, one
