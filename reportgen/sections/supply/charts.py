"""Charts of supply: bills by year, the view's bridge, and the path of agency holdings."""

from __future__ import annotations

from datetime import date, timedelta

from reportgen.analysis import figures, portfolio
from reportgen.model.chart import (
    Bar,
    BarChart,
    ChartSpec,
    GroupedBarChart,
    Line,
    Scale,
    TimeChart,
    Tone,
)
from reportgen.sections.inputs import Inputs
from reportgen.sections.supply.bridge import Bridge
from reportgen.sections.supply.facts import AgencyTrend, SupplyFacts

HISTORY_START = date(2020, 1, 1)
# Ten years: about as long as the holdings last at any pace since runoff began.
PATH_MONTHS = 120


def charts(inputs: Inputs, facts: SupplyFacts) -> tuple[ChartSpec, ...]:
    """The section's charts, in the order of the page; the bridge only beside its view."""
    bridge = (bill_bridge(facts.bridge),) if facts.bridge else ()
    return (bill_years(facts), *bridge, mbs_path(inputs, facts))


def bill_years(facts: SupplyFacts) -> GroupedBarChart:
    """Change of bills outstanding and of the free float by calendar year."""
    issued = tuple(float(year.net_issuance.value) / figures.BILLION for year in facts.years)
    growth = tuple(float(year.free_growth.value) / figures.BILLION for year in facts.years)
    return GroupedBarChart(
        "bill_years",
        Scale.BILLION_USD,
        ("bills_outstanding", "soma_bills"),
        tuple(year.year.year for year in facts.years),
        (
            ("outstanding", Tone.TREASURIES, issued),
            ("free_float", Tone.BILLS, growth),
        ),
        partial_year=not facts.this_year.complete,
    )


def bill_bridge(bridge: Bridge) -> BarChart:
    """Issuance, less what the Fed buys, is left for others."""
    bars = (
        ("issuance", bridge.issuance, 1, Tone.TREASURIES),
        ("purchases", bridge.purchases, -1, Tone.DOWN),
        ("left", bridge.left, 1, Tone.BILLS),
    )
    return BarChart(
        "bill_bridge",
        Scale.BILLION_USD,
        (bridge.left.id,),
        tuple(
            Bar(label, sign * float(view.figure.value), tone)
            for label, view, sign, tone in bars
            if view.figure is not None
        ),
        bridge=True,
    )


def mbs_path(inputs: Inputs, facts: SupplyFacts) -> TimeChart:
    """Agency holdings, and ten years ahead at the slower and the faster recent pace.

    Beside the bridge, bills fill the row, and this chart has one of its own.
    """
    days, values = portfolio.holding_points(inputs.data, portfolio.AGENCY, HISTORY_START)
    held = Line("held", Tone.MBS, days, tuple(value / figures.TRILLION for value in values))
    wide = facts.bridge is not None
    if facts.agency_trend is not AgencyTrend.SHRINKING:
        return TimeChart("mbs_path", Scale.TRILLION_USD, portfolio.AGENCY, (held,), wide=wide)
    paths = tuple(
        _path(label, held, float(pace.value) / figures.TRILLION)
        for label, pace in (("slow", facts.agency_pace_low), ("fast", facts.agency_pace_high))
    )
    return TimeChart(
        "mbs_path",
        Scale.TRILLION_USD,
        portfolio.AGENCY,
        (held, *paths),
        band=(paths[1], paths[0]),
        wide=wide,
    )


def _path(label: str, held: Line, pace_per_month: float) -> Line:
    start, value = held.dates[-1], held.values[-1]
    months = range(PATH_MONTHS + 1)
    return Line(
        label,
        Tone.MBS,
        tuple(start + timedelta(days=round(month * 30.4375)) for month in months),
        tuple(max(value - month * pace_per_month, 0.0) for month in months),
        dashed=True,
    )
