"""The site as readers use it: search, charts of series, corrections, and all without scripts."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from reportgen.language import locale
from reportgen.language.dates import format_full_day
from reportgen.language.numbers import parse_quantity
from reportgen.model import Unit
from tests.browser.conftest import DESK, PHONE
from tests.browser.sites import Hosted, visiting
from tests.browser.test_charts import hover, plain, shown
from tests.conftest import NO_PROJECT
from tests.render.made import AS_OF

VIEWS = pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
SCRIPTLESS = {"viewport": DESK, "java_script_enabled": False}

WORDS = {"en": "standing repo", "zh-Hans": "常备回购"}
NOTHING = {"en": "Nothing found. Try fewer or other words", "zh-Hans": "没有找到相关内容"}
# A line and bars: the unit of each, and the precision to which its chart prints.
DRAWN = {"sofr": (Unit.PERCENT, "0.01"), "srf_accepted": (Unit.USD, "1000000")}


def loaded_for_search(page: Any) -> list[str]:
    """What of the search's index and engine the page has asked for."""
    names: list[str] = page.evaluate("performance.getEntriesByType('resource').map(e => e.name)")
    return [name for name in names if "/pagefind/" in name]


def follow_first_result(page: Any, words: str) -> None:
    """Follows the first of the results, which leads to a brief with these words."""
    page.locator("#results li").first.wait_for()
    for passage in page.locator("#results p").all_inner_texts():
        assert not re.search(r"\d。\d", passage), "a decimal point is no full stop"
    first = page.locator("#results li").first
    assert words in plain(first.locator("p").inner_text()).lower()
    first.get_by_role("link").click()
    page.locator("main article").wait_for()
    assert page.url.rstrip("/").rpartition("/")[2] in (AS_OF, "2025-11-25")
    assert words in plain(page.locator("main article").inner_text()).lower()


@VIEWS
def test_search(browser: Any, published: Hosted, tag: str, viewport: dict[str, int]) -> None:
    with visiting(browser, f"{published.address}{tag}/search/", viewport=viewport) as page:
        page.wait_for_load_state("networkidle")
        assert loaded_for_search(page) == [], "before the field is used"
        page.locator("#q").press_sequentially(WORDS[tag])
        page.locator("#q").press("Enter")
        page.locator("#results mark").first.wait_for()
        assert loaded_for_search(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
        follow_first_result(page, WORDS[tag])


@VIEWS
@pytest.mark.parametrize("path", ["", f"{AS_OF}/"])
def test_search_from_the_head_of_a_page(
    browser: Any, published: Hosted, tag: str, path: str, viewport: dict[str, int]
) -> None:
    with visiting(browser, f"{published.address}{tag}/{path}", viewport=viewport) as page:
        field = page.get_by_role("banner").get_by_role("searchbox")
        field.press_sequentially(WORDS[tag])
        assert loaded_for_search(page) == []
        field.press("Enter")
        page.wait_for_url(f"{published.address}{tag}/search/?q=*")
        assert page.locator("#q").input_value() == WORDS[tag]
        follow_first_result(page, WORDS[tag])


def test_nothing_is_found(browser: Any, published: Hosted, tag: str) -> None:
    with visiting(browser, f"{published.address}{tag}/search/?q=zyxwvu", viewport=DESK) as page:
        status = page.get_by_role("status")
        status.filter(has_text=NOTHING[tag]).wait_for()
        assert page.locator("#results li").count() == 0


def last_rows(page: Any, count: int) -> list[tuple[date, Decimal]]:
    """The end of the file of a series, which its page links to."""
    link = page.locator("a.csv").evaluate("link => link.href")
    rows = list(csv.reader(io.StringIO(page.request.get(link).text())))
    return [(date.fromisoformat(day), Decimal(value)) for day, value in rows[-count:]]


def told(figure: Any, series: str, tag: str) -> tuple[str, Decimal]:
    """The day that a chart of a single series shows, and the value as a number."""
    day, values = shown(figure)
    (text,) = values.values()
    return day, parse_quantity(text, DRAWN[series][0], locale.load(tag, NO_PROJECT))


@VIEWS
@pytest.mark.parametrize("series", DRAWN)
def test_the_chart_of_a_series(
    browser: Any, published: Hosted, tag: str, series: str, viewport: dict[str, int]
) -> None:
    """Under the pointer and by keyboard it tells the values of its file; a period narrows it."""
    language, step = locale.load(tag, NO_PROJECT), Decimal(DRAWN[series][1])
    address = f"{published.address}{tag}/series/{series}/"
    with visiting(browser, address, viewport=viewport) as page:
        before, last = [
            (plain(format_full_day(day, language)), value.quantize(step))
            for day, value in last_rows(page, 2)
        ]
        figure = page.locator(f"#chart-{series}")
        reader = figure.get_by_role("slider")
        hover(page, figure, 0.9999)
        assert told(figure, series, tag) == last
        reader.focus()
        page.keyboard.press("End")
        assert told(figure, series, tag) == last
        page.keyboard.press("ArrowLeft")
        assert told(figure, series, tag) == before
        figure.get_by_role("button").first.click()
        assert plain(figure.locator(".chart-periods span").inner_text()).endswith(last[0])
        first = int(reader.get_attribute("aria-valuemin"))
        assert first > 0
        reader.focus()
        page.keyboard.press("End")
        page.keyboard.press("+")
        assert int(reader.get_attribute("aria-valuemin")) > first
        assert told(figure, series, tag) == last


@VIEWS
@pytest.mark.parametrize(
    ("tag", "notice", "superseded"),
    [
        ("en", "Corrected on December 4, 2025. A late figure was added.", "was corrected on"),
        ("zh-Hans", "本期已于 2025年12月4日更正。 补入迟到的数据。", "已于 2025年12月4日更正"),
    ],
)
def test_a_correction(
    browser: Any,
    published: Hosted,
    tag: str,
    notice: str,
    superseded: str,
    viewport: dict[str, int],
) -> None:
    """From the notice to what was changed, to the version before, and back."""
    with visiting(browser, f"{published.address}{tag}/{AS_OF}/", viewport=viewport) as page:
        box = page.locator(".site-notice")
        assert plain(box.inner_text()).startswith(notice)
        assert box.bounding_box()["y"] < page.locator("h1").bounding_box()["y"]
        box.get_by_role("link").first.click()
        target = page.locator(f"#c{AS_OF}")
        target.wait_for()
        assert -2 < target.bounding_box()["y"] < viewport["height"]
        section = page.locator("section.correction")
        figures = plain(section.locator("tr", has_text="srf.told").inner_text())
        assert "26" in figures.partition("28")[0]
        section.locator("p a").click()
        page.locator(".site-notice", has_text=superseded).wait_for()
        page.locator(".site-notice a").click()
        box.wait_for()
        assert page.url == f"{published.address}{tag}/{AS_OF}/"


def test_links_without_scripts(browser: Any, published: Hosted) -> None:
    """From the choice of language through every page of the head, and over to the other language.

    An address that is not there has them as well.
    """
    with visiting(browser, published.address, **SCRIPTLESS) as page:
        page.get_by_role("link", name="English").last.click()
        page.wait_for_url("**/en/")
        for path in ("archive", "data", "methodology", "glossary", "corrections"):
            page.locator(f'nav a[href$="/{path}/"]').click()
            page.wait_for_url(f"**/en/{path}/")
            assert page.locator("nav [aria-current=page]").count() == 1
            page.get_by_role("banner").get_by_role("link", name="简体中文").click()
            page.wait_for_url(f"**/zh-Hans/{path}/")
            assert page.locator("html").get_attribute("lang") == "zh-Hans"
            page.get_by_role("banner").get_by_role("link", name="English").click()
            page.wait_for_url(f"**/en/{path}/")
    page = browser.new_page(**SCRIPTLESS)
    assert page.goto(f"{published.address}en/not/there/").status == 404
    page.get_by_role("main").get_by_role("link").first.click()
    page.wait_for_url("**/briefs/en/")
    page.close()


@pytest.mark.parametrize(
    "path", [f"{AS_OF}/", f"{AS_OF}/v1/", "series/sofr/", "series/srf_accepted/"]
)
def test_charts_without_scripts(browser: Any, published: Hosted, tag: str, path: str) -> None:
    """Each is drawn, and the table of its data folds out."""
    with visiting(browser, f"{published.address}{tag}/{path}", **SCRIPTLESS) as page:
        figures = page.locator("figure:has(svg.chart)")
        assert figures.count() == (1 if "series" in path else 12)
        for figure in figures.all():
            box = figure.locator("svg.chart").bounding_box()
            assert box["width"] > 250
            assert box["height"] > 80
            table = figure.get_by_role("table")
            assert not table.is_visible()
            figure.locator("summary").click()
            assert table.is_visible()
            assert table.get_by_role("row").count() > 2


@pytest.mark.parametrize(
    ("tag", "says"),
    [
        ("en", "The search needs JavaScript; the archive does without."),
        ("zh-Hans", "搜索需要 JavaScript；浏览往期简报则不需要。"),
    ],
)
def test_search_without_scripts(browser: Any, published: Hosted, tag: str, says: str) -> None:
    with visiting(browser, f"{published.address}{tag}/search/", **SCRIPTLESS) as page:
        told = page.locator("main p", has_text="JavaScript")
        assert says in plain(told.inner_text())
        told.get_by_role("link").click()
        page.wait_for_url(f"**/{tag}/archive/")
