"""The glossary: terms of the field, how each language says them, and what it does not say.

``locales/glossary.csv`` has a row a term and two columns a language, its tag and ``not`` with its
tag, with ``|`` between several renderings; what follows ``||`` holds in a context only, and readers
of the glossary do not see it. Where ``held`` is ``yes``, a message whose English
has the term has one of its renderings; the forbidden variants are held for every term.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from reportgen import resources
from reportgen.config_files import read_text
from reportgen.errors import InputError
from reportgen.language.locale import Locale
from reportgen.language.po_file import PLACEHOLDER
from reportgen.language.rules.rule import Fault, Rule

FILE = "glossary.csv"

TERM = Rule(
    "term", "A term of the glossary is said with one of its renderings (locales/glossary.csv)."
)
FORBIDDEN = Rule(
    "forbidden", "A variant that the glossary forbids is not said (locales/glossary.csv)."
)

RULES = (TERM, FORBIDDEN)


@dataclass(frozen=True, slots=True)
class Term:
    """A term as a language says it; ``held`` when each message that has it must say so.

    ``for_readers`` are the renderings that hold in any context, the usual one first.
    """

    english: str
    held: bool
    renderings: tuple[str, ...]
    forbidden: tuple[str, ...]
    for_readers: tuple[str, ...] = ()


class Glossary:
    """The terms of one language, ready to be looked for."""

    def __init__(self, terms: tuple[Term, ...]) -> None:
        self.terms = terms
        # Longer terms first: "reserve management purchases" is no case of "reserves".
        spoken = any(term.renderings for term in terms)
        ordered = sorted(terms if spoken else (), key=lambda term: -len(term.english))
        self._held = [
            (term, term.english.split()[0].lower(), _pattern(term.english)) for term in ordered
        ]
        self._wrong: Mapping[str, Term] = {word: term for term in terms for word in term.forbidden}
        self._forbidden = re.compile(
            "|".join(map(re.escape, _longest_first(self._wrong))) or r"(?!)"
        )

    def faults(self, text: str, source: str) -> Iterator[Fault]:
        """Terms of the source that the text does not render, and what it should not say."""
        for term in self._terms_in(PLACEHOLDER.sub("%", source)):
            if term.held and term.renderings and not any(r in text for r in term.renderings):
                said = " or ".join(term.renderings)
                yield Fault(TERM, f"“{term.english}” is not rendered", f"say {said}")
        for found in self._forbidden.finditer(text):
            term = self._wrong[found[0]]
            # A right rendering may hold a wrong one within.
            if not any(_covers(text, rendering, found) for rendering in term.renderings):
                said = " or ".join(term.renderings)
                yield Fault(
                    FORBIDDEN, f"“{found[0]}” is not the word for “{term.english}”", f"say {said}"
                )

    def _terms_in(self, source: str) -> Iterator[Term]:
        lower = source.lower()
        for term, first_word, pattern in self._held:
            # Looked for in plain text first: expressions would take most of the check's time.
            if first_word in lower:
                rest = pattern.sub("%", source)
                if rest != source:
                    source = rest
                    yield term


def _pattern(english: str) -> re.Pattern[str]:
    """Whole words, perhaps with a plural s; case ignored unless the term has capitals."""
    words = r"[\s-]+".join(re.escape(word) for word in english.split())
    flags = 0 if re.search("[A-Z]", english) else re.IGNORECASE
    return re.compile(rf"(?<![A-Za-z]){words}s?(?![A-Za-z])", flags)


def _longest_first(words: Mapping[str, Term]) -> list[str]:
    return sorted(words, key=lambda word: -len(word))


def _covers(text: str, rendering: str, found: re.Match[str]) -> bool:
    """Whether the find lies within an occurrence of a rendering."""
    start = max(found.end() - len(rendering), 0)
    place = text.find(rendering, start, found.start() + len(rendering))
    return place != -1 and place <= found.start() and place + len(rendering) >= found.end()


def load(locale: Locale, project: Path) -> Glossary:
    """The glossary in a language, empty where there is none; InputError when it is malformed."""
    path = resources.find(resources.locale_folders(project), FILE)
    return _parsed(read_text(path), str(path), locale.tag) if path else Glossary(())


@lru_cache(maxsize=8)
def _parsed(text: str, where: str, tag: str) -> Glossary:
    rows = csv.DictReader(text.lstrip("\N{ZERO WIDTH NO-BREAK SPACE}").splitlines(), strict=True)
    if missing := {"term", "held"} - set(rows.fieldnames or ()):
        raise InputError(
            f"has no column {', '.join(sorted(missing))}",
            where=where,
            remedy="restore the first line: term,held,note, and two columns a language",
        )
    terms: dict[str, Term] = {}
    try:
        for row in rows:
            term = _term(row, tag)
            if None in row or None in row.values() or not term.english or term.english in terms:
                raise InputError(
                    f"line {rows.line_num}: “{term.english}” stands there twice, is empty, or the "
                    "row has not as many cells as the first",
                    where=where,
                    remedy='correct the row; a cell that holds a comma stands between " and "',
                )
            terms[term.english] = term
    except csv.Error as error:
        raise InputError(
            f"line {rows.line_num}: cannot be read ({error})",
            where=where,
            remedy="save it as CSV in UTF-8",
        ) from None
    return Glossary(tuple(terms.values()))


def _term(row: Mapping[str, str | None], tag: str) -> Term:
    cells = {name: (value or "").strip() for name, value in row.items() if isinstance(name, str)}
    return Term(
        cells["term"],
        cells["held"] == "yes",
        _alternatives(cells.get(tag, "")),
        _alternatives(cells.get(f"not {tag}", "")),
        _alternatives(cells.get(tag, "").partition("||")[0]),
    )


def _alternatives(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split("|")))
