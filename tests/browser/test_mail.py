"""The HTML of a mail in a browser: phone and reading pane, light and dark, nothing fetched."""

from __future__ import annotations

from base64 import b64encode
from datetime import date

import pytest

from reportgen.language import locale
from reportgen.render import mail_html
from reportgen.render.page import PageBuilder
from reportgen.settings import Settings
from tests.conftest import LANGUAGES, NO_PROJECT, brief_as_of


@pytest.fixture(scope="module", params=LANGUAGES)
def html(request: pytest.FixtureRequest) -> str:
    """The HTML part with its images in it, as a mail program shows them."""
    brief = brief_as_of(date(2025, 12, 2))
    language = locale.load(request.param, NO_PROJECT)
    builder = PageBuilder(brief, language, NO_PROJECT, Settings(), (), draft=False, mail=True)
    draft = builder.build().mail
    assert draft is not None
    shown = mail_html.write(draft)
    for cid, image in draft.images.items():
        shown = shown.replace(f"cid:{cid}", f"data:image/png;base64,{b64encode(image).decode()}")
    return shown


@pytest.mark.parametrize("width", [360, 700])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_lays_out(browser, html: str, width: int, scheme: str) -> None:  # type: ignore[no-untyped-def]
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=True
    )
    page = context.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url[:40]))
    page.set_content(html)
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "scrolls sideways"
    assert not [address for address in requests if not address.startswith("data:")]
    images = page.locator("img")
    assert images.count() == 12
    for image in images.all():
        box = image.bounding_box()
        assert box["width"] == (600 if width == 700 else 332)
        assert box["width"] / box["height"] == pytest.approx(1200 / 657, rel=0.01)
    assert not page.locator("div").first.is_visible(), "the preheader is for lists of mails"
    colours = (
        page.locator("p")
        .nth(5)
        .evaluate(
            "node => { const cell = node.closest('td'), sheet = node.closest('table');"
            " return [getComputedStyle(cell).color, getComputedStyle(sheet).backgroundColor] }"
        )
    )
    dark = ["rgb(230, 232, 234)", "rgb(20, 24, 28)"]
    assert colours == (dark if scheme == "dark" else ["rgb(27, 31, 36)", "rgb(255, 255, 255)"])
    gauges = page.locator("table.data").first.locator("tr").first.locator("th:visible")
    assert gauges.count() == (6 if width == 700 else 4)
    context.close()
