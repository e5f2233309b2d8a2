"""Makes the structure of a PDF what PDF/UA-1 asks for; clauses are those of ISO 14289-1.

WeasyPrint tags most of a page well. What it leaves out or has wrong is put right here, each in a
function that names its reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydyf import PDF, Array, String

from reportgen.errors import RenderError
from reportgen.render import structure
from reportgen.render.structure import Annotation, Node

_SVG = "{http://www.w3.org/2000/svg}"
_REPEATED = ("THead", "TFoot")
_MARKERS = {
    "disc": "Disc",
    "circle": "Circle",
    "square": "Square",
    "decimal": "Decimal",
    "lower-roman": "LowerRoman",
    "upper-roman": "UpperRoman",
    "lower-alpha": "LowerAlpha",
    "upper-alpha": "UpperAlpha",
}


def repair(pdf: PDF, boxes: Mapping[int, Any], language: str, figures: Mapping[str, str]) -> None:
    """Corrects the tags of a PDF about to be written.

    ``boxes`` are those of ``structure.boxes_noted``; ``language`` is that of the document;
    ``figures`` gives the id of the HTML figure for the name of each file that is its data.
    """
    root = structure.read(pdf, boxes)
    _one_annotation_a_place(pdf, root, within_link=False)
    _languages(root, language)
    _name(root)
    _hoist(root)
    _join(root, {})
    for node in root.walk():
        _describe(pdf, node)
    _data_of_figures(pdf, root, figures)
    structure.write(pdf, root)


def _one_annotation_a_place(pdf: PDF, node: Node, *, within_link: bool) -> None:
    """7.18.5: a link annotation belongs to a Link.

    A span within a link may get an annotation of its own over that of the link: it goes.
    """
    link = within_link or node.role == "Link"
    for kid in list(node.kids):
        if isinstance(kid, Node):
            _one_annotation_a_place(pdf, kid, within_link=link)
        elif isinstance(kid, Annotation) and node.role != "Link":
            if within_link:
                node.kids.remove(kid)
                structure.pages_of(pdf)[kid.page]["Annots"].remove(kid.made.reference)
                kid.made.clear()
            else:
                node.role = "Link"


def _languages(node: Node, around: str) -> None:
    """7.2: where the language changes, the element says so."""
    own = "" if node.element is None else str(node.element.get("lang", ""))
    if own and own != around:
        node.entries["Lang"] = String(own)
    for kid in node.nodes:
        _languages(kid, own or around)


def _name(node: Node) -> None:
    """7.1: an element that WeasyPrint has no name for, but which groups or has a language."""
    for found in node.walk():
        if found.role != "NonStruct":
            continue
        if found.tag == "figure":
            # Caption, graphic and source note stay together. The caption can't stand within the
            # Figure: what is below an element with Alt is not read.
            found.role = "Div"
        elif "Lang" in found.entries:
            inline = {kid.role for kid in found.nodes} <= {"Link", "NonStruct", "Span"}
            found.role = "Span" if inline else "Div"


def _hoist(node: Node) -> None:
    """7.1: no element without a meaning, and none around another of the same HTML element.

    The boxes that layout needs are no structure; a run of text belongs to its paragraph itself.
    """
    kids: list[structure.Kid] = []
    for kid in node.kids:
        if isinstance(kid, Node):
            _hoist(kid)
            if _means_nothing(kid, node):
                kids.extend(kid.kids)
                continue
        kids.append(kid)
    node.kids = kids


def _means_nothing(node: Node, parent: Node) -> bool:
    if node.role in ("NonStruct", "Span"):
        return "Lang" not in node.entries
    if node.role in ("TD", "TH"):
        return False
    anonymous = node.role == parent.role and node.element is parent.element
    return anonymous or not node.kids


def _join(node: Node, first: dict[tuple[Any, str], Node]) -> None:
    """7.1, 7.5, 7.6: what a page break cuts is one paragraph, list, table or section.

    WeasyPrint makes an element of each piece. Heads of a table that are repeated on a page are
    furniture of the page (7.8).
    """
    for kid in node.nodes:
        key = (kid.element, kid.role)
        whole = first.get(key)
        if kid.element is None or whole is None:
            first[key] = kid
            _join(kid, first)
            continue
        node.kids.remove(kid)
        if kid.role not in _REPEATED:
            _join(kid, first)
            whole.kids.extend(kid.kids)


def _describe(pdf: PDF, node: Node) -> None:
    """What an element has to say of itself beside its content."""
    if node.role == "Figure":
        _describe_figure(pdf, node)
    elif node.role in ("TH", "TD"):
        _describe_cell(node)
    elif node.role == "L":
        # 7.6: how items are marked.
        style = node.nodes[0].box.style["list_style_type"] if node.nodes else "none"
        node.attributes = {"O": "/List", "ListNumbering": f"/{_MARKERS.get(style, 'None')}"}
    elif node.role == "Link":
        _describe_link(node)


def _describe_figure(pdf: PDF, node: Node) -> None:
    """7.3: the alternative states the finding; the box is in points from the page's lower left."""
    description = node.element.find(f"{_SVG}desc")
    if description is not None and description.text:
        node.entries["Alt"] = String(description.text)
    if "Alt" not in node.entries:
        raise RenderError(
            "a graphic has no description",
            where="templates",
            remedy="give its svg element a title and a desc, an img element an alt",
        )
    box = node.box
    left, top = box.content_box_x(), box.content_box_y()
    height = structure.pages_of(pdf)[node.page]["MediaBox"][3]
    corners = (left, top + box.height, left + box.width, top)
    x1, y1, x2, y2 = (value * 0.75 for value in corners)
    node.attributes = {
        "O": "/Layout",
        "Placement": "/Block",
        "BBox": Array((x1, height - y1, x2, height - y2)),
    }


def _describe_cell(node: Node) -> None:
    """7.5: a head says whether it is of a row or of a column.

    That is enough for any table without heads in its midst. The names of heads, which WeasyPrint
    gives to cells, would need an index in the root, which it does not write.
    """
    node.attributes.pop("Headers", None)
    if node.role == "TH":
        scope = {"row": "Row", "rowgroup": "Row"}.get(node.element.get("scope"), "Column")
        node.attributes["Scope"] = f"/{scope}"


def _describe_link(node: Node) -> None:
    """7.18.5: a link says in words where it leads. WeasyPrint puts the bare target there."""
    given = node.element.get("aria-label") or node.element.get("title")
    words = given or " ".join("".join(node.element.itertext()).split())
    for kid in node.kids:
        if isinstance(kid, Annotation):
            kid.made["Contents"] = String(words)


def _data_of_figures(pdf: PDF, root: Node, figures: Mapping[str, str]) -> None:
    """ISO 19005-3, 6.8: a file says what it belongs to: here the figure whose data it is."""
    files: dict[str, list[bytes]] = {}
    for made in structure.of_type(pdf, "/Filespec"):
        files.setdefault(figures.get(made["UF"].string, ""), []).append(made.reference)
    for node in root.walk():
        found = files.get(node.element.get("id")) if node.tag == "figure" else None
        for graphic in node.walk() if found else ():
            if graphic.role == "Figure":
                graphic.entries["AF"] = Array(found)
