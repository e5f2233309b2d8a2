"""The balance sheet: from purchases through runoff to its end, and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from reportgen.analysis import figures, portfolio
from reportgen.analysis.outlook import ViewKind
from reportgen.analysis.policy import BalanceSheetStep, NextStep, Phase
from reportgen.model import Point, Quantity, Unit, quantity
from reportgen.sections.inputs import Inputs, ToldView, policy_amount, told
from reportgen.sections.qt import paths, purchases
from reportgen.sections.qt.paths import ReservePaths
from reportgen.sections.qt.purchases import Purchases
from reportgen.store.dataset import Dataset

# The last H.4.1 week before the purchases of March 2020.
BEFORE_PANDEMIC = date(2020, 2, 26)

# A line needs a quarter of a year of weekly values to show where it goes.
CHARTED_FROM = timedelta(weeks=13)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the timeline with its amounts a month: purchases or caps."""

    effective: date
    announced: date
    treasuries: Quantity
    mbs: Quantity
    total: Quantity


@dataclass(frozen=True, slots=True)
class QtFacts:
    """Facts of the section; amounts in US dollars, ``*_pace`` a month over 13 weekly rows.

    ``since`` is the day from which the present stance holds. At the end of runoff assets were
    ``assets_at_end``, lower by ``runoff_fall``.
    """

    phase: Phase
    next_step: NextStep
    current: Step
    since: date
    upcoming: Step | None
    purchases: Purchases | None
    runoff_started: date | None
    runoff_ended: date | None
    runoff_years: Quantity | None
    assets_at_end: Quantity | None
    runoff_fall: Quantity | None
    assets: Quantity
    assets_at_start: Quantity | None
    assets_fall: Quantity | None
    assets_peak: Quantity
    assets_fall_from_peak: Quantity
    assets_before_pandemic: Quantity
    assets_growth: Quantity
    assets_below_peak: bool
    assets_shrank: bool
    agency_shrank: bool
    agency_pace_even: bool
    soma: Quantity
    soma_before_stop: bool
    runoff_charted: bool
    soma_treasuries: Quantity
    soma_agency: Quantity
    soma_fall: Quantity | None
    treasuries_fall: Quantity | None
    agency_fall: Quantity | None
    treasuries_pace: Quantity
    agency_pace: Quantity
    agency_grows: bool
    agency_below_cap: bool
    agency_pace_low: Quantity
    agency_pace_high: Quantity
    reserves: Quantity
    reserves_view: ToldView | None
    purchases_view: ToldView | None
    mbs_view: ToldView | None
    reserves_goal_view: ToldView | None
    path: ReservePaths | None


def compute(inputs: Inputs) -> QtFacts:
    """The section's facts at the as-of date."""
    data, sheet = inputs.data, inputs.balance_sheet
    start = sheet.runoff.effective if sheet.runoff else None
    assets = figures.latest(data, "total_assets")
    peak = _peak(inputs)
    before = figures.on_or_before(data, "total_assets", BEFORE_PANDEMIC)
    at_start = figures.on_or_before(data, "total_assets", start) if start else None
    at_end = (
        figures.on_or_before(data, "total_assets", sheet.ended.effective) if sheet.ended else None
    )
    soma = _holding(inputs, "qt.soma", ("soma_total",))
    agency = portfolio.pace(data, portfolio.AGENCY, 13)
    paces = portfolio.recent_paces(data, portfolio.AGENCY)
    pace_low, pace_high = (
        pace_figure(f"qt.agency_pace_{name}", portfolio.AGENCY, told_pace, figures.ONE_BILLION)
        for name, told_pace in (("low", paces[0]), ("high", paces[-1]))
    )
    assets_fall = _fall("qt.assets_fall", "total_assets", at_start, assets)
    agency_fall = _holding_fall(inputs, "qt.agency_fall", portfolio.AGENCY, start)
    return QtFacts(
        phase=sheet.phase,
        next_step=sheet.next_step,
        current=_step("qt.current", sheet.current),
        since=sheet.since,
        upcoming=_step("qt.upcoming", sheet.upcoming) if sheet.upcoming else None,
        purchases=purchases.compute(inputs),
        runoff_started=start,
        runoff_ended=sheet.ended.effective if sheet.ended else None,
        runoff_years=_years(inputs, start),
        assets_at_end=_level_at("qt.assets_at_end", data, at_end),
        runoff_fall=_fall("qt.runoff_fall", "total_assets", at_start, at_end) if at_end else None,
        assets=figures.level(data, "qt.assets", "total_assets"),
        assets_at_start=_level_at("qt.assets_at_start", data, at_start),
        assets_fall=assets_fall,
        assets_peak=figures.level(data, "qt.assets_peak", "total_assets", point=peak),
        assets_fall_from_peak=figures.fall(
            "qt.assets_fall_from_peak", "total_assets", peak, assets, figures.HUNDREDTH_TRILLION
        ),
        assets_before_pandemic=figures.level(
            data, "qt.assets_before_pandemic", "total_assets", point=before
        ),
        assets_growth=_growth(before, assets),
        assets_below_peak=assets.value < peak.value,
        assets_shrank=_is_positive(assets_fall),
        agency_shrank=_is_positive(agency_fall),
        agency_pace_even=pace_low.displayed == pace_high.displayed,
        soma=soma,
        runoff_charted=bool(start and soma.as_of - start >= CHARTED_FROM),
        soma_before_stop=bool(sheet.ended and soma.as_of < sheet.ended.effective),
        soma_treasuries=_holding(inputs, "qt.soma_treasuries", portfolio.TREASURIES),
        soma_agency=_holding(inputs, "qt.soma_agency", portfolio.AGENCY),
        soma_fall=_holding_fall(inputs, "qt.soma_fall", ("soma_total",), start),
        treasuries_fall=_holding_fall(inputs, "qt.treasuries_fall", portfolio.TREASURIES, start),
        agency_fall=agency_fall,
        treasuries_pace=pace_figure(
            "qt.treasuries_pace",
            portfolio.TREASURIES,
            portfolio.pace(data, portfolio.TREASURIES, 13),
        ),
        # The supply section tells the same pace as an end of its range, in whole billions.
        agency_pace=pace_figure("qt.agency_pace", portfolio.AGENCY, agency, figures.ONE_BILLION),
        agency_grows=agency.change_per_month > 0,
        agency_below_cap=-agency.change_per_month < sheet.current.mbs_usd_bn * 10**9,
        agency_pace_low=pace_low,
        agency_pace_high=pace_high,
        reserves=figures.level(data, "qt.reserves", "reserve_balances"),
        reserves_view=told(inputs, "qt", ViewKind.RESERVES_AT_YEAR_END),
        purchases_view=told(inputs, "qt", ViewKind.RESERVE_MANAGEMENT_PURCHASES),
        mbs_view=told(inputs, "qt", ViewKind.MBS_PRINCIPAL_INTO_BILLS),
        reserves_goal_view=told(inputs, "qt", ViewKind.RESERVES_TO_EXCEED),
        path=paths.compute(inputs),
    )


def _is_positive(fall: Quantity | None) -> bool:
    """Whether there is a fall to tell, at the precision it would be told with."""
    return fall is not None and fall.displayed > 0


def _step(id: str, step: BalanceSheetStep) -> Step:
    return Step(
        effective=step.effective,
        announced=step.announced,
        treasuries=policy_amount(
            f"{id}.treasuries", step.treasuries_usd_bn, step.id, step.effective
        ),
        mbs=policy_amount(f"{id}.mbs", step.mbs_usd_bn, step.id, step.effective),
        total=policy_amount(
            f"{id}.total", step.treasuries_usd_bn + step.mbs_usd_bn, step.id, step.effective
        ),
    )


def _peak(inputs: Inputs) -> Point:
    dates, values = figures.points(inputs.data, "total_assets", BEFORE_PANDEMIC)
    value, day = max(zip(values, dates, strict=True))
    return Point(day, value)


def _years(inputs: Inputs, start: date | None) -> Quantity | None:
    """Years of runoff, to its end or so far."""
    sheet = inputs.balance_sheet
    if start is None or sheet.runoff is None:
        return None
    end = sheet.ended.effective if sheet.ended else inputs.as_of
    entries = (sheet.runoff.id, sheet.ended.id) if sheet.ended else (sheet.runoff.id,)
    return quantity(
        "qt.runoff_years",
        (end - start).days / 365.25,
        Unit.YEAR,
        end,
        figures.TENTH,
        formula=f"({end} - {start}) / 365.25",
        references=entries,
    )


def _level_at(id: str, data: Dataset, point: Point | None) -> Quantity | None:
    return figures.level(data, id, "total_assets", point=point) if point else None


def _fall(id: str, series_id: str, start: Point | None, end: Point) -> Quantity | None:
    if start is None:
        return None
    return figures.fall(id, series_id, start, end, figures.HUNDREDTH_TRILLION)


def _growth(before: Point, now: Point) -> Quantity:
    return quantity(
        "qt.assets_growth",
        now.value / before.value,
        Unit.TIMES,
        now.date,
        figures.TENTH,
        series=("total_assets",),
        formula=f"total_assets({now.date}) / total_assets({before.date})",
    )


def _holding(inputs: Inputs, id: str, classes: tuple[str, ...]) -> Quantity:
    held = portfolio.holding(inputs.data, classes)
    return quantity(
        id,
        held.value,
        Unit.USD,
        held.date,
        figures.HUNDREDTH_TRILLION,
        series=classes,
        formula=f"({' + '.join(classes)})({held.date})",
    )


def _holding_fall(
    inputs: Inputs, id: str, classes: tuple[str, ...], start: date | None
) -> Quantity | None:
    if start is None:
        return None
    then, now = (portfolio.holding(inputs.data, classes, day) for day in (start, None))
    total = " + ".join(classes)
    return quantity(
        id,
        then.value - now.value,
        Unit.USD,
        now.date,
        figures.HUNDREDTH_TRILLION
        if abs(then.value - now.value) >= 10**11
        else figures.ONE_BILLION,
        series=classes,
        formula=f"({total})({then.date}) - ({total})({now.date})",
    )


def pace_figure(
    id: str, classes: tuple[str, ...], pace: portfolio.Pace, quantum: str = figures.TENTH_BILLION
) -> Quantity:
    """A monthly pace as a positive amount: principal received, or net purchases."""
    total = " + ".join(classes)
    return quantity(
        id,
        abs(pace.change_per_month),
        Unit.USD_PER_MONTH,
        pace.end,
        quantum,
        series=classes,
        formula=f"abs(({total})({pace.end}) - ({total})({pace.start})) / {pace.weeks} * 4.348",
    )
