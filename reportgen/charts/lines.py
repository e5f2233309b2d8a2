"""Charts over time: lines or stacked areas, with labels at their ends and marked events."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from matplotlib.axes import Axes

from reportgen.charts import style
from reportgen.charts.axes import (
    day_number,
    day_numbers,
    mark_id,
    time_axis,
    value_axis,
    wrapped,
)
from reportgen.language.locale import Locale
from reportgen.model.chart import UNNAMED, ChartSpec, Line, Mark, Scale, TimeChart

# A label takes this share of the axis height a line; end labels keep that far apart.
LABEL_GAP = 0.1


def draw_time(axes: Axes, spec: TimeChart, texts: Mapping[str, str], locale: Locale) -> None:
    """Lines or stacked areas over time, over a band where the specification has one."""
    if spec.band:
        low, high = spec.band
        axes.fill_between(
            day_numbers(low.dates),
            low.values,
            high.values,
            step="post" if low.step else None,
            color=style.ink("band"),
            linewidth=0,
            gid="band",
        )
    if spec.stacked:
        areas = axes.stackplot(
            day_numbers(spec.lines[0].dates),
            *(line.values for line in spec.lines),
            colors=[style.colour(line.tone) for line in spec.lines],
            linewidth=0,
        )
        for area in areas:
            area.set_gid("data")
    else:
        for place, line in enumerate(spec.lines):
            # The line named first lies on top: it is the one that is told.
            _line(axes, line, place)
    if spec.zero_line:
        axes.axhline(0, color=style.ink("muted"), linewidth=0.8)
    last = max(line.dates[-1] for line in spec.lines)
    first = min(line.dates[0] for line in spec.lines)
    axes.margins(y=0)  # the room that ticks leave is enough
    axes.set_xlim(day_number(first), day_number(max(last, first + timedelta(days=7))))
    if spec.scale in (Scale.TRILLION_USD,):
        axes.set_ylim(bottom=0)
    value_axis(axes, spec, locale)
    if spec.lines[0].label != UNNAMED:
        _end_labels(axes, spec, texts, locale)
    _marks_over_time(axes, spec.marks, texts, first, last)
    time_axis(axes, first, last, locale)


def _line(axes: Axes, line: Line, place: int) -> None:
    axes.plot(
        day_numbers(line.dates),
        line.values,
        color=style.colour(line.tone),
        drawstyle="steps-post" if line.step else "default",
        linestyle=(0, (4, 2)) if line.dashed else "solid",
        linewidth=round(style.line_width() * (0.75 if line.dashed else 1), 2),
        marker="o" if len(line.values) < 3 else None,
        markersize=3,
        zorder=3 - place / 10,
        gid=f"data-{place}",
    )


def _end_labels(axes: Axes, spec: TimeChart, texts: Mapping[str, str], locale: Locale) -> None:
    """Labels at the right end of their lines, pushed apart where they would touch."""
    ends: list[tuple[float, Line]] = []
    base, last = 0.0, max(line.dates[-1] for line in spec.lines)
    for line in spec.lines:
        if line.dates[-1] < last - timedelta(days=60):
            _label_at_own_end(axes, line, texts[line.label], below=_leads_up(spec, line))
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
            color=style.text_colour(line.tone),
            annotation_clip=False,
            gid=f"end-{spec.lines.index(line)}",
        )


def _label(spec: ChartSpec, line: Line, texts: Mapping[str, str], locale: Locale) -> str:
    return texts[line.label] if spec.wide else wrapped(texts[line.label], locale)


def _label_at_own_end(axes: Axes, line: Line, label: str, *, below: bool) -> None:
    """For a line that stops short of the others, such as data before a projection."""
    if below:
        low, high = axes.get_ylim()
        axes.set_ylim(low - (high - low) * LABEL_GAP, high)
    axes.annotate(
        label,
        xy=(day_number(line.dates[-1]), line.values[-1]),
        xytext=(0, -7 if below else 7),
        textcoords="offset points",
        ha="left" if below else "center",
        va="top" if below else "baseline",
        color=style.text_colour(line.tone),
        gid=mark_id(line.dates[-1]),
    )


def _leads_up(spec: TimeChart, line: Line) -> bool:
    """Whether every line that goes on where this one stops ends higher: the room is below."""
    onward = [other for other in spec.lines if other.dates[0] == line.dates[-1]]
    return all(other.values[-1] >= line.values[-1] for other in onward)


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
        if mark.until is not None:
            _stretch(axes, mark.date, mark.until, texts[mark.label])
            continue
        late = (inside - first) / max(last - first, timedelta(1)) > 0.85
        axes.axvline(
            day_number(inside),
            color=style.ink("muted"),
            linewidth=0.8,
            linestyle=(0, (1, 2)),
            clip_on=False,
            gid=mark_id(inside),
        )
        axes.annotate(
            texts[mark.label],
            xy=(day_number(inside), 1),
            xycoords=("data", "axes fraction"),
            xytext=(-3 if late else 3, 2),
            textcoords="offset points",
            ha="right" if late else "left",
            va="bottom",
            color=style.ink("muted"),
            annotation_clip=False,
            gid=mark_id(inside),
        )


def _stretch(axes: Axes, first: date, until: date, label: str) -> None:
    """A shaded stretch of days, its name above it, ending where the stretch does."""
    name = f"stretch-{day_number(first):.0f}-{day_number(until):.0f}"
    band = style.ink("band")
    axes.axvspan(day_number(first), day_number(until), color=band, linewidth=0, gid=name)
    axes.annotate(
        label,
        xy=(day_number(until), 1),
        xycoords=("data", "axes fraction"),
        xytext=(0, 2),
        textcoords="offset points",
        ha="right",
        va="bottom",
        color=style.ink("muted"),
        annotation_clip=False,
        gid=name,
    )
