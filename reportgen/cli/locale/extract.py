"""``reportgen locale extract``."""

from __future__ import annotations

from pathlib import Path

import click

from reportgen.translation import keeping


@click.command("extract")
@click.pass_obj
def command(project: Path) -> None:
    """Writes locales/messages.pot: every message of the templates, with samples of real dates."""
    path, count = keeping.extract(project)
    click.echo(f"{path}: {count} messages")
