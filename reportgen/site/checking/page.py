"""What the checker keeps of a page: its head, its ids, what it links to and what it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

# What a server answers with when there is no page at an address, whatever its depth.
NOT_FOUND = "404.html"


class Use(StrEnum):
    """What a page does with an address: links to it, states it, or makes a browser ask for it.

    Those that are asked for have the name of the directive of a Content-Security-Policy that
    allows it.
    """

    LINK = "link"
    STATED = "stated"
    SCRIPT = "script-src"
    STYLE = "style-src"
    IMAGE = "img-src"
    FONT = "font-src"
    MEDIA = "media-src"
    FRAME = "frame-src"
    OBJECT = "object-src"
    MANIFEST = "manifest-src"
    FORM = "form-action"
    OTHER = "default-src"

    @property
    def asks(self) -> bool:
        """Whether a request is made for it, without a reader following a link."""
        return self not in (Use.LINK, Use.STATED)


@dataclass(frozen=True, slots=True)
class Reference:
    """An address as it stands on a page, and what it is for."""

    use: Use
    address: str


@dataclass(frozen=True, slots=True)
class Policy:
    """A Content-Security-Policy; ``early`` when nothing was asked for before it."""

    text: str
    early: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page by its path in the site.

    ``meta`` is by name or property, ``alternates`` are language and address, ``linked_data`` the
    texts of JSON-LD, ``named`` the ids that other elements name, ``inline`` in words what a strict
    Content-Security-Policy forbids. ``references`` holds each address once for each use.
    """

    path: str
    language: str
    titles: tuple[str, ...]
    meta: Mapping[str, tuple[str, ...]]
    canonicals: tuple[str, ...]
    alternates: tuple[tuple[str, str], ...]
    policies: tuple[Policy, ...]
    linked_data: tuple[str, ...]
    ids: frozenset[str]
    repeated: tuple[str, ...]
    named: frozenset[str]
    references: tuple[Reference, ...]
    inline: tuple[str, ...]
    draft: bool

    @property
    def indexable(self) -> bool:
        """Whether search engines may list it."""
        words = ",".join(self.meta.get("robots", ())).replace(" ", "").lower().split(",")
        return not {"noindex", "none"} & set(words) and self.path != NOT_FOUND
