"""A server that speaks the HTTP of the three providers, for tests of everything above a socket.

One server on a free port of this computer; each provider is mounted under a name of its own, and
what follows the name is the provider's path::

    with Replay(last_day=date(2025, 12, 5)) as replay:
        project.write(replay.sources_toml())
        replay.fault("/api/rp/", faults.status(503), times=2)
        replay.revise("sofr", date(2025, 12, 4), "3.95")
        ...
        assert replay.requests_to("/api/rp/")[0].status == 503
"""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, unquote_plus, urlsplit

from tests.replay import fiscaldata, fred, nyfed
from tests.replay.answer import Answer, of_html
from tests.replay.market import Market

Params = Mapping[str, str]
Fault = Callable[[Answer], Answer]

API_KEY = fred.API_KEY
MIN_GZIP_BYTES = 1_000

_PROVIDERS: dict[str, Callable[[Market, str, Params], Answer]] = {
    "nyfed": nyfed.answer,
    "fred-api": fred.answer_api,
    "fred-graph": fred.answer_graph,
    "alfred": fred.answer_vintage,
    "treasury": fiscaldata.answer,
}


@dataclass(frozen=True, slots=True)
class Urls:
    """The base addresses of the providers."""

    nyfed: str
    fred: str
    fred_graph: str
    alfred: str
    treasury: str


@dataclass(frozen=True, slots=True)
class Request:
    """A request that was answered: ``path`` with its query as sent, bytes of the body as sent."""

    path: str
    host: str
    headers: Mapping[str, str]
    status: int
    sent_bytes: int
    asked_at_seconds: float

    @property
    def readable(self) -> str:
        """The path with its query, percent signs and plusses undone."""
        return unquote_plus(self.path)


@dataclass(slots=True)
class _Rule:
    pattern: str
    faults: tuple[Fault, ...]
    left: int | None


class Replay:
    """The server, its data and its faults; started and ended as a context manager."""

    def __init__(self, last_day: date | None = None, now: datetime | None = None) -> None:
        self.market = Market()
        self.market.move(last_day, now)
        self.requests: list[Request] = []
        self._rules: list[_Rule] = []
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._server.shutdown()
        self._thread.join()
        self._server.hang_up()
        self._server.server_close()

    @property
    def port(self) -> int:
        """The port the server listens on."""
        return int(self._server.server_address[1])

    @property
    def urls(self) -> Urls:
        """The base address of each provider, without a slash at its end."""
        return Urls(*(f"http://127.0.0.1:{self.port}/{name}" for name in _PROVIDERS))

    def sources_toml(self, api_key_env: str = "FRED_API_KEY") -> str:
        """The tables of ``reportgen.toml`` that send every provider here."""
        urls = self.urls
        return (
            f'[sources.nyfed]\nbase_url = "{urls.nyfed}"\n\n'
            f'[sources.fred]\nbase_url = "{urls.fred}"\ngraph_url = "{urls.fred_graph}"\n'
            f'alfred_url = "{urls.alfred}"\napi_key_env = "{api_key_env}"\n\n'
            f'[sources.treasury]\nbase_url = "{urls.treasury}"\n'
        )

    def move(self, last_day: date | None = None, now: datetime | None = None) -> None:
        """Go on to another last day, or to an instant (New York's, unless it names a zone)."""
        with self._lock:
            self.market.move(last_day, now)

    def revise(
        self, series_id: str, day: date, value: Decimal | float | str, on: date | None = None
    ) -> None:
        """Change a value, in the catalogue's unit; ``on`` is the day of the revision (today)."""
        with self._lock:
            self.market.revise(series_id, day, Decimal(str(value)), on)

    def withhold(self, series_id: str, first_day: date) -> None:
        """Leave out a series from a day on; ``date.max`` brings it back."""
        with self._lock:
            self.market.withhold(series_id, first_day)

    def fault(self, pattern: str, *faults: Fault, times: int | None = None) -> None:
        """Apply faults, in their order, to answers whose readable path holds the pattern.

        ``*`` in a pattern stands for anything. With ``times`` only the first so many requests are
        hit, counted for this call alone.
        """
        with self._lock:
            self._rules.append(_Rule(pattern, faults, times))

    def mend(self) -> None:
        """Take away all faults."""
        with self._lock:
            self._rules.clear()

    def requests_to(self, pattern: str) -> list[Request]:
        """The requests whose readable path holds a pattern, in the order they were answered."""
        return [request for request in self.requests if _holds(request.readable, pattern)]

    def forget(self) -> None:
        """Empty the log of requests."""
        with self._lock:
            self.requests.clear()

    def answer(self, path: str) -> Answer:
        """What a path with its query gets, faults applied; for tests that need no socket."""
        parts = urlsplit(path)
        name, _, rest = parts.path.lstrip("/").partition("/")
        provider = _PROVIDERS.get(name)
        with self._lock:
            if provider is None:
                return of_html(404, "Not Found")
            params = dict(parse_qsl(parts.query, keep_blank_values=True))
            given = provider(self.market, f"/{rest}", params)
            faults: list[Fault] = []
            for rule in self._rules:
                if rule.left != 0 and _holds(unquote_plus(path), rule.pattern):
                    faults += rule.faults
                    rule.left = None if rule.left is None else rule.left - 1
        for fault in faults:
            given = fault(given)
        return given

    def wait(self, seconds: float) -> None:
        """Wait as long as a slow answer takes, but not beyond the server's end."""
        self._ended.wait(seconds)

    def record(self, request: Request) -> None:
        """Add a request to the log."""
        with self._lock:
            self.requests.append(request)


def _holds(text: str, pattern: str) -> bool:
    position = 0
    for part in pattern.split("*"):
        position = text.find(part, position)
        if position < 0:
            return False
        position += len(part)
    return True


class _Server(ThreadingHTTPServer):
    daemon_threads = False

    def __init__(self, replay: Replay) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.replay = replay
        self.open: set[socket.socket] = set()

    def hang_up(self) -> None:
        """End connections that clients keep open, so that no thread waits for them."""
        for connection in list(self.open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body go out in two writes; waiting to join them costs 40 ms an answer.
    disable_nagle_algorithm = True
    server: _Server

    def setup(self) -> None:
        super().setup()
        self.server.open.add(self.connection)

    def finish(self) -> None:
        self.server.open.discard(self.connection)
        super().finish()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on the console; the log is ``Replay.requests``."""

    def do_GET(self) -> None:
        asked_at = time.monotonic()
        replay = self.server.replay
        given = replay.answer(self.path)
        replay.wait(given.delay_seconds)
        if len(given.body) >= MIN_GZIP_BYTES and "gzip" in self.headers.get("Accept-Encoding", ""):
            packed = gzip.compress(given.body, compresslevel=1, mtime=0)
            given = replace(
                given, body=packed, headers={**given.headers, "Content-Encoding": "gzip"}
            )
        body = given.body[: given.cut_to]
        broken = given.hang_up or given.cut_to is not None
        if given.hang_up:
            body = b""
        replay.record(
            Request(
                self.path,
                self.headers.get("Host", ""),
                dict(self.headers),
                0 if given.hang_up else given.status,
                len(body),
                asked_at,
            )
        )
        try:
            if not given.hang_up:
                self._send(given, body)
        except (BrokenPipeError, ConnectionResetError):
            broken = True
        if broken:
            self.close_connection = True

    def _send(self, given: Answer, body: bytes) -> None:
        self.send_response(given.status)
        self.send_header("Content-Type", given.content_type)
        self.send_header("Content-Length", str(len(given.body)))
        self.send_header("Cache-Control", "no-store")
        for name, value in given.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
