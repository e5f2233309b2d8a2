"""The series catalogue: every series the brief knows, and the providers behind them."""

from __future__ import annotations

from reportgen.model import Series, Source
from reportgen.sources import fred, nyfed, treasury

SOURCES: tuple[Source, ...] = (nyfed.SOURCE, fred.SOURCE, treasury.SOURCE)
CATALOGUE: tuple[Series, ...] = (*fred.SERIES, *nyfed.SERIES, *treasury.SERIES)

_BY_ID = {series.id: series for series in CATALOGUE}


def series_of(series_id: str) -> Series:
    """The catalogue line of an id; KeyError for an id it does not have."""
    return _BY_ID[series_id]
