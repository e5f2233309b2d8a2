"""HTTP on this machine alone: the files of the newest draft, the sheet, and news of changes."""

from __future__ import annotations

from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from reportgen.errors import InputError, ReportgenError
from reportgen.serving import panel
from reportgen.serving.previewing import Preview

HOST = "127.0.0.1"
# A page of another site could ask this server by a name of its own that leads here.
_NAMES = {HOST, "localhost"}
_KINDS = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".xml": "application/xml",
    ".txt": "text/plain; charset=utf-8",
    ".pdf": "application/pdf",
    ".png": "image/png",
}
# After so many seconds without news a browser is told that the line still stands.
_PATIENCE = 10.0


class Server(ThreadingHTTPServer):
    """Answers from ``preview``, which is set when there is one."""

    daemon_threads = True
    preview: Preview

    @property
    def address(self) -> str:
        """What to type into a browser."""
        return f"http://{HOST}:{self.server_port}/"


def listen(port: int) -> Server:
    """A server that holds a port, 0 for any that is free; InputError when the port is taken."""
    try:
        return Server((HOST, port), _Answer)
    except (OSError, OverflowError) as error:
        raise InputError(
            f"port {port} cannot be used ({getattr(error, 'strerror', None) or error})",
            where="--port",
            remedy=f"end what uses it, perhaps another preview, or take --port {port + 1}",
        ) from None


class _Answer(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        """Answers with what is known by this very path; nothing is read from the disk for it."""
        if (self.headers.get("Host") or "").rpartition(":")[0] not in _NAMES:
            self.send_error(403)
            return
        path = urlsplit(self.path).path
        preview = self.server.preview
        page = preview.drafting.address
        if path == "/":
            self._answer(302, b"", {"Location": page})
        elif path == panel.EVENTS:
            self._tell_changes(preview)
        elif path == page:
            self._html(panel.page(preview.state, page))
        elif path in (panel.SHEET, panel.WAITING):
            made = preview.sheet(missing=path == panel.WAITING)
            self._html(panel.sheet(preview.state, made))
        elif path in (panel.SCRIPT, panel.STYLE):
            self._file(path, panel.asset(path.rpartition("/")[2]))
        elif path.startswith(panel.SITE):
            self._site(preview, path.removeprefix(panel.SITE))
        elif path in preview.state.made.files:
            self._file(path, preview.state.made.files[path])
        else:
            self.send_error(404)

    def _site(self, preview: Preview, path: str) -> None:
        """A file of the site; a folder stands for its index, what is not there for 404.html."""
        name = path + "index.html" if path.endswith("/") or not path else path
        made = preview.site(name)
        if made is None:
            missing = preview.site("404.html")
            html = panel.of_site(preview.state, missing) if missing else ""
            self._answer(404, html.encode(), {"Content-Type": _KINDS[".html"]})
        elif isinstance(made, ReportgenError) or name.endswith(".html"):
            self._html(panel.of_site(preview.state, made))
        else:
            self._file(f"/{name}", made)

    def _html(self, html: str) -> None:
        self._answer(200, html.encode(), {"Content-Type": _KINDS[".html"]})

    def _file(self, path: str, content: bytes) -> None:
        self._answer(200, content, {"Content-Type": _KINDS[PurePosixPath(path).suffix]})

    def _answer(self, status: int, content: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _tell_changes(self, preview: Preview) -> None:
        """Server-sent events: the name of the newest state, now and whenever it is another."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        told = ""
        try:
            while True:
                name = preview.another_than(told, _PATIENCE).name
                self.wfile.write(b":\n\n" if name == told else f"data: {name}\n\n".encode())
                told = name
        except (BrokenPipeError, ConnectionResetError):
            return  # the browser has gone on

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing: what is asked for is of no interest to who translates."""
