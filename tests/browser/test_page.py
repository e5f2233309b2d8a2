"""The page in a real browser: widths, light and dark, links into the annex, nothing fetched."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from reportgen import design
from reportgen.language import locale
from reportgen.render.edition import make
from reportgen.settings import Settings
from tests.browser.conftest import DESK, PHONE
from tests.conftest import LANGUAGES, NO_PROJECT, brief_as_of
from tests.translation.pseudo_project import TAG, project


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_lays_out(browser, address: str, viewport: dict[str, int], scheme: str) -> None:  # type: ignore[no-untyped-def]
    context = browser.new_context(viewport=viewport, color_scheme=scheme)
    page = context.new_page()
    requests: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(address)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= viewport["width"], "the page scrolls sideways"
    assert requests == [address]
    assert complaints == []
    background = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert background == ("rgb(20, 24, 28)" if scheme == "dark" else "rgb(255, 255, 255)")
    bar = page.locator("#chart-srf_daily .fill-red").first
    shown = bar.evaluate("node => getComputedStyle(node).fill")
    red = getattr(design.load(NO_PROJECT), scheme).red
    assert shown == f"rgb({', '.join(str(int(red[i : i + 2], 16)) for i in (1, 3, 5))})"
    context.close()


def test_pairs_stack_on_a_phone(browser, address: str) -> None:  # type: ignore[no-untyped-def]
    for viewport, beside in ((PHONE, False), (DESK, True)):
        page = browser.new_page(viewport=viewport)
        page.goto(address)
        first, second = page.locator(".pair").first.locator("figure").all()[:2]
        tops = first.bounding_box()["y"], second.bounding_box()["y"]
        assert (tops[0] == tops[1]) is beside
        page.close()


def test_a_figure_leads_to_its_row(browser, address: str) -> None:  # type: ignore[no-untyped-def]
    page = browser.new_page(viewport=DESK)
    page.goto(address)
    page.locator('#srf data[data-fact="srf.told"] a').first.click()
    row = page.locator("tr:target")
    assert row.get_attribute("id") == "fact-srf-told"
    assert "srf_accepted(2025-12-01)" in row.inner_text()
    page.close()


def test_reads_without_scripts(browser, address: str) -> None:  # type: ignore[no-untyped-def]
    """Charts, their descriptions and the tables of their data need none; no button is left idle."""
    context = browser.new_context(java_script_enabled=False, viewport=DESK)
    page = context.new_page()
    page.goto(address)
    assert page.locator("svg.chart").count() == 12
    assert page.locator("h2").count() == 7
    assert page.locator("button").count() == 0
    assert page.get_by_role("slider").count() == 0
    figure = page.locator("#chart-corridor")
    assert figure.get_by_role("img").count() == 1
    assert not figure.get_by_role("table").is_visible()
    figure.locator("summary").click()
    assert figure.get_by_role("table").is_visible()
    assert "4.12" in figure.get_by_role("row").nth(1).inner_text()
    context.close()


def test_longer_texts_fit(browser, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """The pseudo-language, a third longer than English, on a phone and on a desk."""
    folder = project(tmp_path)
    made = make(
        brief_as_of(date(2025, 12, 2)), locale.load(TAG, folder), folder, Settings(), (), ("html",),
        draft=True,
    )  # fmt: skip
    path = tmp_path / "brief.html"
    path.write_text(made.page.html, encoding="utf-8")
    for viewport in (PHONE, DESK):
        page = browser.new_page(viewport=viewport)
        page.goto(path.as_uri())
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= viewport["width"], "the page scrolls sideways"
        page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_two_languages_side_by_side(  # type: ignore[no-untyped-def]
    browser, site: Path, viewport: dict[str, int], scheme: str
) -> None:
    context = browser.new_context(viewport=viewport, color_scheme=scheme)
    opened = context.new_page()
    requests: list[str] = []
    complaints: list[str] = []
    opened.on("request", lambda request: requests.append(request.url))
    opened.on("console", lambda message: complaints.append(message.text))
    address = (site / "parallel" / "brief.html").as_uri()
    opened.goto(address)
    assert requests == [address]
    assert complaints == []
    width = opened.evaluate("document.documentElement.scrollWidth")
    assert width <= viewport["width"], "the page scrolls sideways"
    for row in (".row-h1", "#srf .row-p", "#chart-corridor", "#changes .row-item"):
        first, second = opened.locator(row).first.locator("> .cell").all()
        left, right = first.bounding_box(), second.bounding_box()
        if viewport is DESK:
            assert left["x"] + left["width"] < right["x"]
            assert abs(left["width"] - right["width"]) < 1
        else:
            assert right["y"] >= left["y"] + left["height"]
    background = opened.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert background == ("rgb(20, 24, 28)" if scheme == "dark" else "rgb(255, 255, 255)")
    context.close()


def test_paragraphs_and_plots_begin_at_one_height(browser, site: Path) -> None:  # type: ignore[no-untyped-def]
    opened = browser.new_page(viewport=DESK)
    opened.goto((site / "parallel" / "brief.html").as_uri())
    for inside in ("#srf .row-p > .cell > p", "#qt .row-figure .plot", "h2"):
        tops = [found.bounding_box()["y"] for found in opened.locator(inside).all()]
        assert len(tops) >= 4
        assert all(abs(a - b) < 2 for a, b in zip(tops[::2], tops[1::2], strict=True)), inside
    opened.close()


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_another_language_is_read_on_from_the_same_place(  # type: ignore[no-untyped-def]
    browser, site: Path, viewport: dict[str, int]
) -> None:
    """From Chinese to both, to English, to Chinese: always at the section one reads."""
    opened = browser.new_page(viewport=viewport)
    opened.goto((site / "zh-Hans" / "brief.html").as_uri())
    for href in (
        "../parallel/brief.html#funding",
        "../en/brief.html#funding",
        "../zh-Hans/brief.html#funding",
    ):
        opened.locator(f'#funding a[href="{href}"]').click()
        opened.wait_for_url(f"**{href[2:]}")
        top = opened.locator("#funding h2").first.bounding_box()["y"]
        assert -2 < top < 120, href
    opened.close()


def test_a_figure_of_either_language_leads_to_its_row(browser, site: Path) -> None:  # type: ignore[no-untyped-def]
    opened = browser.new_page(viewport=DESK)
    opened.goto((site / "parallel" / "brief.html").as_uri())
    for letter in "ab":
        opened.locator(f'#srf .cell.{letter} data[data-fact="srf.told"] a').first.click()
        row = opened.locator("tr:target")
        assert row.get_attribute("id") == "fact-srf-told"
        told = row.inner_text()
        assert "$26" in told
        assert "260亿美元" in told
    opened.close()


def test_charts_of_both_languages_under_the_hand(browser, site: Path) -> None:  # type: ignore[no-untyped-def]
    """Each tells its values in its language, and leads to its own data."""
    opened = browser.new_page(viewport=DESK)
    opened.goto((site / "parallel" / "brief.html").as_uri())
    assert opened.locator(".chart-reader").count() == 24
    for tag, value in zip(LANGUAGES, ("$26\xa0billion", "260亿美元"), strict=True):
        figure = opened.locator(f'.cell[lang="{tag}"]:has(a.csv[href*="srf_daily"])').first
        figure.locator(".chart-reader").focus()
        opened.keyboard.press("ArrowLeft")
        assert value in figure.locator(".chart-tip").inner_text()
        drawn, reader = (
            figure.locator(part).first.bounding_box() for part in ("svg.chart", ".chart-reader")
        )
        assert drawn["x"] <= reader["x"]
        assert reader["x"] + reader["width"] <= drawn["x"] + drawn["width"] + 1
    for link in opened.locator("a.csv").all():
        assert (site / "parallel" / link.get_attribute("href")).resolve().is_file()
    opened.close()
