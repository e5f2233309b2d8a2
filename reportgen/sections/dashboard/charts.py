"""The dashboard is a table and needs no chart."""

from __future__ import annotations

from reportgen.model.chart import ChartSpec
from reportgen.sections.dashboard.facts import DashboardFacts
from reportgen.sections.inputs import Inputs


def charts(inputs: Inputs, facts: DashboardFacts) -> tuple[ChartSpec, ...]:
    """No charts."""
    del inputs, facts
    return ()
