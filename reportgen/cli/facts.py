"""``reportgen facts``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from reportgen import pipeline
from reportgen.cli import tables


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
    else:
        tables.show(pipeline.facts_table(project, day))
