"""The order of the stages and nothing else: store, analysis, sections, charts, render."""

from __future__ import annotations

import gc
import importlib
import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path

from reportgen import notes, settings
from reportgen.analysis.fair_value import Fit, fit_all, fitting_apart
from reportgen.language import locale as locales
from reportgen.language.locale import Locale
from reportgen.language.numbers import format_quantity
from reportgen.model import Artifact, Brief
from reportgen.project import open_project
from reportgen.render import edition, parity, records, staging
from reportgen.render.edition import Edition
from reportgen.sections import compute_all
from reportgen.sections.inputs import Inputs
from reportgen.settings import Settings
from reportgen.status import SeriesRow, rows

log = logging.getLogger("reportgen")


@dataclass(frozen=True, slots=True)
class BuildOrder:
    """What a build shall make; empty languages or formats mean those of the settings."""

    project: Path
    output: Path
    as_of: date | None = None
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    draft: bool = False
    jobs: int = 2


def brief_for(
    project: Path, as_of: date | None, *, draft: bool = False, fit: Fit = fit_all
) -> Brief:
    """The facts of a day; DataError when required data are late (a draft goes on without)."""
    opened = open_project(project)
    editors = opened.editors_files()
    view = opened.view(as_of)
    data = view.data
    log.info("store: as of %s", data.as_of)
    if not draft:
        data.require_fresh()
    for late in data.late():
        log.warning("store: %s, its statements are withheld", late)
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


def facts_json(project: Path, as_of: date | None) -> bytes:
    """The facts and findings of a day as JSON."""
    return records.facts_json(brief_for(project, as_of), ())


def facts_table(project: Path, as_of: date | None) -> list[tuple[str, ...]]:
    """The facts of a day as rows of text, a head row first."""
    english = locales.load(locales.SOURCE_LANGUAGE, project)
    rows: list[tuple[str, ...]] = [("fact", "value", "as of", "origin", "computation")]
    for figure in records.all_figures(brief_for(project, as_of)):
        origin = ", ".join((*figure.series, *figure.references))
        value = format_quantity(figure, english).replace("\N{NO-BREAK SPACE}", " ")
        rows.append((figure.id, value, figure.as_of.isoformat(), origin, figure.formula))
    return rows


def status(project: Path) -> tuple[SeriesRow, ...]:
    """Every series as it stands now."""
    view = open_project(project).view(None)
    return rows(view.data, view.doubts)


def build(order: BuildOrder) -> list[Path]:
    """One date in every language and format; the paths of what was written."""
    configuration = settings.load(order.project)
    tags = order.languages or configuration.brief.languages
    formats = order.formats or configuration.brief.formats
    chosen = tuple(locales.load(tag, order.project) for tag in dict.fromkeys(tags))
    with fitting_apart() as fit:
        if "pdf" in formats:
            # While the other process loads statsmodels; and before pages are made in processes of
            # their own, which then share its memory.
            importlib.import_module("reportgen.render.pdf")
        brief = brief_for(order.project, order.as_of, draft=order.draft, fit=fit)
    sections = [section.id for section in brief.sections]
    known = locales.available(order.project)
    hand = notes.read(order.project, brief.as_of, sections, tags, known)
    brief = replace(brief, hand=hand)
    log.info("charts, render: %s", ", ".join(tags))
    editions = _editions(order, brief, configuration, chosen, formats)
    parity.check_overrides(hand.overrides, {e.page.locale.tag: e.page.said for e in editions})
    parity.check_languages({e.page.locale.tag: e.sightings for e in editions})
    pages = [made.page for made in editions]
    artifacts = [artifact for made in editions for artifact in made.artifacts]
    artifacts.append(Artifact(Path("facts.json"), records.facts_json(brief, pages)))
    manifest = records.manifest_json(brief, order.project, artifacts)
    artifacts.append(Artifact(Path("manifest.json"), manifest))
    return staging.write(order.output / brief.as_of.isoformat(), artifacts)


def build_range(order: BuildOrder, first: date, last: date) -> list[Path]:
    """Every seventh day from the first to the last, each a build of its own."""
    paths: list[Path] = []
    day = first
    while day <= last:
        dated = BuildOrder(
            order.project,
            order.output,
            day,
            order.languages,
            order.formats,
            order.draft,
            order.jobs,
        )
        paths += build(dated)
        day += timedelta(days=7)
    return paths


def _editions(
    order: BuildOrder,
    brief: Brief,
    configuration: Settings,
    chosen: Sequence[Locale],
    formats: Sequence[str],
) -> list[Edition]:
    """Each language beside the others where there are jobs for it."""
    arguments = [
        (
            brief,
            language,
            order.project,
            configuration,
            tuple(other for other in chosen if other is not language),
            tuple(formats),
            order.draft,
        )
        for language in chosen
    ]
    if order.jobs < 2 or len(arguments) < 2:
        return [_edition(*given) for given in arguments]
    processes = get_context("fork")
    # This process takes the first language itself: one worker less to hold the facts.
    count = min(order.jobs, len(arguments)) - 1
    with _collecting_between_editions(), ProcessPoolExecutor(count, processes) as workers:
        tasks = [workers.submit(_edition, *given) for given in arguments[1:]]
        return [_edition(*arguments[0]), *(task.result() for task in tasks)]


@contextmanager
def _collecting_between_editions() -> Iterator[None]:
    """No garbage is searched for while pages are made, nor among what all processes share.

    Searching writes to what it searches, and a forked process then has its own copy: 35 MiB. All
    in all it takes a sixth of the time of a build.
    """
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()


def _edition(
    brief: Brief,
    language: Locale,
    project: Path,
    configuration: Settings,
    others: tuple[Locale, ...],
    formats: tuple[str, ...],
    draft: bool,
) -> Edition:
    # The document of the language before lies in cycles.
    gc.collect()
    return edition.make(brief, language, project, configuration, others, formats, draft=draft)
