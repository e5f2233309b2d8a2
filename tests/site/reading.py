"""Pages of a site as readers have them."""

from __future__ import annotations

import re
from pathlib import Path

import html5lib


def text_of(html: str) -> str:
    """The text of a page or a part of one, every space a plain one."""
    shown = re.sub(r"<(script|style|svg|template)\b.*?</\1>", " ", html, flags=re.DOTALL)
    plain = re.sub(r"<[^>]+>", "", re.sub(r"</?(?:p|li|h\d|td|th|tr|div)\b[^>]*>", " ", shown))
    for sign, meant in (("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&#39;", "'")):
        plain = plain.replace(sign, meant)
    return " ".join(plain.replace("\N{NO-BREAK SPACE}", " ").split())


def page(site: Path, path: str) -> str:
    """The HTML of a page, which has to be valid."""
    html = (site / path / "index.html").read_text(encoding="utf-8")
    html5lib.HTMLParser(strict=True).parse(html)
    return html


def links(html: str, **attributes: str) -> list[str]:
    """The addresses of links that have these attributes, in order."""
    found = []
    for tag in re.findall(r"<(?:a|link)\b[^>]*>", html):
        own = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        if all(own.get(name.replace("_", "-")) == value for name, value in attributes.items()):
            found.append(own.get("href", ""))
    return found
