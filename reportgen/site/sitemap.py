"""The sitemap and robots.txt: which pages there are, since when, and in which languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from reportgen.site.places import Place

FILE = "sitemap.xml"
_SPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A page that search engines are told of, and when its content last changed."""

    place: Place
    changed: datetime


def write(pages: Iterable[Listed], base_url: str) -> bytes:
    """The sitemap by the protocol of sitemaps.org, with the other languages of each page."""
    lines = ['<?xml version="1.0" encoding="utf-8"?>', f"<urlset {_SPACES}>"]
    for page in pages:
        lines.append(f"<url><loc>{escape(page.place.address(base_url))}</loc>")
        lines.append(f"<lastmod>{page.changed.date().isoformat()}</lastmod>")
        lines += [
            f'<xhtml:link rel="alternate" hreflang="{tag}" href={quoteattr(address)}/>'
            for tag, address in page.place.alternates(base_url)
        ]
        lines.append("</url>")
    return ("\n".join((*lines, "</urlset>")) + "\n").encode()


def robots(base_url: str) -> bytes:
    """All pages may be read; it names the sitemap."""
    return f"User-agent: *\nAllow: /\nSitemap: {base_url}/{FILE}\n".encode()
