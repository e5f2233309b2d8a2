"""Quantities as each language prints them, and read back from what was printed."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.language import locale
from reportgen.language.locale import Locale
from reportgen.language.numbers import (
    Style,
    format_axis_number,
    format_quantity,
    format_rank,
    parse_quantity,
)
from reportgen.model import Unit
from tests.conftest import LANGUAGES, NO_PROJECT
from tests.language.quantities import figure

NBSP = "\N{NO-BREAK SPACE}"

LOCALES = {tag: locale.load(tag, NO_PROJECT) for tag in LANGUAGES}

MONEY = [
    ("26000000000", "1E8", "$26 billion", "260亿美元"),
    ("50350000000", "1E7", "$50.35 billion", "503.5亿美元"),
    ("6133944510441.3", "1E10", "$6.13 trillion", "6.13万亿美元"),
    ("2056012302641.3", "1E10", "$2.06 trillion", "2.06万亿美元"),
    ("870000000000", "1E9", "$870 billion", "8,700亿美元"),
    ("-480000000000", "1E9", "−$480 billion", "−4,800亿美元"),
    ("999960000000", "1E8", "$1 trillion", "1万亿美元"),
    ("999940000000", "1E8", "$999.9 billion", "9,999亿美元"),
    ("999950000000", "1E8", "$1 trillion", "1万亿美元"),  # half to even: 9999.5 becomes 10000
    ("999850000000", "1E8", "$999.8 billion", "9,998亿美元"),  # and 9998.5 becomes 9998
    ("99999999", "1E6", "$100 million", "1亿美元"),
    ("99999999", "1", "$99.999999 million", "9,999.9999万美元"),
    ("999999999", "1E6", "$1 billion", "10亿美元"),
    ("5620000000", "1E8", "$5.6 billion", "56亿美元"),
    ("12500000", "1E6", "$12 million", "1,200万美元"),
    ("13500000", "1E6", "$14 million", "1,400万美元"),
    ("9999", "1", "$9,999", "9,999美元"),
    ("10000", "1", "$10,000", "1万美元"),
    ("0", "1E8", "$0", "0美元"),
    ("-40000000", "1E8", "$0", "0美元"),  # rounds to nothing, which has no sign
    ("100000000000000", "1E10", "$100.00 trillion", "100.00万亿美元"),
    # Told to a hundredth of a trillion it stands beside others, and not where it is rounder.
    ("2896586000000", "1E10", "$2.90 trillion", "2.90万亿美元"),
    ("2900000000000", "1E9", "$2.9 trillion", "2.9万亿美元"),
    ("650000000000", "1E10", "$650 billion", "6,500亿美元"),
]


@pytest.mark.parametrize(("value", "quantum", "in_english", "in_chinese"), MONEY)
def test_money(value: str, quantum: str, in_english: str, in_chinese: str) -> None:
    for unit in (Unit.USD, Unit.USD_PER_MONTH):
        amount = figure(value, unit, quantum)
        assert format_quantity(amount, LOCALES["en"]) == in_english.replace(" ", NBSP)
        assert format_quantity(amount, LOCALES["zh-Hans"]) == in_chinese


OTHERS = [
    (Unit.PERCENT, "4", "0.01", "4.00%", "4.00%"),
    (Unit.PERCENT, "3.895", "0.01", "3.90%", "3.90%"),
    (Unit.PERCENT, "3.885", "0.01", "3.88%", "3.88%"),
    (Unit.PERCENT, "-0.05", "0.01", "−0.05%", "−0.05%"),
    (Unit.SHARE, "60.0", "0.1", "60%", "60%"),
    (Unit.BASIS_POINT, "1", "1", "1 basis point", "1个基点"),
    (Unit.BASIS_POINT, "1", "0.1", "1 basis point", "1个基点"),
    (Unit.BASIS_POINT, "-1", "1", "−1 basis point", "−1个基点"),
    (Unit.BASIS_POINT, "0.96", "0.1", "1 basis point", "1个基点"),
    (Unit.BASIS_POINT, "1.5", "0.1", "1.5 basis points", "1.5个基点"),
    (Unit.BASIS_POINT, "22", "1", "22 basis points", "22个基点"),
    (Unit.BASIS_POINT, "0", "1", "0 basis points", "0个基点"),
    (Unit.BASIS_POINT, "-0.4", "1", "0 basis points", "0个基点"),
    (Unit.BASIS_POINT, "0.5", "1", "0 basis points", "0个基点"),
    (Unit.BASIS_POINT, "1.5", "1", "2 basis points", "2个基点"),
    (Unit.BASIS_POINT, "2.5", "1", "2 basis points", "2个基点"),
    (Unit.COUNT, "11", "1", "11", "11"),
    (Unit.COUNT, "1234", "1", "1,234", "1,234"),
    (Unit.DAY, "1", "1", "1 day", "1天"),
    (Unit.DAY, "-3", "1", "−3 days", "−3天"),
    (Unit.YEAR, "1.02", "0.5", "1 year", "1年"),
    (Unit.YEAR, "3.5017", "0.5", "3.5 years", "3.5年"),
    (Unit.TIMES, "2.14", "0.1", "2.1 times", "2.1倍"),
    (Unit.RANK, "2", "1", "second-highest", "第二高"),
]


@pytest.mark.parametrize(("unit", "value", "quantum", "in_english", "in_chinese"), OTHERS)
def test_other_units(
    unit: Unit, value: str, quantum: str, in_english: str, in_chinese: str
) -> None:
    number = figure(value, unit, quantum)
    assert format_quantity(number, LOCALES["en"]) == in_english.replace(" ", NBSP)
    assert format_quantity(number, LOCALES["zh-Hans"]) == in_chinese


@pytest.mark.parametrize(
    ("value", "quantum", "in_english", "in_chinese"),
    [
        ("208662000000", "1E9", "+$209 billion", "+2,090亿美元"),
        ("-565099000000", "1E9", "\u2212$565 billion", "\u22125,650亿美元"),
        ("0", "1E9", "$0", "0美元"),
        ("400000000", "1E9", "$0", "0美元"),
    ],
)
def test_signed(value: str, quantum: str, in_english: str, in_chinese: str) -> None:
    amount = figure(value, Unit.USD, quantum)
    signed = Style.SIGNED
    assert format_quantity(amount, LOCALES["en"], signed) == in_english.replace(" ", NBSP)
    assert format_quantity(amount, LOCALES["zh-Hans"], signed) == in_chinese


def test_short_basis_points() -> None:
    gap = figure("22", Unit.BASIS_POINT, "1")
    assert format_quantity(gap, LOCALES["en"], Style.SHORT) == f"22{NBSP}bp"
    assert format_quantity(gap, LOCALES["zh-Hans"], Style.SHORT) == "22基点"


@pytest.mark.parametrize(
    ("rank", "in_english", "in_chinese"),
    [
        (1, "highest", "最高"),
        (2, "second-highest", "第二高"),
        (10, "tenth-highest", "第十高"),
        (11, "number 11", "第11高"),
        (123, "number 123", "第123高"),
    ],
)
def test_ranks(rank: int, in_english: str, in_chinese: str) -> None:
    assert format_rank(rank, LOCALES["en"]) == in_english
    assert format_rank(rank, LOCALES["zh-Hans"]) == in_chinese
    for language, text in (("en", in_english), ("zh-Hans", in_chinese)):
        assert parse_quantity(text, Unit.RANK, LOCALES[language]) == rank


@pytest.mark.parametrize("rank", [0, -1])
def test_there_is_no_rank_before_the_highest(rank: int, language: Locale) -> None:
    with pytest.raises(ValueError, match="ranks begin at 1"):
        format_quantity(figure(rank, Unit.RANK, "1"), language)


@pytest.mark.parametrize(
    ("text", "unit", "tag"),
    [
        ("$26 billions", Unit.USD, "en"),
        ("26 billion", Unit.USD, "en"),
        ("$26 milliard", Unit.USD, "en"),
        ("-$26 billion", Unit.USD, "en"),
        ("260亿", Unit.USD, "zh-Hans"),
        ("260亿美元左右", Unit.USD, "zh-Hans"),
        ("260兆美元", Unit.USD, "zh-Hans"),
        ("4.00", Unit.PERCENT, "en"),
        ("twentieth-highest", Unit.RANK, "en"),
        ("", Unit.USD, "zh-Hans"),
    ],
)
def test_what_states_no_quantity(text: str, unit: Unit, tag: str) -> None:
    with pytest.raises(ValueError, match=r"is no (usd|percent|rank) in"):
        parse_quantity(text, unit, LOCALES[tag])


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (-1100.0, "\u22121,100"),
        (20000.0, "20,000"),
        (4.0, "4"),
        (2.5, "2.5"),
        (0.1 + 0.2, "0.3"),
        (-0.0, "0"),
        (-1e-9, "0"),
        (0.0, "0"),
    ],
)
def test_ticks_of_an_axis(value: float, text: str, language: Locale) -> None:
    assert format_axis_number(value, language) == text


POWERS_OF_TEN = {
    Unit.USD: range(6, 11),
    Unit.USD_PER_MONTH: range(6, 11),
    Unit.PERCENT: range(-2, 1),
    Unit.SHARE: range(-1, 1),
    Unit.BASIS_POINT: range(-1, 1),
    Unit.COUNT: range(1),
    Unit.DAY: range(1),
    Unit.YEAR: range(-1, 1),
    Unit.TIMES: range(-1, 1),
}
LARGEST = {Unit.USD: 10**14, Unit.USD_PER_MONTH: 10**14}
WORDS = {
    "trillion": 10**12, "billion": 10**9, "million": 10**6,
    "万亿": 10**12, "亿": 10**8, "万": 10**4, "": 1,
}  # fmt: skip
PRINTED = re.compile(
    r"(?P<sign>[+−]?)\$?(?P<number>[\d,]+)(?P<decimals>\.\d+)?\xa0?"
    r"(?P<word>trillion|billion|million|万亿|亿|万|)"
    r"\xa0?(美元|%|basis points?|bp|个?基点|days?|天|years?|年|times|倍)?"
)


@st.composite
def amounts(draw: st.DrawFn) -> tuple[Unit, Decimal, int]:
    """A unit, a value with up to six digits below its quantum, and the quantum's power of ten."""
    unit = draw(st.sampled_from(sorted(POWERS_OF_TEN)))
    power = draw(st.sampled_from(POWERS_OF_TEN[unit]))
    largest = LARGEST.get(unit, 10**6)
    digits = draw(st.integers(0, 6))
    steps = draw(st.integers(-largest * 10**digits, largest * 10**digits))
    magnitude = draw(st.integers(0, len(str(largest))))
    return unit, Decimal(steps).scaleb(-digits) / 10**magnitude, power


def rounded(value: Decimal, power: int) -> Fraction:
    """Half to even, by integer arithmetic."""
    step = Fraction(10) ** power
    return round(Fraction(value) / step) * step


@settings(deadline=None)
@given(amounts(), st.sampled_from(sorted(Style)))
def test_printed_and_read_back(amount: tuple[Unit, Decimal, int], style: Style) -> None:
    unit, value, power = amount
    shown = rounded(value, power)
    for language in LOCALES.values():
        text = format_quantity(figure(value, unit, Decimal(1).scaleb(power)), language, style)
        assert parse_quantity(text, unit, language) == shown
        assert "-" not in text, "a hyphen is no minus sign"
        assert not re.search(r"[ \t\n]", text), "a quantity does not break across lines"
        found = PRINTED.fullmatch(text.replace("basis\xa0", "basis "))
        assert found, text
        scale, decimals = WORDS[found["word"]], found["decimals"] or ""
        stated = Fraction(found["number"].replace(",", "") + decimals) * scale
        assert (-stated if found["sign"] == "−" else stated) == shown
        assert (found["sign"] == "+") == (style in (Style.SIGNED, Style.SIGNED_SHORT) and shown > 0)
        if unit is Unit.PERCENT:
            assert len(decimals) == (1 - power if power < 0 else 0)
        elif scale == 10**12 and power == 10:
            assert len(decimals.removeprefix(".")) == 2, "told to a hundredth of a trillion"
        else:
            assert not decimals.endswith("0")


@settings(deadline=None)
@given(st.integers(-(10**14), 10**14), st.integers(6, 10))
def test_money_stands_in_the_largest_scale_it_reaches(value: int, power: int) -> None:
    """No 10000万, no 1000 billion: below the largest scale a number keeps under the next one."""
    limits = {"en": {"billion": 1000, "million": 1000}, "zh-Hans": {"亿": 10**4, "万": 10**4}}
    for tag, language in LOCALES.items():
        amount = figure(value, Unit.USD, Decimal(1).scaleb(power))
        found = PRINTED.fullmatch(format_quantity(amount, language))
        assert found
        number = Fraction(found["number"].replace(",", "") + (found["decimals"] or ""))
        assert number >= 1 or (number == 0 and not found["word"])
        if found["word"] in limits[tag]:
            assert number < limits[tag][found["word"]]


@settings(deadline=None)
@given(st.integers(-(10**14), 10**14), st.integers(6, 10))
def test_both_languages_state_the_same_amount(value: int, power: int) -> None:
    amount = figure(value, Unit.USD, Decimal(1).scaleb(power))
    stated = {
        tag: parse_quantity(format_quantity(amount, language), Unit.USD, language)
        for tag, language in LOCALES.items()
    }
    assert stated["en"] == stated["zh-Hans"]
