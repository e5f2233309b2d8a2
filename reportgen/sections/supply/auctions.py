"""What auctions bring in the coming two weeks, as far as they have been announced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from reportgen.analysis import figures
from reportgen.analysis.calendar import coupon_settlements
from reportgen.model import Quantity, Unit, quantity
from reportgen.sections.inputs import Inputs

AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Announced:
    """Offers in US dollars; ``day`` is that of coupons' settlement or of the last bill auction."""

    amount: Quantity
    day: date


@dataclass(frozen=True, slots=True)
class Auctions:
    """Coupons that settle within two weeks, and bills to be auctioned; either may be None."""

    coupons: Announced | None
    bills: Announced | None


def compute(inputs: Inputs) -> Auctions | None:
    """The auctions ahead of the as-of date; None where the store knows of none."""
    coupons, bills = _coupons(inputs), _bills(inputs)
    return Auctions(coupons, bills) if coupons or bills else None


def _coupons(inputs: Inputs) -> Announced | None:
    """The coupons of the next settlement: those auctioned since the settlement before."""
    day = inputs.as_of
    settlements = [d for year in (day.year - 1, day.year) for d in coupon_settlements(year)]
    before = max(d for d in settlements if d <= day)
    settles = min(d for d in (*settlements, *coupon_settlements(day.year + 1)) if d > day)
    if settles - day > AHEAD:
        return None
    last = settles - timedelta(days=1)
    found = _offered(inputs, "coupons", "coupon_auctions_offered", before, last)
    return Announced(found.amount, settles) if found else None


def _bills(inputs: Inputs) -> Announced | None:
    first = inputs.as_of + timedelta(days=1)
    return _offered(inputs, "bills", "bill_auctions_offered", first, inputs.as_of + AHEAD)


def _offered(
    inputs: Inputs, name: str, series_id: str, first: date, last: date
) -> Announced | None:
    """The offers of auctions held from one day to another, with the day of the last of them."""
    days, amounts = figures.points(inputs.data, series_id, first)
    offers = {d: amount for d, amount in zip(days, amounts, strict=True) if d <= last}
    if not offers:
        return None
    offered = quantity(
        f"supply.auctions.{name}",
        sum(offers.values()),
        Unit.USD,
        inputs.as_of,
        figures.ONE_BILLION,
        series=(series_id,),
        formula=" + ".join(f"{series_id}({held})" for held in offers),
    )
    return Announced(offered, max(offers))
