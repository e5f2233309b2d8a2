"""``reportgen locale check``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from reportgen.language import checking, locale


@click.command("check")
@click.option("--lang", "tags", multiple=True, metavar="TAG", help="A language; all by default.")
@click.option("--explain", "rule_id", metavar="RULE", help="What a rule asks for, and stop.")
@click.option("--json", "as_json", is_flag=True, help="The findings as JSON.")
@click.pass_obj
def command(project: Path, tags: tuple[str, ...], rule_id: str | None, as_json: bool) -> None:
    """Holds locale files, and the English of the templates, to every rule."""
    if rule_id:
        rule = checking.rule_of(rule_id)
        click.echo(f"{rule.id}: {rule.explanation}")
        return
    chosen = [locale.load(tag, project) for tag in tags or locale.available(project)]
    found = [finding for language in chosen for finding in checking.check(language, project)]
    if as_json:
        records = [finding.record() for finding in found]
        click.echo(json.dumps(records, ensure_ascii=False, indent=1))
    else:
        for finding in found:
            click.echo(f"{finding.file}: {finding.told()}")
        names = ", ".join(language.tag for language in chosen)
        click.echo(f"{names}: {f'{len(found)} findings' if found else 'nothing found'}", err=True)
    sys.exit(1 if found else 0)
