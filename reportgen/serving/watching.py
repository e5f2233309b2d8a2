"""Sees when a file that a draft is made of is saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

from watchfiles import Change, watch

from reportgen import notes, resources

# What drafts are made of; editors write other files beside these while they save.
_KINDS = (".po", ".toml", ".csv", ".j2", ".css", ".js", ".md")
# A folder that comes into being is seen after so long, a file in one at once.
_LOOK_MS = 1000
# Several files that are saved together are one change when no more than this lies between them.
_TOGETHER_MS = 50


def folders(project: Path) -> tuple[Path, ...]:
    """Where the files lie: locales and templates, own and shipped, and the editors' notes."""
    found = (
        *resources.locale_folders(project),
        *resources.template_folders(project),
        project / notes.FOLDER,
    )
    return tuple(folder for folder in found if folder.is_dir())


def on_change(project: Path, remake: Callable[[], None], stop: Event | None = None) -> None:
    """Calls ``remake`` after each change, until ``stop``; KeyboardInterrupt passes through."""
    stop = stop or Event()
    while not stop.is_set():
        watched = folders(project)
        for changes in watch(
            *watched,
            watch_filter=_counts,
            stop_event=stop,
            step=_TOGETHER_MS,
            rust_timeout=_LOOK_MS,
            yield_on_timeout=True,
        ):
            others = folders(project) != watched
            if changes or others:
                remake()
            if others:
                break


def _counts(_change: Change, path: str) -> bool:
    name = Path(path).name
    return name.endswith(_KINDS) and not name.startswith((".", "#"))
