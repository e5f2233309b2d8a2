"""Messages of a language: read from the .po file, and compared with what the templates say.

The .po is read directly; there is no .mo. English is the source language and has no file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import PoFileError, read_po
from jinja2 import TemplateSyntaxError
from markupsafe import Markup

from reportgen import resources
from reportgen.errors import CheckError, InputError, RenderError
from reportgen.language import house_style
from reportgen.language.locale import Locale

DOMAIN = "LC_MESSAGES/messages.po"
KEYWORDS = {"pgettext": ((1, "c"), 2), "gettext": (1,)}

_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
_MARKUP = re.compile(r"<[^>]*>|[<>{}]")
# Babel takes such a line for closed and drops its last character.
_UNCLOSED = re.compile(r'^(?:msg\w+ )?"(?:[^"\\\n]|\\.)*$', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class SourceMessage:
    """A message as a template says it: context, English text, notes to translators, template."""

    context: str
    text: str
    notes: tuple[str, ...]
    template: str


class Catalogue:
    """What a language says for each message.

    In a strict build an untranslated message is an error; a draft prints the English, marked.
    """

    def __init__(self, translations: Mapping[tuple[str, str], str] | None, *, draft: bool) -> None:
        self._translations = translations
        self._draft = draft

    def pgettext(self, context: str, text: str) -> str:
        """The text in this language; CheckError when a strict build has none."""
        if self._translations is None:
            return text
        translated = self._translations.get((context, text))
        if translated is not None:
            return translated
        if not self._draft:
            raise CheckError(
                f"{context!r} is not translated",
                where="locales",
                remedy="translate it, or build with --draft",
            )
        return Markup('<span class="untranslated" lang="en">{}</span>').format(Markup(text))

    def gettext(self, text: str) -> str:
        """Messages have a context; one without is a fault of the template."""
        raise CheckError(
            f"the message {text[:60]!r} has no context",
            where="templates",
            remedy='write {% trans "<section>.<statement>.<variant>" %}',
        )


def load(locale: Locale, project: Path, *, draft: bool) -> Catalogue:
    """The catalogue of a language; CheckError naming every message a strict build cannot print.

    That is one that is not translated, is damaged, or goes against the house style.
    """
    if locale.is_source:
        if not draft:
            _hold_source_to_style(locale, project)
        return Catalogue(None, draft=draft)
    path, catalog = read(locale, project)
    entries = _entries(catalog)
    usable: dict[tuple[str, str], str] = {}
    faults: list[str] = []
    broken = 0
    for source in source_messages(project):
        message = entries.get((source.context, source.text))
        found = list(_faults(source, message))
        if message is not None and not found and not draft:
            text = str(message.string)
            found = list(house_style.faults(source.context, text, source.text, locale))
        faults += found
        broken += bool(found)
        if message is not None and not found:
            usable[source.context, source.text] = str(message.string)
    if faults and not draft:
        raise CheckError(
            f"{broken} messages cannot be published:\n  " + "\n  ".join(faults),
            where=str(path),
            remedy="correct them in the locale file, or build with --draft",
        )
    return Catalogue(usable, draft=draft)


def _hold_source_to_style(locale: Locale, project: Path) -> None:
    """Raises CheckError for what the templates themselves say against the house style."""
    faults = [
        f"templates/{source.template}, {fault}"
        for source in source_messages(project)
        for fault in house_style.faults(source.context, source.text, source.text, locale)
    ]
    if faults:
        raise CheckError(
            f"{len(faults)} faults of style:\n  " + "\n  ".join(faults),
            where=locale.tag,
            remedy="correct them in the templates, change [style] in locale.toml, or build with "
            "--draft",
        )


def read(locale: Locale, project: Path) -> tuple[Path, Catalog]:
    """The locale file of a language and its path; InputError when missing or malformed."""
    name = f"{locale.babel}/{DOMAIN}"
    path = resources.find(resources.locale_folders(project), name)
    if path is None:
        raise InputError(
            "there is no such file",
            where=f"locales/{name}",
            remedy="restore it, or leave the language out",
        )
    content = path.read_bytes()
    try:
        unclosed = _UNCLOSED.search(content.decode())
        if unclosed:
            line = content.decode().count("\n", 0, unclosed.start()) + 1
            raise ValueError(f"line {line} has no closing quotation mark")
        return path, read_po(BytesIO(content), locale=locale.babel, abort_invalid=True)
    except (PoFileError, ValueError, LookupError) as error:
        raise InputError(
            f"is not a valid locale file: {error}",
            where=str(path),
            remedy="open it in a translation editor, which shows the line",
        ) from None


def source_messages(project: Path) -> Iterator[SourceMessage]:
    """Every message of every template, in the order of files and lines."""
    folders = resources.template_folders(project)
    names = sorted(
        {str(path.relative_to(folder)) for folder in folders for path in folder.rglob("*.j2")}
    )
    for name in names:
        path = resources.find(folders, name)
        if path is None:
            raise FileNotFoundError(name)
        yield from messages_of(path.read_bytes(), name)


# A build of many dates reads the same templates each time.
@lru_cache(maxsize=64)
def messages_of(template: bytes, name: str) -> tuple[SourceMessage, ...]:
    """The messages of one template; RenderError when it cannot be read."""
    try:
        found = list(
            extract(
                "jinja2.ext:babel_extract",
                BytesIO(template),
                keywords=KEYWORDS,
                comment_tags=("Translators:",),
                options={"trimmed": "true", "silent": "false", "newstyle_gettext": "true"},
                strip_comment_tags=True,
            )
        )
    except TemplateSyntaxError as error:
        raise RenderError(
            f"TemplateSyntaxError: {error.message}",
            where=f"templates/{name}, line {error.lineno}",
            remedy="correct the template",
        ) from None
    except UnicodeDecodeError as error:
        raise RenderError(
            f"cannot be read ({error})", where=f"templates/{name}", remedy="save it as UTF-8"
        ) from None
    messages = []
    for _line, text, notes, context in found:
        if context is None:
            raise InputError(
                f"the message {str(text)[:60]!r} has no context",
                where=f"templates/{name}",
                remedy='write {% trans "<section>.<statement>.<variant>" %}',
            )
        messages.append(SourceMessage(context, str(text), tuple(notes), name))
    return tuple(messages)


def faults_of(catalog: Catalog, sources: list[SourceMessage]) -> Iterator[str]:
    """What keeps a language from being published, a line a message."""
    entries = _entries(catalog)
    for source in sources:
        yield from _faults(source, entries.get((source.context, source.text)))


def _entries(catalog: Catalog) -> dict[tuple[str, str], Message]:
    return {(message.context or "", str(message.id)): message for message in catalog if message.id}


def _faults(source: SourceMessage, message: Message | None) -> Iterator[str]:
    if message is None or not str(message.string or "").strip():
        yield f"{source.context}: not translated"
    elif message.fuzzy:
        yield f"{source.context}: marked fuzzy"
    else:
        yield from _placeholder_faults(source, str(message.string))


def _placeholder_faults(source: SourceMessage, translation: str) -> Iterator[str]:
    wanted, given = (set(_PLACEHOLDER.findall(text)) for text in (source.text, translation))
    if lost := wanted - given:
        yield f"{source.context}: lost {', '.join(sorted(lost))}"
    if invented := given - wanted:
        yield f"{source.context}: invented {', '.join(sorted(invented))}"
    if re.search(r"%(?!\(\w+\)s)", translation):
        yield f"{source.context}: has a bare percent sign or a damaged placeholder"
    if sorted(_MARKUP.findall(translation)) != sorted(_MARKUP.findall(source.text)):
        yield f"{source.context}: has other markup than its source"
