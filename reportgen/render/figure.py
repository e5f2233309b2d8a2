"""A chart as it stands in the text: caption, drawing, source, and the place of its data."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from reportgen.charts.drawn import DrawnChart
from reportgen.language.templates import Templates


def figure(chart: DrawnChart, templates: Templates, furniture: Any, source: Markup) -> Markup:
    """The element of a chart; ``furniture`` has the labels of a page, ``source`` is the note below.

    A comment keeps the place of its table, for ``chart_data``.
    """
    values = {
        "id": chart.id,
        "title": chart.title,
        "subtitle": chart.subtitle,
        "svg": Markup(chart.svg),
        "wide": chart.wide,
        "source": source,
        "furniture": furniture,
    }
    return Markup(templates.render("figure.html.j2", values))
