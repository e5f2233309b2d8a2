"""The PDF of a page, by WeasyPrint: bookmarks, embedded subset fonts, nothing fetched."""

from __future__ import annotations

import gc
import hashlib
import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from weasyprint import HTML
from weasyprint.urls import URLFetcher

from reportgen.errors import RenderError
from reportgen.render.page import Page


class _NoFetching(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
    """A page is self-contained; whatever wants to be fetched is a fault of the template."""

    def fetch(self, url: str, headers: object = None) -> object:
        del headers
        raise RenderError(
            f"asks for {url}",
            where="templates",
            remedy="put it into the page; documents fetch nothing",
        )


def write(page: Page, turn: AbstractContextManager[object]) -> bytes:
    """The document's bytes; equal pages give equal bytes. RenderError on any WeasyPrint warning.

    ``turn`` is held while fonts are embedded: WeasyPrint then keeps whole font files in memory, a
    hundred mebibytes for the four faces, which two workers had better not do at once.
    """
    source = page.print_html
    with _silence_required():
        document = HTML(string=source, url_fetcher=_NoFetching()).render()
        identifier = hashlib.sha256(source.encode()).digest()[:16]
        with turn:
            content: bytes = document.write_pdf(pdf_identifier=identifier, pdf_tags=True)
            # A document holds itself in cycles, and with it the font files.
            del document
            gc.collect()
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
