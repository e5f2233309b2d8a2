"""The start tags of a page that say something: those with attributes, and what scripts hold.

A site of a year has 150 pages of half a megabyte, which take four seconds so; Python's html.parser
would take ten. A test holds the expressions here to its answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

_ATTRIBUTES = r"""[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*"""
# Within these elements there are no tags, so their text is taken along with them.
_TEXTUAL = "script|style|title|textarea|iframe|noembed|noframes|xmp"
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)"
    rf"|<({_TEXTUAL})(?=[\s/>])({_ATTRIBUTES})>(.*?)(?:</\1(?=[\s/>])|\Z)"
    rf"|<([a-z][^\s/>]*)[\s/]+(?=[^\s/>])({_ATTRIBUTES})>",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")


@dataclass(frozen=True, slots=True)
class Tag:
    """A start tag by its name, with its attributes; ``text`` is that of a script or a title.

    ``place`` is where it begins in the page.
    """

    name: str
    attributes: dict[str, str]
    text: str
    place: int

    def get(self, attribute: str) -> str:
        """The value of an attribute without spaces around it, empty where there is none."""
        return self.attributes.get(attribute, "").strip()


def tags(html: str) -> Iterator[Tag]:
    """Every start tag with attributes, and every one whose element holds text alone, in order."""
    for found in _TAG.finditer(html):
        textual, own, text, name, attributes = found.groups()
        if textual:
            yield Tag(textual.lower(), _attributes(own), text, found.start())
        elif name:
            yield Tag(name.lower(), _attributes(attributes), "", found.start())


def _attributes(text: str) -> dict[str, str]:
    """Of an attribute that is there twice the first counts, as in a browser."""
    values: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(text):
        value = double or single or bare
        values.setdefault(name.lower(), unescape(value) if "&" in value else value)
    return values
