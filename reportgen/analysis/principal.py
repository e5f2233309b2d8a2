"""Principal of the Fed's agency securities by month: what was paid back, and what may come."""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from reportgen.analysis import portfolio
from reportgen.store.dataset import Dataset

# Pools pay on the 15th, 20th and 25th: in every month from 2022 to 2025 a Wednesday from the 25th
# on had all of the month's principal, and the Wednesdays up to the 10th of the next had no more.
PAYMENT_DAY = 25
SETTLED_DAY = 10

EARLIEST = date(2018, 1, 1)

# As the paces over 13, 26 and 52 weekly rows, but in whole months of payments.
WINDOWS = (3, 6, 12)
# Shares of a month come from the last complete years: before, rates and prepayments were others.
SHARE_YEARS = 3


@dataclass(frozen=True, slots=True)
class PrincipalRange:
    """Principal a year at the slowest, middle and fastest recent pace, and each month's share.

    In US dollars; ``shares`` begin with January and sum to one. ``last`` is the newest month-end
    whose principal is in, ``years`` are those that the shares come from.
    """

    last: date
    annual: tuple[float, float, float]
    shares: tuple[float, ...]
    years: tuple[int, ...]

    def month(self, month: int) -> tuple[float, float, float]:
        """Principal of a calendar month, 1 to 12: slowest, middle, fastest."""
        low, middle, high = self.annual
        share = self.shares[month - 1]
        return low * share, middle * share, high * share


def by_month(data: Dataset) -> dict[date, float]:
    """Principal of each complete calendar month by its last day, negative when holdings grew.

    In US dollars: the fall of holdings from the last Wednesday by day ``SETTLED_DAY`` of the month
    to that of the next month. All payments of the month lie between.
    """
    days, held = portfolio.holding_points(data, portfolio.AGENCY, EARLIEST)
    paid = days[-1].day >= PAYMENT_DAY
    complete = month_end(days[-1]) if paid else days[-1].replace(day=1)
    received: dict[date, float] = {}
    end = month_end(month_end(days[0]) + timedelta(days=1))
    while end <= complete:
        marks = (end.replace(day=SETTLED_DAY), end + timedelta(days=SETTLED_DAY))
        before, after = (held[bisect_right(days, mark) - 1] for mark in marks)
        received[end] = before - after
        end = month_end(end + timedelta(days=1))
    return received


def projection(data: Dataset) -> PrincipalRange | None:
    """Principal a year at the paces of the last ``WINDOWS`` months, each freed of its season.

    A window’s principal over its months’ share of a year, on the mean of the last ``SHARE_YEARS``
    complete years, is that of a year.

    None unless holdings shrink.
    """
    received = by_month(data)
    shares, years = _shares(received)
    annual = []
    for months in WINDOWS:
        window = list(received.items())[-months:]
        share = sum(shares[end.month - 1] for end, _ in window)
        annual.append(sum(amount for _, amount in window) / share)
    low, middle, high = sorted(annual)
    if low <= 0:
        return None
    return PrincipalRange(max(received), (low, middle, high), shares, years)


def _shares(received: Mapping[date, float]) -> tuple[tuple[float, ...], tuple[int, ...]]:
    """The mean share of each month in the last complete years in which every month paid back."""
    by_year: dict[int, list[float]] = {}
    for end, amount in received.items():
        by_year.setdefault(end.year, []).append(amount)
    complete = sorted(year for year, amounts in by_year.items() if len(amounts) == 12)
    years = tuple(year for year in complete[-SHARE_YEARS:] if min(by_year[year]) > 0)
    if not years:
        return (1 / 12,) * 12, ()
    rows = [[amount / sum(by_year[year]) for amount in by_year[year]] for year in years]
    return tuple(sum(column) / len(years) for column in zip(*rows, strict=True)), years


def month_end(day: date) -> date:
    """The last day of a day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])
