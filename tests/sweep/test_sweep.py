"""The brief of every Thursday since August 2021, both languages: built strictly, reviewed."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from reportgen.language import locale
from reportgen.render import parity, records
from reportgen.render.edition import make
from reportgen.review import brief as briefs
from reportgen.review.reviewing import review
from reportgen.settings import Settings
from tests.conftest import LANGUAGES, NO_PROJECT, brief_as_of, dataset_as_of, inputs_as_of

FIRST, LAST = date(2021, 8, 5), date(2025, 12, 4)

# Days at which a regime turns, most of them no Thursdays: quarter-ends, the first rise of rates,
# the start of runoff, bank failures, the turn of a year, the debt limit, the record of the repo
# facility, the end of runoff.
NAMED = (
    "2021-09-30", "2022-03-16", "2022-06-01", "2023-03-16", "2024-09-30", "2025-01-02",
    "2025-07-01", "2025-10-31", "2025-11-28", "2025-12-02",
)  # fmt: skip


def days() -> list[date]:
    """Some two hundred and thirty, in order."""
    thursdays = [FIRST + timedelta(weeks=week) for week in range((LAST - FIRST).days // 7 + 1)]
    return sorted({*thursdays, *map(date.fromisoformat, NAMED)})


@pytest.fixture(autouse=True)
def _forgetful() -> Iterator[None]:
    """The bundle is read once a worker; what is made of it for a day goes with the day."""
    yield
    for kept in (brief_as_of, inputs_as_of, dataset_as_of):
        kept.cache_clear()
    gc.collect()


@pytest.mark.parametrize("day", days(), ids=str)
def test_builds_with_every_gate_and_passes_review(day: date) -> None:
    brief = brief_as_of(day)
    made = {
        tag: make(
            brief,
            locale.load(tag, NO_PROJECT),
            NO_PROJECT,
            Settings(),
            (),
            ("html",),
            draft=False,
        )
        for tag in LANGUAGES
    }
    parity.check_languages({tag: edition.sightings for tag, edition in made.items()})
    pages = [edition.page for edition in made.values()]
    told = briefs.read(
        records.facts_json(brief, pages), {p.locale.tag: p.html for p in pages}, NO_PROJECT
    )
    assert [finding.line() for finding in review(told)] == []


def test_the_sweep_is_whole() -> None:
    """From 5 August 2021 to 4 December 2025 are 1,582 days, 226 weeks: 227 Thursdays.

    Of the named days 30 September 2021, 16 March 2023 and 2 January 2025 are Thursdays.
    """
    assert len(days()) == 227 + 10 - 3
    assert all(day.weekday() == 3 for day in days() if day.isoformat() not in NAMED)
