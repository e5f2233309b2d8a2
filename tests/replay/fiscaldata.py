"""FiscalData of the US Treasury: the query language and the envelope around any of its tables."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from urllib.parse import quote

from tests.replay.answer import Answer, of_csv, of_html, of_json
from tests.replay.auctions import AUCTIONS
from tests.replay.cash_balance import CASH_BALANCE
from tests.replay.debt import DEBT_TO_PENNY, MONTHLY_DEBT
from tests.replay.fiscal_tables import Row, label
from tests.replay.market import Market

Params = Mapping[str, str]

PARAMETERS = ("fields", "filter", "sort", "format", "page[number]", "page[size]")
NUMERIC = ("CURRENCY0", "CURRENCY", "NUMBER", "INTEGER")

_FORMATS = {
    "DATE": "YYYY-MM-DD",
    "CURRENCY0": "$1,000,000",
    "CURRENCY": "$10.20",
    "NUMBER": "10.2",
    "INTEGER": "10",
    "YEAR": "YYYY",
    "QUARTER": "Q",
    "MONTH": "MM",
    "DAY": "DD",
}
_FILTERS = re.compile(r"(\w+):(lte|lt|gte|gt|eq|in):(\(.*?\)(?=,\w+:|$)|[^,]*)(?:,|$)")

_TABLES = {
    "/v1/accounting/dts/operating_cash_balance": CASH_BALANCE,
    "/v1/debt/mspd/mspd_table_1": MONTHLY_DEBT,
    "/v2/accounting/od/debt_to_penny": DEBT_TO_PENNY,
    "/v1/accounting/od/auctions_query": AUCTIONS,
}


@dataclass(frozen=True)
class Refused(Exception):  # noqa: N818
    """A query the documentation answers with 400."""

    parameter: str
    value: str


def answer(market: Market, path: str, params: Params) -> Answer:
    """The answer of a table; 404 for a path that is none, 400 for a query that is wrong."""
    table = _TABLES.get(path)
    if table is None:
        return of_html(404, "Not Found")
    if path not in market.made:
        market.made[path] = table.rows(market)
    types = table.types
    try:
        for name, value in params.items():
            if name not in PARAMETERS:
                raise Refused(name, value)
        rows = _filtered(market.made[path], types, params.get("filter", ""))
        rows = _sorted(rows, types, params.get("sort") or next(iter(types)))
        fields = [name for name in params.get("fields", "").split(",") if name] or list(types)
        for name in fields:
            if name not in types:
                raise Refused("fields", params["fields"])
        rows = _aggregated([{name: row[name] for name in fields} for row in rows], types)
        number, size = _page(params)
    except Refused as refused:
        return of_json(
            {
                "error": "Invalid Query Param",
                "message": f"Invalid query parameter '{refused.parameter}' with value "
                f"'[{refused.value}]'.  For more information please see the documentation.",
            },
            400,
        )
    shown = rows[(number - 1) * size : number * size]
    if params.get("format") == "csv":
        return of_csv(
            "\n".join([",".join(fields), *(",".join(row.values()) for row in shown)]) + "\n"
        )
    return of_json(_envelope(shown, fields, types, len(rows), (number, size)))


def _page(params: Params) -> tuple[int, int]:
    numbers = []
    for name, default in (("page[number]", "1"), ("page[size]", "100")):
        text = params.get(name, default)
        if not text.isdigit() or int(text) < 1:
            raise Refused(name, text)
        numbers.append(int(text))
    return numbers[0], numbers[1]


def _filtered(rows: Sequence[Row], types: Mapping[str, str], text: str) -> list[Row]:
    position = 0
    kept = list(rows)
    while position < len(text):
        found = _FILTERS.match(text, position)
        if found is None or found[1] not in types:
            raise Refused("filter", text)
        name, operator, value = found.groups()
        kept = _kept(kept, name, operator, value, types[name] in NUMERIC)
        position = found.end()
    return kept


def _kept(rows: list[Row], name: str, operator: str, value: str, numeric: bool) -> list[Row]:
    if operator == "in":
        choices = value.removeprefix("(").removesuffix(")").split(",")
        return [row for row in rows if row[name] in choices]
    if operator == "eq":
        return [row for row in rows if row[name] == value]
    wanted = {"lt": (-1,), "lte": (-1, 0), "gt": (1,), "gte": (1, 0)}[operator]
    return [
        row
        for row in rows
        if row[name] != "null" and _compared(row[name], value, numeric) in wanted
    ]


def _compared(left: str, right: str, numeric: bool) -> int:
    if numeric:
        try:
            return int(Decimal(left).compare(Decimal(right)))
        except InvalidOperation:
            raise Refused("filter", right) from None
    return (left > right) - (left < right)


def _sorted(rows: list[Row], types: Mapping[str, str], text: str) -> list[Row]:
    for part in reversed(text.split(",")):
        name = part.removeprefix("-")
        if name not in types:
            raise Refused("sort", text)
        numeric = types[name] in NUMERIC

        def key(row: Row, name: str = name, numeric: bool = numeric) -> tuple[bool, Decimal | str]:
            told = row[name] != "null"
            return told, Decimal(row[name] if told else 0) if numeric else row[name]

        rows = sorted(rows, key=key, reverse=part.startswith("-"))
    return rows


def _aggregated(rows: list[Row], types: Mapping[str, str]) -> list[Row]:
    """Rows alike but for their numbers become one with the sums, as the provider does."""
    if not rows:
        return rows
    numbers = [name for name in rows[0] if types[name] in NUMERIC and name != "src_line_nbr"]
    groups: dict[tuple[str, ...], Row] = {}
    for row in rows:
        key = tuple(value for name, value in row.items() if name not in numbers)
        group = groups.get(key)
        if group is None:
            groups[key] = dict(row)
            continue
        for name in numbers:
            if row[name] != "null":
                before = Decimal(0) if group[name] == "null" else Decimal(group[name])
                group[name] = str(before + Decimal(row[name]))
    return list(groups.values())


def _envelope(
    rows: list[Row],
    fields: list[str],
    types: Mapping[str, str],
    total: int,
    page: tuple[int, int],
) -> dict[str, object]:
    number, size = page
    last = max(1, -(-total // size))

    def link(target: int) -> str:
        return f"&{quote('page[number]')}={target}&{quote('page[size]')}={size}"

    return {
        "data": rows,
        "meta": {
            "count": len(rows),
            "labels": {name: label(name) for name in fields},
            "dataTypes": {name: types[name] for name in fields},
            "dataFormats": {name: _FORMATS.get(types[name], "String") for name in fields},
            "total-count": total,
            "total-pages": last,
        },
        "links": {
            "self": link(number),
            "first": link(1),
            "prev": link(number - 1) if number > 1 else None,
            "next": link(number + 1) if number < last else None,
            "last": link(last),
        },
    }
