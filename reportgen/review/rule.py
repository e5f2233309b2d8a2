"""What a rule is, and what it says when it finds something."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Generic, TypeVar

from reportgen.errors import InputError

Content = TypeVar("Content")


class Level(StrEnum):
    """An error must not be published; a warning wants an editor's eye."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was found: a language's page, its section, the messages; or another file."""

    language: str = ""
    section: str = ""
    messages: tuple[str, ...] = ()
    file: str = ""

    @property
    def path(self) -> str:
        """The file below the folder of the brief."""
        return self.file or (f"{self.language}/brief.html" if self.language else "facts.json")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a rule found: where, what, and what to do about it."""

    place: Place
    what: str
    remedy: str
    rule: str = ""
    level: Level = Level.ERROR

    def line(self) -> str:
        """The finding as one line: level, rule, place, fault, remedy."""
        place = self.place
        where = ", ".join(filter(None, (place.path, place.section, *place.messages)))
        return f"{self.level}: {self.rule}: {where}: {self.what} → {self.remedy}"


@dataclass(frozen=True, slots=True)
class Rule(Generic[Content]):
    """A rule by its id; ``find`` is pure and leaves rule and level of its findings to this.

    ``Content`` is what it looks at once that is read: a brief, or a site.
    """

    id: str
    level: Level
    explanation: str
    find: Callable[[Content], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at, and what was found."""

    folder: Path
    files: int
    languages: tuple[str, ...]
    findings: tuple[Finding, ...]


def find(rules: Iterable[Rule[Content]], content: Content) -> Iterator[Finding]:
    """What every rule finds, in the order of the rules."""
    for rule in rules:
        for finding in rule.find(content):
            yield replace(finding, rule=rule.id, level=rule.level)


def by_id(rule_id: str, rules: Iterable[Rule[Any]]) -> Rule[Any]:
    """A rule by its id; InputError that lists them all for another."""
    known = {rule.id: rule for rule in rules}
    if rule_id not in known:
        raise InputError(
            f"there is no rule {rule_id!r}",
            where="--explain",
            remedy=f"choose one of {', '.join(known)}",
        )
    return known[rule_id]
