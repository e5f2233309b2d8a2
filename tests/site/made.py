"""Pages of the data made once a process, from the bundle and a brief of the bundle."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from reportgen import design
from reportgen.briefing import histories_of
from reportgen.language import catalogue, locale
from reportgen.language.printer import Printer
from reportgen.language.templates import Templates
from reportgen.language.typography import typeset
from reportgen.model import Histories, History
from reportgen.render import records
from reportgen.site import told
from reportgen.site.series_pages import DataPage, SeriesPages
from reportgen.site.told import CitingBrief
from tests.conftest import LANGUAGES, NO_PROJECT, brief_as_of, dataset_as_of
from tests.render.made import AS_OF, page

BASE = "https://example.org/weekly"

FRAME = """<!doctype html>
<html lang="{tag}" class="{typography}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="description" content="{description}"></head>
<body><main>{body}</main></body></html>"""


@cache
def histories(day: str = AS_OF) -> Histories:
    return histories_of(dataset_as_of(date.fromisoformat(day)))


def history(series_id: str, day: str = AS_OF) -> History:
    return next(h for h in histories(day).series if h.series.id == series_id)


@cache
def facts(day: str = AS_OF) -> bytes:
    """``facts.json`` of a day, without a file."""
    pages = [page(day, tag) for tag in LANGUAGES]
    return records.facts_json(brief_as_of(date.fromisoformat(day)), pages)


@cache
def citing(day: str = AS_OF) -> CitingBrief:
    anchors: Mapping[str, Mapping[str, str]] = {
        tag: told.anchors(page(day, tag).html) for tag in LANGUAGES
    }
    return CitingBrief(date.fromisoformat(day), told.read(facts(day)), anchors)


@cache
def pages(tag: str) -> SeriesPages:
    language = locale.load(tag, NO_PROJECT)
    messages = catalogue.load(language, NO_PROJECT, draft=False)
    templates = Templates(NO_PROJECT, messages, Printer(language, date.fromisoformat(AS_OF)))
    return SeriesPages(
        templates, design.load(NO_PROJECT), histories(), (citing(),), BASE, "assets/charts.js"
    )


@cache
def series_page(series_id: str, tag: str) -> DataPage:
    return pages(tag).series(history(series_id))


def framed(made: DataPage, tag: str) -> str:
    """A page in a frame of the least that a document needs, typeset as the site does."""
    templates = pages(tag).templates
    templates.printer.section = made.name
    module = templates.module(f"site/{made.name}.html.j2", made.values)
    title, description, body = (
        templates.call(module, part) for part in ("title", "description", "body")
    )
    language = templates.printer.locale
    html = FRAME.format(
        tag=tag,
        typography=language.typography,
        title=title.striptags(),
        description=description.striptags(),
        body=body,
    )
    return typeset(html, language)
