"""HTTP to a provider: what is tried again, what is refused, and a key that is never shown."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, nullcontext
from datetime import date

import pytest

from reportgen.errors import SourceError
from reportgen.model import Parsed
from reportgen.settings import SourceSettings
from reportgen.sources.feed import Feed, Request, Response
from reportgen.sources.transport import Client, NoAnswerError
from tests.sources.recorded import KEY
from tests.sources.scripted import Reply, Scripted

SETTINGS = SourceSettings(attempts=3, first_wait_seconds=0.001, timeout_seconds=5.0)
DAY = date(2025, 12, 1)
GOOD = Reply(body=b'{"good": true}')

Serve = Callable[..., Scripted]


@pytest.fixture
def serve() -> Iterator[Serve]:
    with ExitStack() as stack:
        yield lambda *replies: stack.enter_context(Scripted(*replies))


def request_to(url: str, key: str = KEY) -> Request:
    return Request("a.feed", f"{url}/data", (("id", "X"),), DAY, DAY, ("api_key", key))


def following_once(body: bytes, request: Request) -> Request | None:
    return request.with_param("page", "2") if b"more" in body else None


FEED = Feed(
    "a.feed",
    "a",
    (),
    lambda _settings, _key, _start, _end: request_to(""),
    lambda _pages, _request: Parsed(()),
    following=following_once,
)


def fetch(
    url: str, settings: SourceSettings = SETTINGS, per_second: float = 1000.0
) -> tuple[tuple[Response, ...], list[Response]]:
    """The pages that answer, and every response that was kept."""
    kept: list[Response] = []
    client = Client(settings, per_second)
    try:
        return client.fetch(FEED, request_to(url), kept.append), kept
    finally:
        client.close()


def refused(url: str, settings: SourceSettings = SETTINGS) -> SourceError:
    with pytest.raises(SourceError) as caught:
        fetch(url, settings)
    assert KEY not in str(caught.value)
    assert KEY not in repr(caught.value.__cause__)
    return caught.value


def test_a_good_answer_comes_byte_for_byte_at_the_first_attempt(serve: Serve) -> None:
    server = serve(Reply(body=b"\x00\xff{}", headers={"Content-Type": "text/csv"}))
    (page,), kept = fetch(server.url)
    assert page is kept[0]
    assert (page.status, page.content_type, page.body) == (200, "text/csv", b"\x00\xff{}")
    assert [asked.path for asked in server.asked] == [f"/data?id=X&api_key={KEY}"]
    # A plain client of requests: FRED has not answered others.
    assert server.asked[0].user_agent.startswith("python-requests/")


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_what_can_pass_is_tried_again(serve: Serve, status: int) -> None:
    server = serve(Reply(status), Reply(status), GOOD)
    (page,), kept = fetch(server.url)
    assert page.body == GOOD.body
    assert [response.status for response in kept] == [status, status, 200]


def test_after_the_last_attempt_it_is_an_error(serve: Serve) -> None:
    server = serve(Reply(503, b"try\n later"))
    error = refused(server.url)
    assert error.what == "a.feed: HTTP 503 (try later) (3 attempts)"
    assert error.where == f"{server.url}/data?id=X"
    assert not isinstance(error, NoAnswerError)
    assert len(server.asked) == 3


@pytest.mark.parametrize("status", [204, 300, 304, 400, 401, 403, 404, 410, 418, 423, 501])
def test_what_cannot_pass_is_asked_once(serve: Serve, status: int) -> None:
    server = serve(Reply(status, b"" if status in (204, 304) else b"<html>no</html>"), GOOD)
    error = refused(server.url)
    # A page for people is not quoted.
    assert error.what == f"a.feed: HTTP {status}"
    assert error.remedy
    assert len(server.asked) == 1


def test_an_answer_that_breaks_off_is_asked_again(serve: Serve) -> None:
    server = serve(Reply(body=b'{"half', promised_bytes=10), GOOD)
    assert fetch(server.url)[0][0].body == GOOD.body
    broken = serve(Reply(body=b'{"half', promised_bytes=10))
    assert refused(broken.url).what == "a.feed: the answer was cut off (3 attempts)"


def test_no_answer_in_time(serve: Serve) -> None:
    server = serve(Reply(after_seconds=0.3))
    error = refused(server.url, SETTINGS.model_copy(update={"timeout_seconds": 0.05}))
    assert error.what == "a.feed: no answer in time (3 attempts)"
    assert isinstance(error, NoAnswerError)


def test_no_connection_at_all() -> None:
    with Scripted(GOOD) as server:
        url = server.url
    error = refused(url)
    assert error.what == "a.feed: no connection (3 attempts)"
    assert isinstance(error, NoAnswerError)


@pytest.mark.parametrize(("told", "least_seconds"), [("1", 0.99), ("0", 0.0)])
def test_the_wait_that_a_provider_asks_for_is_kept(
    serve: Serve, told: str, least_seconds: float
) -> None:
    server = serve(Reply(429, headers={"Retry-After": told}), GOOD)
    fetch(server.url)
    first, second = (asked.at_seconds for asked in server.asked)
    assert least_seconds <= second - first < least_seconds + 0.9


@pytest.mark.parametrize("told", ["Wed, 21 Oct 2026 07:28:00 GMT", "soon", "-1", "1.5", "\xb2"])
def test_a_wait_that_is_no_number_of_seconds_is_passed_over(serve: Serve, told: str) -> None:
    server = serve(Reply(503, headers={"Retry-After": told}), GOOD)
    assert fetch(server.url)[0][0].body == GOOD.body


@pytest.mark.parametrize(("seconds", "attempts"), [("121", 1), ("86400", 1)])
def test_a_wait_beyond_two_minutes_ends_the_feed(serve: Serve, seconds: str, attempts: int) -> None:
    server = serve(Reply(429, b"slow down", headers={"Retry-After": seconds}), GOOD)
    error = refused(server.url)
    assert error.what == f"a.feed: HTTP 429 (slow down), and asks to wait {seconds} seconds"
    assert error.remedy == "pull again after that time"
    assert len(server.asked) == attempts


def moved(where: str, status: int = 302) -> Reply:
    return Reply(status, headers={"Location": where})


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_on_the_same_host_is_followed_as_it_says(serve: Serve, status: int) -> None:
    server = serve(moved("/moved?id=Z", status), GOOD)
    (page,), kept = fetch(server.url)
    assert page.body == GOOD.body
    assert [asked.path for asked in server.asked] == [f"/data?id=X&api_key={KEY}", "/moved?id=Z"]
    assert [response.status for response in kept] == [status, 200]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_another_host_is_refused_and_nothing_sent_there(
    serve: Serve, status: int
) -> None:
    other = serve(GOOD)
    server = serve(moved(f"{other.url}/data?id=X&api_key={KEY}", status))
    error = refused(server.url)
    assert error.what.endswith(f"redirects to another host, {other.url}")
    assert "base_url" in error.remedy
    assert (len(server.asked), other.asked) == (1, [])


def test_a_redirect_to_what_is_no_address_is_an_error(serve: Serve) -> None:
    server = serve(moved(f"https://[{KEY}/"))
    assert refused(server.url).what == "a.feed: the request failed (ValueError) (3 attempts)"


@pytest.mark.parametrize("where", ["//other.example/", "http://127.0.0.1@other.example/"])
def test_a_redirect_to_no_address_of_the_provider_is_refused(serve: Serve, where: str) -> None:
    server = serve(moved(where))
    assert "redirect" in refused(server.url).what
    assert len(server.asked) == 1


def test_redirects_without_end_are_an_error(serve: Serve) -> None:
    server = serve(moved("/data?id=X"))
    assert refused(server.url).what == "a.feed: more than 3 redirects"
    assert len(server.asked) == 4


def test_requests_keep_their_pace_across_pages_and_attempts(serve: Serve) -> None:
    server = serve(Reply(503), Reply(body=b'{"more": 1}'), GOOD)
    pages, _ = fetch(server.url, per_second=10.0)
    assert [page.body for page in pages] == [b'{"more": 1}', GOOD.body]
    # The page asked for next keeps the parameters and the key.
    assert server.asked[-1].path == f"/data?id=X&page=2&api_key={KEY}"
    times = [asked.at_seconds for asked in server.asked]
    # Two waits of a tenth of a second, less what the first request took to arrive.
    assert times[2] - times[0] > 0.12


def test_a_provider_that_sends_one_page_for_ever_is_left(serve: Serve) -> None:
    server = serve(Reply(body=b'{"more": 1}'))
    error = refused(server.url)
    assert error.what.startswith("a.feed: the same page came twice")
    assert error.where == f"{server.url}/data?id=X&page=2"
    assert len(server.asked) == 2


@pytest.mark.parametrize("status", [200, 400, 503])
def test_a_key_that_a_provider_echoes_is_in_nothing_kept_or_said(
    serve: Serve, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "reportgen")
    server = serve(Reply(status, f"the key {KEY} and {KEY}".encode()))
    kept: list[Response] = []
    client = Client(SETTINGS, 1000.0)
    refusal = nullcontext() if status == 200 else pytest.raises(SourceError)
    with refusal as caught:
        client.fetch(FEED, request_to(server.url), kept.append)
    client.close()
    assert kept
    if caught is not None:
        assert "the key ****" in caught.value.what
        assert KEY not in str(caught.value)
    for response in kept:
        assert KEY.encode() not in response.body
        assert KEY not in response.request.shown
        assert KEY not in repr(response)
    assert KEY not in caplog.text
    assert ("attempt 2" in caplog.text) is (status == 503)


def test_a_retry_is_told_in_the_log_without_the_key(
    serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "reportgen")
    fetch(serve(Reply(502), GOOD).url)
    assert "sources: HTTP 502" in caplog.text
    assert KEY not in caplog.text
