"""What a build is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class BuildOrder:
    """What a build shall make; empty languages, formats or editions mean those of the settings."""

    project: Path
    output: Path
    as_of: date | None = None
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    draft: bool = False
    jobs: int = 2
