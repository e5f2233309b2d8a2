"""What goes wrong with a provider, as small functions from the right answer to a wrong one.

Those on the response know nothing of its content; those on the content take a body apart into rows,
JSON and CSV alike, change some, and put it together again. They compose::

    replay.fault("/api/rp/", faults.duplicated(), faults.reordered())

Where a fault needs one row, it takes the newest unless ``where`` names it by its fields.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from tests.replay.answer import CSV, HTML, Answer, of_html
from tests.replay.rows import Row, Rows, date_of, edited, newest, total_field, value_field, zipped

Fault = Callable[[Answer], Answer]
Where = Mapping[str, str]


def status(code: int, retry_after: str | None = None) -> Fault:
    """An error page with a status; ``retry_after`` is told as it stands, seconds or a date."""
    headers = {} if retry_after is None else {"Retry-After": retry_after}
    return lambda answer: replace(of_html(code, f"Error {code}"), headers=headers, path=answer.path)


def slow(seconds: float) -> Fault:
    """The right answer after a wait."""
    return lambda answer: replace(answer, delay_seconds=seconds)


def hang_up() -> Fault:
    """No answer at all; the connection is closed."""
    return lambda answer: replace(answer, hang_up=True)


def cut_off(share: float = 0.5) -> Fault:
    """Only a share of the bytes that Content-Length promises, then the connection is closed."""
    return lambda answer: replace(answer, sent_share=share)


def truncated(share: float = 0.5) -> Fault:
    """Only a share of the body, with a length that agrees."""
    return lambda answer: replace(answer, body=answer.body[: int(len(answer.body) * share)])


def html_page() -> Fault:
    """A page for people with status 200, as from a maintenance window or a login."""
    page = b"<!DOCTYPE html>\n<html><body>Down for maintenance</body></html>\n"
    return lambda answer: replace(answer, body=page, content_type=HTML)


def zip_body() -> Fault:
    """The CSV packed in a ZIP, as FRED answers to series of mixed frequencies."""

    def packed(answer: Answer) -> Answer:
        body = zipped({"Daily": answer.body.decode()})
        return replace(answer, body=body, content_type="application/zip")

    return packed


def redirected(base_url: str) -> Fault:
    """A redirect of the same path to another host."""
    return lambda answer: replace(
        of_html(302, "Found"),
        headers={"Location": base_url.rstrip("/") + answer.path},
        path=answer.path,
    )


def empty_list() -> Fault:
    """The right form without a row."""
    return edited(lambda rows: [])


def duplicated(where: Where | None = None) -> Fault:
    """A row told twice, such as an operation with one operationId."""

    def twice(rows: Rows) -> Rows:
        row = _one(rows, where)
        return [copy for each in rows for copy in ([each, dict(each)] if each is row else [each])]

    return edited(twice)


def reordered() -> Fault:
    """All rows, in an order that is neither up nor down."""
    return edited(lambda rows: rows[1::2] + rows[::2])


def missing_day(day: date) -> Fault:
    """Every row but those of a day."""
    return edited(lambda rows: [row for row in rows if date_of(row) != day.isoformat()])


def renamed_field(old: str, new: str | None = None) -> Fault:
    """A field under another name wherever it stands, in JSON or as the column of a CSV."""
    name = new or f"{old}New"

    def renamed(answer: Answer) -> Answer:
        if answer.content_type == CSV:
            head, _, rest = answer.body.decode().partition("\n")
            columns = [name if column == old else column for column in head.split(",")]
            return replace(answer, body=(",".join(columns) + "\n" + rest).encode())
        payload = _with_renamed(json.loads(answer.body), old, name)
        return replace(answer, body=json.dumps(payload, separators=(",", ":")).encode())

    return renamed


def _with_renamed(part: Any, old: str, new: str) -> Any:
    if isinstance(part, dict):
        return {
            new if key == old else key: _with_renamed(value, old, new)
            for key, value in part.items()
        }
    return [_with_renamed(each, old, new) for each in part] if isinstance(part, list) else part


def set_value(field: str, value: Any, where: Where | None = None) -> Fault:
    """One value replaced by another, JSON type included."""
    return _on_value(lambda before: value, field, where)


def shifted(field: str, by: Decimal | float | str, where: Where | None = None) -> Fault:
    """A number of one row that is off by an amount, in the provider's unit."""
    return _on_value(
        lambda before: _like(before, Decimal(str(before)) + Decimal(str(by))), field, where
    )


def scaled(field: str, factor: Decimal | float | str, where: Where | None = None) -> Fault:
    """A number of one row multiplied."""
    times = Decimal(str(factor))
    return _on_value(lambda before: _like(before, Decimal(str(before)) * times), field, where)


def unknown_method(name: str = "Sealed Bid") -> Fault:
    """The newest repo operation held by a method nobody has heard of."""
    return set_value("operationMethod", name, {"operationType": "Repo"})


def wrong_total_count(by: int = 1) -> Fault:
    """FiscalData's count of all rows that disagrees with the rows there are."""

    def miscounted(answer: Answer) -> Answer:
        payload = json.loads(answer.body)
        payload["meta"]["total-count"] += by
        return replace(answer, body=json.dumps(payload, separators=(",", ":")).encode())

    return miscounted


def in_thousandths() -> Fault:
    """Every value of a FRED series divided by a thousand: billions where millions are due."""

    def thousandths(rows: Rows) -> Rows:
        for row in rows:
            field = value_field(row)
            if row[field] not in ("", "."):
                row[field] = f"{Decimal(row[field]) / 1000:f}"
        return rows

    return edited(thousandths)


def impossible_rate(where: Where | None = None) -> Fault:
    """A rate without its decimal point: 433 for 4.33."""
    return _on_value(lambda before: _like(before, Decimal(str(before)) * 100), None, where)


def negative_tga() -> Fault:
    """The newest closing balance of the Treasury below zero."""
    closing = {"account_type": "Treasury General Account (TGA) Closing Balance"}
    return scaled("open_today_bal", -1, closing)


def broken_identity(by: Decimal | float | str = 1_000_000, where: Where | None = None) -> Fault:
    """A total that is no longer the sum of its parts, in the provider's unit.

    Of an operation its accepted amount, of SOMA its total, of the monthly statement a class, of the
    cash balance the opening.
    """

    def broken(rows: Rows) -> Rows:
        row = _one(rows, where)
        field = total_field(row)
        row[field] = _like(row[field], Decimal(str(row[field])) + Decimal(str(by)))
        return rows

    return edited(broken)


def disagreement(day: date, by: Decimal | float | str) -> Fault:
    """One provider's value of a day that is off from what the others tell."""

    def off(rows: Rows) -> Rows:
        row = next(row for row in rows if date_of(row) == day.isoformat())
        field = value_field(row)
        row[field] = _like(row[field], Decimal(str(row[field])) + Decimal(str(by)))
        return rows

    return edited(off)


def _on_value(change: Callable[[Any], Any], field: str | None, where: Where | None) -> Fault:
    def changed(rows: Rows) -> Rows:
        row = _one(rows, where)
        name = field or value_field(row)
        row[name] = change(row[name])
        return rows

    return edited(changed)


def _one(rows: Rows, where: Where | None) -> Row:
    wanted = where or {}
    fitting = [
        row for row in rows if all(str(row.get(name)) == value for name, value in wanted.items())
    ]
    if not fitting:
        raise ValueError(f"no row of this answer has {dict(wanted)}")
    return newest(fitting)


def _like(before: Any, value: Decimal) -> Any:
    """A number in the JSON type of the one before."""
    if isinstance(before, str):
        return f"{value:f}"
    return int(value) if isinstance(before, int) and value == int(value) else float(value)
