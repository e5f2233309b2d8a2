"""A server that answers one request after the other from a script, and remembers what was asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, perhaps late; with ``promised_bytes`` beyond its body it breaks off."""

    status: int = 200
    body: bytes = b"{}"
    headers: Mapping[str, str] = field(default_factory=dict)
    promised_bytes: int = 0
    after_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came."""

    path: str
    user_agent: str
    at_seconds: float


class Scripted:
    """The server; its last reply is given to every request that follows."""

    def __init__(self, *replies: Reply) -> None:
        self.replies = list(replies)
        self.asked: list[Asked] = []
        scripted = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                agent = self.headers.get("User-Agent", "")
                scripted.asked.append(Asked(self.path, agent, time.monotonic()))
                reply = scripted.replies[0]
                if len(scripted.replies) > 1:
                    scripted.replies.pop(0)
                time.sleep(reply.after_seconds)
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(reply.body) + reply.promised_bytes))
                self.end_headers()
                self.wfile.write(reply.body)
                self.close_connection = reply.promised_bytes > 0

            def log_message(self, *_: object) -> None:
                """Nothing on the error stream."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    @property
    def url(self) -> str:
        """The address of the server."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
