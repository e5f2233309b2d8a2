"""H.4.1 as it stood at each release: from ALFRED, or from the API of FRED where a key is set.

With a key one request brings every vintage of a series. Without one each release is asked for on
its own, so history comes a year at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reportgen.clock import at_new_york
from reportgen.model import Observation, Parsed
from reportgen.settings import SourceSettings
from reportgen.sources import reading, rules
from reportgen.sources.feed import Feed, Request
from reportgen.sources.fred.observations import (
    API_PAGE_ROWS,
    CSV_DATE_HEADS,
    H41_SERIES,
    FredSeries,
    api_rows,
    following,
)

EARLIEST, LATEST = "1776-07-04", "9999-12-31"


@dataclass(frozen=True, slots=True)
class Vintages:
    """The vintages of one weekly series."""

    fred: FredSeries

    @property
    def feed_id(self) -> str:
        """The id of its feed."""
        return f"alfred.{self.fred.identifier}"

    def address(self, sources: SourceSettings, key: str, start: date, end: date) -> Request:
        """With a key, every vintage of the window; else what the release of ``end`` said."""
        if key:
            return Request(
                self.feed_id,
                f"{sources.fred.base_url}/fred/series/observations",
                (
                    ("series_id", self.fred.identifier),
                    ("file_type", "json"),
                    ("realtime_start", EARLIEST),
                    ("realtime_end", LATEST),
                    ("observation_start", start.isoformat()),
                    ("observation_end", end.isoformat()),
                    ("limit", str(API_PAGE_ROWS)),
                ),
                start,
                end,
                ("api_key", key),
            )
        return Request(
            self.feed_id,
            f"{sources.fred.alfred_url}/graph/alfredgraph.csv",
            (
                ("id", self.fred.identifier),
                ("vintage_date", end.isoformat()),
                ("cosd", start.isoformat()),
                ("coed", end.isoformat()),
            ),
            start,
            end,
        )

    def parse(self, pages: Sequence[bytes], request: Request) -> Parsed:
        """Each value with the release at which it became known; US dollars.

        The unit is told from the magnitude, vintage by vintage.
        """
        if request.url.endswith(".csv"):
            column = f"{self.fred.identifier}_{request.end:%Y%m%d}"
            heads = [(name, column) for name in CSV_DATE_HEADS]
            found = [
                (row, request.end, CSV_DATE_HEADS[0], column)
                for row in reading.distinct(
                    reading.csv_rows(pages[0], request, heads), CSV_DATE_HEADS[0]
                )
            ]
        else:
            rows = [row for page in pages for row in api_rows(page, request)]
            found = [
                (row, row.day("realtime_start"), "date", "value")
                for row in reading.distinct(rows, "date", "realtime_start")
            ]
        observations: list[Observation] = []
        for row, released, day, field in found:
            value = row.present_number(field)
            if value is None:
                continue
            scale = self.fred.scale_of(value)
            if scale is None:
                raise row.fault(field, f"is {value}, in no unit this series has had")
            known_at = at_new_york(released, rules.H41.clock_time)
            observations.append(
                Observation(self.fred.series, row.day(day), float(value * scale), known_at)
            )
        if not observations:
            raise reading.malformed(request, "there is no observation in it")
        return Parsed(tuple(observations))


def _feed(fred: FredSeries) -> Feed:
    vintages = Vintages(fred)
    return Feed(
        id=vintages.feed_id,
        source="fred",
        series=(fred.series,),
        address=vintages.address,
        parse=vintages.parse,
        following=following,
        # A release changes the weeks before it; older corrections are rare and come with the API.
        revised_days=35,
        vintages=True,
    )


FEEDS = tuple(_feed(fred) for fred in H41_SERIES)
