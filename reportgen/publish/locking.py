"""One run at a time on each target."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reportgen.errors import PublishError

PATIENCE_SECONDS = 5.0


@contextmanager
def sole_run(path: Path, patience_seconds: float | None = None) -> Iterator[int]:
    """Holds the lock in a file; PublishError when another run still holds it after the patience.

    The kernel gives it up with the process, also a killed one. Programs that the run starts are
    handed the descriptor that comes from here: as long as one of a killed run still works, the
    next run waits.
    """
    patience = PATIENCE_SECONDS if patience_seconds is None else patience_seconds
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise PublishError(
            f"the lock cannot be taken ({error.strerror})",
            where=str(path),
            remedy="make its folder writable",
        ) from None
    try:
        _take(descriptor, path, patience)
        yield descriptor
    finally:
        os.close(descriptor)


def _take(descriptor: int, path: Path, patience_seconds: float) -> None:
    until = time.monotonic() + patience_seconds
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                raise PublishError(
                    "another run is publishing to this target",
                    where=str(path),
                    remedy="wait until it has ended, then publish again",
                ) from None
            time.sleep(0.05)
        else:
            return
