"""Makes matplotlib's SVG fit for a page: own ids, classes for colours, no style, short numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree import ElementTree as ET

from reportgen.design import CHART_COLOURS, Design

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"

_NUMBER = re.compile(r"-?\d+\.\d{3,}")
_GEOMETRY = ("d", "x", "y", "width", "height", "transform", "points", "x1", "x2", "y1", "y2")
_TICK_GROUPS = re.compile(r"matplotlib\.axis_(\d+)$")
_MARK = re.compile(r"mark-(\d+)$")
_STRETCH = re.compile(r"stretch-(\d+)-(\d+)$")
_DATA = re.compile(r"(data|end)-(\d+)$")
# What a drawing calls its parts, as classes of the page.
_PARTS = {"value", "data", "band", "occasions"}


def finish(
    drawn: bytes, chart_id: str, title: str, description: str, lang: str, design: Design
) -> str:
    """The chart as an inline SVG element with its title and description for screen readers."""
    ET.register_namespace("", SVG)
    root = ET.fromstring(drawn)
    for unwanted in ("metadata", "defs/style"):
        _remove(root, unwanted)
    box = root.attrib["viewBox"]
    root.attrib.clear()
    root.attrib.update(
        {
            "viewBox": box,
            "class": "chart",
            "role": "img",
            "lang": lang,
            "aria-labelledby": f"{chart_id}-title {chart_id}-desc",
            "stroke-linejoin": "round",
            "stroke-linecap": "butt",
        }
    )
    tokens = {getattr(design.light, name): name.replace("_", "-") for name in CHART_COLOURS}
    for element in root.iter():
        _plain(element, chart_id)
        _colour_classes(element, tokens, design.light.ink)
    _thin(root)
    for name, text in (("desc", description), ("title", title)):
        label = ET.Element(f"{{{SVG}}}{name}", {"id": f"{chart_id}-{name}"})
        label.text = text
        root.insert(0, label)
    return ET.tostring(root, encoding="unicode")


def texts_of(svg: str) -> list[tuple[str, bool]]:
    """Every text drawn in a finished chart, and whether it is a tick or a bar's value."""
    found: list[tuple[str, bool]] = []
    _collect(ET.fromstring(svg), False, found)
    return found


def _collect(element: ET.Element, scale: bool, found: list[tuple[str, bool]]) -> None:
    classes = element.attrib.get("class", "").split()
    scale = scale or "axis" in classes or "value" in classes
    if element.tag == f"{{{SVG}}}text" and element.text:
        found.append((element.text, scale))
    for child in element:
        _collect(child, scale, found)


def _remove(root: ET.Element, path: str) -> None:
    parents = {child: parent for parent in root.iter() for child in parent}
    namespaced = "/".join(f"{{{SVG}}}{part}" for part in path.split("/"))
    for element in root.findall(f".//{namespaced}"):
        parents[element].remove(element)


def _thin(element: ET.Element) -> None:
    """Takes out what draws nothing: blanks, bare and empty groups, shapes without colour.

    They are half of the elements, and each is cascaded and laid out in a PDF.
    """
    kept: list[ET.Element] = []
    for child in element:
        _thin(child)
        child.tail = None
        if child.tag == f"{{{SVG}}}g" and not child.attrib:
            kept.extend(child)
        elif not _is_unseen(child):
            kept.append(child)
    if kept or not (element.text or "").strip():
        element.text = None
    element[:] = kept


def _is_unseen(element: ET.Element) -> bool:
    match element.tag.removeprefix(f"{{{SVG}}}"):
        case "g" | "defs":
            return len(element) == 0
        case "path":
            return element.attrib.get("fill") == "none" and "stroke" not in element.attrib
        case _:
            return False


def _plain(element: ET.Element, chart_id: str) -> None:
    attributes = element.attrib
    for name, value in _declarations(attributes.pop("style", "")):
        attributes[name] = value
    old_id = attributes.pop("id", None)
    if old_id is not None:
        _identify(element, old_id, chart_id)
    for name, value in list(attributes.items()):
        if name == f"{{{XLINK}}}href":
            del attributes[name]
            attributes["href"] = f"#{chart_id}-{value[1:]}"
        elif value.startswith("url(#"):
            attributes[name] = f"url(#{chart_id}-{value[5:]}"
        elif name in _GEOMETRY:
            attributes[name] = _NUMBER.sub(lambda found: f"{float(found[0]):.2f}", value)


def _identify(element: ET.Element, old_id: str, chart_id: str) -> None:
    """Keeps ids that are referred to, turns the names of axes and values into classes."""
    local = element.tag.removeprefix(f"{{{SVG}}}")
    if local in ("clipPath", "path", "use", "linearGradient"):
        element.attrib["id"] = f"{chart_id}-{old_id}"
    elif axis := _TICK_GROUPS.match(old_id):
        element.attrib["class"] = "axis axis-x" if axis[1] == "1" else "axis"
    elif mark := _MARK.match(old_id):
        element.attrib["class"] = "mark"
        element.attrib["data-day"] = mark[1]
    elif stretch := _STRETCH.match(old_id):
        element.attrib |= {
            "class": "stretch", "data-day": stretch[1], "data-until": stretch[2]
        }  # fmt: skip
    elif data := _DATA.match(old_id):
        # Lines are drawn with the first on top, so their order is not that of the columns.
        element.attrib |= {"class": data[1], "data-column": data[2]}
    elif old_id in _PARTS:
        element.attrib["class"] = old_id


def _declarations(style: str) -> list[tuple[str, str]]:
    pairs = []
    for declaration in style.split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        if name == "font":
            pairs.extend(_font(value))
        elif name:
            pairs.append((name, value))
    return pairs


def _font(shorthand: str) -> list[tuple[str, str]]:
    found = re.fullmatch(r"(?:(?P<weight>\d+|bold) )?(?P<size>[\d.]+)px (?P<family>.+)", shorthand)
    if not found:
        raise ValueError(f"unknown font shorthand {shorthand!r}")
    weight = [("font-weight", found["weight"])] if found["weight"] else []
    return [*weight, ("font-size", found["size"]), ("font-family", found["family"])]


def _colour_classes(element: ET.Element, tokens: Mapping[str, str], ink: str) -> None:
    """A class for each colour, by which a page changes it in the dark."""
    attributes = element.attrib
    if element.tag == f"{{{SVG}}}text" and "fill" not in attributes:
        attributes["fill"] = ink
    classes = attributes.get("class", "").split()
    for name in ("fill", "stroke"):
        token = tokens.get(attributes.get(name, "").lower())
        if token:
            classes.append(f"{name}-{token}")
    if classes:
        attributes["class"] = " ".join(classes)
