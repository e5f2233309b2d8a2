"""``reportgen locale update``."""

from __future__ import annotations

from pathlib import Path

import click

from reportgen.cli.locale import derive
from reportgen.translation import deriving, keeping
from reportgen.translation.updating import Update


@click.command("update")
@click.option("--lang", "tags", multiple=True, metavar="TAG", help="A language; all by default.")
@click.pass_obj
def command(project: Path, tags: tuple[str, ...]) -> None:
    """Brings messages.pot and every locale file in step with the templates; nothing is lost."""
    chosen = keeping.chosen(project, tags)
    edited = [language for language in chosen if language.derived is None]
    for language, step in keeping.update(project, edited):
        for line in _lines(step):
            click.echo(f"{language.tag}: {line}")
    for language in chosen:
        if language.derived is not None:
            derive.show(deriving.derive(project, language))


def _lines(step: Update) -> list[str]:
    return [
        *(f"{c}: to be translated" for c in step.new),
        *(
            f"{entry.context}: to be translated anew, its English changed from "
            f"“{entry.previous}” to “{entry.text}”"
            for entry in step.changed
        ),
        *(f"{new}: keeps the translation of {old}" for old, new in step.renamed),
        *(f"{c}: at the end of the file, no template says it any longer" for c in step.gone),
        f"{len(step.po.entries)} messages, {len(step.new)} new, {len(step.changed)} changed, "
        f"{len(step.renamed)} renamed, {len(step.gone)} gone",
    ]
