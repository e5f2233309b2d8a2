"""The first ``locale.toml`` of a language, with a comment over each line to be looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from reportgen.language import cldr
from reportgen.language.cldr import Formats
from reportgen.language.locale import Locale, script_of
from reportgen.translation import faces
from reportgen.translation.toml import table, value

CHECK = "# Check:"
_HEAD = """\
# How {name} prints numbers, dates and names. Read by reportgen, edited by translators.
# Begun from what CLDR knows; what is to be looked at stands under a line with “{check}”.
# The files of other languages show each field filled.
"""
# How much longer than the limits of the source language a text of another may be: those are of the
# layout. A character of the scripts set tight is as wide as two.
_TIGHT_SHARE = 0.5
_BILLION = 10**9

Entry = tuple[str, Any, str]


def text(tag: str, source: Locale, model: Locale | None) -> str:
    """The file; style and words are those of ``model`` where there is one."""
    script = script_of(tag)
    kind = faces.typography_of(script)
    tight = kind == "han"
    known = cldr.formats(tag, tight=tight)
    tables = [
        table("fonts", _fonts(script, source)),
        table("numbers", _numbers(known, tight=tight)),
        table("units", _units(known, tight=tight)),
        table("approximations", _approximations(model)),
        table("ranks", _ranks(model)),
        table("dates", _dates(known)),
        table("lists", [("separator", known.separator, "")]),
        table("axis", _axis(known)),
        table("trace", _trace(source, model)),
        _style(source, model, tight=tight),
    ]
    head = [
        f"tag = {value(tag)}",
        f"name = {value(known.name)}",
        f'typography = "{kind}"',
        "# Not all is translated yet; the line goes when `reportgen locale status` says 100.",
        "begun = true",
    ]
    start = _HEAD.format(name=known.name, check=CHECK.removeprefix("# "))
    return start + "\n" + "\n".join(head) + "\n\n" + "\n".join(tables)


def _check(what: str) -> str:
    return f"{CHECK.removeprefix('# ')} {what}"


def _fonts(script: str, source: Locale) -> Iterator[Entry]:
    fonts = faces.fonts_of(script, source)
    missing = f"faces that have the script {script}, and are installed" if script else ""
    yield "serif", fonts.serif, "" if faces.covers(script) else _check(missing)
    yield "sans", fonts.sans, "" if faces.covers(script) else _check(missing)
    yield "screen_serif", fonts.screen_serif, "On a screen, where those are not installed."
    yield "screen_sans", fonts.screen_sans, ""
    yield "mail", fonts.mail, ""
    yield "office", fonts.office, ""


def _numbers(known: Formats, *, tight: bool) -> Iterator[Entry]:
    yield "minus", known.minus, ""
    yield "plus", known.plus, ""
    scales = [{"factor": factor, "word": word} for factor, word in known.scales]
    yield "scales", scales, _check("the words, with the space before them; from the largest down.")
    if tight:
        yield "joined", _joined(known), _check("characters that stay with digits before them.")


def _joined(known: Formats) -> str:
    """What CLDR has after a number in amounts and dates."""
    patterns = [word for _, word in known.scales]
    patterns += [known.money, *known.day.values(), *known.year.values(), *known.dates.values()]
    characters = re.sub(r"\{\w*\}|[\x00-\x7f]", "", "".join(patterns))
    return "".join(dict.fromkeys(characters))


def _units(known: Formats, *, tight: bool) -> Iterator[Entry]:
    money, percent = {"other": known.money}, {"other": known.percent}
    point, times = ("bp", "×") if tight else (" bp", "×")
    yield "usd", money, _check("{sign}, {number} and {scale}; by the plural forms of the language.")
    yield "usd_per_month", money, ""
    yield "percent", percent, ""
    yield "share", percent, ""
    yield "basis_point", {"other": f"{{sign}}{{number}}{point}"}, _check("CLDR has none.")
    yield "count", {"other": "{sign}{number}"}, ""
    yield "rank", {"other": "{number}"}, ""
    yield "day", dict(known.day), ""
    yield "year", dict(known.year), ""
    yield "times", {"other": f"{{sign}}{{number}}{times}"}, _check("CLDR has none.")


def _approximations(model: Locale | None) -> Iterator[Entry]:
    if model is not None:
        words = model.approximations.model_dump()
    else:
        words = {"about": "≈{figure}", "over": ">{figure}", "under": "<{figure}"}
    for number, (key, word) in enumerate(words.items()):
        yield key, word, "" if number else _check("words: about, more than, just under.")


def _ranks(model: Locale | None) -> Iterator[Entry]:
    words = model.ranks.words if model else ()
    yield "words", words, _check("highest, second-highest and so on; may be empty.")
    yield "beyond", model.ranks.beyond if model else "#{number}", _check("ranks without a word.")


def _dates(known: Formats) -> Iterator[Entry]:
    for key in ("day", "day_with_year", "month", "year"):
        yield key, known.dates[key], ""
    yield "quarter", known.dates["quarter"], ""
    yield "quarter_words", known.quarter_words, ""
    for key in ("short", "short_with_year", "moment"):
        yield key, known.dates[key], ""


def _axis(known: Formats) -> Iterator[Entry]:
    yield "year", "yyyy", ""
    yield "month", known.month, ""
    yield "month_with_year", known.month_with_year, ""
    factors = [factor for factor, _ in known.scales if factor <= _BILLION]
    per_billion = _BILLION // max(factors, default=_BILLION)
    yield "per_billion_usd", per_billion, "Charts count in this scale: so many of it are a billion."


def _trace(source: Locale, model: Locale | None) -> Iterator[Entry]:
    words = model.trace.number_words if model else ()
    yield "number_words", words, _check("words that state a number, as regular expressions.")
    yield "names", model.trace.names if model else source.trace.names, ""


def _style(source: Locale, model: Locale | None, *, tight: bool) -> str:
    style = (model or source).style
    share = _TIGHT_SHARE if tight and model is None else 1
    lengths = [
        {
            "what": limit.what,
            "messages": limit.messages,
            "characters": round(limit.characters * share),
        }
        for limit in style.lengths
    ]
    banned = [
        {"pattern": rule.pattern, "instead": rule.instead}
        | ({"allow": rule.allow} if rule.allow else {})
        for rule in (model.style.banned if model else ())
    ]
    longest = model.style.longest_sentence if model else (90 if tight else 40)
    entries: list[Entry] = [
        ("longest_sentence", longest, _check("in words, or characters where these are set tight.")),
        ("lengths", lengths, ""),
        ("banned", banned, _check("what no message may say, and what to say instead.")),
    ]
    return table("style", entries)
