"""Responses as they came: one folder a batch, with URL, time, status and checksum beside the bytes.

    <source>/<batch>/001.body        the bytes
    <source>/<batch>/001.json        url, status, content_type, retrieved_at, sha256
    <source>/<batch>/batch.json      written last: the request, and which responses answer it

A folder without ``batch.json`` is an attempt that failed, was interrupted, or came after a failure
of its feed; nothing reads it.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from reportgen.errors import DataError, RenderError
from reportgen.sources.feed import Request, Response

RECORD = "batch.json"
RECORD_FIELDS = ("feed", "url", "params", "start", "end", "retrieved_at", "pages")


@dataclass(frozen=True, slots=True)
class KeptBatch:
    """A complete batch read back: the request, its pages, and when the last one came."""

    origin: str
    request: Request
    pages: tuple[bytes, ...]
    retrieved_at: datetime


class OpenBatch:
    """A batch while it is being asked for."""

    def __init__(self, folder: Path, request: Request) -> None:
        self._folder = folder
        self._request = request
        self._kept: list[Response] = []

    @property
    def origin(self) -> str:
        """The name by which observations refer to it: source and folder."""
        return f"{self._folder.parent.name}/{self._folder.name}"

    def keep(self, response: Response) -> None:
        """Writes one response, also one that will be refused."""
        self._kept.append(response)
        name = _name(len(self._kept))
        record = {
            "url": response.request.shown,
            "status": response.status,
            "content_type": response.content_type,
            "retrieved_at": response.retrieved_at.isoformat(),
            "sha256": response.sha256,
        }
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / f"{name}.body").write_bytes(response.body)
            (self._folder / f"{name}.json").write_text(_json(record), encoding="utf-8")
        except OSError as error:
            raise _unwritable(self._folder, error) from None

    def complete(self, pages: Sequence[Response]) -> KeptBatch:
        """Marks the batch as whole; ``pages`` are the responses that answer the request."""
        request = self._request
        record = {
            "feed": request.feed,
            "url": request.url,
            "params": [list(pair) for pair in request.params],
            "start": request.start.isoformat(),
            "end": request.end.isoformat(),
            "retrieved_at": pages[-1].retrieved_at.isoformat(),
            "pages": [_name(n) for n, kept in enumerate(self._kept, 1) if _is_one(kept, pages)],
        }
        unfinished = self._folder / f"{RECORD}.part"
        try:
            unfinished.write_text(_json(record), encoding="utf-8")
            unfinished.replace(self._folder / RECORD)
        except OSError as error:
            raise _unwritable(self._folder, error) from None
        bodies = tuple(page.body for page in pages)
        return KeptBatch(self.origin, request, bodies, pages[-1].retrieved_at)


class RawArchive:
    """The folder of kept responses."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def open(self, request: Request, source: str, now: datetime) -> OpenBatch:
        """A new batch; its folder appears with the first response."""
        name = f"{request.feed}-{now:%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:8]}"
        return OpenBatch(self._folder / source / name, request)

    def set_aside(self, batch: KeptBatch) -> None:
        """Leaves a batch that has not landed to the next pull: nothing reads it from now on."""
        (self._folder / batch.origin / RECORD).unlink(missing_ok=True)

    def batches(self) -> Iterator[KeptBatch]:
        """Every complete batch, in the order of retrieval; DataError for one that was changed."""
        paths = self._folder.glob(f"*/*/{RECORD}")
        # Two answers may come in one second of a clock that was set; their files tell which first.
        records = [(_read(path, RECORD_FIELDS), path.stat().st_mtime_ns, path) for path in paths]
        for record, _, path in sorted(records, key=lambda r: (r[0]["retrieved_at"], *r[1:])):
            yield _kept(path.parent, record)


def _name(number: int) -> str:
    return f"{number:03}"


def _is_one(response: Response, pages: Sequence[Response]) -> bool:
    """By identity: a failed attempt may equal a page in every field."""
    return any(response is page for page in pages)


def _kept(folder: Path, record: dict[str, Any]) -> KeptBatch:
    request = Request(
        record["feed"],
        record["url"],
        tuple((name, value) for name, value in record["params"]),
        date.fromisoformat(record["start"]),
        date.fromisoformat(record["end"]),
    )
    pages = tuple(_body(folder, name) for name in record["pages"])
    origin = f"{folder.parent.name}/{folder.name}"
    return KeptBatch(origin, request, pages, datetime.fromisoformat(record["retrieved_at"]))


def _body(folder: Path, name: str) -> bytes:
    path = folder / f"{name}.body"
    try:
        body = path.read_bytes()
    except OSError as error:
        raise _damaged(path, f"cannot be read ({error.strerror})") from None
    if hashlib.sha256(body).hexdigest() != _read(folder / f"{name}.json", ("sha256",))["sha256"]:
        raise _damaged(path, "does not match its checksum")
    return body


def _read(path: Path, fields: Sequence[str]) -> dict[str, Any]:
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _damaged(path, f"cannot be read ({error})") from None
    if not isinstance(record, dict) or not record.keys() >= set(fields):
        raise _damaged(path, f"lacks one of {', '.join(fields)}")
    return record


def _json(record: dict[str, Any]) -> str:
    return json.dumps(record, indent=1) + "\n"


def _damaged(path: Path, what: str) -> DataError:
    return DataError(
        f"a kept response {what}",
        where=str(path),
        remedy="restore the file from a backup, or remove its folder and pull again",
    )


def _unwritable(folder: Path, error: OSError) -> RenderError:
    return RenderError(
        f"a response cannot be kept ({error.strerror})",
        where=str(folder),
        remedy="make room on the disk, or make the folder data/raw writable",
    )
