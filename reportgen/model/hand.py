"""What editors write by hand for one brief: notes beside the commentary, overrides within it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Note:
    """Paragraphs in Markdown that follow a section in one language; ``where`` is their file."""

    language: str
    section: str
    text: str
    where: str


@dataclass(frozen=True, slots=True)
class Override:
    """A message in the desk's words, in one language.

    ``written_on`` has the facts it was written on, by id, each with its value at that time.
    """

    language: str
    message: str
    text: str
    written_on: tuple[tuple[str, Decimal], ...]
    where: str


@dataclass(frozen=True, slots=True)
class Hand:
    """Everything written by hand for one brief; ``files`` are those read, with their checksums."""

    notes: tuple[Note, ...] = ()
    overrides: tuple[Override, ...] = ()
    files: tuple[tuple[str, str], ...] = ()

    def note(self, language: str, section: str) -> Note | None:
        """The note of a section in a language."""
        for note in self.notes:
            if (note.language, note.section) == (language, section):
                return note
        return None

    def overrides_in(self, language: str) -> tuple[Override, ...]:
        """The overrides of a language, in the order of the file."""
        return tuple(entry for entry in self.overrides if entry.language == language)


NOTHING_BY_HAND = Hand()
