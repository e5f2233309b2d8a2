"""The card of a brief: the image that other sites and messengers show beside a link to it.

Pillow sets its text, since matplotlib's PNG knows no font features.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from matplotlib import font_manager
from PIL import Image, ImageDraw, ImageFont

from reportgen.charts.style import require_font
from reportgen.design import Design
from reportgen.language.locale import Locale
from reportgen.language.wrapping import width, wrap

# What Open Graph asks for: no smaller image is shown in full width.
WIDTH_PX, HEIGHT_PX = 1200, 630
EDGE_PX, BAR_PX = 80, 16
BRAND_TOP_PX, HEADLINE_TOP_PX, FOOT_BASE_PX = 84, 180, 566
BRAND_PX, FOOT_PX = 34, 30
COLOURS = 32
# Sizes of the headline, the largest that leaves it at most four lines; a column of a line is half
# an em of Han characters, of Latin ones somewhat more.
HEADLINE_PX, MOST_LINES, LEADING = (64, 56, 48, 40), 4, 1.3
COLUMN_EM = {"han": 0.5, "latin": 0.57}

_CLAUSES = re.compile(r".+?(?:[，、；：。！？]|[,;:.!?] |$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Card:
    """The texts of a card, plain."""

    brand: str
    headline: str
    day: str
    desk: str


def draw(card: Card, locale: Locale, design: Design) -> bytes:
    """The card as an opaque PNG; RenderError when the font of the language is not there."""
    require_font(locale.fonts.sans)
    light = design.light
    image = Image.new("RGB", (WIDTH_PX, HEIGHT_PX), light.paper)
    pen = _Pen(image, locale)
    pen.bar(light.accent)
    pen.text((EDGE_PX, BRAND_TOP_PX), card.brand, BRAND_PX, light.accent, bold=True)
    size_px, lines = _headline(card.headline, locale)
    for number, line in enumerate(lines):
        top = HEADLINE_TOP_PX + round(number * size_px * LEADING)
        pen.text((EDGE_PX, top), line, size_px, light.ink, bold=True)
    pen.text((EDGE_PX, FOOT_BASE_PX), card.day, FOOT_PX, light.ink, anchor="ls")
    pen.text((WIDTH_PX - EDGE_PX, FOOT_BASE_PX), card.desk, FOOT_PX, light.muted, anchor="rs")
    buffer = BytesIO()
    few = image.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(buffer, format="png", optimize=True)
    return buffer.getvalue()


class _Pen:
    """Sets text in the sans-serif face of a language."""

    def __init__(self, image: Image.Image, locale: Locale) -> None:
        self._draw = ImageDraw.Draw(image)
        self._family = locale.fonts.sans
        # The faces of the SC collection draw quotation marks full-width unless told otherwise.
        self._features = ["pwid"] if locale.typography == "latin" else []

    def bar(self, colour: str) -> None:
        self._draw.rectangle((0, 0, WIDTH_PX, BAR_PX - 1), fill=colour)

    def text(
        self,
        place: tuple[int, int],
        text: str,
        size_px: int,
        colour: str,
        *,
        bold: bool = False,
        anchor: str = "la",
    ) -> None:
        font = _font(self._family, size_px, bold=bold)
        self._draw.text(place, text, colour, font, anchor=anchor, features=self._features)


@lru_cache(maxsize=16)
def _font(family: str, size_px: int, *, bold: bool) -> ImageFont.FreeTypeFont:
    """The very face that matplotlib finds: a collection holds those of several regions."""
    wanted = font_manager.FontProperties(family=family, weight="bold" if bold else "regular")
    found = font_manager.findfont(wanted, fallback_to_default=False)
    index = getattr(found, "face_index", 0)
    return ImageFont.truetype(str(found), size_px, index, layout_engine=ImageFont.Layout.RAQM)


def _headline(text: str, locale: Locale) -> tuple[int, list[str]]:
    """The size in pixels and the lines: broken where the sentence pauses, else evenly."""
    han = locale.typography == "han"
    for size_px in HEADLINE_PX:
        columns = int((WIDTH_PX - 2 * EDGE_PX) / (size_px * COLUMN_EM[locale.typography]))
        clauses = wrap([(clause, True) for clause in _CLAUSES.findall(text)], columns, han=han)
        if 1 < len(clauses) <= MOST_LINES and max(width(c, han=han) for c in clauses) <= columns:
            return size_px, [clause.strip() for clause in clauses]
        lines = wrap([(text, False)], columns, han=han)
        if len(lines) <= MOST_LINES:
            break
    return size_px, _even(text, lines, columns, han=han)


def _even(text: str, lines: list[str], columns: int, *, han: bool) -> list[str]:
    """The same number of lines, as equally long as they can be."""
    while columns > 1:
        columns -= 1
        narrower = wrap([(text, False)], columns, han=han)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines
