"""``reportgen status``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from reportgen import pipeline
from reportgen.cli import tables
from reportgen.clock import NEW_YORK
from reportgen.status import SeriesRow, require_on_time

HEAD = ("series", "last", "published", "next due", "source", "required", "state")


@click.command("status")
@click.option("--json", "as_json", is_flag=True, help="As JSON, instants in UTC.")
@click.pass_obj
def command(project: Path, as_json: bool) -> None:
    """Prints what data there is, how fresh it is and what is due; times are New York's."""
    rows = pipeline.status(project)
    if as_json:
        records = [_record(row) for row in rows]
        click.echo(json.dumps(records, ensure_ascii=False, indent=1))
    else:
        _show(rows)
    require_on_time(rows)


def _show(rows: Sequence[SeriesRow]) -> None:
    table: list[tuple[str, ...]] = [HEAD]
    for row in rows:
        table.append(
            (
                row.series.id,
                row.last.isoformat() if row.last else "",
                _local(row.published_at),
                _local(row.next_due_at),
                row.series.source,
                "yes" if row.series.required else "no",
                row.state.value,
            )
        )
    tables.show(table)
    for row in rows:
        for doubt in row.doubts:
            click.echo(f"{doubt.rule.value}: {doubt.series} {doubt.date}: {doubt.reason}")


def _local(instant: datetime | None) -> str:
    return f"{instant.astimezone(NEW_YORK):%Y-%m-%d %H:%M}" if instant else ""


def _record(row: SeriesRow) -> dict[str, Any]:
    return {
        "series": row.series.id,
        "last": row.last.isoformat() if row.last else None,
        "published_at": row.published_at.isoformat() if row.published_at else None,
        "next_due_at": row.next_due_at.isoformat() if row.next_due_at else None,
        "source": row.series.source,
        "required": row.series.required,
        "state": row.state.value,
        "quarantined": [
            {
                "date": doubt.date.isoformat(),
                "rule": doubt.rule.value,
                "reason": doubt.reason,
                "value": doubt.value,
            }
            for doubt in row.doubts
        ],
    }
