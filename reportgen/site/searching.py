"""The index of the search, made of the finished pages by Pagefind; readers' browsers search it."""

from __future__ import annotations

import gzip
import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path

from reportgen.errors import InputError, RenderError
from reportgen.language.characters import IDEOGRAPHIC

FOLDER = "pagefind"
# What Pagefind brings for pages that have no form of their own.
_INTERFACES = ("*ui*", "*component*", "*highlight*", "*playground*")

_WORD = re.compile(rf"[{IDEOGRAPHIC}]{{2,}}")


def require() -> None:
    """InputError unless the build of Pagefind is there that knows the words of Chinese.

    The other one takes a clause without spaces for one word.
    """
    if importlib.util.find_spec("pagefind_bin_extended") is None:
        raise InputError(
            "the search needs Pagefind in its extended build",
            where="[site] search",
            remedy="pip install 'reportgen[search]', or set search = false",
        )


def index(site: Path) -> None:
    """Writes the index of a site's pages into it; RenderError when Pagefind fails."""
    command = [sys.executable, "-m", "pagefind", "--site", str(site), "--silent"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0 or not (site / FOLDER / "pagefind.js").is_file():
        raise RenderError(
            f"the index of the search could not be made ({done.stderr.strip()[-300:]})",
            where="pagefind",
            remedy="run reportgen doctor; set search = false under [site] to do without",
        )
    for pattern in _INTERFACES:
        for path in (site / FOLDER).glob(pattern):
            path.unlink()
    _settle(site / FOLDER / "pagefind-entry.json")
    for tag, words in sorted(_words(site / FOLDER / "fragment").items()):
        path = site / FOLDER / words_file(tag)
        path.write_text(json.dumps(sorted(words), ensure_ascii=False), encoding="utf-8")


def words_file(tag: str) -> str:
    """The words into which the index takes the texts of a language apart that writes no spaces."""
    return f"words.{tag.lower()}.json"


def _words(fragments: Path) -> dict[str, set[str]]:
    """By the tag that begins a fragment's name; Pagefind sets zero-width spaces between words."""
    found: dict[str, set[str]] = {}
    for path in fragments.glob("*.pf_fragment"):
        text = gzip.decompress(path.read_bytes()).decode("utf-8")
        content = str(json.loads(text[text.index("{") :])["content"])
        parts = (part.strip() for part in content.split("\N{ZERO WIDTH SPACE}"))
        words = {part for part in parts if _WORD.fullmatch(part)}
        if words:
            found.setdefault(path.name.partition("_")[0], set()).update(words)
    return found


def _settle(entry: Path) -> None:
    """Puts the languages in order, which Pagefind lists as they come."""
    content = json.loads(entry.read_bytes())
    entry.write_text(json.dumps(content, ensure_ascii=False, sort_keys=True), encoding="utf-8")
