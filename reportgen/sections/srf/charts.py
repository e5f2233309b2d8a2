"""The chart of the facility: daily use, with the record and the day told."""

from __future__ import annotations

from datetime import date

from reportgen.analysis import figures
from reportgen.model.chart import ChartSpec, DailyBarChart, Line, Mark, Scale, Tone
from reportgen.sections.inputs import Inputs
from reportgen.sections.srf.facts import CHART_WINDOW, SrfFacts, Standing


def charts(inputs: Inputs, facts: SrfFacts) -> tuple[ChartSpec, ...]:
    """Daily use, unless nobody used it in the window."""
    return (daily(inputs, facts),) if facts.chart_worth else ()


def daily(inputs: Inputs, facts: SrfFacts) -> DailyBarChart:
    """A year of daily use; the record is marked when it lies in it."""
    start = inputs.as_of - CHART_WINDOW
    days, values = figures.points(inputs.data, "srf_accepted", start, figures.BILLION)
    return DailyBarChart(
        "srf_daily",
        Scale.BILLION_USD,
        ("srf_accepted",),
        Line("use", Tone.STRESS, days, values),
        marks=_marks(facts, start),
    )


def _marks(facts: SrfFacts, start: date) -> tuple[Mark, ...]:
    if facts.standing is Standing.IDLE:
        return ()
    marks = [Mark("told", facts.told_day, float(facts.told.value) / figures.BILLION)]
    if facts.record_day != facts.told_day and facts.record_day >= start:
        record = Mark("record", facts.record_day, float(facts.record.value) / figures.BILLION)
        marks.insert(0, record)
    return tuple(marks)
