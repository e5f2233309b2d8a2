"""What a reader sees of a page, as text."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from html import unescape
from pathlib import Path

from reportgen.language import locale
from reportgen.render.edition import make
from reportgen.settings import Settings
from tests.conftest import NO_PROJECT, brief_as_of

_BLOCK = re.compile(r"</?(?:p|h\d|section|figure|figcaption|tr|td|th|li|div)\b[^>]*>")


@cache
def article(day: str, tag: str) -> str:
    """The visible text of a brief without its annex, a line a block."""
    made = make(
        brief_as_of(date.fromisoformat(day)),
        locale.load(tag, NO_PROJECT),
        Path(NO_PROJECT),
        Settings(),
        (),
        ("html",),
        draft=False,
    )
    return visible_text(made.page.html.split('<section id="annex"')[0])


def visible_text(html: str) -> str:
    """What a reader sees: no styles, no drawings nor their data, plain spaces, a line a block."""
    shown = re.sub(r'<div class="chart-data">.*?</details>.*?</div>', " ", html, flags=re.DOTALL)
    shown = re.sub(r"<(style|script|svg|head)\b.*?</\1>", " ", shown, flags=re.DOTALL)
    shown = unescape(re.sub(r"<[^>]*>", "", _BLOCK.sub("\n", shown.replace("\n", " "))))
    lines = (
        " ".join(line.split()) for line in shown.replace("\N{NO-BREAK SPACE}", " ").split("\n")
    )
    return "\n".join(line for line in lines if line) + "\n"
