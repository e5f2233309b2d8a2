"""The lead: the finding of the week, how far runoff has gone, and where reserves went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from reportgen.analysis import figures, portfolio, reserves
from reportgen.analysis.policy import NextStep, debt_limit_in_force, latest_debt_limit
from reportgen.analysis.reserves import Basis, Driver, Frame
from reportgen.model import Point, Quantity
from reportgen.sections.funding import facts as funding
from reportgen.sections.inputs import Inputs
from reportgen.sections.lead import headline, lending, rates, reverse_repo
from reportgen.sections.lead.account import MATERIAL_USD, Accounted, figures_of
from reportgen.sections.lead.headline import SHARP_USD, Headline, Occasion
from reportgen.sections.lead.lending import Lending
from reportgen.sections.lead.rates import RateMove
from reportgen.sections.lead.reverse_repo import ReverseRepo

# Below a hundred billion the Treasury's account is neither rebuilt nor run down: from one Wednesday
# to the next it moves by 40 billion at the median.
TGA_MOVED_USD = 100 * 10**9

# From a hundred billion on, assets that grew beside the portfolio are worth a clause.
OTHER_ASSETS_USD = 100 * 10**9

# Five basis points below the rate of the facility one busy day closes the gap: on 19 of 230 days of
# 2025 SOFR rose by as much from the day before.
NEAR_BP = 5

# In its last seven days runoff has no weeks left.
LAST_DAYS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class LeadFacts:
    """Facts of the lead; amounts in US dollars, reserve changes between H.4.1 weeks.

    Reserves are told as week averages; ``account`` and ``week`` are in Wednesday levels where those
    are stored, and else in week averages as well.
    """

    headline: Headline
    rate_move: RateMove | None
    lending: Lending | None
    rates_occasion: Occasion
    funding_below: bool
    sofr_near_srf_rate: bool
    fresh_pace: bool
    last_days: bool
    other_assets_grew: bool
    frame: Frame
    debt_limit_day: date | None
    debt_limit_since: date | None
    refill: bool
    reserves_start: Quantity
    reserves_end: Quantity
    reserves_change: Quantity
    reserves_fell: bool
    reserves_fell_sharply: bool
    reserves_moved: bool
    week_change: Quantity
    week_rose: bool
    end_occasion: Occasion
    basis: Basis
    main_driver: Driver
    tga_rose: bool
    tga_material: bool
    assets_material: bool
    assets_fell: bool
    other_is_large: bool
    other_took: bool
    tga_start: Quantity
    tga_end: Quantity
    tga_daily: Quantity | None
    tga_daily_newer: bool
    reverse_repo: ReverseRepo
    account: Accounted
    week: Accounted | None


def compute(inputs: Inputs) -> LeadFacts:
    """The section's facts at the as-of date."""
    data = inputs.data
    event = latest_debt_limit(inputs.policy, inputs.as_of)
    in_force = debt_limit_in_force(inputs.policy, inputs.as_of)
    start, frame = reserves.start_of_story(data, event)
    account = reserves.account(data, start, frame)
    tga_start = figures.on_or_before(data, "tga_level", account.start.date)
    tga_end = figures.on_or_before(data, "tga_level", account.end.date)
    tga_daily = _tga_daily(inputs)
    before, after = (
        Point(point.date, data.value("reserve_balances", point.date))
        for point in (account.start, account.end)
    )
    change = figures.change(
        "lead.reserves_change", "reserve_balances", before, after, figures.ONE_BILLION
    )
    week = _week_change(inputs)
    parts = dict(account.contributions)
    averages = account.basis is Basis.AVERAGES
    total_id = "lead.reserves_change" if averages else "lead.reserves_total"
    return LeadFacts(
        headline=headline.headline(inputs),
        rate_move=rates.compute(inputs, "lead"),
        lending=lending.compute(inputs),
        rates_occasion=headline.occasion(figures.latest(data, "sofr").date),
        funding_below=funding.mean_spread(data).displayed < 0,
        sofr_near_srf_rate=_sofr_near_srf_rate(inputs),
        fresh_pace=headline.fresh_pace(inputs),
        last_days=_last_days(inputs),
        other_assets_grew=_other_assets_grew(inputs),
        frame=frame,
        debt_limit_day=event.resolved if event else None,
        debt_limit_since=in_force.binding if in_force else None,
        refill=headline.refill(inputs) and frame is Frame.HALF_YEAR,
        reserves_start=figures.level(data, "lead.reserves_start", "reserve_balances", point=before),
        reserves_end=figures.level(data, "lead.reserves_end", "reserve_balances", point=after),
        reserves_change=change.magnitude,
        reserves_fell=change.value < 0,
        reserves_fell_sharply=change.value <= -SHARP_USD,
        reserves_moved=abs(change.value) >= MATERIAL_USD,
        week_change=week.magnitude,
        week_rose=week.displayed > 0,
        end_occasion=_quarter_end_of(account.end.date),
        basis=account.basis,
        main_driver=account.main_driver,
        tga_rose=parts[Driver.TGA] < 0,
        tga_material=abs(parts[Driver.TGA]) >= TGA_MOVED_USD,
        assets_material=abs(parts[Driver.ASSETS]) >= MATERIAL_USD,
        assets_fell=parts[Driver.ASSETS] < 0,
        other_is_large=_other_is_large(parts),
        other_took=parts[Driver.OTHER] < 0,
        tga_start=figures.level(
            data, "lead.tga_start", "tga_level", point=tga_start, quantum=figures.ONE_BILLION
        ),
        tga_end=figures.level(
            data, "lead.tga_end", "tga_level", point=tga_end, quantum=figures.ONE_BILLION
        ),
        tga_daily=tga_daily,
        tga_daily_newer=tga_daily is not None and tga_daily.as_of > tga_end.date,
        reverse_repo=reverse_repo.compute(data, account),
        account=figures_of(data, account, total_id, "lead.part"),
        week=_week(inputs),
    )


def _week(inputs: Inputs) -> Accounted | None:
    """The newest H.4.1 week against the one before."""
    account = reserves.last_week(inputs.data)
    if account is None:
        return None
    return figures_of(inputs.data, account, "lead.week.change", "lead.week.part")


def _week_change(inputs: Inputs) -> Quantity:
    """The newest week average of reserves less the one before."""
    newest, before = reserves.last_weeks(inputs.data, 2)
    return figures.change(
        "lead.week_change", "reserve_balances", before, newest, figures.ONE_BILLION
    )


def _sofr_near_srf_rate(inputs: Inputs) -> bool:
    sofr = figures.latest(inputs.data, "sofr")
    rate = figures.on_or_before(inputs.data, "srf_rate", sofr.date)
    return (rate.value - sofr.value) * 100 <= NEAR_BP + 0.5


def _last_days(inputs: Inputs) -> bool:
    sheet = inputs.balance_sheet
    if sheet.upcoming is None or sheet.next_step is not NextStep.END_RUNOFF:
        return False
    return sheet.upcoming.effective - inputs.as_of <= LAST_DAYS


def _other_assets_grew(inputs: Inputs) -> bool:
    """Whether total assets fell much less than the portfolio since runoff began."""
    runoff = inputs.balance_sheet.runoff
    if runoff is None:
        return False
    data, start = inputs.data, runoff.effective
    assets = figures.latest(data, "total_assets").value
    assets -= figures.on_or_before(data, "total_assets", start).value
    held, then = (portfolio.holding(data, ("soma_total",), day) for day in (None, start))
    return assets - (held.value - then.value) >= OTHER_ASSETS_USD


def _quarter_end_of(wednesday: date) -> Occasion:
    """The quarter-end or year-end in the week that ends on a Wednesday."""
    if not reserves.holds_quarter_end(wednesday):
        return Occasion.NONE
    # The last business day of a year lies in the first days of January, or in late December.
    return Occasion.YEAR_END if wednesday.month in (1, 12) else Occasion.QUARTER_END


def _other_is_large(parts: dict[Driver, float]) -> bool:
    """Whether what is not named moved reserves more than all but one of what is."""
    told = sorted(abs(parts[d]) for d in (Driver.ASSETS, Driver.TGA, Driver.ON_RRP))
    return abs(parts[Driver.OTHER]) >= max(told[-2], MATERIAL_USD)


def _tga_daily(inputs: Inputs) -> Quantity | None:
    """The daily balance, told only where it is called daily; None when the statement is late."""
    if inputs.data.status("tga_close").late:
        return None
    return figures.level(inputs.data, "lead.tga_daily", "tga_close", quantum=figures.ONE_BILLION)
