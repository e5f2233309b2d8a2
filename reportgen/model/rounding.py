"""A figure rounded for the reader, and on which side of the rounded one the true value lies."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum

from reportgen.model.quantity import Quantity, Unit

# Two digits are what a reader keeps of a figure; whoever needs more finds them below.
DIGITS = 2
# Of the step it is rounded to. Nearer than the first, one more digit would be a zero and there is
# nothing to hedge; up to the second, the true value is near enough to tell on which side it lies.
_EXACT = Decimal("0.05")
_NEAR = Decimal("0.25")
# A policy rate is quoted to its last basis point, and a rank is no amount.
_NEVER = frozenset({Unit.PERCENT, Unit.RANK})


class Nearness(StrEnum):
    """The word before a rounded figure: none when it is as good as the true value, “more than” or
    “just under” when that lies close above or below, else “about”."""

    EXACT = "exact"
    UNDER = "under"
    OVER = "over"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class Rounded:
    """``figure`` has the rounded value and its step; ``nearness`` is where the true value lies.

    OVER says that the true value is above the rounded one, UNDER that it is below.
    """

    figure: Quantity
    nearness: Nearness


def roughly(figure: Quantity) -> Rounded:
    """A figure at ``DIGITS`` digits, never finer than its display step.

    ValueError where that misleads: for a negative figure, of which "more than" says nothing clear,
    for rates and for ranks.
    """
    if figure.unit in _NEVER:
        raise ValueError(f"{figure.id}: a {figure.unit} is not rounded further")
    if figure.value < 0:
        raise ValueError(f"{figure.id}: only a figure without its sign is rounded; use .magnitude")
    step = _step(figure)
    value = (figure.value / step).quantize(Decimal(1), ROUND_HALF_EVEN) * step
    rounded = replace(figure, value=value, quantum=step)
    return Rounded(rounded, _nearness(figure, value, step))


def _nearness(figure: Quantity, rounded: Decimal, step: Decimal) -> Nearness:
    distance = abs(figure.value - rounded)
    # The text prints it so without a word, and a title is not to hedge what the text does not.
    if distance < _EXACT * step or figure.displayed == rounded:
        return Nearness.EXACT
    if distance > _NEAR * step:
        return Nearness.ABOUT
    return Nearness.OVER if figure.value > rounded else Nearness.UNDER


def _step(figure: Quantity) -> Decimal:
    if not figure.value:
        return figure.quantum
    return max(Decimal(1).scaleb(figure.value.adjusted() - DIGITS + 1), figure.quantum)
