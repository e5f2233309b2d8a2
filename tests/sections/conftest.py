"""Fixtures for sections: the facts and the charts of one section on one day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from reportgen.model import Brief, Section


def _section(brief: Brief, name: str) -> Section:
    (found,) = (section for section in brief.sections if section.id == name)
    return found


@pytest.fixture
def facts(brief: Callable[[str], Brief]) -> Callable[[str, str], Any]:
    """``facts("srf", "2025-12-02")``."""
    return lambda name, day: _section(brief(day), name).facts


@pytest.fixture
def chart(brief: Callable[[str], Brief]) -> Callable[[str, str], Any]:
    """``chart("srf_daily", "2025-12-02")``; None when no section asks for it that day."""

    def find(name: str, day: str) -> Any:
        specs = [spec for section in brief(day).sections for spec in section.charts]
        return next((spec for spec in specs if spec.id == name), None)

    return find
