"""What a language needs stands in its folder: no code and no template knows one by its tag."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import reportgen
from reportgen import resources
from reportgen.language import locale
from tests.conftest import NO_PROJECT

PACKAGE = Path(reportgen.__file__).parent

# The language that templates are written in, how its words are hyphenated, and the languages of a
# build that names none.
ALLOWED = {
    "language/locale.py": {"en"},
    "render/lines.py": {"en"},
    "settings.py": {"en", "zh-Hans"},
}

TAGS = locale.available(NO_PROJECT)


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def texts(path: Path) -> Iterator[str]:
    """String constants of a module; docstrings are for people."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in docstrings:
            yield node.value


def tags_in(text: str) -> set[str]:
    """Tags that a text names: as a whole, or within when they have two parts."""
    named = {tag for tag in TAGS if text in (tag, locale.folder_of(tag))}
    longer = [tag for tag in TAGS if "-" in tag]
    return named | {t for t in longer if re.search(t.replace("-", "[-_]"), text)}


def test_the_rule_itself() -> None:
    assert {"en", "ja", "zh-Hans", "zh-Hant"} <= set(TAGS)
    assert tags_in("ja") == {"ja"}
    assert tags_in("Azerbaijan") == set()
    assert tags_in(":lang(zh-Hant) p") == {"zh-Hant"}
    assert tags_in("zh_Hans") == {"zh-Hans"}


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_no_code_knows_a_language(path: Path) -> None:
    name = path.relative_to(PACKAGE).as_posix()
    found = {tag for text in texts(path) for tag in tags_in(text)}
    assert found <= ALLOWED.get(name, set()), f"{name} knows {found}: say it in locale.toml"


def test_no_template_knows_a_language() -> None:
    """What translators see of a tool is English; what readers see is of no language."""
    files = [path for path in resources.TEMPLATES.rglob("*") if path.is_file()]
    assert len(files) > 20
    for path in files:
        text = path.read_text(encoding="utf-8")
        if path.parent.name == "locale":
            text = text.replace('lang="en"', "")
        assert not tags_in(text), path.name
        assert not re.search(r"""locale\.tag\s*[!=]=|lang=["'](?!\{)|:lang\(""", text), path.name
        assert not re.search("[\u3041-\u30ff\u3400-\u9fff]", text), f"{path.name} has a text"
