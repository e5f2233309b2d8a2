"""Begins a language: its folder, with the formats CLDR has, and every message to translate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from reportgen import resources
from reportgen.errors import InputError
from reportgen.language import checking, cldr, po_file
from reportgen.language import locale as locales
from reportgen.language.extraction import source_messages
from reportgen.language.locale import SOURCE_LANGUAGE, Locale
from reportgen.language.po_file import PoFile
from reportgen.translation import (
    deriving,
    first_locale,
    glossary_file,
    keeping,
    pseudo,
    updating,
)
from reportgen.translation import samples as sampling
from reportgen.translation.toml import table

REVIEW = """\
# What the reviewer of a built brief looks for in {name}: regular expressions, case ignored. Those
# of another language show what belongs where. An empty list is not looked for.

superlatives = []
# What says over which time a superlative holds.
periods = []
rises = []
falls = []
unchanged = []
# What stands between the ends of a range or of a change.
between = []
connectives = []
# In words; in characters where words are not set apart. 0: any length.
longest_sentence = 0
"""


@dataclass(frozen=True, slots=True)
class Begun:
    """A language that was begun: where, and how much there is to do.

    ``carried`` are translations taken over from another language, to be looked through.
    """

    language: Locale
    folder: Path
    messages: int
    carried: int
    fields_to_check: int
    terms: int


def begin(
    project: Path, tag: str, like: str | None = None, days: Iterable[date] = sampling.DAYS
) -> Begun:
    """Writes the folder of a language; InputError, and nothing written, when it cannot begin.

    Formats are those of CLDR. With ``like`` house style, words and translations are those of that
    language, for one near it.
    """
    _refuse(project, tag)
    source = locales.load(SOURCE_LANGUAGE, project)
    model = locales.load(like, project) if like else None
    folder = project / "locales" / locales.folder_of(tag)
    text = first_locale.text(tag, source, model)
    keeping.write(folder / "locale.toml", text)
    keeping.write(folder / "review.toml", _review(project, tag, model))
    terms = glossary_file.add_language(project, tag, like)
    language = locales.load(tag, project)
    messages, carried = _messages(project, language, source, model, days)
    return Begun(language, folder, messages, carried, text.count(first_locale.CHECK), terms)


def begin_pseudo(project: Path, tag: str) -> Begun:
    """Writes a language of accents and brackets, for tests of templates and layouts."""
    _refuse_folder(project, tag)
    source = locales.load(SOURCE_LANGUAGE, project)
    folder = project / "locales" / locales.folder_of(tag)
    fields = pseudo.locale_fields(source, tag)
    plain = [(k, v, "") for k, v in fields.items() if not isinstance(v, dict)]
    tables = [
        table(
            key,
            [(k, v, "") for k, v in value.items()],
        )
        for key, value in fields.items()
        if isinstance(value, dict)
    ]
    head = table("", plain).partition("\n")[2]
    keeping.write(folder / "locale.toml", "\n".join([head, *tables]))
    made = deriving.derive(project, locales.load(tag, project))
    count = len(made.step.po.entries)
    return Begun(made.language, folder, count, count, 0, 0)


def _refuse(project: Path, tag: str) -> None:
    if not locales.known_to_cldr(tag):
        raise InputError(
            f"{tag!r} is no language that CLDR knows",
            where="locale init",
            remedy="give its tag as in lang= of a web page, such as fr, pt-BR or sr-Latn",
        )
    if cldr.canonical(tag) != tag:
        raise InputError(
            f"{tag!r} is not how the tag is written",
            where="locale init",
            remedy=f"write {cldr.canonical(tag)}",
        )
    if cldr.is_right_to_left(tag):
        raise InputError(
            f"{tag} is written from right to left, which pages and charts are not made for",
            where="locale init",
            remedy="choose a language that is written from left to right",
        )
    _refuse_folder(project, tag)


def _refuse_folder(project: Path, tag: str) -> None:
    name = locales.folder_of(tag)
    for folder in (*resources.locale_folders(project), project / "locales"):
        if (folder / name).exists():
            raise InputError(
                "is there already",
                where=str(folder / name),
                remedy="edit its files; `reportgen locale update` brings them in step",
            )


def _review(project: Path, tag: str, model: Locale | None) -> str:
    if model is not None:
        path = resources.find(resources.locale_folders(project), f"{model.folder}/review.toml")
        if path is not None:
            return path.read_text(encoding="utf-8")
    return REVIEW.format(name=tag)


def _messages(
    project: Path, language: Locale, source: Locale, model: Locale | None, days: Iterable[date]
) -> tuple[int, int]:
    """Writes the file of messages; how many there are, and how many have a translation to see."""
    path = project / "locales" / language.folder / checking.DOMAIN
    empty = PoFile(path, (), ())
    keeping.write(path, updating.text(empty, language))
    found = sampling.take(project, [source, language], days)
    sources = list(source_messages(project))
    notes = {s.context: sampling.notes_of(s, found, [source, language]) for s in sources}
    step = updating.updated(empty, sources, notes)
    near = {}
    if model is not None and not model.is_source:
        po = po_file.read(checking.file_of(model, project))
        near = {e.key: e.translation for e in po.entries if e.is_translated}
    entries = tuple(
        replace(entry, translation=near[entry.key], fuzzy=True) if entry.key in near else entry
        for entry in step.po.entries
    )
    keeping.save(replace(step.po, entries=entries), language, project)
    return len(entries), sum(bool(entry.translation) for entry in entries)
