"""A browser, and the pages of 2 December 2025 as files with the data of their charts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from reportgen.render import parallel
from tests.browser import sites
from tests.browser.sites import Hosted
from tests.conftest import LANGUAGES, NO_PROJECT
from tests.render.made import AS_OF, edition

PHONE, DESK = {"width": 360, "height": 800}, {"width": 1440, "height": 900}


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="make browser installs Playwright"
    )
    with playwright.sync_playwright() as started:
        launched = started.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each language and the page of both, as a build leaves them."""
    folder = tmp_path_factory.mktemp("site")
    pages = [edition(AS_OF, tag).page for tag in LANGUAGES]
    both = folder / parallel.FOLDER / "brief.html"
    both.parent.mkdir()
    html = parallel.assemble(pages, NO_PROJECT, date.fromisoformat(AS_OF))
    both.write_text(html, encoding="utf-8")
    for tag in LANGUAGES:
        for artifact in edition(AS_OF, tag).artifacts:
            path = folder / artifact.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(artifact.content)
    return folder


@pytest.fixture(params=LANGUAGES)
def tag(request: pytest.FixtureRequest) -> str:
    language: str = request.param
    return language


@pytest.fixture
def address(site: Path, tag: str) -> str:
    return (site / tag / "brief.html").as_uri()


@pytest.fixture
def opened(browser: Any, address: str) -> Iterator[Any]:
    """The page on a desk; whatever the console says, and any other request, is a fault."""
    context = browser.new_context(viewport=DESK, accept_downloads=True)
    page = context.new_page()
    requests: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    yield page
    context.close()
    assert complaints == []
    assert [url for url in requests if not url.startswith("file:")] == []


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    """The small site on a host."""
    with sites.published(tmp_path_factory.mktemp("desk")) as found:
        yield found
