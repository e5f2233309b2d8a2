"""Findings that are others than in the brief of a week before."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import TypeVar

from reportgen.analysis import figures, standing_repo
from reportgen.analysis.policy import Phase, Stance, debt_limit_in_force, latest_debt_limit
from reportgen.model import Point, Quantity, Unit, quantity
from reportgen.sections.funding import facts as funding
from reportgen.sections.funding.facts import Pressure, Trend
from reportgen.sections.inputs import Inputs, policy_amount
from reportgen.sections.lead import headline, lending, rates
from reportgen.sections.lead.headline import Headline
from reportgen.sections.lead.lending import Lending
from reportgen.sections.lead.rates import RateMove
from reportgen.sections.srf import facts as srf
from reportgen.sections.srf.facts import Standing
from reportgen.store.dataset import Dataset

RESERVES_STEP_USD = 500 * 10**9
"""Reserves cross a mark at each multiple of ``RESERVES_STEP_USD``, as the levels that strategists
name are."""
RESERVES_STEP_QUANTUM = "1E+11"

_Finding = TypeVar("_Finding", bound=StrEnum)


class SrfTurn(StrEnum):
    """What is new of the standing repo facility."""

    RECORD = "record"
    HIGH_DAY = "high_day"
    FIRST_USE = "first_use"
    USED_AGAIN = "used_again"
    IDLE_AGAIN = "idle_again"


@dataclass(frozen=True, slots=True)
class SrfNews:
    """A turn of the facility; the amount lent on its day, and that day's rank."""

    turn: SrfTurn
    amount: Quantity
    rank: Quantity


@dataclass(frozen=True, slots=True)
class Turned:
    """Findings that are others than a week before; None or False where nothing turned.

    ``announced`` are reserve management purchases made public within the week and not in effect.
    """

    phase: Phase | None = None
    runoff_stopped: bool = False
    announced: Quantity | None = None
    rate_move: RateMove | None = None
    debt_limit_settled: date | None = None
    debt_limit_in_force: date | None = None
    lending: Lending | None = None
    srf: SrfNews | None = None
    crossed: Quantity | None = None
    crossed_down: bool = False
    pressure: Pressure | None = None
    pressure_rose: bool = False
    trend: Trend | None = None
    rates_above: bool = False
    rates_back: bool = False
    sofr_left_corridor: bool = False
    sofr_back_in_corridor: bool = False
    headline: Headline | None = None

    @property
    def any(self) -> bool:
        """Whether anything turned."""
        return any(getattr(self, field.name) not in (None, False) for field in fields(self))

    @property
    def only_headline(self) -> bool:
        """Whether the lead is another and no finding told here says why."""
        told = (f.name for f in fields(self) if f.name != "headline")
        return self.headline is not None and all(
            getattr(self, name) in (None, False) for name in told
        )


def compute(before: Inputs, now: Inputs) -> Turned:
    """What turned between two briefs."""
    pressures = funding.pressure(before.data), funding.pressure(now.data)
    trends = funding.trend(before.data), funding.trend(now.data)
    order = list(Pressure)
    outside = _outside_corridor(before.data), _outside_corridor(now.data)
    above = _rates_above_iorb(before.data), _rates_above_iorb(now.data)
    leads = headline.headline(before), headline.headline(now)
    phases = before.balance_sheet.phase, now.balance_sheet.phase
    crossed = _crossed(before.data, now.data)
    settled = latest_debt_limit(now.policy, now.as_of)
    binds = debt_limit_in_force(now.policy, now.as_of)
    return Turned(
        phase=_new(*phases),
        runoff_stopped=_runs_off(before) and not _runs_off(now),
        announced=_announced(before, now),
        rate_move=rates.compute(now, "changes"),
        debt_limit_settled=_since(before, settled.resolved if settled else None),
        debt_limit_in_force=_since(before, binds.binding if binds else None),
        lending=_new_lending(before, now),
        srf=_srf_news(before, now),
        crossed=crossed,
        crossed_down=bool(
            crossed and figures.latest(now.data, "reserve_balances").value < float(crossed.value)
        ),
        pressure=_new(*pressures),
        pressure_rose=order.index(pressures[1]) > order.index(pressures[0]),
        trend=_new(*trends) if pressures[0] is pressures[1] else None,
        rates_above=above[1] and not above[0],
        rates_back=above[0] and not above[1],
        sofr_left_corridor=outside[1] and not outside[0],
        sofr_back_in_corridor=outside[0] and not outside[1],
        headline=_new(*leads),
    )


def _new(before: _Finding, now: _Finding) -> _Finding | None:
    return now if now != before else None


def _runs_off(inputs: Inputs) -> bool:
    return inputs.balance_sheet.current.stance is Stance.RUNOFF


def _announced(before: Inputs, now: Inputs) -> Quantity | None:
    """The monthly purchases that were not planned a week before; dated by their start."""
    step = now.balance_sheet.planned
    if step is None or step == before.balance_sheet.planned:
        return None
    return policy_amount("changes.announced", step.treasuries_usd_bn, step.id, step.effective)


def _since(before: Inputs, day: date | None) -> date | None:
    return day if day is not None and day > before.as_of else None


def _outside_corridor(data: Dataset) -> bool:
    """Whether the newest SOFR lies above the target range, by more than float noise."""
    sofr = figures.latest(data, "sofr")
    return sofr.value > data.value("target_upper", sofr.date) + 0.005


def _rates_above_iorb(data: Dataset) -> bool:
    """Whether SOFR and TGCR of the newest day both lie above IORB."""
    day = figures.latest(data, "sofr").date
    iorb = data.value("iorb", day)
    return all(data.value(rate, day) > iorb + 0.005 for rate in ("sofr", "tgcr"))


def _new_lending(before: Inputs, now: Inputs) -> Lending | None:
    found, known = (lending.compute(inputs, "changes") for inputs in (now, before))
    return found if found and (known is None or known.day != found.day) else None


def _srf_news(before: Inputs, now: Inputs) -> SrfNews | None:
    """A large day of the week, or that the facility has been taken up or left."""
    facts, then = srf.compute(now), srf.compute(before)
    turn = _srf_turn(facts, then, standing_repo.use(before.data), before.as_of)
    if turn is None:
        return None
    point = Point(facts.told_day, now.data.value("srf_accepted", facts.told_day))
    amount = figures.level(
        now.data, "changes.srf_day", "srf_accepted", point=point, quantum=facts.told.quantum
    )
    rank = quantity(
        "changes.srf_rank",
        int(facts.rank.value),
        Unit.RANK,
        facts.told_day,
        figures.ONE,
        series=facts.rank.series,
        formula=facts.rank.formula,
    )
    return SrfNews(turn, amount, rank)


def _srf_turn(
    facts: srf.SrfFacts, then: srf.SrfFacts, use: standing_repo.Use, before: date
) -> SrfTurn | None:
    if facts.standing is Standing.IDLE:
        return SrfTurn.IDLE_AGAIN if then.standing is not Standing.IDLE else None
    if facts.told_day <= before:
        return None
    if facts.standing is Standing.RECORD:
        return SrfTurn.RECORD
    if facts.standing is Standing.HIGH:
        return SrfTurn.HIGH_DAY
    if use.last_used is None:
        return SrfTurn.FIRST_USE
    return SrfTurn.USED_AGAIN if then.standing is Standing.IDLE else None


def _crossed(before: Dataset, data: Dataset) -> Quantity | None:
    """The step of half a trillion that reserves crossed within the week, None when none."""
    then, now = (figures.latest(d, "reserve_balances") for d in (before, data))
    step = max(then.value, now.value) // RESERVES_STEP_USD * RESERVES_STEP_USD
    if min(then.value, now.value) >= step:
        return None
    return quantity(
        "changes.crossed",
        step,
        Unit.USD,
        now.date,
        RESERVES_STEP_QUANTUM,
        series=("reserve_balances",),
        formula=f"step of 5E+11 between reserve_balances({then.date}) and ({now.date})",
    )
