"""``reportgen facts``."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from reportgen import pipeline


@click.command("facts")
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day to describe."
)
@click.option("--json", "as_json", is_flag=True, help="As JSON, with the findings.")
@click.pass_obj
def command(project: Path, as_of: datetime | None, as_json: bool) -> None:
    """Prints the facts of a date: a table on a terminal, tab-separated lines elsewhere."""
    day = as_of.date() if as_of else None
    if as_json:
        click.echo(pipeline.facts_json(project, day), nl=False)
        return
    rows = pipeline.facts_table(project, day)
    if not sys.stdout.isatty():
        for row in rows:
            click.echo("\t".join(row))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(*rows[0], show_edge=False, header_style="bold")
    for row in rows[1:]:
        table.add_row(*row)
    Console().print(table)
