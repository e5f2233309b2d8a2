"""Rules against saying things twice."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations, pairwise

from reportgen.language.characters import IDEOGRAPHIC
from reportgen.review import words
from reportgen.review.brief import ReadBrief, bare, place_of
from reportgen.review.passages import Kind, Passage, sentences
from reportgen.review.rule import Finding, Level, Rule

# What a reader takes in as running text; a list of what changed sums up what sections tell.
TEXT = (Kind.PROSE, Kind.ITEM)

# A run of words (characters in Han) that two sentences share. Shorter ones are names and idiom:
# "of agency debt and MBS".
SHARED_WORDS, SHARED_HAN = 6, 9

# A figure stands in the lead, in its section, and once more where a conclusion rests on it; in one
# section, where it is new and where it matters.
FIGURE_TOLD, FIGURE_TOLD_IN_SECTION = 3, 2

# Openings of a section's sentences, by words or characters.
OPENING_WORDS, OPENING_HAN, SAME_OPENINGS = 3, 4, 2

_HAN = re.compile(f"[{IDEOGRAPHIC}]")
# A figure, a date and an author among the words of a run.
_SHOWN = {"\0": "#", "\1": "@", "\2": "…"}


def same_sentence(brief: ReadBrief) -> Iterator[Finding]:
    """The same sentence twice on a page."""
    for page in brief.pages:
        seen: dict[str, Passage] = {}
        for told in sentences(page.passages, Kind.HEADING, Kind.PROSE, Kind.TITLE):
            first = seen.setdefault(bare(told.text), told)
            if first is not told:
                yield Finding(
                    place_of(brief, page, first, told),
                    f"says twice: {told.text}",
                    "say it in one place, or let the later place say what is new there",
                )


def nearly_same(brief: ReadBrief) -> Iterator[Finding]:
    """Two sentences of the text that share a long run of words."""
    for page in brief.pages:
        told = list(sentences(page.passages, Kind.PROSE))
        runs = [(_runs(sentence), sentence) for sentence in told]
        for (runs_a, a), (runs_b, b) in combinations(runs, 2):
            if bare(a.text) != bare(b.text) and (shared := runs_a & runs_b):
                run = min(shared)
                yield Finding(
                    place_of(brief, page, a, b),
                    f"two sentences share “{run}”: {a.text} / {b.text}",
                    "reword one of them, or leave out what the other has said",
                )


def _tokens(passage: Passage) -> list[str]:
    """Words, or characters in Han; a figure, date or author is one token, whichever it is."""
    text, at = "", 0
    for atom in passage.atoms:
        text += passage.text[at : atom.start] + (
            " \0 " if atom.is_figure else " \1 " if atom.is_date else " \2 "
        )
        at = atom.end
    text += passage.text[at:]
    return re.findall(rf"[{IDEOGRAPHIC}]|[A-Za-z’'-]+|[\0\1\2]", text)


def _runs(passage: Passage) -> set[str]:
    """Every run of that many words of a sentence, with the figures that stand between them."""
    tokens = [_SHOWN.get(token, token.lower()) for token in _tokens(passage)]
    han = bool(_HAN.search(passage.text))
    size, glue = (SHARED_HAN, "") if han else (SHARED_WORDS, " ")
    places = [i for i, token in enumerate(tokens) if token not in _SHOWN.values()]
    return {
        glue.join(tokens[first : last + 1])
        for first, last in zip(places, places[size - 1 :], strict=False)
    }


def same_figure(brief: ReadBrief) -> Iterator[Finding]:
    """One figure told again and again in the text."""
    for page in brief.pages:
        told: dict[tuple[str, str], list[Passage]] = defaultdict(list)
        for sentence in sentences(page.passages, *TEXT):
            for atom in sentence.figures:
                fact = brief.facts.get(atom.key)
                if fact and fact.unit not in ("count", "rank", "percent"):
                    told[fact.formula, atom.text].append(sentence)
        for (_, text), where in told.items():
            sections = Counter(sentence.section for sentence in where)
            section, most = sections.most_common(1)[0]
            if len(where) > FIGURE_TOLD or most > FIGURE_TOLD_IN_SECTION:
                whole = f", {most} of them in {section}" if len(sections) > 1 else ""
                yield Finding(
                    place_of(brief, page, *where),
                    f"tells {text} {len(where)} times{whole}",
                    "tell it where it matters most, and elsewhere what follows from it",
                )


def same_opening(brief: ReadBrief) -> Iterator[Finding]:
    """Sentences of one section that open alike too often."""
    for page in brief.pages:
        openings: dict[tuple[str, str], list[Passage]] = defaultdict(list)
        for sentence in sentences(page.passages, Kind.PROSE):
            han = bool(_HAN.search(sentence.text))
            size = OPENING_HAN if han else OPENING_WORDS
            opening = ("" if han else " ").join(_tokens(sentence)[:size]).lower()
            openings[sentence.section, opening].append(sentence)
        for (_, _opening), where in openings.items():
            if len(where) >= SAME_OPENINGS:
                yield Finding(
                    place_of(brief, page, *where),
                    f"{len(where)} sentences of the section open like “{where[0].text[:40]}…”",
                    "let one of them begin otherwise",
                )


def same_date(brief: ReadBrief) -> Iterator[Finding]:
    """A sentence that names one day twice."""
    for page in brief.pages:
        for sentence in sentences(page.passages, *TEXT):
            days = [atom.text for atom in sentence.atoms if atom.is_date]
            for text in {text for text in days if days.count(text) > 1}:
                yield Finding(
                    place_of(brief, page, sentence),
                    f"names {text} twice: {sentence.text}",
                    "let a finding say that both fall on one day",
                )


def same_connective(brief: ReadBrief) -> Iterator[Finding]:
    """Two sentences in a row that turn on the same connective."""
    for page in brief.pages:
        connective = words.pattern(page.words.connectives)
        for passage in page.passages:
            if connective is None or passage.kind is not Kind.PROSE or passage.by_hand:
                continue
            for first, second in pairwise(passage.sentences()):
                a, b = connective.search(first.text), connective.search(second.text)
                if a and b and a[0].lower() == b[0].lower():
                    yield Finding(
                        place_of(brief, page, first, second),
                        f"two sentences in a row turn on “{a[0]}”: {first.text} {second.text}",
                        "join them otherwise",
                    )


RULES = (
    Rule(
        "repetition.sentence",
        Level.ERROR,
        "No sentence, heading or chart title is repeated on a page.",
        same_sentence,
    ),
    Rule(
        "repetition.wording",
        Level.WARNING,
        f"No sentence shares a run of {SHARED_WORDS} words or {SHARED_HAN} Han characters with "
        "another, whatever figures stand between them.",
        nearly_same,
    ),
    Rule(
        "repetition.figure",
        Level.WARNING,
        f"The text tells the same figure of the same date up to {FIGURE_TOLD} times, and in a "
        f"section up to {FIGURE_TOLD_IN_SECTION} times.",
        same_figure,
    ),
    Rule(
        "repetition.opening",
        Level.WARNING,
        f"Fewer than {SAME_OPENINGS} sentences of a section open with the same "
        f"{OPENING_WORDS} words or {OPENING_HAN} Han characters.",
        same_opening,
    ),
    Rule("repetition.date", Level.WARNING, "No sentence names the same day again.", same_date),
    Rule(
        "repetition.connective",
        Level.WARNING,
        "No sentence begins with the connective of the sentence before.",
        same_connective,
    ),
)
