"""The market data behind the replay server: the bundled history, and what it lacks by formula.

Values are Decimals in the units of the catalogue (dollars, percent), under the catalogue's ids.
From the bundle's end on every series goes on until the end of February 2026 by the formulas below,
where no real value is known. ``n`` in their explanations is the day's proleptic ordinal, ``k`` the
number of weeks since the bundle's end.
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise

from reportgen.model import Calendar
from reportgen.store import bundle, business_days

BUNDLE_END = date(2025, 12, 5)
LAST_DAY = date(2026, 2, 28)

MILLION = 10**6
BILLION = 10**9
CENT = Decimal("0.01")

SOMA_PARTS = (
    "soma_mbs",
    "soma_cmbs",
    "soma_tips",
    "soma_frn",
    "soma_notesbonds",
    "soma_bills",
    "soma_agencies",
)

Values = dict[date, Decimal]
Table = Mapping[str, Mapping[date, Decimal]]

_RATE_CUT = date(2025, 12, 11)
_RATES_BEFORE = {"iorb": "3.90", "target_upper": "4.00", "target_lower": "3.75"}
_RATES_AFTER = {"iorb": "3.65", "target_upper": "3.75", "target_lower": "3.50"}

# Real results after the bundle's end.
_REAL_SRF_USD = {
    date(2025, 12, 10): MILLION,
    date(2025, 12, 11): MILLION,
    date(2025, 12, 31): 74_600 * MILLION,
}
_REAL_ON_RRP_USD = {date(2025, 12, 11): 2_874 * MILLION, date(2025, 12, 31): 105_993 * MILLION}

_BILL_PURCHASES = ((date(2019, 10, 16), date(2020, 6, 30)), (date(2025, 12, 12), LAST_DAY))


@cache
def table() -> Table:
    """Every series from its first day to the end of February 2026."""
    rows: defaultdict[str, Values] = defaultdict(dict)
    for row in bundle.read().observations:
        rows[row.series][row.date] = Decimal(repr(row.value))
    # Sums of billions left traces beyond the dollar, such as 22,049,999,999.999996.
    for series in ("srf_accepted", "temporary_repo_accepted"):
        rows[series] = {day: Decimal(round(value)) for day, value in rows[series].items()}
    # The bundle counts the small-value exercise of $99m; the day's two operations gave $3m.
    rows["srf_accepted"][date(2025, 11, 5)] = Decimal(3 * MILLION)
    _extend_days(rows)
    _extend_weeks(rows)
    _extend_months(rows)
    _derive_rates(rows)
    _derive_balances(rows)
    rows["bill_purchases"].update(_bill_purchases())
    return {series: dict(sorted(values.items())) for series, values in rows.items()}


def days_between(first: date, last: date) -> Iterator[date]:
    """Every calendar day from the first to the last."""
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(ordinal)


def business_days_between(first: date, last: date, market: Calendar) -> Iterator[date]:
    """The days on which a market is open."""
    return (day for day in days_between(first, last) if business_days.is_business_day(day, market))


def last_business_day(month_end: date) -> date:
    """The Treasury's last working day of a month."""
    return business_days.on_or_before(month_end, Calendar.FED)


def _extend_days(rows: dict[str, Values]) -> None:
    """Days beyond the bundle.

    SOFR = IORB + 0.03 + (n mod 5 - 2) / 100, TGCR = SOFR - 0.03, EFFR = IORB - 0.01;
    standing repo = n mod 4 million, ON RRP = 2 + (n mod 9) / 4 billion;
    TGA = 870 + (37n mod 41) - 20 billion.
    """
    first = BUNDLE_END + timedelta(days=1)
    for day in days_between(first, LAST_DAY):
        set_rates = _RATES_BEFORE if day < _RATE_CUT else _RATES_AFTER
        for series, rate in set_rates.items():
            rows[series][day] = Decimal(rate)
    for day in business_days_between(first, LAST_DAY, Calendar.SIFMA):
        n = day.toordinal()
        rows["sofr"][day] = rows["iorb"][day] + CENT * (3 + n % 5 - 2)
        rows["tgcr"][day] = rows["sofr"][day] - 3 * CENT
        rows["srf_rate"][day] = rows["target_upper"][day]
        rows["on_rrp_rate"][day] = rows["target_lower"][day]
        rows["srf_accepted"][day] = Decimal(_REAL_SRF_USD.get(day, n % 4 * MILLION))
        told = _REAL_ON_RRP_USD.get(day, 2 * BILLION + n % 9 * BILLION // 4)
        rows["on_rrp_accepted"][day] = Decimal(told)
    for day in business_days_between(first, LAST_DAY, Calendar.FED):
        n = day.toordinal()
        rows["effr"][day] = rows["iorb"][day] - CENT
        rows["tga_close"][day] = Decimal((870 + 37 * n % 41 - 20) * BILLION)


def _extend_weeks(rows: dict[str, Values]) -> None:
    """Wednesdays beyond the bundle.

    Bills + 9k billion, MBS - 3.5k billion, CMBS - 10k million, total assets + 6k billion, reserves
    + (3k mod 7 - 3) * 10 billion, currency + k billion; the other SOMA parts stand still.
    """
    steps_usd = {
        "soma_bills": 9 * BILLION,
        "soma_mbs": -3_500 * MILLION,
        "soma_cmbs": -10 * MILLION,
        "treasuries_held": 9 * BILLION,
        "total_assets": 6 * BILLION,
        "currency_in_circulation": BILLION,
    }
    last = date(2025, 12, 3)
    for k in range(1, (LAST_DAY - last).days // 7 + 1):
        day = last + timedelta(weeks=k)
        for series in ("treasuries_held", "total_assets", "currency_in_circulation", *SOMA_PARTS):
            rows[series][day] = rows[series][last] + steps_usd.get(series, 0) * k
        rows["soma_total"][day] = sum((rows[part][day] for part in SOMA_PARTS), Decimal(0))
        mortgages_usd = rows["soma_mbs"][day] + rows["soma_cmbs"][day]
        rows["mbs_held"][day] = round(mortgages_usd / MILLION) * Decimal(MILLION)
        rows["tga_level"][day] = rows["tga_close"][last_business_day(day)]
        swing_usd = (3 * k % 7 - 3) * 10 * BILLION
        rows["reserve_balances"][day] = rows["reserve_balances"][last] + swing_usd


def _extend_months(rows: dict[str, Values]) -> None:
    """Month-ends beyond the bundle: bills + 60 billion, marketable debt + 120 billion a month."""
    last = date(2025, 11, 30)
    for count, (year, month) in enumerate(((2025, 12), (2026, 1), (2026, 2)), start=1):
        day = date(year, month, calendar.monthrange(year, month)[1])
        for series, step in (("bills_outstanding", 60), ("marketable_debt", 120)):
            rows[series][day] = rows[series][last] + count * step * BILLION


def _derive_rates(rows: dict[str, Values]) -> None:
    """Rates and volumes the bundle lacks.

    BGCR lies a quarter of the way from TGCR to SOFR, OBFR a cent below EFFR on every fifth day;
    SOFR's 99th percentile is SOFR + 0.10, its volume 700 + 0.75 * days since 2018 + 10 (n mod 7)
    billion.
    """
    for day, rate in rows["tgcr"].items():
        gap = rows["sofr"].get(day, rate) - rate
        rows["bgcr"][day] = (rate + gap / 4).quantize(CENT)
    for day, rate in rows["effr"].items():
        rows["obfr"][day] = rate - (0 if day.toordinal() % 5 else CENT)
    for day, rate in rows["sofr"].items():
        n = day.toordinal()
        rows["sofr_p99"][day] = rate + 10 * CENT
        billions = 700 + (day - date(2018, 1, 1)).days * 3 // 4 + 10 * (n % 7)
        rows["sofr_volume"][day] = Decimal(billions * BILLION)


def _derive_balances(rows: dict[str, Values]) -> None:
    """Balances the bundle lacks.

    Reserves on Wednesday = week average + (week mod 11 - 5) billion; foreign reverse repo = 300 +
    5 * (week mod 13) billion; inflation compensation of TIPS = Treasuries of the H.4.1 less bills,
    notes, bonds, TIPS and FRN of SOMA; public debt = 1.27 times marketable debt on the last working
    day of a month, a straight line between, three billion less a day before the first.
    """
    for day, value in rows["reserve_balances"].items():
        week = day.toordinal() // 7
        rows["reserve_balances_level"][day] = value + (week % 11 - 5) * BILLION
        rows["foreign_reverse_repo"][day] = Decimal((300 + 5 * (week % 13)) * BILLION)
    for day in rows["soma_total"]:
        wednesday = day + timedelta(days=(2 - day.weekday()) % 7)
        nominal_usd = sum(
            rows[f"soma_{part}"][day] for part in ("bills", "notesbonds", "tips", "frn")
        )
        rows["tips_compensation"][day] = rows["treasuries_held"][wednesday] - nominal_usd
    anchors = {
        last_business_day(month_end): value + nonmarketable_usd(value)
        for month_end, value in rows["marketable_debt"].items()
    }
    marks = sorted(anchors)
    for day in business_days_between(date(2018, 1, 2), marks[0], Calendar.FED):
        rows["public_debt"][day] = anchors[marks[0]] - 3 * BILLION * (marks[0] - day).days
    for left, right in pairwise(marks):
        a_day = (anchors[right] - anchors[left]) / (right - left).days
        for day in business_days_between(left + timedelta(days=1), right, Calendar.FED):
            told = anchors[left] + a_day * (day - left).days
            rows["public_debt"][day] = anchors[right] if day == right else told.quantize(CENT)


def nonmarketable_usd(marketable_usd: Decimal) -> Decimal:
    """Nonmarketable debt beside a given marketable debt: 27 percent, in hundreds of dollars."""
    return (marketable_usd * 27 / 100).quantize(Decimal("1E2"))


def _bill_purchases() -> Iterator[tuple[date, Decimal]]:
    """Accepted purchases of bills on Tuesdays and Fridays: 7.5 billion dollars in 2019 and 2020,
    4 + n mod 5 billion from the first day of reserve management, 2025-12-12.
    """
    for first, last in _BILL_PURCHASES:
        for day in business_days_between(first, last, Calendar.SIFMA):
            if day.weekday() in (1, 4):
                told_usd = (
                    7_500 * MILLION if day.year < 2025 else (4 + day.toordinal() % 5) * BILLION
                )
                yield day, Decimal(told_usd)
