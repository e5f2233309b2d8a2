"""HTTP to one provider: its pace, retries for what can pass, and errors that name no key."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import cached_property
from urllib.parse import urljoin, urlsplit

import requests
import stamina
from stamina.instrumentation import RetryDetails, set_on_retry_hooks

from reportgen import clock
from reportgen.errors import SourceError
from reportgen.settings import SourceSettings
from reportgen.sources.feed import Feed, Request, Response
from reportgen.sources.reading import malformed

log = logging.getLogger("reportgen.sources")

# A plain client: FRED has left requests with a name of their own unanswered (September 2026).
USER_AGENT = f"python-requests/{requests.__version__}"
LONGEST_WAIT_SECONDS = 120.0
MOST_REDIRECTS = 3
PASSING_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504})


class NoAnswerError(SourceError):
    """A provider could not be reached at all, in all attempts."""


class _PassingError(Exception):
    """Something that may be gone at the next attempt; ``wait_seconds`` is what was asked for."""

    def __init__(self, what: str, *, answered: bool, wait_seconds: float | None = None) -> None:
        super().__init__(what)
        self.answered = answered
        self.wait_seconds = wait_seconds


Keep = Callable[[Response], None]


class Client:
    """Asks one provider, in its pace."""

    def __init__(self, settings: SourceSettings, requests_per_second: float) -> None:
        self._settings = settings
        self._interval_seconds = 1 / requests_per_second
        self._next_at = 0.0

    @cached_property
    def _session(self) -> requests.Session:
        session = requests.Session()
        session.headers["User-Agent"] = USER_AGENT
        return session

    def close(self) -> None:
        """Closes the connections."""
        self._session.close()

    def fetch(self, feed: Feed, request: Request, keep: Keep) -> tuple[Response, ...]:
        """All pages that answer a request; ``keep`` gets every response, refused ones too."""
        pages: list[Response] = []
        following: Request | None = request
        while following is not None:
            page = self._get(following, keep)
            if pages and page.body == pages[-1].body:
                raise malformed(following, "the same page came twice, where another was announced")
            pages.append(page)
            following = feed.following(page.body, following)
        return tuple(pages)

    def _get(self, request: Request, keep: Keep) -> Response:
        """The good response; SourceError when there is none after the last attempt."""
        try:
            for attempt in stamina.retry_context(
                on=_wait_before_retry,
                attempts=self._settings.attempts,
                timeout=None,
                wait_initial=self._settings.first_wait_seconds,
                wait_max=LONGEST_WAIT_SECONDS,
                wait_jitter=self._settings.first_wait_seconds / 2,
            ):
                with attempt:
                    return self._follow(request, keep)
        except _PassingError as error:
            kind = SourceError if error.answered else NoAnswerError
            raise kind(
                f"{request.feed}: {error} ({self._settings.attempts} attempts)",
                where=request.shown,
                remedy="pull again later; what has landed stays",
            ) from None
        raise AssertionError("the last attempt returns or raises")

    def _follow(self, request: Request, keep: Keep) -> Response:
        url = request.url
        for _ in range(MOST_REDIRECTS + 1):
            response, location = self._once(request, url, keep)
            if location is None:
                return response
            target = urljoin(url, location)
            if not _is_same_host(url, target):
                raise SourceError(
                    f"{request.feed}: the provider redirects to another host, "
                    f"{urlsplit(target).scheme}://{urlsplit(target).netloc}",
                    where=request.shown,
                    remedy="if the provider has moved, set its new base_url in reportgen.toml",
                )
            url = target
        raise SourceError(
            f"{request.feed}: more than {MOST_REDIRECTS} redirects",
            where=request.shown,
            remedy="check the provider's address in reportgen.toml",
        )

    def _once(self, request: Request, url: str, keep: Keep) -> tuple[Response, str | None]:
        """One exchange; the response and, for a redirect, where to."""
        self._wait_for_turn()
        params = (*request.params, *((request.secret,) if request.secret else ()))
        try:
            answer = self._session.get(
                url,
                params=list(params) if url == request.url else None,
                timeout=self._settings.timeout_seconds,
                allow_redirects=False,
            )
        except (requests.RequestException, ValueError) as error:
            # A ValueError comes of a redirect to what is no address. The text of these errors
            # holds the full address, key included.
            raise _PassingError(_reason(error), answered=False) from None
        response = Response(
            request,
            answer.status_code,
            answer.headers.get("Content-Type", ""),
            clock.now(),
            _without_secret(answer.content, request),
        )
        keep(response)
        if answer.is_redirect:
            return response, answer.headers["Location"]
        _require_success(response, answer.headers.get("Retry-After", ""))
        return response, None

    def _wait_for_turn(self) -> None:
        """Counts from the moment of the last request: after a late one the next is no earlier."""
        time.sleep(max(0.0, self._next_at - time.monotonic()))
        self._next_at = time.monotonic() + self._interval_seconds


def _is_same_host(url: str, target: str) -> bool:
    """Whether a redirect stays with the provider, and does not leave its encrypted channel."""
    old, new = urlsplit(url), urlsplit(target)
    return old.netloc == new.netloc and new.scheme in (old.scheme, "https")


def _wait_before_retry(error: Exception) -> bool | float:
    if not isinstance(error, _PassingError):
        return False
    return True if error.wait_seconds is None else error.wait_seconds


def _reason(error: Exception) -> str:
    match error:
        case requests.Timeout():
            return "no answer in time"
        case (
            requests.exceptions.ChunkedEncodingError() | requests.exceptions.ContentDecodingError()
        ):
            return "the answer was cut off"
        case requests.exceptions.SSLError():
            return "no secure connection"
        case requests.ConnectionError():
            return "no connection"
        case _:
            return f"the request failed ({type(error).__name__})"


def _without_secret(body: bytes, request: Request) -> bytes:
    """No provider echoes the key today; if one does, the kept bytes must not hold it."""
    if request.secret is None:
        return body
    return body.replace(request.secret[1].encode(), b"*" * len(request.secret[1]))


def _require_success(response: Response, retry_after: str) -> None:
    if response.status == 200:
        return
    said = _said(response)
    what = f"HTTP {response.status}{said}"
    if response.status in PASSING_STATUS:
        wait = float(retry_after) if retry_after.isdecimal() else None
        if wait is None or wait <= LONGEST_WAIT_SECONDS:
            raise _PassingError(what, answered=True, wait_seconds=wait)
        what += f", and asks to wait {wait:.0f} seconds"
    raise SourceError(
        f"{response.request.feed}: {what}",
        where=response.request.shown,
        remedy=_REMEDIES.get(response.status, "check the provider's address in reportgen.toml"),
    )


_REMEDIES = {
    400: "the provider refuses the request; check the API key if one is set",
    401: "check the API key",
    403: "the provider refuses this client; check the API key, and whether the address is blocked",
    404: "the provider knows no such series or path; see docs/sources.md for what is asked for",
    429: "pull again after that time",
}


def _said(response: Response) -> str:
    """The first words of an error's body, when it is text and no page."""
    text = response.body[:300].decode("utf-8", "replace").strip()
    if not text or text.startswith("<"):
        return ""
    return f" ({' '.join(text.split())[:160]})"


def _tell_of_retry(details: RetryDetails) -> None:
    log.info(
        "sources: %s; attempt %d in %.1f s",
        details.caused_by,
        details.retry_num + 1,
        details.wait_for,
    )


set_on_retry_hooks([_tell_of_retry])
