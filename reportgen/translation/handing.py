"""Hands a locale file out as XLIFF and takes it back."""

from __future__ import annotations

from pathlib import Path

from reportgen.language import checking, po_file
from reportgen.language import locale as locales
from reportgen.translation import keeping, xliff


def export(project: Path, tag: str, file: Path) -> tuple[Path, int]:
    """Writes a language's messages as XLIFF; the path and how many."""
    language = locales.load(tag, project)
    po = po_file.read(checking.file_of(language, project))
    keeping.write(file, xliff.exported(po, language).decode())
    return file, len(po.entries)


def take_back(project: Path, tag: str, file: Path) -> tuple[Path, int]:
    """Takes an XLIFF's translations into the locale file; its path and how many changed."""
    language = locales.load(tag, project)
    old = po_file.read(checking.file_of(language, project))
    new = xliff.imported(file.read_bytes(), old, language, str(file))
    changed = sum(before != after for before, after in zip(old.entries, new.entries, strict=True))
    return keeping.save(new, language, project), changed
