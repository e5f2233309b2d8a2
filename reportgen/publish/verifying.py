"""The published site, fetched as a reader would, against the listing of the one that was built."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import PurePosixPath
from urllib.parse import quote, urljoin, urlsplit

import requests

from reportgen.site.listing import FILE, Listing, digest

_AT_ONCE = 8
_TIMEOUTS_SECONDS = (10.0, 60.0)
_MAX_REDIRECTS = 5
_CHUNK_BYTES = 1 << 16
_REDIRECTS = (301, 302, 303, 307, 308)


class Fault(Enum):
    """What may be wrong with a published file."""

    MISSING = "is missing"
    DIFFERS = "differs from the file that was built"
    UNREACHED = "could not be fetched"
    OTHER_SITE = "is not that of the site that was built: another is published"


@dataclass(frozen=True, slots=True)
class Finding:
    """One file that is not as it was built; ``detail`` is what the server or the network said."""

    path: str
    address: str
    fault: Fault
    detail: str = ""

    def line(self) -> str:
        """For the operator."""
        detail = f" ({self.detail})" if self.detail else ""
        return f"{self.address}: {self.path} {self.fault.value}{detail}"

    def as_record(self) -> dict[str, str]:
        """For a program."""
        return {**asdict(self), "fault": self.fault.name.lower()}


def verify(listing: Listing, url: str) -> tuple[Finding, ...]:
    """Fetches every file of the listing below an address; what is not as it was built, by path.

    An ``index.html`` is fetched at the address of its folder. Redirects are followed on the same
    host alone. One request a file, a few at a time, none tried twice.
    """
    fetcher = _Fetcher(url.rstrip("/") + "/")
    sums = {**listing.files, FILE: digest(listing.to_json())}
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found = pool.map(lambda item: fetcher.compare(*item), sorted(sums.items()))
        return tuple(finding for finding in found if finding)


def address_of(path: str, base: str) -> str:
    """Where a file of the site is read; ``base`` ends with a slash."""
    pure = PurePosixPath(path)
    if pure.name == "index.html":
        path = "" if pure.parent == PurePosixPath() else f"{pure.parent}/"
    return base + quote(path)


class _Fetcher:
    """A session for each thread, since those of requests are not made to be shared."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._own = threading.local()

    def compare(self, path: str, checksum: str) -> Finding | None:
        address = address_of(path, self._base)
        try:
            with self._answer(address) as answer:
                if isinstance(answer, str):
                    return Finding(path, address, Fault.UNREACHED, answer)
                if answer.status_code in (404, 410):
                    return Finding(path, address, Fault.MISSING)
                if answer.status_code != 200:
                    told = f"HTTP {answer.status_code}"
                    return Finding(path, address, Fault.UNREACHED, told)
                actual = hashlib.sha256()
                for chunk in answer.iter_content(_CHUNK_BYTES):
                    actual.update(chunk)
        except requests.RequestException as error:
            return Finding(path, address, Fault.UNREACHED, _told(error))
        if actual.hexdigest() == checksum:
            return None
        return Finding(path, address, Fault.OTHER_SITE if path == FILE else Fault.DIFFERS)

    @contextmanager
    def _answer(self, address: str) -> Iterator[requests.Response | str]:
        """The answer at the end of the redirects, or why they were not followed."""
        host = urlsplit(address).hostname
        for _ in range(_MAX_REDIRECTS + 1):
            with self._session().get(
                address, timeout=_TIMEOUTS_SECONDS, allow_redirects=False, stream=True
            ) as answer:
                if answer.status_code not in _REDIRECTS:
                    yield answer
                    return
                address = urljoin(address, answer.headers.get("Location", ""))
            if urlsplit(address).hostname != host:
                yield f"redirected to another host, {urlsplit(address).hostname}"
                return
        yield f"redirected more than {_MAX_REDIRECTS} times"

    def _session(self) -> requests.Session:
        session: requests.Session | None = getattr(self._own, "session", None)
        if session is None:
            session = self._own.session = requests.Session()
            # What is in the store, not what a proxy remembers of it.
            session.headers.update({"Cache-Control": "no-cache", "User-Agent": "reportgen"})
        return session


def _told(error: requests.RequestException) -> str:
    words = {
        requests.Timeout: "no answer in time",
        requests.ConnectionError: "no connection",
        requests.exceptions.ChunkedEncodingError: "the answer was cut short",
    }
    found = (text for kind, text in words.items() if isinstance(error, kind))
    return next(found, type(error).__name__)
