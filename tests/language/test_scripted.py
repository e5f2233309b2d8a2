"""What a script of the page is told of a language: enough to write numbers and dates as it does."""

from __future__ import annotations

import pytest

from reportgen.errors import InputError
from reportgen.language.locale import Locale, ScaleWord
from reportgen.language.scripted import formats, value_exponent, value_pattern
from reportgen.model.chart import Scale


def test_english_and_chinese(english: Locale, chinese: Locale) -> None:
    ours, theirs = formats(english), formats(chinese)
    assert (ours["group"], ours["decimal"], ours["minus"]) == (",", ".", "−")
    assert ours["scales"] == [[12, "\xa0trillion"], [9, "\xa0billion"], [6, "\xa0million"]]
    assert theirs["scales"] == [[12, "万亿"], [8, "亿"], [4, "万"]]
    assert (ours["day"], theirs["day"]) == ("MMMM d, y", "y年M月d日")
    assert (ours["MMMM"][11], ours["MMM"][0]) == ("December", "Jan")
    assert theirs["MMMM"][11] == "十二月"


@pytest.mark.parametrize(
    ("scale", "in_english", "in_chinese", "exponents"),
    [
        (Scale.PERCENT, "{sign}{number}%", "{sign}{number}%", (0, 0)),
        (Scale.BASIS_POINT, "{sign}{number}\xa0bp", "{sign}{number}基点", (0, 0)),
        (Scale.BILLION_USD, "{sign}${number}{scale}", "{sign}{number}{scale}美元", (9, 8)),
        (Scale.TRILLION_USD, "{sign}${number}{scale}", "{sign}{number}{scale}美元", (12, 12)),
    ],
)
def test_values(
    english: Locale,
    chinese: Locale,
    scale: Scale,
    in_english: str,
    in_chinese: str,
    exponents: tuple[int, int],
) -> None:
    assert value_pattern(scale, english) == in_english
    assert value_pattern(scale, chinese) == in_chinese
    assert (value_exponent(scale, english), value_exponent(scale, chinese)) == exponents


def other(language: Locale, **dates: str) -> Locale:
    return language.model_copy(update={"dates": language.dates.model_copy(update=dates)})


@pytest.mark.parametrize("pattern", ["d 'de' MMMM 'de' y", "dd.MM.yyyy", "d. LLLL y"])
def test_patterns_of_other_languages(english: Locale, pattern: str) -> None:
    assert formats(other(english, day_with_year=pattern))["day"] == pattern


@pytest.mark.parametrize("pattern", ["EEEE, MMMM d, y", "d MMMM yy", "d de MMMM", "d 'of MMMM"])
def test_a_pattern_it_cannot_follow(english: Locale, pattern: str) -> None:
    with pytest.raises(InputError) as caught:
        formats(other(english, day_with_year=pattern))
    assert repr(pattern) in caught.value.what
    assert caught.value.where == "locales/en/locale.toml"


def test_a_scale_that_is_no_power_of_ten(english: Locale) -> None:
    numbers = english.numbers.model_copy(update={"scales": (ScaleWord(factor=12, word=" dozen"),)})
    with pytest.raises(InputError, match="cannot count in units of 12"):
        formats(english.model_copy(update={"numbers": numbers}))
