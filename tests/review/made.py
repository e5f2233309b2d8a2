"""Small briefs for the reviewer, and the whole one of 2 December 2025 as it lies on the disk."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from reportgen.language.extraction import source_messages
from reportgen.render import records
from reportgen.review import brief as briefs
from reportgen.review.brief import ReadBrief
from reportgen.review.reviewing import RULES, review
from reportgen.review.rule import Finding
from tests.conftest import LANGUAGES, NO_PROJECT, brief_as_of
from tests.render.made import AS_OF, page

DAY = "2025-12-02"

# `{id|text}` in a made text is a printed figure, or a date when the id begins with "date:".
_FIGURE = re.compile(r"\{([^|}]+)\|([^}]+)\}")


def fact(id: str, value: float, formula: str = "", unit: str = "usd", quantum: str = "1E+9") -> Any:
    return {
        "id": id,
        "value": value,
        "unit": unit,
        "as_of": "2025-11-26",
        "series": ["total_assets"],
        "references": [],
        "formula": formula or f"{id}(2025-11-26)",
        "quantum": quantum,
    }


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def made(
    en: str = "",
    zh: str = "",
    facts: tuple[Any, ...] = (),
    findings: dict[str, dict[str, Any]] | None = None,
    messages: dict[str, dict[str, list[str]]] | None = None,
    charts: dict[str, Any] | None = None,
) -> ReadBrief:
    """A brief whose lead says this in each language."""
    content = {
        "as_of": DAY,
        "facts": list(facts),
        "findings": findings or {},
        "messages": messages or {},
        "charts": charts or {},
    }
    pages = {tag: _page(html) for tag, html in (("en", en), ("zh-Hans", zh)) if html}
    return briefs.read(json.dumps(content).encode(), pages, NO_PROJECT)


def _page(html: str) -> str:
    def printed(match: re.Match[str]) -> str:
        key, text = match.groups()
        if key.startswith("date:"):
            return f'<time datetime="{key.removeprefix("date:")}">{text}</time>'
        return f'<data data-fact="{key}"><a href="#x">{text}</a></data>'

    return f'<section id="lead">{_FIGURE.sub(printed, html)}</section>'


def found(rule_id: str, brief: ReadBrief) -> list[Finding]:
    """What one rule finds."""
    (rule,) = (rule for rule in RULES if rule.id == rule_id)
    return list(rule.find(brief))


@cache
def whole() -> ReadBrief:
    """The brief of 2 December 2025."""
    from datetime import date

    pages = [page(AS_OF, tag) for tag in LANGUAGES]
    record = records.facts_json(brief_as_of(date.fromisoformat(AS_OF)), pages)
    return briefs.read(record, {made.locale.tag: made.html for made in pages}, NO_PROJECT)


def reviewed() -> tuple[Finding, ...]:
    return review(whole())


@cache
def contexts() -> frozenset[str]:
    """The name of every message the templates may say."""
    return frozenset(message.context for message in source_messages(NO_PROJECT))
