"""Terms explained once, beside the paragraph of a page that first uses them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

_PARAGRAPH = re.compile(r"<p>.*?</p>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_ASIDE = '<aside class="definition"><p>{}</p></aside>\n'


def beside_first_use(parts: Sequence[Markup], texts: Mapping[str, Any]) -> list[Markup]:
    """The parts of a page in reading order, each term's definition before its paragraph.

    ``texts`` are what ``definitions.j2`` sets: ``<id>__mark``, the term as the text writes it, and
    ``<id>__text``. Headings, tables and notes are passed over; a term that no paragraph uses is
    not explained.
    """
    waiting = {
        name.removesuffix("__mark"): _pattern(str(mark))
        for name, mark in texts.items()
        if name.endswith("__mark")
    }

    def explained(found: re.Match[str]) -> str:
        plain = _TAG.sub("", found[0])
        places = {
            term: used.start() for term, mark in waiting.items() if (used := mark.search(plain))
        }
        for term in places:
            del waiting[term]
        asides = (texts[f"{term}__text"] for term in sorted(places, key=places.__getitem__))
        return "".join(_ASIDE.format(text) for text in asides) + found[0]

    return [Markup(_PARAGRAPH.sub(explained, str(part))) for part in parts]


def _pattern(mark: str) -> re.Pattern[str]:
    """The mark as a word; beside Han characters there is no space to show where it ends."""
    words = r"[\s\xa0]+".join(map(re.escape, mark.split()))
    return re.compile(rf"(?<![A-Za-z]){words}(?![A-Za-z])", re.IGNORECASE)
