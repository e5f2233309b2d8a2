"""Rules of an entry beside its source: it is there, of this English, with its placeholders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from reportgen.language.extraction import SourceMessage
from reportgen.language.po_file import PLACEHOLDER, Entry
from reportgen.language.rules.rule import Effect, Fault, Rule

MISSING = Rule("missing", "Every message of the templates has a translation.", Effect.BREAKS)
CHANGED = Rule(
    "changed",
    "A translation belongs to the English it was made of; when that changes, the translation is "
    "marked until a translator has seen it.",
    Effect.BREAKS,
)
FUZZY = Rule(
    "fuzzy", "A translation that is marked as unsure (fuzzy) is not published.", Effect.BREAKS
)
PLACEHOLDER_RULE = Rule(
    "placeholder",
    "The translation has the placeholders of its source, such as %(told)s, spelt as there; the "
    "brief fills in a figure, a date or a name.",
    Effect.BREAKS,
)
MARKUP = Rule(
    "markup",
    "The translation has the tags of its source, such as <em>, and no others, nor braces.",
    Effect.BREAKS,
)
PLURAL = Rule(
    "plural",
    "Messages have no plural forms: those of units stand in locale.toml, each form that the "
    "language has.",
    Effect.BREAKS,
)

RULES = (MISSING, CHANGED, FUZZY, PLACEHOLDER_RULE, MARKUP, PLURAL)

# What a language that is only begun may have; a strict build stops on it all the same.
UNFINISHED = (MISSING, CHANGED, FUZZY)

_MARKUP = re.compile(r"<[^>]*>|\{+[^{}]*\}+|[<>{}]")
_BARE_PERCENT = re.compile(r"%(?!\(\w+\)s)")
# A placeholder as input methods and slips of the hand leave it: ％（told）s, %(told), % (told)s,
# {told}.
_DAMAGED = re.compile(r"[%％]\s*[(（]\s*(\w+)\s*[)）]?\s*[a-rt-z]?s?|\{+\s*(\w+)\s*\}+")


def faults(source: SourceMessage, entry: Entry | None, former: Entry | None) -> Iterator[Fault]:
    """What keeps an entry from being printed; ``former`` has its context and another English."""
    if entry is None and former is not None and former.translation:
        yield Fault(
            CHANGED,
            f"the English has changed; it was translated as “{former.text}”, "
            f"it is now “{source.text}”",
            "run reportgen locale update, then translate it anew",
        )
    elif entry is None:
        yield Fault(
            MISSING,
            f"not translated: “{source.text}”",
            "run reportgen locale update, then translate",
        )
    elif entry.plural:
        yield Fault(PLURAL, "has msgid_plural", "leave one msgid and one msgstr")
    elif not entry.translation.strip():
        yield Fault(MISSING, f"not translated: “{source.text}”", "translate it")
    elif entry.fuzzy and entry.previous is not None and entry.previous != entry.text:
        yield Fault(
            CHANGED,
            f"the English has changed; it was translated as “{entry.previous}”, "
            f"it is now “{entry.text}”",
            "adapt the translation, then take the mark fuzzy away",
        )
    elif entry.fuzzy:
        yield Fault(
            FUZZY,
            "marked as unsure (fuzzy)",
            "see whether the translation is right, then take the mark fuzzy away",
        )
    else:
        yield from integrity(source.text, entry.translation)


def integrity(source: str, translation: str) -> Iterator[Fault]:
    """Placeholders and markup that are not those of the source."""
    damaged = list(_damaged(source, translation))
    for found, name in damaged:
        yield Fault(
            PLACEHOLDER_RULE,
            f"“{found}” is a damaged placeholder",
            f"write %({name})s, in half-width characters",
        )
        translation = translation.replace(found, f"%({name})s", 1)
    yield from _strangers(source, translation)
    wanted, given = (sorted(_MARKUP.findall(text)) for text in (source, translation))
    if wanted != given:
        here, there = (" ".join(found) or "none" for found in (given, wanted))
        yield Fault(
            MARKUP,
            f"has other markup than its source: {here}",
            f"write as the source has it: {there}",
        )


def _damaged(source: str, translation: str) -> Iterator[tuple[str, str]]:
    """What is no placeholder any longer, with the name of the lost one that it was to be."""
    lost = _lost(source, translation)
    for found in _DAMAGED.finditer(PLACEHOLDER.sub("", translation)):
        name = _meant(found[1] or found[2], lost)
        if name:
            lost.remove(name)
            yield found[0].strip(), name


def _lost(source: str, translation: str) -> list[str]:
    given = PLACEHOLDER.findall(translation)
    return [name for name in dict.fromkeys(PLACEHOLDER.findall(source)) if name not in given]


def _strangers(source: str, translation: str) -> Iterator[Fault]:
    """Placeholders that are misspelt, invented or lost, and percent signs that begin none."""
    wanted, lost = dict.fromkeys(PLACEHOLDER.findall(source)), _lost(source, translation)
    for stranger in dict.fromkeys(PLACEHOLDER.findall(translation)):
        if stranger in wanted:
            continue
        name = _meant(stranger, lost)
        if name:
            lost.remove(name)
            yield Fault(
                PLACEHOLDER_RULE,
                f"%({stranger})s is no placeholder of this message",
                f"write %({name})s, which is missing",
            )
        else:
            known = ", ".join(f"%({name})s" for name in wanted) or "none"
            yield Fault(
                PLACEHOLDER_RULE,
                f"%({stranger})s is invented: the source has {known}",
                "take it out",
            )
    for name in lost:
        yield Fault(PLACEHOLDER_RULE, f"%({name})s is lost", "put it where the sentence wants it")
    if _BARE_PERCENT.search(translation):
        yield Fault(
            PLACEHOLDER_RULE,
            "has a percent sign that begins no placeholder",
            "take it out: a figure brings its percent sign along",
        )


def _meant(name: str, lost: list[str]) -> str | None:
    """The lost placeholder that a misspelt one was to be."""
    if name in lost:
        return name
    close = get_close_matches(name, lost, 1, 0.6)
    return close[0] if close else None
