"""Rules of a locale file as a whole: it can be read, its header is right, nothing stands twice."""

from __future__ import annotations

from collections.abc import Iterator

from babel import Locale as Cldr

from reportgen.language import po_file
from reportgen.language.locale import Locale
from reportgen.language.po_file import PoFile
from reportgen.language.rules.entries import PLURAL
from reportgen.language.rules.rule import Effect, Fault, Finding, Rule

SYNTAX = Rule("syntax", "The file is a gettext file (.po) in UTF-8.")
HEADER = Rule(
    "header", "The header names the charset utf-8, the language of the folder and its plural forms."
)
DUPLICATE = Rule("duplicate", "Each context stands in the file once.")
OBSOLETE = Rule(
    "obsolete",
    "A message that no template says any longer lies at the end of the file, as #~ lines.",
    Effect.TELLS,
)

RULES = (SYNTAX, HEADER, DUPLICATE, OBSOLETE)


def faults(po: PoFile, locale: Locale, contexts: frozenset[str]) -> Iterator[Finding]:
    """What is wrong with the file beside its translations; ``contexts`` are the templates'."""
    yield from _header(po, locale)
    seen: dict[str, int] = {}
    for entry in po.entries:
        first = seen.setdefault(entry.context, entry.line)
        if first != entry.line:
            fault = Fault(
                DUPLICATE,
                f"stands in the file twice, in line {first} too",
                "keep the right one of the two",
            )
            yield Finding(po.path, entry.line, entry.context, fault)
        elif entry.context not in contexts:
            fault = Fault(
                OBSOLETE,
                "no template says this message any longer",
                "run reportgen locale update, which puts it at the end of the file",
            )
            yield Finding(po.path, entry.line, entry.context, fault)


def _header(po: PoFile, locale: Locale) -> Iterator[Finding]:
    given = {name.lower(): value for name, value in po.header}
    for name, value in po_file.header_of(locale):
        if name not in ("Language", "Plural-Forms", "Content-Type"):
            continue
        here = given.get(name.lower(), "")
        if _plain(here) != _plain(value):
            what = f"the header says {name}: {here}" if here else f"the header has no {name}"
            fault = Fault(HEADER, what, f"write {name}: {value}")
            yield Finding(po.path, po.header_line, "", fault)


def _plain(value: str) -> str:
    return value.lower().replace(" ", "").replace("-", "_").rstrip(";")


def unit_faults(locale: Locale) -> Iterator[Fault]:
    """Units of ``locale.toml`` with some plural forms and not all that the language has."""
    forms = {str(tag) for tag in Cldr.parse(locale.babel).plural_form.tags} | {"other"}
    for unit, patterns in locale.units.items():
        given = {
            form for form in ("one", "few", "many", "other") if getattr(patterns, form) is not None
        }
        if given == {"other"}:
            continue
        if missing := sorted((forms & {"one", "few", "many"}) - given):
            yield Fault(
                PLURAL, f"[units] {unit.value} has no form {', '.join(missing)}", "add the form"
            )
        if strange := sorted(given - forms):
            yield Fault(
                PLURAL,
                f"[units] {unit.value} has {', '.join(strange)}, which the language has not",
                "take the form out",
            )
