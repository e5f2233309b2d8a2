"""Our fair-value estimate as the section tells it, and the model as the annex lists it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reportgen.analysis.fair_value import CONFIDENCE_PERCENT, Estimate, FairValue, Term
from reportgen.analysis.fair_value_sample import EXPLAINED_BY
from reportgen.model import Quantity, Unit, quantity

# A tenth of a basis point would promise what a band of eight does not keep.
GAP_STEP = "1"
COEFFICIENT_STEP = "0.01"


class Finding(StrEnum):
    """Where the rates traded against fair value.

    A gap counts once its whole band is above or below it.
    """

    ABOVE = "above"
    BELOW = "below"
    FAIR = "fair"
    ONLY_SOFR = "only_sofr"
    ONLY_TGCR = "only_tgcr"
    NO_ESTIMATE = "no_estimate"


@dataclass(frozen=True, slots=True)
class TermFacts:
    """A coefficient of the model with its standard error."""

    name: str
    coefficient: Quantity
    error: Quantity


@dataclass(frozen=True, slots=True)
class RateFacts:
    """The model of one rate; gaps in basis points, positive above fair value.

    ``low`` and ``high`` are the ends of the band, ``least`` and ``most`` the smallest and the
    largest gap when the curve of reserves has another form.
    """

    gap: Quantity
    low: Quantity
    high: Quantity
    gap_apart: Quantity
    apart_low: Quantity
    apart_high: Quantity
    least: Quantity
    most: Quantity
    explained: Quantity
    days: Quantity
    terms: tuple[TermFacts, ...]


@dataclass(frozen=True, slots=True)
class FairValueFacts:
    """Both rates side by side; ``widest`` is the only gap that does not print as nought."""

    sofr: RateFacts
    tgcr: RateFacts
    sofr_size: Quantity
    tgcr_size: Quantity
    near_end: Quantity
    far_end: Quantity
    alike: bool
    no_gap: bool
    widest: Quantity | None
    hangs_on_form: bool
    forms_even: bool
    first_day: date
    last_day: date
    window_start: date
    window_days: Quantity
    lags: Quantity
    confidence: Quantity


def tell(model: FairValue) -> FairValueFacts:
    """The facts of a model."""
    sofr, tgcr = _rate(model.sofr), _rate(model.tgcr)
    ends = sorted((sofr.low.magnitude, sofr.high.magnitude), key=lambda end: end.value)
    return FairValueFacts(
        sofr=sofr,
        tgcr=tgcr,
        sofr_size=sofr.gap.magnitude,
        tgcr_size=tgcr.gap.magnitude,
        near_end=ends[0],
        far_end=ends[1],
        alike=sofr.gap.displayed == tgcr.gap.displayed,
        no_gap=sofr.gap.displayed == tgcr.gap.displayed == 0,
        widest=_only_one(sofr.gap, tgcr.gap),
        # Another form takes the gap out of its band.
        hangs_on_form=not sofr.low.value <= sofr.least.value <= sofr.most.value <= sofr.high.value,
        forms_even=sofr.least.displayed == sofr.most.displayed,
        first_day=model.sofr.days[0],
        last_day=model.sofr.days[-1],
        window_start=model.sofr.window[0],
        window_days=_figure(model.sofr, "window_days", len(model.sofr.window), Unit.COUNT),
        lags=_figure(model.sofr, "lags", model.sofr.lags, Unit.COUNT),
        confidence=_figure(model.sofr, "confidence", CONFIDENCE_PERCENT, Unit.SHARE),
    )


def _only_one(first: Quantity, second: Quantity) -> Quantity | None:
    """The gap that is left to tell when the other rounds to nothing; None when both are."""
    if (first.displayed == 0) == (second.displayed == 0):
        return None
    return first if first.displayed else second


def find(facts: FairValueFacts | None) -> Finding:
    """What the bands say as a reader sees them: one that ends at a printed nought is unclear."""
    if facts is None:
        return Finding.NO_ESTIMATE
    sofr, tgcr = _side(facts.sofr), _side(facts.tgcr)
    if sofr == tgcr:
        return {1: Finding.ABOVE, -1: Finding.BELOW, 0: Finding.FAIR}[sofr]
    # Opposite sides never came up from 2022 to 2025: the rates move together.
    return Finding.ONLY_SOFR if sofr else Finding.ONLY_TGCR


def _side(rate: RateFacts) -> int:
    return (rate.low.displayed > 0) - (rate.high.displayed < 0)


def _rate(model: Estimate) -> RateFacts:
    forms = [gap for _, gap in model.gaps_by_form]
    gap, apart = model.gap, model.gap_apart
    return RateFacts(
        gap=_gap(model, "gap", gap.value),
        low=_gap(model, "low", gap.value - gap.margin),
        high=_gap(model, "high", gap.value + gap.margin),
        gap_apart=_gap(model, "gap_apart", apart.value),
        apart_low=_gap(model, "apart_low", apart.value - apart.margin),
        apart_high=_gap(model, "apart_high", apart.value + apart.margin),
        least=_gap(model, "least", min(forms)),
        most=_gap(model, "most", max(forms)),
        explained=_figure(model, "explained", model.explained_percent, Unit.SHARE),
        days=_figure(model, "days", len(model.days), Unit.COUNT),
        terms=tuple(_term(model, term) for term in model.terms),
    )


_WHAT = {
    "gap": "mean residual",
    "low": "mean residual, lower end of the band",
    "high": "mean residual, upper end of the band",
    "gap_apart": "mean residual, fitted without these days",
    "apart_low": "mean residual, fitted without these days, lower end of the band",
    "apart_high": "mean residual, fitted without these days, upper end of the band",
    "least": "mean residual, least of other forms",
    "most": "mean residual, most of other forms",
}


def _gap(model: Estimate, name: str, value: float) -> Quantity:
    window = f"{model.window[0]} to {model.window[-1]}"
    formula = f"fair_value({model.rate}): {_WHAT[name]}; {window}"
    return _quantity(model, f"{model.rate}.{name}", value, Unit.BASIS_POINT, GAP_STEP, formula)


def _term(model: Estimate, term: Term) -> TermFacts:
    def of(kind: str, value: float) -> Quantity:
        return _quantity(
            model,
            f"{model.rate}.{kind}.{term.name}",
            value,
            Unit.BASIS_POINT,
            COEFFICIENT_STEP,
            f"fair_value({model.rate}): {kind} of {term.name}",
        )

    return TermFacts(term.name, of("coefficient", term.coefficient), of("error", term.error))


def _figure(model: Estimate, name: str, value: float, unit: Unit) -> Quantity:
    formula = f"fair_value({model.rate}): {name}; {model.days[0]} to {model.days[-1]}"
    return _quantity(model, f"{model.rate}.{name}", value, unit, "1", formula)


def _quantity(
    model: Estimate, name: str, value: float, unit: Unit, quantum: str, formula: str
) -> Quantity:
    return quantity(
        f"funding.fair_value.{name}",
        value,
        unit,
        model.days[-1],
        quantum,
        series=(model.rate, "iorb", *EXPLAINED_BY),
        formula=formula,
    )
