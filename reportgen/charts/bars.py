"""Charts of bars: days, named amounts, years."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path as MplPath

from reportgen.charts import style
from reportgen.charts.axes import (
    day_number,
    day_numbers,
    mark_id,
    time_axis,
    unit_factor,
    value_axis,
    wrapped,
)
from reportgen.language.dates import format_tick
from reportgen.language.locale import Locale
from reportgen.language.numbers import format_axis_number
from reportgen.model.chart import BarChart, DailyBarChart, GroupedBarChart, Occasions

BILLION = 10**9

# Room beside a bar for its value: this share of the axis a character.
CHARACTER = 0.045
# Between rows of marks above a chart, as a share of its height.
OCCASION_ROW = 0.085

# Two lines of Han characters touch at what is usual for Latin ones.
LABEL_LEADING = {"han": 1.45, "latin": 1.2}


def draw_daily(axes: Axes, spec: DailyBarChart, texts: Mapping[str, str], locale: Locale) -> None:
    """Bars over business days, with the named days told beside their bars."""
    days, values = spec.bars.dates, spec.bars.values
    bars = axes.add_patch(_bars(day_numbers(days), values, style.colour(spec.bars.tone)))
    bars.set_gid("data")
    edge = timedelta(days=4)
    # Room at the right for the label of the day told, which is among the last, and names of rows.
    room = (days[-1] - days[0]) / 6 if spec.marks or spec.occasions else edge
    axes.set_xlim(day_number(days[0] - edge), day_number(days[-1] + room))
    top = max(max(values), 1.0)
    axes.set_ylim(0, top * 1.18)
    for mark in spec.marks:
        value = mark.value or 0.0
        right = mark.label == spec.told
        axes.annotate(
            texts[mark.label],
            xy=(day_number(mark.date), value),
            xytext=(5 if right else -5, 0),
            textcoords="offset points",
            ha="left" if right else "right",
            va="center",
            color=style.ink("ink"),
            gid=mark_id(mark.date),
        )
    _occasions(axes, spec.occasions, texts)
    value_axis(axes, spec, locale)
    time_axis(axes, days[0], days[-1], locale)


def _occasions(axes: Axes, rows: tuple[Occasions, ...], texts: Mapping[str, str]) -> None:
    """Rows of small marks above the bars, each with its name at the right."""
    for row, occasions in enumerate(reversed(rows)):
        height = 1.03 + row * OCCASION_ROW
        axes.plot(
            day_numbers(occasions.dates),
            [height] * len(occasions.dates),
            transform=axes.get_xaxis_transform(),
            marker="v",
            markersize=4,
            markeredgewidth=0,
            linestyle="none",
            color=style.ink("muted"),
            clip_on=False,
            gid="occasions",
        )
        axes.annotate(
            texts[occasions.label],
            xy=(1, height),
            xycoords="axes fraction",
            ha="right",
            va="center",
            color=style.ink("muted"),
            annotation_clip=False,
        )


def _bars(days: list[float], values: tuple[float, ...], colour: str) -> PathPatch:
    """All bars as one shape: drawn singly, two hundred take three times as long as a chart."""
    half = 0.8
    corners = [
        [(day - half, 0.0), (day + half, 0.0), (day + half, value), (day - half, value)]
        for day, value in zip(days, values, strict=True)
    ]
    shape = MplPath.make_compound_path(*(MplPath([*bar, bar[0]], closed=True) for bar in corners))
    return PathPatch(shape, facecolor=colour, linewidth=0)


def draw_bars(axes: Axes, spec: BarChart, texts: Mapping[str, str], locale: Locale) -> None:
    """Named bars below each other, each with its value; a bridge steps from bar to bar."""
    axes.grid(visible=False)
    axes.spines["bottom"].set_visible(False)
    starts, factor = _starts(spec), unit_factor(spec, locale)
    values = [bar.value / BILLION for bar in spec.bars]
    rows = range(len(values))
    axes.barh(
        rows, values, left=starts, height=0.62, color=[style.colour(bar.tone) for bar in spec.bars]
    )
    axes.axvline(0, color=style.ink("muted"), linewidth=0.8)
    axes.invert_yaxis()
    labels = [wrapped(texts[bar.label], locale, bars=True) for bar in spec.bars]
    axes.set_yticks(
        list(rows), labels, color=style.ink("ink"), linespacing=LABEL_LEADING[locale.typography]
    )
    axes.set_xticks([])
    reach = [(min(s, s + v), max(s, s + v)) for s, v in zip(starts, values, strict=True)]
    low, high = min(0.0, *(a for a, _ in reach)), max(0.0, *(b for _, b in reach))
    written = [
        (locale.numbers.plus if value > 0 and not spec.bridge else "")
        + format_axis_number(round(value) * factor, locale)
        for value in values
    ]
    margin = (high - low) * CHARACTER * max(len(text) for text in written)
    axes.set_xlim(low - (margin if low < 0 else 0), high + margin)
    for row, (start, value) in enumerate(zip(starts, values, strict=True)):
        axes.annotate(
            written[row],
            xy=(start + value if value > 0 or not spec.bridge else start, row),
            xytext=(4 if value > 0 or spec.bridge else -4, 0),
            textcoords="offset points",
            ha="left" if value > 0 or spec.bridge else "right",
            va="center",
            gid="value",
        )


def _starts(spec: BarChart) -> list[float]:
    """Where each bar begins: at zero, or in a bridge where the one before ended."""
    if not spec.bridge:
        return [0.0] * len(spec.bars)
    starts, level = [], 0.0
    for bar in spec.bars[:-1]:
        starts.append(level)
        level += bar.value / BILLION
    return [*starts, 0.0]


def draw_grouped(
    axes: Axes, spec: GroupedBarChart, texts: Mapping[str, str], locale: Locale
) -> None:
    """Groups of bars by year; the values written are those of the last group."""
    width, factor = 0.38, unit_factor(spec, locale)
    for index, (label, tone, values) in enumerate(spec.groups):
        places = [year + (index - 0.5) * width for year in range(len(spec.years))]
        bars = axes.bar(
            places,
            [value if value is not None else 0.0 for value in values],
            width=width * 0.94,
            color=style.colour(tone),
            label=texts[label],
        )
        if spec.partial_year:
            bars[-1].set_alpha(0.55)
        if index < len(spec.groups) - 1:
            continue
        # Values stand on the last group only: two to a year would run into each other.
        for year, (place, value) in enumerate(zip(places, values, strict=True)):
            if value is None:
                continue
            beside = [group[year] or 0.0 for _, _, group in spec.groups]
            axes.annotate(
                format_axis_number(round(value) * factor, locale),
                xy=(place, max(beside) if value >= 0 else min(beside)),
                xytext=(0, 2 if value >= 0 else -2),
                textcoords="offset points",
                ha="center",
                va="bottom" if value >= 0 else "top",
                fontsize=style.font_size() - 0.5,
                gid="value",
            )
    axes.axhline(0, color=style.ink("muted"), linewidth=0.8)
    labels = [format_tick(date(year, 6, 30), locale.axis.year, locale) for year in spec.years]
    axes.set_xticks(list(range(len(spec.years))), labels)
    axes.margins(y=0.16)
    value_axis(axes, spec, locale)
    if style.legend_above(axes, columns=2) > style.room_beside_ticks(axes):
        style.legend_above(axes, columns=1)
