"""The gate between the newest brief and the histories: both have the same values."""

from __future__ import annotations

from decimal import Decimal

from reportgen.errors import CheckError
from reportgen.model import Histories
from reportgen.model.quantity import GRAIN
from reportgen.site.told import CitingBrief


def check(brief: CitingBrief, histories: Histories) -> None:
    """Raises CheckError when a value that the brief tells as published is another in a history."""
    known = {history.series.id: history for history in histories.series}
    wrong: dict[str, str] = {}
    for told in brief.told:
        if told.level is None:
            continue
        series, day = told.level
        value = known[series].value_on(day) if series in known else None
        figure = told.figure
        if value is None or abs(Decimal(repr(value)) - figure.value) > GRAIN[figure.unit]:
            there = "no value" if value is None else repr(value)
            wrong[figure.formula] = (
                f"{figure.formula} is {figure.value.normalize():f}, and {there} there"
            )
    if wrong:
        rows = "; ".join(list(wrong.values())[:8])
        raise CheckError(
            f"the brief says something else than the histories of the series: {rows}",
            where=f"brief of {brief.as_of}",
            remedy="pull the data again, or build the brief again from what the store has now",
        )
