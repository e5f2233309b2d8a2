"""What is left at the overnight reverse repo facility, by more than its newest day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reportgen.analysis import figures
from reportgen.analysis.calendar import DayKind, kinds_of
from reportgen.analysis.reserves import Account, Driver
from reportgen.model import Quantity, Unit, quantity
from reportgen.sections.lead.account import MATERIAL_USD
from reportgen.store.dataset import Dataset

DRAINED_USD = 25 * 10**9
AMPLE_USD = 500 * 10**9
"""Below ``DRAINED_USD`` ON RRP has nothing left to give; from ``AMPLE_USD`` on it is a cushion."""

# On 2025-10-31 it held 51.8 billion, in the ten operations to that day 8.8 at the median.
MEDIAN_DAYS = 10
"""What is left at ON RRP is the median of its last ``MEDIAN_DAYS`` operations, because money funds
park cash there at month-ends."""

ENDS = frozenset({DayKind.MONTH_END, DayKind.QUARTER_END, DayKind.YEAR_END})


class OnRrp(StrEnum):
    """What is left at the overnight reverse repo facility."""

    DRAINED = "drained"
    LOW = "low"
    AMPLE = "ample"


@dataclass(frozen=True, slots=True)
class ReverseRepo:
    """The facility in US dollars: newest, usual of late, and at both ends of the account.

    ``month_end_peak`` says that only a month-end keeps the newest level from being near nothing.
    """

    level: Quantity
    usual: Quantity
    state: OnRrp
    month_end_peak: bool
    start: Quantity
    end: Quantity
    start_was_empty: bool
    material: bool
    fell: bool


def compute(data: Dataset, account: Account) -> ReverseRepo:
    """The facility at the as-of date and over the account of reserves."""
    newest = figures.latest(data, "on_rrp_accepted")
    recent = data.series("on_rrp_accepted").iloc[-MEDIAN_DAYS:]
    usual = float(recent.median())
    state = _state(usual)
    start, end = figures.on_or_before_each(
        data, "on_rrp_accepted", (account.start.date, account.end.date)
    )
    moved = account.contribution(Driver.ON_RRP)
    peak = state is OnRrp.DRAINED and newest.value >= DRAINED_USD
    return ReverseRepo(
        level=_amount("lead.on_rrp", newest.value, newest.date),
        usual=quantity(
            "lead.on_rrp_usual",
            usual,
            Unit.USD,
            newest.date,
            _quantum(usual),
            series=("on_rrp_accepted",),
            formula=f"median(on_rrp_accepted; {recent.index[0].date()} to {newest.date})",
        ),
        state=state,
        month_end_peak=peak and bool(ENDS.intersection(kinds_of(newest.date))),
        start=_amount("lead.on_rrp_start", start.value, start.date),
        end=figures.level(
            data, "lead.on_rrp_end", "on_rrp_accepted", point=end, quantum=figures.ONE_BILLION
        ),
        start_was_empty=start.value < DRAINED_USD,
        material=abs(moved) >= MATERIAL_USD,
        fell=moved >= MATERIAL_USD,
    )


def _state(usual: float) -> OnRrp:
    if usual < DRAINED_USD:
        return OnRrp.DRAINED
    return OnRrp.AMPLE if usual >= AMPLE_USD else OnRrp.LOW


def _amount(id: str, value: float, day: date) -> Quantity:
    return quantity(
        id,
        value,
        Unit.USD,
        day,
        _quantum(value),
        series=("on_rrp_accepted",),
        formula=f"on_rrp_accepted({day})",
    )


def _quantum(value: float) -> str:
    if value >= figures.TRILLION:
        return figures.HUNDREDTH_TRILLION
    return figures.TENTH_BILLION if value < 100 * 10**9 else figures.ONE_BILLION
