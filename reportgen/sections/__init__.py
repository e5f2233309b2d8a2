"""The sections of the brief, in reading order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from reportgen.model import Section
from reportgen.model.chart import ChartSpec
from reportgen.sections.changes import charts as changes_charts
from reportgen.sections.changes import facts as changes
from reportgen.sections.dashboard import charts as dashboard_charts
from reportgen.sections.dashboard import facts as dashboard
from reportgen.sections.funding import charts as funding_charts
from reportgen.sections.funding import facts as funding
from reportgen.sections.inputs import Inputs
from reportgen.sections.lead import charts as lead_charts
from reportgen.sections.lead import facts as lead
from reportgen.sections.qt import charts as qt_charts
from reportgen.sections.qt import facts as qt
from reportgen.sections.srf import charts as srf_charts
from reportgen.sections.srf import facts as srf
from reportgen.sections.supply import charts as supply_charts
from reportgen.sections.supply import facts as supply
from reportgen.sections.tools import charts as tools_charts
from reportgen.sections.tools import facts as tools


@dataclass(frozen=True, slots=True)
class SectionKind:
    """How a section is made: its facts, then its charts from them."""

    id: str
    compute: Callable[[Inputs], Any]
    charts: Callable[[Inputs, Any], tuple[ChartSpec, ...]]


SECTIONS = (
    SectionKind("dashboard", dashboard.compute, dashboard_charts.charts),
    SectionKind("lead", lead.compute, lead_charts.charts),
    SectionKind("changes", changes.compute, changes_charts.charts),
    SectionKind("qt", qt.compute, qt_charts.charts),
    SectionKind("srf", srf.compute, srf_charts.charts),
    SectionKind("supply", supply.compute, supply_charts.charts),
    SectionKind("funding", funding.compute, funding_charts.charts),
    SectionKind("tools", tools.compute, tools_charts.charts),
)


def compute_all(inputs: Inputs) -> tuple[Section, ...]:
    """Every section of the brief, facts and charts."""
    sections = []
    for kind in SECTIONS:
        facts = kind.compute(inputs)
        sections.append(Section(kind.id, facts, kind.charts(inputs, facts)))
    return tuple(sections)
