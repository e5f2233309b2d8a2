"""Rules of the house style that a program can see."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.language.characters import IDEOGRAPHIC
from reportgen.review.brief import ReadBrief, place_of
from reportgen.review.passages import Kind, Passage, sentences
from reportgen.review.rule import Finding, Level, Place, Rule

WRITTEN = (Kind.HEADING, Kind.PROSE, Kind.ITEM, Kind.TITLE, Kind.SUBTITLE, Kind.NOTE)

# An editor's paragraph: the lead's account of reserves has five, one for each driver it names.
SENTENCES = 6

_STRAIGHT = re.compile(r"[\"']")
_DOUBLE = re.compile("[ \N{NO-BREAK SPACE}]{2}")
_HALF_WIDTH = re.compile(rf"[{IDEOGRAPHIC}][,;:!?()]|[,;:!?()][{IDEOGRAPHIC}]")
_BEFORE_MARK = re.compile("[ \N{NO-BREAK SPACE}][,;:.!?，。；：！？、](?:\\s|$)")
_ENDS = re.compile(r"[.!?。！？…:：][”’」』）)]*$")
_SHOWN = 60


def _written(passage: Passage) -> bool:
    return passage.kind in WRITTEN and not passage.by_hand


def quotes(brief: ReadBrief) -> Iterator[Finding]:
    """Straight quotation marks and apostrophes."""
    yield from _matches(brief, _STRAIGHT, "has a straight quotation mark", "write “ ” or ’")


def spaces(brief: ReadBrief) -> Iterator[Finding]:
    """Two spaces in a row, or one before a mark."""
    yield from _matches(brief, _DOUBLE, "has two spaces in a row", "leave one out")
    yield from _matches(brief, _BEFORE_MARK, "has a space before a mark", "leave it out")


def marks(brief: ReadBrief) -> Iterator[Finding]:
    """Half-width marks beside Han characters."""
    yield from _matches(
        brief, _HALF_WIDTH, "has a half-width mark among Han", "write it full-width"
    )


def _matches(brief: ReadBrief, wrong: re.Pattern[str], what: str, remedy: str) -> Iterator[Finding]:
    for page in brief.pages:
        for passage in filter(_written, page.passages):
            if found := wrong.search(passage.text):
                around = passage.text[max(found.start() - 20, 0) : found.end() + 20]
                yield Finding(place_of(brief, page, passage), f"{what}: …{around}…", remedy)


def full_stop(brief: ReadBrief) -> Iterator[Finding]:
    """A paragraph that does not end as one."""
    for page in brief.pages:
        for passage in page.passages:
            is_text = passage.kind is Kind.PROSE and passage.text and not passage.by_hand
            if is_text and not _ENDS.search(passage.text):
                yield Finding(
                    place_of(brief, page, passage),
                    f"does not end with a full stop: …{passage.text[-_SHOWN:]}",
                    "end it with one",
                )


def empty(brief: ReadBrief) -> Iterator[Finding]:
    """A heading or a paragraph without text."""
    for page in brief.pages:
        for passage in page.passages:
            if not passage.text and passage.kind not in (Kind.CELL, Kind.NOTE):
                yield Finding(
                    Place(page.language, passage.section),
                    f"an empty {passage.kind}",
                    "let the template leave it out where it has nothing to say",
                )


def long_sentence(brief: ReadBrief) -> Iterator[Finding]:
    """A sentence longer than its language bears."""
    for page in brief.pages:
        most = page.words.longest_sentence
        for sentence in sentences(page.passages, Kind.PROSE, Kind.ITEM):
            length = _length(sentence)
            if most and length > most:
                yield Finding(
                    place_of(brief, page, sentence),
                    f"has {length} words or characters: {sentence.text}",
                    "make two of it",
                )


def _length(sentence: Passage) -> int:
    """Words; in Han, characters, Latin words and numbers counting as one each."""
    if re.search(f"[{IDEOGRAPHIC}]", sentence.text):
        return len(re.findall(rf"[{IDEOGRAPHIC}，、；：。（）“”]|[A-Za-z0-9.,%−]+", sentence.text))
    return len(sentence.text.split())


def long_paragraph(brief: ReadBrief) -> Iterator[Finding]:
    """A paragraph of too many sentences."""
    for page in brief.pages:
        for passage in page.passages:
            count = sum(1 for _ in passage.sentences())
            if passage.kind is Kind.PROSE and not passage.by_hand and count > SENTENCES:
                yield Finding(
                    place_of(brief, page, passage),
                    f"a paragraph of {count} sentences: {passage.text[:_SHOWN]}…",
                    "break it, or leave out what matters least",
                )


RULES = (
    Rule("style.quotes", Level.ERROR, "Quotation marks and apostrophes are typographic.", quotes),
    Rule(
        "style.spaces",
        Level.ERROR,
        "No space follows a space, and none stands before a mark.",
        spaces,
    ),
    Rule("style.marks", Level.ERROR, "Among Han characters marks are full-width.", marks),
    Rule("style.full_stop", Level.ERROR, "A paragraph ends with a full stop.", full_stop),
    Rule("style.empty", Level.ERROR, "No heading and no paragraph is empty.", empty),
    Rule(
        "style.long_sentence",
        Level.WARNING,
        "No sentence is longer than review.toml of its language allows.",
        long_sentence,
    ),
    Rule(
        "style.long_paragraph",
        Level.WARNING,
        f"A paragraph has up to {SENTENCES} sentences.",
        long_paragraph,
    ),
)
