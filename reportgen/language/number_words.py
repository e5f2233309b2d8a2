"""Numbers that are written out: digits, and the words of a language that count as numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from reportgen.language.locale import Locale


def loose(
    text: str, locale: Locale, registered: Iterable[str] = ()
) -> Iterator[tuple[str, re.Match[str]]]:
    """Digits and number words outside registered names, each with the text they stand in."""
    names = sorted({*locale.trace.names, *registered} - {""}, key=len, reverse=True)
    for name in names:
        text = text.replace(name, " ")
    for found in _pattern(locale.trace.number_words, locale.typography).finditer(text):
        yield text, found


@lru_cache
def _pattern(number_words: tuple[str, ...], typography: str) -> re.Pattern[str]:
    # A language that has begun may not have its words yet; an empty one would be found everywhere.
    words = "|".join(number_words) or "(?!)"
    bounded = rf"\b(?:{words})\b" if typography == "latin" else rf"(?:{words})"
    return re.compile(rf"\d[\d.,]*|{bounded}", re.IGNORECASE)
