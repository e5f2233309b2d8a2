"""Makes the draft page and the sheet of a language from facts that are already computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from reportgen import notes
from reportgen.charts.draw import Drawings, reusing
from reportgen.errors import CheckError, RenderError
from reportgen.language import checking
from reportgen.language import locale as locales
from reportgen.language.rules.rule import Finding
from reportgen.model import Brief, Hand
from reportgen.render import edition
from reportgen.render.page import PageBuilder
from reportgen.settings import Settings
from reportgen.translation import filling, sheet


@dataclass(frozen=True, slots=True)
class Made:
    """A draft's files by path, what the check of its language found, and the gate it fails."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    gate: CheckError | RenderError | None = None


@dataclass(frozen=True, slots=True)
class Drafting:
    """What a draft is made from, beside the files that are watched."""

    project: Path
    tag: str
    brief: Brief
    settings: Settings
    drawings: Drawings = field(default_factory=dict)

    @property
    def address(self) -> str:
        """The path of the page."""
        return f"/{self.tag}/brief.html"

    def draft(self) -> Made:
        """The draft as the files now have it; ReportgenError when there is no page to be made.

        A page that fails a gate of a build is shown all the same.
        """
        language = locales.load(self.tag, self.project)
        findings = checking.check(language, self.project)
        brief = replace(self.brief, hand=self._by_hand())
        builder = PageBuilder(brief, language, self.project, self.settings, (), draft=True)
        with reusing(self.drawings):
            page = builder.build()
        files = {
            f"/{artifact.path.as_posix()}": artifact.content
            for artifact in edition.artifacts(page, brief, self.settings, ("html",))
        }
        try:
            edition.gates(page, self.settings)
        except (CheckError, RenderError) as error:
            return Made(files, findings, error)
        return Made(files, findings)

    def sheet(self, *, missing: bool) -> str:
        """The translators' sheet, filled with the facts of the brief; errors as for the draft."""
        language = locales.load(self.tag, self.project)
        english = locales.load(locales.SOURCE_LANGUAGE, self.project)
        sayings = filling.gather((self.brief,), self.project, english, language)
        return sheet.write(self.project, language, sayings, missing=missing)

    def _by_hand(self) -> Hand:
        sections = [section.id for section in self.brief.sections]
        known = locales.available(self.project)
        return notes.read(self.project, self.brief.as_of, sections, (self.tag,), known)
