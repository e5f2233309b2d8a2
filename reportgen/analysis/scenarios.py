"""What a scenario leads to, month by month: SOMA by class, reserves, bills left for others.

Pure arithmetic, in US dollars. Reserves grow by purchases and shrink by what the Treasury’s account
and currency take; principal of agency securities goes into bills and coupons are rolled over, so
that neither moves reserves. All other items stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from reportgen.analysis.assumptions import RECENT_PACE, Scenario
from reportgen.analysis.principal import PAYMENT_DAY, PrincipalRange, month_end
from reportgen.errors import InputError


@dataclass(frozen=True, slots=True)
class Start:
    """Where a path begins: the newest H.4.1 week, and the free float of the newest month-end.

    Reserves are the week's average, all others Wednesday levels.
    """

    day: date
    reserves: float
    tga: float
    bills: float
    coupons: float
    agency: float
    free_float: float


@dataclass(frozen=True, slots=True)
class Month:
    """A month-end of a path, with the purchases and the principal on the way to it.

    ``left`` is the growth of bills in other hands than the Fed's over the month, None where the
    scenario says nothing of issuance.
    """

    end: date
    purchases: float
    principal: float
    tga: float
    currency_growth: float
    reserves: float
    bills: float
    coupons: float
    agency: float
    left: float | None

    @property
    def soma(self) -> float:
        """The portfolio's classes together."""
        return self.bills + self.coupons + self.agency


@dataclass(frozen=True, slots=True)
class BillYear:
    """A calendar year of bills as a scenario has it: issuance less Fed purchases is left."""

    year: int
    issuance: float
    purchases: float

    @property
    def left(self) -> float:
        """What others have to absorb."""
        return self.issuance - self.purchases


@dataclass(frozen=True, slots=True)
class Path:
    """A scenario's months, and its calendar years of bills."""

    scenario: Scenario
    start: Start
    months: tuple[Month, ...]
    years: tuple[BillYear, ...]

    def at(self, day: date) -> Month:
        """The month that ends on a day; KeyError when the path has none."""
        for month in self.months:
            if month.end == day:
                return month
        raise KeyError(day)

    def passes(self, reserves: float) -> Month | None:
        """The first month-end above a level of reserves, having been at or below it before."""
        before = self.start.reserves
        for month in self.months:
            if before <= reserves < month.reserves:
                return month
            before = month.reserves
        return None


Principal = Callable[[int], float]
"""The principal of a calendar month, 1 to 12, in US dollars."""


def path(scenario: Scenario, start: Start, principal: Principal) -> Path:
    """A scenario from the newest week to its horizon; InputError when it leads to the impossible.

    The first month-end is that of the week's own month: purchases and currency count for the days
    that are left of it, principal until its last payment day.
    """
    months: list[Month] = []
    reserves, tga, bills, agency = start.reserves, start.tga, start.bills, start.agency
    day = start.day
    for end in _month_ends(start.day, scenario.horizon):
        share = (end - day).days / end.day
        bought = share * scenario.purchases_usd(end.year, end.month)
        paid_already = end == month_end(start.day) and start.day.day >= PAYMENT_DAY
        paid = 0.0 if paid_already else principal(end.month)
        account = _account(scenario, start, end)
        currency = share * scenario.currency_usd_bn_per_year * 10**9 / 12
        issuance = scenario.issuance_usd(end.year)
        left = None if issuance is None else share * issuance / 12 - bought - paid
        reserves += bought - (account - tga) - currency
        bills, agency, tga, day = bills + bought + paid, agency - paid, account, end
        months.append(
            Month(end, bought, paid, tga, currency, reserves, bills, start.coupons, agency, left)
        )
    found = Path(scenario, start, tuple(months), tuple(_years(scenario, principal)))
    _require_possible(found)
    return found


def principal_of(scenario: Scenario, projected: PrincipalRange | None) -> Principal:
    """A scenario's own amount of principal, or the middle of the projection where it says so.

    InputError when it counts on a recent pace while holdings do not shrink.
    """
    amount = scenario.mbs_usd_bn_per_month
    if not isinstance(amount, str):
        return lambda _: amount * 10**9
    if projected is None:
        raise _refused(scenario, f"MBS principal at the {RECENT_PACE}, but holdings do not shrink")
    return lambda month: projected.month(month)[1]


def _month_ends(day: date, horizon: date) -> Iterator[date]:
    """The month-ends after a day, up to the horizon."""
    end = month_end(day)
    while end <= horizon:
        if end > day:
            yield end
        end = month_end(end + timedelta(days=1))


def _account(scenario: Scenario, start: Start, end: date) -> float:
    """The Treasury's account on the straight way to its target; as it is when that day is past."""
    days = (scenario.tga_by - start.day).days
    if days <= 0:
        return start.tga
    way = min((end - start.day).days / days, 1.0)
    return start.tga + way * (scenario.tga_usd_bn * 10**9 - start.tga)


def _years(scenario: Scenario, principal: Principal) -> Iterator[BillYear]:
    for year in sorted(scenario.net_bill_issuance_usd_bn):
        issuance = scenario.issuance_usd(year)
        if issuance is not None:
            months = range(1, 13)
            bought = sum(scenario.purchases_usd(year, m) + principal(m) for m in months)
            yield BillYear(year, issuance, bought)


def _require_possible(found: Path) -> None:
    scenario, start = found.scenario, found.start
    for month in found.months:
        if month.agency < 0:
            raise _refused(
                scenario,
                f"MBS principal exceeds holdings: the {start.agency / 10**9:,.0f} billion of "
                f"{start.day} are used up by {month.end}",
            )
        if month.reserves < 0:
            raise _refused(scenario, f"reserves fall below zero by {month.end}")
    retired = -sum(min(year.issuance, 0.0) for year in found.years)
    if retired > start.free_float:
        raise _refused(
            scenario,
            f"net issuance retires {retired / 10**9:,.0f} billion of bills, more than the "
            f"{start.free_float / 10**9:,.0f} billion that others than the Fed hold",
        )


def _refused(scenario: Scenario, reason: str) -> InputError:
    return InputError(
        reason,
        where=f"outlook file, scenario {scenario.id}",
        remedy="correct what the scenario assumes, or take it out",
    )
