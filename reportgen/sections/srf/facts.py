"""The standing repo facility: how much, how rare, and whether the calendar explains it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from reportgen.analysis import figures, standing_repo
from reportgen.analysis.calendar import DayKind, kinds_of
from reportgen.analysis.policy import standing_repo_terms
from reportgen.model import Calendar, Point, Quantity, Unit, quantity
from reportgen.sections.inputs import Inputs
from reportgen.sections.srf import days
from reportgen.sections.srf.days import DaysFacts
from reportgen.store import business_days

# Before 2025-10-20 there was not a single such day.
BEYOND_CALENDAR_DAYS = 3
"""Use is more than a calendar effect from ``BEYOND_CALENDAR_DAYS`` used days on, of those counted,
that lie further than a business day from any strained day."""

SMALL_USD = 5 * 10**9
"""The largest day so far is called a record from ``SMALL_USD`` on."""

# What the chart shows.
CHART_WINDOW = timedelta(days=365)

TOLD_RANKS = 10
"""A day counts as high down to rank ``TOLD_RANKS``; further down a rank says nothing."""


class Standing(StrEnum):
    """How the day told compares with every day since the facility began."""

    IDLE = "idle"
    SMALL = "small"
    RECORD = "record"
    HIGH = "high"
    MODERATE = "moderate"


class Reading(StrEnum):
    """What the last twenty operation days say."""

    IDLE = "idle"
    CALENDAR = "calendar"
    BEYOND_CALENDAR = "beyond_calendar"


@dataclass(frozen=True, slots=True)
class SrfFacts:
    """Facts of the section; amounts in US dollars, rates in percent, spreads in basis points."""

    standing: Standing
    reading: Reading
    told: Quantity
    told_day: date
    told_kinds: tuple[DayKind, ...]
    first_day_after_month_end: bool
    latest: Quantity
    latest_day: date
    latest_differs: bool
    latest_is_idle: bool
    rank: Quantity
    is_largest: bool
    only_record_larger: bool
    record: Quantity
    record_day: date
    since: Quantity | None
    since_day: date | None
    used_days: Quantity
    used_days_beyond: Quantity
    used_days_near: Quantity
    any_beyond: bool
    used_once: bool
    window_days: Quantity
    window_start: date
    facility_start: date
    last_used: Quantity | None
    last_used_day: date | None
    rate: Quantity
    sofr: Quantity
    sofr_day: date
    sofr_gap: Quantity
    sofr_above_rate: bool
    sofr_at_rate: bool
    tgcr: Quantity
    tgcr_above_rate: bool
    days_sofr_above: Quantity
    limit: Quantity | None
    share_of_limit: Quantity | None
    two_operations: bool
    chart_worth: bool
    days: DaysFacts


def compute(inputs: Inputs) -> SrfFacts:
    """The section's facts at the as-of date."""
    data = inputs.data
    use = standing_repo.use(data)
    sofr = figures.latest(data, "sofr")
    tgcr = figures.latest(data, "tgcr")
    rate = figures.on_or_before(data, "srf_rate", sofr.date)
    record = max((use.told, *use.larger), key=lambda point: point.value)
    gap = _gap(sofr, rate)
    limit, share = _limit(inputs, use.told)
    return SrfFacts(
        standing=_standing(use),
        reading=_reading(use),
        told=_use("srf.told", use.told),
        told_day=use.told.date,
        told_kinds=kinds_of(use.told.date),
        first_day_after_month_end=_first_after_month_end(use.told.date),
        latest=_use("srf.latest", use.latest),
        latest_day=use.latest.date,
        latest_differs=use.latest.date != use.told.date,
        latest_is_idle=use.latest.value < standing_repo.USED_USD,
        rank=_rank(use),
        is_largest=use.rank == 1,
        only_record_larger=use.rank == 2,
        record=_use("srf.record", record),
        record_day=record.date,
        since=_since(use),
        since_day=use.since.date if use.since else None,
        used_days=_days("srf.used_days", use.used, use),
        used_days_beyond=_days("srf.used_days_beyond", use.used_beyond, use),
        used_days_near=_days("srf.used_days_near", use.used - use.used_beyond, use),
        any_beyond=use.used_beyond > 0,
        used_once=use.used == 1,
        window_days=_days("srf.window_days", use.window, use),
        window_start=use.window_start,
        facility_start=standing_repo.FACILITY_START,
        last_used=_use("srf.last_used", use.last_used) if use.last_used else None,
        last_used_day=use.last_used.date if use.last_used else None,
        rate=figures.level(data, "srf.rate", "srf_rate", point=rate),
        sofr=figures.level(data, "srf.sofr", "sofr", point=sofr),
        sofr_day=sofr.date,
        sofr_gap=gap.magnitude,
        sofr_above_rate=gap.displayed > 0,
        sofr_at_rate=gap.displayed == 0,
        tgcr=figures.level(data, "srf.tgcr", "tgcr", point=tgcr),
        tgcr_above_rate=tgcr.value > rate.value + 0.005,
        days_sofr_above=figures.days_above(data, "srf.days_sofr_above", "sofr", "srf_rate", 20),
        limit=limit,
        share_of_limit=share,
        chart_worth=_used_within_a_year(use, inputs),
        two_operations=standing_repo_terms(inputs.policy, inputs.as_of).operations_a_day > 1,
        days=days.compute(inputs, use),
    )


def _standing(use: standing_repo.Use) -> Standing:
    if not use.is_used:
        return Standing.IDLE
    if use.told.value < SMALL_USD:
        return Standing.SMALL
    if use.rank == 1:
        return Standing.RECORD
    return Standing.HIGH if use.rank <= TOLD_RANKS else Standing.MODERATE


def _reading(use: standing_repo.Use) -> Reading:
    if use.used == 0:
        return Reading.IDLE
    beyond = use.used_beyond >= BEYOND_CALENDAR_DAYS
    return Reading.BEYOND_CALENDAR if beyond else Reading.CALENDAR


def _first_after_month_end(day: date) -> bool:
    return business_days.shift(day, -1, Calendar.SIFMA).month != day.month


def _used_within_a_year(use: standing_repo.Use, inputs: Inputs) -> bool:
    """A chart of test bids would be an empty frame."""
    last = use.last_used
    return last is not None and (inputs.as_of - last.date) <= CHART_WINDOW


def _use(id: str, point: Point) -> Quantity:
    return quantity(
        id,
        point.value,
        Unit.USD,
        point.date,
        figures.HUNDREDTH_BILLION if point.value >= 10**9 else "1E+6",
        series=("srf_accepted",),
        formula=f"srf_accepted({point.date})",
    )


def _rank(use: standing_repo.Use) -> Quantity:
    return quantity(
        "srf.rank",
        use.rank,
        Unit.RANK,
        use.told.date,
        figures.ONE,
        series=("srf_accepted",),
        formula=f"1 + count(srf_accepted > srf_accepted({use.told.date}); since "
        f"{standing_repo.FACILITY_START})",
    )


def _since(use: standing_repo.Use) -> Quantity | None:
    if use.since is None:
        return None
    return quantity(
        "srf.since",
        use.since.value,
        Unit.USD,
        use.since.date,
        figures.HUNDREDTH_BILLION,
        series=("temporary_repo_accepted",),
        formula=f"last(temporary_repo_accepted > srf_accepted({use.told.date}))",
    )


def _days(id: str, count: int, use: standing_repo.Use) -> Quantity:
    return quantity(
        id,
        count,
        Unit.COUNT,
        use.latest.date,
        figures.ONE,
        series=("srf_accepted",),
        formula=f"count(srf_accepted >= 1E9; {use.window_start} to {use.latest.date})",
    )


def _gap(sofr: Point, rate: Point) -> Quantity:
    return quantity(
        "srf.sofr_gap",
        (sofr.value - rate.value) * 100,
        Unit.BASIS_POINT,
        sofr.date,
        figures.ONE,
        series=("sofr", "srf_rate"),
        formula=f"sofr({sofr.date}) - srf_rate({rate.date})",
    )


def _limit(inputs: Inputs, told: Point) -> tuple[Quantity | None, Quantity | None]:
    terms = standing_repo_terms(inputs.policy, told.date)
    if terms.limit_usd_bn is None:
        return None, None
    limit = quantity(
        "srf.limit",
        terms.limit_usd_bn * 10**9,
        Unit.USD,
        terms.effective,
        figures.ONE_BILLION,
        formula=f"policy: {terms.id}",
        references=(terms.id,),
    )
    share = quantity(
        "srf.share_of_limit",
        told.value / (terms.limit_usd_bn * 10**9) * 100,
        Unit.SHARE,
        told.date,
        figures.ONE,
        series=("srf_accepted",),
        formula=f"srf_accepted({told.date}) / limit",
        references=(terms.id,),
    )
    return limit, share
