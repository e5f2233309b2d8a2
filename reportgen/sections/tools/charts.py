"""The tools need no chart: their table of dates stands in the text."""

from __future__ import annotations

from reportgen.model.chart import ChartSpec
from reportgen.sections.inputs import Inputs
from reportgen.sections.tools.facts import ToolsFacts


def charts(inputs: Inputs, facts: ToolsFacts) -> tuple[ChartSpec, ...]:
    """No charts."""
    del inputs, facts
    return ()
