"""A built site once read: its listing, what lies on the disk, its pages and small files."""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from reportgen.review.rule import Finding, Place
from reportgen.site import listing
from reportgen.site.checking import reading
from reportgen.site.checking.addresses import INDEX, Base, Inside, Outside
from reportgen.site.checking.page import Page, Reference, Use
from reportgen.site.checking.tags import tags

REMAKE = "run reportgen site again"
MEND = "correct what it comes from, and run reportgen site again"
SEARCH = "pagefind/"

_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_PNG = b"\x89PNG\r\n\x1a\n"


_IN_SHEET = re.compile(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""")
_IN_SCRIPT = re.compile(r"""\b(?:from|import)\s*\(?\s*["'](\.{0,2}/[^"']+)["']""")


@dataclass(frozen=True, slots=True)
class Link:
    """An address in a file, and where it leads; nowhere when it is no address."""

    file: str
    use: Use
    address: str
    target: Inside | Outside | None


@dataclass(frozen=True, slots=True)
class ReadSite:
    """What rules look at.

    ``listed`` and ``present`` are checksums by path; ``links`` those of pages, style sheets and
    scripts; ``texts`` are feeds and the like as bytes; ``images`` width and height of each PNG in
    pixels, None where it is none; ``drawings`` the ids of each SVG.
    """

    base: Base
    listed: Mapping[str, str]
    present: Mapping[str, str]
    pages: Mapping[str, Page]
    links: tuple[Link, ...]
    texts: Mapping[str, bytes]
    images: Mapping[str, tuple[int, int] | None]
    drawings: Mapping[str, frozenset[str]]

    @property
    def languages(self) -> tuple[str, ...]:
        """Those that have a home page."""
        homes = (path.partition("/") for path in self.listed)
        return tuple(sorted(tag for tag, _, rest in homes if rest == INDEX and _TAG.fullmatch(tag)))

    def language_of(self, path: str) -> str:
        """The language below whose folder a file lies; empty when it belongs to several."""
        tag = path.partition("/")[0]
        return tag if tag in self.languages else ""

    def lacks(self, target: Inside) -> str:
        """What is not there of where an address leads, in words; empty when all of it is."""
        if target.path not in self.listed:
            return f"{target.path}, which is no file of the site"
        wanted = target.anchor.partition(":~:")[0]
        if wanted in ("", "top"):
            return ""
        page = self.pages.get(target.path)
        ids = page.ids if page else self.drawings.get(target.path)
        return "" if ids is None or wanted in ids else f"#{wanted} of {target.path}, which has none"


def read(folder: Path) -> ReadSite:
    """Every file of a built site, each read once; InputError when the folder holds none."""
    listed = listing.read(folder)
    base = Base(listed.base_url)
    present: dict[str, str] = {}
    pages: dict[str, Page] = {}
    links: list[Link] = []
    texts: dict[str, bytes] = {}
    images: dict[str, tuple[int, int] | None] = {}
    drawings: dict[str, frozenset[str]] = {}
    for path, content in _files(folder):
        present[path] = hashlib.sha256(content).hexdigest()
        if path not in listed.files or path.startswith(SEARCH):
            continue
        match path.rpartition(".")[2]:
            case "html":
                pages[path] = page = reading.read(path, _text(content))
                links += _followed(base, path, page.references)
            case "css" | "js" as kind:
                links += _followed(base, path, _asked_for(kind, _text(content)))
            case "xml" | "txt":
                texts[path] = content
            case "png":
                images[path] = size_of(content)
            case "svg":
                drawn = tags(_text(content))
                drawings[path] = frozenset(tag.get("id") for tag in drawn)
    return ReadSite(base, listed.files, present, pages, tuple(links), texts, images, drawings)


def _text(content: bytes) -> str:
    return content.decode("utf-8", "replace")


def _asked_for(kind: str, text: str) -> Iterator[Reference]:
    """What a style sheet or a script of ours makes a browser ask for."""
    if kind == "js":
        yield from (Reference(Use.SCRIPT, address) for address in _IN_SCRIPT.findall(text))
        return
    for placed, imported in _IN_SHEET.findall(text):
        yield Reference(Use.STYLE if imported else Use.OTHER, placed or imported)


def _followed(base: Base, file: str, references: Iterable[Reference]) -> Iterator[Link]:
    for reference in references:
        try:
            target = base.leads(file, reference.address)
        except ValueError:
            target = None
        yield Link(file, reference.use, reference.address, target)


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name != listing.FILE:
            yield name, path.read_bytes()


def size_of(png: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG in pixels, as its first chunk has them."""
    if not png.startswith(_PNG) or png[12:16] != b"IHDR" or len(png) < 24:
        return None
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def found(file: str, what: str, remedy: str = MEND) -> Finding:
    """A finding in a file of the site."""
    return Finding(Place(file=file), what, remedy)
