"""The glyph gate: every character of a page exists in the fonts of its language."""

from __future__ import annotations

from matplotlib import font_manager
from matplotlib.ft2font import FT2Font

from reportgen.charts.style import require_font
from reportgen.errors import CheckError, RenderError
from reportgen.language.locale import Locale

_INVISIBLE = frozenset("\n\r\t")


def face_of(family: str) -> FT2Font:
    """The regular face of a family; RenderError when it is missing or its file is damaged."""
    require_font(family)
    path = font_manager.findfont(family, fallback_to_default=False)
    try:
        return font_manager.get_font(path)
    except (RuntimeError, OSError) as error:
        raise RenderError(
            f"the font file is damaged ({error})",
            where=str(path),
            remedy="install the Debian package fonts-noto-cjk again",
        ) from None


def check(text: str, locale: Locale) -> None:
    """Raises CheckError naming each character that a font of the language does not have."""
    for family in (locale.fonts.serif, locale.fonts.sans):
        face = face_of(family)
        used = set(text) - _INVISIBLE
        missing = sorted(c for c in used if not face.get_char_index(ord(c)))
        if missing:
            rows = ", ".join(f"{c!r} (U+{ord(c):04X})" for c in missing)
            raise CheckError(
                f"{family} has no glyph for {rows}",
                where=locale.tag,
                remedy="reword, or choose a font in locale.toml that has them",
            )
