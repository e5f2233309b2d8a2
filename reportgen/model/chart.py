"""Chart specifications: what a section asks to be drawn, free of language and style.

Texts are keys; the section's chart template supplies them in each language. ``series`` are the
catalogue ids behind a chart, or ids of outlook entries: the source note is derived from them. A
chart is drawn for half the text width, two beside each other, unless it is ``wide``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

# The label of the one line or the bars of a chart whose title says what they are.
UNNAMED = ""

# Within a class that has a field of that name, ``date`` is the field.
Day = date


class Tone(StrEnum):
    """The roles that colours play; the style maps each to one colour in light and in dark."""

    RESERVES = "reserves"
    TGA = "tga"
    ON_RRP = "on_rrp"
    TREASURIES = "treasuries"
    MBS = "mbs"
    BILLS = "bills"
    OTHER = "other"
    STRESS = "stress"
    BAND = "band"
    UP = "up"
    DOWN = "down"
    TOTAL = "total"


class Scale(StrEnum):
    """The unit in which an axis counts."""

    TRILLION_USD = "trillion_usd"
    BILLION_USD = "billion_usd"
    PERCENT = "percent"
    BASIS_POINT = "basis_point"


@dataclass(frozen=True, slots=True)
class Line:
    """A series over time; ``label`` is a text key, ``step`` draws administered rates as steps."""

    label: str
    tone: Tone
    dates: tuple[date, ...]
    values: tuple[float, ...]
    step: bool = False
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """An event on the time axis, a named day with its value, or a stretch of days ``until`` one."""

    label: str
    date: Day
    value: float | None = None
    until: Day | None = None


@dataclass(frozen=True, slots=True)
class TimeChart:
    """Lines over time, optionally stacked, with a shaded band between the first two of ``band``."""

    id: str
    scale: Scale
    series: tuple[str, ...]
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...] = ()
    band: tuple[Line, Line] | None = None
    stacked: bool = False
    zero_line: bool = False
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Occasions:
    """Days of one kind, such as tax dates, marked in a row above a chart; ``label`` is a key."""

    label: str
    dates: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class DailyBarChart:
    """Bars over business days with named days; the mark ``told`` is the one of the week."""

    id: str
    scale: Scale
    series: tuple[str, ...]
    bars: Line
    marks: tuple[Mark, ...] = ()
    told: str = "told"
    occasions: tuple[Occasions, ...] = ()
    wide: bool = True


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with a text key and its value in US dollars."""

    label: str
    value: float
    tone: Tone


@dataclass(frozen=True, slots=True)
class BarChart:
    """Named bars, drawn one below the other; ``bridge`` lets each start where the last ended."""

    id: str
    scale: Scale
    series: tuple[str, ...]
    bars: tuple[Bar, ...]
    bridge: bool = False
    wide: bool = False


@dataclass(frozen=True, slots=True)
class GroupedBarChart:
    """Bars for each year, one group a year."""

    id: str
    scale: Scale
    series: tuple[str, ...]
    years: tuple[int, ...]
    groups: tuple[tuple[str, Tone, tuple[float | None, ...]], ...]
    partial_year: bool
    wide: bool = False


ChartSpec = TimeChart | DailyBarChart | BarChart | GroupedBarChart
