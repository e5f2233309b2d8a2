"""What the catalogue knows of a series, and one observation of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum

from reportgen.model.quantity import Unit


class Frequency(StrEnum):
    """How often a series has a value."""

    BUSINESS_DAY = "business_day"
    CALENDAR_DAY = "calendar_day"
    WEEK = "week"
    MONTH = "month"
    OPERATION = "operation"
    IRREGULAR = "irregular"


class Meaning(StrEnum):
    """What the value of a date stands for."""

    DAY = "day"
    WEDNESDAY_LEVEL = "wednesday_level"
    WEEK_AVERAGE = "week_average"
    MONTH_END = "month_end"


class Calendar(StrEnum):
    """Whose holidays count: the Federal Reserve's, or SIFMA's for US government bonds."""

    FED = "fed"
    SIFMA = "sifma"


class Release(StrEnum):
    """The rule by which a value becomes public."""

    SAME_DAY = "same_day"
    NEXT_BUSINESS_DAY = "next_business_day"
    DAY_BEFORE = "day_before"
    THURSDAY = "thursday"
    BUSINESS_DAY_OF_NEXT_MONTH = "business_day_of_next_month"
    STATED = "stated"


@dataclass(frozen=True, slots=True)
class PublicationRule:
    """When a value is public, in New York time; ``nth`` counts business days of the month."""

    release: Release
    calendar: Calendar
    clock_time: time
    nth: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A provider as readers and operators need to know it."""

    id: str
    publisher: str
    page: str
    notice: str
    licence: str


@dataclass(frozen=True, slots=True)
class Series:
    """One line of the catalogue; the id names no provider; ``ended`` is its last day, if any.

    A value outside ``least`` to ``most``, in the series' unit, is impossible and never lands.
    """

    id: str
    source: str
    identifier: str
    publisher: str
    unit: Unit
    frequency: Frequency
    meaning: Meaning
    rule: PublicationRule
    quantum: Decimal
    page: str
    least: float
    most: float
    required: bool = False
    bundled: bool = True
    ended: date | None = None


@dataclass(frozen=True, slots=True)
class Observation:
    """A value of a series on a date; ``known_at`` is None while the publication rule tells it."""

    series: str
    date: date
    value: float
    known_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """A date and its value, as analysis hands them on."""

    date: date
    value: float
