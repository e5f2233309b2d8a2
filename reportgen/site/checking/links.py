"""Rules of links: each leads to a file of the site and to a place that is on it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.review.rule import Finding, Level, Rule
from reportgen.site.checking.addresses import Inside, Outside
from reportgen.site.checking.contents import ReadSite, found
from reportgen.site.checking.page import NOT_FOUND, Use

# `data` is what a page carries itself.
_SCHEMES = ("http", "https", "mailto", "tel", "data")
_HERE = re.compile(r"(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?")


def files(site: ReadSite) -> Iterator[Finding]:
    """Addresses that lead to no file of the site, and such as nobody else can follow."""
    for link in site.links:
        match link.target:
            case None:
                yield found(link.file, f"links to {link.address!r}, which is no address")
            case Inside(path, _) if path not in site.listed:
                yield found(link.file, f"links to {site.lacks(link.target)}")
            case Outside(astray=True):
                what = f"links to {link.address!r}, which leads out of the site"
                yield found(link.file, what)
            case Outside(scheme, host) if scheme not in _SCHEMES or _HERE.fullmatch(host):
                what = f"links to {link.address!r}, which nobody else can follow"
                yield found(link.file, what)


def anchors(site: ReadSite) -> Iterator[Finding]:
    """Anchors that are not on the page they are looked for on, and ids that nothing has."""
    for link in site.links:
        target = link.target
        if isinstance(target, Inside) and target.path in site.listed and site.lacks(target):
            yield found(link.file, f"links to {site.lacks(target)}")
    for path, page in site.pages.items():
        for id in sorted(page.named - page.ids):
            yield found(path, f"names the id {id!r}, which nothing on it has")


def ids(site: ReadSite) -> Iterator[Finding]:
    """Ids that several elements of a page have."""
    for path, page in site.pages.items():
        for id in page.repeated:
            yield found(path, f"has the id {id!r} more than once")


def relative(site: ReadSite) -> Iterator[Finding]:
    """Addresses within the site that hold at one depth, or at one host, alone."""
    for link in site.links:
        if not isinstance(link.target, Inside) or link.use is Use.STATED:
            continue
        if link.file == NOT_FOUND:
            if not link.address.startswith(("#", site.base.path)):
                remedy = f"begin it with {site.base.path}: the page is read at any depth"
                yield found(link.file, f"links to {link.address!r}, which is relative", remedy)
        elif link.address.startswith(("/", "http:", "https:")):
            remedy = "write it relative, so that the site can be looked at elsewhere"
            yield found(link.file, f"links to {link.target.path} by {link.address!r}", remedy)


RULES = (
    Rule("site.link", Level.ERROR, "Every address within the site leads to a file of it.", files),
    Rule(
        "site.anchor",
        Level.ERROR,
        "Every anchor and every id that is named is on the page it is looked for on.",
        anchors,
    ),
    Rule("site.id", Level.ERROR, "No two elements of a page have the same id.", ids),
    Rule(
        "site.relative",
        Level.ERROR,
        "Pages link to each other by relative addresses, 404.html by paths from the root.",
        relative,
    ),
)
