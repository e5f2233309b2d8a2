"""Charts of the balance sheet: its composition, and SOMA by class since runoff began."""

from __future__ import annotations

from datetime import date

from reportgen.analysis import figures, portfolio
from reportgen.model.chart import ChartSpec, Line, Scale, TimeChart, Tone
from reportgen.sections.inputs import Inputs
from reportgen.sections.lead.charts import HISTORY_START, runoff_marks
from reportgen.sections.qt import paths
from reportgen.sections.qt.facts import QtFacts


def charts(inputs: Inputs, facts: QtFacts) -> tuple[ChartSpec, ...]:
    """The section's charts, in the order of the page; paths only beside their scenarios."""
    fan = (paths.chart(inputs, inputs.scenarios),) if inputs.scenarios else ()
    return (balance_sheet(inputs), soma_classes(inputs, facts), *fan)


def balance_sheet(inputs: Inputs) -> TimeChart:
    """Total assets as Treasuries, MBS and the rest."""
    scale = figures.TRILLION
    days, total = figures.points(inputs.data, "total_assets", HISTORY_START, scale)
    _, treasuries = figures.points(inputs.data, "treasuries_held", HISTORY_START, scale)
    _, mbs = figures.points(inputs.data, "mbs_held", HISTORY_START, scale)
    other = tuple(t - a - b for t, a, b in zip(total, treasuries, mbs, strict=True))
    return TimeChart(
        "balance_sheet",
        Scale.TRILLION_USD,
        ("total_assets", "treasuries_held", "mbs_held"),
        (
            Line("treasuries", Tone.TREASURIES, days, treasuries),
            Line("mbs", Tone.MBS, days, mbs),
            Line("other", Tone.OTHER, days, other),
        ),
        marks=runoff_marks(inputs),
        stacked=True,
    )


def soma_classes(inputs: Inputs, facts: QtFacts) -> TimeChart:
    """Coupons, bills and agency securities since runoff began, at first over years before it."""
    start = HISTORY_START
    if facts.runoff_started and facts.runoff_charted:
        start = facts.runoff_started
    return TimeChart(
        "soma_classes",
        Scale.TRILLION_USD,
        (*portfolio.COUPONS, "soma_bills", *portfolio.AGENCY),
        (
            _line(inputs, "coupons", Tone.TREASURIES, portfolio.COUPONS, start),
            _line(inputs, "agency", Tone.MBS, portfolio.AGENCY, start),
            _line(inputs, "bills", Tone.BILLS, ("soma_bills",), start),
        ),
    )


def _line(inputs: Inputs, label: str, tone: Tone, classes: tuple[str, ...], start: date) -> Line:
    days, values = portfolio.holding_points(inputs.data, classes, start)
    return Line(label, tone, days, tuple(value / figures.TRILLION for value in values))
