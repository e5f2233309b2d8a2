"""What every section computes from, and the two kinds of figure that come from editors' files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from reportgen.analysis import fair_value, strained_days
from reportgen.analysis.calendar import CalendarFile
from reportgen.analysis.comparison import Comparison, compare
from reportgen.analysis.fair_value import FairValue, Fit
from reportgen.analysis.outlook import Outlook, View, ViewKind
from reportgen.analysis.policy import BalanceSheetView, Policy, balance_sheet_view
from reportgen.model import Quantity, Unit, quantity
from reportgen.store.dataset import Dataset


@dataclass(frozen=True)
class Inputs:
    """The as-of view of the data and the dated facts beside it; ``fit`` may be another process.

    ``previous`` is the same for the brief of seven days before, None where that cannot be made.
    """

    data: Dataset
    policy: Policy
    calendar: CalendarFile
    outlook: Outlook
    previous: Inputs | None = None
    fit: Fit = fair_value.fit_all

    @property
    def as_of(self) -> date:
        """The day whose end the brief describes."""
        return self.data.as_of

    @cached_property
    def balance_sheet(self) -> BalanceSheetView:
        """The policy timeline as that day sees it."""
        return balance_sheet_view(self.policy, self.as_of)

    @cached_property
    def fair_value(self) -> FairValue | None:
        """The model of SOFR and TGCR, None where there are too few days for one."""
        return fair_value.estimate(self.data, self.calendar.h41_releases, self.fit)

    @cached_property
    def days(self) -> strained_days.History:
        """The days of two years, each with its kind, use of the facility and spread of SOFR."""
        return strained_days.history(self.data)

    @cached_property
    def views(self) -> Mapping[ViewKind, View]:
        """The views that may be told that day."""
        return self.outlook.visible(self.as_of)

    @cached_property
    def scenarios(self) -> Comparison | None:
        """Where the scenarios that may be told that day lead; None when there are none."""
        return compare(self.data, self.outlook)


@dataclass(frozen=True, slots=True)
class ToldView:
    """A view as a template tells it; ``who`` by language tag, ``figure`` where it states one."""

    id: str
    who: tuple[tuple[str, str], ...]
    published: date
    horizon: date
    starts: date | None
    figure: Quantity | None


_UNITS = {
    "usd_bn": (Unit.USD, 10**9, "1E+9"),
    "usd_bn_per_month": (Unit.USD_PER_MONTH, 10**9, "1E+9"),
    "basis_point": (Unit.BASIS_POINT, 1, "1"),
}


def tell(section: str, view: View) -> ToldView:
    """A view of the outlook file as a section tells it."""
    figure = None
    if view.value is not None and view.unit in _UNITS:
        unit, factor, quantum = _UNITS[view.unit]
        figure = quantity(
            f"{section}.view.{view.id}",
            view.value * factor,
            unit,
            view.published,
            quantum,
            formula=f"outlook: {view.id}",
            references=(view.id,),
        )
    return ToldView(
        view.id, tuple(sorted(view.who.items())), view.published, view.horizon, view.starts, figure
    )


def told(inputs: Inputs, section: str, kind: ViewKind) -> ToldView | None:
    """The view of a kind, None when nobody holds one that day."""
    view = inputs.views.get(kind)
    return tell(section, view) if view else None


def policy_amount(id: str, amount_usd_bn: float, entry: str, effective: date) -> Quantity:
    """A monthly amount of the policy timeline."""
    return quantity(
        id,
        amount_usd_bn * 10**9,
        Unit.USD_PER_MONTH,
        effective,
        "1E+8",
        formula=f"policy: {entry}",
        references=(entry,),
    )
