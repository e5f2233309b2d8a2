"""Draws a chart: the specification chooses its kind, the style is the same for all."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace

from reportgen.charts import style
from reportgen.charts.bars import draw_bars, draw_daily, draw_grouped
from reportgen.charts.lines import draw_time
from reportgen.charts.style import Medium
from reportgen.design import Design
from reportgen.language.locale import Locale
from reportgen.model.chart import BarChart, ChartSpec, DailyBarChart, GroupedBarChart, TimeChart

# What a drawing is made of, and the drawing.
Drawings = dict[bytes, bytes]
_KEPT: ContextVar[tuple[Drawings, Drawings] | None] = ContextVar("kept drawings", default=None)


@contextmanager
def reusing(kept: Drawings) -> Iterator[None]:
    """Draws only what is not ``kept`` from the page before; afterwards that is this page's.

    A preview makes a page again and again, and drawing is three quarters of its time; to tell
    whether a chart is the same takes a millisecond.
    """
    used: Drawings = {}
    token = _KEPT.set((kept, used))
    try:
        yield
    finally:
        _KEPT.reset(token)
    kept.clear()
    kept.update(used)


def draw(
    spec: ChartSpec,
    texts: Mapping[str, str],
    locale: Locale,
    design: Design,
    medium: Medium = Medium.PAGE,
) -> bytes:
    """The chart as matplotlib's SVG, or as PNG; ``texts`` are its labels by key, plain text."""
    given = _KEPT.get()
    if given is None:
        return _drawn(spec, texts, locale, design, medium)
    kept, used = given
    made_of = pickle.dumps((spec, dict(texts), locale, design, medium))
    used[made_of] = kept.get(made_of) or _drawn(spec, texts, locale, design, medium)
    return used[made_of]


def _drawn(
    spec: ChartSpec, texts: Mapping[str, str], locale: Locale, design: Design, medium: Medium
) -> bytes:
    mail = medium is Medium.MAIL
    if mail:
        spec = replace(spec, wide=False)
    with style.figure(locale.fonts.sans, design, wide=spec.wide, medium=medium) as (figure, axes):
        match spec:
            case TimeChart():
                draw_time(axes, spec, texts, locale)
            case DailyBarChart():
                draw_daily(axes, spec, texts, locale)
            case BarChart():
                draw_bars(axes, spec, texts, locale)
            case GroupedBarChart():
                draw_grouped(axes, spec, texts, locale)
        style.fit(figure, axes, style.MAIL_EDGE_PT if mail else style.EDGE_PT)
        return style.save(figure, medium)
