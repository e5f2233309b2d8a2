"""How WeasyPrint sets lines, mended in two places.

It justifies by spreading a line's slack over the spaces alone, of which Chinese has few; here it is
spread over the Han characters too, so that lines have an even colour. And where a line is full but
for the space at its end, before a figure, it breaks after the first word; here the space is left
out, as at the end of any line.

Both take the place of private functions, so pyproject.toml pins the version of WeasyPrint, and
tests/render/test_lines.py fails when another one behaves otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pyphen
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text.ffi import TO_UNITS, ffi, pango
from weasyprint.text.line_break import Layout, create_layout, line_size

from reportgen.language import locale
from reportgen.language.characters import CLOSING, IDEOGRAPHIC, OPENING

_CURLY = str.maketrans("", "", "“”‘’")
# Runs of what may be set apart: Han characters and kana with their marks, and spaces.
_ELASTIC = re.compile(f"[\u3000-\u303f{IDEOGRAPHIC}\uff00-\uff60\u201c\u201d \u00a0]+")
_HAN = re.compile(f"[{IDEOGRAPHIC}]")
# Their ink fills the half of the em that is towards the text; quotation marks hang nothing over.
_CLOSING, _OPENING = CLOSING.translate(_CURLY), OPENING.translate(_CURLY)
# Traditional Chinese has its stops in the middle of the em: they do not hang.
_CENTRED = str.maketrans("", "", "，。、；：！？")

# In ems: beyond that a line is better left a little short than set like a notice board.
LOOSEST = 0.18

_only_spaces = inline.justify_line
_split = inline.split_first_line


class _ElasticLayout(Layout):  # type: ignore[misc]  # WeasyPrint ships no types
    """A text whose Han characters and spaces stand apart by ``justification_spacing`` pixels."""

    def set_text(self, text: str, justify: bool = False) -> None:
        super().set_text(text)
        if not justify or not self.justification_spacing:
            return
        attributes = pango.pango_layout_get_attributes(self.layout)
        if attributes == ffi.NULL:
            attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
        spacing = round(self.justification_spacing * TO_UNITS)
        for found in _ELASTIC.finditer(self.text):
            attribute = pango.pango_attr_letter_spacing_new(spacing)
            attribute.start_index = len(self.text[: found.start()].encode())
            attribute.end_index = len(self.text[: found.end()].encode())
            pango.pango_attr_list_change(attributes, attribute)
        pango.pango_layout_set_attributes(self.layout, attributes)


def install() -> None:
    """Makes WeasyPrint set lines this way."""
    # “en” alone is British to Pyphen, which breaks words elsewhere; the text is American.
    pyphen.LANGUAGES["en"] = pyphen.LANGUAGES["en_US"]
    inline.justify_line = _justify_line
    inline.split_first_line = _split_first_line


def _split_first_line(
    text: str, style: Any, context: Any, max_width: Any, *settings: Any, **named: Any
) -> Any:
    """The first line of a text; a space at its very end needs no room."""
    found = _split(text, style, context, max_width, *settings, **named)
    resume_at = found[2]
    if resume_at is None or not text.endswith(" ") or style["white_space"] != "normal":
        return found
    without = _split(text[:-1], style, context, max_width, *settings, **named)
    return without if without[2] is None else found


def _justify_line(context: Any, line: Any, slack: float) -> None:
    texts = list(_texts(line))
    whole = "".join(box.text for box in texts)
    if not _HAN.search(whole):
        _only_spaces(context, line, slack)
        return
    size = float(line.style["font_size"])
    # A mark at an end of the line hangs its empty half over the edge.
    centred = locale.known_to_cldr(line.style["lang"] or "") and (
        locale.script_of(line.style["lang"]) == "Hant"
    )
    closing = _CLOSING.translate(_CENTRED) if centred else _CLOSING
    before = size / 2 if whole[0] in _OPENING else 0.0
    after = size / 2 if (whole.rstrip()[-1:] or " ") in closing else 0.0
    gaps = [_gaps(box, context, size) for box in texts]
    joints = [
        bool(_ELASTIC.search(one.text[-1:]) or _ELASTIC.search(other.text[:1]))
        for one, other in pairwise(texts)
    ]
    places = sum(gaps) + sum(joints)
    if not places:
        return
    spacing = min((slack + before + after) / places, LOOSEST * size)
    moves: dict[int, tuple[float, float]] = {}
    for box, count, joint in zip(texts, gaps, [*joints, False], strict=True):
        moves[id(box)] = (spacing * count, spacing * joint)
    _spread(context, line, spacing, moves, -before)


def _texts(box: Any) -> Iterator[Any]:
    """The text of a line in reading order, without what is out of its flow."""
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            if child.text:
                yield child
        elif isinstance(child, boxes.InlineBox) and child.is_in_normal_flow():
            yield from _texts(child)


def _gaps(box: Any, context: Any, size: float) -> float:
    """How many times the spacing of its line a text grows by, as Pango counts it."""
    if not _ELASTIC.search(box.text):
        return 0.0
    return (_width(_laid_out(box, context, size), box.style) - float(box.width)) / size


def _laid_out(box: Any, context: Any, spacing: float) -> Any:
    layout = create_layout(box.text, box.style, context, None, 0)
    layout.__class__ = _ElasticLayout
    layout.justification_spacing = spacing
    layout.set_text(box.text, justify=True)
    return layout


def _width(layout: Any, style: Any) -> float:
    first, _ = layout.get_first_line()
    width, _ = line_size(first, style)
    return float(width)


def _spread(
    context: Any, box: Any, spacing: float, moves: dict[int, tuple[float, float]], moved: float
) -> float:
    """Moves and widens what is in a line from left to right; how far its end has moved."""
    if isinstance(box, boxes.TextBox):
        box.position_x += moved
        grown, joint = moves.get(id(box), (0.0, 0.0))
        if grown:
            box.pango_layout = _laid_out(box, context, spacing)
            box.pango_layout.deactivate()
            box.width += grown
        return moved + grown + joint
    if isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        start = moved
        box.position_x += start
        for child in box.children:
            if child.is_in_normal_flow():
                moved = _spread(context, child, spacing, moves, moved)
        box.width += moved - start
        return moved
    box.translate(moved, 0)
    return moved
