"""Where the pages of a site stand: paths, links between them, addresses on the web."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlsplit

INDEX = "index.html"
FEED = "feed.xml"
PARALLEL = "parallel"


@dataclass(frozen=True, slots=True)
class Place:
    """A page: the folder of its language, its path below, and the languages that have it too.

    ``path`` ends in a slash or is empty, which is the home page. A page that is not ``indexed`` is
    left to those who follow a link to it. What is served in place of others has a ``fixed_root``.
    """

    tag: str
    path: str
    tags: tuple[str, ...]
    indexed: bool = True
    fixed_root: str = ""

    @property
    def folder(self) -> str:
        """The path from the root of the site; it ends in a slash."""
        return f"{self.tag}/{self.path}" if self.tag else self.path

    @property
    def file(self) -> str:
        """The file that is served for it."""
        return self.folder + INDEX

    @property
    def root(self) -> str:
        """How a link on it begins that counts from the root of the site."""
        return self.fixed_root or "../" * self.folder.count("/") or "./"

    def address(self, base_url: str) -> str:
        """The address on the web."""
        return f"{base_url}/{quote(self.folder)}"

    def alternates(self, base_url: str) -> tuple[tuple[str, str], ...]:
        """Every language's address of this page, and that for readers of any other.

        Of home pages that is the choice of language; of others the page in the first language.
        """
        if not self.indexed:
            return ()
        found = tuple((tag, f"{base_url}/{tag}/{quote(self.path)}") for tag in self.tags)
        elsewhere = f"{base_url}/" if not self.path else found[0][1]
        return (*found, ("x-default", elsewhere))


def of_brief(tag: str, as_of: date, tags: tuple[str, ...]) -> Place:
    """The page of a brief."""
    return Place(tag, f"{as_of.isoformat()}/", tags)


def of_version(tag: str, as_of: date, number: int, tags: tuple[str, ...]) -> Place:
    """The page of a version that is no longer the current one."""
    return Place(tag, f"{as_of.isoformat()}/v{number}/", tags, indexed=False)


def of_both(as_of: date, tags: tuple[str, ...] = ()) -> Place:
    """The page with two languages side by side."""
    return Place(PARALLEL, f"{as_of.isoformat()}/", tags, indexed=False)


def path_on_host(base_url: str) -> str:
    """The path of the site on its host, with a slash at both ends."""
    return urlsplit(base_url).path.rstrip("/") + "/"


def tag_uri(base_url: str, day: date, rest: str) -> str:
    """A name that stays when an address does not (RFC 4151)."""
    parts = urlsplit(base_url)
    return f"tag:{parts.hostname},{day.isoformat()}:{parts.path.strip('/')}/{rest}"
