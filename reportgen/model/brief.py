"""What the stages hand to each other: references, sections, the brief, and what was written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from reportgen.model.chart import ChartSpec
from reportgen.model.hand import NOTHING_BY_HAND, Hand
from reportgen.model.pulled import Doubt
from reportgen.model.quantity import Quantity
from reportgen.model.series import Series


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry of policy, calendar or outlook that stands behind a figure.

    ``name`` is by language tag (BCP 47) for views, empty for official acts, which the templates
    name; ``url`` is where a reader can look it up.
    """

    id: str
    published: date
    url: str
    name: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SeriesStatus:
    """A series as the as-of date sees it: last date, the date that was due, and whether late."""

    series: Series
    last: date | None
    due: date | None
    late: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A section's computed facts and the charts it asks for."""

    id: str
    facts: Any
    charts: tuple[ChartSpec, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything the templates get: no number reaches a page that is not in here.

    ``withheld`` are values in quarantine that would be told otherwise; ``hand`` is what editors
    wrote for it.
    """

    as_of: date
    cutoff: datetime
    sections: tuple[Section, ...]
    statuses: tuple[SeriesStatus, ...]
    references: Mapping[str, Reference]
    from_bundle: bool
    data_digest: str
    withheld: tuple[Doubt, ...] = ()
    hand: Hand = NOTHING_BY_HAND

    def figures(self) -> dict[str, Quantity]:
        """Every figure of every section by its id, in the order of the sections."""
        found: dict[str, Quantity] = {}
        for section in self.sections:
            for figure in _figures_in(section.facts):
                found.setdefault(figure.id, figure)
        return found

    def status(self, series_id: str) -> SeriesStatus:
        """The status of one series; KeyError for an id the catalogue does not have."""
        for status in self.statuses:
            if status.series.id == series_id:
                return status
        raise KeyError(series_id)


def _figures_in(value: Any) -> Iterable[Quantity]:
    if isinstance(value, Quantity):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _figures_in(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _figures_in(getattr(value, field.name))


@dataclass(frozen=True, slots=True)
class Printed:
    """One printing of a figure, date or name: where, what, and the text a reader sees.

    A figure that was ``rounded`` for the reader has the word of its rounding in the text.
    """

    section: str
    key: str
    text: str
    rounded: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A message as a page says it: its context, each text a reader sees, the facts in them."""

    message: str
    texts: tuple[str, ...]
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file to be written: its path below the output folder of the date, and its bytes."""

    path: Path
    content: bytes
