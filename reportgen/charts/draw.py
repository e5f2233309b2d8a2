"""Draws a chart: the specification chooses its kind, the style is the same for all."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.charts import style
from reportgen.charts.bars import draw_bars, draw_daily, draw_grouped
from reportgen.charts.lines import draw_time
from reportgen.design import Design
from reportgen.language.locale import Locale
from reportgen.model.chart import BarChart, ChartSpec, DailyBarChart, GroupedBarChart, TimeChart


def draw(spec: ChartSpec, texts: Mapping[str, str], locale: Locale, design: Design) -> bytes:
    """The chart as matplotlib's SVG; ``texts`` are its labels by key, plain text."""
    with style.figure(locale.fonts.sans, design, wide=spec.wide) as (figure, axes):
        match spec:
            case TimeChart():
                draw_time(axes, spec, texts, locale)
            case DailyBarChart():
                draw_daily(axes, spec, texts, locale)
            case BarChart():
                draw_bars(axes, spec, texts, locale)
            case GroupedBarChart():
                draw_grouped(axes, spec, texts, locale)
        style.fit(figure, axes)
        return style.save(figure)
