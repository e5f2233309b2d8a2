"""From the settings of a project to its targets."""

from __future__ import annotations

import re
from pathlib import Path

from reportgen.errors import InputError
from reportgen.publish.folder import Folder
from reportgen.publish.git import GitBranch
from reportgen.publish.report import Target
from reportgen.publish.rsync import RsyncFolder
from reportgen.publish.s3 import ObjectStore
from reportgen.settings import FILE, FolderTarget, GitTarget, RsyncTarget, Settings

# Neither a path nor a drive: host:path, user@host:path, scheme://...
_ELSEWHERE = re.compile(r"^[^/]+:")


def choose(settings: Settings, name: str | None, project: Path) -> Target:
    """The target of that name, or the only one there is; InputError when there is no such."""
    names = sorted(settings.publish)
    if not names:
        raise InputError(
            "no target is set: there is nowhere to publish to",
            where=str(project / FILE),
            remedy="add a table [publish.<name>]; docs/publishing.md shows each kind",
        )
    if name is None and len(names) == 1:
        name = names[0]
    if name not in names:
        what = f"there is no target {name!r}" if name else "there is more than one target"
        raise InputError(
            what,
            where=str(project / FILE),
            remedy=f"name one of: {', '.join(names)}",
        )
    return _open(settings, name, project)


def _open(settings: Settings, name: str, project: Path) -> Target:
    own = settings.publish[name]
    state = project.resolve() / "data" / "publish"
    lock = state / f"{name}.lock"
    if isinstance(own, FolderTarget):
        return Folder(name, project / own.path, own.keep)
    if isinstance(own, GitTarget):
        return GitBranch(name, own, _address(project, own.repository), state / f"{name}.git")
    if isinstance(own, RsyncTarget):
        return RsyncFolder(name, _address(project, own.destination), own.ssh, own.keep, lock)
    return ObjectStore(name, own, lock)


def _address(project: Path, text: str) -> str:
    """An address elsewhere as it is, a path from the project folder."""
    text = text.rstrip("/") or "/"
    text += "." if text.endswith(":") else ""
    return text if _ELSEWHERE.match(text) else str((project / text).resolve())
