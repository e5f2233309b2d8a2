"""What of the market data is public: up to a last day or an instant, with revisions and delays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any

from reportgen import resources
from reportgen.analysis import calendar
from reportgen.clock import NEW_YORK, at_new_york
from reportgen.model import Calendar
from reportgen.sources import rules
from reportgen.sources.catalogue import series_of
from reportgen.store import business_days, publication
from tests.replay import history

# Secured rates are out at 8:00; the catalogue counts them as final at 15:00.
_SECURED_RATE_CLOCK = time(8, 0)

# FRED carries tomorrow's rate on reserves by the evening (the vintage of Friday 2026-09-04 runs to
# Tuesday 2026-09-08).
_NEXT_IORB_CLOCK = time(16, 30)

# Series without a line in the catalogue, and the one whose clock they follow.
_SAME_CLOCK = {"tips_compensation": "soma_total"}

# FRED printed ON RRP with the small-value exercise of that day in it and took it back later.
_FIRST_PRINTS = {
    ("on_rrp_accepted", date(2020, 2, 19)): (Decimal(5_149_000_000), date(2020, 2, 24)),
}


@dataclass(frozen=True, slots=True)
class Revision:
    """A value that replaced the one before it from the New York day ``on``."""

    on: date
    value: Decimal


@dataclass
class Market:
    """The data a provider has published; without ``now`` that is every row up to ``last_day``."""

    last_day: date = history.BUNDLE_END
    now: datetime | None = None
    revisions: dict[tuple[str, date], list[Revision]] = field(default_factory=dict)
    withheld_from: dict[str, date] = field(default_factory=dict)
    made: dict[str, Any] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The New York day on which the provider is asked."""
        return self.now.astimezone(NEW_YORK).date() if self.now else self.last_day

    @property
    def instant(self) -> datetime:
        """The instant at which the provider is asked; the day's last minute without ``now``."""
        return self.now or at_new_york(self.today, time(23, 59))

    def move(self, last_day: date | None, now: datetime | None) -> None:
        """Go to another last day or instant; an instant alone takes the days up to its own."""
        if now is not None and now.tzinfo is None:
            now = now.replace(tzinfo=NEW_YORK)
        if last_day is None:
            last_day = now.astimezone(NEW_YORK).date() if now else self.last_day
        if last_day > history.LAST_DAY:
            raise ValueError(f"the replay has no data after {history.LAST_DAY}, asked: {last_day}")
        self.last_day, self.now = last_day, now
        self._start_anew()

    def revise(self, series_id: str, day: date, value: Decimal, on: date | None) -> None:
        """Replace a value; FRED tells the one before in vintages earlier than ``on``."""
        if day not in history.table()[series_id]:
            raise ValueError(f"{series_id} has no value for {day}, so there is none to revise")
        told = self.revisions.setdefault((series_id, day), [])
        told.append(Revision(on or self.today, value))
        self._start_anew()

    def withhold(self, series_id: str, first_day: date) -> None:
        """Leave out a series from a day on, as when its provider is late."""
        self.withheld_from[series_id] = first_day
        self._start_anew()

    def _start_anew(self) -> None:
        """Forget what was made of the data; untouched data is made once a process."""
        touched = self.revisions or self.withheld_from
        self.made = {} if touched else _made_untouched(self.last_day, self.now)

    def is_revised(self, series_id: str, day: date) -> bool:
        """Whether a test changed this value."""
        return (series_id, day) in self.revisions

    def is_public(self, series_id: str, day: date) -> bool:
        """Whether the value of a day is out."""
        if series_id == "iorb":
            return day <= self._last_iorb_day
        if day > self.last_day:
            return False
        return self.now is None or published_at(series_id, day) <= self.now

    @property
    def _last_iorb_day(self) -> date:
        if self.instant.astimezone(NEW_YORK).time() < _NEXT_IORB_CLOCK:
            return self.today
        return business_days.shift(self.today, 1, Calendar.FED)

    def values(self, series_id: str) -> Mapping[date, Decimal]:
        """The public values of a series as they are now, oldest first."""
        key = f"values {series_id}"
        if key not in self.made:
            self.made[key] = {
                day: value
                for day, value in self.values_to_come(series_id).items()
                if self.is_public(series_id, day)
            }
        values: Mapping[date, Decimal] = self.made[key]
        return values

    def values_to_come(self, series_id: str) -> Mapping[date, Decimal]:
        """The same with those that are not public yet, revised and withheld ones as set."""
        key = f"values to come {series_id}"
        if key not in self.made:
            end = self.withheld_from.get(series_id, date.max)
            self.made[key] = {
                day: self.revisions[series_id, day][-1].value
                if (series_id, day) in self.revisions
                else value
                for day, value in history.table()[series_id].items()
                if day < end
            }
        values: Mapping[date, Decimal] = self.made[key]
        return values

    def vintages(self, series_id: str, day: date) -> list[Revision]:
        """Every value a day has had, each with the New York day it came out, oldest first."""
        value = history.table()[series_id][day]
        first = published_at(series_id, day).astimezone(NEW_YORK).date()
        told = [Revision(first, value)]
        if (series_id, day) in _FIRST_PRINTS:
            printed, restated = _FIRST_PRINTS[series_id, day]
            told = [Revision(first, printed), Revision(restated, value)]
        return [*told, *self.revisions.get((series_id, day), ())]


@cache
def _made_untouched(last_day: date, now: datetime | None) -> dict[str, Any]:
    return {}


@cache
def published_at(series_id: str, day: date) -> datetime:
    """The instant at which a value comes out, by the rule of the catalogue."""
    series = series_of(_SAME_CLOCK.get(series_id, series_id))
    if series.rule == rules.SECURED_RATE:
        return at_new_york(
            business_days.shift(day, 1, series.rule.calendar),
            _SECURED_RATE_CLOCK,
        )
    return publication.published_at(series, day, _h41_releases())


@cache
def _h41_releases() -> Mapping[date, date]:
    return calendar.load(resources.STARTER / "calendar.toml").h41_releases


def plain(value: Decimal) -> str:
    """A value in digits without exponent and without needless zeros."""
    return f"{value.normalize() if value else Decimal(0):f}"
