"""Funding rates against the corridor: how far, for how long, and which reading the data favour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reportgen.analysis import figures, standing_repo
from reportgen.analysis.outlook import ViewKind
from reportgen.model import Quantity
from reportgen.sections.funding import day as funding_day
from reportgen.sections.funding import fair_value
from reportgen.sections.funding.day import OrdinaryDay, RaisedLevel, StrainedDay
from reportgen.sections.funding.fair_value import FairValueFacts, Finding
from reportgen.sections.inputs import Inputs, ToldView, told
from reportgen.sections.srf.facts import BEYOND_CALENDAR_DAYS
from reportgen.store.dataset import Dataset

WINDOW_DAYS = 20
LONG_WINDOW_DAYS = 60

# From August 2021 to June 2024 the mean spread lay between -16 and -6; it turned positive on
# 2025-09-26 and passed 5 on 2025-10-28.
ELEVATED_BP = 0.0
STRAINED_BP = 5.0

TELLING_CHANGE_BP = 2.0


class Pressure(StrEnum):
    """Where secured funding trades against the rate on reserves, by the mean of SOFR less IORB over
    ``WINDOW_DAYS`` days: elevated above ``ELEVATED_BP``, strained from ``STRAINED_BP`` on, else
    calm."""

    CALM = "calm"
    ELEVATED = "elevated"
    STRAINED = "strained"


class Trend(StrEnum):
    """The mean spread against that of ``LONG_WINDOW_DAYS`` days: it rises, or eases, when higher,
    or lower, by ``TELLING_CHANGE_BP`` or more."""

    RISING = "rising"
    STEADY = "steady"
    EASING = "easing"


class Favoured(StrEnum):
    """Which reading of the pressure the data now favour.

    Structural when funding is not calm, SOFR above IORB on most of ``LONG_WINDOW_DAYS`` days and
    the facility used beyond the calendar; friction when neither of the latter is so; else open.
    """

    STRUCTURAL = "structural"
    FRICTION = "friction"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class FundingFacts:
    """Facts of the section; rates in percent, spreads to IORB in basis points."""

    pressure: Pressure
    trend: Trend
    favoured: Favoured
    sofr: Quantity
    sofr_day: date
    tgcr: Quantity
    effr: Quantity
    iorb: Quantity
    upper: Quantity
    lower: Quantity
    sofr_spread: Quantity
    tgcr_spread: Quantity
    effr_spread: Quantity
    sofr_spread_size: Quantity
    tgcr_spread_size: Quantity
    sofr_above_iorb: bool
    sofr_at_iorb: bool
    tgcr_above_iorb: bool
    tgcr_at_iorb: bool
    sofr_above_upper: bool
    sofr_below_lower: bool
    sofr_below_on_rrp: bool
    on_rrp_rate: Quantity
    strained_day: StrainedDay | None
    raised_level: RaisedLevel | None
    ordinary_day: OrdinaryDay | None
    same_side: bool
    same_spread: bool
    mean_spread: Quantity
    mean_spread_size: Quantity
    mean_above: bool
    long_mean_spread: Quantity
    long_mean_level: bool
    days_above_iorb: Quantity
    days_above_upper: Quantity
    any_above_iorb: bool
    any_above_upper: bool
    window_days: Quantity
    used_days_beyond: bool
    against_fair_value: Finding
    fair_value: FairValueFacts | None
    view_within_band: bool
    fair_value_view: ToldView | None
    structural_view: ToldView | None
    friction_view: ToldView | None
    forwards_view: ToldView | None


def compute(inputs: Inputs) -> FundingFacts:
    """The section's facts at the as-of date; all rates are those of the newest SOFR day."""
    data = inputs.data
    day = figures.latest(data, "sofr").date
    effr_day = figures.latest(data, "effr").date
    spread = figures.spread_bp(data, "funding.sofr_spread", "sofr", "iorb", day)
    tgcr_spread = figures.spread_bp(data, "funding.tgcr_spread", "tgcr", "iorb", day)
    mean = figures.mean_spread_bp(data, "funding.mean_spread", "sofr", "iorb", WINDOW_DAYS)
    long_mean = figures.mean_spread_bp(
        data, "funding.long_mean_spread", "sofr", "iorb", LONG_WINDOW_DAYS
    )
    above_iorb = figures.days_above(
        data, "funding.days_above_iorb", "sofr", "iorb", LONG_WINDOW_DAYS
    )
    above_upper = figures.days_above(
        data, "funding.days_above_upper", "sofr", "target_upper", LONG_WINDOW_DAYS
    )
    beyond = standing_repo.use(data).used_beyond >= BEYOND_CALENDAR_DAYS
    pressure = _pressure(float(mean.value))
    estimate = fair_value.tell(inputs.fair_value) if inputs.fair_value else None
    fair_value_view = told(inputs, "funding", ViewKind.FAIR_VALUE_GAP)
    told_day = funding_day.compute(inputs, day)
    on_rrp_rate = _rate(inputs, "on_rrp_rate", day)
    return FundingFacts(
        pressure=pressure,
        trend=_trend(float(mean.value) - float(long_mean.value)),
        favoured=_favoured(pressure, beyond, int(above_iorb.value)),
        sofr=_rate(inputs, "sofr", day),
        sofr_day=day,
        tgcr=_rate(inputs, "tgcr", day),
        effr=_rate(inputs, "effr", effr_day),
        iorb=_rate(inputs, "iorb", day),
        upper=_rate(inputs, "target_upper", day, "upper"),
        lower=_rate(inputs, "target_lower", day, "lower"),
        sofr_spread=spread,
        tgcr_spread=tgcr_spread,
        effr_spread=figures.spread_bp(data, "funding.effr_spread", "effr", "iorb", effr_day),
        sofr_spread_size=spread.magnitude,
        tgcr_spread_size=tgcr_spread.magnitude,
        sofr_above_iorb=spread.displayed > 0,
        sofr_at_iorb=spread.displayed == 0,
        tgcr_above_iorb=tgcr_spread.displayed > 0,
        tgcr_at_iorb=tgcr_spread.displayed == 0,
        sofr_above_upper=data.value("sofr", day) > data.value("target_upper", day) + 0.005,
        sofr_below_lower=data.value("sofr", day) < data.value("target_lower", day) - 0.005,
        sofr_below_on_rrp=data.value("sofr", day) < float(on_rrp_rate.value) - 0.005,
        on_rrp_rate=on_rrp_rate,
        strained_day=told_day if isinstance(told_day, StrainedDay) else None,
        raised_level=told_day if isinstance(told_day, RaisedLevel) else None,
        ordinary_day=told_day if isinstance(told_day, OrdinaryDay) else None,
        same_side=(spread.displayed > 0) == (tgcr_spread.displayed > 0)
        and spread.displayed != 0
        and tgcr_spread.displayed != 0,
        same_spread=spread.displayed == tgcr_spread.displayed != 0,
        mean_spread=mean,
        mean_spread_size=mean.magnitude,
        mean_above=mean.displayed > 0,
        long_mean_spread=long_mean,
        long_mean_level=long_mean.displayed == 0,
        days_above_iorb=above_iorb,
        days_above_upper=above_upper,
        any_above_iorb=above_iorb.value > 0,
        any_above_upper=above_upper.value > 0,
        window_days=figures.window_days(
            data, "funding.window_days", "sofr", "iorb", LONG_WINDOW_DAYS
        ),
        used_days_beyond=beyond,
        against_fair_value=fair_value.find(estimate),
        fair_value=estimate,
        view_within_band=_within_band(fair_value_view, estimate),
        fair_value_view=fair_value_view,
        structural_view=told(inputs, "funding", ViewKind.READING_STRUCTURAL),
        friction_view=told(inputs, "funding", ViewKind.READING_FRICTION),
        forwards_view=told(inputs, "funding", ViewKind.FORWARDS_EASE),
    )


def pressure(data: Dataset) -> Pressure:
    """Where secured funding trades, by the twenty-day mean of SOFR."""
    return _pressure(float(mean_spread(data).value))


def mean_spread(data: Dataset) -> Quantity:
    """SOFR less IORB on average over the last twenty days."""
    return figures.mean_spread_bp(data, "funding.mean_spread", "sofr", "iorb", WINDOW_DAYS)


def trend(data: Dataset) -> Trend:
    """Whether that mean rises or eases, against the mean of sixty days."""
    short, long = (
        figures.mean_spread_bp(data, "funding.mean_spread", "sofr", "iorb", days)
        for days in (WINDOW_DAYS, LONG_WINDOW_DAYS)
    )
    return _trend(float(short.value) - float(long.value))


def _rate(inputs: Inputs, series_id: str, day: date, name: str | None = None) -> Quantity:
    point = figures.on_or_before(inputs.data, series_id, day)
    return figures.level(inputs.data, f"funding.{name or series_id}", series_id, point=point)


def _within_band(view: ToldView | None, estimate: FairValueFacts | None) -> bool:
    """Whether what others find lies within the bands of both rates."""
    if view is None or view.figure is None or estimate is None:
        return False
    return all(
        rate.low.value <= view.figure.value <= rate.high.value
        for rate in (estimate.sofr, estimate.tgcr)
    )


def _pressure(mean_bp: float) -> Pressure:
    if mean_bp >= STRAINED_BP:
        return Pressure.STRAINED
    return Pressure.ELEVATED if mean_bp > ELEVATED_BP else Pressure.CALM


def _trend(change_bp: float) -> Trend:
    if change_bp >= TELLING_CHANGE_BP:
        return Trend.RISING
    return Trend.EASING if change_bp <= -TELLING_CHANGE_BP else Trend.STEADY


def _favoured(pressure: Pressure, beyond_calendar: bool, days_above_iorb: int) -> Favoured:
    on_most_days = days_above_iorb > LONG_WINDOW_DAYS / 2
    if on_most_days and beyond_calendar and pressure is not Pressure.CALM:
        return Favoured.STRUCTURAL
    if not on_most_days and not beyond_calendar:
        return Favoured.FRICTION
    return Favoured.OPEN
