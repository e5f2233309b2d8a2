"""Where an address on a page leads: to a file of the site, to another host, or astray."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, unquote, urljoin, urlsplit

INDEX = "index.html"


@dataclass(frozen=True, slots=True)
class Inside:
    """A path in the site, not yet known to be a file, with the anchor that is asked for."""

    path: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Outside:
    """An address beyond the site; ``host`` is empty where it has none, as that of a mail.

    ``astray`` when it is written as a way within the site and leads out of it.
    """

    scheme: str
    host: str
    astray: bool = False


@dataclass(frozen=True, slots=True)
class Base:
    """Where the site is read: an address without a slash at its end."""

    url: str

    @property
    def path(self) -> str:
        """The path of every address of the site begins so; it ends with a slash."""
        return urlsplit(self.url).path + "/"

    def of(self, path: str) -> str:
        """The address of a file, a page named by its folder."""
        folder, slash, name = path.rpartition("/")
        shown = folder + slash if name == INDEX else path
        return f"{self.url}/{quote(shown)}"

    def leads(self, page: str, address: str) -> Inside | Outside:
        """Where an address leads that stands in the file ``page``; ValueError when it is none."""
        if address.startswith("#"):
            return Inside(page, unquote(address[1:]))
        own = urlsplit(address)
        parts = urlsplit(urljoin(self.of(page), address))
        if parts.scheme not in ("http", "https"):
            return Outside(parts.scheme, "")
        home = urlsplit(self.url)
        same = (parts.scheme, parts.netloc) == (home.scheme, home.netloc)
        if not same or not (parts.path + "/").startswith(self.path):
            return Outside(parts.scheme, parts.netloc, astray=not own.scheme and not own.netloc)
        path = unquote(parts.path[len(self.path) :])
        if path == "" or path.endswith("/"):
            path += INDEX
        return Inside(path, unquote(parts.fragment))

    def file_of(self, address: str) -> str | None:
        """The path of what an absolute address of the site names; None for any other."""
        if not (address + "/").startswith(self.url + "/"):
            return None
        found = self.leads(INDEX, address)
        return found.path if isinstance(found, Inside) else None
