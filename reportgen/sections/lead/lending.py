"""Lending of the Federal Reserve: what its assets gain beside the portfolio within a week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from reportgen.analysis import figures
from reportgen.model import Quantity, Unit, quantity
from reportgen.sections.inputs import Inputs

# From July 2021 to December 2025 assets beside the portfolio gained 306 and 99 billion in the weeks
# to 2023-03-15 and 2023-03-22, when banks borrowed; in no other week as much as 40.
LENDING_USD = 50 * 10**9


@dataclass(frozen=True, slots=True)
class Lending:
    """A week in which assets beside the portfolio grew much; changes in US dollars."""

    day: date
    other: Quantity
    assets: Quantity


def compute(inputs: Inputs, section: str = "lead") -> Lending | None:
    """The newest H.4.1 week, when the Federal Reserve lent in it; figures named for a section."""
    data = inputs.data
    end = figures.latest(data, "total_assets")
    start = figures.on_or_before(data, "total_assets", end.date - timedelta(weeks=1))
    held = [figures.on_or_before(data, "soma_total", point.date) for point in (start, end)]
    other = end.value - start.value - (held[1].value - held[0].value)
    if other < LENDING_USD:
        return None
    return Lending(
        day=end.date,
        other=quantity(
            f"{section}.lending_other",
            other,
            Unit.USD,
            end.date,
            figures.ONE_BILLION,
            series=("total_assets", "soma_total"),
            formula=f"total_assets({end.date}) - total_assets({start.date}) - "
            f"(soma_total({held[1].date}) - soma_total({held[0].date}))",
        ),
        assets=figures.change(
            f"{section}.lending_assets", "total_assets", start, end, figures.ONE_BILLION
        ),
    )
