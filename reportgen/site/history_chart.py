"""The chart of a series' history: its kind, its unit, its colour."""

from __future__ import annotations

from decimal import Decimal
from statistics import median

from reportgen.model import Frequency, History, Quantity, Unit, quantity
from reportgen.model.chart import UNNAMED, DailyBarChart, Line, Scale, TimeChart, Tone

# An axis counts in trillions when a tenth of one tells its lowest value from nothing.
TRILLION, TENTH_TRILLION = 10**12, 10**11
# A facility is used on occasion when its middle day has less than a hundredth of its largest.
OCCASIONAL = 0.01
# Amounts of a series differ by orders of magnitude: its display step leaves some with no digit at
# all, and others with more than a title bears.
LEAST_DIGITS, MOST_DIGITS = 2, 4

_WORTH = {Scale.TRILLION_USD: 10**12, Scale.BILLION_USD: 10**9}
# The colours that the charts of the brief give the same amounts.
_TONES = {
    "srf_": Tone.STRESS,
    "temporary_repo_": Tone.STRESS,
    "on_rrp_accepted": Tone.ON_RRP,
    "tga_": Tone.TGA,
    "mbs_held": Tone.MBS,
    "soma_mbs": Tone.MBS,
    "soma_bills": Tone.BILLS,
    "bill": Tone.BILLS,
}


def chart_of(history: History) -> TimeChart | DailyBarChart:
    """A line over the whole history, or a bar a day where nothing happens on most days."""
    series, scale = history.series, scale_of(history)
    tone = next(
        (tone for start, tone in _TONES.items() if series.id.startswith(start)), Tone.RESERVES
    )
    values = tuple(value / worth_of(scale) for value in history.values)
    line = Line(UNNAMED, tone, history.dates, values, step=is_set(history))
    if is_occasional(history):
        return DailyBarChart(series.id, scale, (series.id,), line, wide=True)
    return TimeChart(series.id, scale, (series.id,), (line,), wide=True)


def scale_of(history: History) -> Scale:
    """The unit in which its axis counts; ValueError for a unit that no axis has."""
    match history.series.unit:
        case Unit.USD:
            large = max(history.values) >= TRILLION and min(history.values) >= TENTH_TRILLION
            return Scale.TRILLION_USD if large else Scale.BILLION_USD
        case Unit.PERCENT:
            return Scale.PERCENT
        case Unit.BASIS_POINT:
            return Scale.BASIS_POINT
        case other:
            raise ValueError(f"{history.series.id}: no axis counts in {other}")


def worth_of(scale: Scale) -> int:
    """What a unit of the axis is in the unit of the series."""
    return _WORTH.get(scale, 1)


def is_occasional(history: History) -> bool:
    """Whether its values are events: operations at which little happens on most days."""
    series = history.series
    if series.unit is not Unit.USD:
        return False
    if series.frequency is Frequency.IRREGULAR:
        return True
    quiet = median(history.values) < OCCASIONAL * max(history.values)
    return series.frequency is Frequency.OPERATION and quiet


def is_set(history: History) -> bool:
    """Whether it is a rate that the Fed sets, which holds until it is set anew."""
    set_by_day = {Frequency.CALENDAR_DAY, Frequency.OPERATION}
    return history.series.unit is Unit.PERCENT and history.series.frequency in set_by_day


def newest(history: History) -> Quantity:
    """The newest value at the display step of its series, or finer where that leaves no digits."""
    return _figure(history, len(history.values) - 1, "newest", Decimal(0))


def highest(history: History) -> Quantity:
    """The highest value in no more than four digits; of equal ones the newest."""
    place = max(range(len(history.values)), key=lambda at: (history.values[at], at))
    return _figure(history, place, "highest", _step_of(history.values[place], MOST_DIGITS))


def lowest(history: History) -> Quantity:
    """The lowest value, told as the highest is."""
    place = min(range(len(history.values)), key=lambda at: (history.values[at], -at))
    return _figure(history, place, "lowest", _step_of(history.values[place], MOST_DIGITS))


def _figure(history: History, place: int, name: str, finest: Decimal) -> Quantity:
    """A value at a step not finer than one, nor so coarse that an amount has but one digit."""
    series, day, value = history.series, history.dates[place], history.values[place]
    step = series.quantum
    # What the briefs print as nothing, such as test bids, is nothing here too.
    if series.unit is Unit.USD and abs(value) >= series.quantum / 2:
        step = max(min(step, _step_of(value, LEAST_DIGITS)), finest)
    return quantity(
        f"history.{series.id}.{name}",
        value,
        series.unit,
        day,
        step,
        series=(series.id,),
        formula=f"{series.id}({day})",
    )


def _step_of(value: float, digits: int) -> Decimal:
    """The step at which a value has so many digits."""
    return Decimal(1).scaleb(Decimal(repr(value)).adjusted() - digits + 1)
