"""The chart of the facility: daily use, with the record and the day told."""

from __future__ import annotations

from datetime import date

from reportgen.analysis import calendar, figures
from reportgen.analysis.calendar import DayKind
from reportgen.model.chart import ChartSpec, DailyBarChart, Line, Mark, Occasions, Scale, Tone
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
        occasions=_occasions(days[0], days[-1]),
    )


def _occasions(first: date, last: date) -> tuple[Occasions, ...]:
    """The dates on which cash is short by the calendar."""
    kinds = {"quarter_end": (DayKind.QUARTER_END, DayKind.YEAR_END), "tax": (DayKind.TAX_DATE,)}
    rows = []
    for label, told in kinds.items():
        dates = [
            day
            for year in range(first.year, last.year + 1)
            for day, kind in calendar.strained_days(year)
            if kind in told and first <= day <= last
        ]
        rows.append(Occasions(label, tuple(dates)))
    return tuple(row for row in rows if row.dates)


def _marks(facts: SrfFacts, start: date) -> tuple[Mark, ...]:
    if facts.standing is Standing.IDLE:
        return ()
    marks = [Mark("told", facts.told_day, float(facts.told.value) / figures.BILLION)]
    if facts.record_day != facts.told_day and facts.record_day >= start:
        record = Mark("record", facts.record_day, float(facts.record.value) / figures.BILLION)
        marks.insert(0, record)
    return tuple(marks)
