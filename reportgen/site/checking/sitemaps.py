"""Rules of what search engines read: the sitemap, and robots.txt, which names it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

from reportgen.review.rule import Finding, Level, Rule
from reportgen.site.checking.contents import ReadSite, found

FILE = "sitemap.xml"
ROBOTS = "robots.txt"
_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_OF_URL = {f"{_SITEMAP}{name}" for name in ("loc", "lastmod", "changefreq", "priority")}
_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})")
# What the protocol allows in one file.
_URLS, _BYTES = 50_000, 50 * 2**20


def sitemap(site: ReadSite) -> Iterator[Finding]:
    """A sitemap that does not keep to the protocol, or is not that of these pages."""
    content = site.texts.get(FILE)
    if content is None:
        yield found(FILE, "is no file of the site")
        return
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        yield found(FILE, f"cannot be read ({error})")
        return
    if root.tag != f"{_SITEMAP}urlset":
        yield found(FILE, f"is no urlset of the protocol, but {root.tag}")
        return
    if len(root) > _URLS or len(content) > _BYTES:
        yield found(FILE, "is larger than the protocol allows: 50,000 addresses, 50 MiB")
    seen: list[str] = []
    for url in root:
        address = (url.findtext(f"{_SITEMAP}loc") or "").strip()
        seen.append(address)
        yield from _entry(site, url, address)
    yield from _complete(site, seen)


def _entry(site: ReadSite, url: ElementTree.Element, address: str) -> Iterator[Finding]:
    for child in url:
        if child.tag.startswith(_SITEMAP) and child.tag not in _OF_URL:
            yield found(FILE, f"has an element that the protocol has not: {child.tag}")
    for lastmod in url.iterfind(f"{_SITEMAP}lastmod"):
        if not _is_moment((lastmod.text or "").strip()):
            yield found(FILE, f"has the lastmod {lastmod.text!r} of {address}, which is no date")
    page = site.pages.get(site.base.file_of(address) or "")
    if page is None or site.base.of(page.path) != address:
        yield found(FILE, f"lists {address!r}, which is no page of the site")
        return
    if not page.indexable:
        yield found(FILE, f"lists {page.path}, which is not to be indexed")
        return
    links = [
        (link.get("hreflang", ""), link.get("href", ""))
        for link in url.iterfind(f"{_XHTML}link")
        if link.get("rel") == "alternate"
    ]
    if sorted(links) != sorted(page.alternates):
        yield found(FILE, f"has other alternates of {page.path} than the page itself")


def _complete(site: ReadSite, seen: list[str]) -> Iterator[Finding]:
    for address in (address for address, times in Counter(seen).items() if times > 1):
        yield found(FILE, f"lists {address} more than once")
    for path, page in site.pages.items():
        if page.indexable and site.base.of(path) not in seen:
            yield found(FILE, f"does not list {path}, which is to be indexed")


def _is_moment(text: str) -> bool:
    """Whether this is a W3C date and time: a year, a month, a day, or a moment with its zone."""
    if not _DAY.fullmatch(text) and not _MOMENT.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text + "-01" * (2 - text.count("-")) if len(text) < 10 else text)
    except ValueError:
        return False
    return True


def robots(site: ReadSite) -> Iterator[Finding]:
    """A robots.txt that does not name the sitemap, or forbids what it lists."""
    content = site.texts.get(ROBOTS)
    if content is None:
        yield found(ROBOTS, "is no file of the site")
        return
    rules = RobotFileParser()
    rules.parse(content.decode("utf-8", "replace").splitlines())
    if site.base.of(FILE) not in (rules.site_maps() or ()):
        yield found(ROBOTS, f"does not name the sitemap {site.base.of(FILE)}")
    for path, page in site.pages.items():
        if page.indexable and not rules.can_fetch("*", site.base.of(path)):
            yield found(ROBOTS, f"forbids {path}, which is to be indexed")


RULES = (
    Rule(
        "site.sitemap",
        Level.ERROR,
        "sitemap.xml keeps to the protocol and lists each page to be indexed, with its alternates.",
        sitemap,
    ),
    Rule(
        "site.robots",
        Level.ERROR,
        "robots.txt names the sitemap and forbids no page that it lists.",
        robots,
    ),
)
