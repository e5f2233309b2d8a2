"""What a rule of locale files is, and what it says when it finds something."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any


class Effect(IntEnum):
    """What a finding keeps from happening, the least first."""

    TELLS = 0  # `reportgen locale check` names it
    STOPS = 1  # a strict build stops as well
    BREAKS = 2  # a draft prints the English instead, too


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by its id; ``explanation`` is one sentence for translators."""

    id: str
    explanation: str
    effect: Effect = Effect.STOPS


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a message, and how to mend it."""

    rule: Rule
    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault with its place: file, line (0 for the file as a whole), context of the message."""

    file: Path
    line: int
    context: str
    fault: Fault

    def told(self) -> str:
        """The finding without its file: line, message, fault, remedy, rule."""
        line = f"line {self.line}" if self.line else ""
        place = ", ".join(filter(None, (line, self.context)))
        fault = self.fault
        return f"{place}: {fault.what} → {fault.remedy} [{fault.rule.id}]"

    def record(self) -> dict[str, Any]:
        """The finding for programs."""
        return {
            "rule": self.fault.rule.id,
            "file": str(self.file),
            "line": self.line,
            "message": self.context,
            "what": self.fault.what,
            "remedy": self.fault.remedy,
        }
