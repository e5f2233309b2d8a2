"""A PDF as a screen reader meets it: its elements in reading order, each with its text."""

from __future__ import annotations

import ctypes
import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium


@dataclass
class Element:
    """An element of the structure; ``content`` are pieces of text, elements and annotations."""

    role: str
    made: pikepdf.Dictionary
    pages: set[int] = field(default_factory=set)
    content: list[str | Element | pikepdf.Dictionary] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        yield self
        for child in self.elements:
            yield from child.walk()

    def all(self, *roles: str) -> list[Element]:
        return [element for element in self.walk() if element.role in roles]

    @property
    def elements(self) -> list[Element]:
        return [part for part in self.content if isinstance(part, Element)]

    @property
    def annotations(self) -> list[pikepdf.Dictionary]:
        return [part for part in self.content if isinstance(part, pikepdf.Dictionary)]

    @property
    def text(self) -> str:
        """Without blanks, which the ends of lines make uncertain."""
        parts = (
            part.text if isinstance(part, Element) else part
            for part in self.content
            if not isinstance(part, pikepdf.Dictionary)
        )
        return "".join("".join(parts).split())

    def attribute(self, name: str) -> Any:
        return self.made.get("/A", pikepdf.Dictionary()).get(name)


@dataclass
class Spoken:
    """The document element, what is painted as an artifact on each page, and what is neither."""

    pdf: pikepdf.Pdf
    root: Element
    artifacts: list[list[str]]
    untagged: list[str]


def spoken(content: bytes) -> Spoken:
    """What a PDF says."""
    texts: dict[tuple[int, int], str] = defaultdict(str)
    artifacts: list[list[str]] = []
    untagged: list[str] = []
    with pypdfium2.PdfDocument(content) as document:
        for number, page in enumerate(document):
            artifacts.append([])
            text_page = page.get_textpage()
            for index in range(pdfium.FPDFPage_CountObjects(page)):
                painted = pdfium.FPDFPage_GetObject(page, index)
                text = _text(painted, text_page)
                mcid = pdfium.FPDFPageObj_GetMarkedContentID(painted)
                if mcid >= 0:
                    texts[number, mcid] += text
                elif "Artifact" not in _marks(painted):
                    untagged.append(f"page {number + 1}: {text!r}")
                elif text.strip():
                    artifacts[-1].append(text.strip())
            text_page.close()
            page.close()
    opened = pikepdf.open(io.BytesIO(content))
    pages = {page.objgen: number for number, page in enumerate(opened.pages)}
    (top,) = opened.Root.StructTreeRoot.K
    return Spoken(opened, _element(top, pages, texts), artifacts, untagged)


def _element(
    made: pikepdf.Dictionary, pages: dict[Any, int], texts: dict[tuple[int, int], str]
) -> Element:
    found = Element(str(made.S).removeprefix("/"), made)
    for kid in made.K:
        if isinstance(kid, int):
            page, mcid = pages[made.Pg.objgen], int(kid)
        elif kid.get("/Type") == "/MCR":
            page, mcid = pages[kid.Pg.objgen], int(kid.MCID)
        else:
            is_link = kid.get("/Type") == "/OBJR"
            found.content.append(kid.Obj if is_link else _element(kid, pages, texts))
            continue
        found.pages.add(page)
        found.content.append(texts[page, mcid])
    return found


def _text(painted: Any, page: Any) -> str:
    if pdfium.FPDFPageObj_GetType(painted) != pdfium.FPDF_PAGEOBJ_TEXT:
        return ""
    size = pdfium.FPDFTextObj_GetText(painted, page, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFTextObj_GetText(
        painted, page, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size
    )
    return buffer.raw[:-2].decode("utf-16-le")


def _marks(painted: Any) -> list[str]:
    names = []
    for index in range(pdfium.FPDFPageObj_CountMarks(painted)):
        name, length = (pdfium.FPDF_WCHAR * 64)(), ctypes.c_ulong()
        pdfium.FPDFPageObjMark_GetName(
            pdfium.FPDFPageObj_GetMark(painted, index), name, 128, length
        )
        names.append(bytes(name)[: length.value - 2].decode("utf-16-le"))
    return names
