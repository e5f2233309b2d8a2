"""``locale.toml`` of a language, and the one place that knows how tags and folders correspond."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from pydantic import Field

from reportgen import config_files, resources
from reportgen.config_files import Strict
from reportgen.errors import InputError

SOURCE_LANGUAGE = "en"


class Fonts(Strict):
    """Families by role; the PDF and the charts use them and nothing else."""

    serif: str
    sans: str


class ScaleWord(Strict):
    """A factor and the word that stands for it, with the space before it where there is one."""

    factor: int = Field(gt=0)
    word: str


class Numbers(Strict):
    """Signs and scales."""

    minus: str
    plus: str
    scales: tuple[ScaleWord, ...]


class UnitPatterns(Strict):
    """How a unit is printed, by CLDR plural form; ``short`` for tables and axes."""

    other: str
    one: str | None = None
    few: str | None = None
    many: str | None = None
    short: str | None = None


class Ranks(Strict):
    """Ranks as words, from the highest; ``beyond`` for those without a word."""

    words: tuple[str, ...]
    beyond: str


class Dates(Strict):
    """CLDR date patterns, and the quarter."""

    day: str
    day_with_year: str
    month: str
    year: str
    quarter: str
    quarter_words: tuple[str, str, str, str]
    short: str
    short_with_year: str
    moment: str


class Lists(Strict):
    """How items of a list are set apart."""

    separator: str


class Axis(Strict):
    """CLDR patterns of the ticks of a time axis; units of the language in a billion US dollars."""

    year: str
    month: str
    month_with_year: str
    per_billion_usd: int = Field(gt=0)


class Trace(Strict):
    """Words that count as numbers, and names that hold digits."""

    number_words: tuple[str, ...]
    names: tuple[str, ...] = ()


class Locale(Strict):
    """All of ``locale.toml``."""

    tag: str
    name: str
    typography: Literal["latin", "han"]
    fonts: Fonts
    numbers: Numbers
    units: dict[str, UnitPatterns]
    ranks: Ranks
    dates: Dates
    lists: Lists
    axis: Axis
    trace: Trace

    @property
    def babel(self) -> str:
        """The tag in Babel's form."""
        return folder_of(self.tag)

    @property
    def is_source(self) -> bool:
        """Whether the templates themselves are written in this language."""
        return self.tag == SOURCE_LANGUAGE


def folder_of(tag: str) -> str:
    """The folder of a BCP 47 tag: ``zh-Hans`` lies in ``zh_Hans``."""
    return tag.replace("-", "_")


def available(project: Path) -> tuple[str, ...]:
    """The tags of every language that has a folder, sorted."""
    folders = resources.locale_folders(project)
    return tuple(
        sorted(
            {
                path.parent.name.replace("_", "-")
                for folder in folders
                for path in folder.glob("*/locale.toml")
            }
        )
    )


def load(tag: str, project: Path) -> Locale:
    """A language; InputError that lists the known ones when there is no such folder."""
    known = re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", tag) and resources.find(
        resources.locale_folders(project), f"{folder_of(tag)}/locale.toml"
    )
    if not known:
        raise InputError(
            f"there is no language {tag!r}",
            where="--lang",
            remedy=f"choose one of {', '.join(available(project))}, or add a folder to locales/",
        )
    locale = config_files.read(known, Locale)
    if locale.tag != tag:
        raise InputError(
            f"its tag is {locale.tag!r}",
            where=str(known),
            remedy=f"set tag = {tag!r}, as the folder says",
        )
    return locale
