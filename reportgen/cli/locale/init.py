"""``reportgen locale init``."""

from __future__ import annotations

from pathlib import Path

import click

from reportgen.translation import beginning, first_locale
from reportgen.translation.beginning import Begun


@click.command("init")
@click.argument("tag")
@click.option("--from", "like", metavar="TAG", help="A language near it, to begin with.")
@click.option("--pseudo", is_flag=True, help="Accents and brackets, for tests of layouts.")
@click.pass_obj
def command(project: Path, tag: str, like: str | None, pseudo: bool) -> None:
    """Begins the language TAG: its folder in locales/, and what is left to do."""
    if pseudo:
        begun = beginning.begin_pseudo(project, tag)
        click.echo(f"{begun.folder}: {begun.messages} messages, all made")
        return
    begun = beginning.begin(project, tag, like)
    for line in _lines(begun):
        click.echo(line)


def _lines(begun: Begun) -> list[str]:
    tag, folder = begun.language.tag, begun.folder
    terms = f"{begun.terms} terms in the columns {tag} and not {tag}"
    carried = f", {begun.carried} of them with a translation to see" if begun.carried else ""
    return [
        f"{folder}: begun. To do:",
        f"  locale.toml: {begun.fields_to_check} fields to look at, under “{first_locale.CHECK}”",
        f"  LC_MESSAGES/messages.po: {begun.messages} messages to translate{carried}",
        "  review.toml: the words that the reviewer looks for",
        f"  {folder.parent / 'glossary.csv'}: {terms}",
        f"  outlook.toml: the authors’ names in {tag}, under `who` and `name`",
        f"`reportgen build --lang {tag} --draft` and `reportgen locale status` show how far it is.",
    ]
