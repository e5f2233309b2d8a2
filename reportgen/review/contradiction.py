"""Rules against a brief that contradicts itself: figures, directions, and text against chart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from reportgen.review import words
from reportgen.review.brief import Fact, ReadBrief, place_of
from reportgen.review.passages import Atom, Kind, Passage, sentences
from reportgen.review.rule import Finding, Level, Place, Rule

# Where a reader compares figures; tables are set in coarser steps.
COMPARED = (Kind.HEADING, Kind.PROSE, Kind.ITEM, Kind.TITLE)

# Counts of one window may have one formula.
COUNTED = ("count", "rank")

# The words for a direction stand this close to their figure, in characters.
BEFORE, AFTER = 30, 18

# Where a chart ends, by chart and the key of its line or bar, is where a fact says it ends.
DRAWN = {
    ("corridor", "sofr"): "funding.sofr",
    ("corridor", "tgcr"): "funding.tgcr",
    ("corridor", "effr"): "funding.effr",
    ("liabilities", "reserves"): "lead.reserves_end",
    ("liabilities", "tga"): "lead.tga_end",
    ("reserve_drivers", "assets"): "lead.part.assets",
    ("reserve_drivers", "tga"): "lead.part.tga",
    ("reserve_drivers", "on_rrp"): "lead.part.on_rrp",
    ("soma_classes", "agency"): "qt.soma_agency",
    ("mbs_path", "held"): "supply.agency",
}


def two_values(brief: ReadBrief) -> Iterator[Finding]:
    """One quantity of one date that the text prints in two ways."""
    for page in brief.pages:
        told: dict[tuple[str, str], dict[str, Passage]] = defaultdict(dict)
        for sentence in sentences(page.passages, *COMPARED):
            for atom in sentence.figures:
                fact = brief.facts.get(atom.key)
                # The formula of an act or a view names its entry, which may hold several figures.
                if fact and "(" in fact.formula and fact.unit not in COUNTED:
                    shown = atom.text.lstrip("+−")
                    told[fact.formula, fact.unit].setdefault(shown, sentence)
        for prints in told.values():
            if len(prints) > 1:
                where = list(prints.values())
                yield Finding(
                    place_of(brief, page, *where),
                    f"prints one quantity as {' and as '.join(prints)}",
                    "give both facts the same display step",
                )


def wrong_direction(brief: ReadBrief) -> Iterator[Finding]:
    """A change told with a word for the other direction."""
    for page in brief.pages:
        rises, falls = words.pattern(page.words.rises), words.pattern(page.words.falls)
        if rises is None or falls is None:
            continue
        for sentence in sentences(page.passages, *COMPARED):
            for atom in sentence.figures:
                way = brief.direction(atom.key)
                beside = _beside(sentence, atom)
                said = bool(rises.search(beside)) - bool(falls.search(beside))
                if way and said and way != said:
                    yield Finding(
                        place_of(brief, page, sentence),
                        f"tells {atom.text} as a {'rise' if said > 0 else 'fall'}, but the series "
                        f"{'rose' if way > 0 else 'fell'}: {sentence.text}",
                        "correct the word, or the finding that the template branches on",
                    )


def _beside(sentence: Passage, atom: Atom) -> str:
    """What stands right before and after a figure, up to its neighbours."""
    before = max((a.end for a in sentence.figures if a.end <= atom.start), default=0)
    after = min((a.start for a in sentence.figures if a.start >= atom.end), default=10**6)
    start = max(before, atom.start - BEFORE)
    return sentence.text[start : min(after, atom.end + AFTER)]


def chart_and_text(brief: ReadBrief) -> Iterator[Finding]:
    """A chart that ends on another value than the fact it is told by."""
    for chart, lines in brief.charts.items():
        for label, end in lines.items():
            fact = brief.facts.get(DRAWN.get((chart, label), ""))
            if fact is not None and _apart(fact, end.value):
                yield Finding(
                    Place(section=fact.id.partition(".")[0], messages=(chart,)),
                    f"the chart {chart} ends {label} at {end.value:f}, but {fact.id} is "
                    f"{fact.value:f}",
                    "draw the chart from the facts of its section",
                )
            elif fact is not None and end.date and end.date != fact.as_of:
                yield Finding(
                    Place(section=fact.id.partition(".")[0], messages=(chart,)),
                    f"the chart {chart} ends {label} on {end.date}, but {fact.id} is of "
                    f"{fact.as_of}",
                    "draw the chart from the facts of its section",
                )


def _apart(fact: Fact, drawn: Decimal) -> bool:
    """Whether a drawn value would print otherwise than the fact."""
    step = abs(fact.value - fact.displayed) + abs(fact.value) * Decimal("1e-6")
    return abs(abs(drawn) - abs(fact.value)) > step


RULES = (
    Rule(
        "contradiction.value",
        Level.ERROR,
        "A quantity of the same date is printed alike wherever the text tells it.",
        two_values,
    ),
    Rule(
        "contradiction.direction",
        Level.ERROR,
        "A change is told with a word for the direction in which its series moved.",
        wrong_direction,
    ),
    Rule(
        "contradiction.chart",
        Level.ERROR,
        "A chart ends on the value and the date that the text tells.",
        chart_and_text,
    ),
)
