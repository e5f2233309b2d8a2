"""FRED observations: keyless CSV by default, the API where a key is set; one feed a series."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reportgen.model import Doubt, DoubtRule, Observation, Parsed
from reportgen.settings import SourceSettings
from reportgen.sources import reading
from reportgen.sources.feed import Feed, Request
from reportgen.sources.fred.series import ADMINISTERED, COPIES, H41
from reportgen.sources.reading import Row

MILLION, BILLION = Decimal(10) ** 6, Decimal(10) ** 9
CSV_DATE_HEADS = ("observation_date", "DATE")
API_PAGE_ROWS = 100_000

Pair = tuple[date, Decimal]


@dataclass(frozen=True, slots=True)
class FredSeries:
    """One identifier: where its values go, and what turns them into the catalogue's unit.

    Several ``scales`` mean that FRED has changed the unit: that one is taken which brings the value
    between ``least`` and ``most``.
    """

    identifier: str
    series: str
    scales: tuple[Decimal, ...]
    least: float
    most: float

    @property
    def feed_id(self) -> str:
        """The id of its feed."""
        return f"fred.{self.identifier}"

    def address(self, sources: SourceSettings, key: str, start: date, end: date) -> Request:
        """The CSV of the graph, or the API with a key."""
        if not key:
            return Request(
                self.feed_id,
                f"{sources.fred.graph_url}/graph/fredgraph.csv",
                (("id", self.identifier), ("cosd", start.isoformat()), ("coed", end.isoformat())),
                start,
                end,
            )
        return Request(
            self.feed_id,
            f"{sources.fred.base_url}/fred/series/observations",
            (
                ("series_id", self.identifier),
                ("file_type", "json"),
                ("observation_start", start.isoformat()),
                ("observation_end", end.isoformat()),
                ("limit", str(API_PAGE_ROWS)),
            ),
            start,
            end,
            ("api_key", key),
        )

    def parse(self, pages: Sequence[bytes], request: Request) -> Parsed:
        """Values in the catalogue's unit; blank cells are no observations."""
        if request.url.endswith(".csv"):
            heads = [(name, self.identifier) for name in CSV_DATE_HEADS]
            rows = reading.csv_rows(pages[0], request, heads)
            pairs = self._pairs(rows, CSV_DATE_HEADS[0], self.identifier)
        else:
            rows = tuple(row for page in pages for row in api_rows(page, request))
            pairs = self._pairs(rows, "date", "value")
        if not pairs:
            raise reading.malformed(request, "there is no observation in it")
        return self.scaled(pairs)

    def _pairs(self, rows: Iterable[Row], day: str, value: str) -> list[Pair]:
        return [
            (row.day(day), number)
            for row in reading.distinct(rows, day)
            if (number := row.present_number(value)) is not None
        ]

    def scaled(self, pairs: Sequence[Pair]) -> Parsed:
        """Observations in one unit; those that would need another than most are doubtful."""
        scales = [self.scale_of(value) for _, value in pairs]
        known = [scale for scale in scales if scale is not None]
        usual = max(set(known), key=known.count) if known else self.scales[0]
        observations: list[Observation] = []
        doubts: list[Doubt] = []
        for (day, value), scale in zip(pairs, scales, strict=True):
            if scale in (None, usual):
                observations.append(Observation(self.series, day, float(value * usual)))
            else:
                reason = f"{value} does not have the unit of the other values of the response"
                doubts.append(Doubt(self.series, day, DoubtRule.UNIT, reason, float(value * usual)))
        return Parsed(tuple(observations), tuple(doubts))

    def scale_of(self, value: Decimal) -> Decimal | None:
        """The scale that makes a value possible; None when none does."""
        if len(self.scales) == 1:
            return self.scales[0]
        fitting = [s for s in self.scales if self.least <= float(value * s) <= self.most]
        return fitting[0] if len(fitting) == 1 else None


def api_rows(page: bytes, request: Request) -> tuple[Row, ...]:
    """The observations of a page of the API."""
    return reading.json_records(page, request, "observations")


def following(page: bytes, request: Request) -> Request | None:
    """The next page of the API while it has counted more rows than it has sent."""
    if request.url.endswith(".csv"):
        return None
    body = reading.json_object(page, request)
    offset, rows = int(body.number("offset")), len(body.records("observations"))
    asked = int(dict(request.params).get("offset", "0"))
    if offset != asked:
        raise body.fault("offset", f"is {offset}, asked for was {asked}")
    reached = offset + rows
    if reached >= int(body.number("count")):
        return None
    if not rows:
        raise reading.malformed(request, f"the page from offset {reached} on is empty")
    return request.with_param("offset", str(reached))


H41_SERIES = tuple(FredSeries(s.identifier, s.id, (MILLION, BILLION), s.least, s.most) for s in H41)
_RATES = tuple(FredSeries(s.identifier, s.id, (Decimal(1),), s.least, s.most) for s in ADMINISTERED)
_COPIES = tuple(
    FredSeries(
        identifier,
        check.against,
        (BILLION if identifier == "RRPONTSYD" else Decimal(1),),
        -1.0,
        4e12 if identifier == "RRPONTSYD" else 20.0,
    )
    for identifier, check in COPIES.items()
)


def _feed(fred: FredSeries, revised_days: int, ahead_days: int = 0) -> Feed:
    return Feed(
        id=fred.feed_id,
        source="fred",
        series=(fred.series,),
        address=fred.address,
        parse=fred.parse,
        following=following,
        revised_days=revised_days,
        ahead_days=ahead_days,
    )


FEEDS = (
    # H.4.1 corrects past weeks now and then.
    *(_feed(fred, 28) for fred in H41_SERIES),
    # Administered rates are there for the days ahead.
    *(_feed(fred, 10, ahead_days=7) for fred in _RATES),
    *(_feed(fred, 10) for fred in _COPIES),
)
