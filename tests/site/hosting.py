"""A host for a built site, as such hosts behave: folders have an index, what is missing a page of
its own, texts come compressed."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

_COMPRESSED = (".html", ".css", ".js", ".json", ".svg", ".xml", ".csv", ".txt")
_KINDS = {".js": "text/javascript", ".xml": "application/xml", ".pagefind": "application/wasm"}


class _Host(ThreadingHTTPServer):
    daemon_threads = True
    folder: Path
    below: str


class _Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Host

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        found = self._file(path)
        if found is None:
            self._send(404, self.server.folder / "404.html")
        elif found.is_dir():
            self.send_response(301)
            self.send_header("Location", path + "/")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self._send(200, found)

    def _file(self, path: str) -> Path | None:
        if not path.startswith(self.server.below):
            return None
        rest = path.removeprefix(self.server.below)
        found = self.server.folder / rest / ("index.html" if path.endswith("/") else "")
        return found if found.exists() and ".." not in rest else None

    def _send(self, status: int, path: Path) -> None:
        content = path.read_bytes()
        self.send_response(status)
        kind = _KINDS.get(path.suffix) or guess_type(path.name)[0] or "application/octet-stream"
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if "text" in kind else kind)
        self.send_header("Cache-Control", "max-age=600")
        if path.suffix in _COMPRESSED and "gzip" in self.headers.get("Accept-Encoding", ""):
            content = _compressed(content)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@cache
def _compressed(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)


@contextmanager
def hosted(folder: Path, below: str = "/briefs/") -> Iterator[str]:
    """The address at which a site is read, with a slash at its end."""
    with _Host(("127.0.0.1", 0), _Answer) as server:
        server.folder, server.below = folder, below
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}{below}"
        server.shutdown()
        thread.join()
