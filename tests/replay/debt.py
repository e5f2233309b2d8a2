"""The Treasury's debt: the monthly statement by class, and the total to the penny by day."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from tests.replay.fiscal_tables import CALENDAR_TYPES, Row, Table, calendar_columns
from tests.replay.history import MILLION, nonmarketable_usd
from tests.replay.market import Market, plain

# Shares of marketable debt in thousandths; notes are what is left beside bills and these.
_MARKETABLE = {
    "Bonds": 165,
    "Treasury Inflation-Protected Securities": 70,
    "Floating Rate Notes": 21,
}
_FEDERAL_FINANCING_BANK_USD = Decimal(4_847 * MILLION)

# Shares of nonmarketable debt in thousandths; the Government Account Series is what is left.
_NONMARKETABLE = {
    "Domestic Series": 4,
    "State and Local Government Series": 13,
    "United States Savings Securities": 19,
    "Other": 1,
}


def _monthly_debt(market: Market) -> list[Row]:
    bills = market.values("bills_outstanding")
    rows: list[Row] = []
    for day, total_usd in market.values("marketable_debt").items():
        if day in bills:
            lines = _debt_lines(bills[day], total_usd)
            for number, (kind, name, public, intragovernmental) in enumerate(lines, start=1):
                rows.append(
                    {
                        "record_date": day.isoformat(),
                        "security_type_desc": kind,
                        "security_class_desc": name,
                        "debt_held_public_mil_amt": plain(public),
                        "intragov_hold_mil_amt": plain(intragovernmental),
                        "total_mil_amt": plain(public + intragovernmental),
                        "src_line_nbr": str(number),
                        **calendar_columns(day),
                    }
                )
    return rows


Line = tuple[str, str, Decimal, Decimal]


def _debt_lines(bills_usd: Decimal, total_usd: Decimal) -> list[Line]:
    """Fourteen lines in millions: type, class, held by the public, held within government.

    Of each marketable class a two-thousandth is held within government, of the Federal Financing
    Bank and the Government Account Series all.
    """
    others = {name: _share(total_usd, part) for name, part in _MARKETABLE.items()}
    known_usd = bills_usd + sum(others.values()) + _FEDERAL_FINANCING_BANK_USD
    marketable = {"Bills": bills_usd, "Notes": total_usd - known_usd, **others}
    lines = [_line("Marketable", name, usd, usd / 2000) for name, usd in marketable.items()]
    bank = _FEDERAL_FINANCING_BANK_USD
    lines.append(_line("Marketable", "Federal Financing Bank", bank, bank))
    all_usd = nonmarketable_usd(total_usd)
    nonmarketable = {name: _share(all_usd, part) for name, part in _NONMARKETABLE.items()}
    series_usd = all_usd - sum(nonmarketable.values())
    rest = [_line("Nonmarketable", name, usd, Decimal(0)) for name, usd in nonmarketable.items()]
    rest.append(_line("Nonmarketable", "Government Account Series", series_usd, series_usd))
    return [
        *lines,
        _total("Total Marketable", lines),
        *rest,
        _total("Total Nonmarketable", rest),
        _total("Total Public Debt Outstanding", [*lines, *rest]),
    ]


def _share(total_usd: Decimal, thousandths: int) -> Decimal:
    return (total_usd * thousandths / 1000).quantize(Decimal("1E2"))


def _line(kind: str, name: str, usd: Decimal, intragovernmental_usd: Decimal) -> Line:
    within = (intragovernmental_usd / MILLION).quantize(Decimal("0.0001"))
    return kind, name, usd / MILLION - within, within


def _total(kind: str, lines: Iterable[Line]) -> Line:
    public, within = Decimal(0), Decimal(0)
    for line in lines:
        public, within = public + line[2], within + line[3]
    return kind, "_", public, within


def _debt_to_penny(market: Market) -> list[Row]:
    """A fifth of the debt is held within government."""
    rows = []
    for day, usd in market.values("public_debt").items():
        within = (usd / 5).quantize(Decimal("0.01"))
        rows.append(
            {
                "record_date": day.isoformat(),
                "debt_held_public_amt": f"{usd - within:.2f}",
                "intragov_hold_amt": f"{within:.2f}",
                "tot_pub_debt_out_amt": f"{usd:.2f}",
                "src_line_nbr": "1",
                **calendar_columns(day),
            }
        )
    return rows


MONTHLY_DEBT = Table(
    {
        "record_date": "DATE",
        "security_type_desc": "STRING",
        "security_class_desc": "STRING",
        "debt_held_public_mil_amt": "CURRENCY0",
        "intragov_hold_mil_amt": "CURRENCY0",
        "total_mil_amt": "CURRENCY0",
        "src_line_nbr": "INTEGER",
        **CALENDAR_TYPES,
    },
    _monthly_debt,
)
DEBT_TO_PENNY = Table(
    {
        "record_date": "DATE",
        "debt_held_public_amt": "CURRENCY",
        "intragov_hold_amt": "CURRENCY",
        "tot_pub_debt_out_amt": "CURRENCY",
        "src_line_nbr": "INTEGER",
        **CALENDAR_TYPES,
    },
    _debt_to_penny,
)
