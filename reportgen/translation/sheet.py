"""The translators' sheet: every message beside its source, as a page will print it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Literal

from markupsafe import Markup

from reportgen import design
from reportgen.errors import InputError
from reportgen.language import checking, po_file
from reportgen.language import locale as locales
from reportgen.language.catalogue import Catalogue
from reportgen.language.extraction import SourceMessage, source_messages
from reportgen.language.locale import Locale
from reportgen.language.po_file import PLACEHOLDER, Entry, PoFile
from reportgen.language.printer import Printer
from reportgen.language.rules import entries
from reportgen.language.rules.rule import Effect, Fault, Finding
from reportgen.language.templates import Templates
from reportgen.render import assets
from reportgen.translation import samples, status
from reportgen.translation.filling import Sayings, Told, filled
from reportgen.translation.status import Progress, State

TEMPLATE = "locale/sheet.html.j2"
# Sections that no date's commentary has, in the order of a page and of what goes out beside it.
_AROUND = (
    "annex", "definitions", "series", "publisher", "furniture", "mail", "frame", "home", "labels",
    "archive", "data", "history", "words", "methodology", "glossary", "corrections", "search",
    "missing", "feed",
)  # fmt: skip
# A row shows so many dates that fill its message differently.
_SHOWN = 3
# Told by the state of a row.
_STATES = {entries.MISSING, entries.CHANGED, entries.FUZZY}

# Whether the chosen dates say a message, and if not, what it is filled with.
Origin = Literal["said", "other_date", "other_sentences", "nothing"]


@dataclass(frozen=True, slots=True)
class Printed:
    """A message as dates print it, or as it would look; in both languages."""

    days: tuple[date, ...]
    english: Markup
    translation: Markup


@dataclass(frozen=True, slots=True)
class Row:
    """A message: its state, its texts, as they are printed, and what there is to say of it."""

    source: SourceMessage
    state: State
    translation: str
    former: str | None
    comments: tuple[str, ...]
    origin: Origin
    days: tuple[date, ...]
    printed: tuple[Printed, ...]
    faults: tuple[Fault, ...]
    line: int

    @property
    def waits(self) -> bool:
        """Whether a translator has something to do."""
        return self.state != "translated" or bool(self.faults)


@dataclass(frozen=True, slots=True)
class Statement:
    """Variants of one statement, ``<section>.<statement>``, in the order of the template."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A section with its statements, and how many messages wait for a translator."""

    progress: Progress
    statements: tuple[Statement, ...]
    waiting: int


def write(project: Path, language: Locale, sayings: Sayings, *, missing: bool = False) -> str:
    """The sheet of a language as one page; with ``missing`` only of what waits for a translator.

    InputError for the source language, and for a locale file that cannot be read.
    """
    if language.is_source:
        raise InputError(
            f"{language.tag} is the language the templates are written in; it has no translation",
            where="--lang",
            remedy="name a language that has a locale file",
        )
    po = po_file.read(checking.file_of(language, project))
    sources = _in_reading_order(list(source_messages(project)), sayings.sections)
    found = checking.of_file(po, language, project)
    english = locales.load(locales.SOURCE_LANGUAGE, project)
    rows = _rows(po, sources, sayings, found, (english, language))
    whole, *sections = status.count(po, sources, language.tag)
    parts = _parts([row for row in rows if row.waits or not missing], sections)
    tokens = design.load(project)
    css = (
        assets.style_sheet(name, project, tokens, language) for name in ("base.css", "sheet.css")
    )
    templates = Templates(project, Catalogue(None, draft=True), Printer(english, date.min))
    values = {
        "locale": language,
        "file": po.path.name,
        "dates": sayings.days,
        "whole": whole,
        "parts": parts,
        "waiting": sum(part.waiting for part in parts),
        "missing": missing,
        # Of the file as a whole, or of a message that no template says.
        "elsewhere": [f for f in found if f.context not in {s.context for s in sources}],
        "css": Markup(tokens.custom_properties() + "".join(css)),
    }
    return templates.render(TEMPLATE, values)


def _in_reading_order(
    sources: Sequence[SourceMessage], sections: Sequence[str]
) -> list[SourceMessage]:
    """Messages as a reader meets them: the text of a section, then its charts, then the rest."""
    order = {name: number for number, name in enumerate((*sections, *_AROUND))}
    return sorted(
        sources,
        key=lambda s: (order.get(_section(s), len(order)), s.template.endswith(".charts.j2")),
    )


def _section(source: SourceMessage) -> str:
    return source.context.partition(".")[0]


def _statement(source: SourceMessage) -> str:
    return ".".join(source.context.split(".")[:2])


def _rows(
    po: PoFile,
    sources: Sequence[SourceMessage],
    sayings: Sayings,
    found: Sequence[Finding],
    languages: tuple[Locale, Locale],
) -> Iterator[Row]:
    by_key = {entry.key: entry for entry in po.entries}
    by_context = {entry.context: entry for entry in po.entries}
    faults: dict[str, list[Fault]] = {}
    for finding in found:
        faults.setdefault(finding.context, []).append(finding.fault)
    for source in sources:
        entry = by_key.get((source.context, source.text))
        former = by_context.get(source.context)
        state = status.state_of(source, entry, former)
        shown = entry or (former if state == "changed" else None) or Entry(source.context, "")
        against = tuple(f for f in faults.get(source.context, ()) if f.rule not in _STATES)
        row = Row(
            source=source,
            state=state,
            translation=shown.translation,
            former=_former(shown, source) if state == "changed" else None,
            comments=shown.comments,
            origin="nothing",
            days=(),
            printed=(),
            faults=against,
            line=shown.line,
        )
        yield _printed(row, shown, sayings, languages)


def _former(entry: Entry, source: SourceMessage) -> str:
    """The English that the translation was made of."""
    if entry.fuzzy and entry.previous is not None:
        return entry.previous
    return entry.text if entry.text != source.text else ""


def _printed(row: Row, entry: Entry, sayings: Sayings, languages: tuple[Locale, Locale]) -> Row:
    """The row with its message as it is printed, or as samples have it."""
    told: Sequence[Told] = sayings.told.get(row.source.context, ())
    days = tuple(day for same in told for day in same.days)
    origin: Origin = "said"
    if not told:
        day, texts = samples.in_notes(entry.notes)
        wanted = set(PLACEHOLDER.findall(row.source.text))
        values = {name: pair for name, pair in texts.items() if name in wanted}
        days = (day,) if day and values else ()
        origin = "other_date" if days else "other_sentences" if values else "nothing"
        told = (
            Told((), *({name: _sample(pair[n]) for name, pair in values.items()} for n in (0, 1))),
        )
    return replace(
        row,
        origin=origin,
        days=days,
        printed=tuple(_both(row, same, languages) for same in told[:_SHOWN]),
    )


def _sample(text: str) -> Markup:
    """A sample, which keeps together like a figure."""
    return Markup('<data class="sample" value="{0}">{0}</data>').format(text)


def _both(row: Row, told: Told, languages: tuple[Locale, Locale]) -> Printed:
    english, language = languages
    source = filled(row.source.text, told.english, english)
    if row.state == "missing":
        # As a draft prints it: the English, with figures as the language prints them.
        return Printed(told.days, source, filled(row.source.text, told.translated, language))
    # A translation of another English, or a damaged one, may have other tags than it should.
    whole = row.state != "changed" and all(f.rule.effect < Effect.BREAKS for f in row.faults)
    translation = filled(row.translation, told.translated, language, whole=whole)
    return Printed(told.days, source, translation)


def _parts(rows: Sequence[Row], sections: Sequence[Progress]) -> list[Part]:
    counted: Mapping[str, Progress] = {progress.section: progress for progress in sections}
    parts = []
    for section, within in groupby(rows, key=lambda row: _section(row.source)):
        statements: dict[tuple[str, str], list[Row]] = {}
        for row in within:
            # A chart may have the name of a statement.
            named = (row.source.template, _statement(row.source))
            statements.setdefault(named, []).append(row)
        parts.append(
            Part(
                counted[section],
                tuple(Statement(name, tuple(found)) for (_, name), found in statements.items()),
                sum(row.waits for found in statements.values() for row in found),
            )
        )
    return parts
