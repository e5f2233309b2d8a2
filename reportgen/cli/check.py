"""``reportgen check``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from reportgen.review import built
from reportgen.review.rule import Finding


@click.command("check")
@click.argument("path", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.option("--explain", "rule_id", metavar="RULE", help="What a rule asks for, and stop.")
@click.option("--json", "as_json", is_flag=True, help="The findings as JSON.")
@click.pass_obj
def command(project: Path, path: Path | None, rule_id: str | None, as_json: bool) -> None:
    """Holds a built brief, by default the newest, to every gate and every rule of the reviewer."""
    if rule_id:
        rule = built.explain(rule_id)
        click.echo(f"{rule.id} ({rule.level}): {rule.explanation}")
        return
    checked = built.check(built.newest(path or project / "output"), project)
    if as_json:
        records = [_record(finding) for finding in checked.findings]
        click.echo(json.dumps(records, ensure_ascii=False, indent=1))
    else:
        for finding in checked.findings:
            click.echo(finding.line())
        count = len(checked.findings)
        found = "nothing found" if not count else f"{count} findings"
        languages = ", ".join(checked.languages)
        click.echo(f"{checked.folder}: {checked.files} files, {languages}: {found}", err=True)
    sys.exit(1 if checked.findings else 0)


def _record(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "level": finding.level.value,
        "file": finding.place.path,
        "section": finding.place.section,
        "messages": list(finding.place.messages),
        "what": finding.what,
        "remedy": finding.remedy,
    }
