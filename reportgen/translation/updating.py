"""Brings a locale file in step with the templates; no translation is lost and none is guessed.

A message of the same context and English keeps its translation, also under another context when
there is no doubt which. One whose English changed keeps it too, marked fuzzy and with its former
English (``#| msgid``): drafts mark it and strict builds stop until a translator has seen it.
What no template says any longer goes to the end (``#~``) and comes back with its message.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reportgen.errors import InputError
from reportgen.language import po_file
from reportgen.language.extraction import SourceMessage
from reportgen.language.locale import Locale
from reportgen.language.po_file import Entry, PoFile


@dataclass(frozen=True, slots=True)
class Update:
    """The file in step, and what that took: contexts that are new, changed, renamed or gone.

    ``changed`` are the entries whose English is another now, ``renamed`` pairs of contexts.
    """

    po: PoFile
    new: tuple[str, ...]
    changed: tuple[Entry, ...]
    renamed: tuple[tuple[str, str], ...]
    gone: tuple[str, ...]


def updated(
    po: PoFile, sources: Sequence[SourceMessage], notes: Mapping[str, tuple[str, ...]]
) -> Update:
    """The file for these messages; ``notes`` are the comments by context.

    InputError when a context stands in the file twice: which one is right, a translator must say.
    """
    _refuse_twins(po)
    step = _Step(po, sources)
    entries, new, changed, renamed = [], [], [], []
    for source in sources:
        old = step.old(source)
        entry = _carried(source, old)
        entries.append(replace(entry, notes=notes.get(source.context, source.notes)))
        if not entry.translation:
            new.append(source.context)
        elif old is not None and entry.fuzzy and old.text != source.text:
            changed.append(entry)
        if old is not None and old.context != source.context:
            renamed.append((old.context, source.context))
    gone = [entry for entry in step.left() if entry.translation]
    kept = {entry.key: replace(entry, notes=()) for entry in (*step.obsolete_left(), *gone)}
    return Update(
        replace(po, entries=tuple(entries), obsolete=tuple(kept.values())),
        tuple(new),
        tuple(changed),
        tuple(renamed),
        tuple(entry.context for entry in gone),
    )


def text(po: PoFile, locale: Locale) -> str:
    """The text of a language's file; header and layout are the same each time."""
    heading = (
        f"{locale.name} of reportgen. Edited in any gettext editor; see docs/translating.md.",
    )
    return po_file.layout(heading, po_file.header_of(locale), po)


class _Step:
    """Finds the old entry of each message, and knows in the end which have found none."""

    def __init__(self, po: PoFile, sources: Sequence[SourceMessage]) -> None:
        self._po = po
        self._by_context = {entry.context: entry for entry in po.entries}
        self._obsolete = {entry.key: entry for entry in po.obsolete}
        self._former = {entry.context: entry for entry in po.obsolete}
        self._used: set[tuple[str, str]] = set()
        wanted = {source.context for source in sources}
        homeless = [
            entry
            for entry in (*po.entries, *po.obsolete)
            if entry.context not in wanted and entry.is_translated
        ]
        self._by_text = {e.text: e for e in homeless}
        self._unique = {t for t, n in Counter(e.text for e in homeless).items() if n == 1} & {
            text
            for text, count in Counter(
                source.text for source in sources if not self._has_own(source)
            ).items()
            if count == 1
        }

    def _has_own(self, source: SourceMessage) -> bool:
        return source.context in self._by_context or (
            (source.context, source.text) in self._obsolete
        )

    def old(self, source: SourceMessage) -> Entry | None:
        """The entry whose translation a message takes over."""
        found = self._by_context.get(source.context)
        if found is None or (found.text != source.text and not found.translation):
            found = self._obsolete.get((source.context, source.text), found)
        if found is None and source.text in self._unique:
            found = self._by_text[source.text]
        if found is None:
            found = self._former.get(source.context)
        if found is not None:
            self._used.add(found.key)
        return found

    def left(self) -> list[Entry]:
        """Entries that no message has taken over."""
        known = {entry.context for entry in self._po.entries if entry.key in self._used}
        return [e for e in self._po.entries if e.key not in self._used and e.context not in known]

    def obsolete_left(self) -> list[Entry]:
        """Obsolete entries that stay so."""
        return [entry for entry in self._po.obsolete if entry.key not in self._used]


def _carried(source: SourceMessage, old: Entry | None) -> Entry:
    """The entry of a message with what an old one brings: translation, mark, former English."""
    plain = Entry(source.context, source.text)
    if old is None:
        return plain
    if not old.translation.strip():
        return replace(plain, comments=old.comments)
    carried = replace(plain, translation=old.translation, comments=old.comments)
    if old.fuzzy and old.previous == source.text:
        return carried  # the English is again what it was translated from
    if old.text != source.text:
        previous = old.previous if old.fuzzy and old.previous is not None else old.text
        return replace(carried, fuzzy=True, previous=previous)
    return replace(carried, fuzzy=old.fuzzy, previous=old.previous if old.fuzzy else None)


def _refuse_twins(po: PoFile) -> None:
    twins = [c for c, n in Counter(entry.context for entry in po.entries).items() if n > 1]
    if twins:
        raise InputError(
            f"has {', '.join(twins)} twice",
            where=str(po.path),
            remedy="keep the right one of each; `reportgen locale check` names the lines",
        )
