"""Fixtures for sections: inputs of any day made quickly, facts and charts of one section."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache
from typing import Any

import pandas as pd
import pytest

from reportgen import clock, resources
from reportgen.analysis import calendar, outlook, policy
from reportgen.model import Observation
from reportgen.model.chart import ChartSpec
from reportgen.project import BETWEEN_BRIEFS, FIRST_DAY
from reportgen.sections import SECTIONS
from reportgen.sections.inputs import Inputs
from reportgen.sources.catalogue import CATALOGUE, series_of
from reportgen.store import bundle
from reportgen.store.dataset import Dataset
from reportgen.store.publication import published_at

POLICY = policy.load(resources.STARTER / "policy.toml")
CALENDAR = calendar.load(resources.STARTER / "calendar.toml")
OUTLOOK = outlook.load(resources.STARTER / "outlook.toml")


class Remembering(Dataset):
    """A view that builds each series once: many sections ask for the same."""

    def series(self, series_id: str) -> pd.Series[float]:
        memory: dict[str, pd.Series[float]] = self.__dict__.setdefault("memory", {})
        if series_id not in memory:
            memory[series_id] = super().series(series_id)
        return memory[series_id]


@cache
def _dated_rows() -> tuple[Observation, ...]:
    """The bundle, each row with the instant at which its rule made it public."""
    releases = CALENDAR.h41_releases
    return tuple(
        replace(row, known_at=published_at(series_of(row.series), row.date, releases))
        for row in bundle.read().observations
    )


def _inputs(day: date) -> Inputs:
    inputs = Inputs(_data(day), POLICY, CALENDAR, OUTLOOK)
    before = day - BETWEEN_BRIEFS
    if before < FIRST_DAY:
        return inputs
    return replace(inputs, previous=replace(inputs, data=_data(before)))


@lru_cache(maxsize=8)
def _data(day: date) -> Dataset:
    end = clock.end_of_day(day)
    return Remembering(_dated_rows(), CATALOGUE, day, end, CALENDAR.h41_releases)


_kept_inputs = cache(_inputs)


@cache
def _facts(name: str, day: date) -> Any:
    (kind,) = (kind for kind in SECTIONS if kind.id == name)
    return kind.compute(_kept_inputs(day))


@cache
def _charts(day: date) -> dict[str, ChartSpec]:
    inputs = _kept_inputs(day)
    specs = [spec for kind in SECTIONS for spec in kind.charts(inputs, _facts(kind.id, day))]
    return {spec.id: spec for spec in specs}


@pytest.fixture(scope="session")
def inputs_on() -> Callable[[date], Inputs]:
    """As ``inputs``, made anew and not kept: for walks over many days."""
    return _inputs


@pytest.fixture
def facts() -> Callable[[str, str], Any]:
    """``facts("srf", "2025-12-02")``."""
    return lambda name, day: _facts(name, date.fromisoformat(day))


@pytest.fixture
def chart() -> Callable[[str, str], Any]:
    """``chart("srf_daily", "2025-12-02")``; None when no section asks for it that day."""
    return lambda name, day: _charts(date.fromisoformat(day)).get(name)
