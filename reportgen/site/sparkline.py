"""A line as small as a word: the course of a gauge beside its level."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

WIDTH, HEIGHT = 120, 28
# Room for the dot and the width of the line.
EDGE, DOT = 3.0, 2.0


def sparkline(dates: Sequence[date], values: Sequence[float]) -> str:
    """An SVG of a line from edge to edge with a dot at its end; empty without values.

    Days without a value are crossed by the line, which stands by the calendar; colours come from
    the style sheet. It is hidden from readers of screens, as a table has its figures.
    """
    if not values:
        return ""
    points = [f"{x:.1f} {y:.1f}" for x, y in zip(_across(dates), _up(values), strict=True)]
    x, y = points[-1].split(" ")
    path = f'<path d="M{"L".join(points)}" fill="none" stroke="currentColor"/>'
    return (
        f'<svg class="sparkline" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
        f' aria-hidden="true" focusable="false">{path if len(points) > 1 else ""}'
        f'<circle cx="{x}" cy="{y}" r="{DOT:g}" fill="currentColor"/></svg>'
    )


def _across(dates: Sequence[date]) -> list[float]:
    first, span = dates[0], (dates[-1] - dates[0]).days
    room = WIDTH - 2 * EDGE
    return [EDGE + room * (day - first).days / span if span else EDGE + room for day in dates]


def _up(values: Sequence[float]) -> list[float]:
    """From the lowest value at the bottom to the highest at the top; in the middle if all equal."""
    low, high = min(values), max(values)
    room = HEIGHT - 2 * EDGE
    if low == high:
        return [HEIGHT / 2] * len(values)
    return [EDGE + room * (high - value) / (high - low) for value in values]
