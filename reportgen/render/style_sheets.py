"""Style sheets of a page: a project's own or those that ship, with the measures of the design."""

from __future__ import annotations

import re
from pathlib import Path

from reportgen import resources
from reportgen.design import Design
from reportgen.errors import RenderError
from reportgen.language.locale import Locale

# One rule for each place of a mark on its line: a style attribute would say it once, and a strict
# content security policy forbids those.
_PLACES = "\n".join(f".at-{place} {{ margin-left: {place * 5}%; }}" for place in range(21))


def read(name: str, project: Path, design: Design, locale: Locale) -> str:
    """A style sheet of ``templates/assets`` with its ``@name@`` filled; RenderError without one."""
    path = resources.find(resources.template_folders(project), f"assets/{name}")
    if path is None:
        raise RenderError("there is no such style sheet", where=f"templates/assets/{name}")
    values = {
        **design.measures(),
        "serif": locale.fonts.serif,
        "sans": locale.fonts.sans,
        "place-rules": _PLACES,
    }
    text = path.read_text(encoding="utf-8")
    return re.sub(r"@([a-z-]+)@", lambda found: values.get(found[1], found[0]), text)
