"""A small site with every kind of page, on a host, and how a browser visits it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.conftest import LANGUAGES
from tests.render.made import AS_OF
from tests.site.correcting import FIRST, LATER, corrected, corrected_editions, publish
from tests.site.desk import desk, left
from tests.site.hosting import hosted

SETTINGS = '[publish.web]\ntarget = "folder"\npath = "public"\n'

# Below the folder of a language. SOFR is drawn as a line, the use of the repo facility as bars.
OWN = (
    "", "archive/", f"{AS_OF}/", f"{AS_OF}/v1/", "series/sofr/", "series/srf_accepted/", "data/",
    "methodology/", "glossary/", "corrections/", "search/",
)  # fmt: skip
# Every kind of page; the choice of language is at the root.
PAGES = (
    "",
    f"parallel/{AS_OF}/",
    "404.html",
    *(f"{tag}/{path}" for path in OWN for tag in LANGUAGES),
)


@dataclass(frozen=True)
class Hosted:
    """A site whose newest brief was corrected: its address, and that of the site before."""

    address: str
    before: str
    folder: Path


@contextmanager
def published(project: Path) -> Iterator[Hosted]:
    """Two briefs in two languages, out since 2 December 2025, one of them corrected on the 4th."""
    settings = desk(project) / "reportgen.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + SETTINGS, encoding="utf-8")
    _sent(project, FIRST)
    current = project / "public" / "current"
    first = current.resolve()
    left(project, corrected(), corrected_editions())
    with pytest.MonkeyPatch.context() as patch:
        # The store of this desk has the figure as it was.
        patch.setattr("reportgen.site.agreement.check", lambda *_: None)
        _sent(project, LATER, "A late figure was added.", "zh-Hans=补入迟到的数据。")
    folder = current.resolve()
    assert folder != first
    with hosted(folder) as address, hosted(first) as before:
        yield Hosted(address, before, folder)


def _sent(project: Path, at: int, *reasons: str) -> None:
    done = publish(project, at, *(part for reason in reasons for part in ("--correct", reason)))
    assert done.exit_code == 0, done.output + str(done.exception)


@contextmanager
def visiting(browser: Any, address: str, **options: Any) -> Iterator[Any]:
    """A page of the site, opened.

    What the console says is a fault, and so is each request that fails or goes elsewhere, each
    cookie, and the search where it is not asked for.
    """
    context = browser.new_context(**options)
    page = context.new_page()
    host = urlsplit(address).netloc
    faults: list[str] = []
    page.on("console", lambda message: faults.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: faults.append(f"error: {error}"))
    page.on("requestfailed", lambda request: faults.append(f"failed: {request.url}"))
    page.on("response", lambda response: faults.extend(_refused(response)))
    page.on("request", lambda request: faults.extend(_unasked(request, host)))
    page.goto(address)
    yield page
    faults += [f"cookie: {cookie['name']}" for cookie in context.cookies()]
    context.close()
    assert faults == []


def _refused(response: Any) -> list[str]:
    return [f"{response.status}: {response.url}"] if response.status >= 400 else []


def _unasked(request: Any, host: str) -> list[str]:
    parts = urlsplit(request.url)
    loads_search = "/pagefind/" in parts.path and "/search/" not in request.frame.url
    return [f"asked: {request.url}"] if parts.netloc != host or loads_search else []
