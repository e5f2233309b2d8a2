"""What changed since the brief of a week before: releases, revisions, views, findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reportgen.analysis import figures
from reportgen.analysis.outlook import View, ViewKind
from reportgen.analysis.policy import Phase, Stance
from reportgen.model import Point, Quantity, Series, Unit, quantity
from reportgen.sections.funding import facts as funding
from reportgen.sections.funding.facts import Pressure
from reportgen.sections.inputs import Inputs, policy_amount
from reportgen.sections.srf import facts as srf
from reportgen.sections.srf.facts import Standing
from reportgen.sources.catalogue import CATALOGUE
from reportgen.store.dataset import Dataset

# The largest revisions are told, the others are in the report of the pull.
REVISIONS_TOLD = 5
# Reserves are watched at each of these steps: the levels that strategists name are multiples.
RESERVES_STEP_USD = 500 * 10**9
RESERVES_STEP_QUANTUM = "1E+11"

# Levels of a release are told to a hundredth of a trillion.
STEP = figures.HUNDREDTH_TRILLION


@dataclass(frozen=True, slots=True)
class Revision:
    """A figure that last week's brief rested on and that has been changed since."""

    series: str
    day: date
    old: Quantity
    new: Quantity


@dataclass(frozen=True, slots=True)
class ToldChange:
    """The views of one author that came or went; ``who`` by language tag."""

    who: tuple[tuple[str, str], ...]
    kinds: tuple[ViewKind, ...]


@dataclass(frozen=True, slots=True)
class NewPrint:
    """A release of the week: its newest level, and the change on what last week's brief told."""

    day: date
    level: Quantity
    change: Quantity
    rose: bool
    even: bool


@dataclass(frozen=True, slots=True)
class Turned:
    """Findings that are others than a week before; None or False where nothing turned.

    ``announced`` are reserve management purchases made public within the week and not in effect.
    """

    pressure: Pressure | None
    pressure_rose: bool
    srf_record: Quantity | None
    sofr_left_corridor: bool
    sofr_back_in_corridor: bool
    phase: Phase | None
    runoff_before: bool
    announced: Quantity | None
    crossed: Quantity | None
    crossed_down: bool

    @property
    def any(self) -> bool:
        """Whether anything turned."""
        turned = (self.pressure, self.srf_record, self.phase, self.announced, self.crossed)
        return any(found is not None for found in turned) or (
            self.sofr_left_corridor or self.sofr_back_in_corridor
        )


@dataclass(frozen=True, slots=True)
class ChangesFacts:
    """Facts of the section; all empty where no brief of a week before can be made."""

    before: date | None
    balance_sheet: NewPrint | None
    statement: NewPrint | None
    revisions: tuple[Revision, ...]
    views_added: tuple[ToldChange, ...]
    views_withdrawn: tuple[ToldChange, ...]
    turned: Turned | None


def compute(inputs: Inputs) -> ChangesFacts:
    """The section's facts at the as-of date."""
    if inputs.previous is None:
        return ChangesFacts(None, None, None, (), (), (), None)
    before = inputs.previous
    return ChangesFacts(
        before=before.as_of,
        balance_sheet=_new_print(before.data, inputs.data, "reserve_balances"),
        statement=_new_print(before.data, inputs.data, "bills_outstanding"),
        revisions=_revisions(before.data, inputs.data),
        views_added=_told(inputs.views.values(), before.views.values()),
        views_withdrawn=_told(before.views.values(), inputs.views.values()),
        turned=_turned(before, inputs),
    )


def _new_print(before: Dataset, data: Dataset, series_id: str) -> NewPrint | None:
    """The newest level of a series, when it has come within the week."""
    now, then = figures.latest(data, series_id), figures.latest(before, series_id)
    if now.date == then.date:
        return None
    change = figures.change(
        f"changes.{series_id}.change", series_id, then, now, figures.ONE_BILLION
    )
    return NewPrint(
        now.date,
        figures.level(data, f"changes.{series_id}", series_id, point=now, quantum=STEP),
        change.magnitude,
        change.displayed > 0,
        change.displayed == 0,
    )


def _revisions(before: Dataset, data: Dataset) -> tuple[Revision, ...]:
    """What last week's brief saw with another value, the largest relative changes first."""
    found: list[tuple[float, Revision]] = []
    for series in CATALOGUE:
        if not series.required:
            continue
        old, new = (
            before.series(series.id),
            data.series(series.id).reindex(before.series(series.id).index),
        )
        for stamp in old.index[(old != new) & new.notna()]:
            revision = _revision(series, stamp.date(), float(old[stamp]), float(new[stamp]))
            if revision.old.displayed != revision.new.displayed:
                size = abs(float(new[stamp]) - float(old[stamp])) / (abs(float(old[stamp])) or 1.0)
                found.append((size, revision))
    found.sort(key=lambda pair: (-pair[0], pair[1].series, pair[1].day))
    return tuple(revision for _, revision in found[:REVISIONS_TOLD])


def _revision(series: Series, day: date, old: float, new: float) -> Revision:
    step = (
        min(series.quantum, Decimal(figures.ONE_BILLION))
        if series.unit is Unit.USD
        else series.quantum
    )

    def told(name: str, value: float, formula: str) -> Quantity:
        id = f"changes.revision.{series.id}.{day:%Y%m%d}.{name}"
        return quantity(id, value, series.unit, day, step, series=(series.id,), formula=formula)

    return Revision(
        series.id,
        day,
        told("old", old, f"{series.id}({day}) a week before"),
        told("new", new, f"{series.id}({day})"),
    )


def _told(views: Iterable[View], others: Iterable[View]) -> tuple[ToldChange, ...]:
    """Views that are not among others, by author in the order of the kinds."""
    known = {view.id for view in others}
    order = list(ViewKind)
    by_author: dict[tuple[tuple[str, str], ...], list[ViewKind]] = {}
    for view in sorted(views, key=lambda v: order.index(v.kind)):
        if view.id not in known:
            by_author.setdefault(tuple(sorted(view.who.items())), []).append(view.kind)
    return tuple(ToldChange(who, tuple(kinds)) for who, kinds in by_author.items())


def _turned(before: Inputs, now: Inputs) -> Turned:
    pressures = funding.pressure(before.data), funding.pressure(now.data)
    order = list(Pressure)
    outside = _outside_corridor(before.data), _outside_corridor(now.data)
    phases = before.balance_sheet.phase, now.balance_sheet.phase
    crossed = _crossed(before.data, now.data)
    return Turned(
        pressure=pressures[1] if pressures[0] is not pressures[1] else None,
        pressure_rose=order.index(pressures[1]) > order.index(pressures[0]),
        srf_record=_new_record(before, now),
        sofr_left_corridor=outside[1] and not outside[0],
        sofr_back_in_corridor=outside[0] and not outside[1],
        phase=phases[1] if phases[0] is not phases[1] else None,
        runoff_before=before.balance_sheet.current.stance is Stance.RUNOFF,
        announced=_announced(before, now),
        crossed=crossed,
        crossed_down=bool(
            crossed and figures.latest(now.data, "reserve_balances").value < float(crossed.value)
        ),
    )


def _announced(before: Inputs, now: Inputs) -> Quantity | None:
    """The monthly purchases that were not planned a week before; dated by their start."""
    step = now.balance_sheet.planned
    if step is None or step == before.balance_sheet.planned:
        return None
    return policy_amount("changes.announced", step.treasuries_usd_bn, step.id, step.effective)


def _outside_corridor(data: Dataset) -> bool:
    """Whether the newest SOFR lies above the target range, by more than float noise."""
    sofr = figures.latest(data, "sofr")
    return sofr.value > data.value("target_upper", sofr.date) + 0.005


def _new_record(before: Inputs, now: Inputs) -> Quantity | None:
    """The facility's record, when a day of the week set it."""
    facts = srf.compute(now)
    day = facts.told.as_of
    if facts.standing is not Standing.RECORD or day <= before.as_of:
        return None
    point = Point(day, now.data.value("srf_accepted", day))
    return figures.level(
        now.data, "changes.srf_record", "srf_accepted", point=point, quantum=facts.told.quantum
    )


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
