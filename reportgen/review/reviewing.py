"""Every rule, and the review of a brief by all of them."""

from __future__ import annotations

from reportgen.review import agreement, contradiction, emptiness, repetition, style
from reportgen.review.brief import ReadBrief
from reportgen.review.rule import Finding, Rule, find

RULES: tuple[Rule[ReadBrief], ...] = (
    *contradiction.RULES,
    *agreement.RULES,
    *repetition.RULES,
    *emptiness.RULES,
    *style.RULES,
)


def review(brief: ReadBrief) -> tuple[Finding, ...]:
    """What every rule finds in a brief, in the order of the rules; empty when it may go out."""
    return tuple(find(RULES, brief))
