"""``reportgen publish``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from reportgen import pipeline, settings
from reportgen.publish import targets
from reportgen.publish.publishing import Published
from reportgen.publish.verifying import verify
from reportgen.site import listing as listings

SITE = Path("output") / "site"
CORRECT = click.option(
    "--correct",
    "reasons",
    multiple=True,
    metavar="TEXT",
    help="Why a published brief is issued again; for each language TAG=TEXT.",
)


@click.command("publish")
@click.argument("target", required=False)
@click.option("--rollback", is_flag=True, help="Back to the release before the current one.")
@click.option("--verify", "url", metavar="URL", help="Send nothing: compare what is published.")
@CORRECT
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
@click.pass_obj
def command(
    project: Path,
    target: str | None,
    rollback: bool,
    url: str | None,
    reasons: tuple[str, ...],
    as_json: bool,
) -> None:
    """Issues what is built, and brings the site to a target; readers get the old or the new."""
    if url is not None:
        if target or rollback or reasons:
            raise click.UsageError("--verify sends nothing: give it no other option and no TARGET")
        _verify(project, url, as_json)
    elif rollback:
        if reasons:
            raise click.UsageError("--rollback issues nothing: --correct does not go with it")
        report = targets.choose(settings.load(project), target, project).rollback()
        click.echo(json.dumps(report.as_record(), indent=1) if as_json else report.line())
    else:
        show(pipeline.publish(project, target, reasons), as_json)


def show(done: Published, as_json: bool) -> None:
    """What was issued and what the target reports."""
    if as_json:
        issued = [{"as_of": day.isoformat(), "version": number} for day, number in done.issued]
        click.echo(json.dumps({"issued": issued, **done.report.as_record()}, indent=1))
        return
    for day, number in done.issued:
        click.echo(f"issued: {day}, version {number}")
    click.echo(done.report.line())


def _verify(project: Path, url: str, as_json: bool) -> None:
    if not url.startswith(("http://", "https://")):
        raise click.UsageError("--verify takes the address of the published site: https://…")
    listing = listings.read(project / SITE)
    findings = verify(listing, url)
    if as_json:
        click.echo(json.dumps([finding.as_record() for finding in findings], indent=1))
    else:
        for finding in findings:
            click.echo(finding.line())
        found = f"{len(findings)} findings" if findings else "all as built"
        click.echo(f"{url}: {len(listing.files) + 1} files, {found}", err=True)
    sys.exit(1 if findings else 0)
