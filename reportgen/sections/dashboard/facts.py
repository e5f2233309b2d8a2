"""Nine gauges: level, change since the brief of a week before, place in their history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from reportgen.analysis import gauges
from reportgen.analysis.figures import (
    HUNDREDTH_TRILLION,
    ONE,
    ONE_BILLION,
    TENTH,
    TENTH_BILLION,
)
from reportgen.analysis.gauges import Position, Reading
from reportgen.model import GaugeHistory, Quantity, Unit, quantity
from reportgen.sections.inputs import Inputs
from reportgen.store.dataset import Dataset

# A level of this size is told in hundredths of a trillion, its change in billions.
TRILLION_TOLD = 10**12


@dataclass(frozen=True, slots=True)
class Gauge:
    """One gauge as a row; ``change`` is None when nothing newer has been published in the week."""

    id: str
    day: date
    level: Quantity
    change: Quantity | None
    percentile: Quantity | None
    since: date
    position: Position | None

    @property
    def twentieth(self) -> int:
        """Its percentile in steps of five, for the mark on a line."""
        return 0 if self.percentile is None else round(self.percentile.value / 5)


@dataclass(frozen=True, slots=True)
class DashboardFacts:
    """The gauges in reading order: amounts in US dollars, spreads in basis points."""

    gauges: tuple[Gauge, ...]


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a gauge is read; ``formula`` names in ids of series what is ranked."""

    id: str
    unit: Unit
    series: tuple[str, ...]
    formula: str
    read: Callable[[Dataset], Reading]


def _amount(series_id: str, read: Callable[[Dataset], Reading] | None = None) -> _Kind:
    plain = partial(gauges.series_reading, series_id=series_id)
    return _Kind(series_id, Unit.USD, (series_id,), series_id, read or plain)


def _spread(rate: str) -> _Kind:
    read = partial(gauges.spread_reading, rate=rate, base="iorb")
    return _Kind(f"{rate}_spread", Unit.BASIS_POINT, (rate, "iorb"), f"{rate} - iorb", read)


KINDS = (
    _Kind(
        "reserve_balances",
        Unit.USD,
        ("reserve_balances", "marketable_debt"),
        "reserve_balances / marketable_debt",
        gauges.reserves_reading,
    ),
    _amount("tga_level"),
    _amount("on_rrp_accepted", gauges.on_rrp_reading),
    _amount("srf_accepted", gauges.standing_repo_reading),
    _spread("sofr"),
    _spread("tgcr"),
    _spread("effr"),
    _amount("soma_total"),
    _Kind(
        "bill_float",
        Unit.USD,
        ("bills_outstanding", "soma_bills"),
        "bills_outstanding - soma_bills",
        gauges.bill_float_reading,
    ),
)


def compute(inputs: Inputs) -> DashboardFacts:
    """The gauges at the as-of date."""
    before = inputs.previous.data if inputs.previous else None
    return DashboardFacts(tuple(_gauge(kind, inputs.data, before) for kind in KINDS))


def histories(data: Dataset) -> tuple[GaugeHistory, ...]:
    """What each gauge has measured over 52 weeks, from the reading that it is told from."""
    return tuple(_history(kind, kind.read(data)) for kind in KINDS)


def _history(kind: _Kind, now: Reading) -> GaugeHistory:
    # A difference of rates has noise of floats below a ten-thousandth of a basis point.
    values = tuple(round(point.value, 4) for point in now.recent)
    return GaugeHistory(kind.id, kind.unit, tuple(point.date for point in now.recent), values)


def _gauge(kind: _Kind, data: Dataset, before: Dataset | None) -> Gauge:
    now = kind.read(data)
    return Gauge(
        kind.id,
        now.day,
        _level(kind, now),
        _change(kind, now, kind.read(before)) if before else None,
        _percentile(kind, now),
        now.since,
        now.position,
    )


def _percentile(kind: _Kind, now: Reading) -> Quantity | None:
    if now.percentile is None:
        return None
    return quantity(
        f"dashboard.{kind.id}.percentile",
        now.percentile * 100,
        Unit.SHARE,
        now.day,
        _share_quantum(now.percentile),
        series=kind.series,
        formula=f"percentile({kind.formula}; {now.since} to {now.day})",
    )


def _level(kind: _Kind, now: Reading) -> Quantity:
    return quantity(
        f"dashboard.{kind.id}",
        now.level,
        kind.unit,
        now.day,
        _quantum(kind, now.level),
        series=tuple(id for id, _ in now.terms),
        formula=now.formula,
    )


def _change(kind: _Kind, now: Reading, then: Reading) -> Quantity | None:
    if then.day == now.day:
        return None
    step = ONE_BILLION if now.level >= TRILLION_TOLD else _quantum(kind, now.level)
    return quantity(
        f"dashboard.{kind.id}.change",
        now.level - then.level,
        kind.unit,
        now.day,
        step,
        series=tuple(id for id, _ in now.terms),
        formula=f"{now.formula} - {_whole(then.formula)}",
    )


def _whole(difference: str) -> str:
    return f"({difference})" if " - " in difference else difference


def _share_quantum(share: float) -> str:
    """Whole percents, but tenths close to the ends: not quite the highest is not the highest."""
    return TENTH if 0 < share < 0.01 or 0.99 < share < 1 else ONE


def _quantum(kind: _Kind, level: float) -> str:
    if kind.unit is Unit.BASIS_POINT:
        return ONE
    if level >= TRILLION_TOLD:
        return HUNDREDTH_TRILLION
    return ONE_BILLION if level >= 10**11 else TENTH_BILLION
