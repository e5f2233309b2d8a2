"""``locales/messages.pot``: every message of the templates, for a language that begins."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportgen.language import locale as locales
from reportgen.language import po_file
from reportgen.language.extraction import SourceMessage
from reportgen.language.po_file import Entry, PoFile
from reportgen.translation.samples import Samples, notes_of

NAME = "messages.pot"
_HEADING = (
    "Messages of reportgen, made by `reportgen locale extract`. Translators edit",
    "locales/<language>/LC_MESSAGES/messages.po; see docs/translating.md.",
)


def path_in(project: Path) -> Path:
    """Where the file lies."""
    return project / "locales" / NAME


def text(sources: Sequence[SourceMessage], samples: Samples, project: Path) -> str:
    """The file: messages in the order of the templates, with samples in the source language."""
    english = locales.load(locales.SOURCE_LANGUAGE, project)
    of_a_language = {"Language", "Plural-Forms"}
    header = tuple(field for field in po_file.header_of(english) if field[0] not in of_a_language)
    entries = tuple(
        Entry(source.context, source.text, notes=notes_of(source, samples, [english]))
        for source in sources
    )
    return po_file.layout(_HEADING, header, PoFile(path_in(project), header, entries))
