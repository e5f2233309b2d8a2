"""A new project folder, from the starter files."""

from __future__ import annotations

from pathlib import Path

from reportgen import resources
from reportgen.errors import InputError, RenderError

FILES = ("reportgen.toml", "outlook.toml", "policy.toml", "calendar.toml", "notes/README.md")
FOLDERS = ("notes", "data")


def start(folder: Path) -> list[Path]:
    """Writes settings and editors' files; InputError, and nothing written, when one is there."""
    targets = {folder / name: resources.STARTER / name for name in FILES}
    present = [str(path) for path in targets if path.exists()]
    if present:
        raise InputError(
            f"already there: {', '.join(present)}",
            where=str(folder),
            remedy="choose another folder, or edit these files",
        )
    try:
        for name in FOLDERS:
            (folder / name).mkdir(parents=True, exist_ok=True)
        for path, source in targets.items():
            path.write_bytes(source.read_bytes())
    except OSError as error:
        raise RenderError(
            f"the folder cannot be written ({error.strerror})",
            where=str(error.filename or folder),
            remedy="check permissions, or choose another folder",
        ) from error
    return [*targets, *(folder / name for name in FOLDERS)]
