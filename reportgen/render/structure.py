"""The structure tree of a PDF, read from what WeasyPrint made and written back to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from pydyf import PDF, Array, Dictionary
from weasyprint.pdf import tags


@dataclass(frozen=True, slots=True)
class Content:
    """A marked piece of a page's content stream."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """A link on a page, with the object that stands for it in the tree."""

    page: int
    made: Dictionary
    reference: bytes


@dataclass(slots=True)
class Node:
    """An element of the structure; ``box`` is what it was laid out as, with its HTML element."""

    role: str
    page: int
    made: Dictionary
    box: Any
    kids: list[Kid] = field(default_factory=list)
    attributes: dict[str, object] = field(default_factory=dict)
    entries: dict[str, object] = field(default_factory=dict)

    @property
    def element(self) -> Any:
        """The HTML element; None for what WeasyPrint made up, as the root and runs of text."""
        return None if self.box is None else self.box.element

    @property
    def tag(self) -> str:
        """The name of the HTML element, with the pseudo-element if it is one."""
        return "" if self.element is None else str(self.box.element_tag)

    @property
    def nodes(self) -> list[Node]:
        """The kids that are elements."""
        return [kid for kid in self.kids if isinstance(kid, Node)]

    def walk(self) -> Iterator[Node]:
        """This element and all below it, in reading order."""
        yield self
        for node in self.nodes:
            yield from node.walk()


Kid: TypeAlias = Node | Content | Annotation


@contextmanager
def boxes_noted() -> Iterator[dict[int, Any]]:
    """While a PDF is written: the box behind each structure element, by the element's number.

    WeasyPrint forgets it, and without it neither the pieces of a paragraph on two pages nor a
    language, a scope or a description can be told from the PDF. Its generator of elements is
    looked up by name at each call, so one in between sees all that it yields.
    """
    noted: dict[int, Any] = {}
    original = tags._build_box_tree

    def noting(box: Any, *rest: Any) -> Iterator[Dictionary]:
        box = getattr(box, "_box", box)  # what is positioned absolutely stands in a placeholder
        for element in original(box, *rest):
            # The box of body yields again what its children yielded.
            noted.setdefault(element.number, box)
            yield element

    tags._build_box_tree = noting
    try:
        yield noted
    finally:
        tags._build_box_tree = original


def of_reference(pdf: PDF, reference: bytes) -> Any:
    """The object a reference such as ``b"12 0 R"`` points to."""
    return pdf.objects[int(reference.split()[0])]


def of_type(pdf: PDF, kind: str) -> list[Any]:
    """The dictionaries of a type, in the order they were made."""
    return [made for made in pdf.objects if isinstance(made, dict) and made.get("Type") == kind]


def pages_of(pdf: PDF) -> list[Any]:
    """The pages in order."""
    return [of_reference(pdf, reference) for reference in pdf.page_references]


def read(pdf: PDF, boxes: Mapping[int, Any]) -> Node:
    """The tree from its document element down."""
    root = of_reference(pdf, pdf.catalog["StructTreeRoot"])
    numbers = {reference: number for number, reference in enumerate(pdf.page_references)}
    return _read(pdf, of_reference(pdf, root["K"][0]), numbers, boxes)


def _read(
    pdf: PDF, made: Dictionary, numbers: Mapping[bytes, int], boxes: Mapping[int, Any]
) -> Node:
    page = numbers.get(made.get("Pg", b""), 0)
    attributes = dict(made.get("A", {}))
    node = Node(made["S"].removeprefix("/"), page, made, boxes.get(made.number), [], attributes)
    if "Alt" in made:
        node.entries["Alt"] = made["Alt"]
    for kid in made["K"]:
        if isinstance(kid, int):
            node.kids.append(Content(page, kid))
            continue
        found = of_reference(pdf, kid)
        if found["Type"] == "/OBJR":
            node.kids.append(Annotation(page, of_reference(pdf, found["Obj"]), kid))
        else:
            node.kids.append(_read(pdf, found, numbers, boxes))
    return node


def write(pdf: PDF, root: Node) -> None:
    """Puts the tree, as it now is, in the place of the one that was read.

    Content that stands in no element any more becomes an artifact.
    """
    old = {made.number for made in of_type(pdf, "/StructElem")}
    tree = of_reference(pdf, pdf.catalog["StructTreeRoot"])
    held: dict[Content, bytes] = {}
    links: list[tuple[int, bytes]] = []
    for node in root.walk():
        old.discard(node.made.number)
        _write(pdf, node)
        for kid in node.kids:
            if isinstance(kid, Node):
                kid.made["P"] = node.made.reference
            elif isinstance(kid, Content):
                held[kid] = node.made.reference
            else:
                links.append((kid.made["StructParent"], node.made.reference))
    for number in old:
        pdf.objects[number].clear()
    parents = Array()
    for number, page in enumerate(pages_of(pdf)):
        count = _artifacts(of_reference(pdf, page["Contents"]).stream, number, held)
        parents.append(number)
        parents.append(Array(held.get(Content(number, mcid), "null") for mcid in range(count)))
    for number, reference in sorted(links):
        parents.extend((number, reference))
    of_reference(pdf, tree["ParentTree"])["Nums"] = parents


def _write(pdf: PDF, node: Node) -> None:
    made, page = node.made, pdf.page_references[node.page]
    parent = made["P"]
    made.clear()
    made.update({"Type": "/StructElem", "S": f"/{node.role}", "P": parent, "Pg": page})
    if len(node.attributes) > 1:  # beside their owner
        made["A"] = Dictionary(node.attributes)
    made.update(node.entries)
    kids = Array()
    for kid in node.kids:
        if isinstance(kid, Node):
            kids.append(kid.made.reference)
        elif isinstance(kid, Annotation):
            kids.append(kid.reference)
        elif kid.page == node.page:
            kids.append(kid.mcid)
        else:
            kids.append(
                Dictionary({"Type": "/MCR", "Pg": pdf.page_references[kid.page], "MCID": kid.mcid})
            )
    made["K"] = kids


def _artifacts(stream: list[Any], page: int, held: Mapping[Content, bytes]) -> int:
    """Marks as artifacts what no element holds; how many pieces of content the page has."""
    count = 0
    for position, item in enumerate(stream):
        if isinstance(item, Dictionary) and "MCID" in item:
            count = max(count, item["MCID"] + 1)
            if Content(page, item["MCID"]) not in held:
                stream[position - 1] = "/Artifact"
                stream[position] = Dictionary({"Type": "/Pagination"})
    return count
