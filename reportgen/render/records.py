"""The records beside the documents: facts.json and manifest.json."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportgen import __version__, resources
from reportgen.model import Artifact, Brief, Quantity, Unit
from reportgen.model.chart import (
    BarChart,
    ChartSpec,
    DailyBarChart,
    GroupedBarChart,
    Scale,
    TimeChart,
)

if TYPE_CHECKING:
    from reportgen.render.page import Page


def facts_json(brief: Brief, pages: Sequence[Page]) -> bytes:
    """Every fact of the brief and every message, with what each language printed of it."""
    printed: dict[str, dict[str, list[str]]] = {}
    for page in pages:
        for entry in page.printed:
            if entry.section == "annex":
                continue
            texts = printed.setdefault(entry.key, {}).setdefault(page.locale.tag, [])
            if entry.text not in texts:
                texts.append(entry.text)
    content = {
        "as_of": brief.as_of.isoformat(),
        "cutoff": brief.cutoff.isoformat(),
        "from_bundle": brief.from_bundle,
        "facts": [
            {**describe(figure), "printed": printed.get(figure.id, {})}
            for figure in all_figures(brief)
        ],
        "findings": {section.id: dict(_findings(section.facts)) for section in brief.sections},
        "charts": {
            chart.id: dict(_chart_ends(chart))
            for section in brief.sections
            for chart in section.charts
        },
        "messages": _messages(pages),
    }
    return to_json(content)


def _messages(pages: Sequence[Page]) -> dict[str, dict[str, list[str]]]:
    """What each language says for each message: how an editor finds the name of a sentence."""
    said: dict[str, dict[str, list[str]]] = {}
    for page in pages:
        for entry in page.said:
            said.setdefault(entry.message, {})[page.locale.tag] = list(entry.texts)
    return said


def describe(figure: Quantity) -> dict[str, Any]:
    """A fact as JSON: the value is a plain integer or decimal in its unit."""
    value = figure.value
    return {
        "id": figure.id,
        "value": int(value) if value == value.to_integral_value() else float(value),
        "unit": figure.unit.value,
        "as_of": figure.as_of.isoformat(),
        "series": list(figure.series),
        "references": list(figure.references),
        "formula": figure.formula,
        "quantum": f"{figure.quantum.normalize():f}",
    }


def figure_of(entry: Mapping[str, Any]) -> Quantity:
    """The fact that ``describe`` wrote; ValueError, LookupError or TypeError for anything else.

    Decimals are to be read as such: ``json.loads(..., parse_float=Decimal)``.
    """
    return Quantity(
        id=entry["id"],
        value=Decimal(entry["value"]),
        unit=Unit(entry["unit"]),
        as_of=date.fromisoformat(entry["as_of"]),
        quantum=Decimal(entry["quantum"]),
        series=tuple(entry["series"]),
        formula=entry["formula"],
        references=tuple(entry["references"]),
    )


def all_figures(brief: Brief) -> list[Quantity]:
    """Every figure of every section, each id once, in the order of the sections."""
    return list(brief.figures().values())


def _findings(facts: Any, within: str = "") -> Iterable[tuple[str, Any]]:
    """What was found rather than measured: names, yes or no, dates; of parts as ``part.name``."""
    for field in fields(facts):
        value, name = getattr(facts, field.name), f"{within}{field.name}"
        if isinstance(value, Enum):
            yield name, value.value
        elif isinstance(value, bool):
            yield name, value
        elif isinstance(value, date):
            yield name, value.isoformat()
        elif isinstance(value, tuple):
            for part in value:
                if is_dataclass(part) and hasattr(part, "id"):
                    yield from _findings(part, f"{name}.{part.id}.")
        elif is_dataclass(value) and not isinstance(value, Quantity):
            yield from _findings(value, f"{name}.")


# What a unit of an axis is worth in the unit of figures.
_WORTH = {Scale.TRILLION_USD: 10**12, Scale.BILLION_USD: 10**9}


def _chart_ends(chart: ChartSpec) -> Iterable[tuple[str, dict[str, Any]]]:
    """The last value of each line and the value of each bar, in the unit of figures."""
    worth = _WORTH.get(chart.scale, 1)
    match chart:
        case BarChart():
            for bar in chart.bars:
                yield bar.label, {"value": _plain(bar.value)}
        case GroupedBarChart():
            for label, _, values in chart.groups:
                yield label, {"value": _plain((values[-1] or 0) * worth)}
        case TimeChart() | DailyBarChart():
            lines = chart.lines if isinstance(chart, TimeChart) else (chart.bars,)
            for line in lines:
                day = line.dates[-1].isoformat()
                yield line.label, {"value": _plain(line.values[-1] * worth), "date": day}


def _plain(value: float) -> int | float:
    """A whole number as such; nothing below a ten-thousandth, which is float noise."""
    rounded = round(value, 4)
    return int(rounded) if rounded.is_integer() else rounded


def manifest_json(
    brief: Brief, project: Path, artifacts: Iterable[Artifact], *, draft: bool = False
) -> bytes:
    """Checksums of what went in and of what came out; whether it is a draft."""
    content = {
        "as_of": brief.as_of.isoformat(),
        "draft": draft,
        "code": {"reportgen": __version__, "sha256": folder_digest([_PACKAGE], "*.py")},
        "data": {"sha256": brief.data_digest, "from_bundle": brief.from_bundle},
        "templates": {"sha256": folder_digest(resources.template_folders(project), "*")},
        "locales": {"sha256": folder_digest(resources.locale_folders(project), "*")},
        "editors_files": {
            name: _digest(resources.editors_file(project, name).read_bytes())
            for name in ("policy.toml", "calendar.toml", "outlook.toml")
        },
        "notes": dict(brief.hand.files),
        "outputs": {artifact.path.as_posix(): _digest(artifact.content) for artifact in artifacts},
    }
    return to_json(content)


_PACKAGE = Path(__file__).parent.parent


def folder_digest(folders: Iterable[Path], pattern: str) -> str:
    """A checksum over the names and contents of the files in some folders."""
    summary = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob(pattern)):
            if path.is_file() and "__pycache__" not in path.parts:
                summary.update(f"{path.relative_to(folder).as_posix()}\n".encode())
                summary.update(path.read_bytes())
    return summary.hexdigest()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def to_json(content: Mapping[str, Any]) -> bytes:
    """Indented UTF-8 JSON with a final newline."""
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
