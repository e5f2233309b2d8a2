"""The page in a real browser: widths, light and dark, links into the annex, nothing fetched."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from reportgen.language import locale
from reportgen.render.edition import make
from reportgen.settings import Settings
from tests.conftest import LANGUAGES, NO_PROJECT, brief_as_of
from tests.translation.pseudo_project import TAG, project

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
