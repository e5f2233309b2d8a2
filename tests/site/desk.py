"""A desk with built briefs, as builds leave them, without the time that PDFs take."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from reportgen.model import Artifact, Brief
from reportgen.render import parallel, records
from reportgen.render.edition import Edition
from tests.conftest import LANGUAGES, brief_as_of
from tests.render.made import AS_OF, edition

BASE_URL = "https://example.org/briefs"
BEFORE = "2025-11-25"
PDF = b"%PDF-1.7 of a test\n"


def desk(folder: Path, days: Iterable[str] = (BEFORE, AS_OF)) -> Path:
    """A project whose briefs of some days are built in every language."""
    (folder / "reportgen.toml").write_text(f'[site]\nbase_url = "{BASE_URL}"\n', encoding="utf-8")
    for day in days:
        built(folder, day)
    return folder


def built(project: Path, day: str, tags: Iterable[str] = LANGUAGES, *, draft: bool = False) -> Path:
    """The brief of a day in a project's output."""
    editions = [edition(day, tag) for tag in tags]
    return left(project, brief_as_of(date.fromisoformat(day)), editions, draft=draft)


def left(project: Path, brief: Brief, editions: list[Edition], *, draft: bool = False) -> Path:
    """The folder of a brief whose editions are made."""
    pages = [made.page for made in editions]
    files = [artifact for made in editions for artifact in made.artifacts]
    files += [Artifact(Path(page.locale.tag) / "brief.pdf", PDF) for page in pages]
    if len(pages) == 2:
        both = parallel.assemble(pages, project, brief.as_of)
        files.append(Artifact(Path(parallel.FOLDER) / "brief.html", both.encode()))
    files.append(Artifact(Path("facts.json"), records.facts_json(brief, pages)))
    manifest = records.manifest_json(brief, project, files, draft=draft)
    folder = project / "output" / brief.as_of.isoformat()
    for file in (*files, Artifact(Path("manifest.json"), manifest)):
        (folder / file.path).parent.mkdir(parents=True, exist_ok=True)
        (folder / file.path).write_bytes(file.content)
    return folder
