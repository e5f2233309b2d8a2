"""The New York Fed's Markets Data: operations, reference rates, SOMA, outright purchases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from reportgen.model import Calendar
from reportgen.store import business_days
from tests.replay import operations
from tests.replay.answer import Answer, of_html, of_json
from tests.replay.history import (
    BILLION,
    CENT,
    SOMA_PARTS,
    business_days_between,
)
from tests.replay.market import Market, plain
from tests.replay.operation_rows import IDS_FROM_25

FIRST_DAY = date(2018, 1, 1)

Params = Mapping[str, str]
Row = dict[str, Any]

# Percentiles by their distance from the rate, in cents: secured markets spread wider.
_SECURED_SPREADS = {"1": -6, "25": -1, "75": 2, "99": 10}
_UNSECURED_SPREADS = {"1": -3, "25": -1, "75": 0, "99": 2}

# Volumes as whole billions out of SOFR's (secured) and of the day (unsecured).
_VOLUMES: dict[str, Callable[[date, int], int]] = {
    "sofr": lambda day, sofr_bn: sofr_bn,
    "tgcr": lambda day, sofr_bn: sofr_bn * 2 // 5,
    "bgcr": lambda day, sofr_bn: sofr_bn * 2 // 5 + 30,
    "effr": lambda day, sofr_bn: 80 + day.toordinal() % 40,
    "obfr": lambda day, sofr_bn: 180 + day.toordinal() % 40,
}

_COLUMNS = ("mbs", "cmbs", "tips", "frn", "tipsInflationCompensation", "notesbonds", "bills")
_COLUMNS_OF_PARTS = {f"soma_{column}": column for column in (*_COLUMNS, "agencies")}


def answer(market: Market, path: str, params: Params) -> Answer:
    """The answer to a path of the New York Fed; 400 for one it does not have."""
    parts = path.strip("/").split("/")
    match parts:
        case ["api", "rp", "results", "search.json"]:
            return of_json({"repo": {"operations": _operations(market, params)}})
        case ["api", "rates", "secured", ("sofr" | "tgcr" | "bgcr") as rate, "search.json"]:
            return of_json({"refRates": _rates(market, rate, params)})
        case ["api", "rates", "unsecured", ("effr" | "obfr") as rate, "search.json"]:
            return of_json({"refRates": _rates(market, rate, params)})
        case ["api", "soma", "summary.json"]:
            return of_json({"soma": {"summary": _soma(market)}})
        case ["api", "soma", "asofdates", "latest.json"]:
            dates = [row["asOfDate"] for row in _soma(market)[-1:]]
            return of_json({"soma": {"asOfDates": dates}})
        case ["api", "tsy", "purchases", "results", "summary", "search.json"]:
            return of_json({"treasury": {"auctions": _purchases(market, params)}})
    return of_html(400, "Bad Request")


def _range(market: Market, params: Params) -> tuple[date, date]:
    """The days asked for; both ends default to the current day."""
    first = date.fromisoformat(params.get("startDate", market.today.isoformat()))
    last = date.fromisoformat(params.get("endDate", market.today.isoformat()))
    return first, last


def _operations(market: Market, params: Params) -> list[Row]:
    by_day: dict[date, list[Row]] = market.made.setdefault("operations", {})
    first, last = _range(market, params)
    first, last = max(first, FIRST_DAY), min(last, market.last_day)
    rows: list[Row] = []
    for day in reversed(list(business_days_between(first, last, Calendar.SIFMA))):
        if day not in by_day:
            by_day[day] = operations.on_day(market, day)
        rows += by_day[day]
    return rows


def _rates(market: Market, name: str, params: Params) -> list[Row]:
    kind = params.get("type")
    first, last = _range(market, params)
    rates = market.values(name)
    return [
        _rate_row(market, name, day, rates[day], kind)
        for day in sorted(rates, reverse=True)
        if first <= day <= last
    ]


def _rate_row(market: Market, name: str, day: date, rate: Decimal, kind: str | None) -> Row:
    row: Row = {"effectiveDate": day.isoformat(), "type": name.upper()}
    secured = name in ("sofr", "tgcr", "bgcr")
    if kind != "volume":
        row["percentRate"] = float(rate)
        for level, cents in (_SECURED_SPREADS if secured else _UNSECURED_SPREADS).items():
            row[f"percentPercentile{level}"] = float(rate + cents * CENT)
        if name == "sofr" and day in market.values("sofr_p99"):
            row["percentPercentile99"] = float(market.values("sofr_p99")[day])
        if not secured:
            row["targetRateFrom"] = float(market.values("target_lower")[day])
            row["targetRateTo"] = float(market.values("target_upper")[day])
    if kind != "rate":
        # TGCR starts a day before SOFR.
        sofr_usd = market.values("sofr_volume").get(day, Decimal(789 * BILLION))
        row["volumeInBillions"] = _VOLUMES[name](day, int(sofr_usd / BILLION))
    row["revisionIndicator"] = "r" if market.is_revised(name, day) else ""
    return row


def _soma(market: Market) -> list[Row]:
    """The weekly summary; FRN is left empty from 2026 on and to be had as the residual."""
    parts = {part: market.values(part) for part in SOMA_PARTS}
    compensation = market.values("tips_compensation")
    rows = []
    for day, total in market.values("soma_total").items():
        if not all(day in values for values in parts.values()):
            continue
        told = {_COLUMNS_OF_PARTS[part]: plain(values[day]) for part, values in parts.items()}
        if day.year >= 2026:
            told["frn"] = ""
        told["mbs"] = f"{parts['soma_mbs'][day]:.2f}"
        told["tipsInflationCompensation"] = plain(compensation[day])
        ordered = {column: told[column] for column in (*_COLUMNS, "agencies")}
        rows.append({"asOfDate": day.isoformat(), **ordered, "total": f"{total:.2f}"})
    return rows


def _purchases(market: Market, params: Params) -> list[Row]:
    if params.get("securityType", "treasury") != "treasury":
        return []
    if "purchases" not in market.made:
        market.made["purchases"] = sorted(
            _bill_purchases(market) + _coupon_purchases(market),
            key=lambda row: (row["operationDate"], row["operationId"]),
            reverse=True,
        )
    first, last = (day.isoformat() for day in _range(market, params))
    rows: list[Row] = market.made["purchases"]
    return [row for row in rows if first <= row["operationDate"] <= last]


def _bill_purchases(market: Market) -> list[Row]:
    return [
        _purchase(day, "Outright Bill Purchase", 1, int(told_usd), (30, 120))
        for day, told_usd in market.values("bill_purchases").items()
    ]


def _coupon_purchases(market: Market) -> list[Row]:
    """The purchases of 2020 to 2022: 3 + n mod 4 billion dollars of notes and bonds a day."""
    return [
        _purchase(
            day, "Outright Coupon Purchase", 2, (3 + day.toordinal() % 4) * BILLION, (800, 1600)
        )
        for day in business_days_between(date(2020, 3, 13), date(2022, 3, 9), Calendar.SIFMA)
        if day <= market.last_day
    ]


def _purchase(
    day: date, kind: str, number: int, told_usd: int, maturity_days: tuple[int, int]
) -> Row:
    """A purchase; four times the accepted amount is submitted."""
    settles = business_days.shift(day, 1, Calendar.SIFMA)
    first, last = (settles + timedelta(days=count) for count in maturity_days)
    number += 24 if day >= IDS_FROM_25 else 0
    return {
        "operationId": f"OR {day:%m%d%y} {number}",
        "auctionStatus": "Results",
        "operationType": kind,
        "operationDate": day.isoformat(),
        "settlementDate": settles.isoformat(),
        "maturityRangeStart": first.isoformat(),
        "maturityRangeEnd": last.isoformat(),
        "operationDirection": "P",
        "auctionMethod": "Multiple Price",
        "releaseTime": "09:00",
        "closeTime": "09:20",
        "totalParAmtSubmitted": str(4 * told_usd),
        "totalParAmtAccepted": str(told_usd),
        "note": "",
        "lastUpdated": f"{day} 09:20:55",
    }
