"""The look of every chart, in one place: colours by role, sizes, font, and the one ``figure()``.

Colours and sizes are those of the design tokens: an SVG carries a class for each colour, by which
the page changes it in the dark.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
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

from reportgen.design import Design
from reportgen.errors import RenderError
from reportgen.model.chart import Tone

mpl.use("svg")

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

EDGE_PT = 2.0
MM_PER_INCH, POINTS = 25.4, 72
# Between two figures beside each other on paper.
PAIR_GAP_MM = 5.0

# In a mail every chart has the width of its one column; programs show it at half its pixels.
MAIL_IN, MAIL_HEIGHT_IN, MAIL_PX, MAIL_EDGE_PT = 4.2, 2.3, 1200, 6.0
MAIL_COLOURS = 32


class Medium(Enum):
    """What a chart is saved for: a page, in the screen's or the paper's own resolution, or mail."""

    PAGE = "svg"
    MAIL = "png"


_design: ContextVar[Design] = ContextVar("design")


def ink(token: str) -> str:
    """A colour of the design by its name, within ``figure()``."""
    value: str = getattr(_design.get().light, token)
    return value


def colour(tone: Tone) -> str:
    """The colour of a role, within ``figure()``."""
    return ink(TONES[tone])


def text_colour(tone: Tone) -> str:
    """The colour of words that belong to a shape of this role."""
    token = TONES[tone]
    return ink("muted" if token == "band" else f"{token}_text")


def font_size() -> float:
    """In points."""
    return _design.get().chart.font_pt


def line_width() -> float:
    """In points."""
    return _design.get().chart.line_pt


def width_mm(design: Design, *, wide: bool) -> float:
    """A chart is as wide as the column of text, or as half of the page."""
    page = design.page
    return page.text_mm if wide else (page.full_mm - PAIR_GAP_MM) / 2


def _settings(font: str, design: Design) -> dict[str, Any]:
    light = design.light
    return {
        "font.family": [font],
        "font.size": design.chart.font_pt,
        "svg.fonttype": "none",
        "svg.hashsalt": "reportgen",
        "text.parse_math": False,
        "axes.edgecolor": light.muted,
        "axes.labelcolor": light.muted,
        "text.color": light.ink,
        "xtick.color": light.muted,
        "ytick.color": light.muted,
        "axes.linewidth": 0.6,
        "lines.linewidth": design.chart.line_pt,
        "lines.solid_joinstyle": "round",
        "xtick.major.size": 0,
        "ytick.major.size": 0,
        "xtick.minor.size": 0,
        "path.simplify_threshold": 0.4,
        "hatch.linewidth": 0.6,
    }


@contextmanager
def figure(
    font: str, design: Design, *, wide: bool = False, medium: Medium = Medium.PAGE
) -> Iterator[tuple[Figure, Axes]]:
    """An empty chart in the style; RenderError when the font of the language is not there."""
    require_font(font)
    width_pt = round(width_mm(design, wide=wide) / MM_PER_INCH * POINTS)
    size = (width_pt / POINTS, design.chart.height_pt / POINTS)
    if medium is Medium.MAIL:
        size = (MAIL_IN, MAIL_HEIGHT_IN)
    token = _design.set(design)
    try:
        with mpl.rc_context(_settings(font, design)):  # type: ignore[arg-type]  # names of settings
            drawn = Figure(figsize=size, layout=None)
            axes = drawn.add_axes((0, 0, 1, 1))
            for side in ("top", "right", "left"):
                axes.spines[side].set_visible(False)
            axes.grid(axis="y", color=ink("grid"), linewidth=0.5)
            axes.set_axisbelow(True)
            yield drawn, axes
    finally:
        _design.reset(token)


def fit(drawn: Figure, axes: Axes, edge_pt: float = EDGE_PT) -> None:
    """Gives the axes all the room that their labels leave, with a small edge around."""
    canvas = FigureCanvasAgg(drawn)
    edge = edge_pt / POINTS * drawn.dpi
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


def legend_above(axes: Axes, *, columns: int) -> float:
    """A legend above the axes, in place of another; its width in pixels."""
    legend = axes.legend(
        loc="lower left",
        bbox_to_anchor=(0, 1),
        frameon=False,
        ncols=columns,
        borderaxespad=0,
        borderpad=0.2,
        handlelength=1,
        handleheight=0.9,
        columnspacing=1.2,
    )
    return float(legend.get_window_extent(_renderer(axes)).width)


def room_beside_ticks(axes: Axes) -> float:
    """How wide what begins with the axes can be, in pixels."""
    ticks = axes.yaxis.get_tightbbox(_renderer(axes))
    figure = axes.figure
    edges = 2 * EDGE_PT / POINTS * figure.dpi
    return float(figure.bbox.width - edges - (ticks.width if ticks else 0))


def _renderer(axes: Axes) -> Any:
    drawn = axes.figure
    assert isinstance(drawn, Figure)
    return FigureCanvasAgg(drawn).get_renderer()  # type: ignore[no-untyped-call]  # matplotlib


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
    drawn_on = canvas.buffer_rgba()  # type: ignore[no-untyped-call]  # matplotlib
    image = Image.frombytes("RGBA", canvas.get_width_height(), drawn_on)
    return image.convert("RGB").quantize(
        MAIL_COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
    )
