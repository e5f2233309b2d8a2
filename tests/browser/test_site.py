"""Every kind of page of the site: axe, what it asks for, how it reads without scripts."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import DESK, PHONE
from tests.browser.sites import PAGES, Hosted, visiting

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="make browser has axe")

# WCAG 2.2, levels A and AA, with all that it took over from before, and what else is good practice.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
PAPER = {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 24, 28)"}

# What scripts add: the periods, values and readers of charts.
ADDED = ".chart-periods, .chart-said, .chart-tip, .chart-reader"
TEXT = f"""() => {{
    for (const added of document.querySelectorAll("noscript, {ADDED}")) added.remove();
    return document.body.innerText.replace(/\\s+/g, " ");
}}"""


# The text of a brief is long: at each width axe reads it in one scheme, in a setting each, and what
# stands around it in both. An earlier version has the text of the current one.
TEXT_OF_BRIEF = ["article", ".annex-section"]
READ_IN = {PHONE["width"]: "dark", DESK["width"]: "light"}


def violations(page: Any, *, around: bool) -> list[Any]:
    """What axe finds on a page, or on what is ``around`` the text of its brief."""
    context = {"exclude": TEXT_OF_BRIEF} if around else None
    options = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
    results = axe.Axe().run(page, context=context, options=options).response
    assert len(results["passes"]) > 15
    return [
        (found["id"], found["nodes"][0]["html"][:200], len(found["nodes"]))
        for found in results["violations"]
    ]


def hold(page: Any, viewport: dict[str, int]) -> None:
    """Holds an open page to axe and to its width, light and dark, with what folds out."""
    fold = page.locator("main summary")
    if fold.count():
        fold.first.click()
    is_brief = page.locator(".annex-section").count() > 0
    for scheme, paper in PAPER.items():
        page.emulate_media(color_scheme=scheme)
        painted = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert painted == paper
        read = scheme == READ_IN[viewport["width"]] and "/v1/" not in page.url
        assert violations(page, around=is_brief and not read) == [], scheme
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= viewport["width"], "the page scrolls sideways"


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page(browser: Any, published: Hosted, path: str, viewport: dict[str, int]) -> None:
    with visiting(browser, published.address + path, viewport=viewport) as page:
        hold(page, viewport)


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize(
    ("tag", "says"),
    [("en", "No published brief has been corrected so far."), ("zh-Hans", "迄今没有更正")],
)
def test_before_the_first_correction(
    browser: Any, published: Hosted, tag: str, says: str, viewport: dict[str, int]
) -> None:
    with visiting(browser, f"{published.before}{tag}/corrections/", viewport=viewport) as page:
        assert says in page.locator("main").inner_text()
        hold(page, viewport)


@pytest.mark.parametrize("path", PAGES)
def test_without_scripts_it_says_the_same(browser: Any, published: Hosted, path: str) -> None:
    with visiting(browser, published.address + path, viewport=DESK) as page:
        said = page.evaluate(TEXT)
    assert len(said) > 100
    plain = {"viewport": DESK, "java_script_enabled": False}
    with visiting(browser, published.address + path, **plain) as page:
        assert page.locator(ADDED).count() == 0
        assert page.evaluate(TEXT) == said
