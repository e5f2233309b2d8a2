"""Editions made once a process, from the bundle and without a project folder."""

from __future__ import annotations

from datetime import date
from functools import cache

from reportgen.charts.drawn import DrawnChart
from reportgen.language import locale
from reportgen.render import edition as editions
from reportgen.render.edition import Edition
from reportgen.render.page import Page
from reportgen.settings import Settings
from tests.conftest import LANGUAGES, NO_PROJECT, brief_as_of

AS_OF = "2025-12-02"


@cache
def edition(day: str, tag: str) -> Edition:
    """The edition of a day without its PDF, every gate passed."""
    locales = {known: locale.load(known, NO_PROJECT) for known in LANGUAGES}
    others = tuple(other for known, other in locales.items() if known != tag)
    return editions.make(
        brief_as_of(date.fromisoformat(day)),
        locales[tag],
        NO_PROJECT,
        Settings(),
        others,
        ("html",),
        draft=False,
    )


def page(day: str, tag: str) -> Page:
    """The page of a day."""
    return edition(day, tag).page


def chart(day: str, tag: str, chart_id: str) -> DrawnChart:
    """One chart of a day."""
    return page(day, tag).charts[chart_id]


@cache
def pdf(tag: str) -> bytes:
    """The PDF of 2 December 2025."""
    from reportgen.render import pdf as documents

    return documents.write(page(AS_OF, tag))
