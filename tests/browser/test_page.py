"""The page in a real browser: widths, light and dark, links into the annex, nothing fetched."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from reportgen.language import locale
from reportgen.render import parallel
from reportgen.render.edition import make
from reportgen.settings import Settings
from tests.conftest import LANGUAGES, NO_PROJECT, brief_as_of
from tests.render.made import AS_OF, page

playwright = pytest.importorskip("playwright.sync_api", reason="make browser installs Playwright")

PHONE, DESK = {"width": 360, "height": 800}, {"width": 1440, "height": 900}


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with playwright.sync_playwright() as started:
        launched = started.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        yield launched
        launched.close()


@pytest.fixture(scope="module", params=LANGUAGES)
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    made = make(
        brief_as_of(date(2025, 12, 2)),
        locale.load(request.param, NO_PROJECT),
        Path(NO_PROJECT),
        Settings(),
        (),
        ("html",),
        draft=False,
    )
    path = tmp_path_factory.mktemp("page") / "brief.html"
    path.write_text(made.page.html, encoding="utf-8")
    return path.as_uri()


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
    assert shown == ("rgb(242, 146, 150)" if scheme == "dark" else "rgb(194, 53, 59)")
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
    context = browser.new_context(java_script_enabled=False, viewport=DESK)
    page = context.new_page()
    page.goto(address)
    assert page.locator("svg.chart").count() == 12
    assert page.locator("h2").count() == 7
    context.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built brief: the page of each language and that of both."""
    built = tmp_path_factory.mktemp("brief")
    pages = [page(AS_OF, tag) for tag in LANGUAGES]
    both = parallel.assemble(pages, NO_PROJECT, date.fromisoformat(AS_OF))
    for name, html in zip((*LANGUAGES, "parallel"), (*(p.html for p in pages), both), strict=True):
        (built / name).mkdir()
        (built / name / "brief.html").write_text(html, encoding="utf-8")
    return built


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_two_languages_side_by_side(  # type: ignore[no-untyped-def]
    browser, folder: Path, viewport: dict[str, int], scheme: str
) -> None:
    context = browser.new_context(viewport=viewport, color_scheme=scheme)
    opened = context.new_page()
    requests: list[str] = []
    complaints: list[str] = []
    opened.on("request", lambda request: requests.append(request.url))
    opened.on("console", lambda message: complaints.append(message.text))
    address = (folder / "parallel" / "brief.html").as_uri()
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


def test_paragraphs_and_plots_begin_at_one_height(browser, folder: Path) -> None:  # type: ignore[no-untyped-def]
    opened = browser.new_page(viewport=DESK)
    opened.goto((folder / "parallel" / "brief.html").as_uri())
    for inside in ("#srf .row-p > .cell > p", "#qt .row-figure .plot", "h2"):
        tops = [found.bounding_box()["y"] for found in opened.locator(inside).all()]
        assert len(tops) >= 4
        assert all(abs(a - b) < 2 for a, b in zip(tops[::2], tops[1::2], strict=True)), inside
    opened.close()


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_another_language_is_read_on_from_the_same_place(  # type: ignore[no-untyped-def]
    browser, folder: Path, viewport: dict[str, int]
) -> None:
    """From Chinese to both, to English, to Chinese: always at the section one reads."""
    opened = browser.new_page(viewport=viewport)
    opened.goto((folder / "zh-Hans" / "brief.html").as_uri())
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


def test_a_figure_of_either_language_leads_to_its_row(browser, folder: Path) -> None:  # type: ignore[no-untyped-def]
    opened = browser.new_page(viewport=DESK)
    opened.goto((folder / "parallel" / "brief.html").as_uri())
    for letter in "ab":
        opened.locator(f'#srf .cell.{letter} data[data-fact="srf.told"] a').first.click()
        row = opened.locator("tr:target")
        assert row.get_attribute("id") == "fact-srf-told"
        told = row.inner_text()
        assert "$26" in told
        assert "260亿美元" in told
    opened.close()
