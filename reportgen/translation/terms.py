"""``terms.csv`` of a derived language: what it says otherwise than character by character."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from reportgen import resources
from reportgen.config_files import read_text
from reportgen.errors import InputError
from reportgen.language.locale import Locale

FILE = "terms.csv"


def load(project: Path, language: Locale) -> dict[str, str]:
    """Terms of the other language with what this one says; InputError when a row is wrong."""
    path = resources.find(resources.locale_folders(project), f"{language.folder}/{FILE}")
    if path is None or language.derived is None:
        return {}
    rows = csv.DictReader(read_text(path).splitlines(), strict=True)
    source, own = language.derived.source, language.tag
    found: dict[str, str] = {}
    for row in rows:
        term = row.get(source)
        if not term or row.get(own) is None or None in row or term in found:
            raise InputError(
                f"line {rows.line_num}: {term or 'the row'} stands there twice, or has not the "
                f"cells {source} and {own}",
                where=str(path),
                remedy=f"correct the row; the first line is {source},{own},note",
            )
        found[term] = row[own]
    return found


def applied(text: str, terms: Mapping[str, str], convert: Callable[[str], str]) -> str:
    """A text with its terms replaced, the longest first, and all the rest converted."""
    if not terms:
        return convert(text)
    longest_first = sorted(terms, key=len, reverse=True)
    parts = re.split(f"({'|'.join(map(re.escape, longest_first))})", text)
    # Terms stand as single strange characters meanwhile: what is around them is converted in one.
    held = [terms[part] for part in parts[1::2]]
    marks = [chr(0xE000 + number) for number in range(len(held))]
    joined = "".join(p for pair in zip(parts[::2], [*marks, ""], strict=True) for p in pair)
    converted = convert(joined)
    for mark, term in zip(marks, held, strict=True):
        converted = converted.replace(mark, term)
    return converted
