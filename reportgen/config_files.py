"""TOML files read once at the rim: typed values, or one message with the file and the field."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from reportgen.errors import InputError


class Strict(BaseModel):
    """A table of a configuration file: immutable, and a key it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Table = TypeVar("Table", bound=BaseModel)


def read(path: Path, table: type[Table]) -> Table:
    """The file as a value of ``table``; InputError with file, field and fault when it is none."""
    return parse(read_text(path), table, str(path))


def read_text(path: Path) -> str:
    """The text of a UTF-8 file; InputError when it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise InputError(
            "there is no such file",
            where=str(path),
            remedy="create it, or correct the path in reportgen.toml",
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"cannot be read ({error})",
            where=str(path),
            remedy="check its permissions, and save it as UTF-8",
        ) from None


def parse(text: str, table: type[Table], where: str) -> Table:
    """As ``read``, from text already in hand."""
    try:
        content: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(
            f"is not valid TOML: {error}",
            where=where,
            remedy="correct the line named; text needs quotes, dates and numbers do not",
        ) from None
    try:
        return table.model_validate(content)
    except ValidationError as error:
        raise InputError(
            "; ".join(_fault(entry) for entry in error.errors()),
            where=where,
            remedy="correct the fields named; the file that `reportgen init` writes shows each one",
        ) from None


def _fault(entry: Any) -> str:
    place = ".".join(str(part + 1) if isinstance(part, int) else str(part) for part in entry["loc"])
    message = entry["msg"].removeprefix("Value error, ")
    return f"{place}: {message}" if place else message
