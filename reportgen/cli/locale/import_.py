"""``reportgen locale import``."""

from __future__ import annotations

from pathlib import Path

import click

from reportgen.translation import handing


@click.command("import")
@click.option("--lang", "tag", required=True, metavar="TAG", help="The language.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def command(project: Path, tag: str, file: Path) -> None:
    """Takes the translations of an XLIFF into the locale file, all of them or none."""
    path, count = handing.take_back(project, tag, file)
    click.echo(f"{path}: {count} messages changed")
