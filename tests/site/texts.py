"""Templates of the site in a language, whether its locale file already has all of their messages.

That it has them, the tests of locale files say.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib

from reportgen.language import checking, locale, po_file
from reportgen.language.catalogue import Catalogue
from reportgen.language.extraction import source_messages
from reportgen.language.printer import Printer
from reportgen.language.templates import Templates
from reportgen.language.typography import typeset
from reportgen.render import trace
from tests.conftest import NO_PROJECT
from tests.language.quantities import AS_OF


@cache
def _messages(tag: str) -> Catalogue:
    """Translations, and the English of what has none."""
    language = locale.load(tag, NO_PROJECT)
    if language.is_source:
        return Catalogue(None, draft=False)
    po = po_file.read(checking.file_of(language, NO_PROJECT))
    english = {message.key: message.text for message in source_messages(NO_PROJECT)}
    return Catalogue(
        english | {e.key: e.translation for e in po.entries if e.is_translated}, draft=False
    )


def templates(tag: str, project: Path = NO_PROJECT) -> Templates:
    """The templates of a project, with the shipped translations."""
    return Templates(project, _messages(tag), Printer(locale.load(tag, project), AS_OF))


def framed(own: Templates, name: str, values: dict[str, object]) -> str:
    """A page in the least of frames, typeset and traced."""
    language = own.printer.locale
    module = own.module(name, {"root": "../../", "locale": language, **values})
    title, description, body = (own.call(module, part) for part in ("title", "description", "body"))
    html = typeset(
        f'<!doctype html><html lang="{language.tag}"><head><title>{title}</title>'
        f'<meta name="description" content="{description}"></head><body><main>{body}</main>'
        "</body></html>",
        language,
    )
    trace.check(html, language, own.printer.printed)
    return html


def parse(html: str) -> Element:
    """A page as a tree; invalid HTML is an error."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)


def text(element: Element) -> str:
    """What a reader sees of it, with plain spaces."""
    return " ".join("".join(element.itertext()).replace("\N{NO-BREAK SPACE}", " ").split())
