"""What a value must satisfy beyond its own response: bounds, no gap, two providers agreeing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from reportgen.model import Check, Doubt, DoubtRule, Observation, Parsed
from reportgen.pull.run import BOUNDS
from reportgen.sources.catalogue import CATALOGUE, CHECKS, series_of
from reportgen.store import validation
from tests.conftest import bundled_observations

MONDAY = date(2025, 12, 1)


def days(*texts: str) -> list[date]:
    return [date.fromisoformat(text) for text in texts]


@pytest.mark.parametrize(
    ("series_id", "value", "good"),
    [
        # Rates from -1 to 20, TGA level 5bn to 4tn: both ends are possible.
        ("sofr", -1.0, True),
        ("sofr", 20.0, True),
        ("sofr", -1.01, False),
        ("sofr", 433.0, False),
        ("tga_level", 5e9, True),
        ("tga_level", 4e12, True),
        ("tga_level", 4.9e9, False),
        ("tga_close", -1.0, False),
        ("sofr@fred", 433.0, False),
        ("on_rrp_accepted@fred", 4.1e12, False),
        ("on_rrp_accepted@exercises", 114e6, True),
        ("sofr", float("inf"), False),
    ],
)
def test_bounds(series_id: str, value: float, good: bool) -> None:
    seen = Observation(series_id, MONDAY, value)
    found = validation.within_bounds(Parsed((seen,)), BOUNDS, date.max)
    assert found.observations == ((seen,) if good else ())
    assert [(d.series, d.date, d.rule, d.value) for d in found.doubts] == (
        [] if good else [(series_id, MONDAY, DoubtRule.RANGE, value)]
    )


def test_a_value_of_a_day_that_was_not_asked_for_is_impossible() -> None:
    seen = Observation("sofr", date(2205, 12, 1), 4.12)
    (doubt,) = validation.within_bounds(Parsed((seen,)), BOUNDS, MONDAY).doubts
    assert (doubt.rule, doubt.value) == (DoubtRule.RANGE, 4.12)
    assert doubt.reason == f"it is dated after {MONDAY}, the last day asked for"


def test_a_reason_tells_the_value_and_the_bounds_in_their_unit() -> None:
    parsed = Parsed((Observation("sofr", MONDAY, 433.0), Observation("tga_level", MONDAY, 9e8)))
    rate, level = validation.within_bounds(parsed, BOUNDS, date.max).doubts
    assert rate.reason == "433% lies outside what is possible, -1% to 20%"
    assert level.reason == (
        "$900,000,000 lies outside what is possible, $5,000,000,000 to $4,000,000,000,000"
    )


def test_doubts_of_the_response_stay_before_those_of_the_bounds() -> None:
    first = Doubt("tgcr", MONDAY, DoubtRule.IDENTITY, "parts", 1.0)
    parsed = Parsed((Observation("sofr", MONDAY, 433.0),), (first,))
    found = validation.within_bounds(parsed, BOUNDS, date.max)
    assert [doubt.series for doubt in found.doubts] == ["tgcr", "sofr"]


CHECK = Check("on_rrp_accepted", "copy", 1e6, "exercises")


@pytest.mark.parametrize(
    ("copy", "doubted"), [(5e9, False), (5.001e9, False), (5.0011e9, True), (4.9989e9, True)]
)
def test_two_providers_may_differ_by_the_tolerance(copy: float, doubted: bool) -> None:
    values = {"on_rrp_accepted": {MONDAY: 5e9}, "copy": {MONDAY: copy}}
    found = validation.disagreements(values, [CHECK], BOUNDS)
    assert bool(found) is doubted
    if doubted:
        (doubt,) = found
        assert (doubt.series, doubt.rule, doubt.value) == (
            "on_rrp_accepted",
            DoubtRule.DISAGREEMENT,
            5e9,
        )
        assert doubt.reason == f"$5,000,000,000, but copy says ${copy:,.0f}"


def test_on_a_day_of_exercises_the_copy_is_not_heard() -> None:
    values = {
        "on_rrp_accepted": {MONDAY: 5.054e9},
        "copy": {MONDAY: 5.149e9},
        "exercises": {MONDAY: 95e6},
    }
    assert validation.disagreements(values, [CHECK], BOUNDS) == []
    without = {name: found for name, found in values.items() if name != "exercises"}
    assert len(validation.disagreements(without, [CHECK], BOUNDS)) == 1


def test_a_day_that_only_one_provider_has_is_no_disagreement() -> None:
    values = {"on_rrp_accepted": {MONDAY: 5e9}, "copy": {MONDAY + timedelta(1): 9e9}}
    assert validation.disagreements(values, [CHECK], BOUNDS) == []
    assert validation.disagreements({"copy": {MONDAY: 5e9}}, [CHECK], BOUNDS) == []


@pytest.mark.parametrize(
    ("series_id", "seen", "missing"),
    [
        # SIFMA's business days: over Thanksgiving, a weekend, Good Friday without a rate.
        ("sofr", days("2025-11-26", "2025-11-28", "2025-12-01"), None),
        ("sofr", days("2025-04-17", "2025-04-21"), None),
        ("sofr", days("2025-11-28", "2025-12-02"), "2025-12-01"),
        # The Fed is open on Good Friday, and has EFFR and a statement for it.
        ("effr", days("2025-04-17", "2025-04-21"), "2025-04-18"),
        ("tga_close", days("2025-04-17", "2025-04-21"), "2025-04-18"),
        ("tga_close", days("2025-11-10", "2025-11-12"), None),  # Veterans Day
        ("srf_accepted", days("2025-04-17", "2025-04-21"), None),
        ("srf_accepted", days("2025-11-26", "2025-12-01"), "2025-11-28"),
        # Administered rates hold on every day.
        ("iorb", days("2025-11-28", "2025-12-01"), "2025-11-29 to 2025-11-30"),
        # Wednesdays; SOMA weeks that end on Tuesday, once as after a Thursday.
        ("total_assets", days("2025-11-19", "2025-11-26", "2025-12-03"), None),
        ("total_assets", days("2025-11-19", "2025-12-03"), "2025-11-26"),
        ("soma_total", days("2024-12-18", "2024-12-24", "2024-12-31", "2025-01-08"), None),
        ("soma_total", days("2024-12-18", "2024-12-31"), "2024-12-25"),
        # Month-ends through a leap year's February.
        ("bills_outstanding", days("2024-01-31", "2024-02-29", "2024-03-31"), None),
        ("bills_outstanding", days("2024-01-31", "2024-03-31"), "2024-02-29"),
        ("bills_outstanding", days("2023-12-31", "2024-02-29"), "2024-01-31"),
        # Auctions and purchases have no calendar.
        ("bill_auctions_offered", days("2025-01-02", "2025-12-01"), None),
        ("bill_purchases", days("2025-01-02", "2025-12-01"), None),
        # Before the first brief, and after the end of a series, nothing is missed.
        ("sofr", days("2021-07-01", "2021-07-30", "2021-08-02"), None),
        ("sofr", days("2021-07-30", "2021-08-03"), None),
        ("sofr", days("2021-08-02", "2021-08-04"), "2021-08-03"),
        ("temporary_repo_accepted", days("2021-08-02", "2021-08-12"), None),
        ("sofr", days("2025-12-01"), None),
        ("sofr", [], None),
    ],
)
def test_gaps(series_id: str, seen: list[date], missing: str | None) -> None:
    values = {series_id: dict.fromkeys(reversed(seen), 1.0)}
    found = validation.gaps(values, CATALOGUE)
    if missing is None:
        assert found == []
        return
    (doubt,) = found
    first = date.fromisoformat(missing[:10])
    assert (doubt.series, doubt.date, doubt.rule, doubt.value) == (
        series_id,
        first,
        DoubtRule.GAP,
        None,
    )
    assert doubt.reason == f"no value for {missing}, though {seen[-1]} has one"


def test_two_holes_are_two_gaps() -> None:
    seen = days("2025-11-24", "2025-11-26", "2025-12-01")
    found = validation.gaps({"sofr": dict.fromkeys(seen, 4.0)}, [series_of("sofr")])
    assert [doubt.date for doubt in found] == days("2025-11-25", "2025-11-28")


def test_the_bundled_history_has_neither_gaps_nor_disagreements() -> None:
    values: dict[str, dict[date, float]] = {}
    for row in bundled_observations():
        values.setdefault(row.series, {})[row.date] = row.value
    assert validation.gaps(values, CATALOGUE) == []
    assert validation.disagreements(values, CHECKS, BOUNDS) == []
    assert validation.within_bounds(Parsed(bundled_observations()), BOUNDS, date.max).doubts == ()
