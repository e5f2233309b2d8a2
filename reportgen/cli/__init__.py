"""The command line: turns options into one call of the pipeline, and errors into exit codes."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import Any

import click

from reportgen import __version__
from reportgen.cli.lazy import LazyGroup
from reportgen.errors import ReportgenError

COMMANDS = {
    "init": "A project folder: settings, outlook, policy, calendar, notes, data.",
    "pull": "The latest data from every source.",
    "status": "What data there is, how fresh, what is due.",
    "build": "The brief of a date as HTML and PDF in every language.",
    "facts": "The facts of a date, as a table or JSON.",
    "site": "The static site from the built briefs.",
    "check": "Every gate and the reviewer, on what was built.",
    "publish": "The site to where it is read, whole or not at all.",
    "week": "All of a week: pull, build, check, site, publish.",
    "locale": "Locale files: made, brought in step, checked, handed out.",
    "serve": "The draft of a language in the browser, as it is worked on.",
    "doctor": "Fonts, libraries, settings and data, each tested.",
}


@click.group(
    cls=LazyGroup,
    modules=("reportgen.cli", COMMANDS),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--project",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Project folder; the current one by default.",
)
@click.option("-v", "--verbose", is_flag=True, help="Name the stages as they run.")
@click.option("-q", "--quiet", is_flag=True, help="Errors only.")
@click.option(
    "--log-format", type=click.Choice(["text", "json"]), default="text", help="Form of messages."
)
@click.option("--no-color", is_flag=True, help="No colour; NO_COLOR does the same.")
@click.version_option(__version__, prog_name="reportgen")
@click.pass_context
def group(
    ctx: click.Context, project: Path, verbose: bool, quiet: bool, log_format: str, no_color: bool
) -> None:
    """Builds a weekly brief on US dollar liquidity in Chinese and English."""
    level = logging.ERROR if quiet else logging.INFO if verbose else logging.WARNING
    _configure_log(level, log_format)
    if no_color:
        os.environ["NO_COLOR"] = "1"
    ctx.obj = project


def _configure_log(level: int, log_format: str) -> None:
    text = "%(message)s"
    if log_format == "json":
        text = '{"time": "%(asctime)s", "level": "%(levelname)s", "message": "%(message)s"}'
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format=text)
    logging.getLogger("reportgen").setLevel(level)


def main(arguments: list[str] | None = None) -> Any:
    """Runs a command; ends the process with the exit code of its error."""
    try:
        group.main(args=arguments, prog_name="reportgen", standalone_mode=False)
    except click.exceptions.Exit as request:
        sys.exit(request.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.Abort:
        click.echo("interrupted", err=True)
        sys.exit(130)
    except ReportgenError as error:
        click.echo(f"error: {error.message()}", err=True)
        sys.exit(error.exit_code)
