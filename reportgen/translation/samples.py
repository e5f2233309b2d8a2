"""What the placeholders of a message were filled with on a real date, in each language.

The briefs come from the bundled history and the editors' files that ship, so the samples are the
same on every machine and after every pull.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from reportgen.briefing import bundled_briefs, bundled_histories
from reportgen.language.extraction import SourceMessage
from reportgen.language.locale import Locale
from reportgen.language.po_file import PLACEHOLDER
from reportgen.model import Brief, Histories
from reportgen.render.page import PageBuilder
from reportgen.settings import Settings
from reportgen.site import methodology, series_pages

# The first that says a message gives its sample. They were chosen over every Thursday of the
# history: together they say all but a dozen of the messages with placeholders that it can say.
DAYS = tuple(
    date.fromisoformat(day)
    for day in (
        "2025-12-02", "2022-03-10", "2023-03-16", "2023-06-08", "2024-10-01", "2025-07-10",
        "2021-09-02", "2025-10-31", "2022-06-16", "2025-01-02", "2025-10-23", "2023-09-21",
        "2025-06-19", "2021-11-18", "2025-11-20", "2025-12-05", "2022-07-14", "2023-01-12",
        "2025-10-30", "2022-05-05", "2022-09-01", "2024-01-18", "2024-06-06", "2024-10-03",
        "2025-09-16", "2025-10-09", "2025-11-27",
    )
)  # fmt: skip

_LONGEST = 72


@dataclass(frozen=True, slots=True)
class Sample:
    """The values of a message's placeholders on a day: by language tag, then by name."""

    day: date
    values: Mapping[str, Mapping[str, str]]


Samples = Mapping[str, Sample]


def take(project: Path, languages: Sequence[Locale], days: Iterable[date] = DAYS) -> Samples:
    """A sample of each message that one of the days says, by context."""
    wanted = tuple(days)
    histories = bundled_histories(wanted[0]) if wanted else None
    return gather(bundled_briefs(wanted), project, languages, histories)


def gather(
    briefs: Iterable[Brief],
    project: Path,
    languages: Sequence[Locale],
    histories: Histories | None = None,
) -> Samples:
    """As ``take``, from briefs already computed; with what the site says of some ``histories``."""
    found: dict[str, Sample] = {}
    for brief in briefs:
        of_day = histories if histories and histories.as_of == brief.as_of else None
        filled = {tag.tag: said(brief, project, tag, of_day) for tag in languages}
        for context, values in filled[languages[0].tag].items():
            if values and context not in found:
                found[context] = Sample(
                    brief.as_of,
                    {
                        tag: {name: _plain(value) for name, value in contexts[context].items()}
                        for tag, contexts in filled.items()
                        if context in contexts
                    },
                )
    return found


def said(
    brief: Brief, project: Path, language: Locale, histories: Histories | None = None
) -> dict[str, Mapping[str, Any]]:
    """Every message of a brief in a language, with what it was filled with; no chart is drawn."""
    page = PageBuilder(brief, language, project, Settings(), (), draft=True, texts_only=True)
    page.build()
    methodology.say(page.templates, project)
    if histories:
        series_pages.say(page.templates, page.design, histories)
    return page.templates.messages.filled


def notes_of(
    source: SourceMessage, samples: Samples, languages: Sequence[Locale]
) -> tuple[str, ...]:
    """The translators' comment on a message: the templates' notes, then a line a placeholder."""
    names = list(dict.fromkeys(PLACEHOLDER.findall(source.text)))
    own = samples.get(source.context)
    lines = [f"Sample of {own.day}:"] if own and names else []
    strangers: list[str] = []
    for name in names:
        sample = own or _elsewhere(source.context, name, samples)
        texts = _texts(sample, name, languages)
        if texts and own:
            lines.append(f"{{{name}}}: {texts}")
        elif texts:
            strangers.append(f"{{{name}}}: {texts}")
    if strangers:
        lines = ["No date of the history says this; in other sentences:", *strangers]
    return (*source.notes, *lines)


_DAY = re.compile(r"Sample of (\d{4}-\d\d-\d\d):")
_SAMPLE = re.compile(r'\{(\w+)\}: "(.*?)"(?: / (.*))?')


def in_notes(notes: Sequence[str]) -> tuple[date | None, Mapping[str, tuple[str, str]]]:
    """What ``notes_of`` wrote: the day, None for values of other sentences, and both texts by name.

    The English stands for the other language where that has none.
    """
    days = [match[1] for note in notes if (match := _DAY.fullmatch(note))]
    found = {
        match[1]: (match[2], match[3] or match[2])
        for note in notes
        if (match := _SAMPLE.fullmatch(note))
    }
    return date.fromisoformat(days[0]) if days else None, found


def _texts(sample: Sample | None, name: str, languages: Sequence[Locale]) -> str:
    if sample is None:
        return ""
    values = [sample.values.get(language.tag, {}).get(name, "") for language in languages]
    values = [values[0] and f'"{values[0]}"', *values[1:]]
    return " / ".join(filter(None, values))


def _elsewhere(context: str, name: str, samples: Samples) -> Sample | None:
    """The sample of another message with such a placeholder, of the same section if it can be."""
    section = context.split(".")[0] + "."
    having = [c for c, s in samples.items() if any(name in v for v in s.values.values())]
    having.sort(key=lambda other: (not other.startswith(section), other))
    return samples[having[0]] if having else None


def _plain(value: Any) -> str:
    """As a reader sees it, on one line, cut when it is long."""
    shown = html.unescape(re.sub(r"<[^>]*>", "", str(value)))
    shown = " ".join(shown.replace("\N{NO-BREAK SPACE}", " ").split())
    return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1].rstrip() + "…"
