"""The card of a brief: the image that other sites and messengers show beside a link to it."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from PIL import Image

from reportgen.charts.style import require_font
from reportgen.design import Design
from reportgen.language.locale import Locale
from reportgen.language.wrapping import wrap

# What Open Graph asks for: no smaller image is shown in full width.
WIDTH_PX, HEIGHT_PX, DPI = 1200, 630, 100
EDGE_PX = 80
COLOURS = 32
# Sizes of the headline, the largest that leaves it at most four lines; a column of a line is half
# an em of Han characters, of Latin ones somewhat more.
HEADLINE_PX, MOST_LINES = (64, 56, 48, 40), 4
COLUMN_EM = {"han": 0.5, "latin": 0.57}


@dataclass(frozen=True, slots=True)
class Card:
    """The texts of a card, plain."""

    brand: str
    headline: str
    day: str
    desk: str


def draw(card: Card, locale: Locale, design: Design) -> bytes:
    """The card as an opaque PNG; RenderError when the font of the language is not there."""
    family = locale.fonts.sans
    require_font(family)
    light = design.light
    size_px, lines = _headline(card.headline, locale)
    with mpl.rc_context({"font.family": [family], "text.parse_math": False}):
        figure = Figure(figsize=(WIDTH_PX / DPI, HEIGHT_PX / DPI), dpi=DPI, facecolor=light.paper)
        canvas = FigureCanvasAgg(figure)
        figure.patches.append(_bar(figure, light.accent))
        left, right = EDGE_PX / WIDTH_PX, 1 - EDGE_PX / WIDTH_PX
        write = figure.text
        write(left, _up(96), card.brand, size=_pt(34), color=light.accent, weight="bold", va="top")
        write(
            left,
            _up(190),
            "\n".join(lines),
            size=_pt(size_px),
            color=light.ink,
            weight="bold",
            va="top",
            linespacing=1.3,
        )
        write(left, _up(566), card.day, size=_pt(30), color=light.ink, va="baseline")
        write(
            right, _up(566), card.desk, size=_pt(30), color=light.muted, va="baseline", ha="right"
        )
        canvas.draw()  # type: ignore[no-untyped-call]  # matplotlib
        pixels = canvas.buffer_rgba()  # type: ignore[no-untyped-call]  # matplotlib
        image = Image.frombytes("RGBA", canvas.get_width_height(), pixels).convert("RGB")
    buffer = BytesIO()
    few = image.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(buffer, format="png", optimize=True)
    return buffer.getvalue()


def _headline(text: str, locale: Locale) -> tuple[int, list[str]]:
    """The size in pixels and the lines, which are about equally long."""
    han = locale.typography == "han"
    room_px = WIDTH_PX - 2 * EDGE_PX
    for size_px in HEADLINE_PX:
        columns = int(room_px / (size_px * COLUMN_EM[locale.typography]))
        lines = wrap([(text, False)], columns, han=han)
        if len(lines) <= MOST_LINES:
            break
    while columns > 1:
        narrower = wrap([(text, False)], columns - 1, han=han)
        if len(narrower) > len(lines):
            break
        columns, lines = columns - 1, narrower
    return size_px, lines


def _bar(figure: Figure, colour: str) -> Rectangle:
    return Rectangle(
        (0, 1 - 16 / HEIGHT_PX), 1, 16 / HEIGHT_PX, color=colour, transform=figure.transFigure
    )


def _up(pixels_from_top: float) -> float:
    return 1 - pixels_from_top / HEIGHT_PX


def _pt(pixels: float) -> float:
    return pixels * 72 / DPI
