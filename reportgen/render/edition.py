"""An edition: one language's files of a brief, each gate passed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen import design
from reportgen.charts.card import Card
from reportgen.charts.card import draw as draw_card
from reportgen.language.locale import Locale
from reportgen.model import Artifact, Brief
from reportgen.render import chart_tables, glyphs, mail_check, parity, trace
from reportgen.render.page import Page, PageBuilder
from reportgen.render.trace import Sighting
from reportgen.settings import Settings


@dataclass(frozen=True, slots=True)
class Edition:
    """A page, what was seen on it, and the files it becomes."""

    page: Page
    sightings: tuple[Sighting, ...]
    artifacts: tuple[Artifact, ...]


def make(
    brief: Brief,
    locale: Locale,
    project: Path,
    settings: Settings,
    others: tuple[Locale, ...],
    formats: Sequence[str],
    *,
    draft: bool,
) -> Edition:
    """The edition of one language; CheckError or RenderError before anything is written."""
    mail = "eml" in formats
    page = PageBuilder(brief, locale, project, settings, others, draft=draft, mail=mail).build()
    sightings = gates(page, settings)
    files = artifacts(page, brief, settings, formats)
    if "html" in formats:
        files.append(_card(page, project))
    return Edition(page, sightings, tuple(files))


def _card(page: Page, project: Path) -> Artifact:
    """What is shown beside links to the page."""
    card = Card(page.brand, page.headline, page.day, page.desk)
    image = draw_card(card, page.locale, design.load(project))
    return Artifact(Path(page.locale.tag) / "card.png", image)


def registered(settings: Settings) -> tuple[str, ...]:
    """Names and texts of the project, which may hold digits."""
    own = settings.project
    return (*own.desk.values(), *own.disclaimer.values(), own.contact)


def gates(page: Page, settings: Settings) -> tuple[Sighting, ...]:
    """What is seen on a page; CheckError or RenderError for what must not be there."""
    sightings = trace.check(page.html, page.locale, page.printed, registered(settings))
    for chart in page.charts.values():
        for text in (chart.title, chart.subtitle, chart.alt, *chart.labels):
            trace.check(str(text), page.locale, page.printed)
    parity.check_values(sightings, page.figures, page.locale)
    mail_check.check(page, registered(settings))
    reader = trace.read_page(page.html)
    data = {chart.id: chart.csv for chart in page.charts.values()}
    chart_tables.check(reader.chart_tables, data, page.locale)
    seen = [text for _, text in reader.texts] + [s.text for s in reader.sightings]
    seen += reader.by_hand
    seen += [cell for table in reader.chart_tables for row in table.rows for cell in row]
    # What the script of the charts says stands in JSON.
    seen += reader.scripted
    drawn = [chart.svg for chart in page.charts.values()]
    glyphs.check("".join((*seen, *drawn, page.headline)), page.locale)
    return sightings


def artifacts(
    page: Page, brief: Brief, settings: Settings, formats: Sequence[str]
) -> list[Artifact]:
    """The files of a page."""
    folder = Path(page.locale.tag)
    files = [
        Artifact(folder / "charts" / f"{chart.id}.{kind}", content)
        for chart in page.charts.values()
        for kind, content in (("svg", chart.svg.encode()), ("csv", chart.csv))
    ]
    if "html" in formats:
        files.append(Artifact(folder / "brief.html", page.html.encode()))
    if {"pdf", "eml"} & set(formats):
        # WeasyPrint takes a third of a second to import; an HTML build does without.
        from reportgen.render import attached, pdf

        printable = pdf.Printable(page.print_html, attached.data_of(page, brief.as_of))
        document = pdf.write(printable)
        if "pdf" in formats:
            files.append(Artifact(folder / "brief.pdf", document))
        if "eml" in formats:
            # So does what only a mail needs.
            from reportgen.render import mail

            files.append(
                Artifact(folder / "brief.eml", mail.write(page, brief, settings, document))
            )
    return files
