"""A page as a tree, for what has to rebuild it: mail in its two forms."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

from reportgen.errors import RenderError

# Elements within a line; any other begins and ends a block.
INLINE = {
    "a", "b", "br", "cite", "code", "data", "del", "em", "i", "img", "ins", "q", "s", "small",
    "span", "strong", "sub", "sup", "time", "u", "wbr",
}  # fmt: skip

_VOID = {"meta", "link", "br", "hr", "img", "input", "wbr", "col"}
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)


class _TreeReader(HTMLParser):
    """Builds the tree; templates close what they open, and one that does not is at fault."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._builder = ET.TreeBuilder(insert_comments=True)
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in _VOID:
            self._builder.end(tag)
        else:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if not self._open or self._open.pop() != tag:
            raise RenderError(
                f"</{tag}> closes what is not open, in line {self.getpos()[0]} of the mail",
                where="templates",
                remedy="close each element in the template that opens it",
            )
        self._builder.end(tag)

    def handle_data(self, data: str) -> None:
        if self._open:
            self._builder.data(data)

    def handle_comment(self, data: str) -> None:
        self._builder.comment(data)

    def root(self) -> ET.Element:
        return self._builder.close()


def parse(page: str) -> ET.Element:
    """The html element of a page; RenderError when its elements are not closed in order."""
    reader = _TreeReader()
    reader.feed(page)
    reader.close()
    return reader.root()


def serialise(root: ET.Element) -> str:
    """The page of a tree, comments to the letter: what Outlook is told stands in them."""
    written = ET.tostring(root, encoding="unicode", method="html")
    exact = _COMMENT.sub(lambda found: f"<!--{html.unescape(found[1])}-->", written)
    return f"<!doctype html>\n{exact}\n"


def is_comment(element: ET.Element) -> bool:
    """Whether this is a comment, which has no name and whose text no reader sees."""
    return not isinstance(element.tag, str)


def classes(element: ET.Element) -> set[str]:
    """The classes of an element."""
    return set(element.get("class", "").split())


def add_class(element: ET.Element, name: str) -> None:
    """Gives an element one more class."""
    element.set("class", f"{element.get('class', '')} {name}".strip())


def contents(element: ET.Element) -> Iterator[ET.Element | str]:
    """Texts and elements in an element, in their order."""
    yield element.text or ""
    for child in element:
        yield child
        yield child.tail or ""


def fill(element: ET.Element, parts: Iterable[ET.Element | str]) -> None:
    """Puts texts and elements into an element, in place of what is there."""
    element[:], element.text = [], ""
    for part in parts:
        if not isinstance(part, str):
            part.tail = ""
            element.append(part)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + part
        else:
            element.text += part


def text_of(element: ET.Element) -> str:
    """All that a reader sees of an element, blocks apart."""
    if is_comment(element) or element.tag in ("style", "script", "svg", "head"):
        return ""
    inside = "".join(p if isinstance(p, str) else text_of(p) for p in contents(element))
    return inside if element.tag in INLINE - {"br"} else f"\n{inside}\n"
