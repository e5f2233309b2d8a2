"""The account of reserves as figures: the change and what each driver added to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reportgen.analysis import figures, reserves
from reportgen.analysis.reserves import RESERVES, Account, Basis, Driver
from reportgen.model import Quantity, Unit, quantity
from reportgen.store.dataset import Dataset

MATERIAL_USD = 20 * 10**9
"""What moved reserves by less than ``MATERIAL_USD`` is not worth a clause."""


@dataclass(frozen=True, slots=True)
class Accounted:
    """The change between two H.4.1 weeks; parts are what a driver added (negative: took)."""

    basis: Basis
    start: date
    end: date
    change: Quantity
    change_size: Quantity
    assets: Quantity
    tga: Quantity
    on_rrp: Quantity
    foreign_rrp: Quantity | None
    currency: Quantity
    other: Quantity
    rose: bool
    moved: bool
    main_driver: Driver
    main_is_material: bool

    @property
    def parts(self) -> dict[Driver, Quantity]:
        """The parts that there are, in the order of the account."""
        found = {
            Driver.ASSETS: self.assets,
            Driver.TGA: self.tga,
            Driver.ON_RRP: self.on_rrp,
            Driver.FOREIGN_RRP: self.foreign_rrp,
            Driver.CURRENCY: self.currency,
            Driver.OTHER: self.other,
        }
        return {driver: part for driver, part in found.items() if part is not None}

    @property
    def series(self) -> tuple[str, ...]:
        """The series of reserves, then those of the parts."""
        named = (reserves.SERIES_OF[d] for d in self.parts if d in reserves.SERIES_OF)
        return (RESERVES[self.basis], *named)


def figures_of(data: Dataset, account: Account, change_id: str, prefix: str) -> Accounted:
    """An account with each part a figure ``<prefix>.<driver>``."""
    parts = {d: _part(data, account, f"{prefix}.{d}", d) for d, _ in account.contributions}
    change = figures.change(
        change_id, RESERVES[account.basis], account.start, account.end, figures.ONE_BILLION
    )
    main = account.main_driver
    return Accounted(
        basis=account.basis,
        start=account.start.date,
        end=account.end.date,
        change=change,
        change_size=change.magnitude,
        assets=parts[Driver.ASSETS],
        tga=parts[Driver.TGA],
        on_rrp=parts[Driver.ON_RRP],
        foreign_rrp=parts.get(Driver.FOREIGN_RRP),
        currency=parts[Driver.CURRENCY],
        other=parts[Driver.OTHER],
        rose=account.total > 0,
        moved=abs(account.total) >= MATERIAL_USD,
        main_driver=main,
        main_is_material=abs(account.contribution(main)) >= MATERIAL_USD,
    )


def _part(data: Dataset, account: Account, id: str, driver: Driver) -> Quantity:
    last = account.end.date
    series = reserves.SERIES_OF.get(driver)
    if series is None:
        listed = (reserves.SERIES_OF.get(other) for other, _ in account.contributions)
        named = tuple(name for name in listed if name)
        origins: tuple[str, ...] = (RESERVES[account.basis], *named)
        formula = f"change of {origins[0]} less the parts of {', '.join(named)}"
    else:
        origins = (series,)
        sign = "" if driver is Driver.ASSETS else "-"
        # On a Wednesday without an operation ON RRP is that of the day before.
        at_start, at_end = figures.on_or_before_each(data, series, (account.start.date, last))
        formula = f"{sign}({series}({at_end.date}) - {series}({at_start.date}))"
    return quantity(
        id,
        account.contribution(driver),
        Unit.USD,
        last,
        figures.ONE_BILLION,
        series=origins,
        formula=formula,
    )
