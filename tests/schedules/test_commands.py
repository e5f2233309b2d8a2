"""Each call of reportgen in the examples is one that it has, with options that it has."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml

from reportgen.cli import COMMANDS, group
from tests.schedules.stage import SCHEDULES

ENDS = ("|", "||", "&", "&&", ";", "then", "}", "fi")


def shell_of(path: Path) -> Iterator[str]:
    """The lines of a file that a shell reads."""
    text = path.read_text(encoding="utf-8")
    match path.suffix:
        case ".md":
            yield from (line.strip() for line in text.splitlines() if line.startswith("    "))
            yield from re.findall(r"`(reportgen [^`]+)`", text.replace("\n", " "))
        case ".yml":
            for job in yaml.safe_load(text)["jobs"].values():
                for step in job["steps"]:
                    yield from step.get("run", "").splitlines()
        case ".service":
            yield from re.findall(r"^ExecStart=(.+)$", text, re.MULTILINE)
        case _:
            yield from text.splitlines()


def calls() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each call: the file, and the words behind ``reportgen``."""
    for path in sorted(path for path in SCHEDULES.rglob("*") if path.is_file()):
        for line in shell_of(path):
            # A line of a `case` or of a text that is no command.
            try:
                words = shlex.split(line, comments=True)
            except ValueError:
                continue
            for place, word in enumerate(words):
                if Path(word).name == "reportgen":
                    yield path.name, tuple(until_end(words[place + 1 :]))


def until_end(words: list[str]) -> Iterator[str]:
    for word in words:
        if word in ENDS or re.match(r"\d*[<>]", word):
            return
        yield word.rstrip(";")


CALLS = sorted(set(calls()))


def command(name: str) -> click.Command:
    if name == "week" and name not in COMMANDS:
        pytest.skip("reportgen has no week yet")
    found = group.get_command(click.Context(group), name)
    assert found is not None, f"reportgen has no {name}"
    return found


def options_of(found: click.Command) -> set[str]:
    return {option for parameter in found.params for option in parameter.opts}


def test_the_calls_are_found() -> None:
    assert ("week.sh", ("week", "$target")) in CALLS
    assert ("weekly-brief.yml", ("week", "pages", "${options[@]}")) in CALLS
    assert ("weekly-brief.yml", ("pull", "--reparse")) in CALLS
    assert ("reportgen-week.service", ("week", "web")) in CALLS
    assert ("README.md", ("week", "web")) in CALLS


@pytest.mark.parametrize(("file", "words"), CALLS, ids=lambda part: str(part))
def test_reportgen_has_what_is_called(file: str, words: tuple[str, ...]) -> None:
    found = command(words[0])
    options = {word.partition("=")[0] for word in words if word.startswith("--")}
    assert options <= options_of(found)
    taken = sum(
        parameter.nargs for parameter in found.params if isinstance(parameter, click.Argument)
    )
    given = [word for word in words[1:] if not word.startswith(("-", "${"))]
    assert len(given) <= taken


def test_the_options_that_the_workflow_adds_are_those_of_the_week() -> None:
    text = (SCHEDULES / "github" / "weekly-brief.yml").read_text(encoding="utf-8")
    added = set(re.findall(r"options\+=\((--[a-z-]+)=", text))
    assert added == {"--as-of", "--correct"}
    assert added <= options_of(command("week"))
