"""The records beside the documents: every fact, every checksum, nothing from after the day."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from reportgen import resources
from reportgen.model import Artifact
from reportgen.model.series import Release
from reportgen.render import records
from tests.conftest import LANGUAGES, NO_PROJECT, brief_as_of
from tests.render.made import AS_OF, edition, page

DAYS = (AS_OF, "2022-03-10", "2023-06-08")
BRIEF = date.fromisoformat(AS_OF)


@cache
def facts() -> dict[str, Any]:
    pages = [page(AS_OF, tag) for tag in LANGUAGES]
    content = records.facts_json(brief_as_of(BRIEF), pages)
    assert content.endswith(b"}\n")
    assert b"\\u" not in content, "Chinese is written as it is"
    parsed: dict[str, Any] = json.loads(content)
    return parsed


def fact(id: str) -> dict[str, Any]:
    (found,) = (entry for entry in facts()["facts"] if entry["id"] == id)
    return dict(found)


def test_the_brief() -> None:
    assert facts()["as_of"] == AS_OF
    assert facts()["cutoff"] == "2025-12-03T04:59:59+00:00"
    assert facts()["from_bundle"] is True


def test_a_fact_from_data() -> None:
    assert fact("srf.told") == {
        "id": "srf.told",
        "value": 26000000000,
        "unit": "usd",
        "as_of": "2025-12-01",
        "series": ["srf_accepted"],
        "references": [],
        "formula": "srf_accepted(2025-12-01)",
        "quantum": fact("srf.told")["quantum"],
        "printed": {"en": ["$26\xa0billion"], "zh-Hans": ["260亿美元"]},
    }
    assert fact("srf.rank")["value"] == 2
    assert fact("srf.rank")["printed"] == {"en": ["second-highest"], "zh-Hans": ["第二高"]}


def test_a_fact_from_a_view() -> None:
    issuance = fact("supply.view.gs-issuance-2026")
    assert issuance["value"] == 870000000000
    assert issuance["series"] == []
    assert issuance["references"] == ["gs-issuance-2026"]
    assert issuance["printed"] == {"en": ["$870\xa0billion"], "zh-Hans": ["8,700亿美元"]}


def test_values_are_plain_numbers() -> None:
    raw = records.facts_json(brief_as_of(BRIEF), []).decode()
    assert re.search(r'"value": \d+\.\d+,', raw), "a rate has decimals"
    assert not re.search(r'"value": -?[\d.]+[eE]', raw)
    assert not re.search(r'"value": -?\d+\.0,', raw), "a whole number is an integer"
    assert "NaN" not in raw
    for entry in facts()["facts"]:
        assert isinstance(entry["value"], int | float)
        assert re.fullmatch(r"\d+(\.\d+)?", entry["quantum"])


def test_every_printed_figure_is_there_in_both_languages() -> None:
    listed = {entry["id"]: entry["printed"] for entry in facts()["facts"]}
    for tag in LANGUAGES:
        told = [p for p in page(AS_OF, tag).printed if p.section != "annex"]
        figures = {p.key: p.text for p in told if not p.key.startswith(("date:", "name:"))}
        assert len(figures) > 60
        for key, text in figures.items():
            assert text in listed[key][tag], key
    for id, printed in listed.items():
        assert list(printed) in ([], ["en", "zh-Hans"]), id
        assert all(printed.values()), id


def test_every_fact_says_where_it_comes_from() -> None:
    known = {status.series.id for status in brief_as_of(BRIEF).statuses}
    entries = set(brief_as_of(BRIEF).references)
    ids = [entry["id"] for entry in facts()["facts"]]
    assert len(ids) == len(set(ids)) > 80
    for entry in facts()["facts"]:
        assert entry["series"] or entry["references"]
        assert set(entry["series"]) <= known
        assert set(entry["references"]) <= entries
        assert len(entry["formula"]) > 3


@pytest.mark.parametrize("day", DAYS)
def test_nothing_is_later_than_the_day(day: str) -> None:
    """Neither a value, nor a date in a formula, nor a view that was not yet published."""
    brief = brief_as_of(date.fromisoformat(day))
    content = json.loads(records.facts_json(brief, []))
    for entry in content["facts"]:
        assert entry["as_of"] <= day, entry["id"]
        dates = re.findall(r"\d{4}-\d\d-\d\d", entry["formula"])
        assert all(found <= day for found in dates), entry
        for reference in entry["references"]:
            assert brief.references[reference].published.isoformat() <= day, entry
    for status in brief.statuses:
        announced = status.series.rule.release is Release.DAY_BEFORE
        assert announced or status.last is None or status.last.isoformat() <= day


def test_findings_are_words_truths_and_days() -> None:
    findings = facts()["findings"]
    sections = ["dashboard", "lead", "changes", "qt", "srf", "supply", "funding", "tools"]
    assert list(findings) == sections
    assert findings["lead"]["headline"] == "ended_srf_busy"
    assert findings["qt"]["runoff_ended"] == "2025-12-01"
    assert findings["srf"]["any_beyond"] is True
    for section in findings.values():
        for value in section.values():
            assert isinstance(value, bool | str), value


def manifest(project: Path = NO_PROJECT, *artifacts: Artifact) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(
        records.manifest_json(brief_as_of(BRIEF), project, artifacts)
    )
    return parsed


def test_the_manifest_names_the_outputs() -> None:
    artifacts = [a for tag in LANGUAGES for a in edition(AS_OF, tag).artifacts]
    outputs = manifest(NO_PROJECT, *artifacts)["outputs"]
    assert len(outputs) == len(artifacts) == 52
    for artifact in artifacts:
        assert outputs[artifact.path.as_posix()] == hashlib.sha256(artifact.content).hexdigest()


def test_the_manifest_names_what_went_in(tmp_path: Path) -> None:
    before = manifest(tmp_path)
    digest = re.compile(r"[0-9a-f]{64}")
    for part in ("code", "data", "templates", "locales"):
        assert digest.fullmatch(before[part]["sha256"])
    assert set(before["editors_files"]) == {"policy.toml", "calendar.toml", "outlook.toml"}
    shipped = (resources.STARTER / "outlook.toml").read_bytes()
    assert before["editors_files"]["outlook.toml"] == hashlib.sha256(shipped).hexdigest()
    assert manifest(tmp_path) == before
    (tmp_path / "outlook.toml").write_bytes(shipped + b"\n# ours\n")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "furniture.j2").write_text("x", encoding="utf-8")
    after = manifest(tmp_path)
    assert {key for key in before if before[key] != after[key]} == {"templates", "editors_files"}
    assert before["editors_files"]["policy.toml"] == after["editors_files"]["policy.toml"]


def test_a_digest_knows_names_and_contents(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1", encoding="utf-8")
    first = records.folder_digest([tmp_path], "*")
    (tmp_path / "a").rename(tmp_path / "b")
    second = records.folder_digest([tmp_path], "*")
    (tmp_path / "b").write_text("2", encoding="utf-8")
    third = records.folder_digest([tmp_path], "*")
    assert len({first, second, third}) == 3
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "b.pyc").write_bytes(b"\0")
    assert records.folder_digest([tmp_path], "*") == third
