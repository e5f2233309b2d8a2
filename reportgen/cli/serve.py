"""``reportgen serve``."""

from __future__ import annotations

import webbrowser
from datetime import date, datetime
from pathlib import Path

import click

from reportgen.cli.build import DAY
from reportgen.serving import running


@click.command("serve")
@click.option("--lang", "tag", metavar="TAG", help="The language; by default the desk's first.")
@click.option("--as-of", type=DAY, metavar="DATE", help="The day whose end the brief describes.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8040,
    show_default=True,
    help="Where it answers; 0 for any port that is free.",
)
@click.option("--open", "opens", is_flag=True, help="Open the page in the browser.")
@click.pass_obj
def command(project: Path, tag: str | None, as_of: datetime | None, port: int, opens: bool) -> None:
    """Shows the draft of a language in the browser, and again whenever a file is saved."""

    def started(address: str, day: date) -> None:
        click.echo(
            f"{address} shows the draft of {day}, {address}sheet each message; Ctrl-C ends it"
        )
        if opens:
            webbrowser.open(address)

    running.serve(project, tag, as_of.date() if as_of else None, port, started)
    click.echo("ended", err=True)
