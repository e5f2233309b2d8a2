"""Messages filled as a page prints them: with the facts of dates, or with samples."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from reportgen.language.locale import Locale
from reportgen.language.po_file import PLACEHOLDER
from reportgen.language.typography import typeset
from reportgen.model import Brief
from reportgen.translation import samples

Values = Mapping[str, Any]

_LINK = re.compile(r"</?a\b[^>]*>")


@dataclass(frozen=True, slots=True)
class Told:
    """What dates fill a message with, in English and in another language."""

    days: tuple[date, ...]
    english: Values
    translated: Values


@dataclass(frozen=True, slots=True)
class Sayings:
    """What some dates say: the dates, their sections in reading order, and each message."""

    days: tuple[date, ...]
    sections: tuple[str, ...]
    told: Mapping[str, Sequence[Told]]


def gather(briefs: Iterable[Brief], project: Path, english: Locale, language: Locale) -> Sayings:
    """Every message that the briefs say; dates that fill it alike are told together."""
    days: list[date] = []
    sections: dict[str, None] = {}
    told: dict[str, dict[str, Told]] = {}
    for brief in briefs:
        days.append(brief.as_of)
        # The dashboard stands within the lead, below its summary.
        ordered = sorted((s.id for s in brief.sections), key="lead".__ne__)
        sections.update(dict.fromkeys(ordered))
        translated = samples.said(brief, project, language)
        for context, values in samples.said(brief, project, english).items():
            alike = told.setdefault(context, {})
            key = repr(sorted(values.items()))
            known = alike.get(key)
            earlier = known.days if known else ()
            alike[key] = Told((*earlier, brief.as_of), values, translated.get(context, {}))
    return Sayings(
        tuple(days), tuple(sections), {c: tuple(alike.values()) for c, alike in told.items()}
    )


def filled(text: str, values: Values, locale: Locale, *, whole: bool = True) -> Markup:
    """A message with each placeholder filled and marked, set as the language sets its text.

    Of a text that is not ``whole``, in its tags or its placeholders, the tags are shown as they are
    typed. A placeholder that has no value is shown by its name.
    """
    said = Markup("")
    for number, part in enumerate(PLACEHOLDER.split(text)):
        if number % 2 == 0:
            said += Markup(part) if whole else escape(part)
        elif part in values:
            # Links of figures lead into the annex of a page.
            value = Markup(_LINK.sub("", str(escape(values[part]))))
            said += Markup('<span class="value" title="{}">{}</span>').format(part, value)
        else:
            said += Markup('<span class="unfilled">{}</span>').format(f"%({part})s")
    return Markup(typeset(f"<p>{said}</p>", locale))
