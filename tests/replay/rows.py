"""The rows in an answer's body, whatever its provider: taken out, changed, put back."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from tests.replay.answer import CSV, Answer

Row = dict[str, Any]
Rows = list[Row]

# Where the rows of each kind of JSON answer are.
_PATHS = (
    ("repo", "operations"),
    ("refRates",),
    ("soma", "summary"),
    ("treasury", "auctions"),
    ("observations",),
    ("data",),
    ("seriess",),
)
_DATES = (
    *("operationDate", "effectiveDate", "asOfDate"),
    *("record_date", "date", "observation_date"),
)
# A row's value and its total stand in the first of these it has.
_VALUES = ("percentRate", "value", "totalAmtAccepted", "total_mil_amt", "tot_pub_debt_out_amt")
_TOTALS = ("totalAmtAccepted", "total", "total_mil_amt", "open_today_bal", "tot_pub_debt_out_amt")


def edited(change: Callable[[Rows], Rows]) -> Callable[[Answer], Answer]:
    """A fault that changes the rows of an answer; the counts beside them keep to the rows."""

    def changed(answer: Answer) -> Answer:
        if answer.content_type == CSV:
            return replace(answer, body=_edited_csv(answer.body.decode(), change).encode())
        payload = json.loads(answer.body)
        holder, name = _holder(payload)
        before = len(holder[name])
        holder[name] = change(holder[name])
        gone = before - len(holder[name])
        if "meta" in payload:
            payload["meta"]["count"] -= gone
            payload["meta"]["total-count"] -= gone
        if "observations" in payload:
            payload["count"] -= gone
        return replace(answer, body=json.dumps(payload, separators=(",", ":")).encode())

    return changed


def rows_of(payload: Any) -> Rows:
    """The rows of a JSON answer."""
    holder, name = _holder(payload)
    rows: Rows = holder[name]
    return rows


def csv_rows(text: str) -> list[dict[str, str]]:
    """The rows of a CSV answer."""
    return list(csv.DictReader(io.StringIO(text)))


def _holder(payload: Any) -> tuple[dict[str, Any], str]:
    for path in _PATHS:
        holder = payload
        for name in path[:-1]:
            holder = holder.get(name, {})
        if isinstance(holder.get(path[-1]), list):
            return holder, path[-1]
    raise ValueError(f"an answer without rows: {str(payload)[:200]}")


def _edited_csv(text: str, change: Callable[[Rows], Rows]) -> str:
    columns = text.partition("\n")[0].split(",")
    rows = change([dict(row) for row in csv_rows(text)])
    lines = [",".join(columns), *(",".join(str(row[name]) for name in columns) for row in rows)]
    return "\n".join(lines) + "\n"


def date_of(row: Mapping[str, Any]) -> str:
    """The day a row is about."""
    return str(next(row[name] for name in _DATES if name in row))


def newest(rows: Rows) -> Row:
    """The row of the newest day that has a value; the first told of that day."""
    told = [row for row in rows if not _is_blank(row)] or rows
    last = max(date_of(row) for row in told)
    return next(row for row in told if date_of(row) == last)


def _is_blank(row: Mapping[str, Any]) -> bool:
    """Whether a row of FRED is that of a holiday."""
    if "observation_date" in row or "value" in row:
        return row[value_field(row)] in ("", ".")
    return False


def value_field(row: Mapping[str, Any]) -> str:
    """The field that carries a row's value; of a CSV the last column."""
    if "observation_date" in row:
        return list(row)[-1]
    return next(name for name in _VALUES if name in row)


def total_field(row: Mapping[str, Any]) -> str:
    """The field of a row that is bound to others by a sum."""
    return next(name for name in _TOTALS if name in row)


def zipped(tables: Mapping[str, str]) -> bytes:
    """CSV files in a ZIP."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in tables.items():
            archive.writestr(f"{name}.csv", text)
    return packed.getvalue()
