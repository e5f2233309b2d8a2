"""Reserve management purchases as announced, beside what forecasts have of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reportgen.analysis.outlook import ViewKind
from reportgen.analysis.policy import BalanceSheetStep, Phase
from reportgen.model import Quantity
from reportgen.sections.inputs import Inputs, policy_amount


@dataclass(frozen=True, slots=True)
class Purchases:
    """Purchases in effect, or announced and not in effect; ``amount`` in US dollars a month.

    The forecast, or the baseline scenario, differs when it has another amount or another month.
    """

    in_effect: bool
    announced: date
    effective: date
    amount: Quantity
    forecast_differs: bool
    scenario_differs: bool


def compute(inputs: Inputs) -> Purchases | None:
    """The purchases of the day; None as long as none are announced."""
    sheet = inputs.balance_sheet
    in_effect = sheet.phase is Phase.RESERVE_MANAGEMENT
    step = sheet.current if in_effect else sheet.planned
    if step is None:
        return None
    view = inputs.views.get(ViewKind.RESERVE_MANAGEMENT_PURCHASES)
    scenario = inputs.scenarios.baseline.scenario if inputs.scenarios else None
    return Purchases(
        in_effect=in_effect,
        announced=step.announced,
        effective=step.effective,
        amount=policy_amount("qt.purchases", step.treasuries_usd_bn, step.id, step.effective),
        forecast_differs=view is not None and _differs(step, view.value, view.starts),
        scenario_differs=scenario is not None
        and _differs(step, scenario.purchases_usd_bn_per_month, scenario.purchases_start),
    )


def _differs(step: BalanceSheetStep, amount_usd_bn: float | None, starts: date | None) -> bool:
    """Forecasts count in whole months, so that only the month of the start is compared."""
    if amount_usd_bn != step.treasuries_usd_bn or starts is None:
        return True
    return (starts.year, starts.month) != (step.effective.year, step.effective.month)
