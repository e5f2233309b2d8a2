"""What a rule is, and what it says when it finds something."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportgen.review.brief import ReadBrief


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
class Rule:
    """A rule by its id; ``find`` is pure and leaves rule and level of its findings to this."""

    id: str
    level: Level
    explanation: str
    find: Callable[[ReadBrief], Iterable[Finding]]
