"""``reportgen pull``."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen.cli import tables
from reportgen.pull.report import PullReport, as_record
from reportgen.pull.stage import pull

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from reportgen.pull.plan import Task
    from reportgen.pull.report import FeedOutcome
    from reportgen.pull.run import Listener
    from reportgen.store.landing import Landed

LINES_SHOWN = 20


@click.command("pull")
@click.option("--vintages", is_flag=True, help="Also H.4.1 as it stood at each past release.")
@click.option("--reparse", is_flag=True, help="Ask nobody: read the kept responses once more.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
@click.pass_context
def command(ctx: click.Context, vintages: bool, reparse: bool, as_json: bool) -> None:
    """Brings the latest data from every source into the store, and reports."""
    project: Path = ctx.obj
    quiet = bool(ctx.find_root().params["quiet"])
    with listening(quiet) as listener:
        report = pull(project, listener, vintages=vintages, reparse=reparse)
    if as_json:
        click.echo(json.dumps(as_record(report), ensure_ascii=False, indent=1))
    else:
        _show(report)
    report.require_success()


def _show(report: PullReport) -> None:
    head = ("feed", "new", "revised", "unchanged", "quarantined", "failed")
    rows = [
        head,
        *(_row(outcome.feed, outcome.landed, outcome.error) for outcome in report.outcomes),
    ]
    total = _row("total", report.landed, None)
    rows.append((*total[:-1], str(len(report.failed))))
    tables.show(rows)
    revisions = [
        f"revised: {r.series} {r.date}: {r.old:,.15g} is now {r.new:,.15g}"
        for r in report.landed.revisions
    ]
    doubts = [f"quarantined: {d.series} {d.date}: {d.reason}" for d in report.doubts]
    for lines in (revisions, doubts):
        for line in lines[:LINES_SHOWN]:
            click.echo(line)
        if len(lines) > LINES_SHOWN:
            kind = lines[0].partition(":")[0]
            click.echo(f"{kind}: {len(lines) - LINES_SHOWN} more, in the report under logs/")


def _row(name: str, landed: Landed, error: Exception | None) -> tuple[str, ...]:
    counts = (landed.new, len(landed.revisions), landed.unchanged, len(landed.doubts))
    return (name, *map(str, counts), "failed" if error else "")


def listening(quiet: bool) -> _Lines | _Bars:
    """What shows how a pull goes on: bars on a terminal, else a line for each feed."""
    return _Bars() if sys.stderr.isatty() and not quiet else _Lines(quiet)


class _Lines:
    """A line for each feed that is done."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet

    def __enter__(self) -> Listener:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def planned(self, tasks: Sequence[Task]) -> None:
        pass

    def landed(self, task: Task) -> None:
        pass

    def finished(self, outcome: FeedOutcome) -> None:
        if self._quiet:
            return
        found = outcome.landed
        told = f"{found.new} new, {len(found.revisions)} revised, {found.unchanged} unchanged"
        click.echo(f"{outcome.feed}: {'failed' if outcome.error else told}", err=True)


class _Bars:
    """A bar for each provider."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import MofNCompleteColumn, Progress

        columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn())
        self._progress: Progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._bars: dict[str, TaskID] = {}

    def __enter__(self) -> Listener:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def planned(self, tasks: Sequence[Task]) -> None:
        for source in dict.fromkeys(task.feed.source for task in tasks):
            count = sum(len(task.requests) for task in tasks if task.feed.source == source)
            self._bars[source] = self._progress.add_task(source, total=count)

    def landed(self, task: Task) -> None:
        self._progress.advance(self._bars[task.feed.source])

    def finished(self, outcome: FeedOutcome) -> None:
        if outcome.error:
            self._progress.console.print(f"{outcome.feed}: failed")
