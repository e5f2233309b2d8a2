"""``reportgen build``."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import click

from reportgen import pipeline
from reportgen.errors import InputError
from reportgen.model import BuildOrder

DAY = click.DateTime(["%Y-%m-%d"])


@click.command("build")
@click.option("--as-of", type=DAY, metavar="DATE", help="The day whose end the brief describes.")
@click.option("--from", "first", type=DAY, metavar="DATE", help="Every seventh day from here ...")
@click.option("--to", "last", type=DAY, metavar="DATE", help="... to here.")
@click.option("--lang", "languages", multiple=True, metavar="TAG", help="Language; repeatable.")
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(["html", "pdf", "eml"]),
    help="Format; repeatable.",
)
@click.option(
    "--edition",
    "editions",
    multiple=True,
    type=click.Choice(["parallel"]),
    help="parallel: also a PDF with both languages side by side.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help="Output folder; output/ in the project folder by default.",
)
@click.option("--jobs", type=click.IntRange(1), default=None, help="Processes; one a core.")
@click.option("--draft", is_flag=True, help="Mark what is missing instead of stopping.")
@click.pass_obj
def command(
    project: Path,
    as_of: datetime | None,
    first: datetime | None,
    last: datetime | None,
    languages: tuple[str, ...],
    formats: tuple[str, ...],
    editions: tuple[str, ...],
    output: Path | None,
    jobs: int | None,
    draft: bool,
) -> None:
    """Builds the brief of a date and prints the paths of what it wrote."""
    if (first is None) != (last is None) or (first and as_of):
        raise InputError(
            "--from and --to go together, and not with --as-of",
            where="build",
            remedy="give --as-of DATE, or --from DATE --to DATE",
        )
    order = BuildOrder(
        project=project,
        output=output or project / "output",
        as_of=as_of.date() if as_of else None,
        languages=languages,
        formats=formats,
        editions=editions,
        draft=draft,
        jobs=jobs or os.cpu_count() or 1,
    )
    if first and last:
        paths = pipeline.build_range(order, first.date(), last.date())
    else:
        paths = pipeline.build(order)
    for path in paths:
        if path.suffix in (".html", ".pdf", ".eml", ".json"):
            click.echo(path)
