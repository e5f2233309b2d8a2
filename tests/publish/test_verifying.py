"""What ``verify`` finds at an address."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from reportgen.publish.verifying import Fault, Finding, verify
from reportgen.site import listing as listings
from reportgen.site.listing import Listing
from tests.publish import sites
from tests.publish.serving import serving

Answer = tuple[int, dict[str, str], bytes]


@pytest.fixture
def listing() -> Listing:
    return listings.list_files(sites.BASE_URL, sites.files("A"))


@contextmanager
def published(answer: Callable[[str], Answer | None]) -> Iterator[str]:
    """Edition A below /briefs, except where ``answer`` says otherwise of a path."""
    contents = sites.files("A")
    own = listings.list_files(sites.BASE_URL, contents)
    contents[listings.FILE] = own.to_json()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.removeprefix("/briefs/")
            if path.endswith("/") or not path:
                path += "index.html"
            elif path.endswith("index.html"):
                path = "asked for at another address than readers have"
            found = (200, {}, contents[path]) if path in contents else (404, {}, b"not found")
            status, headers, body = answer(path) or found
            self.send_response(status)
            for name, text in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, text)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: Any) -> None:
            pass

    with serving(Handler) as address:
        yield f"{address}/briefs"


def of(path: str, answer: Answer) -> Callable[[str], Answer | None]:
    return lambda asked: answer if asked == path else None


def test_all_as_built(listing: Listing) -> None:
    with published(lambda path: None) as url:
        assert verify(listing, url) == ()
        assert verify(listing, f"{url}/") == ()


@pytest.mark.parametrize(
    ("path", "answer", "fault", "detail"),
    [
        (sites.BRIEF, (404, {}, b""), Fault.MISSING, ""),
        (sites.BRIEF, (200, {}, b"of yesterday"), Fault.DIFFERS, ""),
        ("robots.txt", (200, {}, b""), Fault.DIFFERS, ""),
        ("en/feed.xml", (503, {}, b""), Fault.UNREACHED, "HTTP 503"),
        (
            "en/feed.xml",
            (200, {"Content-Length": "9999"}, b"cut"),
            Fault.UNREACHED,
            "the answer was cut short",
        ),
        (listings.FILE, (200, {}, b"{}"), Fault.OTHER_SITE, ""),
        (listings.FILE, (404, {}, b""), Fault.MISSING, ""),
    ],
)
def test_one_file(listing: Listing, path: str, answer: Answer, fault: Fault, detail: str) -> None:
    with published(of(path, answer)) as url:
        (finding,) = verify(listing, url)
    address = f"{url}/{path.removesuffix('index.html')}"
    assert finding == Finding(path, address, fault, detail)
    assert finding.line().startswith(f"{address}: {path} ")
    assert fault.value in finding.line()


def test_another_site_is_published(listing: Listing) -> None:
    other = sites.files("B")
    text = listings.list_files(sites.BASE_URL, other).to_json()
    contents = {**other, listings.FILE: text}
    with published(
        lambda path: (200, {}, contents[path]) if path in contents else (404, {}, b"")
    ) as url:
        findings = verify(listing, url)
    faults = {finding.path: finding.fault for finding in findings}
    assert faults[listings.FILE] is Fault.OTHER_SITE
    assert faults["index.html"] is Fault.DIFFERS
    assert {faults[path] for path in listing.files if path not in other} == {Fault.MISSING}
    assert "robots.txt" not in faults


def test_redirect_on_the_same_host_is_followed(listing: Listing) -> None:
    moved = (301, {"Location": "/briefs/robots.txt?moved"}, b"")
    contents = sites.files("A")

    def answer(path: str) -> Answer | None:
        if path == "robots.txt":
            return moved
        return (200, {}, contents["robots.txt"]) if path == "robots.txt?moved" else None

    with published(answer) as url:
        assert verify(listing, url) == ()


def test_redirect_to_another_host_is_not_followed(listing: Listing) -> None:
    elsewhere = (302, {"Location": "http://localhost:9/robots.txt"}, b"")
    with published(of("robots.txt", elsewhere)) as url:
        (finding,) = verify(listing, url)
    assert finding.fault is Fault.UNREACHED
    assert finding.detail == "redirected to another host, localhost"


def test_redirects_without_end(listing: Listing) -> None:
    with published(of("robots.txt", (302, {"Location": "/briefs/robots.txt"}, b""))) as url:
        (finding,) = verify(listing, url)
    assert finding.detail == "redirected more than 5 times"


def test_nobody_answers(listing: Listing) -> None:
    findings = verify(listing, "http://127.0.0.1:9/briefs")
    assert len(findings) == len(listing.files) + 1
    assert {(f.fault, f.detail) for f in findings} == {(Fault.UNREACHED, "no connection")}


def test_names_that_need_quoting() -> None:
    listing = Listing(sites.BASE_URL, {"en/a b/图.csv": "0"})
    found = verify(listing, "http://127.0.0.1:9")
    assert found[0].address == "http://127.0.0.1:9/en/a%20b/%E5%9B%BE.csv"
