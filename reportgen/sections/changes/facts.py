"""What changed since the brief of a week before: releases, revisions, views, findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reportgen.analysis import figures, reserves
from reportgen.analysis.outlook import View, ViewKind
from reportgen.model import Quantity, Series, Unit, quantity
from reportgen.sections.changes import turned
from reportgen.sections.changes.turned import Turned
from reportgen.sections.inputs import Inputs
from reportgen.sources.catalogue import CATALOGUE
from reportgen.store.dataset import Dataset

# All are in the report of the pull.
REVISIONS_TOLD = 5
"""The ``REVISIONS_TOLD`` largest revisions are told, by their share of the figure."""
# More topics of an author than these make a list of keywords.
TOPICS_TOLD = 3

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
    more: bool


@dataclass(frozen=True, slots=True)
class NewPrint:
    """A release of the week: its newest level, and the change on what last week's brief told.

    That was the value of ``then``, which lies two releases back where one came late.
    """

    day: date
    then: date
    level: Quantity
    change: Quantity
    rose: bool
    even: bool


@dataclass(frozen=True, slots=True)
class ChangesFacts:
    """Facts of the section; all empty where no brief of a week before can be made."""

    before: date | None
    balance_sheet: NewPrint | None
    assets: NewPrint | None
    after_quarter_end: bool
    statement: NewPrint | None
    revisions: tuple[Revision, ...]
    views_added: tuple[ToldChange, ...]
    views_withdrawn: tuple[ToldChange, ...]
    turned: Turned | None


def compute(inputs: Inputs) -> ChangesFacts:
    """The section's facts at the as-of date."""
    if inputs.previous is None:
        return ChangesFacts(None, None, None, False, None, (), (), (), None)
    before = inputs.previous
    return ChangesFacts(
        before=before.as_of,
        balance_sheet=_new_print(before.data, inputs.data, "reserve_balances"),
        assets=_new_print(before.data, inputs.data, "total_assets"),
        after_quarter_end=_after_quarter_end(inputs.data),
        statement=_new_print(before.data, inputs.data, "bills_outstanding"),
        revisions=_revisions(before.data, inputs.data),
        views_added=_told(inputs.views.values(), before.views.values()),
        views_withdrawn=_told(before.views.values(), inputs.views.values()),
        turned=turned.compute(before, inputs),
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
        then.date,
        figures.level(data, f"changes.{series_id}", series_id, point=now, quantum=STEP),
        change.magnitude,
        change.displayed > 0,
        change.displayed == 0,
    )


def _after_quarter_end(data: Dataset) -> bool:
    """Whether reserves took back in the newest week what the week of a quarter-end had moved."""
    newest, ended, before = reserves.last_weeks(data, 3)
    back = (newest.value - ended.value) * (ended.value - before.value) < 0
    return back and reserves.holds_quarter_end(ended.date)


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
    return tuple(
        ToldChange(who, tuple(kinds[:TOPICS_TOLD]), len(kinds) > TOPICS_TOLD)
        for who, kinds in by_author.items()
    )
