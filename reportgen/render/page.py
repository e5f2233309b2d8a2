"""One language's page: sections, charts, annex, put together once for web and print."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from markupsafe import Markup

from reportgen import design
from reportgen.charts.drawn import DrawnChart, draw_section, plain_text
from reportgen.errors import InputError, RenderError
from reportgen.language import catalogue
from reportgen.language.dates import format_full_day
from reportgen.language.locale import SOURCE_LANGUAGE, Locale
from reportgen.language.printer import Printer, anchor_of
from reportgen.language.templates import Templates
from reportgen.language.typography import typeset
from reportgen.model import Brief, Printed, Quantity, Said, Unit
from reportgen.render import assets, chart_data, definitions, mail_draft
from reportgen.render.figure import figure
from reportgen.render.hand import HandPress
from reportgen.render.mail_draft import MailDraft
from reportgen.settings import Settings

# Charts of daily series show a year.
WITHHELD_WITHIN = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Page:
    """A language's finished page: the HTML for screens, the HTML for the PDF, and the record.

    With ``beside_css`` and ``print_beside_css`` it is set beside another language. ``mail`` is
    there when one was asked for.
    """

    locale: Locale
    html: str
    print_html: str
    charts: Mapping[str, DrawnChart]
    printed: tuple[Printed, ...]
    said: tuple[Said, ...]
    figures: Mapping[str, Quantity]
    headline: str
    brand: str
    day: str
    desk: str
    beside_css: str
    print_beside_css: str
    figures_label: str
    mail: MailDraft | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """A series or an entry behind a figure, as the annex names it."""

    name: Markup
    url: str


class PageBuilder:
    """Builds the page of one brief in one language."""

    def __init__(
        self,
        brief: Brief,
        locale: Locale,
        project: Path,
        settings: Settings,
        others: tuple[Locale, ...],
        *,
        draft: bool,
        mail: bool = False,
        texts_only: bool = False,
    ) -> None:
        """With ``texts_only`` the charts are not drawn; their titles and labels are said."""
        self.brief = brief
        self.locale = locale
        self.project = project
        self.settings = settings
        self.others = others
        self.draft = draft
        self.mail = mail
        self.design = design.load(project)
        self.texts_only = texts_only
        self.printer = Printer(locale, brief.as_of, draft=draft)
        messages = catalogue.load(locale, project, draft=draft)
        self.untranslated = messages.untranslated_percent if draft else 0
        self.hand = HandPress(brief, self.printer)
        self.templates = Templates(project, messages, self.printer, self.hand.rewordings())
        self.names = vars(self.templates.module("series.j2", {}))
        self.furniture = self.templates.module("furniture.j2", {})
        self.desk = self._own(settings.project.desk, "desk")

    def build(self) -> Page:
        """The page; a missing name, text or template is a RenderError or CheckError."""
        facts = {section.id: section.facts for section in self.brief.sections}
        values: dict[str, Any] = {**facts, "brief": self.brief}
        charts: dict[str, DrawnChart] = {}
        for section in self.brief.sections:
            self.printer.section = section.id
            charts |= draw_section(
                section,
                self.templates,
                values,
                self.design,
                mail=self.mail,
                texts_only=self.texts_only,
            )
        values["chart"] = lambda chart_id: self._figure(charts, chart_id)
        values["pair"] = lambda *ids: self._pair(charts, ids)
        values |= {"names": self.names, "separator": self.locale.lists.separator}
        body = self._sections(values)
        body |= self._annex(values)
        said = self.templates.messages.said(self.locale)
        self.hand.check_overrides(said)
        shared = self._css("base.css")
        screen = self.design.custom_properties() + shared
        screen += self._css("screen.css") + self._css("charts.css")
        html = self._document(values | body, screen)
        paper = self.design.fixed(shared + self._css("pdf.css"))
        printed = self._document(values | body, paper)
        script = assets.text("charts.js", self.project)
        parts = chart_data.parts(charts.values(), self.templates, self.furniture, script)
        mail = self._mail(values | body, charts) if self.mail else None
        return Page(
            locale=self.locale,
            html=chart_data.filled(html, parts),
            print_html=_plain_annex(chart_data.filled(printed, {})),
            charts=charts,
            printed=tuple(self.printer.printed),
            said=said,
            figures=dict(self.printer.figures),
            headline=body["plain_headline"],
            brand=self._plain(self._furnished("title")),
            day=format_full_day(self.brief.as_of, self.locale),
            desk=plain_text(self.desk),
            beside_css=screen + self._css("parallel.css"),
            print_beside_css=self.design.fixed(shared + self._css("parallel-pdf.css")),
            figures_label=str(vars(self.furniture)["figures_label"]),
            mail=mail,
        )

    def _sections(self, values: Mapping[str, Any]) -> dict[str, Any]:
        written: dict[str, Any] = {"sections": [], "dashboard_body": ""}
        for section in self.brief.sections:
            # The dashboard stands within the lead, below its summary.
            self.printer.section = "lead" if section.id == "dashboard" else section.id
            module = self.templates.module(f"sections/{section.id}.html.j2", values)
            if section.id == "dashboard":
                written["dashboard_body"] = self.templates.call(module, "body")
            elif section.id == "lead":
                written["headline"] = self.templates.call(module, "headline").strip()
                written["summary"] = self.templates.call(module, "summary")
                written["lead_body"] = self.templates.call(module, "body")
                written["lead_note"] = self._note(section.id)
            else:
                heading = self.templates.call(module, "heading").strip()
                body = self.templates.call(module, "body")
                note = self._note(section.id)
                written["sections"].append(
                    {"id": section.id, "heading": heading, "body": body, "note": note}
                )
        self._define(written)
        written["plain_headline"] = plain_text(written["headline"])
        # Head and metadata are not typeset with the page, but joined sentences must be.
        written["plain_summary"] = plain_text(Markup(typeset(written["summary"], self.locale)))
        return written

    def _define(self, written: dict[str, Any]) -> None:
        """Explains each term beside the paragraph that first uses it, from the lead on."""
        texts = vars(self.templates.module("definitions.j2", {}))
        sections = written["sections"]
        bodies = [written["lead_body"], *(section["body"] for section in sections)]
        first, *others = definitions.beside_first_use(bodies, texts)
        written["lead_body"] = first
        for section, body in zip(sections, others, strict=True):
            section["body"] = body

    def _note(self, section: str) -> Markup:
        """What the desk adds to a section; its facts are recorded under the note's own name."""
        self.printer.section = f"note-{section}"
        note = self.hand.note(section)
        if not note:
            return note
        return Markup(vars(self.furniture)["note"](self.printer.section, note))

    def _figure(self, charts: Mapping[str, DrawnChart], chart_id: str) -> Markup:
        """A chart as it stands in the text; nothing where the section did not ask for it."""
        if chart_id not in charts:
            raise RenderError(
                f"asks for the chart {chart_id!r}, which no section makes",
                where="templates/sections",
                remedy=f"choose one of {', '.join(sorted(charts))}",
            )
        chart = charts[chart_id]
        return figure(chart, self.templates, self.furniture, self._source(chart))

    def _pair(self, charts: Mapping[str, DrawnChart], ids: tuple[str, ...]) -> Markup:
        """Charts beside each other; below each other where the page is narrow."""
        figures = Markup("\n").join(self._figure(charts, chart_id) for chart_id in ids)
        return Markup('<div class="pair">\n{}\n</div>').format(figures)

    def _source(self, chart: DrawnChart) -> Markup:
        publishers = Markup(self.locale.lists.separator).join(self._publishers(chart.series))
        return Markup(vars(self.furniture)["source"](publishers))

    def _publishers(self, origins: tuple[str, ...]) -> list[Markup]:
        """The publishers behind a chart, each once; for a view, its author."""
        found: dict[Markup, None] = {}
        for origin in origins:
            reference = self.brief.references.get(origin)
            if reference is not None:
                found[self.printer.author(reference.name)] = None
            else:
                publisher = self.brief.status(origin).series.publisher
                found[Markup(self.names[f"publisher_{publisher}"])] = None
        return list(found)

    def _annex(self, values: Mapping[str, Any]) -> dict[str, Any]:
        self.printer.section = "annex"
        rows = [
            {"figure": figure, "anchor": anchor_of(figure.id), "origins": self._origins(figure)}
            for figure in list(self.printer.figures.values())
            if self.printer.anchor(figure) == anchor_of(figure.id)
        ]
        context = {
            **values,
            "rows": rows,
            "series_rows": self._series_rows(),
            "unavailable_rows": self._unavailable_rows(),
            "withheld_rows": self._withheld_rows(),
            "separator": self.locale.lists.separator,
            "desk": self.desk,
            "disclaimer": self._own(self.settings.project.disclaimer, "disclaimer"),
            "contact": self.settings.project.contact,
        }
        module = self.templates.module("annex.html.j2", context)
        parts = ("heading", "figures", "series", "model", "unavailable", "imprint")
        return {"annex": {part: self.templates.call(module, part) for part in parts}}

    def _origins(self, figure: Quantity) -> list[Origin]:
        origins: list[Origin] = []
        for series_id in figure.series:
            series = self.brief.status(series_id).series
            # The page of a series is linked once, in the table of series.
            origins.append(Origin(Markup(self.names[series.id]), ""))
        for entry in figure.references:
            reference = self.brief.references[entry]
            official = Markup(self.names["publisher_policy"])
            name = self.printer.author(reference.name) if reference.name else official
            origins.append(Origin(name, reference.url))
        # Several views of one author stand behind one arithmetic.
        return list(dict.fromkeys(origins))

    def _series_rows(self) -> list[dict[str, Any]]:
        used = {id for figure in self.printer.figures.values() for id in figure.series}
        return [
            {
                "id": status.series.id,
                "name": self.names[status.series.id],
                "page": status.series.page,
                "publisher": self.names[f"publisher_{status.series.publisher}"],
                "identifier": status.series.identifier,
                "last": status.last,
            }
            for status in self.brief.statuses
            if status.series.id in used and status.last
        ]

    def _unavailable_rows(self) -> list[dict[str, Any]]:
        return [
            {"name": self.names[status.series.id]}
            for status in self.brief.statuses
            if status.late and status.last is not None
        ]

    def _withheld_rows(self) -> list[dict[str, Any]]:
        """Values in quarantine that this page would have shown, or charted over its last year."""
        used = {id for figure in self.printer.figures.values() for id in figure.series}
        return [
            {
                "name": self.names[doubt.series],
                "day": doubt.date,
                "rule": doubt.rule.value,
            }
            for doubt in self.brief.withheld
            if (self.brief.status(doubt.series).series.required or doubt.series in used)
            and self.brief.as_of - doubt.date < WITHHELD_WITHIN
        ]

    def _own(self, texts: Mapping[str, str], field: str) -> Markup:
        """A text of the settings, or that of the language's file where the settings have none."""
        if not texts:
            return Markup(vars(self.furniture)[field])
        text = texts.get(self.locale.tag)
        if text is None and self.draft:
            text = texts.get(SOURCE_LANGUAGE)
        if text is None:
            raise InputError(
                f"[project] {field} has no {self.locale.tag}",
                where="reportgen.toml",
                remedy=f'add {self.locale.tag} = "..."',
            )
        return Markup.escape(text)

    def _furnished(self, name: str) -> Markup:
        return Markup(vars(self.furniture)[name])

    def _plain(self, text: Markup) -> str:
        return plain_text(Markup(typeset(text, self.locale)))

    def _document(self, values: Mapping[str, Any], css: str) -> str:
        context = self._context(values, css)
        return typeset(self.templates.render("brief.html.j2", context), self.locale)

    def _mail(self, values: Mapping[str, Any], charts: Mapping[str, DrawnChart]) -> MailDraft:
        site = self.settings.site.base_url
        address = f"{site}/{self.locale.tag}/{self.brief.as_of.isoformat()}/" if site else ""
        light, dark = self._css("mail.css"), self._css("mail-dark.css")
        css = self.design.fixed(light) + self.design.fixed(dark, "dark")
        context = {**self._context(values, css), "address": address}
        return mail_draft.make(self.templates, context, charts, self._source)

    def _context(self, values: Mapping[str, Any], css: str) -> dict[str, Any]:
        return {
            **values,
            "locale": self.locale,
            "furniture": self.furniture,
            "others": self.others,
            "draft": self.draft,
            "untranslated": self._untranslated(),
            "desk": self.desk,
            "plain_desk": plain_text(self.desk),
            "css": Markup(css),
        }

    def _untranslated(self) -> Markup | None:
        """The share of texts that a draft has in the source language; a count, and no fact."""
        if not self.untranslated:
            return None
        pattern = self.locale.units[Unit.SHARE].other
        text = pattern.format(sign="", number=self.untranslated, scale="")
        return Markup('<code class="id">{}</code>').format(text)

    def _css(self, name: str) -> str:
        return assets.style_sheet(name, self.project, self.design, self.locale)


def _plain_annex(html: str) -> str:
    """A typeset page whose annex has no elements of their own for figures, dates and formulas.

    Four hundred of them take a quarter of the layout of a PDF, and print shows none of what they
    are for: links, gates and records use the page for screens.
    """
    text, start, annex = html.partition('<section id="annex"')
    return text + start + re.sub(r"</?(?:data|time|code)\b[^>]*>", "", annex)
