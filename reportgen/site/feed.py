"""The Atom feed of a language (RFC 4287): the newest briefs with their full text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from markupsafe import Markup

from reportgen.render.elements import Element
from reportgen.site.brief_page import BuiltPage
from reportgen.site.spliced import Splice

# Readers fetch the whole feed each time: a quarter's briefs, some 25 KB each.
ENTRIES = 13

_HREF = re.compile(r'(\shref=")#')
_BARE = re.compile(r'\s(?:id|class|data-[a-z]+|aria-labelledby|role|tabindex)="[^"]*"')
_UNSAID = {"script", "svg", "details"}
_UNSAID_CLASSES = {"chart-data", "elsewhere"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A brief in the feed; ``id`` stays through corrections, ``updated`` moves with them."""

    id: str
    address: str
    title: str
    summary: str
    published: datetime
    updated: datetime
    content: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A language's feed; ``address`` is its own, ``home`` that of the page it belongs to."""

    id: str
    tag: str
    title: str
    author: str
    address: str
    home: str
    icon: str


def write(feed: Feed, entries: Iterable[Entry]) -> bytes:
    """The feed as XML; it was updated when the last of its entries was."""
    listed = tuple(entries)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(feed.tag)}>',
        f"<id>{escape(feed.id)}</id>",
        f"<title>{escape(feed.title)}</title>",
        f"<updated>{_instant(max(entry.updated for entry in listed))}</updated>",
        f"<author><name>{escape(feed.author)}</name></author>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(feed.address)}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(feed.home)}/>',
        f"<icon>{escape(feed.icon)}</icon>",
        *(line for entry in listed for line in _entry(entry, feed.tag)),
        "</feed>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _entry(entry: Entry, tag: str) -> Iterator[str]:
    yield "<entry>"
    yield f"<id>{escape(entry.id)}</id>"
    yield f"<title>{escape(entry.title)}</title>"
    link = f'<link rel="alternate" type="text/html" hreflang="{tag}"'
    yield f"{link} href={quoteattr(entry.address)}/>"
    yield f"<published>{_instant(entry.published)}</published>"
    yield f"<updated>{_instant(entry.updated)}</updated>"
    yield f"<summary>{escape(entry.summary)}</summary>"
    yield f'<content type="html">{escape(entry.content)}</content>'
    yield "</entry>"


def _instant(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def full_text(page: BuiltPage, address: str, notices: str = "") -> str:
    """The text of a brief as HTML for feed readers, which know no style and no script.

    Charts are images at their addresses; figures link to their rows in the annex of the page.
    """
    article = page.required(tag="article")
    splice = Splice(article)
    for element in article.walk():
        if element.tag in _UNSAID or _UNSAID_CLASSES.intersection(element.classes):
            splice.replace(element, "")
        elif element.tag == "figure":
            splice.replace(element, _image(element, address))
        elif element.tag == "h1":
            splice.replace(element, "")
    text = splice.html(article.inner, article.close)
    text = _HREF.sub(lambda link: f"{link[1]}{address}#", _BARE.sub("", text))
    return re.sub(r"\n{2,}", "\n", notices + text).strip()


def _image(figure: Element, address: str) -> str:
    """A figure as an image of the chart with its description, its caption below."""
    svg = figure.first(tag="svg")
    title, subtitle = (figure.first(of_class=name) for name in ("fig-title", "fig-subtitle"))
    if svg is None:
        return ""
    chart = figure.id.removeprefix("chart-")
    described = svg.first(tag="desc") or svg.first(tag="title")
    alt = Markup(described.inner_html).unescape() if described else ""
    said = f"<strong>{title.inner_html}</strong>" if title else ""
    said += f"<br>{subtitle.inner_html}" if subtitle else ""
    image = Markup('<img src="{}charts/{}.svg" alt="{}">').format(address, chart, alt)
    return f"<figure>{image}<figcaption>{said}</figcaption></figure>"
