"""The order of the stages and nothing else: store, analysis, sections, charts, render, site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen import notes, settings
from reportgen.briefing import brief_for, computing_apart
from reportgen.errors import InputError
from reportgen.language import locale as locales
from reportgen.language.locale import Locale
from reportgen.language.numbers import format_quantity
from reportgen.model import BuildOrder
from reportgen.render import records
from reportgen.settings import Settings
from reportgen.status import SeriesRow, rows

if TYPE_CHECKING:
    from reportgen.publish.publishing import Published
    from reportgen.pull.run import Listener


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
    from reportgen.project import open_project  # SQLAlchemy: a third of a second

    view = open_project(project).view(None)
    return rows(view.data, view.doubts)


def build(order: BuildOrder) -> list[Path]:
    """One date in every language and format; the paths of what was written."""
    configuration = settings.load(order.project)
    tags = order.languages or configuration.brief.languages
    formats = order.formats or configuration.brief.formats
    chosen = tuple(locales.load(tag, order.project) for tag in dict.fromkeys(tags))
    editions = _editions(order, configuration, chosen)
    with computing_apart(order.project, order.as_of, draft=order.draft) as computed:
        # Loads matplotlib and WeasyPrint: as long as it takes to compute the facts.
        from reportgen import press

        press.warm_up(order, chosen[0], formats)
        brief = computed()
    sections = [section.id for section in brief.sections]
    hand = notes.read(order.project, brief.as_of, sections, tags, locales.available(order.project))
    brief = replace(brief, hand=hand)
    return press.run(order, brief, configuration, chosen, formats, editions)


def _editions(
    order: BuildOrder, configuration: Settings, chosen: Sequence[Locale]
) -> tuple[str, ...]:
    """The editions beside those of each language; InputError where they cannot be made.

    What the settings ask for is left out when the command line chooses a single language.
    """
    editions = order.editions or configuration.brief.editions
    if "parallel" not in editions or len(chosen) == 2:
        return editions
    if order.languages and not order.editions:
        return ()
    raise InputError(
        f"the parallel edition sets two languages side by side, not {len(chosen)}: "
        f"{', '.join(locale.tag for locale in chosen)}",
        where="--edition" if order.editions else f"{settings.FILE}, [brief] editions",
        remedy="choose two with --lang, in the order of the columns: "
        + " ".join(f"--lang {tag}" for tag in settings.BriefSettings().languages[:2]),
    )


def build_range(order: BuildOrder, first: date, last: date) -> list[Path]:
    """Every seventh day from the first to the last, each a build of its own."""
    paths: list[Path] = []
    day = first
    while day <= last:
        paths += build(replace(order, as_of=day))
        day += timedelta(days=7)
    return paths


def publish(project: Path, target: str | None, reasons: Sequence[str]) -> Published:
    """What is built, issued and brought to a target; see ``publish.publishing``."""
    # The site and its targets: a build does without them.
    from reportgen.publish import publishing

    return publishing.publish(project, target, reasons)


def week(
    order: BuildOrder, target: str | None, reasons: Sequence[str], listener: Listener
) -> Published:
    """The latest data, the brief, its checks, the site, and its publication, in this order.

    The first stage that fails ends it, with its own error. InputError before anything is asked for
    where there is no such target.
    """
    from reportgen.publish import targets
    from reportgen.pull.stage import pull

    targets.choose(settings.load(order.project), target, order.project)
    pull(order.project, listener).require_success()
    build(order)
    return publish(order.project, target, reasons)
