"""``reportgen init``."""

from __future__ import annotations

from pathlib import Path

import click

from reportgen import starting


@click.command("init")
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def command(project: Path, folder: Path | None) -> None:
    """Makes a project folder and prints what it wrote."""
    for path in starting.start(folder or project):
        click.echo(path)
