"""Draws a chart: the specification chooses its kind, the style is the same for all."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from reportgen.charts import style
from reportgen.charts.bars import draw_bars, draw_daily, draw_grouped
from reportgen.charts.lines import draw_time
from reportgen.charts.style import Medium
from reportgen.design import Design
from reportgen.language.locale import Locale
from reportgen.model.chart import BarChart, ChartSpec, DailyBarChart, GroupedBarChart, TimeChart


def draw(
    spec: ChartSpec,
    texts: Mapping[str, str],
    locale: Locale,
    design: Design,
    medium: Medium = Medium.PAGE,
) -> bytes:
    """The chart as matplotlib's SVG, or as PNG; ``texts`` are its labels by key, plain text."""
    return _drawn(pickle.dumps((spec, dict(texts), locale, design, medium)))


# A preview makes a page again and again of the same charts. They are three quarters of its time;
# to tell whether one is the same takes a millisecond.
@lru_cache(maxsize=32)
def _drawn(made_of: bytes) -> bytes:
    spec, texts, locale, design, medium = pickle.loads(made_of)
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
