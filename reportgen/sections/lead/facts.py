"""The lead: the finding of the week, how far runoff has gone, and where reserves went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reportgen.analysis import figures, reserves
from reportgen.analysis.policy import NextStep, Phase, latest_debt_limit
from reportgen.analysis.reserves import Basis, Driver, Frame
from reportgen.model import Point, Quantity, Unit, quantity
from reportgen.sections.funding import facts as funding
from reportgen.sections.funding.facts import Pressure
from reportgen.sections.inputs import Inputs
from reportgen.sections.lead.account import MATERIAL_USD, Accounted, figures_of
from reportgen.sections.srf import facts as srf
from reportgen.sections.srf.facts import Reading, Standing

# ON RRP below 25 billion has nothing left to give; above 500 billion it is a cushion.
ON_RRP_DRAINED_USD = 25 * 10**9
ON_RRP_AMPLE_USD = 500 * 10**9

# A fall of reserves is sharp from a hundred billion on.
SHARP_USD = 100 * 10**9

# For six weeks after the debt limit is settled the refill of the Treasury's account is the story;
# below 200 billion the account counts as depleted.
REFILL_WEEKS = 6
DEPLETED_USD = 200 * 10**9


class Headline(StrEnum):
    """What the brief leads with."""

    BUYING_SRF_BUSY = "buying_srf_busy"
    BUYING_STRAINED = "buying_strained"
    BUYING_CALM = "buying_calm"
    ENDED_SRF_BUSY = "ended_srf_busy"
    ENDED_STRAINED = "ended_strained"
    ENDED_CALM = "ended_calm"
    ENDING_SRF_RECORD = "ending_srf_record"
    ENDING = "ending"
    DEBT_LIMIT_REFILL = "debt_limit_refill"
    RUNOFF_SRF_USED = "runoff_srf_used"
    RUNOFF_STRAINED = "runoff_strained"
    SLOWED_CALM = "slowed_calm"
    FULL_CALM = "full_calm"
    STARTING = "starting"
    RUNOFF_ANNOUNCED = "runoff_announced"
    REINVESTING = "reinvesting"
    TAPERING = "tapering"
    PURCHASES = "purchases"


class OnRrp(StrEnum):
    """What is left at the overnight reverse repo facility."""

    DRAINED = "drained"
    LOW = "low"
    AMPLE = "ample"


@dataclass(frozen=True, slots=True)
class LeadFacts:
    """Facts of the lead; amounts in US dollars, reserve changes between H.4.1 weeks.

    Reserves are told as week averages; ``account`` and ``week`` are in Wednesday levels where those
    are stored, and else in week averages as well.
    """

    headline: Headline
    frame: Frame
    debt_limit_day: date | None
    reserves_start: Quantity
    reserves_end: Quantity
    reserves_change: Quantity
    reserves_fell: bool
    reserves_fell_sharply: bool
    reserves_moved: bool
    basis: Basis
    main_driver: Driver
    tga_rose: bool
    on_rrp_fell: bool
    tga_material: bool
    on_rrp_material: bool
    assets_material: bool
    assets_fell: bool
    tga_start: Quantity
    tga_end: Quantity
    tga_daily: Quantity | None
    tga_daily_newer: bool
    tga_depleted: bool
    on_rrp: Quantity
    on_rrp_state: OnRrp
    account: Accounted
    week: Accounted | None


def compute(inputs: Inputs) -> LeadFacts:
    """The section's facts at the as-of date."""
    data = inputs.data
    event = latest_debt_limit(inputs.policy, inputs.as_of)
    start, frame = reserves.start_of_story(data, event)
    account = reserves.account(data, start, frame)
    on_rrp = figures.latest(data, "on_rrp_accepted")
    tga_start = figures.on_or_before(data, "tga_level", account.start.date)
    tga_end = figures.on_or_before(data, "tga_level", account.end.date)
    tga_daily = _tga_daily(inputs)
    before, after = (
        Point(point.date, data.value("reserve_balances", point.date))
        for point in (account.start, account.end)
    )
    change = figures.change(
        "lead.reserves_change", "reserve_balances", before, after, figures.ONE_BILLION
    )
    parts = dict(account.contributions)
    averages = account.basis is Basis.AVERAGES
    total_id = "lead.reserves_change" if averages else "lead.reserves_total"
    return LeadFacts(
        headline=_headline(inputs, tga_end.value),
        frame=frame,
        debt_limit_day=event.resolved if event else None,
        reserves_start=figures.level(data, "lead.reserves_start", "reserve_balances", point=before),
        reserves_end=figures.level(data, "lead.reserves_end", "reserve_balances", point=after),
        reserves_change=change.magnitude,
        reserves_fell=change.value < 0,
        reserves_fell_sharply=change.value <= -SHARP_USD,
        reserves_moved=abs(change.value) >= MATERIAL_USD,
        basis=account.basis,
        main_driver=account.main_driver,
        tga_rose=parts[Driver.TGA] < 0,
        on_rrp_fell=parts[Driver.ON_RRP] > 0,
        tga_material=abs(parts[Driver.TGA]) >= MATERIAL_USD,
        on_rrp_material=abs(parts[Driver.ON_RRP]) >= MATERIAL_USD,
        assets_material=abs(parts[Driver.ASSETS]) >= MATERIAL_USD,
        assets_fell=parts[Driver.ASSETS] < 0,
        tga_start=figures.level(
            data, "lead.tga_start", "tga_level", point=tga_start, quantum=figures.ONE_BILLION
        ),
        tga_end=figures.level(
            data, "lead.tga_end", "tga_level", point=tga_end, quantum=figures.ONE_BILLION
        ),
        tga_daily=tga_daily,
        tga_daily_newer=tga_daily is not None and tga_daily.as_of > tga_end.date,
        tga_depleted=tga_end.value < DEPLETED_USD,
        on_rrp=_on_rrp(on_rrp.value, on_rrp.date),
        on_rrp_state=_on_rrp_state(on_rrp.value),
        account=figures_of(data, account, total_id, "lead.part"),
        week=_week(inputs),
    )


def _week(inputs: Inputs) -> Accounted | None:
    """The newest H.4.1 week against the one before."""
    account = reserves.last_week(inputs.data)
    if account is None:
        return None
    return figures_of(inputs.data, account, "lead.week.change", "lead.week.part")


def _on_rrp(value: float, day: date) -> Quantity:
    small, large = value < 100 * 10**9, value >= figures.TRILLION
    quantum = figures.TENTH_BILLION if small else figures.ONE_BILLION
    return quantity(
        "lead.on_rrp",
        value,
        Unit.USD,
        day,
        figures.HUNDREDTH_TRILLION if large else quantum,
        series=("on_rrp_accepted",),
        formula=f"on_rrp_accepted({day})",
    )


def _on_rrp_state(value: float) -> OnRrp:
    if value < ON_RRP_DRAINED_USD:
        return OnRrp.DRAINED
    return OnRrp.AMPLE if value >= ON_RRP_AMPLE_USD else OnRrp.LOW


def _tga_daily(inputs: Inputs) -> Quantity | None:
    """The daily balance, told only where it is called daily; None when the statement is late."""
    if inputs.data.status("tga_close").late:
        return None
    return figures.level(inputs.data, "lead.tga_daily", "tga_close", quantum=figures.ONE_BILLION)


def _headline(inputs: Inputs, tga_usd: float) -> Headline:
    sheet = inputs.balance_sheet
    repo = srf.compute(inputs)
    strained = funding.compute(inputs).pressure is not Pressure.CALM
    busy = repo.standing in (Standing.RECORD, Standing.HIGH)
    if sheet.phase is Phase.RESERVE_MANAGEMENT:
        if busy:
            return Headline.BUYING_SRF_BUSY
        return Headline.BUYING_STRAINED if strained else Headline.BUYING_CALM
    if sheet.phase is Phase.ENDED:
        if busy:
            return Headline.ENDED_SRF_BUSY
        return Headline.ENDED_STRAINED if strained else Headline.ENDED_CALM
    if sheet.next_step is NextStep.END_RUNOFF:
        record = repo.standing is Standing.RECORD
        return Headline.ENDING_SRF_RECORD if record else Headline.ENDING
    if _refill(inputs, tga_usd):
        return Headline.DEBT_LIMIT_REFILL
    return _runoff_headline(inputs, repo, strained)


def _refill(inputs: Inputs, tga_usd: float) -> bool:
    event = latest_debt_limit(inputs.policy, inputs.as_of)
    if event is None or tga_usd >= DEPLETED_USD:
        return False
    return (inputs.as_of - event.resolved).days <= 7 * REFILL_WEEKS


def _runoff_headline(inputs: Inputs, repo: srf.SrfFacts, strained: bool) -> Headline:
    sheet = inputs.balance_sheet
    match sheet.phase:
        case Phase.RUNOFF_SLOWED | Phase.RUNOFF_FULL:
            if repo.standing is not Standing.IDLE:
                return Headline.RUNOFF_SRF_USED
            if strained or repo.reading is Reading.BEYOND_CALENDAR:
                return Headline.RUNOFF_STRAINED
            slowed = sheet.phase is Phase.RUNOFF_SLOWED
            return Headline.SLOWED_CALM if slowed else Headline.FULL_CALM
        case Phase.RUNOFF_PHASE_IN:
            return Headline.STARTING
        case Phase.REINVESTING:
            announced = sheet.next_step is NextStep.START_RUNOFF
            return Headline.RUNOFF_ANNOUNCED if announced else Headline.REINVESTING
        case Phase.TAPERING:
            return Headline.TAPERING
        case _:
            return Headline.PURCHASES
