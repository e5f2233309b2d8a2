"""The tools: administered rates, the facility's terms, and the dates that will test them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reportgen.analysis import figures
from reportgen.analysis.calendar import Meeting, next_meeting, tax_dates
from reportgen.analysis.outlook import ViewKind
from reportgen.model import Point, Quantity, Unit, quantity
from reportgen.sections.inputs import Inputs, ToldView, told
from reportgen.sections.tools import dates
from reportgen.sections.tools.dates import DateRow
from reportgen.store.dataset import Dataset

# EFFR has room below the top of the corridor from five basis points on: closer than that, the Fed
# has moved IORB before (June and December 2018, May 2019).
ROOM_BP = 5

# Three basis points nearer to IORB within sixty days: since July 2021 EFFR has come so on 35 days,
# all of them from October 2025 on.
EARLIER_DAYS = 60
CLOSER_BP = 3


@dataclass(frozen=True, slots=True)
class RateChange:
    """An administered-rate change that is announced and takes effect after the as-of date."""

    effective: date
    upper: Quantity
    lower: Quantity
    iorb: Quantity
    higher: bool


@dataclass(frozen=True, slots=True)
class ToolsFacts:
    """Facts of the section; rates in percent, distances in basis points.

    ``effr_upper``, ``effr_lower`` and ``effr_iorb`` held on the day of EFFR; ``range_moved`` says
    that others hold on the as-of date.
    """

    effr: Quantity
    effr_day: date
    effr_iorb: Quantity
    effr_upper: Quantity
    effr_lower: Quantity
    range_moved: bool
    effr_closer: bool
    effr_spread_before: Quantity | None
    lower: Quantity
    srf_rate: Quantity
    on_rrp_rate: Quantity
    on_rrp_at_bottom: bool
    effr_to_upper: Quantity
    effr_to_iorb: Quantity
    effr_below_iorb: bool
    effr_at_iorb: bool
    effr_has_room: bool
    sofr_spread: Quantity
    tgcr_spread: Quantity
    spreads_positive: bool
    rate_change: RateChange | None
    meeting: Meeting | None
    dates: tuple[DateRow, ...]
    next_tax_date: date
    next_april_tax_date: date
    anchor_view: ToldView | None
    iorb_view: ToldView | None
    srf_view: ToldView | None
    april_view: ToldView | None


def compute(inputs: Inputs) -> ToolsFacts:
    """The section's facts at the as-of date; administered rates are those in effect that day."""
    data, day = inputs.data, inputs.as_of
    effr = figures.latest(data, "effr")
    upper_then = data.value("target_upper", effr.date)
    iorb_then = data.value("iorb", effr.date)
    to_upper = _distance("tools.effr_to_upper", upper_then, effr.value, "target_upper", effr.date)
    to_iorb = _distance("tools.effr_to_iorb", iorb_then, effr.value, "iorb", effr.date)
    to_iorb_before = _distance_before(data)
    sofr_day = figures.latest(data, "sofr").date
    sofr = figures.spread_bp(data, "tools.sofr_spread", "sofr", "iorb", sofr_day)
    tgcr = figures.spread_bp(data, "tools.tgcr_spread", "tgcr", "iorb", sofr_day)
    rates = {
        id: figures.on_or_before(data, id, day)
        for id in ("target_upper", "target_lower", "srf_rate", "on_rrp_rate")
    }
    return ToolsFacts(
        effr=figures.level(data, "tools.effr", "effr", point=effr),
        effr_day=effr.date,
        effr_iorb=_then(data, "tools.effr_iorb", "iorb", effr.date),
        effr_upper=_then(data, "tools.effr_upper", "target_upper", effr.date),
        effr_lower=_then(data, "tools.effr_lower", "target_lower", effr.date),
        range_moved=rates["target_upper"].value != upper_then,
        effr_closer=bool(
            to_iorb_before and to_iorb.displayed + CLOSER_BP <= to_iorb_before.displayed
        ),
        effr_spread_before=to_iorb_before,
        lower=figures.level(data, "tools.lower", "target_lower", point=rates["target_lower"]),
        srf_rate=figures.level(data, "tools.srf_rate", "srf_rate", point=rates["srf_rate"]),
        on_rrp_rate=figures.level(
            data, "tools.on_rrp_rate", "on_rrp_rate", point=rates["on_rrp_rate"]
        ),
        on_rrp_at_bottom=rates["on_rrp_rate"].value == rates["target_lower"].value,
        effr_to_upper=to_upper,
        effr_to_iorb=to_iorb.magnitude,
        effr_below_iorb=to_iorb.displayed > 0,
        effr_at_iorb=to_iorb.displayed == 0,
        effr_has_room=to_upper.value >= ROOM_BP,
        sofr_spread=sofr,
        tgcr_spread=tgcr,
        spreads_positive=sofr.displayed > 0 and tgcr.displayed > 0,
        rate_change=_rate_change(inputs),
        meeting=next_meeting(inputs.calendar, day),
        dates=dates.rows(inputs),
        next_tax_date=_next_tax_date(day),
        next_april_tax_date=_next_april(day),
        anchor_view=told(inputs, "tools", ViewKind.ANCHOR_AT_IORB),
        iorb_view=told(inputs, "tools", ViewKind.IORB_CUT_UNLIKELY),
        srf_view=told(inputs, "tools", ViewKind.SRF_TERMS_UNLIKELY),
        april_view=told(inputs, "tools", ViewKind.APRIL_TEST),
    )


def _then(data: Dataset, id: str, series_id: str, day: date) -> Quantity:
    return figures.level(data, id, series_id, point=Point(day, data.value(series_id, day)))


def _distance(id: str, above: float, rate: float, series_id: str, day: date) -> Quantity:
    return quantity(
        id,
        (above - rate) * 100,
        Unit.BASIS_POINT,
        day,
        figures.ONE,
        series=(series_id, "effr"),
        formula=f"{series_id}({day}) - effr({day})",
    )


def _distance_before(data: Dataset) -> Quantity | None:
    """How far EFFR was below IORB sixty days ago; None before there was IORB."""
    day = data.series("effr").index[-1 - EARLIER_DAYS].date()
    if day < data.series("iorb").index[0].date():
        return None
    iorb, effr = data.value("iorb", day), data.value("effr", day)
    return _distance("tools.effr_spread_before", iorb, effr, "iorb", day)


def _rate_change(inputs: Inputs) -> RateChange | None:
    """A change of the range that is public by the as-of date and takes effect the day after."""
    data, day = inputs.data, inputs.as_of
    latest = figures.latest(data, "target_upper")
    now = figures.on_or_before(data, "target_upper", day)
    if latest.date <= day or latest.value == now.value:
        return None
    return RateChange(
        effective=latest.date,
        upper=figures.level(data, "tools.upper_next", "target_upper"),
        lower=figures.level(data, "tools.lower_next", "target_lower"),
        iorb=figures.level(data, "tools.iorb_next", "iorb"),
        higher=latest.value > now.value,
    )


def _next_tax_date(day: date) -> date:
    return min(d for year in (day.year, day.year + 1) for d in tax_dates(year) if d > day)


def _next_april(day: date) -> date:
    return min(
        d for year in (day.year, day.year + 1) for d in tax_dates(year) if d > day and d.month == 4
    )
