"""Rules of a page as a whole: what it is called, where it is, how others show it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from reportgen.review.rule import Finding, Level, Rule
from reportgen.site.checking.addresses import Inside
from reportgen.site.checking.contents import ReadSite, found
from reportgen.site.checking.page import Page

_CARD = ("og:title", "og:type", "og:url", "og:image")


def drafts(site: ReadSite) -> Iterator[Finding]:
    """Pages of a brief that was built as a draft."""
    for path, page in site.pages.items():
        if page.draft:
            remedy = "build the brief without --draft, and run reportgen site again"
            yield found(path, "was built as a draft", remedy)


def titles(site: ReadSite) -> Iterator[Finding]:
    """Pages without a title or a description, or with several."""
    for path, page in site.pages.items():
        parts = {"title": page.titles, "description": page.meta.get("description", ())}
        for name, texts in parts.items():
            if len(texts) != 1 or not texts[0]:
                yield found(path, f"has {len([*filter(None, texts)]) or 'no'} {name}")


def canonicals(site: ReadSite) -> Iterator[Finding]:
    """Pages that do not say their own address."""
    for path, page in site.pages.items():
        own = site.base.of(path)
        if page.indexable and page.canonicals != (own,):
            stated = ", ".join(page.canonicals) or "none"
            yield found(path, f"has the canonical address {stated}, and is {own}")
        for address in () if page.indexable else page.canonicals:
            if site.base.file_of(address) not in site.pages:
                yield found(path, f"has the canonical address {address}, which is no page")


def cards(site: ReadSite) -> Iterator[Finding]:
    """Pages that others cannot show with title, kind, address and image."""
    for page in site.pages.values():
        if page.indexable:
            yield from _card(site, page)


def _card(site: ReadSite, page: Page) -> Iterator[Finding]:
    said = {name: page.meta.get(name, ("",))[0] for name in _CARD}
    for name in (name for name, value in said.items() if not value):
        yield found(page.path, f"has no {name}")
    if said["og:url"] and (said["og:url"],) != page.canonicals:
        yield found(page.path, f"has the og:url {said['og:url']}, which is not its canonical one")
    if said["og:image"]:
        yield from _image(site, page, said["og:image"])


def _image(site: ReadSite, page: Page, address: str) -> Iterator[Finding]:
    path = site.base.file_of(address)
    if path is None:
        yield found(page.path, f"has the og:image {address}, which is not of the site")
    elif path in site.listed:
        size = site.images.get(path)
        if size is None:
            yield found(page.path, f"has the og:image {path}, which is no PNG")
            return
        for side, pixels in zip(("width", "height"), size, strict=True):
            for stated in page.meta.get(f"og:image:{side}", ()):
                if stated != str(pixels):
                    what = f"says og:image:{side} {stated} of {path}, which has {pixels}"
                    yield found(page.path, what)


def linked_data(site: ReadSite) -> Iterator[Finding]:
    """JSON-LD that cannot be read, or says not what it is about."""
    for path, page in site.pages.items():
        for text in page.linked_data:
            try:
                content = json.loads(text)
            except ValueError as error:
                yield found(path, f"has JSON-LD that cannot be read ({error})")
                continue
            yield from _described(site, path, content)


def _described(site: ReadSite, path: str, content: Any) -> Iterator[Finding]:
    for thing in content if isinstance(content, list) else [content]:
        if not isinstance(thing, dict) or not thing.get("@context"):
            yield found(path, "has JSON-LD without @context")
            continue
        graph = thing.get("@graph", [thing])
        if not all(isinstance(each, dict) and each.get("@type") for each in graph):
            yield found(path, "has JSON-LD without @type")
    for address in _addresses(content):
        target = site.base.leads(path, address) if site.base.file_of(address) else None
        if isinstance(target, Inside) and site.lacks(target):
            yield found(path, f"has JSON-LD that names {site.lacks(target)}")


def _addresses(content: Any) -> Iterator[str]:
    """Every text in JSON that is an absolute address."""
    if isinstance(content, str):
        if content.startswith(("http:", "https:")):
            yield content
    elif isinstance(content, list | dict):
        for each in content.values() if isinstance(content, dict) else content:
            yield from _addresses(each)


RULES = (
    Rule("site.draft", Level.ERROR, "No page was built as a draft.", drafts),
    Rule("site.title", Level.ERROR, "Each page has one title and one description.", titles),
    Rule(
        "site.canonical",
        Level.ERROR,
        "Each page states its own address; one that is not to be indexed may state another page's.",
        canonicals,
    ),
    Rule(
        "site.card",
        Level.ERROR,
        "Each page has Open Graph title, type, canonical address and, as image, a PNG of the site.",
        cards,
    ),
    Rule(
        "site.data",
        Level.ERROR,
        "JSON-LD can be read, has @context and @type, and names nothing that the site lacks.",
        linked_data,
    ),
)
