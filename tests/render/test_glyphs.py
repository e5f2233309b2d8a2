"""The glyph gate: no character that the fonts of the language do not have."""

from __future__ import annotations

from pathlib import Path

import pytest
from matplotlib import font_manager
from matplotlib.font_manager import FontPath

from reportgen.errors import CheckError, RenderError
from reportgen.language.locale import Locale
from reportgen.render import glyphs


def test_what_a_brief_is_written_with(language: Locale) -> None:
    glyphs.check("QT is over: $26\xa0billion, −4.00% – “so’s” ® · \n\t\r", language)
    glyphs.check("缩表已经落幕，回购“后盾”为何依旧忙碌？（260亿美元）、《》；", language)


@pytest.mark.parametrize(
    ("character", "named"),
    [
        ("\N{PILE OF POO}", "U+1F4A9"),
        ("\N{THAI CHARACTER KO KAI}", "U+0E01"),
        ("\N{NARROW NO-BREAK SPACE}", "U+202F"),
        ("\N{REPLACEMENT CHARACTER}\N{THAI CHARACTER KO KAI}", "U+0E01"),
        ("\ue000", "U+E000"),
        ("\x00", "U+0000"),
    ],
)
def test_an_unknown_character_is_named(language: Locale, character: str, named: str) -> None:
    with pytest.raises(CheckError) as caught:
        glyphs.check(f"QT {character} 缩表", language)
    assert named in caught.value.what
    assert "Noto Serif CJK SC has no glyph for" in caught.value.what
    assert caught.value.where == language.tag


def test_both_fonts_are_asked(english: Locale) -> None:
    """The sans family is a Latin one here, and has no Han."""
    fonts = english.fonts.model_copy(update={"sans": "DejaVu Sans"})
    latin = english.model_copy(update={"fonts": fonts})
    glyphs.check("QT is over", latin)
    with pytest.raises(CheckError, match=r"DejaVu Sans has no glyph for '缩' \(U\+7F29\)"):
        glyphs.check("QT 缩表", latin)


def test_a_missing_family(english: Locale) -> None:
    fonts = english.fonts.model_copy(update={"serif": "No Such Family"})
    with pytest.raises(RenderError) as caught:
        glyphs.check("QT", english.model_copy(update={"fonts": fonts}))
    assert caught.value.what == "the font 'No Such Family' is not installed"
    assert "fonts-noto-cjk" in caught.value.remedy


REAL = Path(str(font_manager.findfont("Noto Sans CJK SC", fallback_to_default=False)))


@pytest.mark.parametrize("name", ["font.ttf", "font.ttc"])
@pytest.mark.parametrize("kept", [None, 0, 2, 30, 300, 5000], ids=str)
def test_a_damaged_file(
    english: Locale, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, kept: int | None
) -> None:
    """Garbage, or only the beginning of a font, as an interrupted download leaves it."""
    path = tmp_path / name
    with REAL.open("rb") as whole:
        path.write_bytes(b"this is no font" if kept is None else whole.read(kept))
    monkeypatch.setattr(font_manager, "findfont", lambda *_, **__: FontPath(str(path), 2))
    with pytest.raises(RenderError) as caught:
        glyphs.check("QT", english)
    assert caught.value.where == str(path)
    assert caught.value.what.startswith("the font file is damaged")
    assert "fonts-noto-cjk" in caught.value.remedy


def test_a_font_that_can_be_drawn_but_not_read(
    english: Locale, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Should FreeType be more forgiving than we are."""
    path = tmp_path / "font.ttf"
    path.write_bytes(b"this is no font")
    monkeypatch.setattr(font_manager, "findfont", lambda *_, **__: FontPath(str(path), 0))
    monkeypatch.setattr(glyphs, "require_font", lambda _family: None)
    with pytest.raises(RenderError, match="the font file is damaged"):
        glyphs.check("QT", english)
