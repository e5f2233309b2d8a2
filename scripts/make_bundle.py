"""Writes the bundled snapshot from a folder of observation tables.

    python scripts/make_bundle.py FOLDER

Each table is a CSV with a date column and one or more value columns, named as in TABLES below; the
factor turns its unit into the catalogue's. Administered rates of operations are given by decision
(effective date, rate) and are set on the days on which an operation took place.
"""

from __future__ import annotations

import csv
import sys
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from reportgen.sources.catalogue import CATALOGUE
from reportgen.store import bundle

FIRST, LAST = date(2018, 1, 1), date(2025, 12, 5)
MILLION, BILLION = Decimal(10) ** 6, Decimal(10) ** 9

Row = tuple[date, Decimal]

# series id: table, column, factor
TABLES: dict[str, tuple[str, str, Decimal]] = {
    "total_assets": ("fred_WALCL", "value", MILLION),
    "treasuries_held": ("fred_TREAST", "value", MILLION),
    "mbs_held": ("fred_WSHOMCB", "value", MILLION),
    "tga_level": ("fred_WDTGAL", "value", MILLION),
    "reserve_balances": ("fred_WRESBAL", "value", MILLION),
    "currency_in_circulation": ("fred_WCURCIR", "value", MILLION),
    "on_rrp_accepted": ("fred_RRPONTSYD", "value", BILLION),
    "sofr": ("fred_SOFR", "value", Decimal(1)),
    "tgcr": ("fred_TGCRRATE", "value", Decimal(1)),
    "effr": ("fred_EFFR", "value", Decimal(1)),
    "iorb": ("fred_IORB", "value", Decimal(1)),
    "target_upper": ("fred_DFEDTARU", "value", Decimal(1)),
    "target_lower": ("fred_DFEDTARL", "value", Decimal(1)),
    "srf_accepted": ("nyfed_srf_accepted", "value", BILLION),
    "temporary_repo_accepted": ("nyfed_overnight_repo_accepted", "value", BILLION),
    "soma_total": ("nyfed_soma_summary", "total", Decimal(1)),
    "soma_bills": ("nyfed_soma_summary", "bills", Decimal(1)),
    "soma_notesbonds": ("nyfed_soma_summary", "notesbonds", Decimal(1)),
    "soma_tips": ("nyfed_soma_summary", "tips", Decimal(1)),
    "soma_frn": ("nyfed_soma_summary", "frn", Decimal(1)),
    "soma_mbs": ("nyfed_soma_summary", "mbs", Decimal(1)),
    "soma_cmbs": ("nyfed_soma_summary", "cmbs", Decimal(1)),
    "soma_agencies": ("nyfed_soma_summary", "agencies", Decimal(1)),
    "tga_close": ("dts_tga_close", "value", MILLION),
    "bills_outstanding": ("treasury_mspd_by_class", "bills_total", MILLION),
    "marketable_debt": ("treasury_mspd_by_class", "marketable_total", MILLION),
}

# series id: decisions table, series whose dates it is set on
DECISIONS = {
    "srf_rate": ("fomc_srf_rate", "srf_accepted"),
    "on_rrp_rate": ("fomc_on_rrp_rate", "on_rrp_accepted"),
}

# Small value exercises that the tables count and the operations' notes set apart; they are no use
# of the facilities. FRED restated 2020-02-19 to the exercise alone.
EXERCISES = {
    ("srf_accepted", date(2025, 11, 5)): Decimal(3) * MILLION,
    ("on_rrp_accepted", date(2025, 11, 5)): Decimal(12_700) * MILLION,
    ("on_rrp_accepted", date(2020, 2, 19)): Decimal(5_054) * MILLION,
}

# Rows that belong to another series: the facility's own days are not temporary operations.
KEEP_UNTIL = {"temporary_repo_accepted": date(2021, 7, 28)}


def read_table(folder: Path, table: str, column: str, factor: Decimal) -> Iterator[Row]:
    """The rows of one column within the bundle's dates, in the catalogue's unit."""
    path = folder / f"{table}.csv"
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        date_column = (reader.fieldnames or [""])[0]
        for line in reader:
            day = date.fromisoformat(line[date_column])
            if FIRST <= day <= LAST and line[column] != "":
                # Tables in billions hold the noise of a binary sum below the dollar.
                value = Decimal(line[column]) * factor
                yield day, value.quantize(Decimal(1)) if factor == BILLION else value


def read_decisions(folder: Path, table: str, days: list[date]) -> Iterator[Row]:
    """The rate in effect on each of the given days."""
    with (folder / f"{table}.csv").open(newline="", encoding="utf-8") as file:
        decisions = [
            (date.fromisoformat(line["effective_date"]), Decimal(line["rate_percent"]))
            for line in csv.DictReader(file)
        ]
    effective = [day for day, _ in decisions]
    for day in days:
        yield day, decisions[bisect_right(effective, day) - 1][1]


def main(folder: Path, target: Path = bundle.PATH) -> None:
    """Reads every table and writes the bundle."""
    rows: dict[str, list[Row]] = {}
    for series_id, (table, column, factor) in TABLES.items():
        last = KEEP_UNTIL.get(series_id, LAST)
        rows[series_id] = [
            (day, EXERCISES.get((series_id, day), value))
            for day, value in read_table(folder, table, column, factor)
            if day <= last
        ]
    for series_id, (table, dated_by) in DECISIONS.items():
        days = [day for day, _ in rows[dated_by]]
        rows[series_id] = list(read_decisions(folder, table, days))
    expected = {series.id for series in CATALOGUE if series.bundled}
    if set(rows) != expected:
        raise SystemExit(f"catalogue and tables disagree on {sorted(expected ^ set(rows))}")
    target.write_bytes(bundle.encode(rows, CATALOGUE))
    print(f"{target}: {target.stat().st_size} bytes, {sum(map(len, rows.values()))} rows")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
