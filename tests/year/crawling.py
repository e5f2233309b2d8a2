"""A crawler of its own, which knows nothing of how the site is made: HTTP and an HTML parser."""

from __future__ import annotations

import http.client
import json
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

# Attributes that hold an address, whatever the element.
ADDRESSES = ("href", "src", "action", "poster", "xlink:href", "data-pagefind", "data-words")
# Of these meta elements the content is one.
META = ("og:url", "og:image")


@dataclass(eq=False)
class Page(HTMLParser):
    """A page: its ids, its links by full address, its versions in other languages."""

    address: str
    language: str = ""
    canonical: str = ""
    indexed: bool = True
    ids: set[str] = field(default_factory=set)
    twice: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)
    alternates: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()
        self._data: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in attrs}
        if id := own.get("id"):
            (self.twice if id in self.ids else self.ids).add(id)
        found = [own[name] for name in ADDRESSES if own.get(name)]
        match tag, own:
            case "html", {"lang": language}:
                self.language = language
            case "link", {"rel": "canonical", "href": href}:
                self.canonical = href
            case "link", {"rel": "alternate", "hreflang": language, "href": href}:
                self.alternates[language] = href
            case "meta", {"name": "robots", "content": content}:
                self.indexed = "noindex" not in content
            case "meta", {"property": name, "content": content} if name in META:
                found.append(content)
            case "script", {"type": "application/ld+json"}:
                self._data = []
        self.links.update(urljoin(self.address, address.strip()) for address in found)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        if self._data is not None:
            self._data.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._data is not None:
            self.links.update(_addresses(json.loads("".join(self._data))))
            self._data = None


def _addresses(data: Any) -> Iterator[str]:
    """Every address in a JSON-LD object."""
    match data:
        case dict():
            for name, value in data.items():
                if name != "@context":
                    yield from _addresses(value)
        case list():
            for value in data:
                yield from _addresses(value)
        case str() if data.startswith(("http://", "https://")):
            yield data


class Crawl:
    """What a site below ``root`` answers: status by address, and its pages by theirs."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.statuses: dict[str, int] = {}
        self.pages: dict[str, Page] = {}
        self._connection = http.client.HTTPConnection(urlsplit(root).netloc, timeout=60)

    def close(self) -> None:
        """Ends the connection."""
        self._connection.close()

    def status_of(self, address: str) -> int:
        """Asks for an address, once; a page is read."""
        if address not in self.statuses:
            parts = urlsplit(address)
            query = f"?{parts.query}" if parts.query else ""
            self._connection.request("GET", parts.path + query)
            answer = self._connection.getresponse()
            content = answer.read()
            self.statuses[address] = answer.status
            if answer.status == 200 and answer.headers["Content-Type"].startswith("text/html"):
                page = self.pages[address] = Page(address)
                page.feed(content.decode("utf-8"))
                page.close()
        return self.statuses[address]

    def faults_of(self, links: Iterable[str], where: str) -> Iterator[str]:
        """What is wrong with links that stay on the site: no such file, no such place on it."""
        for link in links:
            address, anchor = urldefrag(link)
            if not address.startswith(self.root):
                if urlsplit(address).netloc == urlsplit(self.root).netloc:
                    yield f"{where}: {link} leaves the folder of the site"
                continue
            status = self.status_of(address)
            if status != 200:
                yield f"{where}: {link} is answered with {status}"
            elif anchor and unquote(anchor) not in self.pages[address].ids:
                yield f"{where}: {link} has no such place"


def crawl(root: str, starts: Iterable[str]) -> Crawl:
    """Follows every link within the site, one request an address."""
    found = Crawl(root)
    waiting = deque(root + start for start in starts)
    while waiting:
        address = waiting.popleft()
        if address in found.statuses or not address.startswith(root):
            continue
        found.status_of(address)
        if address in found.pages:
            waiting += sorted(urldefrag(link).url for link in found.pages[address].links)
    return found
