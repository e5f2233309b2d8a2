"""The index of the search, made of the finished pages by Pagefind; readers' browsers search it."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

from reportgen.errors import InputError, RenderError

FOLDER = "pagefind"
# What Pagefind brings for pages that have no form of their own.
_INTERFACES = ("*ui*", "*component*", "*highlight*", "*playground*")


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


def _settle(entry: Path) -> None:
    """Puts the languages in order, which Pagefind lists as they come."""
    content = json.loads(entry.read_bytes())
    entry.write_text(json.dumps(content, ensure_ascii=False, sort_keys=True), encoding="utf-8")
