"""The house style, as far as a machine can hold it, over the messages of a language.

What is banned, and how long a sentence, a heading or a label may be, each language says in
``locale.toml``, where what a message is filled with stands as ``#``; docs/style/ gives the reasons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache

from reportgen.language.locale import Locale, Style
from reportgen.language.po_file import PLACEHOLDER
from reportgen.language.rules.rule import Fault, Rule

STYLE = Rule("style", "The house style of the language, its banned words and turns ([style]).")
CLOSING = Rule("closing", "A sentence ends with its mark; a heading, a title or a label has none.")
SENTENCE = Rule("sentence", "A sentence is not longer than the language's style allows.")
LENGTH = Rule("length", "Headings, chart titles and labels fit where they are printed.")

RULES = (STYLE, CLOSING, SENTENCE, LENGTH)

_TAG = re.compile(r"<[^>]*>")
_FILLED = "#"
# In print a figure or a date is a word where words are set apart, else some six characters.
_STAND_IN = {"latin": "figure", "han": "〇" * 6}
_SENTENCE_END = {"latin": re.compile(r"[.?!:;]\s+"), "han": re.compile(r"[。？！：；]")}
_CLOSED = {"latin": re.compile(r"[.?!:][”’)]*$"), "han": re.compile(r"[。？！：][”’）]*$")}
_UNIT = {"latin": re.compile(r"[^\s–]+"), "han": re.compile(r"[A-Za-z]+|[^\sA-Za-z]")}
_COUNTED = {"latin": "words", "han": "characters"}


def faults(context: str, text: str, source: str, locale: Locale) -> Iterator[Fault]:
    """What is against the style in a message; ``source`` is its English."""
    yield from _banned(context, text, locale)
    yield from _unclosed(text, source, locale)
    yield from _sentences(text, locale)
    yield from _length(context, text, locale)


def _banned(context: str, text: str, locale: Locale) -> Iterator[Fault]:
    plain = _TAG.sub("", PLACEHOLDER.sub(_FILLED, text))
    for pattern, instead, allow in _rules(locale.style):
        found = pattern.search(plain)
        if found and not any(fnmatchcase(context, allowed) for allowed in allow):
            yield Fault(STYLE, f"“{found[0]}” is against the house style", instead)


def _unclosed(text: str, source: str, locale: Locale) -> Iterator[Fault]:
    """A sentence ends with its mark; a heading, a title or a label has none."""
    closed = bool(_CLOSED[locale.typography].search(text))
    sentence = bool(_CLOSED["latin"].search(source)) or bool(re.search(r"[.?!]\s", source))
    if sentence and not closed:
        yield Fault(CLOSING, "ends without a mark", "close the sentence as the others are")
    elif closed and not sentence:
        yield Fault(
            CLOSING, "ends with a mark", "take it out: a heading, a title or a label has none"
        )


def _sentences(text: str, locale: Locale) -> Iterator[Fault]:
    kind = locale.typography
    plain = _TAG.sub("", PLACEHOLDER.sub(_STAND_IN[kind], text))
    for sentence in _SENTENCE_END[kind].split(plain):
        length = len(_UNIT[kind].findall(sentence))
        if length > locale.style.longest_sentence:
            yield Fault(
                SENTENCE,
                f"{length} {_COUNTED[kind]} without a stop",
                f"make two sentences of it, {locale.style.longest_sentence} are the most",
            )


def _length(context: str, text: str, locale: Locale) -> Iterator[Fault]:
    """By the first limit whose pattern the context matches."""
    for limit in locale.style.lengths:
        if any(fnmatchcase(context, pattern) for pattern in limit.messages):
            plain = _TAG.sub("", PLACEHOLDER.sub(_STAND_IN[locale.typography], text))
            if len(plain) > limit.characters:
                yield Fault(
                    LENGTH,
                    f"{len(plain)} characters, too long for {limit.what}",
                    f"shorten it, {limit.characters} are the most",
                )
            return


@cache
def _rules(style: Style) -> tuple[tuple[re.Pattern[str], str, tuple[str, ...]], ...]:
    return tuple(
        (re.compile(rule.pattern, re.IGNORECASE), rule.instead, rule.allow) for rule in style.banned
    )
