"""The series catalogue: every series the brief knows, the providers, and the feeds behind them."""

from __future__ import annotations

from reportgen.model import Check, Series, Source
from reportgen.sources.feed import Feed
from reportgen.sources.fred import observations as fred_observations
from reportgen.sources.fred import series as fred
from reportgen.sources.fred import vintages
from reportgen.sources.nyfed import operations, purchases, rates, soma
from reportgen.sources.nyfed import series as nyfed
from reportgen.sources.treasury import auctions, cash, debt
from reportgen.sources.treasury import series as treasury

SOURCES: tuple[Source, ...] = (nyfed.SOURCE, fred.SOURCE, treasury.SOURCE)
CATALOGUE: tuple[Series, ...] = (*fred.SERIES, *nyfed.SERIES, *treasury.SERIES)
FEEDS: tuple[Feed, ...] = (
    operations.FEED,
    *rates.FEEDS,
    soma.FEED,
    purchases.FEED,
    *fred_observations.FEEDS,
    cash.FEED,
    debt.MONTHLY,
    debt.DAILY,
    auctions.FEED,
)

# H.4.1 as it stood at each release, asked for on demand.
VINTAGE_FEEDS: tuple[Feed, ...] = vintages.FEEDS

# The same figure from two providers. The Treasury's daily close of a Wednesday is the level in
# H.4.1, to the million.
CHECKS: tuple[Check, ...] = (
    *fred.COPIES.values(),
    Check("tga_close", "tga_level", 1.5e6),
)

_BY_ID = {series.id: series for series in CATALOGUE}
_FEED_OF = {series_id: feed for feed in FEEDS for series_id in feed.series}


def series_of(series_id: str) -> Series:
    """The catalogue line of an id; KeyError for an id it does not have."""
    return _BY_ID[series_id]


def feed_of(series_id: str) -> Feed:
    """The feed that brings a series; KeyError for an id no feed has."""
    return _FEED_OF[series_id]
