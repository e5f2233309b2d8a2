"""What a page for screens has beside its charts: tables of their data, and the script with them.

A template leaves a comment where they belong; on a page for print nothing takes its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from reportgen.charts.drawn import DrawnChart, plain_text
from reportgen.charts.interactive import embedded
from reportgen.language.locale import Locale
from reportgen.language.scripted import formats
from reportgen.language.templates import Templates
from reportgen.language.typography import typeset

_PLACE = re.compile(r"<!--(data of \w+|scripts)-->\n?")
_WORDS = {
    "keys": "chart_keys",
    "keysBars": "chart_keys_bars",
    "period": "chart_period",
    "all": "chart_all",
    "year": "chart_year",
    "quarter": "chart_quarter",
    "range": "chart_range",
}


def parts(
    charts: Iterable[DrawnChart], templates: Templates, furniture: Any, script: str
) -> dict[str, str]:
    """The parts by the comment that stands for each, typeset; ``furniture`` has the labels."""
    locale = templates.printer.locale
    found = {
        f"data of {chart.id}": typeset(
            below(chart, templates, furniture, f"charts/{chart.id}.csv"), locale
        )
        for chart in charts
        if chart.table
    }
    if found:
        found["scripts"] = words(furniture, locale) + f'<script type="module">\n{script}</script>\n'
    return found


def below(chart: DrawnChart, templates: Templates, furniture: Any, csv: str) -> str:
    """The table of a chart, the link to ``csv``, which has all of it, and what the script needs."""
    values = {"id": chart.id, "table": chart.table, "furniture": furniture, "csv": csv}
    table = templates.render("chart_data.html.j2", values)
    script = f'<script type="application/json" class="chart-values">{chart.script}</script>'
    return f"{table}\n{script}\n"


def filled(html: str, found: Mapping[str, str]) -> str:
    """A page with its parts in their places; without those that are not given."""
    return _PLACE.sub(lambda place: found.get(place[1], ""), html)


def words(furniture: Any, locale: Locale) -> str:
    """What the script of the charts says in a language, once for all charts of a page."""
    texts = {
        name: plain_text(Markup(typeset(getattr(furniture, label), locale)))
        for name, label in _WORDS.items()
    }
    content = embedded({**formats(locale), **texts, "separator": locale.lists.separator})
    return (
        f'<script type="application/json" class="chart-language" data-lang="{locale.tag}">'
        f"{content}</script>\n"
    )
