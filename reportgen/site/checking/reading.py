"""A page read once, tag by tag, into what the rules look at."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from reportgen.site.checking.page import Page, Policy, Reference, Use
from reportgen.site.checking.tags import Tag, tags

# Scripts that a browser runs; any other type is data.
_RUN = ("", "module", "text/javascript", "application/javascript")
_NAMING = {
    "for", "headers", "list", "form", "popovertarget", "aria-activedescendant", "aria-controls",
    "aria-describedby", "aria-details", "aria-errormessage", "aria-flowto", "aria-labelledby",
    "aria-owns",
}  # fmt: skip
_PAINTED = re.compile(r"url\(\s*[\"']?#([^\"')\s]+)")
_REFRESH = re.compile(r"^\s*\d+\s*[;,]\s*(?:url\s*=\s*)?[\"']?([^\"']+)", re.IGNORECASE)
_END_OF_HEAD = re.compile("</head|<body", re.IGNORECASE)
# Each attribute that holds an address, by the element it stands on.
_ADDRESSES = {
    "a": {"href": Use.LINK, "ping": Use.OTHER},
    "area": {"href": Use.LINK},
    "script": {"src": Use.SCRIPT},
    "img": {"src": Use.IMAGE, "srcset": Use.IMAGE},
    "source": {"src": Use.MEDIA, "srcset": Use.IMAGE},
    "video": {"src": Use.MEDIA, "poster": Use.IMAGE},
    "audio": {"src": Use.MEDIA},
    "track": {"src": Use.MEDIA},
    "iframe": {"src": Use.FRAME},
    "embed": {"src": Use.OBJECT},
    "object": {"data": Use.OBJECT},
    "input": {"src": Use.IMAGE, "formaction": Use.FORM},
    "button": {"formaction": Use.FORM},
    "form": {"action": Use.FORM},
    "image": {"href": Use.IMAGE, "xlink:href": Use.IMAGE},
    "use": {"href": Use.IMAGE, "xlink:href": Use.IMAGE},
}
# Relations of a <link> for which a browser asks; of others the address is stated and no more.
_RELATIONS = {
    "stylesheet": Use.STYLE,
    "icon": Use.IMAGE,
    "apple-touch-icon": Use.IMAGE,
    "mask-icon": Use.IMAGE,
    "manifest": Use.MANIFEST,
    "modulepreload": Use.SCRIPT,
    "preload": Use.OTHER,
    "prefetch": Use.OTHER,
    "prerender": Use.OTHER,
    "preconnect": Use.OTHER,
    "dns-prefetch": Use.OTHER,
}
_PRELOADED = {
    "script": Use.SCRIPT,
    "style": Use.STYLE,
    "image": Use.IMAGE,
    "font": Use.FONT,
    "track": Use.MEDIA,
}


def read(path: str, html: str) -> Page:
    """A page from its HTML."""
    end = _END_OF_HEAD.search(html)
    reader = _Reader(head=end.start() if end else len(html))
    for tag in tags(html):
        reader.take(tag)
    return Page(
        path=path,
        language=reader.language,
        titles=tuple(reader.titles),
        meta={name: tuple(values) for name, values in reader.meta.items()},
        canonicals=tuple(reader.canonicals),
        alternates=tuple(reader.alternates),
        policies=tuple(reader.policies),
        linked_data=tuple(reader.linked_data),
        ids=frozenset(reader.ids),
        repeated=tuple(id for id, count in reader.ids.items() if count > 1),
        named=frozenset(reader.named),
        references=tuple(reader.references),
        inline=tuple(reader.inline),
        draft=reader.draft,
    )


@dataclass(slots=True)
class _Reader:
    """Takes the tags of one page in their order; what is kept once is the key of a dict.

    ``head`` is where the head ends: a title behind it is that of a drawing.
    """

    head: int
    language: str = ""
    titles: list[str] = field(default_factory=list)
    meta: dict[str, list[str]] = field(default_factory=dict)
    canonicals: list[str] = field(default_factory=list)
    alternates: list[tuple[str, str]] = field(default_factory=list)
    policies: list[Policy] = field(default_factory=list)
    linked_data: list[str] = field(default_factory=list)
    ids: Counter[str] = field(default_factory=Counter)
    named: set[str] = field(default_factory=set)
    references: dict[Reference, None] = field(default_factory=dict)
    inline: dict[str, None] = field(default_factory=dict)
    draft: bool = False

    def take(self, tag: Tag) -> None:
        """One tag: what its name makes of it, then what any tag may have."""
        match tag.name:
            case "html":
                self.language = tag.get("lang")
            case "body":
                self.draft = "draft" in tag.get("class").split()
            case "title" if tag.place < self.head:
                self.titles.append(" ".join(tag.text.split()))
            case "meta":
                self._meta(tag)
            case "link":
                self._link(tag)
            case "script":
                self._script(tag)
            case "style":
                self.inline["a style element"] = None
            case "base":
                self.inline["a base element"] = None
        for name, use in _ADDRESSES.get(tag.name, {}).items():
            if name in tag.attributes:
                self._refer(use, *_each(name, tag.get(name)))
        self._any(tag)

    def _refer(self, use: Use, *addresses: str) -> None:
        for address in addresses:
            if address.lower().startswith("javascript:"):
                self.inline[f"the address {address!r}"] = None
            else:
                self.references[Reference(use, address)] = None

    def _meta(self, tag: Tag) -> None:
        content = tag.get("content")
        name = (tag.get("name") or tag.get("property")).lower()
        self.meta.setdefault(name, []).append(content)
        if content.startswith(("http:", "https:")):
            self._refer(Use.STATED, content)
        match tag.get("http-equiv").lower():
            case "content-security-policy":
                early = not any(reference.use.asks for reference in self.references)
                self.policies.append(Policy(content, early))
            case "refresh" if found := _REFRESH.match(content):
                self._refer(Use.LINK, found[1])

    def _link(self, tag: Tag) -> None:
        relations = tag.get("rel").lower().split()
        address = tag.get("href")
        uses = {_RELATIONS[relation] for relation in relations if relation in _RELATIONS}
        if "canonical" in relations:
            self.canonicals.append(address)
            return
        if "alternate" in relations and "hreflang" in tag.attributes and not tag.get("type"):
            self.alternates.append((tag.get("hreflang"), address))
            return
        for use in uses or {Use.STATED}:
            loaded = _PRELOADED.get(tag.get("as"), use) if use is Use.OTHER else use
            self._refer(loaded, address, *_each("srcset", tag.get("imagesrcset")))

    def _script(self, tag: Tag) -> None:
        kind = tag.get("type").lower()
        if kind == "application/ld+json":
            self.linked_data.append(tag.text)
        elif kind in _RUN and tag.text.strip():
            self.inline["an inline script"] = None

    def _any(self, tag: Tag) -> None:
        for name, value in tag.attributes.items():
            if name == "id":
                self.ids[value] += 1
            elif name == "style":
                self.inline[f"a style attribute of <{tag.name}>"] = None
            elif name in _NAMING:
                self.named.update(value.split())
            elif name.startswith("on"):
                self.inline[f"the attribute {name} of <{tag.name}>"] = None
            elif "url(" in value:
                self.named.update(_PAINTED.findall(value))


def _each(attribute: str, value: str) -> Iterator[str]:
    """The addresses that an attribute holds: of srcset several, each with what it is good for."""
    if attribute != "srcset":
        yield value
        return
    for candidate in re.split(r",\s+", value):
        if candidate.strip():
            yield candidate.split()[0].rstrip(",")
