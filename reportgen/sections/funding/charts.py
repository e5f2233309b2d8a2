"""Charts of funding: rates against the corridor, and spreads to IORB."""

from __future__ import annotations

from datetime import date, timedelta

from reportgen.analysis import figures
from reportgen.model.chart import ChartSpec, Line, Scale, TimeChart, Tone
from reportgen.sections.funding.facts import FundingFacts
from reportgen.sections.inputs import Inputs

WINDOW = timedelta(days=365)
SPREADS_START = date(2021, 7, 29)

RATES = (("sofr", Tone.STRESS), ("tgcr", Tone.ON_RRP), ("effr", Tone.RESERVES))


def charts(inputs: Inputs, facts: FundingFacts) -> tuple[ChartSpec, ...]:
    """The section's charts, in the order of the page."""
    del facts
    return (corridor(inputs), spreads(inputs))


def corridor(inputs: Inputs) -> TimeChart:
    """A year of SOFR, TGCR and EFFR over the target range."""
    start, end = inputs.as_of - WINDOW, inputs.as_of
    bounds = tuple(
        _until(Line(label, Tone.BAND, *figures.points(inputs.data, series, start), step=True), end)
        for label, series in (("lower", "target_lower"), ("upper", "target_upper"))
    )
    return TimeChart(
        "corridor",
        Scale.PERCENT,
        ("sofr", "tgcr", "effr", "target_upper", "target_lower"),
        tuple(Line(id, tone, *figures.points(inputs.data, id, start)) for id, tone in RATES),
        band=(bounds[0], bounds[1]),
    )


def _until(line: Line, end: date) -> Line:
    """Without the days to come whose rate is already announced."""
    kept = [pair for pair in zip(line.dates, line.values, strict=True) if pair[0] <= end]
    dates, values = zip(*kept, strict=True)
    return Line(line.label, line.tone, dates, values, step=line.step)


def spreads(inputs: Inputs) -> TimeChart:
    """Weekly means of the spreads to IORB since it exists."""
    return TimeChart(
        "spreads",
        Scale.BASIS_POINT,
        ("sofr", "tgcr", "effr", "iorb"),
        tuple(
            Line(id, tone, *figures.weekly_mean_spread(inputs.data, id, "iorb", SPREADS_START))
            for id, tone in RATES
        ),
        zero_line=True,
    )
