"""Kept responses: byte for byte, checked when read back, and without a key."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from reportgen.errors import DataError, RenderError
from reportgen.sources.feed import Request, Response
from reportgen.store.raw import KeptBatch, RawArchive

KEY = "0123456789abcdef0123456789abcdef"
NOON = datetime(2025, 12, 3, 17, 0, tzinfo=UTC)
REQUEST = Request(
    "fred.SOFR",
    "https://fred.example/observations",
    (("series_id", "SOFR"), ("units", "a b")),
    date(2025, 11, 1),
    date(2025, 12, 3),
    ("api_key", KEY),
)


@pytest.fixture
def archive(tmp_path: Path) -> RawArchive:
    return RawArchive(tmp_path / "raw")


def response(body: bytes, at: datetime = NOON, status: int = 200) -> Response:
    return Response(REQUEST, status, "application/json", at, body)


def keep(archive: RawArchive, *bodies: bytes, at: datetime = NOON) -> KeptBatch:
    batch = archive.open(REQUEST, "fred", NOON)
    pages = [response(body, at) for body in bodies]
    for page in pages:
        batch.keep(page)
    return batch.complete(pages)


def folder_of(tmp_path: Path, batch: KeptBatch) -> Path:
    return tmp_path / "raw" / batch.origin


def test_a_batch_is_read_back_as_it_came(archive: RawArchive, tmp_path: Path) -> None:
    kept = keep(archive, b"\x00first\xff", b'{"second": 2}')
    assert kept.pages == (b"\x00first\xff", b'{"second": 2}')
    assert kept.origin.startswith("fred/fred.SOFR-20251203T170000-")
    assert list(archive.batches()) == [kept]
    (read,) = archive.batches()
    # A Request compares without its secret, and what is read back has none.
    assert read.request.secret is None
    assert {path.name for path in folder_of(tmp_path, kept).iterdir()} == {
        "001.body", "001.json", "002.body", "002.json", "batch.json",
    }  # fmt: skip


def test_beside_the_bytes_stand_address_time_status_and_checksum(
    archive: RawArchive, tmp_path: Path
) -> None:
    folder = folder_of(tmp_path, keep(archive, b"{}"))
    assert json.loads((folder / "001.json").read_text()) == {
        "url": "https://fred.example/observations?series_id=SOFR&units=a+b",
        "status": 200,
        "content_type": "application/json",
        "retrieved_at": "2025-12-03T17:00:00+00:00",
        "sha256": hashlib.sha256(b"{}").hexdigest(),
    }
    assert json.loads((folder / "batch.json").read_text()) == {
        "feed": "fred.SOFR",
        "url": "https://fred.example/observations",
        "params": [["series_id", "SOFR"], ["units", "a b"]],
        "start": "2025-11-01",
        "end": "2025-12-03",
        "retrieved_at": "2025-12-03T17:00:00+00:00",
        "pages": ["001"],
    }


def test_no_file_holds_the_key(archive: RawArchive, tmp_path: Path) -> None:
    keep(archive, b"{}")
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) == 3
    assert not [path for path in files if KEY.encode() in path.read_bytes()]
    assert not [path for path in files if KEY in str(path)]


def test_a_refused_response_is_kept_but_is_no_page(archive: RawArchive, tmp_path: Path) -> None:
    batch = archive.open(REQUEST, "fred", NOON)
    # The failed attempt equals the good one in every field.
    failed, good = response(b"{}"), response(b"{}")
    assert failed == good
    batch.keep(response(b"<html>", status=503))
    batch.keep(failed)
    batch.keep(good)
    kept = batch.complete([good])
    record = json.loads((folder_of(tmp_path, kept) / "batch.json").read_text())
    assert record["pages"] == ["003"]
    assert json.loads((folder_of(tmp_path, kept) / "001.json").read_text())["status"] == 503
    assert [read.pages for read in archive.batches()] == [(b"{}",)]


def test_an_attempt_that_was_not_completed_is_not_read(archive: RawArchive, tmp_path: Path) -> None:
    interrupted = archive.open(REQUEST, "fred", NOON)
    assert list(tmp_path.rglob("*")) == []
    interrupted.keep(response(b"half"))
    half_written = folder_of(tmp_path, keep(archive, b"{}"))
    (half_written / "batch.json").rename(half_written / "batch.json.part")
    assert list(archive.batches()) == []
    whole = keep(archive, b"whole")
    assert list(archive.batches()) == [whole]


def test_batches_come_in_the_order_of_retrieval(archive: RawArchive) -> None:
    hours = [timedelta(hours=n) for n in (3, 1, 2)]
    kept = [keep(archive, b"%d" % n, at=NOON + hour) for n, hour in enumerate(hours)]
    assert list(archive.batches()) == [kept[1], kept[2], kept[0]]


def test_batches_of_one_instant_come_in_the_order_of_their_files(
    archive: RawArchive, tmp_path: Path
) -> None:
    kept = [keep(archive, b"%d" % n) for n in range(6)]
    for age, batch in enumerate(reversed(kept)):
        os.utime(folder_of(tmp_path, batch) / "batch.json", ns=(age, age))
    assert list(archive.batches()) == kept[::-1]


def test_an_empty_or_missing_folder_has_no_batches(archive: RawArchive) -> None:
    assert list(archive.batches()) == []


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("001.body", b"{} ", "does not match its checksum"),
        ("001.body", None, "cannot be read"),
        ("001.json", b"{", "cannot be read"),
        ("001.json", None, "cannot be read"),
        ("001.json", b"[]", "lacks one of sha256"),
        ("001.json", b"{}", "lacks one of sha256"),
        ("batch.json", b"{", "cannot be read"),
        ("batch.json", b"\xff", "cannot be read"),
        ("batch.json", b"[]", "lacks one of feed, url"),
        ("batch.json", b"{}", "lacks one of feed, url"),
    ],
)
def test_a_file_that_was_changed_is_named(
    archive: RawArchive, tmp_path: Path, name: str, content: bytes | None, told: str
) -> None:
    path = folder_of(tmp_path, keep(archive, b"{}")) / name
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    with pytest.raises(DataError, match=told) as caught:
        list(archive.batches())
    assert caught.value.where == str(path)
    assert "pull again" in caught.value.remedy


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "raw").write_text("a file")
    batch = RawArchive(tmp_path / "raw").open(REQUEST, "fred", NOON)
    with pytest.raises(RenderError, match="a response cannot be kept") as caught:
        batch.keep(response(b"{}"))
    assert str(tmp_path / "raw" / "fred") in caught.value.where
    assert KEY not in str(caught.value)
