"""The New York Fed's repo and reverse repo operations, a list of rows for each day.

Days that were recorded are told as recorded. On every other day the accepted amounts of the history
are shared out by the formulas below; collateral parts sum to the operation's total, operations to
the day's amount. Small-value exercises and term operations come on top of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

from reportgen.clock import at_new_york
from tests.replay.history import BILLION, CENT, MILLION
from tests.replay.market import Market
from tests.replay.operation_rows import (
    FULL_ALLOTMENT,
    IDS_FROM_25,
    TWO_A_DAY,
    Row,
    exercise_repo,
    exercise_reverse_repo,
    repo,
    reverse_repo,
    split_out_on,
)

PAYLOADS = Path(__file__).parents[1] / "fixtures" / "payloads"

# Technical exercises in the morning before it became daily.
MORNING_EXERCISES = frozenset(
    date.fromisoformat(day)
    for day in (
        *("2024-12-30", "2024-12-31", "2025-01-02", "2025-01-03"),
        *("2025-03-27", "2025-03-28", "2025-03-31", "2025-04-01", "2025-04-02"),
    )
)

# Morning awards that are known; elsewhere two fifths of the day from ten million dollars on.
MORNING_USD = {date(2025, 12, 1): 25 * BILLION}

SRF_LIMIT_USD = 500 * BILLION
TERM_REPO_USD = 30 * BILLION

_RECORDED = {
    "nyfed_rp_results_search_2020-02-19_sve.json": ("2020-02-19",),
    "nyfed_rp_results_search_2021-09-03_rewritten.json": ("2021-09-03",),
    "nyfed_rp_results_search_2025_excerpt.json": (
        *("2025-10-31", "2025-11-05", "2025-12-11", "2025-12-31"),
    ),
}
_LIMIT_NOTE = (
    "Today's afternoon SRF operation will have an aggregate operation limit of ${left} billion, "
    "which is $500 billion less the amount of total accepted propositions in this morning's SRF "
    "operation."
)


@cache
def recorded_days() -> dict[date, list[Row]]:
    """The days of which every row was recorded."""
    days: dict[date, list[Row]] = {}
    for name, wanted in _RECORDED.items():
        body = json.loads((PAYLOADS / name).read_text(encoding="utf-8"))
        for row in body["repo"]["operations"]:
            if row["operationDate"] in wanted:
                days.setdefault(date.fromisoformat(row["operationDate"]), []).append(row)
    return days


def on_day(market: Market, day: date) -> list[Row]:
    """The rows of a day that are out, in the order of the feed.

    Each operation has its own clock, whatever the rule of the day's sum.
    """
    touched = any(
        market.is_revised(series, day) or day >= market.withheld_from.get(series, date.max)
        for series in ("srf_accepted", "on_rrp_accepted", "srf_rate", "on_rrp_rate")
    )
    recorded = recorded_days().get(day)
    rows = (
        [_without_early_split(row, market.today) for row in recorded]
        if recorded and not touched
        else list(_numbered(day, _made(market, day)))
    )
    shown = [row for row in rows if _closed_at(row) <= market.instant]
    return sorted(shown, key=lambda row: (row.get("releaseTime", ""), _number(row)))


def _closed_at(row: Row) -> datetime:
    closed = at_new_york(
        date.fromisoformat(row["operationDate"]), time.fromisoformat(row["closeTime"])
    )
    return closed + timedelta(minutes=1)


def _number(row: Row) -> int:
    return int(row["operationId"].rsplit(" ", 1)[1])


def _without_early_split(row: Row, today: date) -> Row:
    """Counterparties come out at the end of the quarter after the operation's."""
    day = date.fromisoformat(row["operationDate"])
    if "propositions" not in row or today >= split_out_on(day):
        return row
    return {key: value for key, value in row.items() if key != "propositions"}


def _numbered(day: date, rows: Iterator[Row]) -> Iterator[Row]:
    first = 25 if day >= IDS_FROM_25 else 1
    for number, row in enumerate(rows, start=first):
        yield {"operationId": f"RP {day:%m%d%y} {number}", **row}


def _made(market: Market, day: date) -> Iterator[Row]:
    """The day's operations: standing or temporary repo, ON RRP, exercises, term repo."""
    srf, on_rrp = market.values_to_come("srf_accepted"), market.values_to_come("on_rrp_accepted")
    if day in srf:
        yield from _standing_repo(day, int(srf[day]), market.values_to_come("srf_rate")[day])
        if day in _exercise_days(day.year):
            yield exercise_repo(day, market.values_to_come("srf_rate")[day])
    temporary = market.values_to_come("temporary_repo_accepted").get(day)
    if temporary is not None:
        yield from _temporary_repo(day, int(temporary), market.values_to_come("target_lower")[day])
    if day in on_rrp:
        rate = market.values_to_come("on_rrp_rate")[day]
        yield reverse_repo(day, int(on_rrp[day]), rate, market.today)
        if day in srf and day in _exercise_days(day.year):
            yield exercise_reverse_repo(day, rate, market.today)


@cache
def _exercise_days(year: int) -> frozenset[date]:
    """The first Wednesdays of May and November since 2022; 2025-11-05 is a real one."""
    if year < 2022:
        return frozenset()
    firsts = (date(year, 5, 1), date(year, 11, 1))
    return frozenset(first + timedelta(days=(2 - first.weekday()) % 7) for first in firsts)


def _standing_repo(day: date, told_usd: int, rate: Decimal) -> Iterator[Row]:
    morning_usd = MORNING_USD.get(day, told_usd * 2 // 5 // MILLION * MILLION)
    if day < TWO_A_DAY and day not in MORNING_EXERCISES:
        yield repo(day, ("13:30", "13:45"), told_usd, rate, limit_usd=SRF_LIMIT_USD)
        return
    if told_usd < 10 * MILLION or morning_usd > told_usd:
        morning_usd = 0
    left_usd = SRF_LIMIT_USD - morning_usd
    note = _LIMIT_NOTE.format(left=f"{left_usd / BILLION:.3f}") if day >= TWO_A_DAY else ""
    if day >= FULL_ALLOTMENT:
        note = ""
    elif day >= IDS_FROM_25:
        note = f"<p>{note}</p>"
    clocks = ("08:15", "08:30")
    yield repo(day, clocks, morning_usd, rate, note=note, limit_usd=SRF_LIMIT_USD)
    yield repo(day, ("13:30", "13:45"), told_usd - morning_usd, rate, limit_usd=left_usd)


def _temporary_repo(day: date, told_usd: int, target_lower: Decimal) -> Iterator[Row]:
    """Two operations from 100 billion dollars on; a term operation on Tuesdays and Thursdays."""
    rate = target_lower + 10 * CENT
    second_usd = told_usd // 3 // MILLION * MILLION if told_usd >= 100 * BILLION else 0
    yield repo(day, ("08:15", "08:30"), told_usd - second_usd, rate)
    if second_usd:
        yield repo(day, ("13:30", "13:45"), second_usd, rate)
    if date(2019, 9, 24) <= day < date(2020, 7, 1) and day.weekday() in (1, 3):
        yield repo(day, ("09:30", "09:45"), TERM_REPO_USD, rate, term_days=14)
