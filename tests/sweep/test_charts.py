"""Every chart of thirty dates, in both languages: no text on another or cut off."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.charts.boxes import collisions, outside
from tests.conftest import LANGUAGES
from tests.render.made import charts

FIRST, LAST, DATES = date(2021, 8, 5), date(2025, 12, 4), 30


def sampled() -> list[date]:
    """Thursdays at equal distances."""
    weeks = (LAST - FIRST).days // 7
    return [FIRST + timedelta(weeks=round(i * weeks / (DATES - 1))) for i in range(DATES)]


@pytest.mark.parametrize("day", sampled(), ids=str)
def test_no_text_on_another_or_cut_off(day: date) -> None:
    for tag in LANGUAGES:
        for made in charts(day.isoformat(), tag).values():
            assert collisions(made.svg) == [], f"{made.id} in {tag}"
            assert outside(made.svg, tolerance=0.5) == [], f"{made.id} in {tag}"
