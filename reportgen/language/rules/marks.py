"""Rules of a text's characters: punctuation, quotation marks, spaces, script, typed numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from reportgen.language import hanzi, number_words
from reportgen.language.characters import CLOSING, HAN, IDEOGRAPHIC, OPENING
from reportgen.language.locale import Locale
from reportgen.language.po_file import PLACEHOLDER
from reportgen.language.rules.rule import Fault, Rule

HALF_WIDTH = Rule(
    "half-width", "Among Han characters punctuation is full-width; digits and % are half-width."
)
QUOTES = Rule("quotes", "Quotation marks and apostrophes are typographic: “ ” and ‘ ’.")
SPACES = Rule(
    "spaces",
    "No space at the ends, none doubled, no line break, nothing invisible; between Han characters "
    "and Latin ones the typesetter puts the gap.",
)
SCRIPT = Rule(
    "script",
    "A text in Simplified Chinese has no Traditional characters, nor the reverse, and one in "
    "Japanese none that Japanese does not use.",
)
NUMBER = Rule(
    "number",
    "A number comes from a fact: neither digits nor number words are typed, unless the source "
    "has them as text.",
)

RULES = (HALF_WIDTH, QUOTES, SPACES, SCRIPT, NUMBER)

# Stands for what a placeholder is filled with.
_FILLED = "\N{OBJECT REPLACEMENT CHARACTER}"
_TAG = re.compile(r"<[^>]*>")
_HAN_CHARACTER = re.compile(f"[{HAN}]")
_FULL = dict(zip(",;:!?().", "，；：！？（）。", strict=True))
_BESIDE_HAN = re.compile(
    rf"(?<=[{IDEOGRAPHIC}])[,;:!?()]|[,;:!?()](?=[{IDEOGRAPHIC}])|(?<=[{IDEOGRAPHIC}])\.|(?<={_FILLED})[,;:!?](?={_FILLED})"
)
_FULL_WIDTH_SIGNS = re.compile(r"[％‰０-９Ａ-Ｚａ-ｚ]")
_STRAIGHT = re.compile(r"[\"'`]")
_BESIDE_SPACE = re.compile(
    rf".?(?:(?<=[{IDEOGRAPHIC}{CLOSING}{OPENING}]) | (?=[{IDEOGRAPHIC}{CLOSING}{OPENING}])).?"
)
_INVISIBLE = re.compile(
    r"[\u0000-\u001f\u007f-\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u2060\u3000\ufeff]"
)
# By script: its name, the standard that has its characters in general use, those of them that are
# not, and what OpenCC turns others into. GB 2312 has some older forms all the same, those that
# OpenCC turns into others.
_SCRIPTS = {
    "Hans": ("Simplified Chinese", "gb2312", "乾吒夥後徵拚捱摺於榘菸薹袷醣麴麽", "t2s"),
    "Hant": ("Traditional Chinese", "big5", "", "s2t"),
    "Jpan": ("Japanese", "shift_jis", "", "t2jp"),
}


def faults(text: str, source: str, locale: Locale) -> Iterator[Fault]:
    """What is wrong with the characters of a text; ``source`` is its English."""
    plain = _TAG.sub("", PLACEHOLDER.sub(_FILLED, text))
    if locale.typography == "han":
        yield from _half_width(plain)
    if found := _STRAIGHT.search(plain):
        yield Fault(QUOTES, f"“{found[0]}” is a typewriter’s mark", "write “ ” or ‘ ’")
    yield from _spaces(plain, locale)
    yield from _script(plain, locale)
    yield from _numbers(plain, _TAG.sub("", PLACEHOLDER.sub(" ", source)), locale)


def _half_width(plain: str) -> Iterator[Fault]:
    if found := _BESIDE_HAN.search(plain):
        yield Fault(
            HALF_WIDTH,
            f"“{found[0]}” is half-width{_near(plain, found)}",
            f"write {_FULL[found[0]]}",
        )
    if found := _FULL_WIDTH_SIGNS.search(plain):
        half = unicodedata.normalize("NFKC", found[0])
        yield Fault(HALF_WIDTH, f"“{found[0]}” is full-width{_near(plain, found)}", f"write {half}")


def _spaces(plain: str, locale: Locale) -> Iterator[Fault]:
    if plain != plain.strip(" "):
        yield Fault(SPACES, "begins or ends with a space", "take it out")
    if found := re.search("  +", plain.strip(" ")):
        yield Fault(
            SPACES, f"has {len(found[0])} spaces in a row{_near(plain, found)}", "leave one"
        )
    if found := _INVISIBLE.search(plain):
        name = unicodedata.name(found[0], f"control character {ord(found[0])}").lower()
        yield Fault(SPACES, f"has a {name}{_near(plain, found)}", "take it out")
    if locale.typography == "han" and (found := _BESIDE_SPACE.search(plain.strip(" "))):
        yield Fault(
            SPACES,
            f"has a space beside a Han character or its mark{_near(plain, found)}",
            "take it out: the typesetter puts the gap",
        )


def _script(plain: str, locale: Locale) -> Iterator[Fault]:
    if locale.script not in _SCRIPTS:
        return
    name, charset, older, configuration = _SCRIPTS[locale.script]
    han = dict.fromkeys(_HAN_CHARACTER.findall(plain))
    strange = [c for c in han if c in older or not _within(c, charset)]
    if strange:
        yield Fault(
            SCRIPT,
            f"“{''.join(strange)}” is not in general use in {name}",
            _converted(strange, configuration),
        )


@cache
def _within(character: str, charset: str) -> bool:
    try:
        character.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def _converted(strange: list[str], configuration: str) -> str:
    """The remedy, with the right characters where OpenCC is installed to tell them."""
    convert = hanzi.converter(configuration)
    right = convert("".join(strange)) if convert else ""
    return f"write {right}" if right and right != "".join(strange) else "replace it"


def _numbers(plain: str, source: str, locale: Locale) -> Iterator[Fault]:
    for _, found in number_words.loose(plain.replace(_FILLED, " "), locale):
        if found[0] not in source:
            yield Fault(
                NUMBER,
                f"“{found[0]}” is a typed number",
                "take the figure from a placeholder, or say it without a number",
            )
            return


def _near(plain: str, found: re.Match[str]) -> str:
    around = plain[max(found.start() - 6, 0) : found.end() + 6].replace(_FILLED, "%(…)s")
    around = " ".join(around.split())
    return f" in “{around}”" if len(around) > len(found[0]) else ""
