"""What differs between two issued versions of a brief: each figure, each sentence."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from reportgen.model import Quantity
from reportgen.site import told
from reportgen.site.issued import Issue, Version
from reportgen.site.told import Told

# Texts around a brief are no statements of it.
_FURNITURE = ("annex", "furniture", "series", "publisher", "definitions")


@dataclass(frozen=True, slots=True)
class ChangedFigure:
    """A fact before and now, with what the language printed first of each; None where it was not.

    One of the two is there.
    """

    old: tuple[Quantity, str] | None
    new: tuple[Quantity, str] | None

    @property
    def figure(self) -> Quantity:
        """The fact as it is now, or as it was."""
        found = self.new or self.old
        assert found is not None
        return found[0]


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
    old, new = (v.folder / "facts.json" for v in (before, version))
    return Corrected(
        as_of,
        before,
        version,
        tuple(_figures(_printed(old, tag), _printed(new, tag), tag)),
        tuple(_sentences(_messages(old), _messages(new), tag)),
    )


def reason_in(version: Version, tag: str) -> tuple[str, str]:
    """The reason in a language, else in the first it is given in, and the language it is in."""
    if tag in version.reason:
        return version.reason[tag], tag
    return next(((text, own) for own, text in version.reason.items()), ("", tag))


def _printed(facts: Path, tag: str) -> dict[str, Told]:
    """What a language printed, by fact."""
    return {t.figure.id: t for t in told.read(facts.read_bytes()) if t.printed.get(tag)}


def _messages(facts: Path) -> Mapping[str, Mapping[str, list[str]]]:
    messages: Mapping[str, Mapping[str, list[str]]] = json.loads(facts.read_bytes())["messages"]
    return messages


def _figures(old: Mapping[str, Told], new: Mapping[str, Told], tag: str) -> Iterator[ChangedFigure]:
    """What either version prints and the other does not print so, in the order of the newer."""
    for id in dict.fromkeys((*new, *old)):
        before, now = old.get(id), new.get(id)
        if before and now and _shown(before, tag) == _shown(now, tag):
            continue
        yield ChangedFigure(_first(before, tag), _first(now, tag))


def _shown(fact: Told, tag: str) -> tuple[object, ...]:
    return fact.printed[tag], fact.figure.as_of, fact.figure.value


def _first(fact: Told | None, tag: str) -> tuple[Quantity, str] | None:
    return (fact.figure, fact.printed[tag][0]) if fact else None


def _sentences(
    old: Mapping[str, Mapping[str, list[str]]],
    new: Mapping[str, Mapping[str, list[str]]],
    tag: str,
) -> Iterator[ChangedSentence]:
    for message in dict.fromkeys((*new, *old)):
        if message.partition(".")[0] in _FURNITURE:
            continue
        before, now = (texts.get(message, {}).get(tag, []) for texts in (old, new))
        gone = tuple(text for text in before if text not in now)
        come = tuple(text for text in now if text not in before)
        if gone or come:
            yield ChangedSentence(message, gone, come)
