"""Where the texts of a finished chart stand, by the measures of the font they are drawn in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from xml.etree import ElementTree as ET

from matplotlib import font_manager
from matplotlib.ft2font import FT2Font

SVG = "{http://www.w3.org/2000/svg}"

# A text's share of its width that stands left of its x.
_LEFT = {"start": 0.0, "middle": 0.5, "end": 1.0}


@dataclass(frozen=True)
class Box:
    """The ink of one text, in the units of the viewBox."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 0.2 and down > 0.2


def viewbox(svg: str) -> tuple[float, float]:
    """Width and height of a chart."""
    x, y, width, height = (float(part) for part in ET.fromstring(svg).attrib["viewBox"].split())
    assert (x, y) == (0, 0)
    return width, height


def boxes(svg: str) -> list[Box]:
    """The ink of every text."""
    return [_box(element) for element in ET.fromstring(svg).iter(f"{SVG}text")]


def outside(svg: str, tolerance: float = 0.0) -> list[Box]:
    """Texts that stick out of the chart."""
    width, height = viewbox(svg)
    return [
        box
        for box in boxes(svg)
        if box.left < -tolerance
        or box.top < -tolerance
        or box.right > width + tolerance
        or box.bottom > height + tolerance
    ]


def collisions(svg: str) -> list[tuple[str, str]]:
    """Pairs of texts that lie on each other."""
    found = boxes(svg)
    return [
        (one.text, other.text)
        for index, one in enumerate(found)
        for other in found[index + 1 :]
        if one.overlaps(other)
    ]


def _box(element: ET.Element) -> Box:
    text = element.text or ""
    x, y = _place(element)
    size = float(element.attrib["font-size"].removesuffix("px"))
    family = element.attrib["font-family"].strip("'")
    width, above, below = (part * size for part in _extent(text, family))
    left = x - _LEFT[element.attrib.get("text-anchor", "start")] * width
    return Box(text, left, y - above, left + width, y + below)


def _place(element: ET.Element) -> tuple[float, float]:
    """A text of one line is turned by nothing about its place, one of several is moved to it."""
    moved = re.fullmatch(r"translate\(([\d.-]+) ([\d.-]+)\)", element.attrib["transform"])
    if moved:
        return float(moved[1]), float(moved[2])
    assert re.fullmatch(r"rotate\(-?0 [\d.-]+ [\d.-]+\)", element.attrib["transform"])
    return float(element.attrib["x"]), float(element.attrib["y"])


@cache
def _extent(text: str, family: str) -> tuple[float, float, float]:
    """Advance width, ink above the baseline and ink below it, in ems."""
    font = _font(family)
    font.set_text(text, 0.0)
    width, height = font.get_width_height()
    below = font.get_descent()
    em = 64 * 100
    return width / em, (height - below) / em, below / em


@cache
def _font(family: str) -> FT2Font:
    font = font_manager.get_font(font_manager.findfont(family, fallback_to_default=False))
    font.set_size(100, 72)
    return font
