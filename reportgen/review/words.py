"""The words the reviewer looks for in a language: ``review.toml`` beside its ``locale.toml``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator

from reportgen import config_files, resources
from reportgen.config_files import Strict
from reportgen.language.locale import folder_of


def _expression(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{pattern!r} is no regular expression: {error}") from None
    return pattern


Expression = Annotated[str, AfterValidator(_expression)]


class Words(Strict):
    """Regular expressions by what they stand for; a language without them is not asked."""

    superlatives: tuple[Expression, ...] = ()
    periods: tuple[Expression, ...] = ()
    rises: tuple[Expression, ...] = ()
    falls: tuple[Expression, ...] = ()
    unchanged: tuple[Expression, ...] = ()
    between: tuple[Expression, ...] = ()
    connectives: tuple[Expression, ...] = ()
    longest_sentence: int = 0


def load(tag: str, project: Path) -> Words:
    """The words of a language, none where it has no file; InputError when the file is wrong."""
    path = resources.find(resources.locale_folders(project), f"{folder_of(tag)}/review.toml")
    return config_files.read(path, Words) if path else Words()


def pattern(expressions: tuple[str, ...]) -> re.Pattern[str] | None:
    """Any of some expressions, case ignored; None of none."""
    return re.compile("|".join(expressions), re.IGNORECASE) if expressions else None
