"""Dates as a language prints them."""

from __future__ import annotations

from datetime import date, datetime

from babel.dates import format_date, format_time

from reportgen.language.locale import Locale


def format_day(day: date, locale: Locale, as_of: date) -> str:
    """Month and day, with the year when it is another than that of the brief."""
    pattern = locale.dates.day if day.year == as_of.year else locale.dates.day_with_year
    return _format(day, pattern, locale)


def format_full_day(day: date, locale: Locale) -> str:
    """Day, month and year."""
    return _format(day, locale.dates.day_with_year, locale)


def format_short_day(day: date, locale: Locale, as_of: date) -> str:
    """As ``format_day``, abbreviated for tables and chart labels."""
    pattern = locale.dates.short if day.year == as_of.year else locale.dates.short_with_year
    return _format(day, pattern, locale)


def format_month(day: date, locale: Locale) -> str:
    """Month and year."""
    return _format(day, locale.dates.month, locale)


def format_year(day: date, locale: Locale) -> str:
    """The year."""
    return _format(day, locale.dates.year, locale)


def format_quarter(day: date, locale: Locale) -> str:
    """The quarter of a day, with its year."""
    word = locale.dates.quarter_words[(day.month - 1) // 3]
    text = locale.dates.quarter.format(quarter=word, year=day.year)
    return _keep_together(text)


def format_moment(moment: datetime, locale: Locale) -> str:
    """A day with its clock time, in the zone the moment carries."""
    day = format_full_day(moment.date(), locale)
    clock = format_time(moment, "HH:mm", locale=locale.babel)
    return _keep_together(locale.dates.moment.format(day=day, time=clock))


def format_tick(day: date, pattern: str, locale: Locale) -> str:
    """A tick of a time axis."""
    return format_date(day, pattern, locale=locale.babel)


def _format(day: date, pattern: str, locale: Locale) -> str:
    return _keep_together(format_date(day, pattern, locale=locale.babel))


def _keep_together(text: str) -> str:
    return text.replace(" ", "\N{NO-BREAK SPACE}")
