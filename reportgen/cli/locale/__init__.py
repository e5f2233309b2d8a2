"""``reportgen locale``: the commands for translators and for who changes a message."""

from __future__ import annotations

import click

from reportgen.cli.lazy import LazyGroup

COMMANDS = {
    "init": "Begin a language.",
    "extract": "Write locales/messages.pot from the templates, with samples.",
    "update": "Bring every locale file in step with the templates.",
    "derive": "Make a language of another, such as Traditional of Simplified Chinese.",
    "check": "Hold a locale file to every rule.",
    "status": "How much of each section is translated.",
    "sheet": "Each message beside its source, as it is printed, on one page.",
    "export": "A locale file as XLIFF for translation tools.",
    "import": "Take a translated XLIFF back.",
}


@click.group("locale", cls=LazyGroup, modules=("reportgen.cli.locale", COMMANDS))
def command() -> None:
    """Locale files: made from the templates, brought in step, checked, handed out."""
