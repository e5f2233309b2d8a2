"""``reportgen locale sheet``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from reportgen.cli.build import DAY
from reportgen.translation import keeping


@click.command("sheet")
@click.option("--lang", "tag", metavar="TAG", help="The language; by default the desk's first.")
@click.option(
    "--as-of",
    "days",
    type=DAY,
    multiple=True,
    metavar="DATE",
    help="A day whose facts fill the messages; repeatable. By default 27 days.",
)
@click.option(
    "--output",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The page; sheet.<TAG>.html by default.",
)
@click.option("--missing", is_flag=True, help="Only what waits for a translator.")
@click.pass_obj
def command(
    project: Path, tag: str | None, days: tuple[datetime, ...], file: Path | None, missing: bool
) -> None:
    """Writes a page that shows each message beside its source, filled with real facts."""
    chosen = [day.date() for day in days]
    click.echo(keeping.sheet(project, tag, chosen, file, missing=missing))
