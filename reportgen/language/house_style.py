"""The house style, as far as a machine can hold it, over the messages of a language.

What is banned, and how long a sentence may be, each language says in ``locale.toml``, where what a
message is filled with stands as ``#``; docs/style/ gives the reasons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache

from reportgen.language.locale import Locale, Style

_PLACEHOLDER = re.compile(r"%\(\w+\)s")
_TAG = re.compile(r"<[^>]*>")
_FILLED = "#"
# In print a figure or a date is a word where words are set apart, else some six characters.
_STAND_IN = {"latin": "figure", "han": "数字日期字符"}
_SENTENCE_END = {"latin": re.compile(r"[.?!:;]\s+"), "han": re.compile(r"[。？！：；]")}
_CLOSED = {"latin": re.compile(r"[.?!:][”’)]*$"), "han": re.compile(r"[。？！：][”’）]*$")}
_UNIT = {"latin": re.compile(r"[^\s–]+"), "han": re.compile(r"[A-Za-z]+|[^\sA-Za-z]")}
_COUNTED = {"latin": "words", "han": "characters"}


def faults(context: str, text: str, source: str, locale: Locale) -> Iterator[str]:
    """What is against the style in a message, a line each; ``source`` is its English."""
    yield from _banned(context, text, locale)
    yield from _unclosed(context, text, source, locale)
    yield from _too_long(context, text, locale)


def _banned(context: str, text: str, locale: Locale) -> Iterator[str]:
    plain = _TAG.sub("", _PLACEHOLDER.sub(_FILLED, text))
    for pattern, instead, allow in _rules(locale.style):
        found = pattern.search(plain)
        if found and not any(fnmatchcase(context, allowed) for allowed in allow):
            yield f"{context}: “{found[0]}” is against the house style; {instead}"


def _unclosed(context: str, text: str, source: str, locale: Locale) -> Iterator[str]:
    """A sentence ends with its mark; a heading, a title or a label has none."""
    closed = bool(_CLOSED[locale.typography].search(text))
    sentence = bool(_CLOSED["latin"].search(source)) or bool(re.search(r"[.?!]\s", source))
    if sentence and not closed:
        yield f"{context}: ends without a mark; close the sentence as the others are"
    elif closed and not sentence:
        yield f"{context}: ends with a mark; a heading, a title or a label has none"


def _too_long(context: str, text: str, locale: Locale) -> Iterator[str]:
    kind = locale.typography
    plain = _TAG.sub("", _PLACEHOLDER.sub(_STAND_IN[kind], text))
    for sentence in _SENTENCE_END[kind].split(plain):
        length = len(_UNIT[kind].findall(sentence))
        if length > locale.style.longest_sentence:
            yield (
                f"{context}: {length} {_COUNTED[kind]} without a stop; make two sentences of it, "
                f"{locale.style.longest_sentence} are the most"
            )


@cache
def _rules(style: Style) -> tuple[tuple[re.Pattern[str], str, tuple[str, ...]], ...]:
    return tuple(
        (re.compile(rule.pattern, re.IGNORECASE), rule.instead, rule.allow) for rule in style.banned
    )
