"""init, facts and doctor as a user runs them."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from reportgen.cli import group


def invoke(project: Path, *arguments: str) -> str:
    result = CliRunner().invoke(group, ["--project", str(project), *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_init_makes_a_project_that_doctor_approves_of(tmp_path: Path) -> None:
    written = invoke(tmp_path, "init", str(tmp_path / "desk")).splitlines()
    names = {Path(line).name for line in written}
    assert names == {
        "reportgen.toml", "outlook.toml", "policy.toml", "calendar.toml", "README.md", "notes",
        "data",
    }  # fmt: skip
    for name in ("reportgen.toml", "outlook.toml", "policy.toml", "calendar.toml"):
        tomllib.loads((tmp_path / "desk" / name).read_text(encoding="utf-8"))
    told = invoke(tmp_path / "desk", "doctor")
    assert "FAULT" not in told
    assert str(tmp_path / "desk" / "outlook.toml") in told


def test_facts_as_json(tmp_path: Path) -> None:
    told = json.loads(invoke(tmp_path, "facts", "--as-of", "2025-12-02", "--json"))
    facts = {fact["id"]: fact for fact in told["facts"]}
    assert told["as_of"] == "2025-12-02"
    assert facts["srf.told"]["value"] == 26_000_000_000
    assert facts["srf.told"]["as_of"] == "2025-12-01"
    assert facts["srf.told"]["series"] == ["srf_accepted"]
    assert facts["funding.sofr"]["value"] == 4.12
    assert told["findings"]["srf"]["standing"] == "high"
    assert told["findings"]["lead"]["headline"] == "ended_srf_busy"


def test_facts_as_lines(tmp_path: Path) -> None:
    lines = invoke(tmp_path, "facts", "--as-of", "2025-12-02").splitlines()
    assert lines[0].split("\t") == ["fact", "value", "as of", "origin", "computation"]
    assert "srf.told\t$26 billion\t2025-12-01\tsrf_accepted\tsrf_accepted(2025-12-01)" in lines


def test_facts_without_a_date_are_those_of_the_last_bundled_day(tmp_path: Path) -> None:
    assert json.loads(invoke(tmp_path, "facts", "--json"))["as_of"] == "2025-12-05"


def test_doctor_as_json(tmp_path: Path) -> None:
    findings = json.loads(invoke(tmp_path, "doctor", "--json"))
    names = {finding["name"] for finding in findings}
    assert {"libraries", "settings", "fonts zh-Hans", "messages zh-Hans", "bundle"} <= names
    assert all(finding["exit_code"] == 0 for finding in findings)
    assert not (tmp_path / "data").exists(), "doctor creates nothing"


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["--version"]])
def test_help(arguments: list[str]) -> None:
    assert CliRunner().invoke(group, arguments).exit_code == 0
