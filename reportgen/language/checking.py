"""The check of a language: every rule over every message of its file.

Strict builds stop on what it finds, drafts print the English of what cannot be printed, and
``reportgen locale check`` names each finding with file, line, message and remedy.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from reportgen import resources
from reportgen.errors import InputError
from reportgen.language import glossary, house_style, po_file
from reportgen.language.extraction import SourceMessage, source_messages
from reportgen.language.glossary import Glossary
from reportgen.language.locale import Locale, folder_of
from reportgen.language.po_file import Entry, InvalidPoFileError, PoFile
from reportgen.language.rules import entries, files, marks
from reportgen.language.rules.rule import Effect, Fault, Finding, Rule

DOMAIN = "LC_MESSAGES/messages.po"

RULES: tuple[Rule, ...] = (
    *files.RULES,
    *entries.RULES,
    *marks.RULES,
    *glossary.RULES,
    *house_style.RULES,
)


def rule_of(id: str) -> Rule:
    """A rule by its id; InputError that lists the known ones."""
    for rule in RULES:
        if rule.id == id:
            return rule
    raise InputError(
        f"there is no rule {id!r}",
        where="--explain",
        remedy=f"choose one of {', '.join(rule.id for rule in RULES)}",
    )


def file_of(locale: Locale, project: Path) -> Path:
    """Where the file of a language lies; InputError when there is none."""
    name = f"{locale.folder}/{DOMAIN}"
    path = resources.find(resources.locale_folders(project), name)
    if path is None:
        raise InputError(
            "there is no such file",
            where=f"locales/{name}",
            remedy="restore it, or leave the language out",
        )
    return path


def check(locale: Locale, project: Path) -> tuple[Finding, ...]:
    """What there is to say against a language, in the order of the file's lines.

    In one that is only begun, what is not translated is not against it.
    """
    if locale.is_source:
        return tuple(of_source(locale, project))
    path = file_of(locale, project)
    try:
        po = po_file.parse(path.read_bytes(), path)
    except InvalidPoFileError as error:
        return (Finding(path, error.line, "", Fault(files.SYNTAX, error.what, po_file.REMEDY)),)
    found = of_file(po, locale, project)
    return tuple(f for f in found if not (locale.begun and f.fault.rule in entries.UNFINISHED))


def of_source(locale: Locale, project: Path) -> Iterator[Finding]:
    """What the templates themselves say against the rules of a text."""
    words = glossary.load(locale, project)
    for source in source_messages(project):
        place = Path("templates") / source.template
        for fault in of_text(source.context, source.text, source.text, locale, words):
            yield Finding(place, source.line, source.context, fault)


def of_file(po: PoFile, locale: Locale, project: Path) -> list[Finding]:
    """Every finding in a file that could be read."""
    sources = list(source_messages(project))
    words = glossary.load(locale, project)
    found = list(files.faults(po, locale, frozenset(source.context for source in sources)))
    toml = Path("locales", folder_of(locale.tag), "locale.toml")
    found += [Finding(toml, 0, "", fault) for fault in files.unit_faults(locale)]
    by_key = {entry.key: entry for entry in po.entries}
    by_context = {entry.context: entry for entry in po.entries}
    for source in sources:
        entry = by_key.get((source.context, source.text))
        former = by_context.get(source.context)
        line = entry.line if entry else former.line if former else 0
        for fault in of_entry(source, entry, former, locale, words):
            found.append(Finding(po.path, line, source.context, fault))
    return sorted(found, key=lambda finding: (finding.file != po.path, finding.line))


def of_entry(
    source: SourceMessage,
    entry: Entry | None,
    former: Entry | None,
    locale: Locale,
    words: Glossary,
) -> Iterator[Fault]:
    """What is wrong with the translation of a message; how it is said only when it is whole."""
    broken = list(entries.faults(source, entry, former))
    yield from broken
    if entry is not None and not broken:
        yield from of_text(source.context, entry.translation, source.text, locale, words)


def of_text(
    context: str, text: str, source: str, locale: Locale, words: Glossary
) -> Iterator[Fault]:
    """What is wrong with how a text says it; ``source`` is its English."""
    yield from marks.faults(text, source, locale)
    yield from words.faults(text, source)
    yield from house_style.faults(context, text, source, locale)


def printable(po: PoFile, found: Sequence[Finding]) -> dict[tuple[str, str], str]:
    """The translations that a page may print, by context and English."""
    broken = {finding.context for finding in found if finding.fault.rule.effect is Effect.BREAKS}
    return {e.key: e.translation for e in po.entries if e.is_translated and e.context not in broken}
