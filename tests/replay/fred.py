"""FRED and ALFRED: the API with its key and vintages, and the keyless CSV of the graphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from reportgen.clock import NEW_YORK
from tests.replay import history
from tests.replay.answer import Answer, of_csv, of_html, of_json
from tests.replay.fred_lines import LINES, RESERVES_IN_MILLIONS, SHORT_UNITS, Line, told, units_of
from tests.replay.market import Market, Revision, published_at
from tests.replay.rows import zipped

Params = Mapping[str, str]

# The only key the server knows; of the form FRED's keys have.
API_KEY = "0123456789abcdef0123456789abcdef"

FIRST_REALTIME, LAST_REALTIME = date(1776, 7, 4), date(9999, 12, 31)
MAX_LIMIT = 100_000


def answer_api(market: Market, path: str, params: Params) -> Answer:
    """The answer of the API."""
    if path not in ("/fred/series/observations", "/fred/series"):
        return of_html(404, "Not Found")
    if params.get("api_key") != API_KEY:
        return _refused("The value for variable api_key is not registered.")
    line = LINES.get(params.get("series_id", ""))
    if line is None:
        return _refused("The series does not exist.")
    if params.get("file_type") != "json":
        return Answer(200, "text/xml; charset=UTF-8", b'<?xml version="1.0" encoding="utf-8" ?>\n')
    if path == "/fred/series":
        return of_json(_about(market, line, params))
    limit = params.get("limit", str(MAX_LIMIT))
    if not limit.isdigit() or not 1 <= int(limit) <= MAX_LIMIT:
        return _refused("Variable limit is not between 1 and 100000.")
    return of_json(_observations(market, line, params, int(limit)))


def answer_graph(market: Market, path: str, params: Params) -> Answer:
    """The answer of ``fredgraph.csv``; a vintage asked for is ignored."""
    lines = [LINES.get(name) for name in params.get("id", "").split(",")]
    known = [line for line in lines if line is not None]
    if path != "/graph/fredgraph.csv" or len(known) < len(lines):
        return of_html(404, "Error - St. Louis Fed")
    groups: dict[str, list[Line]] = {}
    for line in known:
        groups.setdefault(line.frequency, []).append(line)
    tables = {
        frequency: _csv(
            [line.id for line in group],
            [dict(_rows(market, line, params.get("cosd"), params.get("coed"))) for line in group],
        )
        for frequency, group in groups.items()
    }
    if len(tables) == 1:
        return of_csv(next(iter(tables.values())))
    return Answer(200, "application/zip", zipped(tables))


def answer_vintage(market: Market, path: str, params: Params) -> Answer:
    """The answer of ``alfredgraph.csv``: the column of one vintage, today's by default."""
    line = LINES.get(params.get("id", ""))
    if path != "/graph/alfredgraph.csv" or line is None:
        return of_html(404, "Error - St. Louis Fed")
    vintage = _day(params.get("vintage_date"), market.today)
    rows = _rows(market, line, params.get("cosd"), params.get("coed"), vintage)
    return of_csv(_csv([f"{line.id}_{vintage:%Y%m%d}"], [dict(rows)]))


def _day(text: str | None, default: date) -> date:
    return date.fromisoformat(text) if text else default


def _refused(why: str) -> Answer:
    body = {"error_code": 400, "error_message": f"Bad Request.  {why}"}
    return of_json(body, 400, "text/xml; charset=UTF-8")


def _csv(names: list[str], columns: list[dict[date, str]]) -> str:
    days = sorted({day for column in columns for day in column})
    lines = [",".join(["observation_date", *names])]
    lines += [",".join([f"{day}", *(column.get(day, "") for column in columns)]) for day in days]
    return "\n".join(lines) + "\n"


def _rows(
    market: Market, line: Line, first: str | None, last: str | None, vintage: date | None = None
) -> Iterator[tuple[date, str]]:
    """Dates and texts of a series, empty on holidays; as of the end of a vintage day if asked."""
    values = market.values(line.series)
    vintage = vintage if vintage is not None and vintage < market.today else None
    known = {
        day: value if vintage is None else _known_on(market.vintages(line.series, day), vintage)
        for day, value in values.items()
        if vintage is None or _is_out(line.series, day, vintage)
    }
    start, end = _day(first, FIRST_REALTIME), _day(last, LAST_REALTIME)
    for day in _dates(line, known):
        if start <= day <= end:
            value = known.get(day)
            yield day, "" if value is None else told(line, value, vintage or market.today)


def _dates(line: Line, known: Mapping[date, Decimal]) -> Iterable[date]:
    if not known or not line.weekdays:
        return known
    days = history.days_between(min(known), max(known))
    return [day for day in days if day.weekday() < 5]


def _is_out(series_id: str, day: date, vintage: date) -> bool:
    return published_at(series_id, day).astimezone(NEW_YORK).date() <= vintage


def _known_on(vintages: list[Revision], vintage: date) -> Decimal:
    return next(told.value for told in reversed(vintages) if told.on <= vintage)


def _about(market: Market, line: Line, params: Params) -> dict[str, Any]:
    days = list(market.values(line.series))
    realtime = params.get("realtime_start", market.today.isoformat())
    units = units_of(line, date.fromisoformat(realtime))
    updated = datetime.combine(market.today, datetime.min.time())
    return {
        "realtime_start": realtime,
        "realtime_end": params.get("realtime_end", realtime),
        "seriess": [
            {
                "id": line.id,
                "realtime_start": realtime,
                "realtime_end": params.get("realtime_end", realtime),
                "title": line.id,
                "observation_start": min(days).isoformat(),
                "observation_end": max(days).isoformat(),
                "frequency": line.frequency,
                "frequency_short": line.frequency[0],
                "units": units,
                "units_short": SHORT_UNITS[units],
                "seasonal_adjustment": "Not Seasonally Adjusted",
                "seasonal_adjustment_short": "NSA",
                "last_updated": f"{updated:%Y-%m-%d} 15:36:02-06",
                "popularity": 80,
                "notes": "",
            }
        ],
    }


def _observations(market: Market, line: Line, params: Params, limit: int) -> dict[str, Any]:
    start = _day(params.get("realtime_start"), market.today)
    end = _day(params.get("realtime_end"), max(start, market.today))
    first, last = params.get("observation_start"), params.get("observation_end")
    if start == end:
        span = {"realtime_start": f"{start}", "realtime_end": f"{end}"}
        rows = [
            {**span, "date": f"{day}", "value": text or "."}
            for day, text in _rows(market, line, first, last, start)
        ]
    else:
        rows = [
            {
                "realtime_start": f"{since}",
                "realtime_end": f"{until}",
                "date": f"{day}",
                "value": text,
            }
            for day, since, until, text in _intervals(market, line, (start, end))
            if _day(first, FIRST_REALTIME) <= day <= _day(last, LAST_REALTIME)
        ]
    order = params.get("sort_order", "asc")
    if order == "desc":
        rows.reverse()
    offset = int(params.get("offset", "0"))
    return {
        "realtime_start": f"{start}",
        "realtime_end": f"{end}",
        "observation_start": first or f"{FIRST_REALTIME}",
        "observation_end": last or f"{LAST_REALTIME}",
        "units": "lin",
        "output_type": 1,
        "file_type": "json",
        "order_by": "observation_date",
        "sort_order": order,
        "count": len(rows),
        "offset": offset,
        "limit": limit,
        "observations": rows[offset : offset + limit],
    }


def _intervals(
    market: Market, line: Line, asked: tuple[date, date]
) -> Iterator[tuple[date, date, date, str]]:
    """A row for each value and the days on which it was the newest: day, since, until, value.

    The change of reserve balances to millions makes a new value of every earlier one.
    """
    values = market.values(line.series)
    for day in _dates(line, values):
        if day not in values:
            yield day, max(day, asked[0]), asked[1], "."
            continue
        vintages = market.vintages(line.series, day)
        if line.id == "WRESBAL" and vintages[0].on < RESERVES_IN_MILLIONS:
            value = _known_on(vintages, RESERVES_IN_MILLIONS)
            vintages.append(Revision(RESERVES_IN_MILLIONS, value))
            vintages.sort(key=lambda revision: revision.on)
        ends = [after.on - timedelta(days=1) for after in vintages[1:]] + [LAST_REALTIME]
        for vintage, until in zip(vintages, ends, strict=True):
            if vintage.on <= asked[1] and until >= max(asked[0], vintage.on):
                text = told(line, vintage.value, vintage.on)
                yield day, max(vintage.on, asked[0]), min(until, asked[1]), text
