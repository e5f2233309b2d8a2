"""The glossary page: the terms of the field in the languages of the site, by subject."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup
from pydantic import Field

from reportgen import config_files, resources
from reportgen.config_files import Strict
from reportgen.errors import RenderError
from reportgen.language import glossary
from reportgen.language.glossary import Term
from reportgen.language.locale import Locale
from reportgen.language.templates import Templates

FILE = "site/glossary.toml"
# Terms of a desk's own glossary that no subject lists.
OTHERS = "others"

_NAME = re.compile(r"<strong>.*?</strong>\s*")


class Subject(Strict):
    """``[[subject]]``: terms that belong together, in reading order."""

    id: str
    terms: tuple[str, ...]


class Subjects(Strict):
    """All of ``glossary.toml``; ``short`` is what a term is called for short."""

    subject: tuple[Subject, ...]
    left_out: tuple[str, ...] = ()
    short: dict[str, str] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Said:
    """A term in a language: the usual word, and others."""

    tag: str
    name: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A term as a row of the page: in its language, in the other ones, and what it means.

    ``said`` is of another language where the page's own has no word; ``definition`` may be empty.
    """

    id: str
    said: Said
    elsewhere: tuple[Said, ...]
    definition: Markup


@dataclass(frozen=True, slots=True)
class Group:
    """The terms of a subject."""

    id: str
    entries: tuple[Entry, ...]


def values(project: Path, languages: Sequence[Locale], templates: Templates) -> dict[str, Any]:
    """What the page's template asks for: ``groups`` of terms, in the language of the templates.

    ``languages`` are those of the site. InputError for a malformed glossary or list of subjects.
    """
    return {"groups": tuple(_groups(project, languages, templates))}


def _groups(project: Path, languages: Sequence[Locale], templates: Templates) -> Iterator[Group]:
    listed = _subjects(project)
    own = templates.printer.locale
    ordered = sorted(languages, key=lambda locale: locale.tag != own.tag)
    words = {
        locale.tag: {term.english: term for term in glossary.load(locale, project).terms}
        for locale in ordered
    }
    definitions = vars(templates.module("definitions.j2", {}))
    known = {english for terms in words.values() for english in terms}
    for subject in (*listed.subject, Subject(id=OTHERS, terms=tuple(_left(listed, words)))):
        entries = (
            _entry(english, listed.short.get(english, ""), ordered, words, definitions)
            for english in subject.terms
            if english in known
        )
        found = tuple(entry for entry in entries if entry.elsewhere or entry.definition)
        if found:
            yield Group(subject.id, found)


def _subjects(project: Path) -> Subjects:
    path = resources.find(resources.template_folders(project), FILE)
    if path is None:
        raise RenderError(
            "there is no such file",
            where=f"templates/{FILE}",
            remedy="restore it from the software's own templates folder",
        )
    return config_files.read(path, Subjects)


def _left(listed: Subjects, words: Mapping[str, Mapping[str, Term]]) -> Iterator[str]:
    """Rows of the glossary that no subject has and that are not left out, in their order."""
    told = {english for subject in listed.subject for english in subject.terms}
    told |= {*listed.left_out, *listed.short.values()}
    for english in next(iter(words.values()), {}):
        if english not in told:
            yield english


def _entry(
    english: str,
    short: str,
    languages: Sequence[Locale],
    words: Mapping[str, Mapping[str, Term]],
    definitions: Mapping[str, Any],
) -> Entry:
    said = [_said(words[locale.tag], english, short, locale) for locale in languages]
    named = [word for word in said if word.name]
    id = "-".join(re.findall("[a-z0-9]+", (short or english).lower()))
    definition = definitions.get(f"{id.replace('-', '_')}__text", "")
    return Entry(id, named[0], tuple(named[1:]), Markup(_NAME.sub("", str(definition), count=1)))


def _said(terms: Mapping[str, Term], english: str, short: str, locale: Locale) -> Said:
    """A term in a language, and its short name where the language says that too."""
    names = (english,) if locale.is_source else terms[english].for_readers
    says_it = short in terms and short in terms[short].renderings
    if short and (locale.is_source or says_it) and short not in names:
        names = (*names, short)
    return Said(locale.tag, names[0] if names else "", names[1:])
