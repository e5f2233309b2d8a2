"""The portfolio of the Fed (SOMA) by class, its pace, and the bills that others hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from reportgen.analysis.figures import on_or_before
from reportgen.model import Point
from reportgen.store.dataset import Dataset

if TYPE_CHECKING:
    import pandas as pd

# Total leaves out inflation compensation; the seven classes sum to it.
COUPONS = ("soma_notesbonds", "soma_tips", "soma_frn")
TREASURIES = ("soma_bills", *COUPONS)
AGENCY = ("soma_mbs", "soma_cmbs", "soma_agencies")

WEEKS_A_MONTH = 365.25 / 12 / 7
PACE_WEEKS = (13, 26, 52)


def holdings(data: Dataset, classes: tuple[str, ...]) -> pd.Series[float]:
    """Holdings of several classes together by week, in US dollars."""
    import pandas as pd  # half a second that a process without data saves

    return pd.concat([data.series(id) for id in classes], axis=1).dropna().sum(axis=1)


def holding_points(
    data: Dataset, classes: tuple[str, ...], start: date
) -> tuple[tuple[date, ...], tuple[float, ...]]:
    """Holdings from a day on, as charts take them, in US dollars."""
    held = holdings(data, classes).loc[start.isoformat() :]
    return tuple(stamp.date() for stamp in held.index), tuple(float(v) for v in held)


def holding(data: Dataset, classes: tuple[str, ...], day: date | None = None) -> Point:
    """The holdings of the newest week on or before a day."""
    held = holdings(data, classes)
    if day is not None:
        held = held.loc[: day.isoformat()]
    return Point(held.index[-1].date(), float(held.iloc[-1]))


@dataclass(frozen=True, slots=True)
class Pace:
    """The mean monthly change of holdings over a number of weekly rows, in US dollars."""

    weeks: int
    start: date
    end: date
    change_per_month: float


def pace(data: Dataset, classes: tuple[str, ...], weeks: int) -> Pace:
    """The change over ``weeks`` weekly rows, scaled to a month of 4.35 weeks."""
    held = holdings(data, classes)
    first, last = held.iloc[-1 - weeks], held.iloc[-1]
    return Pace(
        weeks,
        held.index[-1 - weeks].date(),
        held.index[-1].date(),
        float(last - first) / weeks * WEEKS_A_MONTH,
    )


def recent_paces(data: Dataset, classes: tuple[str, ...]) -> tuple[Pace, ...]:
    """The paces over windows of ``PACE_WEEKS`` weeks, slowest to fastest.

    A longer window that points the other way than the shortest is left out: a range from a fall to
    a rise is no pace.
    """
    newest, *longer = (pace(data, classes, weeks) for weeks in PACE_WEEKS)
    alike = [p for p in longer if p.change_per_month * newest.change_per_month > 0]
    return tuple(sorted((newest, *alike), key=lambda p: abs(p.change_per_month)))


@dataclass(frozen=True, slots=True)
class BillFloat:
    """Bills outstanding and those of them the Fed does not hold, at a month-end, in US dollars."""

    month_end: date
    outstanding: float
    held_by_fed: float
    held_on: date

    @property
    def free(self) -> float:
        """Bills left for everyone else."""
        return self.outstanding - self.held_by_fed


def bill_float(data: Dataset, month_end: date) -> BillFloat:
    """The free float at a month-end: bills outstanding less SOMA’s of the last week by then."""
    held = on_or_before(data, "soma_bills", month_end)
    outstanding = data.value("bills_outstanding", month_end)
    return BillFloat(month_end, outstanding, held.value, held.date)


@dataclass(frozen=True, slots=True)
class YearOfBills:
    """Growth over a calendar year, or over its months to date, in US dollars."""

    year: int
    start: BillFloat
    end: BillFloat

    @property
    def months(self) -> int:
        """Months of the year that are covered."""
        return self.end.month_end.month

    @property
    def complete(self) -> bool:
        """Whether December is in."""
        return self.months == 12

    @property
    def net_issuance(self) -> float:
        """Change of bills outstanding."""
        return self.end.outstanding - self.start.outstanding

    @property
    def free_growth(self) -> float:
        """Change of the free float."""
        return self.end.free - self.start.free


def years_of_bills(data: Dataset) -> tuple[YearOfBills, ...]:
    """Each calendar year with data, the last one to date; MSPD starts at the end of 2019."""
    month_ends = [stamp.date() for stamp in data.series("bills_outstanding").index]
    years = []
    for year in sorted({day.year for day in month_ends}):
        start = date(year - 1, 12, 31)
        ends = [day for day in month_ends if day.year == year]
        if start in month_ends:
            years.append(YearOfBills(year, bill_float(data, start), bill_float(data, ends[-1])))
    return tuple(years)
