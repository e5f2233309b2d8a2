"""Rules against sentences that make much of nothing: zeros, empty ranges, hollow superlatives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from reportgen.review import words
from reportgen.review.brief import ReadBrief, place_of
from reportgen.review.contradiction import COMPARED
from reportgen.review.passages import Kind, sentences
from reportgen.review.rule import Finding, Level, Place, Rule

# A rate of nought is a rate, and a rank is never nought.
MAY_BE_ZERO = ("percent", "rank")

# The facility counts as used from a billion dollars on; below five a record is no news. Beside a
# fact this small in its unit no superlative stands.
TRIVIAL = {"usd": Decimal(10**9), "usd_per_month": Decimal(10**9), "basis_point": Decimal(1)}

# A place in history takes a year of it.
HISTORY = timedelta(days=365)
EXTREMES = ("very_low", "very_high")


def zero_figure(brief: ReadBrief) -> Iterator[Finding]:
    """A figure of nought in a sentence."""
    for page in brief.pages:
        for sentence in sentences(page.passages, *COMPARED):
            for atom in sentence.figures:
                fact = brief.facts.get(atom.key)
                if fact and fact.displayed == 0 and fact.unit not in MAY_BE_ZERO:
                    yield Finding(
                        place_of(brief, page, sentence),
                        f"tells {atom.text}: {sentence.text}",
                        "let a finding say that there is nothing, or leave the figure out",
                    )


def empty_range(brief: ReadBrief) -> Iterator[Finding]:
    """A range or a change whose ends print alike."""
    for page in brief.pages:
        between = words.pattern(page.words.between)
        for sentence in sentences(page.passages, *COMPARED, Kind.SUBTITLE):
            for first, second in pairwise(sentence.atoms):
                joint = sentence.text[first.end : second.start].replace("\N{NO-BREAK SPACE}", " ")
                if between and first.text == second.text and between.search(joint):
                    yield Finding(
                        place_of(brief, page, sentence),
                        f"both ends print as {first.text}: {sentence.text}",
                        "let a finding say that the ends are even, and tell the figure once",
                    )


def moved_but_unchanged(brief: ReadBrief) -> Iterator[Finding]:
    """A word for no change beside a change."""
    for page in brief.pages:
        unchanged = words.pattern(page.words.unchanged)
        for sentence in sentences(page.passages, *COMPARED):
            if unchanged is None or not unchanged.search(sentence.text):
                continue
            for atom in sentence.figures:
                fact = brief.facts.get(atom.key)
                if fact and " - " in fact.formula and fact.displayed != 0:
                    yield Finding(
                        place_of(brief, page, sentence),
                        f"says nothing changed, and tells a change of {atom.text}: {sentence.text}",
                        "tell the change, or leave it out",
                    )


def trivial_superlative(brief: ReadBrief) -> Iterator[Finding]:
    """A superlative of next to nothing."""
    for page in brief.pages:
        superlative = words.pattern(page.words.superlatives)
        for sentence in sentences(page.passages, *COMPARED):
            if superlative is None or not superlative.search(sentence.text):
                continue
            facts = [brief.facts[a.key] for a in sentence.figures if a.key in brief.facts]
            sizes = [f for f in facts if f.unit in TRIVIAL]
            if sizes and all(abs(f.value) < TRIVIAL[f.unit] for f in sizes):
                yield Finding(
                    place_of(brief, page, sentence),
                    f"makes a superlative of next to nothing: {sentence.text}",
                    "tell the amount without its rank",
                )


def boundless_superlative(brief: ReadBrief) -> Iterator[Finding]:
    """A superlative that does not say over which time."""
    for page in brief.pages:
        superlative = words.pattern(page.words.superlatives)
        period = words.pattern(page.words.periods)
        for sentence in sentences(page.passages, *COMPARED):
            if superlative is None or period is None or not superlative.search(sentence.text):
                continue
            if sentence.kind is Kind.HEADING:  # The text below a heading says since when.
                continue
            if not period.search(sentence.text) and not any(a.is_date for a in sentence.atoms):
                yield Finding(
                    place_of(brief, page, sentence),
                    f"a superlative without its time: {sentence.text}",
                    "say since when it holds",
                )


def short_history(brief: ReadBrief) -> Iterator[Finding]:
    """A gauge called very high or very low in a history of less than a year."""
    for name, position in brief.findings.get("dashboard", {}).items():
        gauge, _, what = name.rpartition(".")
        if what != "position" or position not in EXTREMES:
            continue
        since = date.fromisoformat(str(brief.finding(f"dashboard.{gauge}.since")))
        if brief.as_of - since < HISTORY:
            yield Finding(
                Place(section="dashboard", messages=(gauge.removeprefix("gauges."),)),
                f"is called {position} in a history that begins on {since}",
                "leave its place open until it has a year of history",
            )


RULES = (
    Rule(
        "emptiness.zero",
        Level.ERROR,
        "No sentence, heading or title tells a figure that prints as nothing; a rate may.",
        zero_figure,
    ),
    Rule(
        "emptiness.range",
        Level.ERROR,
        "The ends of a range or a change never print alike.",
        empty_range,
    ),
    Rule(
        "emptiness.unchanged",
        Level.ERROR,
        "No sentence says that nothing changed and tells a change.",
        moved_but_unchanged,
    ),
    Rule(
        "emptiness.superlative",
        Level.ERROR,
        "No superlative is made of an amount or a spread too small to matter.",
        trivial_superlative,
    ),
    Rule(
        "emptiness.period",
        Level.WARNING,
        "A superlative says over which time it holds.",
        boundless_superlative,
    ),
    Rule(
        "emptiness.history",
        Level.ERROR,
        f"No gauge is called very high or very low in less than {HISTORY.days} days of history.",
        short_history,
    ),
)
