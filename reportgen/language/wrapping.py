"""Lines of plain text: by the width of characters on a screen, broken where the language allows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from reportgen.language.characters import NEVER_FIRST

# A piece of text, and whether it is a figure or a date, which no line may break.
Run = tuple[str, bool]

_NOT_FIRST = frozenset(f"，。、；：！？）」』》”’】％·,.;:!?)]}}%\N{NO-BREAK SPACE}{NEVER_FIRST}")
_NOT_LAST = frozenset("（「『《“‘【([{$")
_HAN = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
# A no-break space is no space here.
_SPACE = r"[ \t\r\n]"
_WORD = re.compile(rf"({_SPACE}+)|(?:(?!{_SPACE}).)+", re.DOTALL)


@dataclass(slots=True)
class _Piece:
    text: str
    spaced: bool


def width(text: str, *, han: bool) -> int:
    """Columns on a screen; what is ambiguous is wide beside Han characters."""
    wide = "WFA" if han else "WF"
    return sum(2 if unicodedata.east_asian_width(c) in wide else 1 for c in text)


def wrap(
    runs: Iterable[Run],
    columns: int,
    *,
    han: bool,
    joined: str = "",
    first: str = "",
    rest: str = "",
) -> list[str]:
    """The lines of a paragraph, ``first`` before the first and ``rest`` before the others.

    ``joined`` are the characters that stay with digits before them. A figure too long for a line
    has one of its own; no line begins with a closing mark or ends with an opening one.
    """
    lines: list[str] = []
    line, empty = first, True
    for chunk, spaced in _unbreakable(runs, _piece(joined) if han else _WORD):
        joined = (" " if spaced and not empty else "") + chunk
        if not empty and width(line + joined, han=han) > columns:
            lines.append(line)
            line, joined = rest, chunk
        line, empty = line + joined, False
    return lines if empty else [*lines, line]


def _unbreakable(runs: Iterable[Run], pattern: re.Pattern[str]) -> Iterator[tuple[str, bool]]:
    """What stays on one line, and whether a space goes before it."""
    held: _Piece | None = None
    for piece in _pieces(runs, pattern):
        if held is None:
            held = piece
        elif _may_break(held.text, piece):
            yield held.text, held.spaced
            held = piece
        else:
            held.text += (" " if piece.spaced else "") + piece.text
    if held is not None:
        yield held.text, held.spaced


def _may_break(before: str, piece: _Piece) -> bool:
    if piece.spaced:
        return True
    if piece.text[0] in _NOT_FIRST or before[-1] in _NOT_LAST:
        return False
    return _is_han(before[-1]) or _is_han(piece.text[0])


def _is_han(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


@cache
def _piece(joined: str) -> re.Pattern[str]:
    """Spaces, an editor's number with its unit, a Han character, or a word."""
    typed = rf"[0-9][0-9.,]*[{re.escape(joined)}%]*"
    return re.compile(rf"({_SPACE}+)|{typed}|[{_HAN}]|(?:(?!{_SPACE})[^{_HAN}])+")


def _pieces(runs: Iterable[Run], pattern: re.Pattern[str]) -> Iterator[_Piece]:
    spaced = False
    for text, whole in runs:
        if whole:
            if text:
                yield _Piece(text, spaced)
                spaced = False
            continue
        for found in pattern.finditer(text):
            if found[1]:
                spaced = True
            else:
                yield _Piece(found[0], spaced)
                spaced = False
