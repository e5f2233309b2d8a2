"""HTTP over a socket: threads, connections, compression, and answers that break off."""

from __future__ import annotations

import gzip
import socket
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Protocol
from urllib.parse import unquote_plus

from tests.replay.answer import Answer

MIN_GZIP_BYTES = 1_000


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


class Asked(Protocol):
    """Who knows the answers and keeps the log."""

    failures: list[Exception]

    def answer(self, path: str) -> Answer:
        """What a path with its query gets."""

    def wait(self, seconds: float) -> None:
        """Wait, but not beyond the end of the test."""

    def record(self, request: Request) -> None:
        """Keep a request that was answered."""


class Server(ThreadingHTTPServer):
    daemon_threads = False

    def __init__(self, replay: Asked) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.replay = replay
        self.open: set[socket.socket] = set()

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep what went wrong here for the test to see; clients may hang up as they like."""
        error = sys.exception()
        if isinstance(error, Exception) and not isinstance(error, OSError):
            self.replay.failures.append(error)

    def hang_up(self) -> None:
        """End connections that clients keep open, so that no thread waits for them."""
        for connection in list(self.open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body go out in two writes; waiting to join them costs 40 ms an answer.
    disable_nagle_algorithm = True
    server: Server

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
        body = given.body[: int(len(given.body) * given.sent_share)]
        broken = given.hang_up or given.sent_share < 1
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
