"""The design tokens: colours, sizes and spaces that page, PDF and charts have in common."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from reportgen import config_files, resources
from reportgen.config_files import Strict
from reportgen.errors import InputError

FILE = "assets/tokens.toml"

# What shapes and words of a chart are drawn in; each is a class of the SVG.
CHART_COLOURS = (
    "ink", "muted", "grid", "band", "blue", "blue_text", "orange", "orange_text", "teal",
    "teal_text", "grey", "grey_text", "red", "red_text",
)  # fmt: skip

_VARIABLE = re.compile(r"var\(--([a-z0-9-]+)\)")


def _hex(text: str) -> str:
    if not re.fullmatch(r"#[0-9a-f]{6}", text):
        raise ValueError(f"{text!r} is no colour such as #1b4f8a")
    return text


Colour = Annotated[str, AfterValidator(_hex)]
Measure = Annotated[float, Field(gt=0)]


class Palette(Strict):
    """The colours of one scheme; ``x_text`` is for words that belong to a shape in ``x``."""

    ink: Colour
    muted: Colour
    rule: Colour
    paper: Colour
    tint: Colour
    accent: Colour
    mark: Colour
    grid: Colour
    band: Colour
    blue: Colour
    blue_text: Colour
    orange: Colour
    orange_text: Colour
    teal: Colour
    teal_text: Colour
    grey: Colour
    grey_text: Colour
    red: Colour
    red_text: Colour


class Type(Strict):
    """Sizes in that of the body text, which is ``body_pt`` on paper and ``body_px`` on a screen."""

    body_pt: Measure
    body_px: Measure
    h1: Measure
    h2: Measure
    h3: Measure
    summary: Measure
    small: Measure
    table: Measure
    note: Measure
    annex: Measure
    leading_latin: Measure
    leading_han: Measure


class Space(Strict):
    """Distances in the size of the body text."""

    tight: Measure
    paragraph: Measure
    block: Measure
    section: Measure


class PageSize(Strict):
    """The printed page in millimetres: margins, the side column, the gap beside it."""

    margin_top_mm: Measure
    margin_bottom_mm: Measure
    margin_side_mm: Measure
    side_mm: Measure
    gap_mm: Measure

    @property
    def full_mm(self) -> float:
        """The width between the margins of A4."""
        return 210 - 2 * self.margin_side_mm

    @property
    def text_mm(self) -> float:
        """The width of the column of text."""
        return self.full_mm - self.side_mm - self.gap_mm


class Chart(Strict):
    """Type, lines and height of a chart in points."""

    font_pt: Measure
    line_pt: Measure
    height_pt: Measure


class Design(Strict):
    """All of ``tokens.toml``."""

    light: Palette
    dark: Palette
    type: Type
    space: Space
    page: PageSize
    chart: Chart

    @model_validator(mode="after")
    def _told_apart(self) -> Self:
        """A chart's colours become classes by their value, so no two may be the same."""
        values = [getattr(self.light, name) for name in CHART_COLOURS]
        if twice := {value for value in values if values.count(value) > 1}:
            raise ValueError(
                f"light: {', '.join(sorted(twice))} stands for two colours of charts; make one of "
                "them differ, be it by the last digit"
            )
        return self

    def variables(self, scheme: str = "light") -> dict[str, str]:
        """The custom properties of a style sheet by name, without their dashes."""
        palette: Palette = getattr(self, scheme)
        found = {name.replace("_", "-"): value for name, value in palette.model_dump().items()}
        if scheme == "light":
            sizes = self.type.model_dump(exclude={"body_pt", "body_px"})
            found |= {
                f"size-{name}" if "leading" not in name else name.replace("_", "-"): (
                    f"{value:g}" if "leading" in name else f"{value:g}rem"
                )
                for name, value in sizes.items()
            }
            found |= {f"space-{k}": f"{v:g}rem" for k, v in self.space.model_dump().items()}
        return found

    def measures(self) -> dict[str, str]:
        """What style sheets take as ``@name@``, where a custom property cannot stand."""
        page = self.page
        found = {name.replace("_", "-"): f"{mm:g}mm" for name, mm in page.model_dump().items()}
        found |= {"full-mm": f"{page.full_mm:g}mm", "text-mm": f"{page.text_mm:g}mm"}
        found |= {"hang-mm": f"{page.side_mm + page.gap_mm:g}mm"}
        found |= {"body-pt": f"{self.type.body_pt:g}pt", "body-px": f"{self.type.body_px:g}px"}
        return found | {name: value for name, value in self.variables().items() if value[0] == "#"}

    def custom_properties(self) -> str:
        """The rules that give a page its variables, in light and in dark."""
        light, dark = (
            "".join(f" --{name}: {value};" for name, value in self.variables(scheme).items())
            for scheme in ("light", "dark")
        )
        classes = "\n".join(
            f".fill-{name} {{ fill: var(--{name}); }} .stroke-{name} {{ stroke: var(--{name}); }}"
            for name in (colour.replace("_", "-") for colour in CHART_COLOURS)
        )
        return (
            f":root {{{light} }}\n{classes}\n"
            f"@media screen and (prefers-color-scheme: dark) {{ :root {{{dark} }} }}\n"
        )

    def fixed(self, sheet: str, scheme: str = "light") -> str:
        """A style sheet with values in place of its variables: paper and mail have no others."""
        values = self.variables(scheme)
        return _VARIABLE.sub(lambda found: values.get(found[1], found[0]), sheet)


def load(project: Path) -> Design:
    """The tokens of a project, its own or those that ship; InputError with the field at fault."""
    path = resources.find(resources.template_folders(project), FILE)
    if path is None:
        raise InputError(
            "there is no such file",
            where=f"templates/{FILE}",
            remedy="restore it from the software's own templates folder",
        )
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int) -> Design:
    return config_files.read(path, Design)
