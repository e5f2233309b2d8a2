"""``site.json``: every file of a site with its checksum, and the address it was made for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reportgen.errors import InputError

FILE = "site.json"


@dataclass(frozen=True, slots=True)
class Listing:
    """The files of a site by path, each with its SHA-256; ``site.json`` itself is not among them.

    ``base_url`` is where the site is read, without a slash at its end.
    """

    base_url: str
    files: Mapping[str, str]

    def to_json(self) -> bytes:
        """The listing as it is published; the same files give the same bytes."""
        content = {"base_url": self.base_url, "files": dict(sorted(self.files.items()))}
        return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def list_files(base_url: str, contents: Mapping[str, bytes]) -> Listing:
    """The listing of files that are about to be written."""
    return Listing(base_url, {path: digest(content) for path, content in contents.items()})


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def is_site(folder: Path) -> bool:
    """Whether a folder holds a built site."""
    return (folder / FILE).is_file()


def read(folder: Path) -> Listing:
    """The listing of a built site; InputError where there is none."""
    path = folder / FILE
    try:
        return parse(path.read_bytes(), str(path))
    except OSError as error:
        raise InputError(
            f"there is no built site ({error.strerror})",
            where=str(path),
            remedy="run reportgen site",
        ) from None


def parse(content: bytes, where: str) -> Listing:
    """A listing from its bytes; InputError when they are none."""
    try:
        found = json.loads(content)
        files = {str(path): str(sum) for path, sum in found["files"].items()}
        return Listing(str(found["base_url"]), files)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise InputError(
            f"is no listing of a site ({type(error).__name__}: {error})",
            where=where,
            remedy="run reportgen site, and publish again",
        ) from None
