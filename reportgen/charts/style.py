"""The look of every chart, in one place: colours by role, sizes, font, and the one ``figure()``.

Colours are those of the page's style sheet: an SVG carries a class for each, so that the page can
change them in the dark. They keep apart for colour-blind readers and differ in lightness in print.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from io import BytesIO
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from PIL import Image

from reportgen.errors import RenderError
from reportgen.model.chart import Tone

mpl.use("svg")

COLOURS = {
    "ink": "#1b1f24",
    "muted": "#5d6670",
    "grid": "#d9dde1",
    "blue": "#1f5a92",
    "orange": "#c4661f",
    "teal": "#1d8a78",
    "violet": "#7a5ba6",
    "grey": "#9aa3ab",
    "red": "#b3282d",
    "band": "#e4e9ee",
}

TONES = {
    Tone.RESERVES: "blue",
    Tone.TGA: "orange",
    Tone.ON_RRP: "teal",
    Tone.TREASURIES: "blue",
    Tone.MBS: "orange",
    Tone.BILLS: "teal",
    Tone.OTHER: "grey",
    Tone.STRESS: "red",
    Tone.BAND: "band",
    Tone.UP: "teal",
    Tone.DOWN: "orange",
    Tone.TOTAL: "blue",
}

# Two halves and the gap between them fill the text width of the PDF.
HALF_IN, WIDE_IN, HEIGHT_IN = 3.25, 6.7, 1.95
FONT_SIZE = 7.0
EDGE_PT = 2.0

# In a mail every chart has the width of its one column; programs show it at half its pixels.
MAIL_IN, MAIL_HEIGHT_IN, MAIL_PX, MAIL_EDGE_PT = 4.2, 2.3, 1200, 6.0
MAIL_COLOURS = 32


class Medium(Enum):
    """What a chart is saved for: a page, in the screen's or the paper's own resolution, or mail."""

    PAGE = "svg"
    MAIL = "png"


def colour(tone: Tone) -> str:
    """The colour of a role."""
    return COLOURS[TONES[tone]]


def _settings(font: str) -> dict[str, Any]:
    return {
        "font.family": [font],
        "font.size": FONT_SIZE,
        "svg.fonttype": "none",
        "svg.hashsalt": "reportgen",
        "text.parse_math": False,
        "axes.edgecolor": COLOURS["muted"],
        "axes.labelcolor": COLOURS["muted"],
        "text.color": COLOURS["ink"],
        "xtick.color": COLOURS["muted"],
        "ytick.color": COLOURS["muted"],
        "axes.linewidth": 0.6,
        "lines.linewidth": 1.2,
        "lines.solid_joinstyle": "round",
        "xtick.major.size": 0,
        "ytick.major.size": 0,
        "xtick.minor.size": 0,
        "path.simplify_threshold": 0.4,
        "hatch.linewidth": 0.6,
    }


@contextmanager
def figure(
    font: str,
    *,
    wide: bool = False,
    height_in: float = HEIGHT_IN,
    medium: Medium = Medium.PAGE,
) -> Iterator[tuple[Figure, Axes]]:
    """An empty chart in the style; RenderError when the font of the language is not there."""
    require_font(font)
    with mpl.rc_context(_settings(font)):  # type: ignore[arg-type]  # names of settings
        size = (WIDE_IN if wide else HALF_IN, height_in)
        if medium is Medium.MAIL:
            size = (MAIL_IN, MAIL_HEIGHT_IN)
        drawn = Figure(figsize=size, layout=None)
        axes = drawn.add_axes((0, 0, 1, 1))
        for side in ("top", "right", "left"):
            axes.spines[side].set_visible(False)
        axes.grid(axis="y", color=COLOURS["grid"], linewidth=0.5)
        axes.set_axisbelow(True)
        yield drawn, axes


def fit(drawn: Figure, axes: Axes, edge_pt: float = EDGE_PT) -> None:
    """Gives the axes all the room that their labels leave, with a small edge around."""
    canvas = FigureCanvasAgg(drawn)
    edge = edge_pt / 72 * drawn.dpi
    left, bottom, right, top = 0.1, 0.1, 0.9, 0.9
    axes.set_position((left, bottom, right - left, top - bottom))
    renderer = canvas.get_renderer()  # type: ignore[no-untyped-call]  # matplotlib
    box = axes.get_tightbbox(renderer)
    if box is None:
        return
    width, height = drawn.bbox.width, drawn.bbox.height
    left -= (box.x0 - edge) / width
    bottom -= (box.y0 - edge) / height
    right -= (box.x1 - (width - edge)) / width
    top -= (box.y1 - (height - edge)) / height
    axes.set_position((left, bottom, right - left, top - bottom))


def require_font(family: str) -> None:
    """Raises RenderError unless this very family can be drawn; there is no falling back."""
    try:
        found = font_manager.findfont(family, fallback_to_default=False)
    except ValueError:
        raise RenderError(
            f"the font {family!r} is not installed",
            where="charts",
            remedy="install the Debian package fonts-noto-cjk, then run `reportgen doctor`",
        ) from None
    try:
        font_manager.get_font(found)
    except (OSError, RuntimeError) as error:
        raise RenderError(
            f"the font file is damaged ({error})",
            where=str(found),
            remedy="install the Debian package fonts-noto-cjk again",
        ) from None


def save(drawn: Figure, medium: Medium = Medium.PAGE) -> bytes:
    """The figure without a date, as SVG or as an opaque PNG; equal charts give equal bytes."""
    buffer = BytesIO()
    if medium is Medium.MAIL:
        _opaque(drawn).save(buffer, format="png", optimize=True)
        return buffer.getvalue()
    FigureCanvasSVG(drawn)
    drawn.savefig(buffer, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    return buffer.getvalue()


def pixels(png: bytes) -> tuple[int, int]:
    """Width and height of a saved PNG, as its header has them."""
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")


def _opaque(drawn: Figure) -> Image.Image:
    """Pixels on white in the few colours a chart has: a quarter of the bytes, nothing to see."""
    drawn.set_dpi(MAIL_PX / MAIL_IN)
    drawn.set_facecolor("white")
    canvas = FigureCanvasAgg(drawn)
    canvas.draw()  # type: ignore[no-untyped-call]  # matplotlib
    drawn_on = canvas.buffer_rgba()  # type: ignore[no-untyped-call]
    image = Image.frombytes("RGBA", canvas.get_width_height(), drawn_on)
    return image.convert("RGB").quantize(
        MAIL_COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
    )
