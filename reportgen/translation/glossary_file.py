"""``glossary.csv`` as a table that grows by a language."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

from reportgen import resources
from reportgen.config_files import read_text
from reportgen.language.glossary import FILE
from reportgen.language.locale import Locale
from reportgen.translation import keeping

NOTE = "note"


def add_language(project: Path, tag: str, like: str | None = None) -> int:
    """Two columns for a language, as those of another or empty; how many terms there are."""
    columns, rows = _read(project)
    own = [tag, f"not {tag}"]
    if not columns or tag in columns:
        return len(rows)
    place = columns.index(NOTE) if NOTE in columns else len(columns)
    for row in rows:
        row |= {name: row.get(name.replace(tag, like or ""), "") for name in own}
    _write(project, [*columns[:place], *own, *columns[place:]], rows)
    return len(rows)


def fill(project: Path, language: Locale, original: Locale, convert: Callable[[str], str]) -> int:
    """Converts the renderings of terms that the language has none of; how many."""
    columns, rows = _read(project)
    if original.tag not in columns or language.tag not in columns:
        return 0
    empty = [row for row in rows if row[original.tag] and not row[language.tag]]
    for row in empty:
        renderings = map(convert, row[original.tag].split("|"))
        row[language.tag] = "|".join(dict.fromkeys(renderings))
    if empty:
        _write(project, columns, rows)
    return len(empty)


def _read(project: Path) -> tuple[list[str], list[dict[str, str]]]:
    path = resources.find(resources.locale_folders(project), FILE)
    rows = csv.DictReader(io.StringIO(read_text(path), newline="") if path else ())
    table = [dict(row) for row in rows]
    return list(rows.fieldnames or ()), table


def _write(project: Path, columns: list[str], rows: list[dict[str, str]]) -> None:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    keeping.write(project / "locales" / FILE, text.getvalue())
