"""Every rule of a site, and a site held to all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from reportgen.review.rule import Checked, Finding, Rule, find
from reportgen.site.checking import (
    contents,
    feeds,
    files,
    heads,
    languages,
    links,
    safety,
    sitemaps,
)
from reportgen.site.checking.contents import ReadSite

RULES: tuple[Rule[ReadSite], ...] = (
    *files.RULES,
    *links.RULES,
    *languages.RULES,
    *sitemaps.RULES,
    *feeds.RULES,
    *heads.RULES,
    *safety.RULES,
)


def check(folder: Path) -> Checked:
    """Every rule on a built site; InputError when the folder holds none."""
    site = contents.read(folder)
    findings = tuple(_once(find(RULES, site)))
    return Checked(folder, len(site.listed), site.languages, findings)


def _once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """What is found alike in many files, such as a link of the footer, told of the first."""
    alike: dict[tuple[str, str, str], dict[str, Finding]] = {}
    for finding in findings:
        same = alike.setdefault((finding.rule, finding.what, finding.remedy), {})
        same.setdefault(finding.place.file, finding)
    for first, *others in map(dict.values, alike.values()):
        more = f" (and {len(others)} more file{'s' * (len(others) > 1)})" if others else ""
        yield replace(first, what=first.what + more)
