"""``[[scenario]]`` of the outlook file: what is assumed, and what no scenario may assume."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from reportgen.config_files import Strict
from reportgen.model import Reference
from reportgen.sources.catalogue import series_of

BILLION = 10**9

# In words rather than a figure: what the portfolio itself has been paying back.
RECENT_PACE: Literal["recent pace"] = "recent pace"

# The Fed has never bought more than 1.2 trillion in a month (March and April 2020).
MOST_A_MONTH_USD_BN = 1_200
# Bills have grown by at most 2.5 trillion in a year (2020), currency by 0.3 trillion (2020).
MOST_ISSUANCE_USD_BN = 5_000
MOST_CURRENCY_USD_BN = 500


class Departure(StrEnum):
    """In what an alternative departs from its baseline: how much is bought, or from when on."""

    AMOUNT = "amount"
    START = "start"


class Scenario(Strict):
    """A path for purchases, principal, bills, the Treasury's account and currency.

    Amounts are in billions of US dollars. It is told from ``published`` to ``horizon``, the
    month-end up to which its path runs; ``instead_of`` names the baseline it is an alternative to.
    """

    id: str
    name: dict[str, str]
    who: dict[str, str]
    published: date
    horizon: date
    rests_on: tuple[str, ...] = ()
    url: str = Field(default="", pattern=r"^(https?://.*)?$")
    instead_of: str = ""
    purchases_usd_bn_per_month: float = Field(ge=0, le=MOST_A_MONTH_USD_BN)
    purchases_start: date | None = None
    mbs_usd_bn_per_month: float | Literal["recent pace"]
    net_bill_issuance_usd_bn: Mapping[int, float]
    tga_usd_bn: float
    tga_by: date
    currency_usd_bn_per_year: float = Field(ge=-MOST_CURRENCY_USD_BN, le=MOST_CURRENCY_USD_BN)

    @model_validator(mode="after")
    def _possible(self) -> Self:
        for fault in (*self._faults_of_dates(), *self._faults_of_amounts()):
            raise ValueError(f"scenario {self.id}: {fault}")
        return self

    def _faults_of_dates(self) -> Iterator[str]:
        start, last = self.purchases_start, date(self.published.year + 1, 12, 31)
        if self.horizon < self.published:
            yield "its horizon lies before it was published"
        if (self.horizon + timedelta(days=1)).day != 1:
            yield f"its horizon, {self.horizon}, is no month-end"
        if self.horizon > last:
            yield f"its horizon lies beyond {last}, the end of the year after it was published"
        if self.purchases_usd_bn_per_month and start is None:
            yield "it has purchases, but no purchases_start"
        if start and not self.purchases_usd_bn_per_month:
            yield "it has a purchases_start, but no purchases"
        if start and start.day != 1:
            yield "purchases_start is the first day of a month, for amounts are by month"
        if start and start > self.horizon:
            yield f"its purchases start on {start}, after its horizon"
        if not self.published <= self.tga_by <= self.horizon:
            yield f"tga_by, {self.tga_by}, lies outside {self.published} to {self.horizon}"

    def _faults_of_amounts(self) -> Iterator[str]:
        most = series_of("tga_level").most / BILLION
        if not 0 <= self.tga_usd_bn <= most:
            yield f"a TGA of {self.tga_usd_bn:g} is not between 0 and {most:g} billion"
        mbs = self.mbs_usd_bn_per_month
        if not isinstance(mbs, str) and not 0 <= mbs <= MOST_A_MONTH_USD_BN:
            yield f"MBS principal of {mbs:g} billion a month is not possible"
        for year, issuance in self.net_bill_issuance_usd_bn.items():
            if not self.published.year <= year <= self.horizon.year:
                yield f"it has net bill issuance for {year}, a year it does not reach"
            if abs(issuance) > MOST_ISSUANCE_USD_BN:
                yield f"net bill issuance of {issuance:g} billion in {year} is not possible"
        if not self.rests_on and not self.url:
            yield "it rests on nothing: name views in rests_on, or give a url"

    def purchases_usd(self, year: int, month: int) -> float:
        """Reserve management purchases of a calendar month."""
        start = self.purchases_start
        buys = start is not None and date(year, month, 1) >= start
        return self.purchases_usd_bn_per_month * BILLION if buys else 0.0

    def issuance_usd(self, year: int) -> float | None:
        """Net issuance of bills over a calendar year; None when nothing is assumed."""
        issuance = self.net_bill_issuance_usd_bn.get(year)
        return None if issuance is None else issuance * BILLION

    @property
    def reference(self) -> Reference:
        """The entry by which figures name it."""
        return Reference(self.id, self.published, self.url, tuple(sorted(self.who.items())))


def departure(alternative: Scenario, baseline: Scenario) -> Departure:
    """In what an alternative departs from its baseline.

    ValueError when it departs in both, in neither, or in anything else: the comparison would not
    say what makes the difference.
    """
    apart = {"id", "name", "who", "published", "rests_on", "url", "instead_of"}
    own, other = (scenario.model_dump(exclude=apart) for scenario in (alternative, baseline))
    differs = {field for field in own if own[field] != other[field]}
    if differs == {"purchases_usd_bn_per_month"}:
        return Departure.AMOUNT
    if differs == {"purchases_start"}:
        return Departure.START
    raise ValueError(
        f"scenario {alternative.id}: it differs from {baseline.id} in "
        f"{', '.join(sorted(differs)) or 'nothing'}; an alternative changes either "
        "purchases_usd_bn_per_month or purchases_start"
    )


def check_alternatives(scenarios: Iterable[Scenario]) -> None:
    """Raises ValueError when an alternative can't be compared with its baseline."""
    by_id = {scenario.id: scenario for scenario in scenarios}
    seen: dict[tuple[str, Departure], str] = {}
    for own in by_id.values():
        if not own.instead_of:
            continue
        baseline = by_id.get(own.instead_of)
        if baseline is None or baseline.instead_of:
            raise ValueError(f"scenario {own.id}: {own.instead_of} is no baseline")
        if own.published < baseline.published:
            raise ValueError(f"scenario {own.id}: was published before its baseline")
        kind = departure(own, baseline)
        other = seen.setdefault((baseline.id, kind), own.id)
        if other != own.id:
            raise ValueError(f"scenario {own.id}: changes the {kind} of {baseline.id}, as {other}")
