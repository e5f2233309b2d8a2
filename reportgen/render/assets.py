"""Style sheets and scripts of a page, a project's own or those that ship."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from reportgen import resources
from reportgen.design import Design
from reportgen.errors import RenderError
from reportgen.language.locale import Locale

# One rule for each place of a mark on its line: a style attribute would say it once, and a strict
# content security policy forbids those.
_PLACES = "\n".join(f".at-{place} {{ margin-left: {place * 5}%; }}" for place in range(21))


def text(name: str, project: Path) -> str:
    """A file of ``templates/assets``; RenderError when there is none."""
    path = resources.find(resources.template_folders(project), f"assets/{name}")
    if path is None:
        raise RenderError("there is no such file", where=f"templates/assets/{name}")
    return path.read_text(encoding="utf-8")


def style_sheet(name: str, project: Path, design: Design, locale: Locale) -> str:
    """A style sheet with its ``@name@`` filled: measures of the design, fonts of the language."""
    values = {
        **design.measures(),
        "serif": locale.fonts.serif,
        "sans": locale.fonts.sans,
        "screen-serif": _families(locale.fonts.screen_serif),
        "screen-sans": _families(locale.fonts.screen_sans),
        "mail": _families(locale.fonts.mail, "'"),
        "place-rules": _PLACES,
    }
    return re.sub(r"@([a-z-]+)@", lambda found: values.get(found[1], found[0]), text(name, project))


def _families(names: Iterable[str], mark: str = '"') -> str:
    """Families as a style sheet lists them; a keyword such as system-ui has no marks."""
    return ", ".join(
        n if re.fullmatch("-?[a-z]+(-[a-z]+)+", n) else f"{mark}{n}{mark}" for n in names
    )
