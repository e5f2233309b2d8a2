"""The first half of a build: store, analysis, sections; what there is to say of a day."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.analysis import histories
from reportgen.analysis.fair_value import Fit, fit_all, fitting_apart
from reportgen.model import Brief, Histories
from reportgen.sections import compute_all
from reportgen.sections.dashboard import facts as dashboard
from reportgen.sections.inputs import Inputs

if TYPE_CHECKING:
    from reportgen.project import EditorsFiles, View
    from reportgen.store.dataset import Dataset

log = logging.getLogger("reportgen")


def brief_for(
    project: Path, as_of: date | None, *, draft: bool = False, fit: Fit = fit_all
) -> Brief:
    """The facts of a day; DataError when required data are late (a draft goes on without)."""
    # SQLAlchemy and the store: only this half needs them.
    from reportgen.project import open_project

    opened = open_project(project)
    editors = opened.editors_files()
    view = opened.view(as_of)
    data = view.data
    log.info("store: as of %s", data.as_of)
    if not draft:
        data.require_fresh()
    for late in data.late():
        log.warning("store: %s, its statements are withheld", late)
    return _brief(editors, view, fit)


def histories_for(project: Path, as_of: date) -> Histories:
    """The series and gauges over time as the brief of a day saw them."""
    from reportgen.project import open_project

    return histories_of(open_project(project).view(as_of).data)


def histories_of(data: Dataset) -> Histories:
    """The series and gauges over time; DataError when a gauge has nothing to measure."""
    return Histories(data.as_of, data.cutoff, histories.read(data), dashboard.histories(data))


def bundled_briefs(days: Iterable[date]) -> Iterator[Brief]:
    """The briefs of days from what ships, equal wherever and whenever they are computed."""
    from reportgen.project import bundled_views

    for editors, view in bundled_views(days):
        yield _brief(editors, view, fit_all)


def bundled_histories(day: date) -> Histories:
    """The series and gauges over time from what ships."""
    from reportgen.project import bundled_views

    ((_, view),) = bundled_views([day])
    return histories_of(view.data)


def _brief(editors: EditorsFiles, view: View, fit: Fit) -> Brief:
    data = view.data
    inputs = Inputs(data, editors.policy, editors.calendar, editors.outlook, fit=fit)
    if view.previous is not None:
        before = replace(inputs, data=view.previous)
        inputs = replace(inputs, previous=before)
    log.info("sections: facts and charts")
    return Brief(
        as_of=data.as_of,
        cutoff=data.cutoff,
        sections=compute_all(inputs),
        statuses=data.statuses,
        references={**editors.policy.references(), **editors.outlook.references()},
        from_bundle=view.from_bundle,
        data_digest=data.digest,
        withheld=data.withheld,
    )


@contextmanager
def computing_apart(
    project: Path, as_of: date | None, *, draft: bool
) -> Iterator[Callable[[], Brief]]:
    """Computes a brief in a process of its own while the caller loads what it needs for pages.

    With that process go pandas, SQLAlchemy and the rows of the store: pages are made without them.
    """
    with ProcessPoolExecutor(1, get_context("fork")) as worker:
        yield worker.submit(_with_its_fit, project, as_of, draft=draft).result


def histories_apart(project: Path, as_of: date) -> Histories:
    """The same as ``histories_for``, without loading here what reads the store."""
    with ProcessPoolExecutor(1, get_context("fork")) as worker:
        return worker.submit(histories_for, project, as_of).result()


def _with_its_fit(project: Path, as_of: date | None, *, draft: bool) -> Brief:
    with fitting_apart() as fit:
        return brief_for(project, as_of, draft=draft, fit=fit)
