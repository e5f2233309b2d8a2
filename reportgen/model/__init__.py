"""Frozen values that cross the seams between stages."""

from reportgen.model.brief import (
    Artifact,
    Brief,
    Printed,
    Reference,
    Said,
    Section,
    SeriesStatus,
)
from reportgen.model.build_order import BuildOrder
from reportgen.model.hand import Hand, Note, Override
from reportgen.model.history import Freshness, GaugeHistory, Histories, History
from reportgen.model.pulled import Check, Doubt, DoubtRule, Parsed
from reportgen.model.quantity import Quantity, Unit, quantity
from reportgen.model.rounding import Nearness, Rounded, roughly
from reportgen.model.series import (
    Calendar,
    Frequency,
    Meaning,
    Observation,
    Point,
    PublicationRule,
    Release,
    Series,
    Source,
)

__all__ = [
    "Artifact",
    "Brief",
    "BuildOrder",
    "Calendar",
    "Check",
    "Doubt",
    "DoubtRule",
    "Frequency",
    "Freshness",
    "GaugeHistory",
    "Hand",
    "Histories",
    "History",
    "Meaning",
    "Nearness",
    "Note",
    "Observation",
    "Override",
    "Parsed",
    "Point",
    "Printed",
    "PublicationRule",
    "Quantity",
    "Reference",
    "Release",
    "Rounded",
    "Said",
    "Section",
    "Series",
    "SeriesStatus",
    "Source",
    "Unit",
    "quantity",
    "roughly",
]
