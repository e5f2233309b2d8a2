"""What the templates say: every message with its context and its notes to translators.

Docstrings and rules that a template shows are among it, as ``docstrings.py`` reads them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract
from jinja2 import TemplateSyntaxError

from reportgen import resources
from reportgen.errors import InputError, RenderError
from reportgen.language import docstrings

KEYWORDS = {"pgettext": ((1, "c"), 2), "gettext": (1,)}


@dataclass(frozen=True, slots=True)
class SourceMessage:
    """A message as a template says it: context, English text, notes to translators, place."""

    context: str
    text: str
    notes: tuple[str, ...]
    template: str
    line: int = field(default=0, compare=False)

    @property
    def key(self) -> tuple[str, str]:
        """What makes a message the same: context and English."""
        return self.context, self.text


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
        content = path.read_bytes()
        said = [*messages_of(content, name), *_shown_in(content, name)]
        yield from sorted(said, key=lambda message: message.line)


def _shown_in(template: bytes, name: str) -> Iterator[SourceMessage]:
    """What a template shows of the code."""
    for line, text in docstrings.shown_in(template, name):
        yield SourceMessage(text.context, text.english, (), name, line)


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
    for line, text, notes, context in found:
        if context is None:
            raise InputError(
                f"the message {str(text)[:60]!r} has no context",
                where=f"templates/{name}",
                remedy='write {% trans "<section>.<statement>.<variant>" %}',
            )
        messages.append(SourceMessage(context, str(text), tuple(notes), name, line))
    return tuple(messages)
