"""``reportgen locale derive``."""

from __future__ import annotations

from pathlib import Path

import click

from reportgen.language import locale
from reportgen.translation import deriving
from reportgen.translation.deriving import Made


@click.command("derive")
@click.argument("tags", nargs=-1, metavar="[TAG]...")
@click.pass_obj
def command(project: Path, tags: tuple[str, ...]) -> None:
    """Makes languages of those they are derived from, by default every one that is derived.

    What a translator has changed stays.
    """
    languages = [locale.load(tag, project) for tag in tags]
    for language in languages or list(deriving.languages_of(project)):
        show(deriving.derive(project, language))


def show(made: Made) -> None:
    """Prints what a derivation came to."""
    tag, count = made.language.tag, len(made.step.po.entries)
    for context in made.to_see:
        click.echo(f"{tag}: {context}: corrected by hand, and what it was made of has changed")
    for context in made.step.gone:
        click.echo(f"{tag}: {context}: at the end of the file, no template says it any longer")
    click.echo(
        f"{tag}: {count} messages, {len(made.by_hand)} of them by hand, {len(made.to_see)} "
        f"of these to see again; {made.terms} terms of the glossary filled in"
    )
