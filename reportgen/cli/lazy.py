"""A group of commands, each in a module of its own that is loaded when it is called."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

import click


class LazyGroup(click.Group):
    """``modules`` are a package and its commands, each with the line that the help has."""

    def __init__(
        self, *arguments: Any, modules: tuple[str, Mapping[str, str]], **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        self._package, self._lines = modules

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click calls it so
        """The names, in the order of the help."""
        return list(self._lines)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command, imported now."""
        if cmd_name not in self._lines:
            return None
        # `import` is a word of Python.
        module = importlib.import_module(f"{self._package}.{cmd_name.replace('import', 'import_')}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The help's list of commands, without importing one."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self._lines.items()))
