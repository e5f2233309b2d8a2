"""Rules of files: what was made is there, unchanged, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.review.rule import Finding, Level, Rule
from reportgen.site.checking.contents import REMAKE, ReadSite, found


def missing(site: ReadSite) -> Iterator[Finding]:
    """Files of the listing that are not in the folder."""
    for path in site.listed:
        if path not in site.present:
            yield found(path, "is in site.json, and not in the folder", REMAKE)


def changed(site: ReadSite) -> Iterator[Finding]:
    """Files that are not what was made."""
    for path, digest in site.listed.items():
        if site.present.get(path, digest) != digest:
            yield found(path, "is not what was made: its checksum differs", REMAKE)


def stray(site: ReadSite) -> Iterator[Finding]:
    """Files that are not in the listing."""
    for path in site.present:
        if path not in site.listed:
            yield found(path, "is not in site.json", "move it elsewhere")


RULES = (
    Rule("site.missing", Level.ERROR, "Every file of site.json lies in the folder.", missing),
    Rule("site.changed", Level.ERROR, "Every file has the checksum it was made with.", changed),
    Rule("site.stray", Level.WARNING, "The folder holds no file that is not in site.json.", stray),
)
