"""A project with the pseudo-language, and what its editions show outside brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from reportgen import resources
from reportgen.translation import beginning

TAG = "en-XA"
# Attributes whose text a reader sees or hears.
_TOLD = ("alt", "aria-label", "aria-description", "title", "content", "data-label", "summary")
_UNSEEN = {"style", "script", "data", "time", "code"}


def project(folder: Path) -> Path:
    """The folder, with the language made on the fly and the authors' names in it."""
    beginning.begin_pseudo(folder, TAG)
    names = (resources.STARTER / "outlook.toml").read_text(encoding="utf-8")
    bracketed = re.sub(
        r'(who|name) = \{ en = "([^"]*)"', rf'\1 = {{ {TAG} = "[\2]", en = "\2"', names
    )
    (folder / "outlook.toml").write_text(bracketed, encoding="utf-8")
    return folder


def outside(text: str) -> list[str]:
    """Plain words of three letters and more that stand between no brackets."""
    depth, shown = 0, []
    for character in text:
        depth += (character == "[") - (character == "]")
        shown.append(" " if depth or character == "]" else character)
    words = re.findall(r"[^\W\d_]{3,}", "".join(shown))
    return [word for word in words if word.isascii()]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: list[str] = []
        self.told: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "meta" and given.get("name") not in ("description", "author"):
            return
        self.told += [value for name in _TOLD if (value := given.get(name))]
        if tag not in ("meta", "link", "img", "br", "col", "use"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not _UNSEEN & set(self.open):
            self.texts.append(data)


def hard_coded(html: str) -> Iterator[str]:
    """Words of a page, and of what is told of its parts, that no message says."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    yield from outside(" ".join(reader.texts))
    for told in reader.told:
        yield from outside(told)
