"""The second half of a build: charts, render; each language's pages, their gates, the swap."""

from __future__ import annotations

import gc
import importlib
import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import date
from multiprocessing import get_context
from pathlib import Path

from reportgen.language import catalogue
from reportgen.language.locale import Locale
from reportgen.language.printer import Printer
from reportgen.language.templates import Templates
from reportgen.model import Artifact, Brief, BuildOrder
from reportgen.render import edition, parallel, parity, records, staging
from reportgen.render.edition import Edition
from reportgen.settings import Settings

log = logging.getLogger("reportgen")


def warm_up(order: BuildOrder, language: Locale, formats: Sequence[str]) -> None:
    """Loads and compiles what all languages share, before processes are forked for them."""
    messages = catalogue.load(language, order.project, draft=order.draft)
    Templates(order.project, messages, Printer(language, date.min)).compile_all()
    if {"pdf", "eml"} & set(formats):
        importlib.import_module("reportgen.render.pdf")


def run(
    order: BuildOrder,
    brief: Brief,
    configuration: Settings,
    chosen: Sequence[Locale],
    formats: Sequence[str],
    beside: Sequence[str] = (),
) -> list[Path]:
    """Every language of a brief, checked against the others, then written in one step.

    ``beside`` are further editions, such as ``parallel``.
    """
    log.info("charts, render: %s", ", ".join(language.tag for language in chosen))
    editions = _editions(order, brief, configuration, chosen, formats)
    overrides = brief.hand.overrides
    parity.check_overrides(overrides, {e.page.locale.tag: e.page.said for e in editions})
    parity.check_languages({e.page.locale.tag: e.sightings for e in editions})
    pages = [made.page for made in editions]
    artifacts = [artifact for made in editions for artifact in made.artifacts]
    if len(editions) == 2:
        on_paper = parallel.FOLDER in beside
        artifacts += _side_by_side(order, brief, configuration, editions, formats, on_paper)
    artifacts.append(Artifact(Path("facts.json"), records.facts_json(brief, pages)))
    manifest = records.manifest_json(brief, order.project, artifacts, draft=order.draft)
    artifacts.append(Artifact(Path("manifest.json"), manifest))
    return staging.write(order.output / brief.as_of.isoformat(), artifacts)


def _side_by_side(
    order: BuildOrder,
    brief: Brief,
    configuration: Settings,
    editions: Sequence[Edition],
    formats: Sequence[str],
    on_paper: bool,
) -> Iterator[Artifact]:
    """Two languages as one page, each half held to the gates of its own, and as one PDF."""
    pages = [made.page for made in editions]
    on_paper = on_paper and "pdf" in formats
    if "html" in formats or on_paper:
        html = parallel.assemble(pages, order.project, brief.as_of, draft=order.draft)
        seen = {made.page.locale.tag: made.sightings for made in editions}
        parallel.gates(html, pages, seen, edition.registered(configuration))
        if "html" in formats:
            yield Artifact(Path(parallel.FOLDER) / "brief.html", html.encode())
    if on_paper:
        document = parallel.document(pages, order.project, brief.as_of, draft=order.draft)
        yield Artifact(Path(parallel.FOLDER) / "brief.pdf", document)


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
