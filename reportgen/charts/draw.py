"""The chart kinds: each turns a specification and its texts into a matplotlib figure."""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Mapping
from datetime import date, timedelta

import matplotlib.dates as mdates
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from reportgen.charts import style
from reportgen.language.dates import format_tick
from reportgen.language.locale import Locale
from reportgen.language.numbers import format_axis_number
from reportgen.model.chart import (
    BarChart,
    ChartSpec,
    DailyBarChart,
    GroupedBarChart,
    Line,
    Mark,
    Scale,
    TimeChart,
)

BILLION = 10**9

# A label takes this share of the axis height a line; end labels keep that far apart.
LABEL_GAP = 0.1

# Room beside a bar for its value: this share of the axis a character.
CHARACTER = 0.045

# Where labels wrap, in characters: a Han character is as wide as two Latin ones.
LATIN_LABEL, HAN_LABEL = 16, 8
LATIN_BAR_LABEL, HAN_BAR_LABEL = 24, 9


def draw(spec: ChartSpec, texts: Mapping[str, str], locale: Locale) -> bytes:
    """The chart as matplotlib's SVG; ``texts`` are its labels by key, plain text."""
    with style.figure(locale.fonts.sans, wide=spec.wide) as (figure, axes):
        match spec:
            case TimeChart():
                _time(axes, spec, texts, locale)
            case DailyBarChart():
                _daily(axes, spec, texts, locale)
            case BarChart():
                _bars(axes, spec, texts, locale)
            case GroupedBarChart():
                _grouped(axes, spec, texts, locale)
        style.fit(figure, axes)
        return style.save(figure)


def _time(axes: Axes, spec: TimeChart, texts: Mapping[str, str], locale: Locale) -> None:
    if spec.band:
        low, high = spec.band
        axes.fill_between(
            _days(low.dates),
            low.values,
            high.values,
            step="post" if low.step else None,
            color=style.COLOURS["band"],
            linewidth=0,
        )
    if spec.stacked:
        axes.stackplot(
            _days(spec.lines[0].dates),
            *(line.values for line in spec.lines),
            colors=[style.colour(line.tone) for line in spec.lines],
            linewidth=0,
        )
    else:
        for line in spec.lines:
            _line(axes, line)
    if spec.zero_line:
        axes.axhline(0, color=style.COLOURS["muted"], linewidth=0.8)
    last = max(line.dates[-1] for line in spec.lines)
    first = min(line.dates[0] for line in spec.lines)
    axes.set_xlim(_day(first), _day(max(last, first + timedelta(days=7))))
    if spec.scale in (Scale.TRILLION_USD,):
        axes.set_ylim(bottom=0)
    _end_labels(axes, spec, texts, locale)
    _marks_over_time(axes, spec.marks, texts, first, last)
    _value_axis(axes, spec, locale)
    _time_axis(axes, spec, first, last, locale)


def _line(axes: Axes, line: Line) -> None:
    axes.plot(
        _days(line.dates),
        line.values,
        color=style.colour(line.tone),
        drawstyle="steps-post" if line.step else "default",
        linestyle=(0, (4, 2)) if line.dashed else "solid",
        linewidth=0.9 if line.dashed else 1.2,
        marker="o" if len(line.values) < 3 else None,
        markersize=3,
    )


def _end_labels(axes: Axes, spec: TimeChart, texts: Mapping[str, str], locale: Locale) -> None:
    """Labels at the right end of their lines, pushed apart where they would touch."""
    ends: list[tuple[float, Line]] = []
    base, last = 0.0, max(line.dates[-1] for line in spec.lines)
    for line in spec.lines:
        if line.dates[-1] < last - timedelta(days=60):
            _label_at_own_end(axes, line, texts[line.label])
            continue
        end = line.values[-1]
        ends.append((base + end / 2 if spec.stacked else end, line))
        base += end if spec.stacked else 0.0
    low, high = axes.get_ylim()
    lines = max(_label(spec, line, texts, locale).count("\n") + 1 for _, line in ends)
    gap = (high - low) * LABEL_GAP * lines
    placed: list[float] = []
    ends.sort(key=lambda pair: pair[0])
    for value, _ in ends:
        height = max(value, placed[-1] + gap) if placed else max(value, low + gap / 3)
        placed.append(height)
    overflow = placed[-1] - (high - gap / 3)
    if overflow > 0:
        placed = _pushed_down(placed, high - gap / 3, gap)
    for height, (_, line) in zip(placed, ends, strict=True):
        axes.annotate(
            _label(spec, line, texts, locale),
            xy=(1, height),
            xycoords=("axes fraction", "data"),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            color=style.colour(line.tone),
            annotation_clip=False,
        )


def _label(spec: ChartSpec, line: Line, texts: Mapping[str, str], locale: Locale) -> str:
    return texts[line.label] if spec.wide else wrapped(texts[line.label], locale)


def _label_at_own_end(axes: Axes, line: Line, label: str) -> None:
    """For a line that stops short of the others, such as data before a projection."""
    axes.annotate(
        label,
        xy=(_day(line.dates[-1]), line.values[-1]),
        xytext=(0, 7),
        textcoords="offset points",
        ha="center",
        color=style.colour(line.tone),
    )


def _pushed_down(heights: list[float], top: float, gap: float) -> list[float]:
    kept = list(heights)
    ceiling = top
    for index in range(len(kept) - 1, -1, -1):
        kept[index] = min(kept[index], ceiling)
        ceiling = kept[index] - gap
    return kept


def _marks_over_time(
    axes: Axes, marks: tuple[Mark, ...], texts: Mapping[str, str], first: date, last: date
) -> None:
    for mark in marks:
        if not first <= mark.date:
            continue
        inside = min(mark.date, last)
        late = (inside - first) / max(last - first, timedelta(1)) > 0.85
        axes.axvline(
            _day(inside),
            color=style.COLOURS["muted"],
            linewidth=0.8,
            linestyle=(0, (1, 2)),
            clip_on=False,
        )
        axes.annotate(
            texts[mark.label],
            xy=(_day(inside), 1),
            xycoords=("data", "axes fraction"),
            xytext=(-3 if late else 3, 2),
            textcoords="offset points",
            ha="right" if late else "left",
            va="bottom",
            color=style.COLOURS["muted"],
            annotation_clip=False,
        )


def _daily(axes: Axes, spec: DailyBarChart, texts: Mapping[str, str], locale: Locale) -> None:
    days, values = spec.bars.dates, spec.bars.values
    axes.bar(_days(days), values, width=1.6, color=style.colour(spec.bars.tone), linewidth=0)
    span = days[-1] - days[0]
    # Room at the right for the label of the day told, which is among the last.
    axes.set_xlim(_day(days[0] - timedelta(days=4)), _day(days[-1] + span / 6))
    top = max(max(values), 1.0)
    axes.set_ylim(0, top * 1.18)
    for mark in spec.marks:
        value = mark.value or 0.0
        right = mark.label == spec.told
        axes.annotate(
            texts[mark.label],
            xy=(_day(mark.date), value),
            xytext=(5 if right else -5, 0),
            textcoords="offset points",
            ha="left" if right else "right",
            va="center",
            color=style.COLOURS["ink"],
        )
    _value_axis(axes, spec, locale)
    _time_axis(axes, spec, days[0], days[-1], locale)


def _bars(axes: Axes, spec: BarChart, texts: Mapping[str, str], locale: Locale) -> None:
    axes.grid(visible=False)
    axes.spines["bottom"].set_visible(False)
    starts, factor = _starts(spec), unit_factor(spec, locale)
    values = [bar.value / BILLION for bar in spec.bars]
    rows = range(len(values))
    axes.barh(
        rows, values, left=starts, height=0.62, color=[style.colour(bar.tone) for bar in spec.bars]
    )
    axes.axvline(0, color=style.COLOURS["muted"], linewidth=0.8)
    axes.invert_yaxis()
    labels = [wrapped(texts[bar.label], locale, bars=True) for bar in spec.bars]
    axes.set_yticks(list(rows), labels, color=style.COLOURS["ink"])
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


def _grouped(axes: Axes, spec: GroupedBarChart, texts: Mapping[str, str], locale: Locale) -> None:
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
                fontsize=style.FONT_SIZE - 0.5,
                gid="value",
            )
    axes.axhline(0, color=style.COLOURS["muted"], linewidth=0.8)
    labels = [format_tick(date(year, 6, 30), locale.axis.year, locale) for year in spec.years]
    axes.set_xticks(list(range(len(spec.years))), labels)
    axes.margins(y=0.12)
    _value_axis(axes, spec, locale)
    axes.legend(
        loc="lower left",
        bbox_to_anchor=(0, 1),
        frameon=False,
        ncols=2,
        borderaxespad=0,
        borderpad=0.2,
        handlelength=1,
        handleheight=0.9,
        columnspacing=1.2,
    )


def unit_factor(spec: ChartSpec, locale: Locale) -> int:
    """By what the chart's values are multiplied to be in the unit the language counts in."""
    return locale.axis.per_billion_usd if spec.scale is Scale.BILLION_USD else 1


def _value_axis(axes: Axes, spec: ChartSpec, locale: Locale) -> None:
    factor = unit_factor(spec, locale)
    decimals = 2 if spec.scale is Scale.PERCENT else 0
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]))
    axes.yaxis.set_major_formatter(
        FuncFormatter(lambda v, _: format_axis_number(v * factor, locale, decimals))
    )


def _time_axis(axes: Axes, spec: ChartSpec, first: date, last: date, locale: Locale) -> None:
    """Years, half-years or quarters, so that their names have room in the width of the chart."""
    days = (last - first).days
    if days > 730:
        axes.xaxis.set_major_locator(mdates.YearLocator(base=2 if days > 5 * 365 else 1))
        pattern = locale.axis.year
    else:
        months = (1, 4, 7, 10) if spec.wide or days <= 380 else (1, 7)
        axes.xaxis.set_major_locator(mdates.MonthLocator(bymonth=months))
        pattern = locale.axis.month_with_year
    axes.xaxis.set_major_formatter(
        FuncFormatter(lambda v, _: format_tick(mdates.num2date(v).date(), pattern, locale))
    )


def wrapped(label: str, locale: Locale, *, bars: bool = False) -> str:
    """A label broken into short lines, at spaces or between Han characters, never in a word."""
    latin = LATIN_BAR_LABEL if bars else LATIN_LABEL
    han = HAN_BAR_LABEL if bars else HAN_LABEL
    if locale.typography == "latin":
        return "\n".join(textwrap.wrap(label, latin, break_long_words=False))
    # Closing marks stay with what they close, opening ones with what they open.
    pieces = re.findall(r"[（“《]?(?:[!-~]+|.)[，、；：）”》]*", label)
    total = sum(map(_width, pieces))
    size = math.ceil(total / math.ceil(total / han))
    lines = [""]
    for piece in pieces:
        if lines[-1] and _width(lines[-1] + piece) > size:
            lines.append("")
        lines[-1] += piece
    return "\n".join(line.strip() for line in lines)


def _width(text: str) -> float:
    """In Han characters."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def _day(day: date) -> float:
    return float(mdates.date2num(day))


def _days(days: tuple[date, ...]) -> list[float]:
    return [_day(day) for day in days]
