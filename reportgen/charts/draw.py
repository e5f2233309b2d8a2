"""Draws a chart: the specification chooses its kind, the style is the same for all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reportgen.charts import style
from reportgen.charts.bars import draw_bars, draw_daily, draw_grouped
from reportgen.charts.lines import draw_time
from reportgen.charts.style import Medium
from reportgen.design import Design
from reportgen.language.locale import Locale
from reportgen.model.chart import BarChart, ChartSpec, DailyBarChart, GroupedBarChart, TimeChart


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the plot lies in the viewBox: left, top, right, bottom; and the ranges of its axes."""

    box: tuple[float, float, float, float]
    x: tuple[float, float]
    y: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart as matplotlib's SVG, or as PNG, and the frame of its plot."""

    image: bytes
    frame: Frame


def draw(
    spec: ChartSpec,
    texts: Mapping[str, str],
    locale: Locale,
    design: Design,
    medium: Medium = Medium.PAGE,
) -> Drawing:
    """The chart as it stands in a page or a mail; ``texts`` are its labels by key, plain text."""
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
        return Drawing(style.save(figure, medium), _frame(figure, axes))


def _frame(figure: Figure, axes: Axes) -> Frame:
    """An SVG of matplotlib counts in points from the top."""
    width, height = (72 * inches for inches in figure.get_size_inches())
    place = axes.get_position()
    box = (
        place.x0 * width,
        height - place.y1 * height,
        place.x1 * width,
        height - place.y0 * height,
    )
    return Frame(box, axes.get_xlim(), axes.get_ylim())
