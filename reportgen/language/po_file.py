"""A locale file (.po): its entries with their lines, read and laid out so that nothing is lost.

Babel reads the entries. Its writer would break long ``#|`` lines, drop those of obsolete entries
and add dates, so the layout is made here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, denormalize, escape, normalize, read_po

from reportgen.errors import InputError
from reportgen.language.locale import Locale

PLACEHOLDER = re.compile(r"%\((\w+)\)s")

REMEDY = "correct the line, or take the file as it was before: a translation editor never breaks it"

# Babel takes such a line for closed and drops its last character.
_UNCLOSED = re.compile(r'^(?:#~ )?(?:msg[\w\[\]]+ )?"(?:[^"\\\n]|\\.)*$', re.MULTILINE)
# What stands after a closing mark, or between keyword and opening mark, Babel drops or misreads.
_AROUND = re.compile(
    r'^(?:#~ )?(?:msg[\w\[\]]+ (?!")\S.*|(?:msg[\w\[\]]+ )?"(?:[^"\\\n]|\\.)*"[^\n]*\S)$',
    re.MULTILINE,
)
_WHOLE = re.compile(r'(?:#~ )?(?:msg[\w\[\]]+ )?"(?:[^"\\\n]|\\.)*"')
_HEADER = re.compile(r'^msgid ""\nmsgstr (".*"(?:\n".*")*)', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A message of the file; ``previous`` is the English that a fuzzy translation was made of.

    ``notes`` come from the templates, ``comments`` from translators; ``line`` is the English's.
    """

    context: str
    text: str
    translation: str = ""
    fuzzy: bool = False
    previous: str | None = None
    notes: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    line: int = 0
    plural: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What makes a message the same: context and English."""
        return self.context, self.text

    @property
    def is_translated(self) -> bool:
        """Whether it has a translation of this very English."""
        return bool(self.translation.strip()) and not self.fuzzy


@dataclass(frozen=True, slots=True)
class PoFile:
    """A locale file as read: header fields, entries in order, obsolete entries."""

    path: Path
    header: tuple[tuple[str, str], ...]
    entries: tuple[Entry, ...]
    obsolete: tuple[Entry, ...] = ()
    header_line: int = 1


class InvalidPoFileError(Exception):
    """Why a text is no locale file, and the line."""

    def __init__(self, what: str, line: int) -> None:
        super().__init__(what)
        self.what = what
        self.line = line


def read(path: Path) -> PoFile:
    """A locale file; InputError with the line when it is malformed."""
    try:
        return parse(path.read_bytes(), path)
    except InvalidPoFileError as error:
        raise InputError(
            f"is not a valid locale file: line {error.line} {error.what}",
            where=str(path),
            remedy=REMEDY,
        ) from None


def parse(content: bytes, path: Path) -> PoFile:
    """The entries of a file's bytes; InvalidPoFileError with the line when they are malformed."""
    text = _decoded(content)
    _hold_to_form(text)
    # The former English of an obsolete entry, which Babel reads of others only.
    lines = [f"#|{line[3:]}" if line.startswith("#~|") else line for line in text.split("\n")]
    try:
        catalog = read_po(lines, abort_invalid=True)
    except PoFileError as error:
        raise InvalidPoFileError(_explained(error), error.lineno + 1) from None
    except (ValueError, LookupError) as error:
        raise InvalidPoFileError(f"or one below cannot be read ({error})", 1) from None
    entries = _with_duplicates(catalog, text)
    obsolete = tuple(_entry(message) for message in catalog.obsolete.values())
    found = _HEADER.search(text)
    header_line = text.count("\n", 0, found.start(1)) + 1 if found else 1
    return PoFile(path, _fields(found), entries, obsolete, header_line)


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InvalidPoFileError("is not in UTF-8; save the file in that encoding", line) from None
    if text.startswith("\N{ZERO WIDTH NO-BREAK SPACE}"):
        raise InvalidPoFileError(
            "begins with a byte order mark; save the file as UTF-8 without it", 1
        )
    return text.replace("\r\n", "\n")


def _hold_to_form(text: str) -> None:
    if found := _UNCLOSED.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise InvalidPoFileError("has no closing quotation mark", line)
    for found in _AROUND.finditer(text):
        if not _WHOLE.fullmatch(found[0].rstrip()):
            line = text.count("\n", 0, found.start()) + 1
            raise InvalidPoFileError(
                "has text outside its quotation marks, or a mark within that wants a \\ before it",
                line,
            )


def _explained(error: PoFileError) -> str:
    if "misformatted keyword" in str(error):
        return f"begins with {error.line.split(' ')[0][:40]!r}, which is no word of the format"
    if "missing msgstr" in str(error):
        return "has English without a line msgstr after it"
    return f"cannot be read: {str(error).rpartition(' on ')[0]}"


def _fields(header: re.Match[str] | None) -> tuple[tuple[str, str], ...]:
    lines = denormalize(header[1]).splitlines() if header else []
    parted = (line.partition(":") for line in lines)
    return tuple((name.strip(), value.strip()) for name, _, value in parted)


def _with_duplicates(catalog: Catalog, text: str) -> tuple[Entry, ...]:
    """The entries; one that stands in the file twice, which Babel joins, is given twice."""
    entries = [_entry(message) for message in catalog if message.id]
    known = {(entry.line, entry.context) for entry in entries}
    again = [found for found in _contexts(text) if found not in known]
    by_context = {entry.context: entry for entry in entries}
    entries += [replace(by_context[c], line=line) for line, c in again if c in by_context]
    return tuple(sorted(entries, key=lambda entry: entry.line))


def _contexts(text: str) -> Iterator[tuple[int, str]]:
    """The context of each entry with the line of its English."""
    given: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("msgctxt "):
            given = [line.removeprefix("msgctxt ")]
        elif line.startswith("msgid ") and given:
            yield number, denormalize("\n".join(['""', *given]))
            given = []
        elif line.startswith('"') and given:
            given.append(line)


def _entry(message: Message) -> Entry:
    plural = isinstance(message.id, (list, tuple))
    text, translation = (
        str(value[0]) if isinstance(value, (list, tuple)) else str(value or "")
        for value in (message.id, message.string)
    )
    comments = tuple(c for c in message.user_comments if not c.startswith("|"))
    return Entry(
        context=message.context or "",
        text=text,
        translation=translation,
        fuzzy=message.fuzzy,
        previous=_previous(message.user_comments),
        notes=tuple(message.auto_comments),
        comments=comments,
        line=message.lineno or 0,
        plural=plural,
    )


def _previous(comments: Sequence[str]) -> str | None:
    """The former English in ``#| msgid`` lines, which Babel takes for comments."""
    taking, found = False, []
    for comment in comments:
        line = comment.removeprefix("|").strip() if comment.startswith("|") else ""
        if line.startswith("msg"):
            taking = line.startswith("msgid ")
            line = line.removeprefix("msgid ")
        if taking and line.startswith('"'):
            found.append(line)
    return denormalize("\n".join(['""', *found])) if found else None


def layout(heading: Sequence[str], header: Iterable[tuple[str, str]], po: PoFile) -> str:
    """The file's text: a heading of comments, header fields, entries, obsolete entries."""
    lines = [*(f"# {line}" for line in heading), 'msgid ""', 'msgstr ""']
    lines += [escape(f"{name}: {value}\n") for name, value in header]
    parts = ["\n".join(lines)]
    parts += ["\n".join(_lines(entry)) for entry in po.entries]
    parts += ["\n".join(_lines(entry, "#~ ")) for entry in po.obsolete]
    return "\n\n".join(parts) + "\n"


def _lines(entry: Entry, prefix: str = "") -> Iterator[str]:
    yield from (f"# {comment}".rstrip() for comment in entry.comments)
    yield from (f"#. {note}" for note in entry.notes)
    flags = [
        *(["fuzzy"] if entry.fuzzy and entry.translation else []),
        *(["python-format"] if PLACEHOLDER.search(entry.text) else []),
    ]
    if flags:
        yield f"#, {', '.join(flags)}"
    if entry.fuzzy and entry.previous is not None:
        mark = f"{prefix.strip() or '#'}| "
        yield f"{mark}msgid {normalize(entry.previous, mark, width=0)}"
    yield f"{prefix}msgctxt {normalize(entry.context, prefix, width=0)}"
    yield f"{prefix}msgid {normalize(entry.text, prefix, width=0)}"
    yield f"{prefix}msgstr {normalize(entry.translation, prefix, width=0)}"


def header_of(locale: Locale) -> tuple[tuple[str, str], ...]:
    """The header a language's file has; no date and no name, which would change at each save."""
    return (
        ("Project-Id-Version", "reportgen"),
        ("Language", locale.folder),
        ("Plural-Forms", Catalog(locale=locale.babel).plural_forms),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Transfer-Encoding", "8bit"),
    )
