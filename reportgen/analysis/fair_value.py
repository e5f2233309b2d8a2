"""Fair value of SOFR and TGCR: what reserves, bill supply and the calendar explain of their spread.

A regression of the daily spread to IORB on reserves and their square, the free float of bills, ON
RRP and the calendar. The gap is what it leaves unexplained, as the mean of the last
``WINDOW_DAYS`` trading days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import ceil, sqrt
from multiprocessing import get_context
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reportgen.analysis.fair_value_sample import Sample, samples
from reportgen.store.dataset import Dataset

# Trading days of four weeks.
WINDOW_DAYS = 20

LEAST_DAYS = 250
"""There is no estimate under ``LEAST_DAYS`` trading days: each quarter-end and tax date is to have
come."""

CONFIDENCE_PERCENT = 95
"""If means are normal, a band built so holds the true gap in ``CONFIDENCE_PERCENT`` of samples."""
NORMAL_QUANTILE = 1.96


class Form(StrEnum):
    """Shapes of the curve by which the spread depends on reserves.

    The quadratic is told: its slope and its bend are free. What a line, a logarithm, a reciprocal
    or a cubic make of the gap is told where it leaves the band.
    """

    # The line has no bend, that of logarithm and reciprocal follows from the slope, and the cubic
    # is free enough to bend for the very weeks in question.

    QUADRATIC = "quadratic"
    LINEAR = "linear"
    LOGARITHM = "logarithm"
    RECIPROCAL = "reciprocal"
    CUBIC = "cubic"


MAIN_FORM = Form.QUADRATIC


@dataclass(frozen=True, slots=True)
class Gap:
    """A mean residual in basis points, and how far its band reaches to either side."""

    value: float
    margin: float


@dataclass(frozen=True, slots=True)
class Term:
    """A coefficient and its standard error, in basis points for a percentage point or for a day."""

    name: str
    coefficient: float
    error: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """The model of one rate; spreads in basis points, the last of them those of the window.

    ``gap`` is that of the fit to all days, ``gap_apart`` that of a fit without the window, and
    ``gaps_by_form`` hold the gap where the curve of reserves has another form.
    """

    rate: str
    days: tuple[date, ...]
    spread: tuple[float, ...]
    fitted: tuple[float, ...]
    gap: Gap
    gap_apart: Gap
    gaps_by_form: tuple[tuple[Form, float], ...]
    terms: tuple[Term, ...]
    explained_percent: float
    lags: int

    @property
    def window(self) -> tuple[date, ...]:
        """The days whose mean residual the gap is."""
        return self.days[-WINDOW_DAYS:]


@dataclass(frozen=True, slots=True)
class FairValue:
    """The model of both rates."""

    sofr: Estimate
    tgcr: Estimate


Fit = Callable[[tuple[Sample, ...]], tuple[Estimate, ...]]


def estimate(data: Dataset, h41_releases: Mapping[date, date], fit: Fit) -> FairValue | None:
    """The model on what was known as of the data's date; None under 250 days."""
    found = samples(data, h41_releases)
    if not found or any(len(sample.days) < LEAST_DAYS for sample in found):
        return None
    return FairValue(*fit(found))


@contextmanager
def fitting_apart() -> Iterator[Fit]:
    """Fits in a process of its own, which loads statsmodels while the caller does other work.

    Loading takes a second and 75 MiB, which are gone before pages are made.
    """
    with ProcessPoolExecutor(1, get_context("fork")) as worker:
        worker.submit(_load)
        yield lambda found: worker.submit(fit_all, found).result()


def fit_all(found: tuple[Sample, ...]) -> tuple[Estimate, ...]:
    """The model of each sample."""
    return tuple(_estimate(sample) for sample in found)


def _estimate(sample: Sample) -> Estimate:
    spread = np.array(sample.spread)
    matrix = _matrix(sample, MAIN_FORM)
    model = _fitted(spread, matrix)
    before = _fitted(spread[:-WINDOW_DAYS], matrix[:-WINDOW_DAYS])
    ahead = matrix[-WINDOW_DAYS:]
    mean_row = ahead.mean(axis=0)
    return Estimate(
        sample.rate,
        sample.days,
        sample.spread,
        tuple(model.fittedvalues.tolist()),
        gap=Gap(
            float(model.resid[-WINDOW_DAYS:].mean()),
            NORMAL_QUANTILE * sqrt(variance_of_mean(model.resid, WINDOW_DAYS)),
        ),
        gap_apart=Gap(
            float((spread[-WINDOW_DAYS:] - ahead @ before.params).mean()),
            NORMAL_QUANTILE
            * sqrt(
                variance_of_mean(before.resid, WINDOW_DAYS)
                + mean_row @ before.cov_params() @ mean_row
            ),
        ),
        gaps_by_form=tuple(
            (form, float(_fitted(spread, _matrix(sample, form)).resid[-WINDOW_DAYS:].mean()))
            for form in Form
            if form is not MAIN_FORM
        ),
        terms=tuple(map(Term, _names(sample), model.params.tolist(), model.bse.tolist())),
        explained_percent=100 * float(model.rsquared),
        lags=lags(len(spread)),
    )


def _load() -> None:
    # Returns nothing: a class that came back would be loaded by the caller too.
    _least_squares()


def _least_squares() -> Any:
    # Imported where it is used: a second and 75 MiB that only a fit needs.
    from statsmodels.regression.linear_model import OLS

    return OLS


def _fitted(spread: NDArray[np.float64], matrix: NDArray[np.float64]) -> Any:
    """Least squares with the errors of Newey and West."""
    settings = {"maxlags": lags(len(spread)), "use_correction": True}
    return _least_squares()(spread, matrix).fit(cov_type="HAC", cov_kwds=settings)


def lags(days: int) -> int:
    """How many lags the errors of coefficients allow for.

    Residuals are correlated for two months (0.25 at 20 days, 0.1 at 40 in 2025); shorter bandwidths
    make errors up to a quarter too small. Source: Lazarus, Lewis, Stock and Watson, "HAR Inference:
    Recommendations for Practice", JBES 36 (2018).
    """
    return ceil(1.3 * sqrt(days))


def variance_of_mean(residuals: NDArray[np.float64], days: int) -> float:
    """The variance of the mean of so many days in a row, by the residuals' autocovariances.

    The weights of Newey and West with one lag less than there are days make this the variance of
    such a mean itself, no approximation.
    """
    count = len(residuals)
    covariances = [residuals[lag:] @ residuals[: count - lag] / count for lag in range(days)]
    weighted = sum((1 - lag / days) * covariances[lag] for lag in range(1, days))
    return float((covariances[0] + 2 * weighted) / days)


def _matrix(sample: Sample, form: Form) -> NDArray[np.float64]:
    others = [np.array(values) for _, values in sample.terms]
    return np.column_stack((*_curve(sample, form), *others, np.ones(len(sample.days))))


def _curve(sample: Sample, form: Form) -> tuple[NDArray[np.float64], ...]:
    reserves = np.array(sample.reserves)
    match form:
        case Form.QUADRATIC:
            return (reserves, reserves**2)
        case Form.LINEAR:
            return (reserves,)
        case Form.LOGARITHM:
            return (np.log(reserves),)
        case Form.RECIPROCAL:
            return (1 / reserves,)
        case Form.CUBIC:
            return (reserves, reserves**2, reserves**3)


def _names(sample: Sample) -> tuple[str, ...]:
    """The terms of the main form, in the order of the matrix."""
    return ("reserves", "reserves_squared", *(name for name, _ in sample.terms), "constant")
