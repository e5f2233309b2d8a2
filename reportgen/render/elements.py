"""A finished page as a tree of elements, each of which knows where it stands in the text.

What is taken out of a page is the text itself, byte for byte; nothing is written anew but ids and
what points to them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import accumulate

from reportgen.errors import CheckError

_VOID = {"meta", "link", "br", "hr", "img", "input", "wbr", "col"}
# Attributes that name ids, one or several.
_NAMING = re.compile(
    r'(\s(?:id|for|headers|aria-labelledby|aria-describedby|aria-details|aria-controls)=")([^"]*)"'
)
_POINTING = re.compile(r'(\s(?:xlink:)?href="#|url\(#)([^")]*)')


@dataclass(frozen=True, slots=True, eq=False)
class Element:
    """An element of ``page``, from ``start`` to ``end``.

    Its start tag ends at ``inner``, its end tag begins at ``close``; what it holds is between.
    """

    tag: str
    attributes: Mapping[str, str]
    children: tuple[Element, ...]
    page: str
    start: int
    inner: int
    close: int
    end: int

    @property
    def id(self) -> str:
        """Its id, empty where it has none."""
        return self.attributes.get("id", "")

    @property
    def classes(self) -> tuple[str, ...]:
        """Its classes, in order."""
        return tuple(self.attributes.get("class", "").split())

    @property
    def html(self) -> str:
        """All of it, tags included."""
        return self.page[self.start : self.end]

    @property
    def inner_html(self) -> str:
        """What stands within its tags."""
        return self.page[self.inner : self.close]

    def walk(self) -> Iterator[Element]:
        """Itself and every element within, in the order of their start tags."""
        waiting = [self]
        while waiting:
            found = waiting.pop()
            yield found
            waiting.extend(reversed(found.children))

    def all(self, *, tag: str = "", of_class: str = "") -> Iterator[Element]:
        """Every element within, or itself, that has the tag and the class."""
        for found in self.walk():
            if tag in ("", found.tag) and (not of_class or of_class in found.classes):
                yield found

    def first(self, *, tag: str = "", of_class: str = "") -> Element | None:
        """The first of them, None where there is none."""
        return next(self.all(tag=tag, of_class=of_class), None)

    def opening(self, new: Callable[[str], str] = str) -> str:
        """Its start tag, with another name for each id in it."""
        return _renamed(self.page[self.start : self.inner], new)

    def renamed(self, new: Callable[[str], str], *, inside: bool = False) -> str:
        """Its HTML with another name for each id, also where an id is pointed to."""
        place, end = (self.inner, self.close) if inside else (self.start, self.end)
        written: list[str] = []
        for element in self.walk():
            if element.start >= place and _names_ids(element.attributes):
                written += self.page[place : element.start], element.opening(new)
                place = element.inner
        return "".join((*written, self.page[place:end]))


def _names_ids(attributes: Mapping[str, str]) -> bool:
    return any(
        name in ("id", "for", "headers", "style") or name.startswith("aria-") or "#" in value
        for name, value in attributes.items()
    )


def _renamed(tag: str, new: Callable[[str], str]) -> str:
    tag = _NAMING.sub(lambda m: m[1] + " ".join(new(id) for id in m[2].split()) + '"', tag)
    return _POINTING.sub(lambda m: m[1] + new(m[2]), tag)


def parse(html: str) -> Element:
    """The element that holds all others, usually ``html``; CheckError when there is none."""
    parser = _Parser(html)
    parser.feed(html)
    parser.close()
    return parser.root()


class _Parser(HTMLParser):
    """Builds elements from their end, when all they hold is known."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self._page = page
        self._lines = [0, *accumulate(len(line) for line in page.split("\n"))]
        self._open: list[tuple[str, dict[str, str], int, int]] = []
        self._children: list[list[Element]] = [[]]

    def root(self) -> Element:
        """The outermost element."""
        if not self._children[0]:
            raise CheckError("holds no HTML", where="brief.html", remedy="build the brief again")
        return self._children[0][0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enters an element."""
        attributes = {name: value or "" for name, value in attrs}
        start = self._place()
        inner = start + len(self.get_starttag_text() or "")
        if tag in _VOID:
            self._add(tag, attributes, (), start, inner, inner, inner)
            return
        self._open.append((tag, attributes, start, inner))
        self._children.append([])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Takes in an element that holds nothing."""
        attributes = {name: value or "" for name, value in attrs}
        start = self._place()
        end = start + len(self.get_starttag_text() or "")
        self._add(tag, attributes, (), start, end, end, end)

    def handle_endtag(self, tag: str) -> None:
        """Leaves an element, and those within it that were not closed."""
        # Nearly every end tag is that of the innermost element; the search is for the others.
        innermost = self._open[-1][0] if self._open else ""
        if tag != innermost and all(tag != name for name, *_ in self._open):
            return
        close = self._place()
        while True:
            name, attributes, start, inner = self._open.pop()
            children = tuple(self._children.pop())
            end = self._page.index(">", close) + 1 if name == tag else close
            self._add(name, attributes, children, start, inner, close, end)
            if name == tag:
                return

    def _place(self) -> int:
        line, column = self.getpos()
        # Lengths are those of the lines without their ends.
        return self._lines[line - 1] + (line - 1) + column

    def _add(self, tag: str, attributes: dict[str, str], children: tuple[Element, ...],
             start: int, inner: int, close: int, end: int) -> None:  # fmt: skip
        element = Element(tag, attributes, children, self._page, start, inner, close, end)
        self._children[-1].append(element)
