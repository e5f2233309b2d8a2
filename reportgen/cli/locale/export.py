"""``reportgen locale export``."""

from __future__ import annotations

from pathlib import Path

import click

from reportgen.translation import handing


@click.command("export")
@click.option("--lang", "tag", required=True, metavar="TAG", help="The language.")
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def command(project: Path, tag: str, file: Path | None) -> None:
    """Writes a language's messages as XLIFF 1.2 to FILE, by default messages.<TAG>.xlf."""
    path, count = handing.export(project, tag, file or Path(f"messages.{tag}.xlf"))
    click.echo(f"{path}: {count} messages")
