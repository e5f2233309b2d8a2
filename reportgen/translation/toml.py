"""Values and tables of TOML as people write them, with comments."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def value(given: Any) -> str:
    """A value on one line; a list of tables has a line for each."""
    if isinstance(given, bool):
        return "true" if given else "false"
    if isinstance(given, int):
        return f"{given:_}" if given >= 10_000 else str(given)
    if isinstance(given, str):
        return _text(given)
    if isinstance(given, Mapping):
        return "{ " + ", ".join(f"{_key(k)} = {value(v)}" for k, v in given.items()) + " }"
    if isinstance(given, Sequence):
        if any(isinstance(item, Mapping) for item in given):
            return "[\n" + "".join(f"    {value(item)},\n" for item in given) + "]"
        return "[" + ", ".join(map(value, given)) + "]"
    raise TypeError(f"{type(given).__name__} is no value of TOML")


def table(name: str, entries: Iterable[tuple[str, Any, str]]) -> str:
    """A table from key, value and the comment that stands above it, where there is one."""
    lines = [f"[{name}]"]
    for key, given, comment in entries:
        lines += [f"# {line}" for line in comment.split("\n") if line]
        lines.append(f"{_key(key)} = {value(given)}")
    return "\n".join(lines) + "\n"


def _text(given: str) -> str:
    """A regular expression is read best between single marks, where nothing is escaped."""
    if "\\" in given and "'" not in given:
        return f"'{given}'"
    return json.dumps(given, ensure_ascii=False)


def _key(name: str) -> str:
    return name if name.replace("_", "").replace("-", "").isalnum() else _text(name)
