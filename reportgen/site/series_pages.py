"""The pages of the data in one language: one for each series, and one that lists them all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from markupsafe import Markup

from reportgen.charts import axes
from reportgen.charts.drawn import ChartTexts, draw_chart, plain_text
from reportgen.clock import NEW_YORK
from reportgen.design import Design
from reportgen.language.templates import Templates
from reportgen.language.typography import typeset
from reportgen.model import Histories, History, Quantity, Release
from reportgen.model.chart import ChartSpec
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
        described = self._described("history", values, _path(history))
        dataset = datasets.of_series(
            history, described, self._credits(history), self._catalogue, self.base_url
        )
        values |= {
            "figure": self._figure(history, values),
            "chart_words": Markup(chart_data.words(self.furniture, self.locale)),
            "citations": citations.of_series(history.series, self.briefs, self.locale),
            "shown": SHOWN,
            "quote": self._quote,
            "script": self.script,
        }
        return DataPage(_path(history), "history", values, dataset)

    def data(self) -> DataPage:
        """The page that lists every series."""
        self.templates.printer.section = "data"
        parts = [
            self._described("history", self._values(history), _path(history))
            for history in self.histories.series
        ]
        credit = [self._credits(history) for history in self.histories.series]
        dataset = datasets.of_all(self.histories, self._catalogue, parts, credit, self.base_url)
        return DataPage(DATA, "data", self._list, dataset)

    def _root(self, path: str) -> dict[str, str]:
        root = "../" * (path.count("/") + 1)
        return {"root": root, "own": f"{root}{self.locale.tag}/"}

    def _values(self, history: History) -> dict[str, Any]:
        """What both the page of a series and the texts of its chart are filled with."""
        return {
            **self._root(_path(history)),
            "words": self.words,
            "history": history,
            "next_due_at": _next_due(history),
            "published_at": _published(history),
            "name": Markup(self.names[history.series.id]),
            "publisher": self._publisher(history),
            "scale": history_chart.scale_of(history),
            "occasional": history_chart.is_occasional(history),
            "newest": history_chart.newest(history),
            "highest": history_chart.highest(history),
            "lowest": history_chart.lowest(history),
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
        html = str(figure(chart, self.templates, self.furniture, source))
        html = chart_data.filled(html, {f"data of {chart.id}": below})
        for text in (chart.title, chart.subtitle, chart.alt):
            trace.check(str(text), self.locale, self.templates.printer.printed)
        self._check_table(html, history, spec)
        return Markup(html)

    def _check_table(self, html: str, history: History, spec: ChartSpec) -> None:
        data = series_csv.in_units_of(
            series_csv.to_csv(history),
            history_chart.worth_of(spec.scale),
            axes.unit_factor(spec, self.locale),
        )
        tables = trace.read_page(typeset(html, self.locale)).chart_tables
        chart_tables.check(tables, {spec.id: data}, self.locale)

    def _quote(self, own: str, citation: Citation, cited: CitedFigure) -> Markup:
        """A figure of a brief, under a name of its own: briefs tell other values by the same.

        ``own`` leads to the folder of the language.
        """
        day = citation.as_of.isoformat()
        address = f"{own}{day}/" + (f"#{cited.anchor}" if cited.anchor else "")
        named: Quantity = replace(cited.figure, id=f"{day}/{cited.figure.id}")
        return self.templates.printer.quoted(named, cited.text, address)

    @cached_property
    def _list(self) -> dict[str, Any]:
        """What the page that lists every series is filled with, grouped by publisher."""
        groups: dict[str, list[dict[str, Any]]] = {}
        for history in self.histories.series:
            row = {
                "name": Markup(self.names[history.series.id]),
                "history": history,
                "newest": history_chart.newest(history),
                "on_change": _changes_only(history),
                "published": _in_new_york(_published(history)),
                "next_due": _in_new_york(_next_due(history)),
            }
            groups.setdefault(history.series.publisher, []).append(row)
        return {
            **self._root(DATA),
            "words": self.words,
            "as_of": self.histories.as_of,
            "cutoff": self.histories.cutoff,
            "groups": [
                {"publisher": Markup(self.names[f"publisher_{id}"]), "rows": rows}
                for id, rows in groups.items()
            ],
            "sources": list(dict.fromkeys(h.series.source for h in self.histories.series)),
        }

    @cached_property
    def _catalogue(self) -> Described:
        return self._described("data", self._list, DATA)

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


def _next_due(history: History) -> datetime | None:
    """When the next value is to come; None for a rate that is announced only when it changes."""
    return None if _changes_only(history) else history.next_due_at


def _published(history: History) -> datetime | None:
    """When the newest value came; None for a rate that has one for each day without a release."""
    return None if _changes_only(history) else history.published_at


def _changes_only(history: History) -> bool:
    return history.series.rule.release is Release.DAY_BEFORE


def _in_new_york(instant: datetime | None) -> date | None:
    return instant.astimezone(NEW_YORK).date() if instant else None


def say(templates: Templates, design: Design, histories: Histories) -> None:
    """Says what the pages of series say: of one series for each unit and kind of chart."""
    pages = SeriesPages(templates, design, histories, (), "")
    kinds = {
        (history_chart.scale_of(history), history_chart.is_occasional(history)): history
        for history in histories.series
    }
    for history in kinds.values():
        pages.series(history)
