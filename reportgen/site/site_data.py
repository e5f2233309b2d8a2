"""What the site knows of the data as the newest brief saw them, and who cites them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from reportgen.model import Histories
from reportgen.site import agreement, told
from reportgen.site.issued import Issue
from reportgen.site.pages import Trends
from reportgen.site.series_pages import SeriesPages
from reportgen.site.sparkline import sparkline
from reportgen.site.told import CitingBrief
from reportgen.site.told_briefs import Reader
from reportgen.site.writing import Writer

SCRIPT = "charts.js"


class SiteData:
    """The histories behind the pages of series, and the briefs that cite them."""

    def __init__(self, histories: Histories, issues: tuple[Issue, ...], reader: Reader) -> None:
        self.histories = histories
        self._issues = issues
        self._reader = reader
        self._pages: dict[str, tuple[Writer, SeriesPages]] = {}

    @cached_property
    def briefs(self) -> tuple[CitingBrief, ...]:
        """Every brief with what it printed; CheckError where the newest tells other values.

        A draft has no record: nothing is cited of it.
        """
        found = tuple(self._citing())
        if found and found[0].as_of == self.histories.as_of:
            agreement.check(found[0], self.histories)
        return found

    def _citing(self) -> Iterator[CitingBrief]:
        for issue in self._issues:
            version = issue.current
            if version.drafted:
                continue
            anchors = {
                tag: told.anchors(self._reader.page(version.folder, tag, issue.as_of).html)
                for tag in version.tags
            }
            facts = (version.folder / "facts.json").read_bytes()
            yield CitingBrief(issue.as_of, told.read(facts), anchors)

    def pages(self, writer: Writer) -> SeriesPages:
        """The pages of series in a language."""
        tag = writer.locale.tag
        if tag not in self._pages or self._pages[tag][0] is not writer:
            made = SeriesPages(
                writer.templates,
                writer.design,
                self.histories,
                self.briefs,
                writer.base_url,
                writer.assets.add(SCRIPT, writer.text(SCRIPT)),
            )
            self._pages[tag] = writer, made
        return self._pages[tag][1]

    @cached_property
    def trends(self) -> Trends:
        """A small drawing of each gauge."""
        gauges = self.histories.gauges
        return Trends({gauge.id: sparkline(gauge.dates, gauge.values) for gauge in gauges})
