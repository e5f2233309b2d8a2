"""The week in one command: from the providers to what readers have."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pull.running import EVENING, Desk, Ended, desk
from tests.site.reading import page, text_of

SITE = """
[brief]
languages = ["en"]
formats = ["html"]

[site]
base_url = "https://example.org"
search = false

[publish.web]
target = "folder"
path = "public"
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk that has the bundled history, from which a pull goes on."""
    with desk(tmp_path_factory.mktemp("week") / "desk", EVENING) as own:
        own.set(bundled=True)
        yield own


@pytest.fixture(scope="module")
def week(made: Desk) -> Ended:
    settings = made.folder / "reportgen.toml"
    settings.write_text(settings.read_text() + SITE)
    return made.run("week", "web")


def test_readers_have_the_brief_of_today(made: Desk, week: Ended) -> None:
    assert week.code == 0, week.err
    assert "issued: 2025-12-05, version 1" in week.out
    assert "web: readers have 20251206T" in week.out
    site = made.folder / "public" / "current"
    assert "December 5, 2025" in text_of(page(site, "en"))
    assert text_of(page(site, "en/2025-12-05")).count("Data cut-off: December 5, 2025, 23:30") == 1
    record = json.loads((made.folder / "published" / "2025-12-05" / "issued.json").read_bytes())
    assert record["versions"][0]["issued_at"] == "2025-12-06T04:30:00+00:00"


def test_the_run_is_on_record(made: Desk, week: Ended) -> None:
    assert week.code == 0
    logs = sorted(path.name.partition("-")[2] for path in (made.folder / "logs").iterdir())
    assert {"pull.json", "publish.json"} <= set(logs)


def test_without_a_target_nothing_is_asked_for(made: Desk, tmp_path: Path) -> None:
    asked = len(made.replay.requests)
    ended = made.run("week", "elsewhere")
    assert ended.code == 2
    assert "there is no target 'elsewhere'" in ended.error
    assert len(made.replay.requests) == asked
