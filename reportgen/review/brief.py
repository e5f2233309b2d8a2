"""A built brief as the reviewer reads it: facts, findings, messages and pages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from reportgen.errors import InputError
from reportgen.review import passages, words
from reportgen.review.passages import Passage
from reportgen.review.rule import Place
from reportgen.review.words import Words

_DAY = r"\d{4}-\d{2}-\d{2}"
_LEVEL = re.compile(rf"[a-z][a-z0-9_]*\({_DAY}\)")
_CHANGE = re.compile(
    r"(?:-\()?"
    rf"(?P<series>[a-z][a-z0-9_]*)\((?P<now>{_DAY})\) - "
    rf"(?P<from>[a-z][a-z0-9_]*)\((?P<then>{_DAY})\)"
    r"\)?"
)


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of facts.json; ``displayed`` is its value at display precision, in its unit."""

    id: str
    value: Decimal
    unit: str
    as_of: date
    formula: str
    displayed: Decimal


@dataclass(frozen=True, slots=True)
class ReadPage:
    """One language's page."""

    language: str
    passages: tuple[Passage, ...]
    words: Words


@dataclass(frozen=True)
class ReadBrief:
    """Everything the rules may look at.

    ``findings`` are by section and name; ``messages`` by id, then language: the texts said;
    ``charts`` by id, then the key of a line or bar: where it ends.
    """

    as_of: date
    facts: Mapping[str, Fact]
    findings: Mapping[str, Mapping[str, Any]]
    messages: Mapping[str, Mapping[str, tuple[str, ...]]]
    charts: Mapping[str, Mapping[str, ChartEnd]]
    pages: tuple[ReadPage, ...]
    _by_text: dict[str, dict[str, str]] = field(default_factory=dict, repr=False)

    def said(self, message: str) -> bool:
        """Whether any page says a message."""
        return message in self.messages

    def finding(self, name: str) -> Any:
        """A finding as ``section.name``; None where the section has no such finding."""
        section, _, rest = name.partition(".")
        return self.findings.get(section, {}).get(rest)

    def messages_in(self, page: ReadPage, passage: Passage) -> tuple[str, ...]:
        """The messages a passage of a page says, longest first."""
        text = bare(passage.text)
        known = self._texts(page.language)
        found = [said for said in known if said in text or text in said]
        return tuple(dict.fromkeys(known[said] for said in sorted(found, key=len, reverse=True)))

    def _texts(self, language: str) -> dict[str, str]:
        if language not in self._by_text:
            self._by_text[language] = {
                bare(text): id
                for id, by_language in self.messages.items()
                for text in by_language.get(language, ())
                if ".label." not in id and len(bare(text)) > SHORT_TEXT
            }
        return self._by_text[language]

    @cached_property
    def levels(self) -> Mapping[str, Decimal]:
        """The values of series on days, by ``series(date)``, as far as facts tell them."""
        return {
            fact.formula: fact.value
            for fact in self.facts.values()
            if _LEVEL.fullmatch(fact.formula)
        }

    def direction(self, id: str) -> int:
        """+1 when the series behind a change rose, -1 when it fell, 0 when that is not known."""
        fact = self.facts.get(id)
        change = _CHANGE.fullmatch(fact.formula) if fact else None
        if change is None or change["series"] != change["from"]:
            return 0
        rose = self._grew(change)
        if not rose:
            return 0
        # A difference may be written from either end: what it fell, or what it took.
        return rose if change["now"] > change["then"] else -rose

    def _grew(self, change: re.Match[str]) -> int:
        """The sign of the first level less the second, by levels or by a change told with sign."""
        first, second = (
            self.levels.get(f"{change['series']}({day})") for day in (change["now"], change["then"])
        )
        if first is not None and second is not None:
            return (first > second) - (first < second)
        inner = f"{change['series']}({change['now']}) - {change['series']}({change['then']})"
        for fact in self.facts.values():
            if fact.formula in (inner, f"-({inner})") and (
                fact.value < 0 or fact.id.startswith(SIGNED)
            ):
                sign = (fact.value > 0) - (fact.value < 0)
                return sign if fact.formula == inner else -sign
        return 0


@dataclass(frozen=True, slots=True)
class ChartEnd:
    """Where a line or a bar of a chart ends, in the unit of its fact; bars have no date."""

    value: Decimal
    date: date | None


# Facts that are recorded with their sign, whatever sentence tells them.
SIGNED = ("dashboard.", "lead.part.", "lead.week.part.")

# Names in tables are too short to tell which message said them.
SHORT_TEXT = 6


def bare(text: str) -> str:
    """A text without spaces, which typesetting moves."""
    return re.sub(r"\s+", "", text)


def place_of(brief: ReadBrief, page: ReadPage, *told: Passage) -> Place:
    """The place of some passages, with the messages they say."""
    found = [id for passage in told for id in brief.messages_in(page, passage)[:2]]
    return Place(page.language, told[0].section, tuple(dict.fromkeys(found)))


def read(facts_json: bytes, pages: Mapping[str, str], project: Path) -> ReadBrief:
    """A brief from its records and the HTML of each language; InputError for other JSON."""
    try:
        content = json.loads(facts_json, parse_float=Decimal)
        return ReadBrief(
            as_of=date.fromisoformat(content["as_of"]),
            facts={fact.id: fact for fact in _facts(content["facts"])},
            findings=content["findings"],
            messages={
                id: {tag: tuple(texts) for tag, texts in said.items()}
                for id, said in content["messages"].items()
            },
            charts={
                id: {label: _end(entry) for label, entry in ends.items()}
                for id, ends in content.get("charts", {}).items()
            },
            pages=tuple(
                ReadPage(tag, passages.read(html), words.load(tag, project))
                for tag, html in pages.items()
            ),
        )
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise InputError(
            f"is no record of a brief ({type(error).__name__}: {error})",
            where="facts.json",
            remedy="build the brief again",
        ) from None


def _end(entry: dict[str, Any]) -> ChartEnd:
    day = entry.get("date")
    return ChartEnd(Decimal(entry["value"]), date.fromisoformat(day) if day else None)


def _facts(entries: list[dict[str, Any]]) -> Iterator[Fact]:
    for entry in entries:
        value, quantum = Decimal(entry["value"]), Decimal(entry["quantum"])
        yield Fact(
            id=entry["id"],
            value=value,
            unit=entry["unit"],
            as_of=date.fromisoformat(entry["as_of"]),
            formula=entry["formula"],
            displayed=(value / quantum).to_integral_value() * quantum,
        )
