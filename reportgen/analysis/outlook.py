"""The outlook file: views and scenarios, told with their author and never before their date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from reportgen import config_files
from reportgen.analysis.assumptions import Departure, Scenario, check_alternatives, departure
from reportgen.config_files import Strict
from reportgen.model import Reference


class ViewKind(StrEnum):
    """What a view says; one sentence each in the section templates."""

    RESERVES_AT_YEAR_END = "reserves_at_year_end"
    RESERVE_MANAGEMENT_PURCHASES = "reserve_management_purchases"
    MBS_PRINCIPAL_INTO_BILLS = "mbs_principal_into_bills"
    RESERVES_TO_EXCEED = "reserves_to_exceed"
    NET_BILL_ISSUANCE = "net_bill_issuance"
    FED_BILL_PURCHASES = "fed_bill_purchases"
    BILLS_LEFT_FOR_OTHERS = "bills_left_for_others"
    SLOWEST_FREE_FLOAT_SINCE = "slowest_free_float_since"
    COLLATERAL_REALLOCATION = "collateral_reallocation"
    FAIR_VALUE_GAP = "fair_value_gap"
    READING_STRUCTURAL = "reading_structural"
    READING_FRICTION = "reading_friction"
    FORWARDS_EASE = "forwards_ease"
    ANCHOR_AT_IORB = "anchor_at_iorb"
    IORB_CUT_UNLIKELY = "iorb_cut_unlikely"
    SRF_TERMS_UNLIKELY = "srf_terms_unlikely"
    APRIL_TEST = "april_test"
    TREASURY_BORROWING = "treasury_borrowing"


_UNITS: dict[ViewKind, str] = {
    ViewKind.RESERVES_AT_YEAR_END: "usd_bn",
    ViewKind.RESERVE_MANAGEMENT_PURCHASES: "usd_bn_per_month",
    ViewKind.MBS_PRINCIPAL_INTO_BILLS: "usd_bn_per_month",
    ViewKind.RESERVES_TO_EXCEED: "usd_bn",
    ViewKind.NET_BILL_ISSUANCE: "usd_bn",
    ViewKind.FED_BILL_PURCHASES: "usd_bn",
    ViewKind.BILLS_LEFT_FOR_OTHERS: "usd_bn",
    ViewKind.SLOWEST_FREE_FLOAT_SINCE: "year",
    ViewKind.FAIR_VALUE_GAP: "basis_point",
    ViewKind.TREASURY_BORROWING: "usd_bn",
}


class View(Strict):
    """``[[view]]``: one view of one author."""

    id: str
    kind: ViewKind
    who: dict[str, str]
    published: date
    horizon: date
    value: float | None = None
    unit: Literal["usd_bn", "usd_bn_per_month", "basis_point", "year"] | None = None
    starts: date | None = None
    url: str = Field(pattern=r"^https?://")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.horizon < self.published:
            raise ValueError(f"{self.id}: the horizon lies before the view was published")
        expected = _UNITS.get(self.kind)
        if self.unit != expected:
            raise ValueError(f"{self.id}: a view of kind {self.kind} has unit {expected}")
        if (self.value is None) != (self.unit is None):
            raise ValueError(f"{self.id}: value and unit stand together")
        if (self.starts is None) == (self.unit == "usd_bn_per_month"):
            raise ValueError(f"{self.id}: monthly amounts, and only they, have `starts`")
        return self

    @property
    def months(self) -> int:
        """Over how many months of its horizon's year a monthly amount counts."""
        if self.starts is None:
            raise ValueError(f"{self.id} is no monthly amount")
        return 12 * (self.horizon.year - self.starts.year) + (
            self.horizon.month - self.starts.month + 1
        )


class Outlook(Strict):
    """All of the outlook file."""

    view: tuple[View, ...] = ()
    scenario: tuple[Scenario, ...] = ()

    @model_validator(mode="after")
    def _arithmetic(self) -> Self:
        ids = [*(view.id for view in self.view), *(own.id for own in self.scenario)]
        if len(set(ids)) != len(ids):
            raise ValueError("two views or scenarios have the same id")
        for day in sorted({view.published for view in self.view}):
            check_arithmetic(self.view, day)
        views = {view.id: view for view in self.view}
        for scenario in self.scenario:
            check_rests(scenario, views)
        check_alternatives(self.scenario)
        return self

    def references(self) -> dict[str, Reference]:
        """Every view and scenario by its id, for the annex."""
        views = {
            v.id: Reference(v.id, v.published, v.url, tuple(sorted(v.who.items())))
            for v in self.view
        }
        return views | {s.id: s.reference for s in self.scenario}

    def scenarios(self, day: date) -> tuple[Scenario, dict[Departure, Scenario]] | None:
        """The newest baseline that may be told on a day, and its alternatives; None without one."""
        told = [s for s in self.scenario if s.published <= day <= s.horizon]
        baselines = sorted((s.published, s.id) for s in told if not s.instead_of)
        if not baselines:
            return None
        baseline = next(s for s in told if s.id == baselines[-1][1])
        others = [s for s in told if s.instead_of == baseline.id]
        return baseline, {departure(other, baseline): other for other in others}

    def visible(self, day: date) -> dict[ViewKind, View]:
        """The newest view of each kind that is public on a day and within its horizon."""
        return _newest(self.view, day)


def _newest(views: Iterable[View], day: date) -> dict[ViewKind, View]:
    found: dict[ViewKind, View] = {}
    for view in sorted(views, key=lambda v: (v.published, v.id)):
        if view.published <= day <= view.horizon:
            found[view.kind] = view
    return found


def check_arithmetic(views: Iterable[View], day: date) -> None:
    """Raises ValueError when views of one author that are told together do not add up.

    Half a billion US dollars is rounding.
    """
    told = _newest(views, day)
    issuance = told.get(ViewKind.NET_BILL_ISSUANCE)
    purchases = told.get(ViewKind.FED_BILL_PURCHASES)
    left = told.get(ViewKind.BILLS_LEFT_FOR_OTHERS)
    if issuance and purchases and left and issuance.who == purchases.who == left.who:
        _agree(left, _value(issuance) - _value(purchases), "net issuance less Fed purchases")
    monthly = [
        told[kind]
        for kind in (ViewKind.RESERVE_MANAGEMENT_PURCHASES, ViewKind.MBS_PRINCIPAL_INTO_BILLS)
        if kind in told
    ]
    if purchases and len(monthly) == 2 and all(v.who == purchases.who for v in monthly):
        total = sum(view.months * _value(view) for view in monthly)
        _agree(purchases, total, "the months times the monthly amounts")


def _value(view: View) -> float:
    if view.value is None:
        raise ValueError(f"{view.id} has no value")
    return view.value


def _agree(view: View, computed: float, how: str) -> None:
    if abs(_value(view) - computed) > 0.5:
        raise ValueError(f"{view.id} says {view.value:g}, but {how} is {computed:g}")


def check_rests(scenario: Scenario, views: Mapping[str, View]) -> None:
    """Raises ValueError when a scenario contradicts a view that it says it rests on.

    Half a billion US dollars is rounding.
    """
    for id in scenario.rests_on:
        view = views.get(id)
        if view is None:
            raise ValueError(f"scenario {scenario.id}: rests on {id}, which is no view")
        if view.published > scenario.published:
            raise ValueError(f"scenario {scenario.id}: rests on {id}, which was published later")
        against = f"scenario {scenario.id}: contradicts {id}, on which it rests:"
        assumed = _assumed(scenario, view.horizon.year)
        if view.kind in assumed:
            told = assumed[view.kind]
            if told is None or abs(told - _value(view)) > 0.5:
                here = "not stated" if told is None else f"{told:g}"
                raise ValueError(f"{against} {view.kind} is {view.value:g} there and {here} here")
        monthly = view.kind is ViewKind.RESERVE_MANAGEMENT_PURCHASES
        if monthly and view.starts != scenario.purchases_start:
            here = f"on {scenario.purchases_start}"
            raise ValueError(f"{against} purchases start on {view.starts} there and {here} here")


def _assumed(scenario: Scenario, year: int) -> dict[ViewKind, float | None]:
    """A scenario's figures by the kind of view they answer to; None where it states none."""
    mbs = None if isinstance(scenario.mbs_usd_bn_per_month, str) else scenario.mbs_usd_bn_per_month
    issuance = scenario.net_bill_issuance_usd_bn.get(year)
    outright = sum(scenario.purchases_usd(year, month) for month in range(1, 13)) / 10**9
    purchases = None if mbs is None else outright + 12 * mbs
    left = None if issuance is None or purchases is None else issuance - purchases
    return {
        ViewKind.RESERVE_MANAGEMENT_PURCHASES: scenario.purchases_usd_bn_per_month,
        ViewKind.MBS_PRINCIPAL_INTO_BILLS: mbs,
        ViewKind.NET_BILL_ISSUANCE: issuance,
        ViewKind.FED_BILL_PURCHASES: purchases,
        ViewKind.BILLS_LEFT_FOR_OTHERS: left,
    }


def load(path: Path) -> Outlook:
    """The outlook file; InputError with the view when it is malformed or does not add up."""
    return config_files.read(path, Outlook)
