"""The PDF of a page, by WeasyPrint: bookmarks, embedded subset fonts, nothing fetched."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint import HTML
from weasyprint.urls import URLFetcher

from reportgen.errors import RenderError
from reportgen.render import justification
from reportgen.render.page import Page

justification.install()


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


def write(page: Page) -> bytes:
    """The document's bytes; equal pages give equal bytes. RenderError on any WeasyPrint warning."""
    source = page.print_html
    with _silence_required():
        document = HTML(string=source, url_fetcher=_NoFetching()).render()
        document.fonts = _Fonts()
        identifier = hashlib.sha256(source.encode()).digest()[:16]
        content: bytes = document.write_pdf(pdf_identifier=identifier, pdf_tags=True)
    return content


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
