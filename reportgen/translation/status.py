"""How far a language is: its messages by section, translated, changed, missing, obsolete."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from reportgen.language import checking, po_file
from reportgen.language.extraction import SourceMessage, source_messages
from reportgen.language.locale import Locale
from reportgen.language.po_file import Entry, PoFile
from reportgen.language.rules import entries

State = Literal["translated", "changed", "unsure", "missing"]


@dataclass(frozen=True, slots=True)
class Progress:
    """A section of a language, or all of it (``section`` empty).

    ``changed`` counts translations that wait for a translator's eye: of another English, or unsure.
    """

    language: str
    section: str
    messages: int
    translated: int
    changed: int
    missing: int
    obsolete: int

    @property
    def percent(self) -> int:
        """The share that is translated, rounded down, so that 100 means all."""
        return 100 * self.translated // self.messages if self.messages else 100


def of_language(locale: Locale, project: Path) -> tuple[Progress, ...]:
    """The whole, then each section in the order of the templates; InputError for a broken file."""
    po = po_file.read(checking.file_of(locale, project))
    return count(po, list(source_messages(project)), locale.tag)


def count(po: PoFile, sources: Sequence[SourceMessage], tag: str) -> tuple[Progress, ...]:
    """As ``of_language``, from what is already read."""
    by_key = {entry.key: entry for entry in po.entries}
    by_context = {entry.context: entry for entry in po.entries}
    wanted = {source.context for source in sources}
    states: dict[str, list[str]] = {_section(source.context): [] for source in sources}
    for source in sources:
        entry = by_key.get((source.context, source.text))
        state = state_of(source, entry, by_context.get(source.context))
        states[_section(source.context)].append("changed" if state == "unsure" else state)
    for entry in (*po.obsolete, *(e for e in po.entries if e.context not in wanted)):
        states.setdefault(_section(entry.context), []).append("obsolete")
    whole = [state for section in states.values() for state in section]
    return (
        _progress(tag, "", whole),
        *(_progress(tag, section, found) for section, found in states.items()),
    )


def state_of(source: SourceMessage, entry: Entry | None, former: Entry | None) -> State:
    """How far a message is; ``former`` has its context and perhaps another English."""
    rules = {fault.rule for fault in entries.faults(source, entry, former)}
    if entries.CHANGED in rules:
        return "changed"
    if entries.FUZZY in rules:
        return "unsure"
    return "missing" if entries.MISSING in rules else "translated"


def _section(context: str) -> str:
    return context.partition(".")[0]


def _progress(tag: str, section: str, states: Sequence[str]) -> Progress:
    translated, changed, missing, obsolete = (
        states.count(state) for state in ("translated", "changed", "missing", "obsolete")
    )
    return Progress(tag, section, len(states) - obsolete, translated, changed, missing, obsolete)
