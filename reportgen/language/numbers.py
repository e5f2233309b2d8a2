"""Quantities as a language prints them, and read back from what was printed."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum

from babel import Locale as BabelLocale
from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol

from reportgen.language.locale import Locale, UnitPatterns
from reportgen.model import Nearness, Quantity, Rounded, Unit

# Such amounts stand side by side: $2.90 trillion beside $2.85 trillion.
_TRILLION, _HUNDREDTH_TRILLION = 10**12, Decimal(10**10)


class Style(StrEnum):
    """PLAIN in sentences; SIGNED with a plus too; SHORT in tables and on axes; or both."""

    PLAIN = "plain"
    SIGNED = "signed"
    SHORT = "short"
    SIGNED_SHORT = "signed_short"

    @property
    def is_short(self) -> bool:
        """Whether abbreviated units are used where the language has them."""
        return self in (Style.SHORT, Style.SIGNED_SHORT)

    @property
    def has_plus(self) -> bool:
        """Whether a positive figure carries its sign."""
        return self in (Style.SIGNED, Style.SIGNED_SHORT)


def format_quantity(figure: Quantity, locale: Locale, style: Style = Style.PLAIN) -> str:
    """The figure in the language's words and at its display precision, spaces not breaking."""
    return _format(figure, locale, style, keep_zeros=True)


def _format(figure: Quantity, locale: Locale, style: Style, *, keep_zeros: bool) -> str:
    if figure.unit is Unit.RANK:
        return format_rank(int(figure.value), locale)
    shown = figure.displayed
    factor, word = _scale(abs(shown), figure.unit, locale)
    scaled = (abs(shown) / factor).normalize()
    number = _number(scaled, _least_decimals(figure, factor) if keep_zeros else 0, locale)
    patterns = _patterns(figure.unit, locale)
    # Without the zeros that are not printed: CLDR has 1 basis point, but 1.0 basis points.
    form = BabelLocale.parse(locale.babel).plural_form(scaled)
    pattern = getattr(patterns, form, None) or patterns.other
    if style.is_short and patterns.short:
        pattern = patterns.short
    text = pattern.format(sign=_sign(shown, style, locale), number=number, scale=word)
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def format_rounded(rounded: Rounded, locale: Locale) -> tuple[str, str, str]:
    """A rounded figure between what stands before and after it; both empty for an exact one."""
    text = _format(rounded.figure, locale, Style.PLAIN, keep_zeros=False)
    if rounded.nearness is Nearness.EXACT:
        return "", text, ""
    pattern: str = getattr(locale.approximations, rounded.nearness)
    before, _, after = pattern.partition("{figure}")
    return before, text, after


def format_rank(rank: int, locale: Locale) -> str:
    """A rank as a word, or by its number where the language has no word for it."""
    if rank < 1:
        raise ValueError(f"ranks begin at 1, not at {rank}")
    if rank <= len(locale.ranks.words):
        return locale.ranks.words[rank - 1]
    return locale.ranks.beyond.format(number=rank)


def format_axis_number(value: float, locale: Locale, decimals: int = 0) -> str:
    """A tick of an axis: grouped, true minus, at least so many decimals."""
    text = _number(abs(Decimal(repr(round(float(value), 6)))), decimals, locale)
    return f"{locale.numbers.minus}{text}" if value < 0 and text != "0" else text


def parse_axis_number(text: str, locale: Locale) -> Decimal:
    """The number that ``format_axis_number`` printed; ValueError for anything else."""
    group, point = get_group_symbol(locale.babel), get_decimal_symbol(locale.babel)
    digits = text.removeprefix(locale.numbers.minus)
    whole, _, decimals = digits.partition(point)
    plain = whole.replace(group, "")
    if not re.fullmatch("[0-9]+", plain + decimals) or _grouped(plain, group) != whole:
        raise ValueError(f"{text!r} is no number in {locale.tag}")
    value = Decimal(f"{plain}.{decimals}" if decimals else plain)
    return -value if digits != text else value


def _grouped(digits: str, group: str) -> str:
    return re.sub(r"(?<=\d)(?=(?:\d{3})+$)", lambda _: group, digits)


def _sign(shown: Decimal, style: Style, locale: Locale) -> str:
    if shown < 0:
        return locale.numbers.minus
    return locale.numbers.plus if style.has_plus and shown > 0 else ""


def _decimals(figure: Quantity) -> int:
    exponent = figure.quantum.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _least_decimals(figure: Quantity, factor: int) -> int:
    """Rates keep their zeros, and so do amounts told to a hundredth of a trillion."""
    if figure.unit.keeps_zeros:
        return _decimals(figure)
    in_trillions = factor == _TRILLION and figure.quantum == _HUNDREDTH_TRILLION
    return 2 if in_trillions else 0


def _scale(shown: Decimal, unit: Unit, locale: Locale) -> tuple[int, str]:
    """The largest scale the displayed amount reaches: rounding has already happened."""
    if unit in (Unit.USD, Unit.USD_PER_MONTH):
        for scale in locale.numbers.scales:
            if shown >= scale.factor:
                return scale.factor, scale.word
    return 1, ""


def _number(value: Decimal, least_decimals: int, locale: Locale) -> str:
    pattern = f"#,##0.{'0' * least_decimals}{'#' * (12 - least_decimals)}"
    return format_decimal(value, format=pattern, locale=locale.babel)


def _patterns(unit: Unit, locale: Locale) -> UnitPatterns:
    return locale.units[unit]


def parse_quantity(text: str, unit: Unit, locale: Locale) -> Decimal:
    """The value that a printed quantity states, in its unit; ValueError when it states none."""
    plain = text.replace("\N{NO-BREAK SPACE}", " ").strip()
    if unit is Unit.RANK:
        return _parse_rank(plain, locale)
    patterns = _patterns(unit, locale)
    for pattern in (patterns.one, patterns.few, patterns.many, patterns.other, patterns.short):
        found = pattern and re.fullmatch(_reader(pattern, locale), plain)
        if found:
            parts = found.groupdict()
            number = Decimal(
                parts["number"]
                .replace(get_group_symbol(locale.babel), "")
                .replace(get_decimal_symbol(locale.babel), ".")
            )
            factor = {s.word: s.factor for s in locale.numbers.scales}.get(
                parts.get("scale", ""), 1
            )
            negative = parts.get("sign", "") == locale.numbers.minus
            return -number * factor if negative else number * factor
    raise ValueError(f"{text!r} is no {unit} in {locale.tag}")


def parse_rounded(text: str, unit: Unit, locale: Locale) -> tuple[Nearness, Decimal]:
    """What a rounded figure states, word and value; ValueError when it states none."""
    for near in (Nearness.OVER, Nearness.UNDER, Nearness.ABOUT):
        before, _, after = getattr(locale.approximations, near).partition("{figure}")
        # The typographic pass may have set the word and its figure apart.
        stated = re.fullmatch(rf"{re.escape(before)} ?(.+?) ?{re.escape(after)}", text)
        if stated:
            return near, parse_quantity(stated[1], unit, locale)
    return Nearness.EXACT, parse_quantity(text, unit, locale)


def _parse_rank(text: str, locale: Locale) -> Decimal:
    if text in locale.ranks.words:
        return Decimal(locale.ranks.words.index(text) + 1)
    found = re.fullmatch(
        re.escape(locale.ranks.beyond).replace(r"\{number\}", r"(?P<number>\d+)"), text
    )
    if not found:
        raise ValueError(f"{text!r} is no rank in {locale.tag}")
    return Decimal(found["number"])


def _reader(pattern: str, locale: Locale) -> str:
    group, point = get_group_symbol(locale.babel), get_decimal_symbol(locale.babel)
    scales = "|".join(re.escape(s.word) for s in locale.numbers.scales)
    signs = f"{re.escape(locale.numbers.minus)}|{re.escape(locale.numbers.plus)}|"
    return (
        re.escape(pattern)
        .replace(r"\{sign\}", f"(?P<sign>{signs})")
        .replace(r"\{number\}", rf"(?P<number>[\d{re.escape(group)}]+(?:{re.escape(point)}\d+)?)")
        .replace(r"\{scale\}", f"(?P<scale>{scales}|)")
    )
