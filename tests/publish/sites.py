"""Small sites whose pages say which edition they are, and load and link to one another."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin

from reportgen.site import listing as listings
from reportgen.site.listing import Listing, digest

BASE_URL = "https://briefs.example.com"
BRIEF = "en/2025-12-02/index.html"
OLD_BRIEF = "en/2025-11-25/index.html"
HOMES = ("en/index.html", "index.html")
FEEDS = ("en/feed.xml", "sitemap.xml")

_PAGE = """<!doctype html><title>{title}</title><p class="edition">{edition}</p>
<link rel="stylesheet" href="/{style}"><a href="/en/">Home</a> <a href="/en/archive/">Archive</a>
{links}
"""
_LINK = re.compile(r'href="([^"]+)"')
_EDITION = re.compile(r"edition\W+([A-Za-z0-9]+)")


def files(edition: str, only: str = "") -> dict[str, bytes]:
    """The files of an edition; ``only`` names a brief that this edition alone has."""
    style = f"p::before {{ content: '{edition}' }}".encode()
    style_path = f"assets/site.{digest(style)[:8]}.css"
    briefs = ("2025-11-25", "2025-12-02", *([only] if only else []))
    drawing = b"<svg xmlns='http://www.w3.org/2000/svg'/>"

    def page(title: str, *links: str) -> bytes:
        shown = "\n".join(f'<a href="{link}">{link}</a>' for link in links)
        text = _PAGE.format(title=title, edition=edition, style=style_path, links=shown)
        return text.encode()

    made = {
        style_path: style,
        f"assets/mark.{digest(drawing)[:8]}.svg": drawing,
        f"pagefind/fragment/en_{digest(style)[:7]}.pf_fragment": edition.encode(),
        "pagefind/pagefind-entry.json": f'{{"edition": "{edition}"}}'.encode(),
        "index.html": page("Briefs", "/en/feed.xml"),
        "404.html": page("Not found"),
        "robots.txt": b"Sitemap: sitemap.xml\n",
        "en/index.html": page("Home", *(f"/en/{day}/" for day in briefs)),
        "en/archive/index.html": page("Archive", *(f"/en/{day}/" for day in briefs)),
        "en/feed.xml": f"<feed><id>edition:{edition}</id></feed>".encode(),
        "sitemap.xml": f"<urlset><!-- edition:{edition} --></urlset>".encode(),
    }
    for day in briefs:
        beside = [f"/en/{other}/" for other in briefs if other != day]
        made[f"en/{day}/index.html"] = page(day, f"/en/{day}/brief.pdf", *beside)
        made[f"en/{day}/brief.pdf"] = f"%PDF of {day}, edition:{edition}".encode()
    return made


def build(folder: Path, edition: str, only: str = "") -> Listing:
    """A built site in a folder."""
    contents = files(edition, only)
    listing = listings.list_files(BASE_URL, contents)
    for path, content in {**contents, listings.FILE: listing.to_json()}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return listing


def edition_of(content: bytes) -> str:
    """The edition that a page or feed says it is of."""
    found = _EDITION.search(content.decode())
    assert found, content
    return found[1]


def linked(path: str, page: bytes) -> list[str]:
    """The paths of the files that a page loads or links to."""
    targets = [urljoin(f"/{path}", link).lstrip("/") for link in _LINK.findall(page.decode())]
    return [
        f"{target}index.html" if target.endswith("/") or not target else target
        for target in targets
    ]
