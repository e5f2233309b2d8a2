"""A small site, whole and valid: two languages, a brief with an earlier version, a feed of each."""

from __future__ import annotations

import json
import posixpath
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path

from reportgen.site import listing

BASE = "https://example.org/briefs"
AS_OF = "2025-12-02"
LANGUAGES = {"en": "Liquidity", "zh-Hans": "流动性"}
ASSETS = {"css": "assets/site.1a2b3c.css", "js": "assets/site.4d5e6f.js"}
CARD = f"en/{AS_OF}/card.png"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'self'"
)


def address(path: str) -> str:
    """Where a page or a file is read."""
    return f"{BASE}/{path.removesuffix('index.html')}"


def way(here: str, there: str) -> str:
    """The relative address of a file, of a page that of its folder."""
    to = posixpath.relpath(there.removesuffix("index.html") or ".", posixpath.dirname(here) or ".")
    return f"{to}/" if there.endswith("index.html") else to


def alternates(path: str, default: str = "") -> dict[str, str]:
    """The addresses of a page by language; those of a page of several languages are none."""
    tag, _, rest = path.partition("/")
    if tag not in LANGUAGES and not default:
        return {}
    found = {tag: address(f"{tag}/{rest or 'index.html'}") for tag in LANGUAGES}
    return {**found, "x-default": address(default or f"en/{rest}")}


def page(path: str, body: str, *, default: str = "", indexable: bool = True) -> str:
    """A page; of 404.html every address begins at the root."""
    tag = path.partition("/")[0] if path.partition("/")[0] in LANGUAGES else "en"
    lost = path == "404.html"
    root = "/briefs/" if lost else way(path, "index.html")
    links = (
        "".join(
            f'<link rel="alternate" hreflang="{language}" href="{url}">\n'
            for language, url in alternates(path, default).items()
        )
        if indexable
        else '<meta name="robots" content="noindex">\n'
    )
    about = {"@context": "https://schema.org", "@type": "Article", "url": address(path)}
    return f"""<!doctype html>
<html lang="{tag}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<title>{LANGUAGES[tag]} of {path}</title>
<meta name="description" content="What {path} says.">
<link rel="stylesheet" href="{root}{ASSETS["css"]}">
<link rel="canonical" href="{address(path)}">
{links}<link rel="alternate" type="application/atom+xml" href="{root}{tag}/feed.xml">
<meta property="og:title" content="{path}">
<meta property="og:type" content="article">
<meta property="og:url" content="{address(path)}">
<meta property="og:image" content="{BASE}/{CARD}">
<meta property="og:image:width" content="4">
<script type="application/ld+json">{json.dumps(about)}</script>
<script type="module" src="{root}{ASSETS["js"]}"></script>
</head>
<body>
<a href="#main">Skip</a>
<nav><a href="{root}{tag}/">Home</a> <a href="{root}{tag}/archive/">All</a></nav>
<main id="main">
{body}
</main>
<footer><a href="https://www.federalreserve.gov/releases/h41/">H.4.1</a>
<a href="mailto:desk@example.org">Mail</a></footer>
</body>
</html>
"""


def brief(path: str, beside: str) -> str:
    """The text of a brief: a figure with its row, a drawing, a table, downloads, a form."""
    pdf, search = way(path, f"en/{AS_OF}/brief.pdf"), way(path, "en/search/index.html")
    return f"""<h1 id="title">Repo</h1>
<p><data value="26"><a href="#fact-srf">$26 billion</a></data>
<a href="{way(path, beside)}">Beside</a></p>
<svg role="img" aria-labelledby="qt-title"><title id="qt-title">Assets</title>
<clipPath id="qt-clip"><path d="M0 0h9"/></clipPath><path clip-path="url(#qt-clip)" d="M0 0h9"/>
<use href="{way(path, "assets/icons.7a8b9c.svg")}#arrow"/></svg>
<script type="application/json" class="chart-values">{{"id": "<a href='nowhere'>"}}</script>
<img src="{way(path, CARD)}" srcset="{way(path, CARD)} 1x, {way(path, CARD)} 2x" alt="">
<!-- <a href="nowhere"> -->
<table><tr><th id="fact-srf" scope="row">SRF</th></tr></table>
<form action="{search}"><label for="q">Words</label><input id="q" name="q"></form>
<p><a href="{pdf}#page=2">PDF</a> <a href="charts/qt.csv">CSV</a></p>"""


def feed(tag: str) -> str:
    """The feed of a language, with the whole text of its two entries."""
    entries = "".join(
        f"""<entry>
<id>tag:example.org,2025:{tag}/{name}</id>
<title>Brief {name}</title>
<updated>{moment}</updated>
<link href="{address(f"{tag}/{AS_OF}/index.html")}#{anchor}"/>
<content type="html">&lt;p&gt;See
&lt;a href="{BASE}/{tag}/{AS_OF}/charts/qt.csv"&gt;the data&lt;/a&gt;.</content>
</entry>
"""
        for name, moment, anchor in (
            ("new", "2025-12-02T22:00:00Z", "title"),
            ("old", "2025-11-25T17:00:00-05:00", "fact-srf"),
        )
    )
    return f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{tag}">
<id>tag:example.org,2025:{tag}</id>
<title>{LANGUAGES[tag]}</title>
<updated>2025-12-02T22:00:00Z</updated>
<author><name>Desk</name></author>
<link rel="self" href="{BASE}/{tag}/feed.xml"/>
<link href="{address(f"{tag}/index.html")}"/>
{entries}</feed>
"""


def sitemap(pages: Mapping[str, str]) -> str:
    """The sitemap of pages; ``pages`` has the x-default of each by path."""
    urls = ""
    for path, default in pages.items():
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{tag}" href="{url}"/>'
            for tag, url in alternates(path, default).items()
        )
        urls += f"<url><loc>{address(path)}</loc><lastmod>{AS_OF}</lastmod>{links}</url>\n"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{urls}</urlset>\n'
    )


def png(width: int, height: int) -> bytes:
    """A grey image."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        sum_ = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", sum_)

    rows = (b"\0" + b"\x80" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def files() -> dict[str, bytes]:
    """Every file of the site by path, without its listing."""
    both = f"parallel/{AS_OF}/index.html"
    pages = {"index.html": page("index.html", "Choose", default="index.html")}
    indexed = {"index.html": "index.html", both: ""}
    for tag in LANGUAGES:
        here = f"{tag}/{AS_OF}/index.html"
        bodies = {
            f"{tag}/index.html": f'<a href="{AS_OF}/#title">The newest</a>',
            f"{tag}/archive/index.html": f'<a href="../{AS_OF}/">{AS_OF}</a>',
            f"{tag}/search/index.html": "<p>Words</p>",
            here: brief(here, both),
        }
        for path, body in bodies.items():
            indexed[path] = "index.html" if path == f"{tag}/index.html" else ""
            pages[path] = page(path, body, default=indexed[path])
        former = f"{tag}/{AS_OF}/v1/index.html"
        pages[former] = page(former, '<a href="../">The newest version</a>', indexable=False)
    pages[both] = page(both, "<p>Both</p>")
    pages["404.html"] = page("404.html", "<p>Nothing here</p>", indexable=False)
    made = {
        **pages,
        **{f"{tag}/feed.xml": feed(tag) for tag in LANGUAGES},
        "sitemap.xml": sitemap(indexed),
        "robots.txt": f"User-agent: *\nAllow: /\nSitemap: {BASE}/sitemap.xml\n",
        ASSETS["css"]: '@import "./more.css";\nbody { background: url("icons.7a8b9c.svg"); }\n',
        "assets/more.css": "p { margin: 0 }\n",
        ASSETS["js"]: 'import { draw } from "./draw.0d1e2f.js";\ndraw();\n',
        "assets/draw.0d1e2f.js": "export const draw = () => {};\n",
        "assets/icons.7a8b9c.svg": '<svg xmlns="http://www.w3.org/2000/svg"><g id="arrow"/></svg>',
        f"en/{AS_OF}/brief.pdf": "%PDF-1.7\n",
        f"en/{AS_OF}/charts/qt.csv": "date,value\n",
        f"zh-Hans/{AS_OF}/charts/qt.csv": "date,value\n",
        "pagefind/pagefind.js": 'import "./nothing.js"\n',
    }
    return {**{path: text.encode() for path, text in made.items()}, CARD: png(4, 2)}


def write(folder: Path, contents: Mapping[str, bytes]) -> Path:
    """The site on the disk, with the listing of just these files."""
    listed = listing.list_files(BASE, contents)
    for path, content in {**contents, listing.FILE: listed.to_json()}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder
