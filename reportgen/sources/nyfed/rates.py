"""Reference rates with their percentiles and volumes, one feed a rate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reportgen.model import Doubt, DoubtRule, Observation, Parsed
from reportgen.settings import SourceSettings
from reportgen.sources import reading
from reportgen.sources.feed import Feed, Request
from reportgen.sources.nyfed.series import PERCENTILES, REFERENCE_RATES
from reportgen.sources.reading import Row

BILLION = Decimal(10) ** 9


@dataclass(frozen=True, slots=True)
class ReferenceRate:
    """One rate: its series id and whether it is secured."""

    id: str
    secured: bool

    @property
    def feed_id(self) -> str:
        """The id of its feed."""
        return f"nyfed.{self.id}"

    def address(self, sources: SourceSettings, _key: str, start: date, end: date) -> Request:
        """The rate with everything that goes with it: no ``type`` is sent, which would halve it."""
        kind = "secured" if self.secured else "unsecured"
        return Request(
            self.feed_id,
            f"{sources.nyfed.base_url}/api/rates/{kind}/{self.id}/search.json",
            (("startDate", start.isoformat()), ("endDate", end.isoformat())),
            start,
            end,
        )

    def parse(self, pages: Sequence[bytes], request: Request) -> Parsed:
        """Rate and percentiles in percent, volume in US dollars."""
        rows = reading.json_records(pages[0], request, "refRates")
        if not rows:
            raise reading.malformed(request, "the list refRates is empty")
        observations: list[Observation] = []
        doubts: list[Doubt] = []
        for row in reading.distinct(rows, "effectiveDate"):
            row.one_of("type", (self.id.upper(),))
            found, reason = self._observations(row), self._contradiction(row)
            if reason:
                doubts += [
                    Doubt(o.series, o.date, DoubtRule.IDENTITY, reason, o.value) for o in found
                ]
            else:
                observations += found
        return Parsed(tuple(observations), tuple(doubts))

    def _observations(self, row: Row) -> list[Observation]:
        day = row.day("effectiveDate")
        found = [Observation(self.id, day, float(row.number("percentRate")))]
        for nth in PERCENTILES:
            value = row.optional_number(f"percentPercentile{nth}")
            if value is not None:
                found.append(Observation(f"{self.id}_p{nth}", day, float(value)))
        volume = row.optional_number("volumeInBillions")
        if volume is not None:
            found.append(Observation(f"{self.id}_volume", day, float(volume * BILLION)))
        return found

    def _contradiction(self, row: Row) -> str:
        """Why a row cannot be right, empty when it can.

        A rate is a median: it lies between its outer percentiles, which rise.
        """
        rate = row.number("percentRate")
        fields = [f"percentPercentile{nth}" for nth in PERCENTILES]
        values = [value for name in fields if (value := row.optional_number(name)) is not None]
        if not values or (values == sorted(values) and values[0] <= rate <= values[-1]):
            return ""
        listed = ", ".join(str(value) for value in values)
        return f"the rate {rate} does not lie among its percentiles {listed}"


def _feed(rate: ReferenceRate) -> Feed:
    percentiles = (f"{rate.id}_p{nth}" for nth in PERCENTILES)
    return Feed(
        id=rate.feed_id,
        source="nyfed",
        series=(rate.id, *percentiles, f"{rate.id}_volume"),
        address=rate.address,
        parse=rate.parse,
    )


FEEDS = tuple(_feed(ReferenceRate(id, secured)) for id, secured, _ in REFERENCE_RATES)
