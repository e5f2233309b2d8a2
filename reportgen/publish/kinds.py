"""What kind of file a path of the site is: how it is served, and when it takes its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import IntEnum
from pathlib import PurePosixPath

from reportgen.site.listing import Listing, digest

# The hash of its content is part of the name: a new content gets a new name. Pagefind's files
# (en_1a2b3c4.pf_fragment) are named in the same way.
_HASHED = re.compile(r"\.[0-9a-f]{8,}\.[a-z0-9]+(\.map)?$|_[0-9a-f]{6,}\.pf_[a-z]+$")
_A_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_HOME_DEPTH = 2
YEAR_SECONDS = 365 * 24 * 60 * 60

_CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}


class Turn(IntEnum):
    """When a changed file takes its place, where files can only be replaced one by one.

    What is linked to goes before what links to it: a download, its brief, the pages that list
    briefs, the home page of a language and of the site, then what machines read.
    """

    DOWNLOAD = 0
    BRIEF = 1
    PAGE = 2
    LANGUAGE_HOME = 3
    HOME = 4
    FEED = 5


def is_hashed(path: str) -> bool:
    """Whether a file never changes under its name; False for a path that leaves the site."""
    return bool(_HASHED.search(path)) and ".." not in PurePosixPath(path).parts


def turn(path: str) -> Turn:
    """When a file takes its place."""
    pure = PurePosixPath(path)
    if pure.suffix == ".xml" or pure.name in ("robots.txt", "pagefind-entry.json"):
        return Turn.FEED
    if pure.suffix != ".html":
        return Turn.DOWNLOAD
    if pure.name == "index.html" and len(pure.parts) <= _HOME_DEPTH:
        return Turn.HOME if len(pure.parts) == 1 else Turn.LANGUAGE_HOME
    return Turn.BRIEF if any(_A_DAY.match(part) for part in pure.parts) else Turn.PAGE


def content_type(path: str) -> str:
    """The media type a file is served with; Pagefind's own kinds are bytes."""
    pure = PurePosixPath(path)
    if pure.name == "feed.xml":
        return "application/atom+xml; charset=utf-8"
    return _CONTENT_TYPES.get(pure.suffix, "application/octet-stream")


def cache_control(path: str, page_seconds: int) -> str:
    """How long browsers and proxies may keep a file without asking again."""
    if is_hashed(path):
        return f"public, max-age={YEAR_SECONDS}, immutable"
    return f"public, max-age={page_seconds}, must-revalidate"


def header_rules(page_seconds: int) -> str:
    """Tells one set of rules for content types and caches from another."""
    caches = [cache_control(path, page_seconds) for path in ("index.html", "site.00000000.css")]
    return digest(repr((sorted(_CONTENT_TYPES.items()), caches)).encode())[:12]


def assets_beside(before: Listing, listing: Listing) -> Mapping[str, str]:
    """The hashed assets of the site before that a listing does not have.

    They stay beside the new site for readers who loaded a page just before the switch, without
    being in its listing.
    """
    return {
        path: checksum
        for path, checksum in before.files.items()
        if is_hashed(path) and path not in listing.files
    }
