"""The PDF of a page, by WeasyPrint: PDF/UA-1 and PDF/A-3a in one file, nothing fetched."""

from __future__ import annotations

import hashlib
import io
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import partial
from typing import Any

from pydyf import PDF
from weasyprint import HTML, Attachment
from weasyprint.document import Document
from weasyprint.urls import URLFetcher

from reportgen.errors import RenderError
from reportgen.render import lines, structure, tagging, xmp

lines.install()


@dataclass(frozen=True, slots=True)
class Attached:
    """A file within a PDF; ``figure`` is the id of the HTML figure whose data it is, if any.

    ``name`` ends as its kind does (``.csv``); ``description`` is in the document's language.
    """

    name: str
    content: bytes
    description: str
    modified: date
    figure: str = ""


@dataclass(frozen=True, slots=True)
class Printable:
    """What becomes a PDF: a whole HTML page, with its title, language and dates, and files."""

    html: str
    attached: tuple[Attached, ...] = ()


class _NoFetching(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
    """A page is self-contained; whatever wants to be fetched is a fault of the template."""

    def fetch(self, url: str, headers: object = None) -> object:
        del headers
        raise RenderError(
            f"asks for {url}",
            where="templates",
            remedy="put it into the page; documents fetch nothing",
        )


class _Fonts(dict[object, Any]):
    """The fonts of a document, without their files: WeasyPrint copies each whole file as it first
    meets a face, and replaces the copy with a subset when it embeds it. In between it reads only
    the four bytes that tell the kind. The files are 75 MB a language."""

    def __setitem__(self, key: object, font: Any) -> None:
        font.file_content = font.file_content[:4]
        super().__setitem__(key, font)


def write(printable: Printable) -> bytes:
    """The document's bytes; equal pages and files give equal bytes.

    RenderError on any WeasyPrint warning.
    """
    with _silence_required(), structure.boxes_noted() as boxes, warnings.catch_warnings():
        # WeasyPrint does not close the file of its colour profile.
        warnings.simplefilter("ignore", ResourceWarning)
        document = HTML(string=printable.html, url_fetcher=_NoFetching()).render()
        document.fonts = _Fonts()
        content: bytes = document.write_pdf(
            pdf_variant="pdf/a-3a",
            pdf_identifier=hashlib.sha256(printable.html.encode()).digest()[:16],
            # Viewers look names up by halves, and WeasyPrint leaves them as they come.
            attachments=[_attachment(file) for file in sorted(printable.attached, key=_name)],
            finisher=partial(_finish, printable, boxes),
        )
    # A line feed after data that end with a carriage return would be taken for one end of line
    # with it, and the stated length for wrong (ISO 19005-3, 6.1.7.1).
    return content.replace(b"\r\nendstream", b"\r\rendstream")


def _name(file: Attached) -> str:
    return file.name


def _attachment(file: Attached) -> Attachment:
    day = datetime.combine(file.modified, time(), UTC)
    return Attachment(
        file_obj=io.BytesIO(file.content),
        name=file.name,
        description=file.description,
        created=day,
        modified=day,
        relationship="Data",
    )


def _finish(printable: Printable, boxes: dict[int, Any], document: Document, pdf: PDF) -> None:
    """The last word before the bytes are written: WeasyPrint's own hook for it."""
    figures = {file.name: file.figure for file in printable.attached if file.figure}
    tagging.repair(pdf, boxes, document.metadata.lang or "", figures)
    metadata = structure.of_reference(pdf, pdf.catalog["Metadata"])
    metadata.stream = [xmp.packet(document.metadata)]
    metadata.compress = False


@contextmanager
def _silence_required() -> Iterator[None]:
    """WeasyPrint reports what it cannot draw as warnings: in a brief each is a fault."""
    caught: list[str] = []
    handler = logging.Handler(logging.WARNING)
    # A handler of one line: a class would only wrap it.
    handler.emit = lambda record: caught.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("weasyprint")
    propagate = logger.propagate
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate
    if caught:
        raise RenderError(
            "WeasyPrint warns: " + "; ".join(dict.fromkeys(caught)),
            where="templates/assets",
            remedy="correct the style sheet or the template",
        )
