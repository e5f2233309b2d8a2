"""The data that goes into a PDF: each chart's, as on the disk, and the figures of the brief."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from reportgen.charts.drawn import plain_text
from reportgen.charts.table import to_csv
from reportgen.language.typography import typeset
from reportgen.render.page import Page
from reportgen.render.pdf import Attached
from reportgen.render.records import describe


def data_of(page: Page, as_of: date) -> tuple[Attached, ...]:
    """The files of a page, named for their language, as those of several may meet in a folder."""
    tag = page.locale.tag
    charts = [
        Attached(
            name=f"{chart.id}.{tag}.csv",
            content=chart.csv,
            description=" · ".join(
                plain_text(Markup(typeset(text, page.locale)))
                for text in (chart.title, chart.subtitle)
            ),
            modified=as_of,
            figure=f"chart-{chart.id}",
        )
        for chart in page.charts.values()
    ]
    figures = Attached(f"figures.{tag}.csv", to_csv(_figures(page)), page.figures_label, as_of)
    return (*charts, figures)


def _figures(page: Page) -> list[list[str]]:
    """Every figure of the page under the names it has in facts.json, with what was printed."""
    printed: dict[str, dict[str, None]] = {}
    for entry in page.printed:
        if entry.section != "annex":
            printed.setdefault(entry.key, {})[entry.text] = None
    described = [describe(figure) for figure in page.figures.values()]
    head = list(described[0]) if described else []
    return [
        [*head, "printed"],
        *(
            [*(_cell(facts[name]) for name in head), " | ".join(printed.get(facts["id"], ()))]
            for facts in described
        ),
    ]


def _cell(value: object) -> str:
    return " ".join(value) if isinstance(value, list) else str(value)
