"""The site as it would be with the draft: its pages are made when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from reportgen.language import locale as locales
from reportgen.model import Histories
from reportgen.serving.drafting import Drafting, Made
from reportgen.settings import Settings
from reportgen.site import issued
from reportgen.site.brief_page import BuiltPage
from reportgen.site.issued import Issue, Version
from reportgen.site.plan import Plan
from reportgen.site.told_briefs import Reader

# Where the preview has the site.
PATH = "/site/"


@dataclass(slots=True)
class SitePreview:
    """Lays the draft into the site of the built briefs; ``address`` is that of the preview."""

    drafting: Drafting
    output: Path
    address: str
    histories: Histories
    _reader: Reader = field(default_factory=Reader)

    def plan(self, made: Made) -> Plan:
        """The site with a draft; errors as for a site, but what is not translated is marked."""
        drafting = self.drafting
        issues = tuple(self._issues())
        drafts = {}
        html = made.files.get(drafting.address)
        if html:
            page = BuiltPage(drafting.brief.as_of, html.decode())
            drafts[self._folder, drafting.tag] = page
        self._reader = self._reader.with_drafts(drafts)
        return Plan(
            drafting.project,
            self._settings(),
            tuple(locales.load(tag, drafting.project) for tag in self._tags(issues)),
            issues,
            self.histories,
            draft=True,
            reader=self._reader,
        )

    @property
    def _folder(self) -> Path:
        return self.output / self.drafting.brief.as_of.isoformat()

    def _settings(self) -> Settings:
        """Those of the project; the search has no index before a site is built."""
        own = self.drafting.settings
        base_url = own.site.base_url or self.address.rstrip("/") + PATH.rstrip("/")
        site = own.site.model_copy(update={"base_url": base_url, "search": False})
        return own.model_copy(update={"site": site})

    def _issues(self) -> Iterator[Issue]:
        """The briefs of the site, that of the draft's day with the draft in its language."""
        day, tag = self.drafting.brief.as_of, self.drafting.tag
        built = issued.gather(self.drafting.project, self.output, empty=True).issues
        known = {issue.as_of: issue for issue in built}
        cutoff = self.drafting.brief.cutoff
        before = known.get(day)
        tags = dict.fromkeys((*(before.current.tags if before else ()), tag))
        draft = Version(1, self._folder, cutoff, drafted=tuple(tags))
        if before:
            newest = replace(before.current, folder=self._folder, drafted=tuple(tags))
            known[day] = Issue(day, (*before.versions[:-1], newest))
        else:
            known[day] = Issue(day, (draft,))
        for as_of in sorted(known, reverse=True):
            yield known[as_of]

    def _tags(self, issues: tuple[Issue, ...]) -> tuple[str, ...]:
        """The languages of the site that have a brief, and that of the draft."""
        wanted = dict.fromkeys((*self.drafting.settings.brief.languages, self.drafting.tag))
        having = {tag for issue in issues for tag in issue.current.tags}
        return tuple(tag for tag in wanted if tag in having)


def drafted_file(path: str, tag: str, as_of: date, made: Made) -> bytes | None:
    """A file of the draft that its page on the site links to, such as the data of a chart."""
    below = f"{tag}/{as_of.isoformat()}/"
    return made.files.get(f"/{tag}/{path.removeprefix(below)}") if path.startswith(below) else None
