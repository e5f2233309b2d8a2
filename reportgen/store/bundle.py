"""The bundled snapshot: real history in one compact file of the project's own format.

An xz-compressed text. First line ``reportgen history 1``; then for each series a line
``series {json}`` with id, publisher, identifier, unit and row count, followed by its rows
``YYYY-MM-DD value`` in the unit of the catalogue; last line ``sha256 <hex>`` over all bytes before.
"""

from __future__ import annotations

import hashlib
import json
import lzma
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from reportgen.errors import DataError
from reportgen.model import Observation, Series

MAGIC = "reportgen history 1"
PATH = Path(__file__).with_name("history.xz")
REMEDY = "install reportgen again; the file belongs to the package"


@dataclass(frozen=True, slots=True)
class Bundle:
    """What the file holds; ``digest`` is the checksum it carries."""

    observations: tuple[Observation, ...]
    last_date: date
    digest: str


def encode(
    rows: Mapping[str, Iterable[tuple[date, Decimal]]], catalogue: Iterable[Series]
) -> bytes:
    """The file's bytes for the given rows, series in catalogue order; equal rows, equal bytes."""
    lines = [MAGIC]
    for series in catalogue:
        if series.id not in rows:
            continue
        ordered = sorted(rows[series.id])
        head = {
            "id": series.id,
            "publisher": series.publisher,
            "source": series.source,
            "identifier": series.identifier,
            "unit": series.unit.value,
            "rows": len(ordered),
        }
        lines.append("series " + json.dumps(head, sort_keys=True))
        lines.extend(f"{day.isoformat()} {value.normalize():f}" for day, value in ordered)
    body = ("\n".join(lines) + "\n").encode()
    checksum = hashlib.sha256(body).hexdigest()
    return lzma.compress(body + f"sha256 {checksum}\n".encode(), preset=9 | lzma.PRESET_EXTREME)


def digest_of(path: Path) -> str:
    """The checksum that a bundle carries; DataError as for ``read``, but no row is looked at."""
    return _verified_body(path)[1]


def read(path: Path = PATH) -> Bundle:
    """The bundle in a file; DataError when it is missing, damaged or of another version."""
    body, digest = _verified_body(path)
    observations: list[Observation] = []
    current = ""
    promised = 0
    for line in body.splitlines()[1:]:
        if line.startswith("series "):
            _check_count(path, current, promised)
            head = json.loads(line.removeprefix("series "))
            current, promised = head["id"], head["rows"]
        else:
            day, _, value = line.partition(" ")
            observations.append(Observation(current, date.fromisoformat(day), float(value)))
            promised -= 1
    _check_count(path, current, promised)
    if not observations:
        raise DataError("the bundled snapshot has no rows", where=str(path), remedy=REMEDY)
    return Bundle(tuple(observations), max(row.date for row in observations), digest)


def _verified_body(path: Path) -> tuple[str, str]:
    try:
        text = lzma.decompress(path.read_bytes()).decode()
    except FileNotFoundError:
        raise DataError("the bundled snapshot is missing", where=str(path), remedy=REMEDY) from None
    except (lzma.LZMAError, UnicodeDecodeError) as error:
        raise DataError(
            f"the bundled snapshot is damaged ({error})", where=str(path), remedy=REMEDY
        ) from None
    body, _, last = text.rstrip("\n").rpartition("\n")
    body += "\n"
    digest = hashlib.sha256(body.encode()).hexdigest()
    if last != f"sha256 {digest}":
        raise DataError("the checksum does not match", where=str(path), remedy=REMEDY)
    if not body.startswith(MAGIC + "\n"):
        raise DataError(f"not a {MAGIC!r} file", where=str(path), remedy=REMEDY)
    return body, digest


def _check_count(path: Path, series_id: str, missing: int) -> None:
    if missing:
        raise DataError(
            f"{series_id} has {-missing if missing < 0 else missing} rows "
            f"{'more' if missing < 0 else 'fewer'} than its head says",
            where=str(path),
            remedy="write the bundle again with scripts/make_bundle.py",
        )
