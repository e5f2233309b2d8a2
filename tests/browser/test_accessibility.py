"""What machines can tell of access and validity: axe in every setting, the Nu checker, weight."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import DESK, PHONE
from tests.conftest import LANGUAGES
from tests.render.made import AS_OF, page

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="make browser has axe")

# WCAG 2.2, levels A and AA, with all that it took over from before.
SCHEMES = ("light", "dark")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]

JAR = Path(os.environ.get("VNU_JAR", ".venv/npm/node_modules/vnu-jar/build/dist/vnu.jar"))


# The page of both is twice as large, and differs in its tables: once at each width.
SETTINGS = [
    *((tag, view, scheme) for tag in LANGUAGES for view in (PHONE, DESK) for scheme in SCHEMES),
    ("parallel", PHONE, "dark"),
    ("parallel", DESK, "light"),
]


@pytest.mark.parametrize(("folder", "viewport", "scheme"), SETTINGS)
def test_axe_finds_nothing(
    browser: Any, site: Path, folder: str, viewport: dict[str, int], scheme: str
) -> None:
    context = browser.new_context(viewport=viewport, color_scheme=scheme)
    opened = context.new_page()
    opened.goto((site / folder / "brief.html").as_uri())
    # With a table open, values shown and a period chosen: all that the script adds.
    for part in ("summary", "button", ".chart-reader"):
        found = opened.locator(f"#chart-corridor {part}").first
        found.focus() if part == ".chart-reader" else found.click()
    opened.keyboard.press("ArrowLeft")
    results = axe.Axe().run(opened, options={"runOnly": {"type": "tag", "values": TAGS}})
    found = results.response["violations"]
    told = [(v["id"], v["nodes"][0]["html"][:200], len(v["nodes"])) for v in found]
    assert told == []
    assert len(results.response["passes"]) > 20
    context.close()


@pytest.mark.skipif(
    not (JAR.is_file() and shutil.which("java")),
    reason="needs java and the Nu checker: make browser, or VNU_JAR=/path/to/vnu.jar",
)
def test_the_nu_checker_finds_no_error(site: Path) -> None:
    files = [str(site / folder / "brief.html") for folder in (*LANGUAGES, "parallel")]
    ran = subprocess.run(
        ["java", "-jar", str(JAR), "--errors-only", "--format", "json", *files],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    messages = json.loads(ran.stderr)["messages"]
    assert [(m["message"], m.get("extract", "")) for m in messages] == []


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_page_weighs_little(tag: str) -> None:
    """Styles, charts, tables and script included."""
    assert len(gzip.compress(page(AS_OF, tag).html.encode())) < 400_000
