"""Figures rounded for the reader: the rule, the words of each language, and their gate."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.errors import CheckError, InputError
from reportgen.language import locale, numbers
from reportgen.language.locale import Locale
from reportgen.language.printer import Printer
from reportgen.language.typography import typeset
from reportgen.model import Nearness, Printed, Quantity, Unit, roughly
from reportgen.render import parity, trace
from reportgen.render.trace import Sighting
from tests.conftest import NO_PROJECT
from tests.language.quantities import AS_OF, figure
from tests.language.test_locale import own_locale

# Value, unit, display step; then what a reader of each language gets. The step of two digits of
# 6.134 trillion is 0.1: 6.1 is 0.034 away, more than a quarter of it.
CASES = [
    ("6134000000000", Unit.USD, "1E10", "about $6.1 trillion", "约6.1万亿美元"),
    ("6120000000000", Unit.USD, "1E10", "more than $6.1 trillion", "逾6.1万亿美元"),
    ("6125000000000", Unit.USD, "1E10", "more than $6.1 trillion", "逾6.1万亿美元"),
    ("6126000000000", Unit.USD, "1E10", "about $6.1 trillion", "约6.1万亿美元"),
    ("6175000000000", Unit.USD, "1E10", "just under $6.2 trillion", "近6.2万亿美元"),
    ("6174000000000", Unit.USD, "1E10", "about $6.2 trillion", "约6.2万亿美元"),
    # one more digit would be a zero: 0.0049 and 0.0051 beside a step of 0.1
    ("6104900000000", Unit.USD, "1E8", "$6.1 trillion", "6.1万亿美元"),
    ("6105100000000", Unit.USD, "1E8", "more than $6.1 trillion", "逾6.1万亿美元"),
    ("2899600000000", Unit.USD, "1E10", "$2.9 trillion", "2.9万亿美元"),
    ("26000000000", Unit.USD, "1E8", "$26 billion", "260亿美元"),
    ("0", Unit.USD, "1E8", "$0", "0美元"),
    # rounding carries over into the next scale
    ("996000000000", Unit.USD, "1E9", "about $1 trillion", "约1万亿美元"),
    ("998000000000", Unit.USD, "1E9", "just under $1 trillion", "近1万亿美元"),
    ("10.4", Unit.YEAR, "0.1", "about 10 years", "约10年"),
    ("9.8", Unit.YEAR, "0.1", "9.8 years", "9.8年"),
    # what the text prints without a word has none here: 6.1049 and 646.8 as displayed
    ("6104900000000", Unit.USD, "1E10", "$6.1 trillion", "6.1万亿美元"),
    ("646800000000", Unit.USD, "1E10", "$650 billion", "6,500亿美元"),
    # never finer than the display step
    ("5.74", Unit.BASIS_POINT, "1", "6 basis points", "6个基点"),
    ("43.2", Unit.SHARE, "0.1", "more than 43%", "逾43%"),
    ("16800000000", Unit.USD_PER_MONTH, "1E8", "just under $17 billion", "近170亿美元"),
]


@pytest.mark.parametrize(("value", "unit", "quantum", "in_english", "in_chinese"), CASES)
def test_the_rule(
    english: Locale,
    chinese: Locale,
    value: str,
    unit: Unit,
    quantum: str,
    in_english: str,
    in_chinese: str,
) -> None:
    rounded = roughly(figure(value, unit, quantum))
    for language, text in ((english, in_english), (chinese, in_chinese)):
        written = "".join(numbers.format_rounded(rounded, language))
        assert written.replace("\xa0", " ") == text
        assert numbers.parse_rounded(written, unit, language) == (
            rounded.nearness,
            rounded.figure.value,
        )


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        ("-5", Unit.USD, "without its sign"),
        ("4.12", Unit.PERCENT, "is not rounded further"),
        ("2", Unit.RANK, "is not rounded further"),
    ],
)
def test_what_is_not_rounded(value: str, unit: Unit, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        roughly(figure(value, unit, "0.01"))


AMOUNTS = st.decimals(
    min_value=0, max_value=Decimal("1E14"), places=2, allow_nan=False, allow_infinity=False
)


@given(
    AMOUNTS,
    st.sampled_from(["0.01", "1", "1E6", "1E8", "1E9", "1E10"]),
    st.sampled_from(["en", "zh-Hans"]),
)
def test_the_word_is_never_wrong(value: Decimal, quantum: str, tag: str) -> None:
    """Whatever is rounded: the side told is the true one, and the distance at most half a step."""
    language = locale.load(tag, NO_PROJECT)
    true = figure(value, Unit.USD, quantum)
    rounded = roughly(true)
    near, stated = numbers.parse_rounded(
        "".join(numbers.format_rounded(rounded, language)), Unit.USD, language
    )
    step = rounded.figure.quantum
    assert abs(value - stated) * 2 <= step
    assert step >= true.quantum
    assert (near is Nearness.OVER) <= (value > stated)
    assert (near is Nearness.UNDER) <= (value < stated)
    # Two digits at most: between ten and a hundred steps, or the step is the display step.
    assert stated / step <= 100


def test_what_is_printed_and_recorded(english: Locale, chinese: Locale) -> None:
    soma = figure("6134000000000", Unit.USD, "1E10", "qt.soma")
    printer = Printer(english, AS_OF)
    printer.section = "lead"
    assert printer.roughly(soma) == (
        '<data class="q" value="6134000000000" data-fact="qt.soma" data-rounded="">about '
        '<a href="#fact-qt-soma">$6.1\xa0trillion</a></data>'
    )
    assert printer.printed == [Printed("lead", "qt.soma", "about $6.1\xa0trillion", rounded=True)]
    assert printer.figures == {"qt.soma": soma}
    assert "约<a href" in Printer(chinese, AS_OF).roughly(soma)


def test_a_word_may_follow_its_figure(tmp_path: Path, chinese: Locale) -> None:
    """As in 6.1兆ドル弱; the locale file alone decides."""
    own_locale(tmp_path, "zh_Hans", **{'under = "近{figure}"': 'under = "{figure}弱"'})
    language = locale.load("zh-Hans", tmp_path)
    rounded = roughly(figure("6180000000000", Unit.USD, "1E10"))
    assert numbers.format_rounded(rounded, language) == ("", "6.2万亿美元", "弱")
    assert numbers.parse_rounded("6.2万亿美元弱", Unit.USD, language) == (
        Nearness.UNDER,
        Decimal("6.2E12"),
    )


@pytest.mark.parametrize(
    "pattern", ["{figure}", "约", "约{figure}至{figure}", "约{number}{figure}"]
)
def test_a_pattern_has_its_figure_and_a_word(tmp_path: Path, pattern: str) -> None:
    own_locale(tmp_path, "zh_Hans", **{'about = "约{figure}"': f'about = "{pattern}"'})
    with pytest.raises(InputError, match=r"approximations\.about"):
        locale.load("zh-Hans", tmp_path)


def test_the_gap_before_a_rounded_figure_passes_the_gates(chinese: Locale) -> None:
    """Typeset as 约 6.1万亿美元, recorded without the gap."""
    printer = Printer(chinese, AS_OF)
    printer.section = "lead"
    soma = figure("6134000000000", Unit.USD, "1E10", "qt.soma")
    page = typeset(f'<section id="lead"><p>持有{printer.roughly(soma)}。</p></section>', chinese)
    seen = trace.check(page, chinese, printer.printed)
    assert seen == (Sighting("lead", "qt.soma", "约 6.1万亿美元", rounded=True),)
    parity.check_values(seen, printer.figures, chinese)


SOMA = Quantity(
    "qt.soma", Decimal("6134E9"), Unit.USD, date(2025, 12, 2), Decimal("1E10"), ("soma_total",), "s"
)
FALL = Quantity(
    "qt.fall",
    Decimal("-2382E9"),
    Unit.USD,
    date(2025, 12, 2),
    Decimal("1E10"),
    ("soma_total",),
    "s",
)


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        ("qt.soma", "逾6.2万亿美元", "states over 6200000000000; 6134000000000 is about 6100"),
        ("qt.soma", "近6.1万亿美元", "states under 6100000000000"),
        ("qt.soma", "约6.2万亿美元", "states about 6200000000000"),
        ("qt.soma", "约6.13万亿美元", "states about 6130000000000"),
        ("qt.soma", "6.1万亿美元", "states exact 6100000000000"),
        ("qt.soma", "逾6.1万亿美元", "states over 6100000000000"),
        ("qt.fall", "逾2.4万亿美元", "2382000000000 is under 2400000000000"),
        ("qt.soma", "大概6.1万亿美元", "is no usd in zh-Hans"),
    ],
)
def test_a_wrong_rounding_or_word_is_caught(
    chinese: Locale, key: str, text: str, said: str
) -> None:
    figures = {"qt.soma": SOMA, "qt.fall": FALL}
    seen = [Sighting("lead", key, text, rounded=True)]
    with pytest.raises(CheckError, match=said) as caught:
        parity.check_values(seen, figures, chinese)
    assert caught.value.what.startswith(f"{key} is printed as {text!r}")
    good = [
        Sighting("lead", "qt.soma", "约6.1万亿美元", rounded=True),
        Sighting("lead", "qt.fall", "近2.4万亿美元", rounded=True),
    ]
    parity.check_values(good, figures, chinese)


def test_a_rounding_that_was_not_printed_is_a_stranger(english: Locale) -> None:
    """Neither the word nor the mark of a rounding can be put there by hand."""
    printed = [
        Printed("lead", "qt.soma", "about $6.1\xa0trillion", rounded=True),
        Printed("lead", "qt.soma", "$6.13\xa0trillion"),
    ]
    element = '<data data-fact="qt.soma"{}>{}</data>'
    trace.check(element.format(' data-rounded=""', "about $6.1\xa0trillion"), english, printed)
    for mark, text in (
        ("", "about $6.1\xa0trillion"),
        (' data-rounded=""', "more than $6.1\xa0trillion"),
        (' data-rounded=""', "$6.13\xa0trillion"),
    ):
        with pytest.raises(CheckError, match="were not printed from a fact"):
            trace.check(element.format(mark, text), english, printed)
