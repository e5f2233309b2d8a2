"""Makes a language's file of another's: Traditional Chinese of Simplified, or a pseudo-language.

What a translator has changed in the file stays. It is told from what was made by a note that each
message carries: the text it was made of, and eight digits of the checksum of what was made. When
the text behind a changed message is another one, the message is marked fuzzy until a translator has
seen it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reportgen import resources
from reportgen.errors import InputError
from reportgen.language import checking, hanzi, po_file
from reportgen.language import locale as locales
from reportgen.language.extraction import SourceMessage, source_messages
from reportgen.language.locale import Derived, Locale
from reportgen.language.po_file import Entry, PoFile
from reportgen.translation import glossary_file, keeping, pseudo, terms, updating
from reportgen.translation.updating import Update

# A text in the language derived from, by context where that matters.
Converter = Callable[[str, str], str]

_NOTE = re.compile(r"^\S+ \[([0-9a-f]{8})\](\??): (.*)$")


@dataclass(frozen=True, slots=True)
class Made:
    """What a derivation came to: contexts by hand and to be seen again; cells of the glossary."""

    language: Locale
    step: Update
    by_hand: tuple[str, ...]
    to_see: tuple[str, ...]
    terms: int


@dataclass(frozen=True, slots=True)
class _Memory:
    """What a message was made of when it was last derived, and the checksum of what was made.

    ``unsure`` is ``?`` when the other language was marked fuzzy then.
    """

    digest: str
    unsure: str
    text: str


def derive(project: Path, language: Locale) -> Made:
    """Brings a derived language's file in step; InputError when the language is not derived."""
    derived = _derived(language)
    original = locales.load(derived.source, project)
    convert = converter(project, language)
    sources = list(source_messages(project))
    texts = _originals(original, project, sources)
    old = _present(language, project)
    step = updating.updated(old, sources, {})
    making = _Making(derived, convert, old, step)
    po = replace(
        step.po, entries=tuple(making.made(e, texts.get(e.context)) for e in step.po.entries)
    )
    keeping.save(po, language, project)
    cells = 0
    if derived.by != "pseudo":
        cells = glossary_file.fill(project, language, original, lambda text: convert("", text))
    step = replace(step, po=po)
    return Made(language, step, tuple(making.by_hand), tuple(making.to_see), cells)


class _Making:
    """Makes one entry after another, and keeps which are a translator's."""

    def __init__(self, derived: Derived, convert: Converter, old: PoFile, step: Update) -> None:
        self.by_hand: list[str] = []
        self.to_see: list[str] = []
        self._derived = derived
        self._convert = convert
        self._memory = _memory(old, step)
        self._before = {entry.context: entry for entry in old.entries}

    def made(self, entry: Entry, said: Entry | None) -> Entry:
        """The entry of a message that the other language says so."""
        told = self._notes(said)
        if said is None or said.text != entry.text or not said.translation:
            return replace(entry, notes=told)
        known = self._memory.get(entry.context)
        made = self._convert(entry.context, said.translation)
        unsure = "?" if said.fuzzy else ""
        note = f"{self._derived.source} [{_digest(made)}]{unsure}: {said.translation}"
        if _is_by_hand(entry, made, known):
            former = self._former(entry, known, said)
            kept = replace(entry, fuzzy=entry.fuzzy or bool(former), notes=(*told, *former, note))
            self.by_hand.append(entry.context)
            if kept.fuzzy:
                self.to_see.append(entry.context)
            return kept
        return replace(
            entry,
            translation=made,
            fuzzy=said.fuzzy or self._unsure(entry.context, known, said),
            previous=said.previous,
            notes=(*told, note),
        )

    def _notes(self, said: Entry | None) -> tuple[str, ...]:
        """The notes of the other language, its samples made this language's as well."""
        notes = said.notes if said else ()
        return notes if self._derived.by == "pseudo" else tuple(self._convert("", n) for n in notes)

    def _former(self, entry: Entry, known: _Memory | None, said: Entry) -> tuple[str, ...]:
        """A note on the text that a correction was made of, as long as it is to be seen again."""
        if known and known.text != said.translation:
            return (f"{self._derived.source}, before: {known.text}",)
        before = self._before.get(entry.context)
        notes = before.notes if before and entry.fuzzy else ()
        return tuple(note for note in notes if re.match(r"^\S+, before: ", note))

    def _unsure(self, context: str, known: _Memory | None, said: Entry) -> bool:
        """Whether a translator has marked what was made, of this very text."""
        before = self._before.get(context)
        marked = before is not None and before.fuzzy and before.previous is None
        same = known is not None and known.text == said.translation and not known.unsure
        return marked and same


def converter(project: Path, language: Locale) -> Converter:
    """What makes a text of one language a text of the other: terms first, then characters."""
    derived = _derived(language)
    if derived.by == "pseudo":
        return pseudo.message
    characters = hanzi.converter(derived.by)
    if characters is None:
        raise InputError(
            "OpenCC is not installed",
            where=f"[derived] of {language.tag}",
            remedy="install the extra reportgen[hanzi]",
        )
    known = terms.load(project, language)
    return lambda _, text: terms.applied(text, known, characters)


def _derived(language: Locale) -> Derived:
    if language.derived is None:
        raise InputError(
            f"{language.tag} is not derived from another language",
            where=f"locales/{language.folder}/locale.toml",
            remedy="translate it, or say in a table [derived] of which language it is made "
            "(source) and by which configuration of OpenCC (by)",
        )
    return language.derived


def _originals(
    original: Locale, project: Path, sources: Sequence[SourceMessage]
) -> dict[str, Entry]:
    """Each message as the other language says it, by context."""
    if original.is_source:
        return {s.context: Entry(s.context, s.text, s.text, notes=s.notes) for s in sources}
    po = po_file.read(checking.file_of(original, project))
    return {entry.context: entry for entry in po.entries}


def _present(language: Locale, project: Path) -> PoFile:
    """The file as it is; an empty one where there is none yet."""
    name = f"{language.folder}/{checking.DOMAIN}"
    path = resources.find(resources.locale_folders(project), name)
    return po_file.read(path) if path else PoFile(project / "locales" / name, (), ())


def _memory(old: PoFile, step: Update) -> Mapping[str, _Memory]:
    renamed = dict(step.renamed)
    return {
        renamed.get(entry.context, entry.context): _Memory(*found.groups())
        for entry in old.entries
        for found in map(_NOTE.match, entry.notes)
        if found
    }


def _is_by_hand(entry: Entry, made: str, known: _Memory | None) -> bool:
    if not entry.translation or entry.translation == made:
        return False
    return known is None or _digest(entry.translation) != known.digest


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def languages_of(project: Path) -> Iterator[Locale]:
    """Every language that is derived from another."""
    for tag in locales.available(project):
        language = locales.load(tag, project)
        if language.derived is not None:
            yield language
