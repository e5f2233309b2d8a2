"""Drawings kept from one page to the next, as the preview does it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reportgen import design
from reportgen.charts import draw
from reportgen.charts.draw import Drawing, Drawings
from reportgen.language.locale import Locale
from reportgen.model.chart import BarChart
from tests.charts.test_drawing import BRIDGE, texts_of
from tests.conftest import NO_PROJECT

DESIGN = design.load(NO_PROJECT)


def drawn(kept: Drawings, locale: Locale, spec: BarChart, **labels: str) -> Drawing:
    with draw.reusing(kept):
        return draw.draw(spec, texts_of(spec) | labels, locale, DESIGN)


def test_the_same_chart_is_not_drawn_again(
    english: Locale, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: Drawings = {}
    first = drawn(kept, english, BRIDGE)
    monkeypatch.setattr(draw, "draw_bars", lambda *_: pytest.fail("is drawn again"))
    assert drawn(kept, english, BRIDGE) is first


def test_whatever_it_is_made_of_makes_another(english: Locale, chinese: Locale) -> None:
    """Labels, values, language: each is drawn as it would be without anything kept."""
    label = BRIDGE.bars[0].label
    bars = (replace(BRIDGE.bars[0], value=BRIDGE.bars[0].value + 1), *BRIDGE.bars[1:])
    kept: Drawings = {}
    drawn(kept, english, BRIDGE)
    for locale, spec, labels in (
        (english, BRIDGE, {label: "Other"}),
        (english, replace(BRIDGE, bars=bars), {}),
        (chinese, BRIDGE, {}),
    ):
        alone = draw.draw(spec, texts_of(spec) | labels, locale, DESIGN)
        assert drawn(kept, locale, spec, **labels) == alone


def test_only_those_of_the_last_page_are_kept(english: Locale) -> None:
    kept: Drawings = {}
    for label in ("One", "Two", "Three"):
        drawn(kept, english, BRIDGE, **{BRIDGE.bars[0].label: label})
    assert len(kept) == 1
