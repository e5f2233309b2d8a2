"""A language for tests: English with accents, a third longer, each message between brackets.

What a page shows outside brackets no message says; what does not fit at this length will not fit in
German.
"""

from __future__ import annotations

import re
from typing import Any

from reportgen.language.locale import Locale

# Doubled vowels and some more make a text of English a third longer.
_LONGER = {
    **{p: 2 * a for p, a in zip("aceiouyACEIOUY", "åçéîöüýÅÇÉÎÖÛÝ", strict=True)},
    **dict(zip("dnDN", "ðñÐÑ", strict=True)),
}
_ACCENTS = str.maketrans(_LONGER)
# Placeholders of messages and patterns, and tags.
_KEPT = re.compile(r"(%\(\w+\)s|\{\w*\}|<[^>]*>)")
_CLOSED = re.compile(r"^(.*?)([.?!:]*)$", re.DOTALL)


def accented(text: str) -> str:
    """A text with accents and longer; placeholders and tags stay."""
    parts = _KEPT.split(text)
    return "".join(p if n % 2 else p.translate(_ACCENTS) for n, p in enumerate(parts))


def message(context: str, text: str) -> str:
    """A message; the mark of a sentence stays at its end, a term that is looked for is bare."""
    if context.endswith(".mark"):
        return accented(text)
    found = _CLOSED.match(accented(text))
    body, mark = found.groups() if found else (text, "")
    return f"[{body}]{mark}"


def locale_fields(source: Locale, tag: str) -> dict[str, Any]:
    """The fields of ``locale.toml``: the source's, its words accented and its dates in numbers."""
    fields = source.model_dump(exclude_none=True, mode="json")
    words = {key: _accented(fields[key]) for key in ("units", "approximations", "ranks", "numbers")}
    dates = {
        "day": "M/d", "day_with_year": "y/M/d", "month": "y/M", "year": "y",
        "quarter": "{year}/{quarter}", "quarter_words": ["1", "2", "3", "4"],
        "short": "M/d", "short_with_year": "y/M/d", "moment": "{day}, {time}",
    }  # fmt: skip
    return {
        **fields,
        "tag": tag,
        "name": message("", source.name),
        "cldr": source.tag,
        "derived": {"source": source.tag, "by": "pseudo"},
        **words,
        "dates": dates,
        "axis": {**fields["axis"], "month": "M", "month_with_year": "y/M"},
        "trace": {"number_words": [], "names": fields["trace"]["names"]},
        "style": {},
    }


def _accented(given: Any) -> Any:
    if isinstance(given, str):
        return accented(given)
    if isinstance(given, dict):
        return {key: _accented(value) for key, value in given.items()}
    if isinstance(given, list):
        return [_accented(value) for value in given]
    return given
