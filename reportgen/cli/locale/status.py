"""``reportgen locale status``."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from reportgen.cli import tables
from reportgen.translation import keeping, status


@click.command("status")
@click.option("--lang", "tags", multiple=True, metavar="TAG", help="A language; all by default.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_obj
def command(project: Path, tags: tuple[str, ...], as_json: bool) -> None:
    """Prints for each language and section how much is translated, changed, missing, obsolete."""
    languages = keeping.chosen(project, tags)
    found = [row for language in languages for row in status.of_language(language, project)]
    if as_json:
        records = [{**asdict(row), "percent": row.percent} for row in found]
        click.echo(json.dumps(records, ensure_ascii=False, indent=1))
        return
    head = ("language", "section", "messages", "translated", "changed", "missing", "obsolete", "%")
    rows = [
        (
            row.language,
            row.section or "all",
            *map(
                str,
                (
                    row.messages,
                    row.translated,
                    row.changed,
                    row.missing,
                    row.obsolete,
                    row.percent,
                ),
            ),
        )
        for row in found
    ]
    tables.show([head, *rows])
