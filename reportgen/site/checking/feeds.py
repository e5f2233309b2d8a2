"""Rules of feeds: Atom as RFC 4287 wants it, each entry once, its links whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urljoin
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from reportgen.review.rule import Finding, Level, Rule
from reportgen.site.checking import reading
from reportgen.site.checking.addresses import INDEX, Inside
from reportgen.site.checking.contents import ReadSite, found

FILE = "feed.xml"
_ATOM = "{http://www.w3.org/2005/Atom}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})")
_IRI = re.compile(r"[a-z][a-z0-9+.-]*:\S+", re.IGNORECASE)


def feeds(site: ReadSite) -> Iterator[Finding]:
    """Feeds that a reader could not take in, one of each language."""
    for language in site.languages:
        path = f"{language}/{FILE}"
        if path not in site.texts:
            yield found(path, "is no file of the site")
            continue
        try:
            root = ElementTree.fromstring(site.texts[path])
        except ElementTree.ParseError as error:
            yield found(path, f"cannot be read ({error})")
            continue
        if root.tag != f"{_ATOM}feed":
            yield found(path, f"is no feed in Atom, but {root.tag}")
            continue
        for what in (*_of_feed(site, path, language, root), *_of_entries(site, root)):
            yield found(path, what)


def _of_feed(site: ReadSite, path: str, language: str, feed: Element) -> Iterator[str]:
    entries = feed.findall(f"{_ATOM}entry")
    yield from _required(feed)
    yield from _links(site, feed, None)
    if feed.get(f"{_XML}lang", language) != language:
        yield f"says that it is in {feed.get(f'{_XML}lang')}"
    if not _has_author(feed) and not all(map(_has_author, entries)):
        yield "has no author"
    if site.base.of(path) not in _hrefs(feed, "self"):
        yield f"has no link with rel self to {site.base.of(path)}"
    newest = max((moment for entry in entries if (moment := _updated(entry))), default=None)
    own = _updated(feed)
    if own and newest and own != newest:
        yield f"was updated at {own.isoformat()}, its newest entry at {newest.isoformat()}"


def _of_entries(site: ReadSite, feed: Element) -> Iterator[str]:
    entries = feed.findall(f"{_ATOM}entry")
    count = Counter(entry.findtext(f"{_ATOM}id") for entry in entries)
    for id in (id for id, times in count.items() if id and times > 1):
        yield f"has {count[id]} entries with the id {id}"
    for number, entry in enumerate(entries, 1):
        name = entry.findtext(f"{_ATOM}id") or f"number {number}"
        for what in (*_required(entry), *_links(site, entry, feed), *_content(site, entry, feed)):
            yield f"{what}, in the entry {name}"


def _required(element: Element) -> Iterator[str]:
    """What RFC 4287 wants once of a feed and of an entry."""
    for name in ("id", "title", "updated"):
        texts = [(each.text or "").strip() for each in element.findall(_ATOM + name)]
        if len(texts) != 1 or not texts[0]:
            yield f"has {len([*filter(None, texts)]) or 'no'} {name}"
        elif name == "id" and not _IRI.fullmatch(texts[0]):
            yield f"has the id {texts[0]!r}, which is no IRI"
        elif name == "updated" and _updated(element) is None:
            yield f"was updated at {texts[0]!r}, which is no moment with its zone"


def _updated(element: Element) -> datetime | None:
    text = (element.findtext(f"{_ATOM}updated") or "").strip()
    try:
        return datetime.fromisoformat(text) if _MOMENT.fullmatch(text) else None
    except ValueError:
        return None


def _has_author(element: Element) -> bool:
    return bool((element.findtext(f"{_ATOM}author/{_ATOM}name") or "").strip())


def _hrefs(element: Element, relation: str) -> list[str]:
    links = element.findall(f"{_ATOM}link")
    return [link.get("href", "") for link in links if link.get("rel", "alternate") == relation]


def _links(site: ReadSite, element: Element, feed: Element | None) -> Iterator[str]:
    """What is wrong with where a feed or an entry leads."""
    for link in element.findall(f"{_ATOM}link"):
        yield from _astray(site, link.get("href", ""), _base(feed, element, link))


def _content(site: ReadSite, entry: Element, feed: Element) -> Iterator[str]:
    """Whether an entry has its text, and where that leads."""
    content = entry.find(f"{_ATOM}content")
    if content is None or not "".join(content.itertext()).strip():
        yield "has no content"
        return
    base = _base(feed, entry, content)
    if content.get("type") == "xhtml":
        addresses = [each.get(name) for each in content.iter() for name in ("href", "src")]
    else:
        page = reading.read(FILE, content.text or "")
        addresses = [reference.address for reference in page.references]
    for address in dict.fromkeys(filter(None, addresses)):
        yield from _astray(site, address, base)


def _base(*elements: Element | None) -> str:
    """What relative addresses within are relative to; empty where nothing says it."""
    base = ""
    for element in elements:
        if element is not None:
            base = urljoin(base, element.get(f"{_XML}base", ""))
    return base


def _astray(site: ReadSite, address: str, base: str) -> Iterator[str]:
    try:
        whole = urljoin(base, address)
        target = site.base.leads(INDEX, whole)
    except ValueError:
        yield f"links to {address!r}, which is no address"
        return
    if not _IRI.fullmatch(whole):
        yield f"links to {address!r}, which is relative, and has no xml:base"
    elif isinstance(target, Inside) and site.lacks(target):
        yield f"links to {site.lacks(target)}"


RULES = (
    Rule(
        "site.feed",
        Level.ERROR,
        "Each language has a feed that keeps to Atom (RFC 4287); its links lead somewhere.",
        feeds,
    ),
)
