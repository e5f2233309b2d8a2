"""What CLDR knows of how a language prints numbers and dates, through Babel."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from babel import Locale as Cldr
from babel.numbers import format_decimal
from babel.units import format_unit

from reportgen.language.locale import folder_of

# Smaller amounts do not occur.
_LEAST_SCALE = 10**4
_FORMS = ("one", "few", "many", "other")
_SPACES = str.maketrans("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}", "   ")
# Among them are numbers of every plural form.
_NUMBERS = (*map(Decimal, range(1, 31)), Decimal("1.5"), Decimal(10**6))


@dataclass(frozen=True, slots=True)
class Formats:
    """A language's formats as ``locale.toml`` has them."""

    name: str
    minus: str
    plus: str
    scales: tuple[tuple[int, str], ...]
    money: str
    percent: str
    day: Mapping[str, str]
    year: Mapping[str, str]
    dates: Mapping[str, str]
    quarter_words: tuple[str, ...]
    separator: str
    month: str
    month_with_year: str


def is_right_to_left(tag: str) -> bool:
    """Whether a language is written from right to left."""
    return Cldr.parse(folder_of(tag)).text_direction == "rtl"


def canonical(tag: str) -> str:
    """A tag as CLDR writes it: ``pt-BR`` for ``PT-br``."""
    return str(Cldr.parse(folder_of(tag))).replace("_", "-")


def formats(tag: str, *, tight: bool) -> Formats:
    """The formats of a language; ``tight`` where words and figures are set without spaces."""
    cldr = Cldr.parse(folder_of(tag))
    symbols = cldr.number_symbols["latn"]
    scales = _scales(cldr, tight=tight)
    dates = {
        "day": _skeleton(cldr, "MMMMd"),
        "day_with_year": _plain(cldr.date_formats["long"].pattern),
        "month": _skeleton(cldr, "yMMMM"),
        "year": _skeleton(cldr, "y"),
        "short": _skeleton(cldr, "MMMd"),
        "short_with_year": _skeleton(cldr, "yMMMd"),
        "moment": _moment(cldr, tight=tight),
    }
    quarter, words = _quarter(cldr)
    # A hyphen is no minus in print.
    minus = symbols["minusSign"]
    return Formats(
        name=(cldr.display_name or tag),
        minus="\N{MINUS SIGN}" if minus == "-" else minus,
        plus=symbols["plusSign"],
        scales=scales,
        money=_money(cldr, tight=tight),
        percent=re.sub("[#,0]+", "{sign}{number}", _plain(cldr.percent_formats[None].pattern)),
        day=_unit(cldr, "duration-day", tight=tight),
        year=_unit(cldr, "duration-year", tight=tight),
        dates={**dates, "quarter": quarter},
        quarter_words=words,
        separator=_plain(cldr.list_patterns["standard"]["middle"])
        .replace("{0}", "")
        .replace("{1}", ""),
        month=_skeleton(cldr, "MMM"),
        month_with_year=_skeleton(cldr, "yMMM"),
    )


def _plain(pattern: str) -> str:
    """A pattern with plain spaces, which are made not to break when it is filled."""
    return str(pattern).translate(_SPACES)


def _skeleton(cldr: Cldr, name: str) -> str:
    return _plain(str(cldr.datetime_skeletons[name]))


def _scales(cldr: Cldr, *, tight: bool) -> tuple[tuple[int, str], ...]:
    """From the largest; in full where one word serves every number, else abbreviated."""
    kinds = cldr.compact_decimal_formats
    for kind in ("long", "short"):
        if kind not in dict(kinds.items()):
            continue
        words: dict[int, dict[str, None]] = {}
        for by_size in dict(kinds[kind].items()).values():
            for size, pattern in by_size.items():
                zeros = re.search("0+", _plain(pattern.pattern))
                word = re.sub("0+|'", "", _plain(pattern.pattern))
                if zeros and word.strip():
                    words.setdefault(int(size) // 10 ** (len(zeros[0]) - 1), {})[word] = None
        kept = {factor: w for factor, w in words.items() if _LEAST_SCALE <= factor <= 10**12}
        if all(len(w) == 1 for w in kept.values()) or kind == "short":
            return tuple(
                (factor, word.strip() if tight else word)
                for factor, (word, *_) in sorted(kept.items(), reverse=True)
            )
    return ()


def _money(cldr: Cldr, *, tight: bool) -> str:
    """An amount of US dollars: with its sign, or with its name where that needs no space."""
    if tight:
        return f"{{sign}}{{number}}{{scale}}{cldr.currencies['USD']}"
    before = cldr.currency_formats["standard"].pattern.startswith("¤")
    sign = cldr.currency_symbols.get("USD", "$")
    return f"{{sign}}{sign}{{number}}{{scale}}" if before else f"{{sign}}{{number}}{{scale}} {sign}"


def _unit(cldr: Cldr, unit: str, *, tight: bool) -> dict[str, str]:
    """The plural forms of a unit; one where all are alike."""
    found: dict[str, str] = {}
    for number in _NUMBERS:
        form = cldr.plural_form(number)
        if form in _FORMS and form not in found:
            text = format_unit(number, unit, length="long", locale=cldr)
            # Where long and short are the same, CLDR has but the short one.
            if unit in text:
                text = format_unit(number, unit, length="short", locale=cldr)
            pattern = _plain(text.replace(format_decimal(number, locale=cldr), "{sign}{number}"))
            found[form] = pattern.replace(" ", "") if tight else pattern
    return found if len(set(found.values())) > 1 else {"other": next(iter(found.values()))}


def _quarter(cldr: Cldr) -> tuple[str, tuple[str, ...]]:
    pattern = _skeleton(cldr, "yQQQQ")
    letters = re.search("Q+", pattern)
    if letters and len(letters[0]) >= 3:
        wide = cldr.quarters["format"]["wide"]
        words = tuple(_plain(wide[n]) for n in range(1, 5))
    else:
        words = ("1", "2", "3", "4")
    pattern = re.sub("'", "", re.sub("y+", "{year}", re.sub("Q+", "{quarter}", pattern)))
    return pattern, words


def _moment(cldr: Cldr, *, tight: bool) -> str:
    pattern = _plain(str(cldr.datetime_formats["medium"]))
    pattern = pattern.replace("{1}", "{day}").replace("{0}", "{time}").replace("'", "")
    return pattern.replace(" ", "") if tight else pattern
