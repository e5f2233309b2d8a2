"""Which faces a script is printed in, and how its text is set."""

from __future__ import annotations

from typing import Literal

from reportgen.language.locale import Fonts, Locale

# Scripts whose words are not set apart by spaces.
_SET_TIGHT = {"Hans", "Hant", "Jpan"}

# The faces of the region, then those of readers' systems.
_FACES = {
    "Hans": (
        "SC",
        ("Noto Serif SC", "Songti SC"),
        ("Noto Sans SC", "PingFang SC", "Microsoft YaHei"),
        "Microsoft YaHei",
    ),
    "Hant": (
        "TC",
        ("Noto Serif TC", "Songti TC"),
        ("Noto Sans TC", "PingFang TC", "Microsoft JhengHei"),
        "Microsoft JhengHei",
    ),
    "Jpan": (
        "JP",
        ("Noto Serif JP", "Hiragino Mincho ProN", "Yu Mincho"),
        ("Noto Sans JP", "Hiragino Sans", "Yu Gothic", "Meiryo"),
        "Yu Gothic",
    ),
    "Kore": (
        "KR",
        ("Noto Serif KR", "AppleMyungjo", "Batang"),
        ("Noto Sans KR", "Apple SD Gothic Neo", "Malgun Gothic"),
        "Malgun Gothic",
    ),
}

# Those that the faces of the source language have glyphs for.
_COVERED = {"Latn", "Cyrl", "Grek", *_FACES}


def typography_of(script: str) -> Literal["latin", "han"]:
    """How a script is set."""
    return "han" if script in _SET_TIGHT else "latin"


def fonts_of(script: str, source: Locale) -> Fonts:
    """The faces of a script; those of the source language where it has none of its own."""
    if script not in _FACES:
        return source.fonts
    region, serif, sans, office = _FACES[script]
    return Fonts(
        serif=f"Noto Serif CJK {region}",
        sans=f"Noto Sans CJK {region}",
        screen_serif=serif,
        screen_sans=sans,
        mail=(f"Noto Sans CJK {region}", *sans[1:], sans[0]),
        office=office,
    )


def covers(script: str) -> bool:
    """Whether the faces have the glyphs of a script."""
    return script in _COVERED
