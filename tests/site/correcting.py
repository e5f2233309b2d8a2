"""A desk whose brief is out and is issued again: what was corrected, and how it is published."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from click.testing import CliRunner, Result

from reportgen import clock
from reportgen.cli import group
from reportgen.language import locale
from reportgen.model import Brief
from reportgen.render import edition as editions
from reportgen.render.edition import Edition
from reportgen.sections import compute_all
from reportgen.settings import Settings
from reportgen.sources.catalogue import CATALOGUE
from reportgen.store.dataset import Dataset
from tests.conftest import LANGUAGES, NO_PROJECT, brief_as_of, bundled_observations, inputs_as_of
from tests.render.made import AS_OF

DAY = date.fromisoformat(AS_OF)
# 2 December 2025, 12:00 and 16:00 in New York; 4 December 2025, 9:00.
FIRST, LATER = 1764694800, 1764856800


@cache
def corrected() -> Brief:
    """The brief of 2 December 2025 had the SRF lent 28 instead of 26 billion on 1 December."""
    rows = [
        replace(row, value=28e9)
        if row.series == "srf_accepted" and row.date == date(2025, 12, 1)
        else row
        for row in bundled_observations()
    ]
    inputs = inputs_as_of(DAY)
    data = Dataset(rows, CATALOGUE, DAY, clock.end_of_day(DAY), inputs.calendar.h41_releases)
    sections = compute_all(replace(inputs, data=data))
    return replace(brief_as_of(DAY), sections=sections)


@cache
def corrected_editions() -> list[Edition]:
    known = {tag: locale.load(tag, NO_PROJECT) for tag in LANGUAGES}
    return [
        editions.make(
            corrected(),
            own,
            NO_PROJECT,
            Settings(),
            tuple(other for other in known.values() if other is not own),
            ("html",),
            draft=False,
        )
        for own in known.values()
    ]


def publish(project: Path, at: int, *arguments: str) -> Result:
    return CliRunner().invoke(
        group,
        ["--project", str(project), "publish", *arguments],
        env={"SOURCE_DATE_EPOCH": str(at)},
    )
