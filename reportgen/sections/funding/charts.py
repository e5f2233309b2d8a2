"""Charts of funding: rates against the corridor, spreads to IORB, and SOFR against fair value."""

from __future__ import annotations

from datetime import date, timedelta

from reportgen.analysis import figures
from reportgen.analysis.fair_value import FairValue
from reportgen.analysis.fair_value_sample import EXPLAINED_BY
from reportgen.model.chart import ChartSpec, Line, Mark, Scale, TimeChart, Tone
from reportgen.sections.funding.facts import FundingFacts
from reportgen.sections.inputs import Inputs

WINDOW = timedelta(days=365)
SPREADS_START = date(2021, 7, 29)

RATES = (("sofr", Tone.STRESS), ("tgcr", Tone.ON_RRP), ("effr", Tone.RESERVES))


def charts(inputs: Inputs, facts: FundingFacts) -> tuple[ChartSpec, ...]:
    """The section's charts, in the order of the page."""
    del facts
    common = (corridor(inputs), spreads(inputs))
    model = inputs.fair_value
    return (*common, against_model(model, inputs.as_of - WINDOW)) if model else common


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


def against_model(model: FairValue, start: date) -> TimeChart:
    """The spread of SOFR and what the model explains of it, from a day on."""
    sofr = model.sofr
    shown = sum(day < start for day in sofr.days)
    days = sofr.days[shown:]
    fitted = tuple(round(value, 4) for value in sofr.fitted[shown:])
    return TimeChart(
        "fair_value",
        Scale.BASIS_POINT,
        (sofr.rate, "iorb", *EXPLAINED_BY),
        (
            Line("actual", Tone.STRESS, days, sofr.spread[shown:]),
            Line("fitted", Tone.RESERVES, days, fitted),
        ),
        marks=(Mark("window", sofr.window[0], until=days[-1]),),
        zero_line=True,
        wide=True,
    )
