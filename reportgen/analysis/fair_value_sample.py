"""What the fair-value model is fitted to: daily spreads since ``START``, and what explains them.

Reserves, the free float and ON RRP are in percent of marketable debt, each by the newest figure
that was public on the day. Each kind of strained day has a term, and so has the business day after.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from reportgen.analysis import calendar, figures
from reportgen.analysis.calendar import DayKind
from reportgen.model import Calendar
from reportgen.sources.catalogue import series_of
from reportgen.store import business_days
from reportgen.store.dataset import Dataset
from reportgen.store.publication import published_on

# The standing repo facility opened and IORB began on 2021-07-29, a Thursday.
START = date(2021, 8, 2)

RATES = ("sofr", "tgcr")
EXPLAINED_BY = (
    "reserve_balances",
    "marketable_debt",
    "bills_outstanding",
    "soma_bills",
    "on_rrp_accepted",
)


@dataclass(frozen=True, slots=True)
class Sample:
    """One rate's spread to IORB, in basis points, and what explains it, a value a day.

    ``reserves`` and the terms ``free_float`` and ``on_rrp`` are in percent of marketable debt. Each
    kind of strained day has a term that is 1 on it, and one that is 1 on the business day after.
    """

    rate: str
    days: tuple[date, ...]
    spread: tuple[float, ...]
    reserves: tuple[float, ...]
    terms: tuple[tuple[str, tuple[float, ...]], ...]


def samples(data: Dataset, h41_releases: Mapping[date, date]) -> tuple[Sample, ...]:
    """A sample for each rate; none while an input is late: an old value is no explanation."""
    if any(data.status(series).late for series in (*RATES, "iorb", *EXPLAINED_BY)):
        return ()
    return tuple(_sample(data, rate, h41_releases) for rate in RATES)


def _sample(data: Dataset, rate: str, h41_releases: Mapping[date, date]) -> Sample:
    traded, spreads = figures.spread_points(data, rate, "iorb", START)
    reserves, debt, bills, fed_bills, on_rrp = (
        published_by(data, series, traded, h41_releases) for series in EXPLAINED_BY
    )
    whole = ~np.isnan(np.array([reserves, debt, bills, fed_bills, on_rrp])).any(axis=0)
    days = tuple(day for day, kept in zip(traded, whole.tolist(), strict=True) if kept)

    def percent_of_debt(amount: np.ndarray) -> tuple[float, ...]:
        return tuple((100 * amount / debt)[whole].tolist())

    return Sample(
        rate,
        days,
        tuple(np.array(spreads)[whole].tolist()),
        percent_of_debt(reserves),
        (
            ("free_float", percent_of_debt(bills - fed_bills)),
            ("on_rrp", percent_of_debt(on_rrp)),
            *calendar_terms(days),
        ),
    )


def published_by(
    data: Dataset, series_id: str, days: Sequence[date], h41_releases: Mapping[date, date]
) -> np.ndarray:
    """The newest value of a series that was public on each day, by its rule; NaN before the first.

    Values are those known as of the date of the data: the first prints of the past are not kept.
    """
    series = series_of(series_id)
    visible = data.series(series_id)
    published = [
        published_on(series, stamp.date(), h41_releases).toordinal() for stamp in visible.index
    ]
    newest = np.searchsorted(published, [day.toordinal() for day in days], side="right")
    return np.concatenate(([np.nan], visible.to_numpy()))[newest]


def calendar_terms(days: Sequence[date]) -> tuple[tuple[str, tuple[float, ...]], ...]:
    """For each kind of strained day its term, and that of the business day after."""
    kinds = {day: calendar.kinds_of(day) for day in days}
    kinds_before = {
        day: calendar.kinds_of(business_days.shift(day, -1, Calendar.SIFMA)) for day in days
    }
    return tuple(
        (name, tuple(float(kind in found[day]) for day in days))
        for kind in DayKind
        for name, found in ((kind.value, kinds), (f"{kind.value}_after", kinds_before))
    )
