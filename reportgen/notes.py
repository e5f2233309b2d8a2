"""Editors' notes and overrides of one date, read from ``notes/<as-of>/<lang>/``.

The folder knows nothing of languages or sections itself: their names are given, and a file that
belongs to none of them is an error, for it would silently print nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from reportgen import config_files
from reportgen.config_files import Strict
from reportgen.errors import InputError
from reportgen.model import Hand, Note, Override

FOLDER = "notes"
OVERRIDES = "overrides.toml"
# A whole brief is some 15 KiB of text; brackets that nest without end take quadratic time.
LARGEST = 32 * 1024


def _flattened(table: Any) -> Any:
    """``srf.told = 1`` without quotation marks is a table in TOML; it means the fact srf.told."""
    if not isinstance(table, dict):
        return table
    flat: dict[str, Any] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            flat |= {f"{key}.{rest}": below for rest, below in _flattened(value).items()}
        else:
            flat[key] = value
    return flat


class OverrideTable(Strict):
    """``[[override]]``: a message, its new text, why, and the figures it was written on."""

    message: str = Field(min_length=1)
    text: str = Field(pattern=r"\S")
    reason: str = Field(pattern=r"\S")
    written_on: Annotated[dict[str, Decimal], BeforeValidator(_flattened)] = Field({})


class OverridesFile(Strict):
    """All of ``overrides.toml``."""

    override: tuple[OverrideTable, ...] = ()


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    text: str
    sha256: str


def read(
    project: Path,
    as_of: date,
    sections: Sequence[str],
    chosen: Sequence[str],
    languages: Sequence[str],
) -> Hand:
    """What was written for a date in the chosen languages; InputError for a stray file."""
    _refuse_what_is_no_date(project / FOLDER)
    notes: list[Note] = []
    overrides: list[Override] = []
    files: list[tuple[str, str]] = []
    for folder in _entries(project / FOLDER / as_of.isoformat()):
        if folder.name not in languages or not folder.is_dir():
            raise _stray(folder, "no folder of a language", languages)
        if folder.name not in chosen:
            continue
        for path in _entries(folder):
            file = _File(path, *_content(path))
            files.append((path.relative_to(project).as_posix(), file.sha256))
            if path.name == OVERRIDES:
                overrides += _overrides(file, folder.name)
            elif path.suffix == ".md" and path.stem in sections:
                notes.append(Note(folder.name, path.stem, file.text, str(path)))
            else:
                known = [*(f"{section}.md" for section in sections), OVERRIDES]
                raise _stray(path, "no section of the brief", known)
    return Hand(tuple(notes), tuple(overrides), tuple(files))


def _entries(folder: Path) -> Iterator[Path]:
    """What lies in a folder, sorted; not what editors and systems leave behind."""
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if not path.name.startswith((".", "#")) and not path.name.endswith("~"):
            yield path


def _refuse_what_is_no_date(folder: Path) -> None:
    """``2025-12-2`` would be passed over for ever; a folder such as ``archive`` may lie there."""
    for path in _entries(folder):
        try:
            is_date = date.fromisoformat(path.name).isoformat() == path.name
        except ValueError:
            is_date = False
        if path.is_dir() and path.name[0].isdigit() and not is_date:
            raise InputError(
                "the folder is named after no date",
                where=str(path),
                remedy="name it YYYY-MM-DD, as the --as-of of the brief it belongs to",
            )


def _stray(path: Path, what: str, known: Sequence[str]) -> InputError:
    near = get_close_matches(path.name, known, n=1)
    meant = f"rename it {near[0]}, if that is meant; " if near else ""
    return InputError(
        f"is {what}, so it would print nothing",
        where=str(path),
        remedy=f"{meant}there can be {', '.join(known)}",
    )


def _content(path: Path) -> tuple[str, str]:
    """The text of a file and its checksum."""
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= LARGEST else b""
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror})",
            where=str(path),
            remedy="check its permissions, or remove it",
        ) from None
    if size > LARGEST:
        raise InputError(
            f"has {size // 1024} KiB; a file of notes has at most {LARGEST // 1024}",
            where=str(path),
            remedy="shorten it: a note is a few paragraphs",
        )
    try:
        # Some editors of Windows begin a file with a byte order mark.
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError(
            "is not UTF-8", where=f"{path}, line {line}", remedy="save it as UTF-8"
        ) from None
    return text, hashlib.sha256(content).hexdigest()


def _overrides(file: _File, language: str) -> Iterator[Override]:
    seen: set[str] = set()
    for table in config_files.parse(file.text, OverridesFile, str(file.path)).override:
        if table.message in seen:
            raise InputError(
                f"{table.message} is overridden twice",
                where=str(file.path),
                remedy="keep one of the two entries",
            )
        seen.add(table.message)
        facts = tuple(sorted(table.written_on.items()))
        yield Override(language, table.message, table.text.strip(), facts, str(file.path))
