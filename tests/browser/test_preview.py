"""The preview in a real browser: it reloads by itself and keeps the place; the sheet on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from reportgen.serving import answering, watching
from reportgen.serving.drafting import Drafting
from reportgen.serving.previewing import Preview
from reportgen.settings import Settings
from tests.conftest import brief_as_of
from tests.render.made import AS_OF
from tests.translation.files import TEXT, path_in, project_with, translated

PHONE, DESK = {"width": 360, "height": 800}, {"width": 1440, "height": 900}
CAPTION = "tools.dates.caption"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project_with(tmp_path_factory.mktemp("desk"), TEXT)


@pytest.fixture(scope="module")
def address(project: Path) -> Iterator[str]:
    stop = Event()
    drafting = Drafting(project, "zh-Hans", brief_as_of(date.fromisoformat(AS_OF)), Settings())
    with answering.listen(0) as server:
        server.preview = Preview(drafting)
        threads = [
            Thread(target=server.serve_forever, daemon=True),
            Thread(target=watching.on_change, args=(project, server.preview.remake, stop)),
        ]
        for thread in threads:
            thread.start()
        yield server.address
        stop.set()
        server.shutdown()
        for thread in threads:
            thread.join()


@pytest.fixture(params=["light", "dark"])
def opened(browser: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A page on a phone; whatever the console says is a fault."""
    context = browser.new_context(viewport=PHONE, color_scheme=request.param)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def test_it_reloads_on_a_save_and_keeps_the_place(
    browser: Any, address: str, project: Path, caplog: pytest.LogCaptureFixture
) -> None:
    context = browser.new_context(viewport=DESK)
    page = context.new_page()
    page.goto(address)
    page.evaluate("scrollTo(0, 2345)")
    path_in(project).write_text(translated(CAPTION, "此后的日子"), encoding="utf-8")
    page.get_by_role("heading", name="此后的日子").wait_for(state="attached")
    page.wait_for_function("scrollY === 2345")
    path_in(project).write_text(TEXT[:-3], encoding="utf-8")
    page.get_by_role("alert").wait_for()
    assert "has no closing quotation mark" in page.get_by_role("alert").inner_text()
    page.wait_for_function("scrollY === 2345")
    path_in(project).write_text(TEXT, encoding="utf-8")
    page.get_by_role("heading", name="后续重要日期").wait_for(state="attached")
    assert page.get_by_role("alert").count() == 0
    page.wait_for_function("scrollY === 2345")
    context.close()
    caplog.clear()


def test_the_sheet_on_a_phone(opened: Any, address: str) -> None:
    opened.goto(address + "sheet")
    for details in opened.locator("details").all()[:40]:
        details.evaluate("node => { node.open = true }")
    assert opened.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    english, chinese = opened.locator("[id='srf.usage.high'] .said").all()[:2]
    assert english.bounding_box()["y"] < chinese.bounding_box()["y"], "one below the other"
    assert "260亿美元" in chinese.inner_text()


def test_the_sheet_on_a_desk(browser: Any, address: str) -> None:
    context = browser.new_context(viewport=DESK, java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "sheet#srf.usage.high")
    english, chinese = page.locator("[id='srf.usage.high'] .said").all()[:2]
    assert english.bounding_box()["y"] == chinese.bounding_box()["y"], "side by side"
    assert 0 <= english.bounding_box()["y"] < DESK["height"]
    context.close()


def test_the_preview_on_a_phone(opened: Any, address: str) -> None:
    opened.goto(address)
    opened.get_by_role("link", name="Sheet").wait_for()
    assert opened.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
