"""Which briefs a site has, and each version of them that was ever issued.

What was issued lies in ``published/<as-of>/<n>/`` as it was built, and stays; ``issued.json``
beside the versions says when each was issued and why it was issued again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from reportgen.errors import InputError

FOLDER = "published"
RECORD = "issued.json"
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}")
_FACTS, _MANIFEST, _PAGE = "facts.json", "manifest.json", "brief.html"


@dataclass(frozen=True, slots=True)
class Correction:
    """Why a brief is issued again: the reason by language tag, and when."""

    reason: Mapping[str, str]
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class Version:
    """A brief as it was or is to be issued: its files, when, and for a later version the reason.

    Of a draft, which is never issued, ``drafted`` are the languages.
    """

    number: int
    folder: Path
    issued_at: datetime
    reason: Mapping[str, str] = field(default_factory=dict)
    drafted: tuple[str, ...] = ()

    @property
    def tags(self) -> tuple[str, ...]:
        """The languages it has a page in, in the order of its manifest; those of a draft."""
        if self.drafted:
            return self.drafted
        manifest = self.folder / _MANIFEST
        return _tags_of(manifest, manifest.stat().st_mtime_ns)


@dataclass(frozen=True, slots=True)
class Issue:
    """The brief of a date with its versions, the first one first."""

    as_of: date
    versions: tuple[Version, ...]

    @property
    def current(self) -> Version:
        """What readers are to read."""
        return self.versions[-1]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The briefs of a site, newest first; ``unissued`` are the versions that no reader has seen.

    ``differing`` are dates whose built brief says something else than what was issued, where that
    is not about to be corrected: the site has what was issued.
    """

    issues: tuple[Issue, ...]
    unissued: tuple[tuple[date, Version], ...]
    differing: tuple[date, ...]


@lru_cache(maxsize=512)
def _tags_of(manifest: Path, written_at: int) -> tuple[str, ...]:  # noqa: ARG001  # tells the state
    pages = (name.partition("/") for name in _json(manifest)["outputs"])
    return tuple(tag for tag, _, rest in pages if rest == _PAGE and tag != "parallel")


def gather(
    project: Path,
    output: Path,
    *,
    now: datetime | None = None,
    correction: Correction | None = None,
    empty: bool = False,
) -> Gathered:
    """What was issued and what is built; InputError for a damaged record, or for none at all.

    A first version is issued ``now``; before it is, its date is that of its data. With a
    ``correction`` a built brief that says something else becomes the next version. It may be
    ``empty``.
    """
    issued, built = dict(_issued(project / FOLDER)), dict(_built(output))
    issues, unissued, differing = [], [], []
    for day in sorted(issued.keys() | built.keys(), reverse=True):
        versions, folder = issued.get(day, ()), built.get(day)
        if folder and not versions:
            versions = (Version(1, folder, now or cutoff_of(folder)),)
            unissued.append((day, versions[0]))
        elif folder and not _says_the_same(folder, versions[-1].folder):
            if correction is None:
                differing.append(day)
            else:
                number = versions[-1].number + 1
                new = Version(number, folder, correction.issued_at, correction.reason)
                versions = (*versions, new)
                unissued.append((day, new))
        issues.append(Issue(day, versions))
    if not issues and not empty:
        raise InputError(
            "there is no built brief", where=str(output), remedy="run reportgen build first"
        )
    return Gathered(tuple(issues), tuple(unissued), tuple(differing))


def cutoff_of(folder: Path) -> datetime:
    """The instant up to which a brief knows the data."""
    return datetime.fromisoformat(_json(folder / _FACTS)["cutoff"])


def record_of(versions: Sequence[Version]) -> bytes:
    """``issued.json`` of a date."""
    entries = [
        {
            "number": version.number,
            "issued_at": version.issued_at.isoformat(),
            "reason": dict(version.reason),
        }
        for version in versions
    ]
    return (json.dumps({"versions": entries}, ensure_ascii=False, indent=2) + "\n").encode()


def _issued(folder: Path) -> Iterator[tuple[date, tuple[Version, ...]]]:
    for path in sorted(folder.glob(f"*/{RECORD}")):
        if not _DATED.fullmatch(path.parent.name):
            continue
        try:
            versions = tuple(
                Version(
                    int(entry["number"]),
                    path.parent / str(entry["number"]),
                    datetime.fromisoformat(entry["issued_at"]),
                    {str(tag): str(text) for tag, text in entry["reason"].items()},
                )
                for entry in _json(path)["versions"]
            )
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            what = f"is no record of versions ({type(error).__name__}: {error})"
            raise _damaged(path, what) from None
        for version in versions:
            if not (version.folder / _MANIFEST).is_file():
                raise _damaged(version.folder, "was issued, and is not there")
        yield date.fromisoformat(path.parent.name), versions


def _built(output: Path) -> Iterator[tuple[date, Path]]:
    """Briefs with at least one page that are no drafts."""
    for path in sorted(output.glob(f"*/{_MANIFEST}")):
        if _DATED.fullmatch(path.parent.name):
            manifest = _json(path)
            pages = any(name.endswith(f"/{_PAGE}") for name in manifest["outputs"])
            if pages and not manifest.get("draft"):
                yield date.fromisoformat(path.parent.name), path.parent


def _says_the_same(one: Path, other: Path) -> bool:
    """Whether two builds tell readers the same: figures, sentences, notes. Looks may differ."""
    if (one / _FACTS).read_bytes() != (other / _FACTS).read_bytes():
        return False
    return bool(_json(one / _MANIFEST)["notes"] == _json(other / _MANIFEST)["notes"])


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise _damaged(path, f"cannot be read ({error})") from None


def _damaged(path: Path, what: str) -> InputError:
    return InputError(
        what,
        where=str(path),
        remedy="bring it back from a copy; for a brief in output/, build it again",
    )
