"""The scenarios of the day side by side: one baseline and its alternatives, from the same start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reportgen.analysis import figures, portfolio, principal, scenarios
from reportgen.analysis.assumptions import Departure
from reportgen.analysis.outlook import Outlook
from reportgen.analysis.principal import PrincipalRange
from reportgen.analysis.scenarios import Path, Start
from reportgen.store.dataset import Dataset


@dataclass(frozen=True, slots=True)
class Comparison:
    """A baseline's path, those of its alternatives, and our own projection of principal."""

    baseline: Path
    alternatives: Mapping[Departure, Path]
    principal: PrincipalRange | None

    @property
    def paths(self) -> tuple[Path, ...]:
        """All of them, the baseline first."""
        return (self.baseline, *self.alternatives.values())


def compare(data: Dataset, outlook: Outlook) -> Comparison | None:
    """The paths that may be told; None before a scenario's date and once its horizon is reached.

    InputError when a scenario leads to what cannot be.
    """
    told = outlook.scenarios(data.as_of)
    if told is None:
        return None
    start, projected = start_of(data), principal.projection(data)
    baseline, alternatives = told
    if start.day >= baseline.horizon:
        return None
    paths = {
        own.id: scenarios.path(own, start, scenarios.principal_of(own, projected))
        for own in (baseline, *alternatives.values())
    }
    departures = {kind: paths[own.id] for kind, own in sorted(alternatives.items())}
    return Comparison(paths[baseline.id], departures, projected)


def start_of(data: Dataset) -> Start:
    """The newest H.4.1 week, with SOMA of that week and the free float of the newest month-end."""
    week = figures.latest(data, "reserve_balances")
    return Start(
        day=week.date,
        reserves=week.value,
        tga=figures.on_or_before(data, "tga_level", week.date).value,
        bills=portfolio.holding(data, ("soma_bills",), week.date).value,
        coupons=portfolio.holding(data, portfolio.COUPONS, week.date).value,
        agency=portfolio.holding(data, portfolio.AGENCY, week.date).value,
        free_float=portfolio.years_of_bills(data)[-1].end.free,
    )
