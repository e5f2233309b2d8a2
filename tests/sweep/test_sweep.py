"""A brief for the last Thursday of every month since August 2021, in both languages, strict."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from reportgen.language import locale
from reportgen.render import parity
from reportgen.render.edition import make
from reportgen.settings import Settings
from tests.conftest import LANGUAGES, NO_PROJECT, brief_as_of


def last_thursdays() -> list[date]:
    """From August 2021 to November 2025."""
    days = []
    for month in range(8, 8 + 52):
        following = date(2021 + month // 12, month % 12 + 1, 1)
        day = following - timedelta(days=1)
        days.append(day - timedelta(days=(day.weekday() - 3) % 7))
    return days


@pytest.mark.parametrize("day", last_thursdays(), ids=str)
def test_builds_with_every_gate(day: date) -> None:
    made = {
        tag: make(
            brief_as_of(day),
            locale.load(tag, NO_PROJECT),
            Path(NO_PROJECT),
            Settings(),
            (),
            ("html",),
            draft=False,
        )
        for tag in LANGUAGES
    }
    parity.check_languages({tag: edition.sightings for tag, edition in made.items()})
