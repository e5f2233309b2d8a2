"""Dates as each language prints them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from reportgen import clock
from reportgen.language import dates
from reportgen.language.locale import Locale

AS_OF = date(2025, 12, 2)
NBSP = "\N{NO-BREAK SPACE}"


def spaced(text: str) -> str:
    return text.replace(" ", NBSP)


def test_a_day_of_the_year_of_the_brief(english: Locale, chinese: Locale) -> None:
    day = date(2025, 10, 31)
    assert dates.format_day(day, english, AS_OF) == spaced("October 31")
    assert dates.format_day(day, chinese, AS_OF) == "10月31日"
    assert dates.format_short_day(day, english, AS_OF) == spaced("Oct 31")
    assert dates.format_short_day(day, chinese, AS_OF) == "10月31日"


@pytest.mark.parametrize(
    ("day", "in_english", "short", "in_chinese"),
    [
        (date(2022, 6, 1), "June 1, 2022", "Jun 1, 2022", "2022年6月1日"),
        (date(2026, 1, 15), "January 15, 2026", "Jan 15, 2026", "2026年1月15日"),
    ],
)
def test_a_day_of_another_year(
    english: Locale, chinese: Locale, day: date, in_english: str, short: str, in_chinese: str
) -> None:
    assert dates.format_day(day, english, AS_OF) == spaced(in_english)
    assert dates.format_short_day(day, english, AS_OF) == spaced(short)
    assert dates.format_day(day, chinese, AS_OF) == in_chinese
    assert dates.format_short_day(day, chinese, AS_OF) == in_chinese


def test_a_full_day_has_its_year(english: Locale, chinese: Locale) -> None:
    assert dates.format_full_day(AS_OF, english) == spaced("December 2, 2025")
    assert dates.format_full_day(AS_OF, chinese) == "2025年12月2日"


def test_months_and_years(english: Locale, chinese: Locale) -> None:
    assert dates.format_month(date(2020, 6, 15), english) == spaced("June 2020")
    assert dates.format_month(date(2020, 6, 15), chinese) == "2020年6月"
    assert dates.format_year(date(2026, 12, 31), english) == "2026"
    assert dates.format_year(date(2026, 12, 31), chinese) == "2026年"


@pytest.mark.parametrize(
    ("day", "in_english", "in_chinese"),
    [
        (date(2026, 1, 1), "the first quarter of 2026", "2026年一季度"),
        (date(2026, 3, 31), "the first quarter of 2026", "2026年一季度"),
        (date(2026, 4, 1), "the second quarter of 2026", "2026年二季度"),
        (date(2025, 9, 30), "the third quarter of 2025", "2025年三季度"),
        (date(2025, 12, 31), "the fourth quarter of 2025", "2025年四季度"),
    ],
)
def test_quarters(
    english: Locale, chinese: Locale, day: date, in_english: str, in_chinese: str
) -> None:
    assert dates.format_quarter(day, english) == spaced(in_english)
    assert dates.format_quarter(day, chinese) == in_chinese


@pytest.mark.parametrize(
    ("instant", "english_new_york", "chinese_new_york", "english_beijing", "chinese_beijing"),
    [
        (  # winter: Beijing is 13 hours ahead
            datetime(2025, 12, 3, 4, 59, 59, tzinfo=UTC),
            "December 2, 2025, 23:59",
            "2025年12月2日23:59",
            "December 3, 2025, 12:59",
            "2025年12月3日12:59",
        ),
        (  # summer: 12 hours
            datetime(2025, 7, 4, 3, 59, 59, tzinfo=UTC),
            "July 3, 2025, 23:59",
            "2025年7月3日23:59",
            "July 4, 2025, 11:59",
            "2025年7月4日11:59",
        ),
        (  # clock times keep their leading zero
            datetime(2025, 12, 2, 13, 5, tzinfo=UTC),
            "December 2, 2025, 08:05",
            "2025年12月2日08:05",
            "December 2, 2025, 21:05",
            "2025年12月2日21:05",
        ),
    ],
)
def test_moments_on_the_clocks_of_two_cities(
    english: Locale,
    chinese: Locale,
    instant: datetime,
    english_new_york: str,
    chinese_new_york: str,
    english_beijing: str,
    chinese_beijing: str,
) -> None:
    in_new_york, in_beijing = (instant.astimezone(z) for z in (clock.NEW_YORK, clock.BEIJING))
    assert dates.format_moment(in_new_york, english) == spaced(english_new_york)
    assert dates.format_moment(in_new_york, chinese) == chinese_new_york
    assert dates.format_moment(in_beijing, english) == spaced(english_beijing)
    assert dates.format_moment(in_beijing, chinese) == chinese_beijing


def test_ticks(english: Locale, chinese: Locale) -> None:
    day = date(2025, 7, 1)
    assert dates.format_tick(day, english.axis.month_with_year, english) == "Jul 2025"
    assert dates.format_tick(day, chinese.axis.month_with_year, chinese) == "2025年7月"
    assert dates.format_tick(day, chinese.axis.year, chinese) == "2025"


@pytest.mark.parametrize("day", [AS_OF, date(2022, 6, 1)])
def test_a_date_does_not_break_across_lines(language: Locale, day: date) -> None:
    moment = datetime.combine(day, time(8, 5), UTC)
    for text in (
        dates.format_day(day, language, AS_OF),
        dates.format_full_day(day, language),
        dates.format_short_day(day, language, AS_OF),
        dates.format_month(day, language),
        dates.format_quarter(day, language),
        dates.format_moment(moment, language),
    ):
        assert " " not in text
