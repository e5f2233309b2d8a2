"""The history of a series as a file: one for all languages, every value unrounded."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

from reportgen.charts import table
from reportgen.model import History


def path_of(series_id: str) -> str:
    """Where the file stands, counted from the root of the site."""
    return f"data/series/{series_id}.csv"


def to_csv(history: History) -> bytes:
    """``date`` and the series with its unit, such as ``sofr_percent``; money in US dollars."""
    series = history.series
    rows = [f"date,{series.id}_{series.unit}"]
    rows += [
        f"{day},{_plain(value)}" for day, value in zip(history.dates, history.values, strict=True)
    ]
    return ("\n".join(rows) + "\n").encode()


def _plain(value: float) -> str:
    """The shortest number that reads back as the same value, without an exponent."""
    text = f"{Decimal(repr(value)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def in_units_of(content: bytes, worth: int, factor: int) -> bytes:
    """A file's values as an axis counts them, whose unit is ``worth`` of the series' own.

    ``factor`` is how many units of the language a unit of the axis is. This is what the table below
    a chart is held to.
    """
    _, *rows = csv.reader(io.StringIO(content.decode()))
    scaled = [[day, f"{Decimal(value) / worth * factor:f}"] for day, value in rows]
    return table.to_csv([["date", "value"], *scaled])
