"""Locale files for tests: the shipped Chinese one, damaged or with templates of its own."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from reportgen import resources
from reportgen.cli import group

SHIPPED = resources.LOCALES / "zh_Hans" / "LC_MESSAGES" / "messages.po"
TEXT = SHIPPED.read_text(encoding="utf-8")
# Of the messages that the tests damage.
USAGE = "srf.usage.plain"


def path_in(project: Path) -> Path:
    return project / "locales" / "zh_Hans" / "LC_MESSAGES" / "messages.po"


def project_with(project: Path, text: str | bytes) -> Path:
    """A project with a Chinese locale file of its own."""
    path = path_in(project)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return project


def entry(context: str, text: str = TEXT) -> str:
    """The lines of a message, from its context to its translation."""
    start = text.index(f'msgctxt "{context}"\n')
    return text[start : text.index("\n\n", start) + 1]


def translated(context: str, translation: str) -> str:
    """The shipped file with another translation of a message."""
    old = entry(context)
    return TEXT.replace(old, old[: old.index("msgstr ")] + f'msgstr "{translation}"\n')


def line_of(context: str, text: str) -> int:
    """The line of a message's English."""
    return text[: text.index(f'msgctxt "{context}"\n')].count("\n") + 2


def with_template(project: Path, name: str, old: str, new: str) -> Path:
    """A project in which a shipped template says something else."""
    path = project / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    shipped = (resources.TEMPLATES / name).read_text(encoding="utf-8")
    assert shipped.count(old) == 1
    path.write_text(shipped.replace(old, new), encoding="utf-8")
    return project


def run(project: Path, *arguments: str) -> Result:
    """``reportgen locale`` as a translator runs it."""
    return CliRunner().invoke(group, ["--project", str(project), "locale", *arguments])
