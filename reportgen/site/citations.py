"""Which figures of a series a brief printed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from reportgen.language.locale import Locale
from reportgen.language.numbers import parse_quantity
from reportgen.model import Quantity, Series
from reportgen.site.told import CitingBrief, Told


@dataclass(frozen=True, slots=True)
class CitedFigure:
    """A figure as a brief printed it; ``anchor`` is empty where its page does not explain it."""

    figure: Quantity
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Citation:
    """What one brief printed of a series in a language.

    ``levels`` are values as published, the newest first. A brief that printed none has ``computed``
    instead, the plainest of the figures it computed from the series.
    """

    as_of: date
    levels: tuple[CitedFigure, ...]
    computed: CitedFigure | None = None


def of_series(
    series: Series, briefs: Iterable[CitingBrief], locale: Locale
) -> tuple[Citation, ...]:
    """The briefs that printed something of a series in a language, the newest first."""
    found = (_of_brief(series, brief, locale) for brief in briefs if locale.tag in brief.anchors)
    return tuple(sorted((c for c in found if c is not None), key=lambda c: c.as_of, reverse=True))


def _of_brief(series: Series, brief: CitingBrief, locale: Locale) -> Citation | None:
    printed = [
        told
        for told in brief.told
        if series.id in told.figure.series and told.printed.get(locale.tag)
    ]
    if not printed:
        return None
    # Of one value told at several precisions the finest tells it all.
    levels: dict[date, Told] = {}
    for told in sorted(printed, key=lambda told: told.figure.quantum):
        if told.level is not None and told.level[0] == series.id:
            levels.setdefault(told.level[1], told)
    if levels:
        days = sorted(levels, reverse=True)
        return Citation(brief.as_of, tuple(_cited(levels[day], brief, locale) for day in days))
    plainest = min(printed, key=lambda told: _complexity(told, series))
    return Citation(brief.as_of, (), _cited(plainest, brief, locale))


def _complexity(told: Told, series: Series) -> tuple[bool, bool, int, int, str]:
    """A computation that names the series first, in its unit, from few series, and short."""
    figure = told.figure
    unnamed = re.search(rf"\b{re.escape(series.id)}\b", figure.formula) is None
    other_unit = figure.unit is not series.unit
    return unnamed, other_unit, len(figure.series), len(figure.formula), figure.id


def _cited(told: Told, brief: CitingBrief, locale: Locale) -> CitedFigure:
    anchor = brief.anchors[locale.tag].get(told.figure.id, "")
    return CitedFigure(told.figure, _exact(told, locale), anchor)


def _exact(told: Told, locale: Locale) -> str:
    """The text that states the figure at its display step, if there is one, else the first."""
    texts = told.printed[locale.tag]
    return next((text for text in texts if _states(text, told.figure, locale)), texts[0])


def _states(text: str, figure: Quantity, locale: Locale) -> bool:
    try:
        return abs(parse_quantity(text, figure.unit, locale)) == abs(figure.displayed)
    except ValueError:
        return False
