"""Charts in one language: texts from a template, drawing, data."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jinja2.environment import TemplateModule
from markupsafe import Markup

from reportgen.charts import axes, data_table, draw, interactive, svg, table
from reportgen.charts.data_table import DataTable
from reportgen.charts.style import Medium
from reportgen.charts.values import values_of
from reportgen.design import Design
from reportgen.errors import CheckError, RenderError
from reportgen.language.locale import Locale
from reportgen.language.templates import Templates
from reportgen.language.typography import typeset
from reportgen.model import Section
from reportgen.model.chart import (
    UNNAMED,
    BarChart,
    ChartSpec,
    DailyBarChart,
    GroupedBarChart,
    TimeChart,
)


@dataclass(frozen=True, slots=True)
class DrawnChart:
    """A chart ready for the page; ``labels`` are the marked-up texts the gate holds against it.

    ``table`` is its data as the page shows them, ``script`` what the page's script needs, as JSON;
    neither is there where only the texts were wanted. ``png`` is the same chart for a mail, empty
    unless one was asked for.
    """

    id: str
    title: Markup
    subtitle: Markup
    alt: Markup
    svg: str
    csv: bytes
    series: tuple[str, ...]
    labels: tuple[Markup, ...]
    wide: bool
    table: DataTable | None = None
    script: str = ""
    png: bytes = b""


def draw_section(
    section: Section,
    templates: Templates,
    values: Mapping[str, Any],
    design: Design,
    *,
    mail: bool = False,
    texts_only: bool = False,
) -> dict[str, DrawnChart]:
    """Every chart of a section by id; with its PNG where it goes into a ``mail`` too.

    Nothing is drawn where only the texts are wanted.
    """
    if not section.charts:
        return {}
    name = f"sections/{section.id}.charts.j2"
    module = templates.module(name, values)
    locale = templates.printer.locale
    return {
        spec.id: _texts_of(spec, ChartTexts(module, name, spec.id))
        if texts_only
        else draw_chart(spec, ChartTexts(module, name, spec.id), locale, design, mail=mail)
        for spec in section.charts
    }


class ChartTexts:
    """The texts that a template sets for one chart, each as ``<prefix>__<part>``."""

    def __init__(self, module: TemplateModule, template: str, prefix: str) -> None:
        self._found = vars(module)
        self._template = template
        self._prefix = prefix

    def markup(self, part: str) -> Markup:
        """A text on one line; RenderError when the template does not set it."""
        name = f"{self._prefix}__{part}"
        if name not in self._found:
            raise RenderError(
                f"does not set {name}",
                where=f"templates/{self._template}",
                remedy="add {% set " + name + " %}...{% endset %}",
            )
        return Markup(re.sub(r"[ \n]+", " ", str(self._found[name])).strip())


def draw_chart(
    spec: ChartSpec, texts: ChartTexts, locale: Locale, design: Design, *, mail: bool = False
) -> DrawnChart:
    """A chart with the texts of its template; CheckError when it draws any other."""
    marked = {label: texts.markup(label) for label in labels_of(spec)}
    named = {label: plain_text(text) for label, text in marked.items()}
    plain = {UNNAMED: "", **named}
    title, alt = texts.markup("title"), texts.markup("alt")
    name, description = (plain_text(Markup(typeset(text, locale))) for text in (title, alt))
    drawing = draw.draw(spec, plain, locale, design)
    finished = svg.finish(drawing.image, spec.id, name, description, locale.tag, design)
    factor = axes.unit_factor(spec, locale)
    values = values_of(spec, plain, factor)
    allowed = {
        line
        for text in named.values()
        for bars in (False, True)
        for line in axes.wrapped(text, locale, bars=bars).split("\n")
    }
    _no_strange_text(finished, spec.id, allowed | set(named.values()))
    return DrawnChart(
        id=spec.id,
        title=title,
        subtitle=texts.markup("subtitle"),
        alt=alt,
        svg=finished,
        csv=table.to_csv(table.rows(spec, plain, factor)),
        table=data_table.table_of(spec, values, locale),
        script=interactive.script_data(spec, values, drawing.frame, locale),
        series=spec.series,
        labels=tuple(marked.values()),
        wide=spec.wide,
        png=draw.draw(spec, plain, locale, design, Medium.MAIL).image if mail else b"",
    )


def _texts_of(spec: ChartSpec, texts: ChartTexts) -> DrawnChart:
    """A chart that says what it says and shows nothing."""
    title, subtitle, alt = (texts.markup(part) for part in ("title", "subtitle", "alt"))
    labels = tuple(texts.markup(label) for label in labels_of(spec))
    return DrawnChart(spec.id, title, subtitle, alt, "", b"", spec.series, labels, spec.wide)


def labels_of(spec: ChartSpec) -> list[str]:
    """The text keys a chart needs beside title, subtitle and alt."""
    return [label for label in _keys_of(spec) if label != UNNAMED]


def _keys_of(spec: ChartSpec) -> list[str]:
    match spec:
        case TimeChart():
            bounds = spec.band or ()
            return [
                *(line.label for line in spec.lines),
                *(line.label for line in bounds if line not in spec.lines),
                *(mark.label for mark in spec.marks),
            ]
        case DailyBarChart():
            return [
                spec.bars.label,
                *(mark.label for mark in spec.marks),
                *(occasions.label for occasions in spec.occasions),
            ]
        case BarChart():
            return [bar.label for bar in spec.bars]
        case GroupedBarChart():
            return [label for label, _, _ in spec.groups]


def plain_text(text: Markup) -> str:
    """A text without its tags, as it is drawn; no-break spaces stay."""
    return html.unescape(re.sub(r"<[^>]*>", "", str(text))).strip(" \n")


def _no_strange_text(finished: str, chart_id: str, allowed: set[str]) -> None:
    """Whatever is drawn is a text of the template, or belongs to an axis or a bar's value."""
    for text, on_scale in svg.texts_of(finished):
        if not on_scale and text not in allowed:
            raise CheckError(
                f"draws {text!r}, which no template says",
                where=f"chart {chart_id}",
                remedy="print it through the section's chart template",
            )
