"""``reportgen site``."""

from __future__ import annotations

from pathlib import Path

import click

from reportgen.site import building


@click.command("site")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help="Folder of the built briefs; output/ in the project folder by default.",
)
@click.pass_obj
def command(project: Path, output: Path | None) -> None:
    """Makes the static site from the built briefs, in output/site/."""
    built = building.build(project, output or project / "output")
    briefs = len(built.gathered.issues)
    click.echo(built.folder)
    click.echo(f"{len(built.listing.files)} files, {briefs} briefs", err=True)
