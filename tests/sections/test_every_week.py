"""Every section on many days of the history: it computes, and each figure can be traced."""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from reportgen import resources
from reportgen.analysis import outlook, policy
from reportgen.model import Quantity, Unit
from reportgen.model.chart import (
    BarChart,
    ChartSpec,
    DailyBarChart,
    GroupedBarChart,
    Line,
    TimeChart,
)
from reportgen.sections import SECTIONS, compute_all
from reportgen.sections.inputs import Inputs
from reportgen.sources.catalogue import CATALOGUE, series_of
from reportgen.store.dataset import Dataset

FIRST, LAST = date(2021, 8, 2), date(2025, 12, 5)

THURSDAYS = [date(2021, 8, 5) + timedelta(weeks=week) for week in range(0, 227, 4)]
# Every other month, June and December among them.
MONTH_ENDS = [stamp.date() for stamp in pd.date_range(FIRST, LAST, freq="2ME")]
DAYS = sorted({FIRST, *THURSDAYS, *MONTH_ENDS, date(2025, 12, 2), date(2025, 12, 4)})

# Figures that hold from a day after the as-of date on: what has been announced.
ANNOUNCED = re.compile(
    r"qt\.upcoming\.|tools\.(upper|lower|iorb)_next|(lead|changes)\.rate_(upper|lower|iorb)"
)

REFERENCES = {
    **policy.load(resources.STARTER / "policy.toml").references(),
    **outlook.load(resources.STARTER / "outlook.toml").references(),
}


def quantities(value: Any) -> Iterator[Quantity]:
    """Every figure within the facts of a section."""
    if isinstance(value, Quantity):
        yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from quantities(getattr(value, field.name))
    elif isinstance(value, tuple):
        for part in value:
            yield from quantities(part)


def check_figure(figure: Quantity, day: date) -> None:
    assert figure.formula, figure.id
    assert figure.series or figure.references, figure.id
    for series_id in figure.series:
        assert series_of(series_id).bundled, figure.id
    assert set(figure.references) <= set(REFERENCES), figure.id
    assert figure.value.is_finite(), figure.id
    assert figure.displayed % figure.quantum == 0, figure.id
    assert abs(figure.displayed - figure.value) <= figure.quantum / 2, figure.id
    if not ANNOUNCED.match(figure.id):
        assert figure.as_of <= day, figure.id
    for reference in figure.references:
        assert REFERENCES[reference].published <= day, figure.id


TERM = re.compile(r"\b([a-z][a-z0-9_]*)\((\d{4}-\d{2}-\d{2})\)")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
GROUP = re.compile(r"\(([a-z0-9_ +]+)\)\((\d{4}-\d{2}-\d{2})\)")
ARITHMETIC = re.compile(r"[-+*/(). 0-9e]+|abs")


def by_formula(figure: Quantity, data: Dataset) -> float | None:
    """The figure computed again from its formula and the data; None when it is written in words."""

    def spread_out(match: re.Match[str]) -> str:
        return "(" + " + ".join(f"{id}({match[2]})" for id in match[1].split(" + ")) + ")"

    def look_up(match: re.Match[str]) -> str:
        return repr(data.value(match[1], date.fromisoformat(match[2])))

    text = TERM.sub(look_up, GROUP.sub(spread_out, figure.formula))
    text = DATE.sub(lambda match: str(date.fromisoformat(match[0]).toordinal()), text)
    if ARITHMETIC.sub("", text):
        return None
    scale = 100 if figure.unit is Unit.BASIS_POINT else 1
    return float(eval(text, {"__builtins__": {"abs": abs}})) * scale


def lines_of(spec: ChartSpec) -> list[Line]:
    match spec:
        case TimeChart():
            return [*spec.lines, *(spec.band or ())]
        case DailyBarChart():
            return [spec.bars]
        case _:
            return []


def check_chart(spec: ChartSpec, day: date) -> None:
    known = {series.id for series in CATALOGUE} | set(REFERENCES)
    assert spec.series, spec.id
    assert set(spec.series) <= known, spec.id
    for line in lines_of(spec):
        assert line.dates, f"{spec.id}: {line.label} is empty"
        assert len(line.dates) == len(line.values)
        assert all(math.isfinite(value) for value in line.values), f"{spec.id}: {line.label}"
        assert list(line.dates) == sorted(set(line.dates)), f"{spec.id}: {line.label}"
        assert line.dashed or line.dates[-1] <= day, f"{spec.id}: {line.label} is ahead"
    match spec:
        case BarChart():
            assert spec.bars
            assert all(math.isfinite(bar.value) for bar in spec.bars)
        case GroupedBarChart():
            for _, _, values in spec.groups:
                assert len(values) == len(spec.years)
                assert all(value is not None and math.isfinite(value) for value in values)
        case TimeChart() | DailyBarChart():
            assert all(mark.date <= day for mark in spec.marks)


def check_day(inputs: Inputs) -> None:
    day = inputs.as_of
    sections = compute_all(inputs)
    assert [section.id for section in sections] == [kind.id for kind in SECTIONS]
    seen: dict[str, Quantity] = {}
    checked = 0
    for section in sections:
        for figure in quantities(section.facts):
            assert figure.id.startswith(f"{section.id}."), figure.id
            check_figure(figure, day)
            # A name stands for one figure; its size may be told without the sign.
            first = seen.setdefault(figure.id, figure)
            assert first.magnitude == figure.magnitude, figure.id
            again = by_formula(figure, inputs.data)
            if again is not None:
                # A month is written as 4.348 weeks; figures are kept to the cent or four decimals.
                assert math.isclose(
                    abs(again),
                    abs(figure.value),
                    rel_tol=5e-5 if figure.unit is Unit.USD_PER_MONTH else 1e-9,
                    abs_tol=0.005 if figure.unit is Unit.USD else 5e-5,
                ), f"{figure.id} is {figure.value}, {figure.formula} is {again}"
                checked += 1
        for spec in section.charts:
            check_chart(spec, day)
    charts = [spec.id for section in sections for spec in section.charts]
    assert len(charts) == len(set(charts))
    assert ("bill_bridge" in charts) == (day >= date(2025, 12, 2))
    assert ("reserve_paths" in charts) == (day >= date(2025, 12, 2))
    assert len(seen) > 60
    assert checked > 40


def half_of(day: date) -> str:
    return f"{day.year}, months {'1 to 6' if day.month <= 6 else '7 to 12'}"


@pytest.mark.parametrize("half", sorted({half_of(day) for day in DAYS}))
def test_every_section_on_days_of_half_a_year(
    inputs_on: Callable[[date], Inputs], half: str
) -> None:
    for day in DAYS:
        if half_of(day) == half:
            check_day(inputs_on(day))


def test_inputs_made_quickly_are_those_of_the_bundle(
    inputs_on: Callable[[date], Inputs], inputs: Callable[[str], Inputs]
) -> None:
    assert inputs_on(date(2025, 12, 2)).data.digest == inputs("2025-12-02").data.digest


def test_a_formula_is_computed_again(inputs_on: Callable[[date], Inputs]) -> None:
    """The check itself: what it computes, and what it leaves to words."""
    data = inputs_on(date(2025, 12, 2)).data
    figure = Quantity(
        "x", Decimal(1), Unit.USD, date(2025, 12, 2), Decimal(1), ("sofr",), "sofr(2025-12-01)"
    )

    def computed(formula: str, unit: Unit = Unit.USD) -> float | None:
        return by_formula(dataclasses.replace(figure, formula=formula, unit=unit), data)

    assert computed("sofr(2025-12-01)") == 4.12
    difference = "sofr(2025-12-01) - iorb(2025-12-01)"
    assert computed(difference, Unit.BASIS_POINT) == pytest.approx(22)
    assert computed("-(total_assets(2025-11-26) - total_assets(2025-06-25))") == 109_781e6
    # 2,045,824,659,652.1 + 7,840,642,989.2 + 2,347,000,000.
    group = "(soma_mbs + soma_cmbs + soma_agencies)(2025-11-26)"
    assert computed(group) == pytest.approx(2_056_012_302_641.3)
    assert computed("outlook: gs-net-supply-2026") is None
    assert computed("mean(sofr - iorb; 2025-10-31 to 2025-12-01)") is None
