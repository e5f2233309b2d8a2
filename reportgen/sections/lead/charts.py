"""Charts of the lead: what moved reserves; reserves, Treasury account and ON RRP over time."""

from __future__ import annotations

from datetime import date

from reportgen.analysis import figures
from reportgen.model.chart import Bar, BarChart, ChartSpec, Line, Mark, Scale, TimeChart, Tone
from reportgen.sections.inputs import Inputs
from reportgen.sections.lead.facts import LeadFacts

HISTORY_START = date(2019, 1, 1)


def charts(inputs: Inputs, facts: LeadFacts) -> tuple[ChartSpec, ...]:
    """The section's charts, in the order of the page."""
    return (reserve_drivers(facts), liabilities(inputs))


def reserve_drivers(facts: LeadFacts) -> BarChart:
    """Contributions to the change of reserves, and their sum."""
    account = facts.account
    bars = [
        Bar(driver.value, float(part.value), Tone.UP if part.value > 0 else Tone.DOWN)
        for driver, part in account.parts.items()
    ]
    bars.append(Bar("total", float(account.change.value), Tone.TOTAL))
    return BarChart("reserve_drivers", Scale.BILLION_USD, account.series, tuple(bars))


def liabilities(inputs: Inputs) -> TimeChart:
    """The three large liabilities by week; ON RRP on its Wednesdays."""
    data = inputs.data
    weeks, tga = figures.points(data, "tga_level", HISTORY_START, figures.TRILLION)
    on_rrp = tuple(
        point.value / figures.TRILLION
        for point in figures.on_or_before_each(data, "on_rrp_accepted", weeks)
    )
    days, reserves = figures.points(data, "reserve_balances", HISTORY_START, figures.TRILLION)
    return TimeChart(
        "liabilities",
        Scale.TRILLION_USD,
        ("reserve_balances", "tga_level", "on_rrp_accepted"),
        (
            Line("reserves", Tone.RESERVES, days, reserves),
            Line("tga", Tone.TGA, weeks, tga),
            Line("on_rrp", Tone.ON_RRP, weeks, on_rrp),
        ),
        marks=runoff_marks(inputs),
    )


def runoff_marks(inputs: Inputs) -> tuple[Mark, ...]:
    """Start and end of runoff, as far as they have come."""
    sheet = inputs.balance_sheet
    marks = []
    if sheet.runoff:
        marks.append(Mark("qt_start", sheet.runoff.effective))
    if sheet.ended:
        marks.append(Mark("qt_end", sheet.ended.effective))
    return tuple(marks)
