"""The glyph gate: every character of a page exists in the fonts of its language."""

from __future__ import annotations

import struct
from functools import cache

from fontTools.ttLib import TTFont, TTLibError
from matplotlib import font_manager

from reportgen.charts.style import require_font
from reportgen.errors import CheckError, RenderError
from reportgen.language.locale import Locale

_INVISIBLE = frozenset("\n\r\t")


@cache
def characters(family: str) -> frozenset[int]:
    """The code points a family has; RenderError when it is missing or its file is damaged."""
    require_font(family)
    found = font_manager.findfont(family, fallback_to_default=False)
    path, index = str(found), getattr(found, "face_index", 0)
    try:
        with TTFont(path, fontNumber=index, lazy=True) as font:
            table = font.getBestCmap()
    except (TTLibError, OSError, KeyError, AssertionError, struct.error) as error:
        raise RenderError(
            f"the font file is damaged ({error})",
            where=path,
            remedy="install the Debian package fonts-noto-cjk again",
        ) from None
    return frozenset(table)


def check(text: str, locale: Locale) -> None:
    """Raises CheckError naming each character that a font of the language does not have."""
    for family in (locale.fonts.serif, locale.fonts.sans):
        known = characters(family)
        missing = {c for c in text if ord(c) not in known and c not in _INVISIBLE}
        if missing:
            rows = ", ".join(f"{c!r} (U+{ord(c):04X})" for c in sorted(missing))
            raise CheckError(
                f"{family} has no glyph for {rows}",
                where=locale.tag,
                remedy="reword, or choose a font in locale.toml that has them",
            )
