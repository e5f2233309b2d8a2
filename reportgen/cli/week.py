"""``reportgen week``."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import click

from reportgen import pipeline
from reportgen.cli import publish
from reportgen.cli.build import DAY
from reportgen.cli.pull import listening
from reportgen.model import BuildOrder


@click.command("week")
@click.argument("target", required=False)
@click.option("--as-of", type=DAY, metavar="DATE", help="The day whose end the brief describes.")
@publish.CORRECT
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    target: str | None,
    as_of: datetime | None,
    reasons: tuple[str, ...],
    as_json: bool,
) -> None:
    """Does the week: pulls, builds, checks, makes the site and publishes it."""
    project: Path = ctx.obj
    order = BuildOrder(
        project=project,
        output=project / "output",
        as_of=as_of.date() if as_of else None,
        jobs=os.cpu_count() or 1,
    )
    with listening(bool(ctx.find_root().params["quiet"])) as listener:
        done = pipeline.week(order, target, reasons, listener)
    publish.show(done, as_json)
