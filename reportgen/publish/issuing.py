"""Keeps what is issued, as it was built, before readers see it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from reportgen.errors import CheckError, InputError, RenderError
from reportgen.review import built
from reportgen.site import issued
from reportgen.site.issued import Correction, Gathered, Version


def correction_of(
    reasons: Iterable[str], tags: tuple[str, ...], now: datetime
) -> Correction | None:
    """The correction that ``--correct`` asks for; None where it was not given.

    A reason is a text, taken to be in the first language, or one language's, as ``zh-Hans=...``.
    """
    found: dict[str, str] = {}
    for reason in reasons:
        tag, equals, text = reason.partition("=")
        own = bool(equals) and tag in tags
        key, said = (tag, text.strip()) if own else (tags[0], reason.strip())
        if not said or key in found:
            raise InputError(
                "says nothing" if not said else f"gives the reason in {key} twice",
                where="--correct",
                remedy="give one text for each language: "
                + " ".join(f'--correct {tag}="..."' for tag in tags),
            )
        found[key] = said
    return Correction(found, now) if found else None


def refuse(gathered: Gathered, project: Path, correction: Correction | None) -> None:
    """CheckError for what ``reportgen check`` finds; InputError for a correction of nothing."""
    if correction and not _is_due(gathered, correction):
        raise InputError(
            "no brief that was issued differs from what is built: there is nothing to correct",
            where="--correct",
            remedy="build the corrected brief first, or publish without --correct",
        )
    for day, version in gathered.unissued:
        checked = built.check(version.folder, project)
        if checked.findings:
            lines = "\n  ".join(finding.line() for finding in checked.findings[:10])
            raise CheckError(
                f"{len(checked.findings)} findings in the brief of {day}:\n  {lines}",
                where=str(version.folder),
                remedy="see reportgen check; mend them and build the brief again",
            )


def _is_due(gathered: Gathered, correction: Correction) -> bool:
    """Whether a brief is about to be corrected, or was before a run for that reason was ended."""
    if any(version.number > 1 for _, version in gathered.unissued):
        return True
    newest = (issue.current for issue in gathered.issues)
    return any(v.number > 1 and v.reason == correction.reason for v in newest)


def issue(gathered: Gathered, project: Path) -> tuple[Path, ...]:
    """Keeps each new version in ``published/<as-of>/<n>/``; the folders of those.

    The record is written last and in one step: what it does not name was not issued. RenderError
    when the disk refuses.
    """
    versions = {issue.as_of: issue.versions for issue in gathered.issues}
    kept = []
    for day, version in gathered.unissued:
        folder = project / issued.FOLDER / day.isoformat()
        try:
            kept.append(_keep(version, folder))
            _record(folder, versions[day])
        except OSError as error:
            raise RenderError(
                f"the version cannot be kept ({error.strerror})",
                where=str(error.filename or folder),
                remedy="check permissions and free space, and publish again",
            ) from error
    return tuple(kept)


def _keep(version: Version, folder: Path) -> Path:
    place = folder / str(version.number)
    staged = folder / f".new-{version.number}"
    shutil.rmtree(staged, ignore_errors=True)
    # A run that was ended before the record named it.
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(version.folder, staged)
    staged.rename(place)
    return place


def _record(folder: Path, versions: tuple[Version, ...]) -> None:
    staged = folder / f".new-{issued.RECORD}"
    with staged.open("wb") as file:
        file.write(issued.record_of(versions))
        file.flush()
        os.fsync(file.fileno())
    staged.replace(folder / issued.RECORD)


def missing_reasons(correction: Correction | None, tags: tuple[str, ...]) -> Mapping[str, str]:
    """Languages in which a correction has no reason, with the one whose text is shown instead."""
    if correction is None:
        return {}
    shown = next(iter(correction.reason))
    return {tag: shown for tag in tags if tag not in correction.reason}
