"""A finished page as blocks: headings, paragraphs, list items, tables, figures, by section."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from reportgen.errors import CheckError, RenderError
from reportgen.render import elements, trace
from reportgen.render.elements import Element

# What holds blocks rather than being one.
_LISTS = {"ul", "ol"}
_HOLDING_FIGURES = {"pair"}
# What leads to other editions belongs to the page and not to its text.
_ELSEWHERE = "elsewhere"
BY_HAND = "desk-note"
# Stands at the paragraph that first uses a term, which need not be the same in each language.
_DEFINITION = "definition"
# A table of so many columns cannot be read at half the width of a sheet.
_WIDE_FROM = 6
ANNEX = "annex"


@dataclass(frozen=True, slots=True)
class Block:
    """A block: its kind, such as ``p``, ``figure.wide`` or ``ul.changes > li``, and what it tells.

    ``facts`` are the ids of the figures and dates in it. A list item has its list as ``within``.
    ``definitions`` explain terms that it is the first to use.
    """

    kind: str
    element: Element
    facts: frozenset[str]
    within: Element | None = None
    definitions: tuple[Element, ...] = ()

    @property
    def by_hand(self) -> bool:
        """Whether editors wrote it for this language alone."""
        return BY_HAND in self.element.classes

    @property
    def is_wide(self) -> bool:
        """Whether it asks for the full width of a sheet: a wide chart, a table of many columns."""
        if self.element.tag == "figure":
            return "wide" in self.element.classes
        row = self.element.first(tag="tr")
        return row is not None and len(row.children) >= _WIDE_FROM


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a page, or its imprint, with its blocks."""

    id: str
    classes: tuple[str, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Anatomy:
    """A page taken apart; ``root`` is all of it."""

    root: Element
    parts: tuple[Part, ...]

    @property
    def ids(self) -> frozenset[str]:
        """Every id on the page."""
        return frozenset(element.id for element in self.root.walk() if element.id)

    @property
    def scripts(self) -> tuple[str, ...]:
        """The scripts at the end of the page."""
        body = self.root.first(tag="body")
        found = body.children if body is not None else ()
        return tuple(element.html for element in found if element.tag == "script")

    def metadata(self, name: str) -> str:
        """What the head says under a name, empty where it says nothing."""
        tags = (tag.attributes for tag in self.root.all(tag="meta"))
        return next((tag["content"] for tag in tags if tag.get("name") == name), "")

    def named(self, of_class: str) -> str:
        """What stands in the element of a class; RenderError when the page has none."""
        found = self.root.first(of_class=of_class)
        if found is None:
            raise RenderError(
                f"has no element of the class {of_class!r}",
                where="templates/brief.html.j2",
                remedy="restore it: other editions take it from the page",
            )
        return found.inner_html


@dataclass(frozen=True, slots=True)
class Row:
    """The same block in two languages; a note of one language has nothing beside it."""

    first: Block | None
    second: Block | None

    @property
    def some(self) -> Block:
        """The block of either language."""
        found = self.first if self.first is not None else self.second
        if found is None:
            raise ValueError("a row without a block")
        return found


@dataclass(frozen=True, slots=True)
class Facing:
    """A section in two languages, block beside block."""

    id: str
    classes: tuple[str, ...]
    rows: tuple[Row, ...]


def dissect(html: str) -> Anatomy:
    """A finished page by sections and blocks, the imprint at its end."""
    root = elements.parse(html)
    sections = [found for found in root.all(tag="section") if found.id]
    footer = root.first(tag="footer")
    parts = [Part(s.id, s.classes, tuple(_blocks(s, s.id))) for s in sections]
    if footer is not None:
        parts.append(Part("imprint", footer.classes, tuple(_blocks(footer, "imprint"))))
    return Anatomy(root, tuple(parts))


def _blocks(section: Element, section_id: str) -> Iterator[Block]:
    definitions: list[Element] = []
    for child in section.children:
        if _DEFINITION in child.classes:
            definitions.append(child)
        elif _HOLDING_FIGURES.intersection(child.classes):
            yield from _blocks(child, section_id)
        elif child.tag in _LISTS and section_id != ANNEX:
            for item in child.children:
                yield Block(f"{_kind(child)} > {item.tag}", item, _facts(item), child)
        elif _ELSEWHERE not in child.classes:
            # What the annex lists is held against nothing, and there is much of it.
            facts: frozenset[str] = frozenset() if section_id == ANNEX else _facts(child)
            yield Block(_kind(child), child, facts, definitions=tuple(definitions))
            definitions = []


def _kind(element: Element) -> str:
    return ".".join((element.tag, *element.classes))


def _facts(element: Element) -> frozenset[str]:
    sightings = trace.read_page(element.html).sightings
    return frozenset(s.key for s in sightings if not s.key.startswith("name:"))


def align(pages: Mapping[str, Anatomy]) -> tuple[Facing, ...]:
    """Two pages side by side; CheckError with the place where they are not the same.

    ``pages`` are by language tag. Both must have the same sections, each with the same kinds of
    blocks in the same order, each block with the same facts. The annex lists what the rest prints,
    and a note is one language's own: these are compared by kind alone, or not at all.
    """
    (first_tag, first), (second_tag, second) = pages.items()
    found = [[part.id for part in page.parts] for page in (first, second)]
    if found[0] != found[1]:
        raise CheckError(
            f"{second_tag} has the sections {', '.join(found[1])}; "
            f"{first_tag} has {', '.join(found[0])}",
            where="parity",
            remedy="compare the templates of the sections: both languages print all of them",
        )
    return tuple(
        Facing(one.id, one.classes, tuple(_rows(one, other, (first_tag, second_tag))))
        for one, other in zip(first.parts, second.parts, strict=True)
    )


def _rows(one: Part, other: Part, tags: tuple[str, str]) -> Iterator[Row]:
    mine, theirs = (_with_notes_apart(part.blocks) for part in (one, other))
    for number, (a, b) in enumerate(zip_longest(mine[0], theirs[0]), 1):
        if a is None or b is None or a.kind != b.kind or a.element.id != b.element.id:
            fault = f"is {_described(b)} in {tags[1]} and {_described(a)} in {tags[0]}"
            raise _differs(one.id, number, fault)
        if one.id != ANNEX and a.facts != b.facts:
            missing, extra = sorted(a.facts - b.facts), sorted(b.facts - a.facts)
            fault = (
                f"({a.kind}) does not print the same facts in {tags[1]} as in {tags[0]}; "
                f"missing: {', '.join(missing) or 'none'}; extra: {', '.join(extra) or 'none'}"
            )
            raise _differs(one.id, number, fault)
        yield Row(a, b)
    for noted, beside in zip_longest(mine[1], theirs[1]):
        yield Row(noted, beside)


def _with_notes_apart(blocks: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """A section's blocks and its notes, which stand at its end."""
    return [b for b in blocks if not b.by_hand], [b for b in blocks if b.by_hand]


def _described(block: Block | None) -> str:
    if block is None:
        return "missing"
    return f"{block.kind} {block.element.id}".strip()


def _differs(section: str, number: int, fault: str) -> CheckError:
    return CheckError(
        f"block {number} of section {section} {fault}",
        where="parity",
        remedy="each block stands in every language with the same facts: compare the messages of "
        "the section, and overrides that add or drop a paragraph",
    )
