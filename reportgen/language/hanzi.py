"""OpenCC, which turns Han characters and words of one region into those of another."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache


@cache
def converter(configuration: str) -> Callable[[str], str] | None:
    """OpenCC's conversion; None where it is not installed, which is an optional extra."""
    try:
        from opencc import OpenCC
    except ImportError:
        return None
    convert: Callable[[str], str] = OpenCC(configuration).convert
    return convert
