"""The pages of the data in one language: one for each series, and one that lists them all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

from markupsafe import Markup

from reportgen.charts import axes
from reportgen.charts.drawn import ChartTexts, DrawnChart, draw_chart, plain_text
from reportgen.clock import NEW_YORK
from reportgen.design import Design
from reportgen.language.templates import Templates
from reportgen.language.typography import typeset
from reportgen.model import Histories, History, Quantity
from reportgen.render import chart_data, chart_tables, trace
from reportgen.render.figure import figure
from reportgen.site import citations, datasets, history_chart, series_csv
from reportgen.site.citations import Citation, CitedFigure
from reportgen.site.datasets import Credits, Described
from reportgen.site.told import CitingBrief

# A quarter of weekly briefs is seen at once; those before them fold out.
SHOWN = 13
DATA = "data/"


@dataclass(frozen=True, slots=True)
class DataPage:
    """A page for the site's frame.

    ``path`` is below the folder of the language; ``values`` are for ``site/<name>.html.j2``;
    ``dataset`` is what it tells search engines, a JSON-LD object.
    """

    path: str
    name: str
    values: Mapping[str, Any]
    dataset: Mapping[str, Any]


class SeriesPages:
    """Makes the pages of one language, printing through the printer of its templates.

    ``script`` is where the script of the charts stands, counted from the root of the site; empty
    for pages without one.
    """

    def __init__(
        self,
        templates: Templates,
        design: Design,
        histories: Histories,
        briefs: Sequence[CitingBrief],
        base_url: str,
        script: str = "",
    ) -> None:
        self.templates = templates
        self.locale = templates.printer.locale
        self.design = design
        self.histories = histories
        self.briefs = briefs
        self.base_url = base_url
        self.script = script
        self.names = vars(templates.module("series.j2", {}))
        self.furniture = templates.module("furniture.j2", {})
        self.words = templates.module("site/words.j2", {})

    def series(self, history: History) -> DataPage:
        """The page of a series; CheckError when its chart or table is not its data."""
        self.templates.printer.section = "history"
        values = self._values(history)
        cited = citations.of_series(history.series, self.briefs, self.locale)
        values |= {
            "figure": self._figure(history, values),
            "chart_words": Markup(chart_data.words(self.furniture, self.locale)),
            "citations": cited,
            "shown": SHOWN,
            "quote": self._quote,
            "script": self.script,
        }
        dataset = datasets.of_series(
            history,
            self._described_series(history),
            self._credits(history),
            self._described_data(),
            self.base_url,
        )
        return DataPage(_path(history), "history", values, dataset)

    def data(self) -> DataPage:
        """The page that lists every series."""
        self.templates.printer.section = "data"
        parts = [self._described_series(history) for history in self.histories.series]
        credit = [self._credits(history) for history in self.histories.series]
        page = self._described_data()
        dataset = datasets.of_all(self.histories, page, parts, credit, self.base_url)
        return DataPage(DATA, "data", self._data_values(), dataset)

    def _root(self, path: str) -> dict[str, str]:
        root = "../" * (path.count("/") + 1)
        return {"root": root, "own": f"{root}{self.locale.tag}/"}

    def _values(self, history: History) -> dict[str, Any]:
        """What both the page of a series and the texts of its chart are filled with."""
        values, places = history.values, range(len(history.values))
        # Of equal values the newest is told.
        extremes = {
            "latest": places[-1],
            "highest": max(places, key=lambda place: (values[place], place)),
            "lowest": min(places, key=lambda place: (values[place], -place)),
        }
        return {
            **self._root(_path(history)),
            "words": self.words,
            "history": history,
            "name": Markup(self.names[history.series.id]),
            "publisher": self._publisher(history),
            "scale": history_chart.scale_of(history),
            "occasional": history_chart.is_occasional(history),
            **{
                name: history_chart.value_at(history, place, name)
                for name, place in extremes.items()
            },
        }

    def _publisher(self, history: History) -> Markup:
        return Markup(self.names[f"publisher_{history.series.publisher}"])

    def _figure(self, history: History, values: Mapping[str, Any]) -> Markup:
        """The chart with its table, held to the file that it links to."""
        template = "site/history.charts.j2"
        texts = ChartTexts(self.templates.module(template, values), template, "chart")
        spec = history_chart.chart_of(history)
        chart = draw_chart(spec, texts, self.locale, self.design)
        source = Markup(vars(self.furniture)["source"](values["publisher"]))
        csv = values["root"] + series_csv.path_of(history.series.id)
        below = chart_data.below(chart, self.templates, self.furniture, csv)
        html = figure(chart, self.templates, self.furniture, source)
        html = Markup(chart_data.filled(str(html), {f"data of {chart.id}": below}))
        self._check(chart, html, history)
        return html

    def _check(self, chart: DrawnChart, html: Markup, history: History) -> None:
        spec = history_chart.chart_of(history)
        for text in (chart.title, chart.subtitle, chart.alt):
            trace.check(str(text), self.locale, self.templates.printer.printed)
        worth = history_chart.worth_of(spec.scale)
        factor = axes.unit_factor(spec, self.locale)
        data = series_csv.in_units_of(series_csv.to_csv(history), worth, factor)
        tables = trace.read_page(typeset(html, self.locale)).chart_tables
        chart_tables.check(tables, {chart.id: data}, self.locale)

    def _quote(self, citation: Citation, cited: CitedFigure) -> Markup:
        """A figure of a brief, under a name of its own: briefs tell other values by the same."""
        day = citation.as_of.isoformat()
        own = self._root("series/x/")["own"]
        address = f"{own}{day}/" + (f"#{cited.anchor}" if cited.anchor else "")
        named: Quantity = replace(cited.figure, id=f"{day}/{cited.figure.id}")
        return self.templates.printer.quoted(named, cited.text, address)

    def _data_values(self) -> dict[str, Any]:
        publishers: Iterable[History] = sorted(
            self.histories.series, key=lambda history: self._order(history)
        )
        groups = [
            {
                "publisher": Markup(self.names[f"publisher_{id}"]),
                "rows": [self._row(history) for history in group],
            }
            for id, group in groupby(publishers, key=lambda history: history.series.publisher)
        ]
        sources = dict.fromkeys(history.series.source for history in self.histories.series)
        return {
            **self._root(DATA),
            "words": self.words,
            "as_of": self.histories.as_of,
            "cutoff": self.histories.cutoff,
            "groups": groups,
            "sources": list(sources),
        }

    def _order(self, history: History) -> int:
        """Publishers as the catalogue first names them."""
        order = dict.fromkeys(other.series.publisher for other in self.histories.series)
        return list(order).index(history.series.publisher)

    def _row(self, history: History) -> dict[str, Any]:
        return {
            "name": Markup(self.names[history.series.id]),
            "history": history,
            "published": _in_new_york(history.published_at),
            "next_due": _in_new_york(history.next_due_at),
        }

    def _described_series(self, history: History) -> Described:
        return self._described("history", self._values(history), _path(history))

    def _described_data(self) -> Described:
        return self._described("data", self._data_values(), DATA)

    def _described(self, name: str, values: Mapping[str, Any], path: str) -> Described:
        module = self.templates.module(f"site/{name}.html.j2", values)
        title, description = (self.templates.call(module, m) for m in ("title", "description"))
        address = f"{self.base_url}/{self.locale.tag}/{path}"
        return Described(self._plain(title), self._plain(description), address, self.locale.tag)

    def _credits(self, history: History) -> Credits:
        words, series = vars(self.words), history.series
        return Credits(
            self._plain(self._publisher(history)),
            self._plain(Markup(words["unit"](series))),
            self._plain(Markup(words["notice"](series.source))),
        )

    def _plain(self, text: Markup) -> str:
        return " ".join(plain_text(Markup(typeset(text, self.locale))).split())


def _path(history: History) -> str:
    return f"series/{history.series.id}/"


def _in_new_york(instant: datetime | None) -> date | None:
    return instant.astimezone(NEW_YORK).date() if instant else None
