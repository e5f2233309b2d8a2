"""Rows for people on a terminal, tab-separated lines for programs."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click


def show(rows: Sequence[Sequence[str]]) -> None:
    """Prints rows, a head row first, to stdout."""
    if not sys.stdout.isatty():
        for row in rows:
            click.echo("\t".join(row))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(show_edge=False, header_style="bold")
    for number, head in enumerate(rows[0]):
        is_count = all(row[number].isdigit() for row in rows[1:])
        table.add_column(head, justify="right" if is_count else "left")
    for row in rows[1:]:
        table.add_row(*row)
    Console().print(table)
