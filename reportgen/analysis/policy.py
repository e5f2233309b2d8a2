"""The policy timeline: what the Federal Reserve has announced about its balance sheet, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from reportgen import config_files
from reportgen.config_files import Strict
from reportgen.errors import InputError
from reportgen.model import Reference


class Stance(StrEnum):
    """What happens to principal of the portfolio, or that the portfolio grows."""

    PURCHASES = "purchases"
    REINVEST = "reinvest"
    RUNOFF = "runoff"
    REINVEST_IN_BILLS = "reinvest_in_bills"
    RESERVE_MANAGEMENT = "reserve_management"


class Phase(StrEnum):
    """Where the balance sheet stands, from net purchases through runoff to what follows."""

    PURCHASES = "purchases"
    TAPERING = "tapering"
    REINVESTING = "reinvesting"
    RUNOFF_PHASE_IN = "runoff_phase_in"
    RUNOFF_FULL = "runoff_full"
    RUNOFF_SLOWED = "runoff_slowed"
    ENDED = "ended"
    RESERVE_MANAGEMENT = "reserve_management"


class NextStep(StrEnum):
    """What has been announced and is not yet in effect."""

    NONE = "none"
    CUT_PURCHASES = "cut_purchases"
    STOP_PURCHASES = "stop_purchases"
    START_RUNOFF = "start_runoff"
    RAISE_CAPS = "raise_caps"
    CUT_CAPS = "cut_caps"
    END_RUNOFF = "end_runoff"
    START_RESERVE_MANAGEMENT = "start_reserve_management"
    CHANGE_RESERVE_MANAGEMENT = "change_reserve_management"
    STOP_RESERVE_MANAGEMENT = "stop_reserve_management"


class BalanceSheetStep(Strict):
    """``[[balance_sheet]]``: amounts a month in billions of US dollars, purchases or caps."""

    id: str
    announced: date
    effective: date
    stance: Stance
    treasuries_usd_bn: float = Field(ge=0)
    mbs_usd_bn: float = Field(ge=0)
    url: str

    @model_validator(mode="after")
    def _announced_first(self) -> Self:
        if self.effective < self.announced:
            raise ValueError(f"{self.id} takes effect before it is announced")
        return self

    @model_validator(mode="after")
    def _bills_alone(self) -> Self:
        if self.stance is not Stance.RESERVE_MANAGEMENT:
            return self
        if self.mbs_usd_bn or not self.treasuries_usd_bn:
            raise ValueError(
                f"{self.id}: reserve management purchases are of Treasury bills, so that "
                "treasuries_usd_bn is above zero and mbs_usd_bn is zero"
            )
        return self


class DebtLimitEvent(Strict):
    """``[[debt_limit]]``: the day the limit was raised or suspended."""

    id: str
    resolved: date
    url: str


class DebtLimitInForce(Strict):
    """``[[debt_limit_in_force]]``: the day from which the limit stops net borrowing."""

    id: str
    binding: date
    url: str


class StandingRepoTerms(Strict):
    """``[[standing_repo]]``: terms of the facility from a day on; no limit means full allotment."""

    id: str
    announced: date
    effective: date
    limit_usd_bn: float | None = None
    operations_a_day: int = Field(ge=1)
    url: str


class Policy(Strict):
    """All of ``policy.toml``."""

    balance_sheet: tuple[BalanceSheetStep, ...]
    debt_limit: tuple[DebtLimitEvent, ...]
    debt_limit_in_force: tuple[DebtLimitInForce, ...] = ()
    standing_repo: tuple[StandingRepoTerms, ...]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for table, key, days in (
            ("balance_sheet", "effective", [step.effective for step in self.balance_sheet]),
            ("debt_limit", "resolved", [event.resolved for event in self.debt_limit]),
            (
                "debt_limit_in_force",
                "binding",
                [entry.binding for entry in self.debt_limit_in_force],
            ),
            ("standing_repo", "effective", [terms.effective for terms in self.standing_repo]),
        ):
            if days != sorted(days):
                raise ValueError(f"{table} entries must stand in the order of `{key}`")
        return self

    def references(self) -> dict[str, Reference]:
        """Every entry by its id, for the annex."""
        entries = [Reference(e.id, e.announced, e.url) for e in self.balance_sheet]
        entries += [Reference(e.id, e.announced, e.url) for e in self.standing_repo]
        entries += [Reference(e.id, e.resolved, e.url) for e in self.debt_limit]
        entries += [Reference(e.id, e.binding, e.url) for e in self.debt_limit_in_force]
        return {entry.id: entry for entry in entries}


def load(path: Path) -> Policy:
    """The policy file; InputError with the field when it is malformed."""
    return config_files.read(path, Policy)


@dataclass(frozen=True, slots=True)
class BalanceSheetView:
    """The timeline as a day sees it.

    ``current`` is in effect, its stance since ``since``; ``upcoming`` announced and not yet in
    effect (the nearest), ``planned`` the first reserve management purchases among these when there
    are none in effect, ``runoff`` the first step of the latest runoff, in effect or past, ``ended``
    the step that ended it.
    """

    phase: Phase
    next_step: NextStep
    current: BalanceSheetStep
    since: date
    upcoming: BalanceSheetStep | None
    planned: BalanceSheetStep | None
    runoff: BalanceSheetStep | None
    ended: BalanceSheetStep | None


def balance_sheet_view(policy: Policy, day: date) -> BalanceSheetView:
    """What was in effect and what was announced by the end of a day."""
    public = [step for step in policy.balance_sheet if step.announced <= day]
    effective = [step for step in public if step.effective <= day]
    if not effective:
        raise _nothing_in_effect("balance_sheet", day)
    ahead = [step for step in public if step.effective > day]
    upcoming = ahead[0] if ahead else None
    current = effective[-1]
    runs = [list(run) for _, run in groupby(effective, key=lambda step: step.stance)]
    runoffs = [at for at, run in enumerate(runs) if run[0].stance is Stance.RUNOFF]
    after = runs[runoffs[-1] + 1 :] if runoffs else []
    return BalanceSheetView(
        phase=_phase(runs, policy),
        next_step=_next_step(current, upcoming),
        current=current,
        since=runs[-1][0].effective,
        upcoming=upcoming,
        planned=_planned(current, ahead),
        runoff=runs[runoffs[-1]][0] if runoffs else None,
        ended=after[0][0] if after else None,
    )


def _planned(current: BalanceSheetStep, ahead: list[BalanceSheetStep]) -> BalanceSheetStep | None:
    if current.stance is Stance.RESERVE_MANAGEMENT:
        return None
    return next((step for step in ahead if step.stance is Stance.RESERVE_MANAGEMENT), None)


def _nothing_in_effect(table: str, day: date) -> InputError:
    return InputError(
        f"no {table} entry is in effect on {day}",
        where="policy.toml",
        remedy="add the entry with the terms of that day; the shipped file has all since 2021",
    )


def _phase(runs: list[list[BalanceSheetStep]], policy: Policy) -> Phase:
    """The phase from the runs of steps with one stance, the last of which holds."""
    same = runs[-1]
    current = same[-1]
    match current.stance:
        case Stance.PURCHASES:
            return Phase.TAPERING if _size(current) < _size(same[0]) else Phase.PURCHASES
        case Stance.REINVEST | Stance.REINVEST_IN_BILLS:
            past_runoff = any(run[0].stance is Stance.RUNOFF for run in runs)
            return Phase.ENDED if past_runoff else Phase.REINVESTING
        case Stance.RESERVE_MANAGEMENT:
            return Phase.RESERVE_MANAGEMENT
        case Stance.RUNOFF:
            if _size(current) < max(_size(step) for step in same):
                return Phase.RUNOFF_SLOWED
            # The caps of the phase-in were announced together with the full ones.
            planned = [s for s in policy.balance_sheet if s.announced == same[0].announced]
            full = max(_size(step) for step in planned)
            return Phase.RUNOFF_FULL if _size(current) >= full else Phase.RUNOFF_PHASE_IN


def _next_step(current: BalanceSheetStep, upcoming: BalanceSheetStep | None) -> NextStep:
    if upcoming is None:
        return NextStep.NONE
    if upcoming.stance is Stance.RUNOFF:
        if current.stance is not Stance.RUNOFF:
            return NextStep.START_RUNOFF
        return NextStep.RAISE_CAPS if _size(upcoming) > _size(current) else NextStep.CUT_CAPS
    if current.stance is Stance.RUNOFF:
        return NextStep.END_RUNOFF
    if current.stance is Stance.RESERVE_MANAGEMENT:
        goes_on = upcoming.stance is Stance.RESERVE_MANAGEMENT
        return NextStep.CHANGE_RESERVE_MANAGEMENT if goes_on else NextStep.STOP_RESERVE_MANAGEMENT
    if upcoming.stance is Stance.RESERVE_MANAGEMENT:
        return NextStep.START_RESERVE_MANAGEMENT
    stops = upcoming.stance is not Stance.PURCHASES
    return NextStep.STOP_PURCHASES if stops else NextStep.CUT_PURCHASES


def _size(step: BalanceSheetStep) -> float:
    return step.treasuries_usd_bn + step.mbs_usd_bn


def latest_debt_limit(policy: Policy, day: date) -> DebtLimitEvent | None:
    """The last resolution by the end of a day."""
    past = [event for event in policy.debt_limit if event.resolved <= day]
    return past[-1] if past else None


def debt_limit_in_force(policy: Policy, day: date) -> DebtLimitInForce | None:
    """The entry by which the limit holds on a day; None when it has been resolved since."""
    past = [entry for entry in policy.debt_limit_in_force if entry.binding <= day]
    resolved = latest_debt_limit(policy, day)
    if not past or (resolved is not None and resolved.resolved >= past[-1].binding):
        return None
    return past[-1]


def standing_repo_terms(policy: Policy, day: date) -> StandingRepoTerms:
    """The terms of the facility in effect on a day on or after 2021-07-29."""
    effective = [terms for terms in policy.standing_repo if terms.effective <= day]
    if not effective:
        raise _nothing_in_effect("standing_repo", day)
    return effective[-1]
