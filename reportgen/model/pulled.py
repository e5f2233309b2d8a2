"""What a response holds once it is parsed: observations, and doubts about some of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reportgen.model.series import Observation


class DoubtRule(StrEnum):
    """Which rule of the data a value broke."""

    RANGE = "range"
    UNIT = "unit"
    IDENTITY = "identity"
    DISAGREEMENT = "disagreement"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A value that must not reach a brief; ``value`` is None where one is missing."""

    series: str
    date: date
    rule: DoubtRule
    reason: str
    value: float | None


@dataclass(frozen=True, slots=True)
class Parsed:
    """The outcome of ``parse``: what may land, and what is held back with its reason."""

    observations: tuple[Observation, ...]
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """The same quantity from a second provider; ``tolerance`` is in the unit of the series.

    On days with a value in ``unsettled`` the second provider is known to err, and is not heard.
    """

    series: str
    against: str
    tolerance: float
    unsettled: str = ""
