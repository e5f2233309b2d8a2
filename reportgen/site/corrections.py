"""What differs between two issued versions of a brief: each figure, each sentence."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from reportgen.site.issued import Issue, Version

# Texts around a brief are no statements of it.
_FURNITURE = ("annex", "furniture", "series", "publisher", "definitions")


@dataclass(frozen=True, slots=True)
class ChangedFigure:
    """A figure with what a language printed of it before and now; empty where it had none.

    ``old_value`` and ``new_value`` are plain numbers in its unit, as text.
    """

    id: str
    as_of: date
    series: tuple[str, ...]
    old: str
    new: str
    old_value: str
    new_value: str


@dataclass(frozen=True, slots=True)
class ChangedSentence:
    """A message with the texts that one version alone has."""

    message: str
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Corrected:
    """A version that took the place of another, and what it changed in one language."""

    as_of: date
    before: Version
    version: Version
    figures: tuple[ChangedFigure, ...]
    sentences: tuple[ChangedSentence, ...]


def of_issue(issue: Issue, tag: str) -> tuple[Corrected, ...]:
    """Every correction of a brief, the newest first."""
    pairs = zip(issue.versions, issue.versions[1:], strict=False)
    found = [_between(issue.as_of, before, version, tag) for before, version in pairs]
    return tuple(reversed(found))


def _between(as_of: date, before: Version, version: Version, tag: str) -> Corrected:
    old, new = _facts(before.folder), _facts(version.folder)
    return Corrected(
        as_of,
        before,
        version,
        tuple(_figures(_by_id(old, tag), _by_id(new, tag), tag)),
        tuple(_sentences(old["messages"], new["messages"], tag)),
    )


def reason_in(version: Version, tag: str) -> tuple[str, str]:
    """The reason in a language, else in the first it is given in, and the language it is in."""
    if tag in version.reason:
        return version.reason[tag], tag
    return next(((text, own) for own, text in version.reason.items()), ("", tag))


def _facts(folder: Path) -> Mapping[str, Any]:
    content: Mapping[str, Any] = json.loads((folder / "facts.json").read_bytes())
    return content


def _by_id(content: Mapping[str, Any], tag: str) -> dict[str, Mapping[str, Any]]:
    return {fact["id"]: fact for fact in content["facts"] if fact["printed"].get(tag)}


def _figures(
    old: Mapping[str, Mapping[str, Any]], new: Mapping[str, Mapping[str, Any]], tag: str
) -> Iterator[ChangedFigure]:
    """What either version prints and the other does not print so, in the order of the newer."""
    for id in dict.fromkeys((*new, *old)):
        before, now = old.get(id), new.get(id)
        if before and now and _shown(before, tag) == _shown(now, tag):
            continue
        fact = now or before or {}
        yield ChangedFigure(
            id,
            date.fromisoformat(fact["as_of"]),
            tuple(fact["series"]),
            _text(before, tag),
            _text(now, tag),
            str(before["value"]) if before else "",
            str(now["value"]) if now else "",
        )


def _shown(fact: Mapping[str, Any], tag: str) -> tuple[Any, ...]:
    return fact["printed"][tag], fact["as_of"], fact["value"]


def _text(fact: Mapping[str, Any] | None, tag: str) -> str:
    return str(fact["printed"][tag][0]) if fact else ""


def _sentences(
    old: Mapping[str, Any], new: Mapping[str, Any], tag: str
) -> Iterator[ChangedSentence]:
    for message in dict.fromkeys((*new, *old)):
        if message.partition(".")[0] in _FURNITURE:
            continue
        before, now = (texts.get(message, {}).get(tag, []) for texts in (old, new))
        gone = tuple(text for text in before if text not in now)
        come = tuple(text for text in now if text not in before)
        if gone or come:
            yield ChangedSentence(message, gone, come)
