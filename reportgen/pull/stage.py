"""The whole stage: plan, run, compare, report."""

from __future__ import annotations

import logging
import os
from datetime import datetime
from pathlib import Path

from reportgen import clock
from reportgen.project import Project, open_project
from reportgen.pull import again, plan, run
from reportgen.pull.plan import Situation
from reportgen.pull.report import PullReport, as_record
from reportgen.pull.run import Listener
from reportgen.run_log import write_log
from reportgen.sources.catalogue import CATALOGUE, CHECKS, FEEDS, VINTAGE_FEEDS
from reportgen.store.observations import Store

log = logging.getLogger("reportgen")


def pull(
    folder: Path, listener: Listener, *, vintages: bool = False, reparse: bool = False
) -> PullReport:
    """The latest data from every source into the store, or once more from the kept responses.

    The report tells what failed; ``require_success`` turns that into the error of the run.
    """
    started_at = clock.now()
    project = open_project(folder)
    with project.store() as store:
        if reparse:
            log.info("store: reading the kept responses again")
            outcomes = again.reparse(store, project.archive())
        else:
            situation = _situation(project, store, started_at)
            tasks = plan.plan(FEEDS, situation)
            if vintages:
                tasks += plan.plan_vintages(VINTAGE_FEEDS, situation)
            log.info("sources: %d feeds", len(tasks))
            outcomes = run.run(tasks, store, project.archive(), project.settings.sources, listener)
        log.info("store: comparing providers, looking for gaps")
        judged = store.judge(CHECKS, {series.id: series for series in CATALOGUE})
    report = PullReport(started_at, outcomes, judged)
    write_log(folder, "pull", started_at, as_record(report))
    return report


def _situation(project: Project, store: Store, now: datetime) -> Situation:
    sources = project.settings.sources
    return Situation(
        sources=sources,
        key=os.environ.get(sources.fred.api_key_env, "").strip(),
        now=now,
        coverage=store.coverage(),
        doubts=store.quarantine(),
        h41_releases=project.calendar().h41_releases,
    )
