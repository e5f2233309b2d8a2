"""``reportgen doctor``."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from reportgen import doctor


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_obj
def command(project: Path, as_json: bool) -> None:
    """Tests fonts, libraries, settings, languages and data; ends with the first fault's code."""
    findings = doctor.examine(project)
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        for finding in findings:
            mark = "FAULT" if finding.exit_code else "ok"
            click.echo(f"{mark:5}  {finding.name:18} {finding.detail}")
            if finding.remedy:
                click.echo(f"       {'':18} → {finding.remedy}")
    sys.exit(next((f.exit_code for f in findings if f.exit_code), 0))
