"""``reportgen publish``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from reportgen import settings
from reportgen.publish import targets
from reportgen.publish.verifying import verify
from reportgen.site import listing as listings

SITE = Path("output") / "site"


@click.command("publish")
@click.argument("target", required=False)
@click.option("--rollback", is_flag=True, help="Back to the release before the current one.")
@click.option("--verify", "url", metavar="URL", help="Send nothing: compare what is published.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
@click.pass_obj
def command(
    project: Path, target: str | None, rollback: bool, url: str | None, as_json: bool
) -> None:
    """Brings the built site to a target; readers get the old site or the new one."""
    if url is not None:
        if target or rollback:
            raise click.UsageError("--verify sends nothing: give it neither TARGET nor --rollback")
        _verify(project, url, as_json)
        return
    chosen = targets.choose(settings.load(project), target, project)
    if rollback:
        report = chosen.rollback()
    else:
        site = project / SITE
        report = chosen.publish(site, listings.read(site))
    click.echo(json.dumps(report.as_record(), indent=1) if as_json else report.line())


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
