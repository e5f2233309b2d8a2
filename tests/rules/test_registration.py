"""What belongs together is all there: sections and templates, series and names, docs and code."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from reportgen import resources, settings
from reportgen.cli import COMMANDS
from reportgen.cli.locale import COMMANDS as LOCALE_COMMANDS
from reportgen.config_files import parse
from reportgen.language.extraction import source_messages
from reportgen.sections import SECTIONS
from reportgen.sources.catalogue import CATALOGUE
from tests.conftest import NO_PROJECT

ROOT = Path(__file__).parents[2]


def test_every_section_has_its_templates() -> None:
    for section in SECTIONS:
        assert (resources.TEMPLATES / "sections" / f"{section.id}.html.j2").is_file()
    named = {path.name.split(".")[0] for path in (resources.TEMPLATES / "sections").glob("*.j2")}
    assert named == {section.id for section in SECTIONS}


def test_every_series_and_publisher_has_a_name() -> None:
    names = {message.context for message in source_messages(NO_PROJECT)}
    assert {f"series.{series.id}" for series in CATALOGUE} <= names
    assert {f"publisher.{series.publisher}" for series in CATALOGUE} <= names


def test_no_name_of_a_series_is_left_over() -> None:
    named = {
        message.context.removeprefix("series.")
        for message in source_messages(NO_PROJECT)
        if message.context.startswith("series.")
    }
    assert named == {series.id for series in CATALOGUE}


def test_every_message_belongs_to_its_template() -> None:
    """A context begins with the section or the template that says it."""
    for message in source_messages(NO_PROJECT):
        home = Path(message.template).name.split(".")[0]
        expected = {"series": ("series", "publisher")}.get(home, (home,))
        assert message.context.split(".")[0] in expected, message.context


@pytest.mark.parametrize("command", [*COMMANDS, *(f"locale {name}" for name in LOCALE_COMMANDS)])
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"`reportgen {command}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_make_target_is_in_the_readme() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    internal = {"help", "setup", "setup-dev"}
    for target in set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE)) - internal:
        assert f"`make {target}`" in readme, target


def test_the_sources_page_is_current() -> None:
    script = ROOT / "scripts" / "write_sources_doc.py"
    code = f"import runpy; print(runpy.run_path({str(script)!r})['text'](), end='')"
    written = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT
    ).stdout
    assert (ROOT / "docs" / "sources.md").read_text(encoding="utf-8") == written


def test_the_starter_settings_are_the_defaults() -> None:
    text = (resources.STARTER / "reportgen.toml").read_text(encoding="utf-8")
    assert parse(text, settings.Settings, "starter") == settings.Settings()


def test_locks_hold_hashes_and_no_address() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text
        assert "index" not in text


def test_no_file_has_marks_of_a_merge() -> None:
    """Prose is read by no compiler: a conflict left in it would stay."""
    kinds = {".css", ".csv", ".j2", ".js", ".md", ".po", ".pot", ".py", ".toml"}
    folders = ("docs", "locales", "reportgen", "scripts", "templates", "tests")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*")]
    for path in [*files, *ROOT.glob("*.md")]:
        if path.suffix in kinds:
            text = path.read_text(encoding="utf-8", errors="replace")
            assert not re.search(r"^(<{7}|>{7}) ", text, re.MULTILINE), path
