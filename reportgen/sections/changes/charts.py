"""What changed is told in words and needs no chart."""

from __future__ import annotations

from reportgen.model.chart import ChartSpec
from reportgen.sections.changes.facts import ChangesFacts
from reportgen.sections.inputs import Inputs


def charts(inputs: Inputs, facts: ChangesFacts) -> tuple[ChartSpec, ...]:
    """No charts."""
    del inputs, facts
    return ()
