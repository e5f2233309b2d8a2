"""The small lines of the home page: places worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta
from xml.etree import ElementTree as ET

from reportgen.site.sparkline import sparkline

DAY = date(2025, 12, 1)


def days(*after: int) -> list[date]:
    return [DAY + timedelta(days=count) for count in after]


def points(svg: str) -> list[tuple[float, float]]:
    path = next(ET.fromstring(svg).iter("path")).attrib["d"]
    assert path[0] == "M"
    return [tuple(map(float, point.split())) for point in path[1:].split("L")]  # type: ignore[misc]


def test_days_stand_by_the_calendar_and_the_lowest_is_at_the_bottom() -> None:
    """Three from each edge remain 114 across and 22 up: day 1 of 4 lies 28.5 along."""
    drawn = sparkline(days(0, 1, 4), [10.0, 30.0, 15.0])
    assert points(drawn) == [(3.0, 25.0), (31.5, 3.0), (117.0, 19.5)]


def test_a_day_without_a_value_is_crossed_straight() -> None:
    """A week is missing: no point is put between, least of all at nothing."""
    drawn = points(sparkline(days(0, 1, 8, 9), [5.0, 6.0, 6.0, 7.0]))
    assert len(drawn) == 4
    assert drawn[1][1] == drawn[2][1] == 14.0


def test_the_newest_value_has_a_dot() -> None:
    root = ET.fromstring(sparkline(days(0, 2), [1.0, 2.0]))
    (dot,) = root.iter("circle")
    assert (dot.attrib["cx"], dot.attrib["cy"]) == ("117.0", "3.0")


def test_a_level_that_never_moved_lies_in_the_middle() -> None:
    assert points(sparkline(days(0, 1, 2), [4.0, 4.0, 4.0])) == [
        (3.0, 14.0), (60.0, 14.0), (117.0, 14.0)
    ]  # fmt: skip


def test_one_value_is_a_dot_and_none_is_nothing() -> None:
    alone = ET.fromstring(sparkline(days(0), [7.0]))
    assert list(alone.iter("path")) == []
    assert len(list(alone.iter("circle"))) == 1
    assert sparkline([], []) == ""


def test_it_needs_no_style_of_its_own_and_is_not_read_out() -> None:
    drawn = sparkline(days(0, 1), [1.0, 2.0])
    root = ET.fromstring(drawn)
    assert root.attrib["aria-hidden"] == "true"
    assert (root.attrib["width"], root.attrib["height"]) == ("120", "28")
    assert root.attrib["class"] == "sparkline"
    assert "style" not in drawn
    assert "#" not in drawn
