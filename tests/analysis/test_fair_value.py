"""The fair-value model against sums done another way, and against what could be known when."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from math import ceil, sqrt
from pathlib import Path

import numpy as np
import pytest

from reportgen import clock
from reportgen.analysis import fair_value
from reportgen.analysis.fair_value import Estimate, Form
from reportgen.analysis.fair_value_sample import Sample, calendar_terms, published_by, samples
from reportgen.sources.catalogue import CATALOGUE
from reportgen.store.dataset import Dataset
from tests.conftest import bundled_observations, inputs_as_of

ROOT = Path(__file__).parents[2]

View = Callable[[str], Dataset]

RELEASES = inputs_as_of(date(2025, 12, 2)).calendar.h41_releases


def made_up(days: int, gap: float = 0.0, noise: float = 0.0) -> Sample:
    """Reserves fall from 18 to 10 percent of debt; 80 - 13 r + 0.5 r² + 2 f - z + 3 on Fridays.

    The last twenty days lie ``gap`` higher. Noise is a normal draw, a third of it carried over.
    """
    draw = np.random.default_rng(7)
    r = np.linspace(18, 10, days)
    f, z = draw.uniform(15, 20, days), draw.uniform(0, 8, days)
    friday = np.array([float(day % 5 == 4) for day in range(days)])
    shocks = noise * draw.normal(size=days)
    shocks[1:] += shocks[:-1] / 3
    spread = 80 - 13 * r + 0.5 * r**2 + 2 * f - z + 3 * friday + shocks
    spread[-20:] += gap
    terms = {"free_float": f, "on_rrp": z, "friday": friday}
    return Sample(
        "sofr",
        tuple(date(2021, 8, 2) + timedelta(days=day) for day in range(days)),
        tuple(spread.tolist()),
        tuple(r.tolist()),
        tuple((name, tuple(values.tolist())) for name, values in terms.items()),
    )


def estimate_of(sample: Sample) -> Estimate:
    (made,) = fair_value.fit_all((sample,))
    return made


def test_what_went_in_comes_out() -> None:
    made = estimate_of(made_up(400))
    assert {term.name: term.coefficient for term in made.terms} == pytest.approx(
        {"reserves": -13, "reserves_squared": 0.5, "free_float": 2, "on_rrp": -1, "friday": 3}
        | {"constant": 80}
    )
    assert made.explained_percent == pytest.approx(100)
    assert made.fitted == pytest.approx(made.spread)
    assert made.gap.value == pytest.approx(0, abs=1e-9)


def test_a_known_gap_is_found() -> None:
    """Twenty days 7 higher: wholly by a fit without them, in part by one that saw them."""
    made = estimate_of(made_up(400, gap=7))
    assert made.window == made.days[-20:]
    assert made.gap_apart.value == pytest.approx(7)
    assert made.gap_apart.margin == pytest.approx(0, abs=1e-6)
    assert 1 < made.gap.value < 7
    # Among noise it lies within the band.
    noisy = estimate_of(made_up(400, gap=7, noise=2))
    assert abs(noisy.gap_apart.value - 7) < noisy.gap_apart.margin < 4


def test_another_form_leaves_another_gap() -> None:
    """A line does not follow the bend; a cubic does, for its third power comes out as nought."""
    gaps = dict(estimate_of(made_up(400)).gaps_by_form)
    assert set(gaps) == set(Form) - {Form.QUADRATIC}
    assert gaps[Form.CUBIC] == pytest.approx(0, abs=1e-6)
    # At its ends, 4 from the middle, the bend 0.5 * 4² = 8 stands two thirds, 5.3, above the level
    # line through it; over the last twentieth of the days it is somewhat less.
    assert 3 < gaps[Form.LINEAR] < 5.4


def newey_west(matrix: np.ndarray, residuals: np.ndarray, lags: int) -> np.ndarray:
    """The covariance of coefficients, written out: bread, meat with Bartlett's weights, bread."""
    days, terms = matrix.shape
    scores = matrix * residuals[:, None]
    meat = scores.T @ scores
    for lag in range(1, lags + 1):
        product = scores[lag:].T @ scores[:-lag]
        meat += (1 - lag / (lags + 1)) * (product + product.T)
    bread = np.linalg.inv(matrix.T @ matrix)
    covariance: np.ndarray = bread @ meat @ bread * days / (days - terms)
    return covariance


def by_hand(sample: Sample) -> tuple[np.ndarray, np.ndarray]:
    """Matrix and spread of the main form."""
    r = np.array(sample.reserves)
    others = [np.array(values) for _, values in sample.terms]
    return np.column_stack([r, r**2, *others, np.ones(len(r))]), np.array(sample.spread)


def check_against_sums_by_hand(sample: Sample) -> None:
    made = estimate_of(sample)
    matrix, spread = by_hand(sample)
    solved = np.linalg.lstsq(matrix, spread, rcond=None)[0]
    residuals = spread - matrix @ solved
    errors = np.sqrt(np.diag(newey_west(matrix, residuals, ceil(1.3 * sqrt(len(spread))))))
    assert [term.coefficient for term in made.terms] == pytest.approx(list(solved), rel=1e-6)
    assert [term.error for term in made.terms] == pytest.approx(list(errors), rel=1e-5)
    spreads_from_mean = spread - spread.mean()
    explained = 1 - residuals @ residuals / (spreads_from_mean @ spreads_from_mean)
    assert made.explained_percent == pytest.approx(100 * explained)
    assert made.gap.value == pytest.approx(residuals[-20:].mean())

    early, before = matrix[:-20], spread[:-20]
    solved = np.linalg.lstsq(early, before, rcond=None)[0]
    left = before - early @ solved
    row = matrix[-20:].mean(axis=0)
    covariance = newey_west(early, left, ceil(1.3 * sqrt(len(before))))
    variance = mean_variance(left, 20) + row @ covariance @ row
    assert made.gap_apart.value == pytest.approx(spread[-20:].mean() - row @ solved, rel=1e-6)
    assert made.gap_apart.margin == pytest.approx(1.96 * sqrt(variance), rel=1e-5)
    assert made.gap.margin == pytest.approx(1.96 * sqrt(mean_variance(residuals, 20)))


def mean_variance(residuals: np.ndarray, days: int) -> float:
    """Every covariance within a mean of so many days: days² pairs, each by its distance."""
    count = len(residuals)
    of = [float(residuals[lag:] @ residuals[: count - lag]) / count for lag in range(days)]
    return sum(of[abs(i - j)] for i in range(days) for j in range(days)) / days**2


def test_coefficients_errors_and_bands_by_hand() -> None:
    check_against_sums_by_hand(made_up(300, gap=4, noise=1.5))


def test_the_model_of_december_2025_by_hand(dataset: View) -> None:
    for sample in samples(dataset("2025-12-02"), RELEASES):
        check_against_sums_by_hand(sample)


def test_variance_of_a_mean() -> None:
    # Covariances of 1, -1, 1, -1: 1 at no distance, -3/4 at one. Two days: (1 - 3/4) / 2.
    assert fair_value.variance_of_mean(np.array([1.0, -1.0, 1.0, -1.0]), 2) == 0.125
    # Independent draws: a twentieth of their variance.
    draws = np.random.default_rng(1).normal(size=20_000)
    assert fair_value.variance_of_mean(draws, 20) == pytest.approx(1 / 20, rel=0.1)


def test_lags_grow_with_the_root_of_the_days() -> None:
    # 1.3 times 15.8 and 32.9.
    assert (fair_value.lags(250), fair_value.lags(1081)) == (21, 43)


def test_it_refuses_to_speak_under_250_days(dataset: View) -> None:
    few, enough = dataset("2022-08-01"), dataset("2022-08-02")
    assert [len(sample.days) for sample in samples(few, RELEASES)] == [249, 249]
    assert fair_value.estimate(few, RELEASES, fair_value.fit_all) is None
    made = fair_value.estimate(enough, RELEASES, fair_value.fit_all)
    assert made is not None
    assert len(made.sofr.days) == len(made.tgcr.days) == 250
    assert fair_value.estimate(dataset("2021-08-02"), RELEASES, fair_value.fit_all) is None


def test_inputs_are_those_published_by_the_day(dataset: View) -> None:
    data = dataset("2025-12-02")

    def known(series: str, day: str) -> float:
        return float(published_by(data, series, [date.fromisoformat(day)], RELEASES)[0])

    # H.4.1 for Wednesday the 26th came out on Friday the 28th, after Thanksgiving.
    assert known("reserve_balances", "2025-11-26") == data.value(
        "reserve_balances", date(2025, 11, 19)
    )
    assert known("reserve_balances", "2025-11-28") == data.value(
        "reserve_balances", date(2025, 11, 26)
    )
    # The debt of October came on the fourth business day of November.
    assert known("marketable_debt", "2025-11-05") == data.value(
        "marketable_debt", date(2025, 9, 30)
    )
    assert known("marketable_debt", "2025-11-06") == data.value(
        "marketable_debt", date(2025, 10, 31)
    )
    assert np.isnan(known("reserve_balances", "2000-01-03"))


def test_later_data_change_nothing_of_an_earlier_day(dataset: View) -> None:
    """The sample as of June is the beginning of the sample as of December."""
    for early, late in zip(
        samples(dataset("2025-06-05"), RELEASES),
        samples(dataset("2025-12-02"), RELEASES),
        strict=True,
    ):
        count = len(early.days)
        assert early.days[-1] == date(2025, 6, 4)
        assert count == 959 < len(late.days)
        assert early == replace(
            late,
            days=late.days[:count],
            spread=late.spread[:count],
            reserves=late.reserves[:count],
            terms=tuple((name, values[:count]) for name, values in late.terms),
        )


def test_the_sample_of_a_day(dataset: View) -> None:
    """2025-12-01: H.4.1 of 26 November and the debt of 31 October, both published before it."""
    sofr, tgcr = samples(dataset("2025-12-02"), RELEASES)
    terms = {name: values[-1] for name, values in sofr.terms}
    data = dataset("2025-12-02")
    debt = data.value("marketable_debt", date(2025, 10, 31))
    assert (sofr.days[0], sofr.days[-1]) == (date(2021, 8, 2), date(2025, 12, 1))
    assert sofr.spread[-1] == 22
    assert tgcr.spread[-1] == 17
    # 2,896,586 million of reserves.
    assert sofr.reserves[-1] == pytest.approx(100 * 2_896_586e6 / debt)
    bills = data.value("bills_outstanding", date(2025, 10, 31))
    fed = data.value("soma_bills", date(2025, 11, 26))
    assert terms["free_float"] == pytest.approx(100 * (bills - fed) / debt)
    on_rrp = data.value("on_rrp_accepted", date(2025, 12, 1))
    assert terms["on_rrp"] == pytest.approx(100 * on_rrp / debt)
    flags = {name for name, value in terms.items() if value == 1}
    assert flags == {"coupon_settlement", "month_end_after"}


def test_calendar_terms_of_days_and_of_the_days_after() -> None:
    days = [date(2024, 12, 30), date(2024, 12, 31), date(2025, 1, 2), date(2025, 4, 15)]
    terms = dict(calendar_terms(days))
    assert len(terms) == 10
    assert terms["year_end"] == (0, 1, 0, 0)
    assert terms["year_end_after"] == (0, 0, 1, 0)
    assert terms["tax_date"] == (0, 0, 0, 1)
    # Month-end coupons of December settle on the last day of the year.
    assert terms["coupon_settlement"] == (0, 1, 0, 1)


def test_there_is_no_estimate_while_an_input_is_late() -> None:
    day = date(2025, 12, 2)
    rows = [
        row
        for row in bundled_observations()
        if row.series != "reserve_balances" or row.date < date(2025, 11, 20)
    ]
    data = Dataset(rows, CATALOGUE, day, clock.end_of_day(day), RELEASES)
    assert samples(data, RELEASES) == ()
    assert fair_value.estimate(data, RELEASES, fair_value.fit_all) is None


def test_another_process_gives_the_same_estimate(dataset: View) -> None:
    found = samples(dataset("2025-12-02"), RELEASES)
    with fair_value.fitting_apart() as fit:
        assert fit(found) == fair_value.fit_all(found)


def test_fitting_apart_leaves_statsmodels_to_the_other_process() -> None:
    code = (
        "import sys\n"
        "from datetime import date\n"
        "from reportgen.analysis import fair_value\n"
        "from tests.conftest import inputs_as_of\n"
        "inputs = inputs_as_of(date(2022, 9, 15))\n"
        "with fair_value.fitting_apart() as fit:\n"
        "    made = fair_value.estimate(inputs.data, inputs.calendar.h41_releases, fit)\n"
        "print(len(made.sofr.days), 'statsmodels' in sys.modules)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT
    )
    assert ran.stdout.split() == ["281", "False"]
