"""Written to one side, then swapped in whole: a failed build leaves the last good one as it was."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from reportgen.errors import RenderError
from reportgen.model import Artifact


def write(folder: Path, artifacts: Iterable[Artifact]) -> list[Path]:
    """Puts the files in place of the folder; the paths as they stand there.

    RenderError when the disk refuses; the folder is then what it was.
    """
    with swapped(folder) as staged:
        paths = [_write(staged, artifact) for artifact in artifacts]
    return [folder / path.relative_to(staged) for path in paths]


@contextmanager
def swapped(folder: Path) -> Iterator[Path]:
    """A folder to make and to write into, which then takes the place of ``folder``.

    RenderError when the disk refuses; ``folder`` is then what it was, as after any other error.
    Should the machine stop between the two renames, the old folder lies beside it as
    ``.old-<name>``, and the next run puts it back first.
    """
    staged = folder.with_name(f".new-{folder.name}-{os.getpid()}")
    retired = folder.with_name(f".old-{folder.name}")
    if folder.exists() and not folder.is_dir():
        raise RenderError(
            "a file lies where the folder of the outputs belongs",
            where=str(folder),
            remedy="move it away, or choose another --output folder",
        )
    try:
        if retired.exists() and not folder.exists():
            retired.rename(folder)
        staged.parent.mkdir(parents=True, exist_ok=True)
        yield staged
        shutil.rmtree(retired, ignore_errors=True)
        if folder.exists():
            folder.rename(retired)
        try:
            staged.rename(folder)
        except OSError:
            if retired.exists():
                retired.rename(folder)
            raise
        shutil.rmtree(retired, ignore_errors=True)
    except OSError as error:
        raise RenderError(
            f"the output cannot be written ({error.strerror})",
            where=str(error.filename or folder),
            remedy="check permissions and free space, or choose another --output folder",
        ) from error
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _write(staged: Path, artifact: Artifact) -> Path:
    path = staged / artifact.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(artifact.content)
    return path
