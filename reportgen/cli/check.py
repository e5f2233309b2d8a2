"""``reportgen check``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from reportgen.review import built, reviewing
from reportgen.review.rule import Checked, Finding, by_id
from reportgen.site import listing
from reportgen.site.checking import checker

SITE = "site"


@click.command("check")
@click.argument("path", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.option("--explain", "rule_id", metavar="RULE", help="What a rule asks for, and stop.")
@click.option("--json", "as_json", is_flag=True, help="The findings as JSON.")
@click.pass_obj
def command(project: Path, path: Path | None, rule_id: str | None, as_json: bool) -> None:
    """Holds a built brief, by default the newest, and the site to every gate and every rule."""
    if rule_id:
        rule = by_id(rule_id, (*built.GATES, *reviewing.RULES, *checker.RULES))
        click.echo(f"{rule.id} ({rule.level}): {rule.explanation}")
        return
    checked = [*_checked(path, project)]
    findings = [finding for each in checked for finding in each.findings]
    if as_json:
        records = [_record(finding) for finding in findings]
        click.echo(json.dumps(records, ensure_ascii=False, indent=1))
    else:
        for each in checked:
            _print(each)
    sys.exit(1 if findings else 0)


def _checked(path: Path | None, project: Path) -> Iterator[Checked]:
    """The brief or site that is named; else the newest brief, and the site where there is one."""
    if path and listing.is_site(path):
        yield checker.check(path)
        return
    output = project / "output"
    yield built.check(built.newest(path or output), project)
    if path is None and listing.is_site(output / SITE):
        yield checker.check(output / SITE)


def _print(checked: Checked) -> None:
    for finding in checked.findings:
        click.echo(finding.line())
    count = len(checked.findings)
    found = "nothing found" if not count else f"{count} finding{'s' * (count > 1)}"
    languages = ", ".join(checked.languages)
    click.echo(f"{checked.folder}: {checked.files} files, {languages}: {found}", err=True)


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
