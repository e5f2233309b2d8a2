"""Lines of plain text: how wide they are, and where they may break."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.language.locale import Locale
from reportgen.language.wrapping import Run, width, wrap


@pytest.mark.parametrize(
    ("text", "han", "columns"),
    [
        ("repo", False, 4),
        ("“repo”", False, 6),
        ("回购，", True, 6),
        ("“后盾”", True, 8),
        ("SOFR 减 IORB", True, 12),
    ],
)
def test_how_wide_a_line_is(text: str, han: bool, columns: int) -> None:
    assert width(text, han=han) == columns


def test_english_breaks_at_spaces_alone() -> None:
    runs: list[Run] = [
        ("The Fed lent ", False), ("$26\xa0billion", True), (", its most\nsince then.", False),
    ]  # fmt: skip
    assert wrap(runs, 20, han=False) == ["The Fed lent", "$26\xa0billion, its", "most since then."]
    indented = ["- The Fed lent", "  $26\xa0billion, its most", "  since then."]
    assert wrap(runs, 24, han=False, first="- ", rest="  ") == indented


@pytest.mark.parametrize(
    ("runs", "lines"),
    [
        # A mark that closes does not begin a line, though there is no room for it.
        ([("准备金减少，缩表", False)], ["准备金减", "少，缩表"]),
        # One that opens does not end it.
        ([("回购的“后盾”", False)], ["回购的", "“后盾”"]),
        # A figure is whole, and keeps its comma.
        ([("投放", False), ("260亿美元", True), ("，为", False)], ["投放", "260亿美元，", "为"]),
        # So is a number that an editor typed.
        ([("投放260亿美元", False)], ["投放", "260亿美元"]),
        ([("截至12月31日", False)], ["截至12月", "31日"]),
        # A word of Latin letters is not broken, the gap beside it goes at the end of a line.
        ([("贴近 IORB 运行中", False)], ["贴近", "IORB 运", "行中"]),
        # Wider than a line: a line of its own.
        (
            [("见", False), ("12345678901亿美元", True), ("止", False)],
            ["见", "12345678901亿美元", "止"],
        ),
    ],
)
def test_chinese_breaks_between_characters(
    runs: list[Run], lines: list[str], chinese: Locale
) -> None:
    assert wrap(runs, 8, han=True, joined=chinese.numbers.joined) == lines


def test_nothing_is_no_line() -> None:
    assert wrap([(" \n ", False)], 20, han=False, first="- ") == []


@given(st.lists(st.tuples(st.text("ab“”，。（）回购12亿"), st.booleans())), st.integers(6, 30))
def test_no_character_is_lost_and_no_mark_comes_first(runs: list[Run], columns: int) -> None:
    lines = wrap(runs, columns, han=True)
    assert "".join(lines) == "".join(text for text, _ in runs)
    assert not [line for line in lines[1:] if line[0] in "”，。）"]
    assert not [line for line in lines[:-1] if line[-1] in "“（"]
