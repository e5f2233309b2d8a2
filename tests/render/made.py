"""Editions made once a process, from the bundle and without a project folder."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from reportgen import design
from reportgen.charts.drawn import DrawnChart, draw_section
from reportgen.language import catalogue, locale
from reportgen.language.catalogue import Catalogue
from reportgen.language.printer import Printer
from reportgen.language.templates import Templates
from reportgen.model import Hand
from reportgen.model.hand import NOTHING_BY_HAND
from reportgen.render import edition as editions
from reportgen.render.edition import Edition
from reportgen.render.page import Page, PageBuilder
from reportgen.settings import Settings
from tests.conftest import LANGUAGES, NO_PROJECT, brief_as_of

AS_OF = "2025-12-02"


@cache
def edition(day: str, tag: str, project: Path = NO_PROJECT) -> Edition:
    """The edition of a day without its PDF, every gate passed."""
    locales = {known: locale.load(known, NO_PROJECT) for known in LANGUAGES}
    others = tuple(other for known, other in locales.items() if known != tag)
    return editions.make(
        brief_as_of(date.fromisoformat(day)),
        locales[tag],
        project,
        Settings(),
        others,
        ("html",),
        draft=False,
    )


@cache
def charts(day: str, tag: str) -> dict[str, DrawnChart]:
    """The charts of a day without the page around them."""
    brief = brief_as_of(date.fromisoformat(day))
    language = locale.load(tag, NO_PROJECT)
    templates = Templates(NO_PROJECT, _messages(tag), Printer(language, brief.as_of))
    facts = {section.id: section.facts for section in brief.sections}
    drawn: dict[str, DrawnChart] = {}
    for section in brief.sections:
        drawn |= draw_section(
            section, templates, {**facts, "brief": brief}, design.load(NO_PROJECT)
        )
    return drawn


@cache
def _messages(tag: str) -> Catalogue:
    return catalogue.load(locale.load(tag, NO_PROJECT), NO_PROJECT, draft=False)


def page(day: str, tag: str) -> Page:
    """The page of a day."""
    return edition(day, tag).page


def chart(day: str, tag: str, chart_id: str) -> DrawnChart:
    """One chart of a day."""
    return charts(day, tag)[chart_id]


@cache
def pdf(tag: str) -> bytes:
    """The PDF of 2 December 2025."""
    return written(page(AS_OF, tag))


def written(made: Page) -> bytes:
    """A page as PDF."""
    # WeasyPrint takes a third of a second to import; most tests do without.
    from reportgen.render import attached
    from reportgen.render import pdf as documents

    files = attached.data_of(made, date.fromisoformat(AS_OF))
    return documents.write(documents.Printable(made.print_html, files))


LEAD = """
{% macro headline() %}Nothing happened{% endmacro %}
{% macro summary() %}<p>Nothing.</p>{% endmacro %}
{% macro body() %}BODY{% endmacro %}
"""


def small_page(
    project: Path,
    tag: str = "en",
    body: str = "<p>Nothing.</p>",
    settings: Settings | None = None,
    *,
    draft: bool = False,
    hand: Hand = NOTHING_BY_HAND,
) -> Page:
    """A page of a project whose lead says no more than ``body``; there is no other section."""
    path = project / "templates" / "sections" / "lead.html.j2"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(LEAD.replace("BODY", body), encoding="utf-8")
    whole = brief_as_of(date.fromisoformat(AS_OF))
    lead = replace(next(s for s in whole.sections if s.id == "lead"), charts=())
    brief = replace(whole, sections=(lead,), hand=hand)
    language = locale.load(tag, project)
    return PageBuilder(brief, language, project, settings or Settings(), (), draft=draft).build()
