"""Reports of runs under ``logs/``: for operators, never part of an output."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from reportgen.errors import RenderError


def write_log(project: Path, command: str, started_at: datetime, record: Mapping[str, Any]) -> Path:
    """Writes ``logs/<time>-<command>.json``; RenderError when the folder cannot be written."""
    path = project / "logs" / f"{started_at:%Y%m%dT%H%M%S}-{command}.json"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise RenderError(
            f"the report of the run cannot be written ({error.strerror})",
            where=str(path),
            remedy="make the folder logs/ writable",
        ) from None
    return path
