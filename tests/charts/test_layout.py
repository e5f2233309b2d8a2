"""No text of a chart lies on another or is cut off at the edge."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from matplotlib.figure import Figure

from reportgen import design
from reportgen.charts import draw, style, svg
from reportgen.charts.drawn import labels_of, plain_text
from reportgen.charts.style import Medium
from reportgen.language.locale import Locale
from tests.charts.boxes import Box, boxes, collisions, outside
from tests.conftest import LANGUAGES, NO_PROJECT, brief_as_of
from tests.render.made import AS_OF, charts

DAYS = (AS_OF, "2022-03-10", "2023-06-08")


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize("day", DAYS)
def test_no_text_on_another_or_cut_off(day: str, tag: str) -> None:
    for made in charts(day, tag).values():
        assert len(boxes(made.svg)) > 5
        assert collisions(made.svg) == [], f"{made.id} as of {day} in {tag}"
        assert outside(made.svg, tolerance=0.5) == [], f"{made.id} as of {day} in {tag}"


@pytest.mark.parametrize("day", DAYS)
def test_in_a_mail_too(day: str, language: Locale, monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawn for one narrow column, as shapes and texts instead of pixels."""
    save: Callable[[Figure], bytes] = style.save
    tokens = design.load(NO_PROJECT)
    monkeypatch.setattr(style, "save", lambda drawn, _medium: save(drawn))
    made = charts(day, language.tag)
    for section in brief_as_of(date.fromisoformat(day)).sections:
        for spec in section.charts:
            labels = map(plain_text, made[spec.id].labels)
            texts = dict(zip(labels_of(spec), labels, strict=True))
            drawn = draw.draw(spec, texts, language, tokens, Medium.MAIL).image
            finished = svg.finish(drawn, spec.id, "", "", language.tag, tokens)
            assert len(boxes(finished)) > 5
            assert collisions(finished) == [], f"{spec.id} as of {day} in {language.tag}"
            assert outside(finished, tolerance=0.5) == [], f"{spec.id} as of {day}"


def text(words: str, x: float, y: float, anchor: str = "start", size: float = 10) -> str:
    return (
        f'<text x="{x}" y="{y}" transform="rotate(-0 {x} {y})" font-size="{size}px" '
        f'font-family="\'Noto Sans CJK SC\'" text-anchor="{anchor}">{words}</text>'
    )


def drawing(*texts: str) -> str:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100">'
    return svg + "".join(texts) + "</svg>"


def test_how_wide_text_is(language: Locale) -> None:
    """A Han character is an em wide, and letters sit on the line."""
    (han,) = boxes(drawing(text("准备金", 10, 50)))
    assert han.left == 10
    assert han.right == pytest.approx(40, abs=0.8)
    assert 40 < han.top < 43 < 50 < han.bottom < 52
    (middle,) = boxes(drawing(text("准备金", 100, 50, "middle")))
    assert (middle.left + middle.right) / 2 == pytest.approx(100)
    (latin,) = boxes(drawing(text("xxx", 100, 50, "end", 20)))
    assert latin.right == pytest.approx(100)
    assert latin.bottom == pytest.approx(50, abs=0.5)
    assert 65 < latin.left < 75


def test_what_collides() -> None:
    one, near, far = (text(t, x, 50) for t, x in (("准备金", 10), ("账户", 35), ("回购", 60)))
    assert collisions(drawing(one, near, far)) == [("准备金", "账户")]
    assert collisions(drawing(one, text("账户", 10, 58))) == [("准备金", "账户")]
    assert collisions(drawing(one, text("账户", 10, 62))) == []


@pytest.mark.parametrize(
    ("x", "y", "anchor"),
    [(180, 50, "start"), (5, 50, "middle"), (100, 5, "end"), (100, 99.5, "end")],
)
def test_what_is_cut_off(x: float, y: float, anchor: str) -> None:
    found: list[Box] = outside(drawing(text("准备金", x, y, anchor), text("账户", 100, 50)))
    assert [box.text for box in found] == ["准备金"]
