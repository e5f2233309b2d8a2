"""``locale.toml`` of a language, and the one place that knows how tags and folders correspond."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Annotated, Literal, Self

from babel import Locale as Cldr
from babel import UnknownLocaleError
from babel.core import get_global
from pydantic import AfterValidator, Field, model_validator

from reportgen import config_files, resources
from reportgen.config_files import Strict
from reportgen.errors import InputError
from reportgen.model import Unit

SOURCE_LANGUAGE = "en"


def _with(*names: str) -> Callable[[str], str]:
    """A check that a pattern has no other {name} than these."""

    def check(pattern: str) -> str:
        used = {name for _, name, _, _ in Formatter().parse(pattern) if name is not None}
        if strange := used - set(names):
            raise ValueError(f"{pattern!r} may have {names}, not {', '.join(sorted(strange))}")
        return pattern

    return check


def _expression(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{pattern!r} is no regular expression: {error}") from None
    return pattern


def _around(pattern: str) -> str:
    """A check that a pattern has its figure once, so that what stands around it can be told."""
    if pattern.count("{figure}") != 1 or pattern.strip() == "{figure}":
        raise ValueError(f"{pattern!r} is to have {{figure}} once, and a word")
    return _with("figure")(pattern)


QuantityPattern = Annotated[str, AfterValidator(_with("sign", "number", "scale"))]
RankPattern = Annotated[str, AfterValidator(_with("number"))]
QuarterPattern = Annotated[str, AfterValidator(_with("quarter", "year"))]
MomentPattern = Annotated[str, AfterValidator(_with("day", "time"))]
ApproximationPattern = Annotated[str, AfterValidator(_around)]
Expression = Annotated[str, AfterValidator(_expression)]


class Fonts(Strict):
    """Families by role; the PDF and the charts use ``serif`` and ``sans`` and nothing else.

    A screen where these are not installed takes the first of the others that it has; ``office`` is
    for mail programs that know but one.
    """

    serif: str
    sans: str
    screen_serif: tuple[str, ...] = ("Georgia",)
    screen_sans: tuple[str, ...] = ("system-ui",)
    mail: tuple[str, ...] = ("Arial",)
    office: str = "Arial"


class ScaleWord(Strict):
    """A factor and the word that stands for it, with the space before it where there is one."""

    factor: int = Field(gt=0)
    word: str


class Numbers(Strict):
    """Signs and scales; ``joined`` are the characters that nothing parts from digits before them.

    They are needed where words are not set apart, for numbers that editors type.
    """

    minus: str
    plus: str
    scales: tuple[ScaleWord, ...]
    joined: str = ""


class UnitPatterns(Strict):
    """How a unit is printed, by CLDR plural form; ``short`` for tables and axes."""

    other: QuantityPattern
    one: QuantityPattern | None = None
    few: QuantityPattern | None = None
    many: QuantityPattern | None = None
    short: QuantityPattern | None = None


class Approximations(Strict):
    """What stands around a figure that is rounded: the true value about it, above or just below."""

    about: ApproximationPattern
    over: ApproximationPattern
    under: ApproximationPattern


class Ranks(Strict):
    """Ranks as words, from the highest; ``beyond`` for those without a word."""

    words: tuple[str, ...]
    beyond: RankPattern


class Dates(Strict):
    """CLDR date patterns, and the quarter."""

    day: str
    day_with_year: str
    month: str
    year: str
    quarter: QuarterPattern
    quarter_words: tuple[str, str, str, str]
    short: str
    short_with_year: str
    moment: MomentPattern


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

    number_words: tuple[Expression, ...]
    names: tuple[str, ...] = ()


class StyleRule(Strict):
    """What no message may say, what to say instead, and the messages that may all the same.

    ``pattern`` is a regular expression, case ignored; ``allow`` are ids, ``*`` for any rest.
    """

    pattern: Expression
    instead: str
    allow: tuple[str, ...] = ()


class LengthLimit(Strict):
    """How many characters messages of a kind may have; ``messages`` are ids, ``*`` for any rest.

    What a message is filled with counts as some six characters.
    """

    what: str
    messages: tuple[str, ...]
    characters: int = Field(gt=0)


class Style(Strict):
    """The house style, as far as a machine can hold it: how long a text may be, what is banned.

    ``longest_sentence`` counts words, or characters where words are not set apart. Of ``lengths``
    the first holds whose ids fit.
    """

    longest_sentence: int = Field(default=1000, gt=0)
    lengths: tuple[LengthLimit, ...] = ()
    banned: tuple[StyleRule, ...] = ()


class Derived(Strict):
    """``[derived]``: the language whose file this one's is made of, and how.

    ``by`` is a configuration of OpenCC, or ``pseudo`` for a language that finds hard-coded text.
    """

    source: str
    by: Annotated[str, Field(pattern=r"^(?:pseudo|[a-z]{1,2}2[a-z]{1,3})$")]


class Locale(Strict):
    """All of ``locale.toml``.

    ``begun`` says that not everything is translated yet, which is no finding of a check then; a
    strict build stops all the same. ``cldr`` is the language whose numbers and dates it uses where
    CLDR does not know its own.
    """

    tag: str
    name: str
    typography: Literal["latin", "han"]
    begun: bool = False
    cldr: str = ""
    derived: Derived | None = None
    fonts: Fonts
    numbers: Numbers
    units: dict[Unit, UnitPatterns]
    approximations: Approximations
    ranks: Ranks
    dates: Dates
    lists: Lists
    axis: Axis
    trace: Trace
    style: Style = Style()

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if missing := [unit.value for unit in Unit if unit not in self.units]:
            raise ValueError(f"units: {', '.join(missing)} missing")
        if not known_to_cldr(self.cldr or self.tag):
            raise ValueError(
                f"CLDR does not know {self.cldr or self.tag}: name a language near it in cldr"
            )
        return self

    @property
    def babel(self) -> str:
        """The tag in Babel's form, of the language whose formats it uses."""
        return folder_of(self.cldr or self.tag)

    @property
    def folder(self) -> str:
        """Where in ``locales/`` it lies."""
        return folder_of(self.tag)

    @property
    def script(self) -> str:
        """Its script by ISO 15924, such as ``Latn``, ``Hans`` or ``Jpan``."""
        return script_of(self.cldr or self.tag)

    @property
    def territorial(self) -> str:
        """Language and usual territory, such as ``en_US``: other sites know languages by these."""
        return territorial_of(self.cldr or self.tag)

    @property
    def is_source(self) -> bool:
        """Whether the templates themselves are written in this language."""
        return self.tag == SOURCE_LANGUAGE


def folder_of(tag: str) -> str:
    """The folder of a BCP 47 tag: ``pt-BR`` lies in ``pt_BR``."""
    return tag.replace("-", "_")


@cache
def known_to_cldr(tag: str) -> bool:
    """Whether numbers and dates of a language are known."""
    try:
        Cldr.parse(folder_of(tag))
    except (UnknownLocaleError, ValueError):
        return False
    return True


@cache
def script_of(tag: str) -> str:
    """The script of a tag by ISO 15924, the one that the tag names or the usual one."""
    parsed = Cldr.parse(folder_of(tag))
    likely: str = get_global("likely_subtags").get(parsed.language, "")
    return parsed.script or (likely.split("_")[1] if likely.count("_") else "Latn")


@cache
def territorial_of(tag: str) -> str:
    """Language and territory of a tag, the one that it names or the usual one of its script."""
    parsed = Cldr.parse(folder_of(tag))
    known = get_global("likely_subtags")
    usual: str = known.get(f"{parsed.language}_{parsed.script}") or known.get(parsed.language, "")
    territory = parsed.territory or usual.rpartition("_")[2]
    return f"{parsed.language}_{territory}" if territory else parsed.language


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
