"""Fixtures: the bundled history in a store, its view as of any day, briefs, and both languages."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from reportgen import clock, resources
from reportgen.analysis import calendar, outlook, policy
from reportgen.language import locale
from reportgen.language.locale import Locale
from reportgen.model import Brief, Observation
from reportgen.project import BETWEEN_BRIEFS, FIRST_DAY
from reportgen.sections import compute_all
from reportgen.sections.inputs import Inputs
from reportgen.sources.catalogue import CATALOGUE
from reportgen.store import bundle
from reportgen.store.dataset import Dataset

NO_PROJECT = Path("/nonexistent-project")

LANGUAGES = ("en", "zh-Hans")


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--update-golden`` writes approved texts again."""
    parser.addoption("--update-golden", action="store_true", help="write approved texts again")


@cache
def bundled_observations() -> tuple[Observation, ...]:
    """The bundle, read once a process."""
    return bundle.read().observations


@cache
def dataset_as_of(day: date) -> Dataset:
    """What was public by the end of a day, by the shipped calendar."""
    releases = calendar.load(resources.STARTER / "calendar.toml").h41_releases
    return Dataset(bundled_observations(), CATALOGUE, day, clock.end_of_day(day), releases)


@cache
def inputs_as_of(day: date) -> Inputs:
    """What sections compute from, with the shipped editors' files and the week before."""
    inputs = Inputs(
        dataset_as_of(day),
        policy.load(resources.STARTER / "policy.toml"),
        calendar.load(resources.STARTER / "calendar.toml"),
        outlook.load(resources.STARTER / "outlook.toml"),
    )
    before = day - BETWEEN_BRIEFS
    if before < FIRST_DAY:
        return inputs
    return replace(inputs, previous=replace(inputs, data=dataset_as_of(before)))


@cache
def brief_as_of(day: date) -> Brief:
    """A brief from the bundle."""
    inputs = inputs_as_of(day)
    return Brief(
        as_of=day,
        cutoff=inputs.data.cutoff,
        sections=compute_all(inputs),
        statuses=inputs.data.statuses,
        references={**inputs.policy.references(), **inputs.outlook.references()},
        from_bundle=True,
        data_digest=inputs.data.digest,
    )


@pytest.fixture
def dataset() -> Callable[[str], Dataset]:
    """``dataset("2025-12-02")``."""
    return lambda day: dataset_as_of(date.fromisoformat(day))


@pytest.fixture
def inputs() -> Callable[[str], Inputs]:
    """``inputs("2025-12-02")``."""
    return lambda day: inputs_as_of(date.fromisoformat(day))


@pytest.fixture
def brief() -> Callable[[str], Brief]:
    """``brief("2025-12-02")``."""
    return lambda day: brief_as_of(date.fromisoformat(day))


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Locale:
    """Every published language in turn."""
    return locale.load(request.param, NO_PROJECT)


@pytest.fixture
def english() -> Locale:
    return locale.load("en", NO_PROJECT)


@pytest.fixture
def chinese() -> Locale:
    return locale.load("zh-Hans", NO_PROJECT)


@pytest.fixture(autouse=True)
def _silence(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A test fails on any warning it did not take notice of by ``caplog.clear()``."""
    yield
    loud = [r.getMessage() for r in caplog.records if r.levelno >= logging.WARNING]
    assert not loud, f"unexpected warnings: {loud}"
