"""What readers see of the code: docstrings and rules that a template shows, read from the source.

A template says ``docstring("analysis.gauges.Position")`` or ``rules("review.style.RULES")``, names
below the package. Their texts are messages like its own, so nothing of the code is imported here.

Of a docstring the opening paragraph is shown, and what follows up to the first paragraph that names
an error, None or a name of the code: from there on it speaks to developers. A constant of the
module, in capitals between double backticks, stands for its value, and so does one within a rule.
"""

from __future__ import annotations

import ast
import html
import inspect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, nodes

from reportgen import resources
from reportgen.errors import RenderError

# What a class, a function or a module is told from.
_Documented = ast.Module | ast.ClassDef | ast.FunctionDef
_Assigned = ast.Assign | ast.AnnAssign

_CONSTANT = re.compile(r"``([A-Z][A-Z0-9_]*)``")
_CODE = re.compile(r"``([^`]+)``")
_FAULT = re.compile(r"\bNone\b|Error\b")


@dataclass(frozen=True, slots=True)
class Text:
    """A text as a message: context and English, with a placeholder for each constant."""

    context: str
    english: str


@dataclass(frozen=True, slots=True)
class Docstring:
    """What is shown of a docstring, paragraph by paragraph; both names begin below the package."""

    name: str
    module: str
    paragraphs: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class RuleText:
    """What a rule asks for, by its id; an ``error`` must not be published."""

    id: str
    module: str
    error: bool
    text: Text


def docstring(name: str, template: str) -> Docstring:
    """The docstring of a module, a class, a function or a constant; RenderError without one."""
    module, path = _module_of(name, template)
    text = _docstring_of(_source(module), path)
    if not text:
        raise _unknown(name, template, "has no docstring")
    # The stage says nothing of what is told; a context lasts as long as the name below it.
    context = f"{_section(template)}.{name.partition('.')[2].lower()}"
    shown = [_markup(paragraph) for paragraph in _shown(text)]
    contexts = [context, *(f"{context}.p{number}" for number in range(2, len(shown) + 1))]
    return Docstring(name, module, tuple(map(Text, contexts, shown)))


def rules(name: str, template: str) -> tuple[RuleText, ...]:
    """The rules that a module lists under a name; RenderError when it lists none."""
    module, path = _module_of(name, template)
    assigned = _assigned_to(_source(module).body, path[0]) if len(path) == 1 else None
    found = tuple(_rules_in(assigned, module, template)) if assigned else ()
    if not found:
        raise _unknown(name, template, "lists no rules")
    return found


def shown_in(template: bytes, name: str) -> tuple[tuple[int, Text], ...]:
    """The texts of the code that a template shows, each with the line that asks for it."""
    found: list[tuple[int, Text]] = []
    for line, kind, shown in asked_for(template):
        if kind == "docstring":
            texts: Sequence[Text] = docstring(shown, name).paragraphs
        else:
            texts = [rule.text for rule in rules(shown, name)]
        found += [(line, text) for text in texts]
    return tuple(found)


@lru_cache(maxsize=64)
def asked_for(template: bytes) -> tuple[tuple[int, str, str], ...]:
    """What a template asks for: line, ``docstring`` or ``rules``, and the name."""
    if b"docstring(" not in template and b"rules(" not in template:
        return ()
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    calls = environment.parse(template.decode()).find_all(nodes.Call)
    return tuple(
        (call.lineno, call.node.name, call.args[0].value)
        for call in calls
        if isinstance(call.node, nodes.Name)
        and call.node.name in ("docstring", "rules")
        and len(call.args) == 1
        and isinstance(call.args[0], nodes.Const)
    )


def _section(template: str) -> str:
    """What its contexts begin with: ``methodology`` of ``site/methodology.html.j2``."""
    return Path(template).name.partition(".")[0]


def _module_of(name: str, template: str) -> tuple[str, tuple[str, ...]]:
    """The module that a dotted name begins with, and what follows within it."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        if _file(".".join(parts[:length])).is_file():
            return ".".join(parts[:length]), tuple(parts[length:])
    raise _unknown(name, template, "is no module of the package")


def _file(module: str) -> Path:
    path = resources.PACKAGE.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def _source(module: str) -> ast.Module:
    return _parsed(_file(module).read_bytes())


@lru_cache(maxsize=128)
def _parsed(source: bytes) -> ast.Module:
    return ast.parse(source)


def _docstring_of(module: ast.Module, path: Sequence[str]) -> str:
    """Of a constant, the text that stands below it."""
    found: _Documented = module
    for number, part in enumerate(path):
        inner = _defined(found.body, part)
        if inner is None:
            last = number == len(path) - 1
            return _below(found.body, _assigned_to(found.body, part)) if last else ""
        found = inner
    return ast.get_docstring(found) or ""


def _defined(body: Sequence[ast.stmt], name: str) -> ast.ClassDef | ast.FunctionDef | None:
    for node in body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name == name:
            return node
    return None


def _assigned_to(body: Sequence[ast.stmt], name: str) -> _Assigned | None:
    for node in body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if name in {n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)}:
                return node
    return None


def _below(body: Sequence[ast.stmt], assigned: _Assigned | None) -> str:
    if assigned is None:
        return ""
    following = body[body.index(assigned) + 1 :][:1]
    for node in following:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            return inspect.cleandoc(str(node.value.value))
    return ""


def _shown(docstring: str) -> Iterator[str]:
    """The paragraphs that speak to readers, each on a line."""
    for number, paragraph in enumerate(docstring.split("\n\n")):
        names_code = _CODE.search(_CONSTANT.sub("", paragraph))
        if number and (names_code or _FAULT.search(paragraph)):
            return
        yield " ".join(paragraph.split())


def _markup(text: str) -> str:
    told = _CONSTANT.sub(r"%(\1)s", html.escape(text, quote=False))
    return _CODE.sub(r'<code class="id">\1</code>', told)


def _rules_in(assigned: _Assigned, module: str, template: str) -> Iterator[RuleText]:
    """Rules as they are written down: an id, ``Level.ERROR`` or ``Level.WARNING``, a sentence."""
    for node in ast.walk(assigned):
        match node:
            case ast.Call(args=[ast.Constant(value=str(id)), ast.Attribute(attr=level), text, *_]):
                pass
            case ast.Tuple(elts=[ast.Constant(value=str(id)), ast.Attribute(attr=level), text]):
                pass
            case _:
                continue
        english = html.escape(_sentence(text), quote=False)
        context = f"{_section(template)}.rule.{id}"
        yield RuleText(id, module, level == "ERROR", Text(context, english))


def _sentence(text: ast.expr) -> str:
    """The text of a rule, of which each part in braces is a constant, or the days of one."""
    parts = text.values if isinstance(text, ast.JoinedStr) else [text]
    told = ""
    for part in parts:
        if isinstance(part, ast.FormattedValue):
            told += f"%({ast.unparse(part.value).removesuffix('.days')})s"
        elif isinstance(part, ast.Constant):
            told += str(part.value)
    return told


def _unknown(name: str, template: str, what: str) -> RenderError:
    return RenderError(
        f"shows reportgen.{name}, which {what}",
        where=f"templates/{template}",
        remedy="correct the name, or write the docstring",
    )
