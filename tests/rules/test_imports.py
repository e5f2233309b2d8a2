"""Imports go one way along the stages, and a few modules belong to certain stages only."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import reportgen

PACKAGE = Path(reportgen.__file__).parent

# A module may import from its own rank and from lower ones.
RANKS = {
    "errors": 0,
    "model": 1,
    "clock": 1,
    "config_files": 1,
    "resources": 1,
    "settings": 2,
    "notes": 2,
    "design": 2,
    "language": 3,
    "sources": 3,
    "store": 4,
    "analysis": 5,
    "sections": 6,
    "charts": 7,
    "render": 8,
    "project": 6,
    "run_log": 6,
    "status": 6,
    "briefing": 7,
    "pull": 7,
    "review": 9,
    "translation": 9,
    "site": 9,
    "starting": 9,
    "doctor": 9,
    "press": 9,
    "publish": 10,
    "pipeline": 10,
    "serving": 10,
    "cli": 11,
    "__main__": 12,
}

# Language comes last: none of these may know one.
LANGUAGE_FREE = {"sources", "store", "analysis", "sections", "notes"}


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py")


def stage_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """Every module named by an import of a file, at any depth of its code."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
    return names


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_go_one_way(path: Path) -> None:
    own = stage_of(path)
    for name in imported(path):
        parts = name.split(".")
        if parts[0] != "reportgen" or len(parts) < 2 or parts[1] not in RANKS:
            continue
        other = parts[1]
        assert RANKS[other] <= RANKS[own], f"{own} imports {name}, which comes after it"
        if own in LANGUAGE_FREE:
            assert other != "language", f"{own} imports {name}: language comes last"


def test_every_stage_has_a_rank() -> None:
    assert {stage_of(path) for path in modules()} <= set(RANKS)


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_libraries_stay_in_their_stage(path: Path) -> None:
    homes = {
        "pandas": {"store", "analysis"},
        "statsmodels": {"analysis"},
        "matplotlib": {"charts", "render"},
        "PIL": {"charts"},
        "css_inline": {"render"},
        "weasyprint": {"render", "doctor"},
        "sqlalchemy": {"store"},
        "click": {"cli"},
        "babel": {"language"},
        "translate": {"translation"},
        "lxml": {"translation"},
        "opencc": {"language"},
        "markdown_it": {"language"},
        "nh3": {"language"},
        "requests": {"sources", "publish"},
        "stamina": {"sources"},
        "watchfiles": {"serving"},
        "pagefind": {"site"},
        "fsspec": {"publish"},
        "ghp_import": {"publish"},
    }
    for name in imported(path):
        allowed = homes.get(name.split(".")[0])
        assert allowed is None or stage_of(path) in allowed, f"{name} in {stage_of(path)}"


def test_only_the_clock_reads_the_time() -> None:
    for path in modules():
        text = path.read_text(encoding="utf-8")
        if path.name != "clock.py":
            for reading in ("datetime.now(", "date.today(", "time.time(", "datetime.utcnow("):
                assert reading not in text, f"{path.name} reads the time"


def test_modules_stay_small() -> None:
    """At 400 lines one would have to ask what a module's one job is."""
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert not {str(path): length for path, length in lengths.items() if length > 400}
