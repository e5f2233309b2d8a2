"""What the brief leads with: one finding of the week, chosen by what matters most."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from reportgen.analysis import figures, reserves
from reportgen.analysis.calendar import DayKind, kinds_of
from reportgen.analysis.policy import (
    NextStep,
    Phase,
    debt_limit_in_force,
    latest_debt_limit,
)
from reportgen.model import Calendar
from reportgen.sections.funding import facts as funding
from reportgen.sections.funding.facts import Pressure
from reportgen.sections.inputs import Inputs
from reportgen.sections.lead import lending
from reportgen.sections.srf import facts as srf
from reportgen.sections.srf.facts import Reading, Standing
from reportgen.store import business_days

# For six weeks after the debt limit is settled the refill of the Treasury's account is the story,
# as long as the account is below 500 billion: it passed that level five to six weeks after the
# three resolutions (2022-01-19, 2023-07-12, 2025-08-13), on the way to 600 billion and more.
REFILL_WEEKS = 6
REFILLED_USD = 500 * 10**9

# A pace of runoff is news for eight weeks.
FRESH_DAYS = 56

# From June 2022 to December 2025 33 of 184 weeks did, most of them within two weeks of a
# quarter-end.
SHARP_USD = 100 * 10**9
"""A week that moves reserves by ``SHARP_USD`` leads when nothing else does and no quarter-end has
moved them."""


class Headline(StrEnum):
    """What the brief leads with."""

    BUYING_SRF_BUSY = "buying_srf_busy"
    BUYING_STRAINED = "buying_strained"
    BUYING_CALM = "buying_calm"
    ENDED_SRF_BUSY = "ended_srf_busy"
    ENDED_STRAINED = "ended_strained"
    ENDED_CALM = "ended_calm"
    ENDING_SRF_RECORD = "ending_srf_record"
    ENDING_SRF_BUSY = "ending_srf_busy"
    ENDING = "ending"
    LENDING = "lending"
    DEBT_LIMIT_REFILL = "debt_limit_refill"
    RUNOFF_SRF_USED = "runoff_srf_used"
    RUNOFF_STRAINED = "runoff_strained"
    RATES_UP = "rates_up"
    RESERVES_FELL = "reserves_fell"
    RESERVES_ROSE = "reserves_rose"
    RUNOFF_CALM = "runoff_calm"
    SLOWED_CALM = "slowed_calm"
    FULL_CALM = "full_calm"
    STARTING = "starting"
    RUNOFF_ANNOUNCED = "runoff_announced"
    REINVESTING = "reinvesting"
    TAPERING = "tapering"
    PURCHASES = "purchases"


class Occasion(StrEnum):
    """What of the calendar lies within a business day."""

    YEAR_END = "year_end"
    QUARTER_END = "quarter_end"
    NONE = "none"


def headline(inputs: Inputs) -> Headline:
    """The finding of the day, by this order: the end of runoff and what follows it; lending by the
    Fed; the refill of the Treasury’s account after a debt limit; the course of runoff."""
    sheet = inputs.balance_sheet
    repo = srf.compute(inputs)
    busy = repo.standing in (Standing.RECORD, Standing.HIGH)
    if sheet.phase is Phase.RESERVE_MANAGEMENT:
        if busy:
            return Headline.BUYING_SRF_BUSY
        return Headline.BUYING_STRAINED if _strained(inputs) else Headline.BUYING_CALM
    if sheet.phase is Phase.ENDED:
        if busy:
            return Headline.ENDED_SRF_BUSY
        return Headline.ENDED_STRAINED if _strained(inputs) else Headline.ENDED_CALM
    if sheet.next_step is NextStep.END_RUNOFF:
        return _ending(repo)
    if lending.compute(inputs) is not None:
        return Headline.LENDING
    if refill(inputs):
        return Headline.DEBT_LIMIT_REFILL
    match sheet.phase:
        case Phase.RUNOFF_SLOWED | Phase.RUNOFF_FULL:
            return _runoff(inputs, repo)
        case Phase.RUNOFF_PHASE_IN:
            return Headline.STARTING
        case Phase.REINVESTING:
            announced = sheet.next_step is NextStep.START_RUNOFF
            return Headline.RUNOFF_ANNOUNCED if announced else Headline.REINVESTING
        case Phase.TAPERING:
            return Headline.TAPERING
        case _:
            return Headline.PURCHASES


def refill(inputs: Inputs) -> bool:
    """Whether the debt limit was settled lately and the Treasury has still to rebuild its cash."""
    event = latest_debt_limit(inputs.policy, inputs.as_of)
    if event is None or debt_limit_in_force(inputs.policy, inputs.as_of) is not None:
        return False
    low = figures.latest(inputs.data, "tga_level").value < REFILLED_USD
    return low and (inputs.as_of - event.resolved).days <= 7 * REFILL_WEEKS


def fresh_pace(inputs: Inputs) -> bool:
    """Whether the present pace of runoff is still news."""
    return (inputs.as_of - inputs.balance_sheet.current.effective).days <= FRESH_DAYS


def occasion(day: date) -> Occasion:
    """The quarter-end or year-end within a business day of a day."""
    around = (-1, 0, 1)
    days = (business_days.shift(day, by, Calendar.SIFMA) if by else day for by in around)
    kinds = {kind for near in days for kind in kinds_of(near)}
    if DayKind.YEAR_END in kinds:
        return Occasion.YEAR_END
    return Occasion.QUARTER_END if DayKind.QUARTER_END in kinds else Occasion.NONE


def _ending(repo: srf.SrfFacts) -> Headline:
    if repo.standing is Standing.RECORD:
        return Headline.ENDING_SRF_RECORD
    return Headline.ENDING_SRF_BUSY if repo.standing is Standing.HIGH else Headline.ENDING


def _strained(inputs: Inputs) -> bool:
    return funding.pressure(inputs.data) is not Pressure.CALM


def _runoff(inputs: Inputs, repo: srf.SrfFacts) -> Headline:
    if repo.standing is not Standing.IDLE:
        return Headline.RUNOFF_SRF_USED
    if _strained(inputs) or repo.reading is Reading.BEYOND_CALENDAR:
        return Headline.RUNOFF_STRAINED
    if _sofr_above_iorb(inputs):
        return Headline.RATES_UP
    if fresh_pace(inputs):
        slowed = inputs.balance_sheet.phase is Phase.RUNOFF_SLOWED
        return Headline.SLOWED_CALM if slowed else Headline.FULL_CALM
    moved = _plain_week_move(inputs)
    if abs(moved) >= SHARP_USD:
        return Headline.RESERVES_ROSE if moved > 0 else Headline.RESERVES_FELL
    return Headline.RUNOFF_CALM


def _sofr_above_iorb(inputs: Inputs) -> bool:
    """Whether the newest SOFR lies above IORB, by more than float noise."""
    sofr = figures.latest(inputs.data, "sofr")
    return sofr.value > inputs.data.value("iorb", sofr.date) + 0.005


def _plain_week_move(inputs: Inputs) -> float:
    """The change of reserves on the week, nothing where a quarter-end moved them."""
    newest, before = reserves.last_weeks(inputs.data, 2)
    if reserves.holds_quarter_end(newest.date) or reserves.holds_quarter_end(before.date):
        return 0.0
    return newest.value - before.value
