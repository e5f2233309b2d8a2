"""Strict reading of responses: a field that is missing, renamed or mistyped is named with its URL.

Missing values are None and never zero. The providers write them as "", "null", "NA", "N/A" or ".".
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from reportgen.errors import SourceError
from reportgen.sources.feed import Request

MISSING = frozenset({"", ".", "NA", "N/A", "null", "*"})
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
# No figure has more digits before or behind its point; decimals beyond any size cannot be added.
MOST_DIGITS = 20


def malformed(request: Request, what: str) -> SourceError:
    """The error for a response that is not what the contract says."""
    return SourceError(
        f"{request.feed}: {what}",
        where=request.shown,
        remedy="nothing of it was stored; the response is kept under data/raw. Pull again later; "
        "if it stays so, the provider has changed its format and the parser must follow",
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a response; ``place`` names it in messages."""

    request: Request
    place: str
    fields: Mapping[str, Any]

    def text(self, name: str) -> str:
        """A field that must be there and be text."""
        value = self.fields.get(name)
        if not isinstance(value, str):
            raise self.fault(name, "is missing" if value is None else f"is {value!r}, not text")
        return value

    def one_of(self, name: str, allowed: Iterable[str]) -> str:
        """A text field with a closed list of values."""
        value = self.text(name)
        if value not in allowed:
            raise self.fault(name, f"has the unknown value {value!r}")
        return value

    def day(self, name: str) -> date:
        """A date field, YYYY-MM-DD."""
        return self._as_date(name, self.text(name))

    def optional_day(self, name: str) -> date | None:
        """A date field that may say it has none; it must be there."""
        value = self.text(name)
        return None if value in MISSING else self._as_date(name, value)

    def _as_date(self, name: str, value: str) -> date:
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = None
        if day is None or day.isoformat() != value:
            raise self.fault(name, f"is {value!r}, not a date")
        return day

    def number(self, name: str) -> Decimal:
        """A number that must be there, as JSON number or as text."""
        value = self.optional_number(name)
        if value is None:
            raise self.fault(name, "has no value" if name in self.fields else "is missing")
        return value

    def optional_number(self, name: str) -> Decimal | None:
        """A number, or None where the field is absent or says that there is none."""
        value = self.fields.get(name)
        if value is None or (isinstance(value, str) and value.strip() in MISSING):
            return None
        if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
            raise self.fault(name, f"is {value!r}, not a number")
        if isinstance(value, str) and not _NUMBER.fullmatch(value.strip()):
            raise self.fault(name, f"is {value!r}, not a number")
        number = Decimal(value)
        if abs(number.adjusted()) > MOST_DIGITS and number:
            raise self.fault(name, f"is {str(value)[:40]}, which is no possible size")
        return number

    def present_number(self, name: str) -> Decimal | None:
        """As ``optional_number``, but the field itself must be there."""
        if name not in self.fields:
            raise self.fault(name, "is missing")
        return self.optional_number(name)

    def records(self, name: str) -> tuple[Row, ...]:
        """A list of records inside this one."""
        value = self.fields.get(name)
        if not isinstance(value, list):
            raise self.fault(name, "is missing" if value is None else "is not a list")
        place = f"{self.place}, {name}"
        return tuple(_row(self.request, f"{place} {n}", item) for n, item in enumerate(value, 1))

    def fault(self, name: str, what: str) -> SourceError:
        """The error that names this record's field."""
        return malformed(self.request, f"field {name} {what} ({self.place})")


def json_object(page: bytes, request: Request) -> Row:
    """A JSON object; numbers with a point become Decimal."""
    _require_not(page, request, "JSON")
    try:
        value = json.loads(page, parse_float=Decimal, parse_constant=_no_constant)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise malformed(request, f"the body is not JSON or is cut off ({error})") from None
    return _row(request, "the response", value)


def json_records(page: bytes, request: Request, *path: str) -> tuple[Row, ...]:
    """The records of a list that lies below the given names."""
    row = json_object(page, request)
    for name in path[:-1]:
        row = _row(request, name, row.fields.get(name))
    return row.records(path[-1])


def csv_rows(page: bytes, request: Request, heads: Sequence[Sequence[str]]) -> tuple[Row, ...]:
    """The rows of a CSV whose head is one of ``heads``; fields are named as in the first."""
    _require_not(page, request, "CSV")
    try:
        lines = list(csv.reader(io.StringIO(page.decode("utf-8-sig")), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise malformed(request, f"the body is not CSV ({error})") from None
    head = lines[0] if lines else []
    if head not in [list(allowed) for allowed in heads]:
        expected = ",".join(heads[0])
        raise malformed(request, f"the head is {','.join(head)[:80]!r}, expected {expected!r}")
    rows: list[Row] = []
    for number, line in enumerate(lines[1:], 2):
        if len(line) != len(head):
            raise malformed(request, f"line {number} has {len(line)} columns, not {len(head)}")
        rows.append(Row(request, f"line {number}", dict(zip(heads[0], line, strict=True))))
    return tuple(rows)


def _row(request: Request, place: str, value: Any) -> Row:
    if not isinstance(value, dict):
        kind = "missing" if value is None else type(value).__name__
        raise malformed(request, f"{place} is {kind}, expected an object")
    return Row(request, place, value)


def _require_not(page: bytes, request: Request, expected: str) -> None:
    start = page.lstrip()[:2]
    if start.startswith(b"<"):
        raise malformed(request, f"an HTML or XML page came instead of {expected}")
    if start == b"PK":
        raise malformed(request, f"a ZIP file came instead of {expected}")


def _no_constant(text: str) -> Any:
    raise ValueError(f"{text} is no number")


def distinct(rows: Iterable[Row], *key: str) -> tuple[Row, ...]:
    """One row for each value of the key fields: a repetition goes, a contradiction is an error."""
    kept: dict[tuple[str, ...], Row] = {}
    for row in rows:
        first = kept.setdefault(tuple(row.text(name) for name in key), row)
        if first.fields != row.fields:
            raise row.fault(key[0], f"is {row.text(key[0])} in two rows that differ")
    return tuple(kept.values())


def group_by_day(rows: Iterable[Row], day_of: Callable[[Row], date]) -> dict[date, list[Row]]:
    """Rows by their day, days ascending."""
    days: dict[date, list[Row]] = {}
    for row in rows:
        days.setdefault(day_of(row), []).append(row)
    return dict(sorted(days.items()))
