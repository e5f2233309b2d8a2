"""Rules of safety: a page asks nobody else for anything, and its policy says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportgen.review.rule import Finding, Level, Rule
from reportgen.site.checking.addresses import Inside, Outside
from reportgen.site.checking.contents import Link, ReadSite, found
from reportgen.site.checking.page import Use

Sources = tuple[str, ...]

_FORBIDDEN = ("'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "*", "http:", "https:")
# Browsers pass over these in a <meta>, with an error on their console.
_NOT_IN_META = ("frame-ancestors", "report-uri", "sandbox")


def hosts(site: ReadSite) -> Iterator[Finding]:
    """What is asked of other hosts when a page is opened."""
    for link in site.links:
        target = link.target
        if link.use.asks and isinstance(target, Outside) and target.host and not target.astray:
            what = f"asks {target.host} for {link.address!r} ({link.use})"
            yield found(link.file, what, "keep it on the site, or leave it out")


def inline(site: ReadSite) -> Iterator[Finding]:
    """What a policy without 'unsafe-inline' does not run."""
    for path, page in site.pages.items():
        for what in page.inline:
            yield found(path, f"has {what}", "put it into a style sheet or a script of the site")


def policies(site: ReadSite) -> Iterator[Finding]:
    """Pages without a strict Content-Security-Policy, or with one that they do not satisfy."""
    asked: dict[str, list[Link]] = {path: [] for path in site.pages}
    for link in site.links:
        if link.use.asks and link.file in asked:
            asked[link.file].append(link)
    for path, page in site.pages.items():
        if not page.policies:
            yield found(path, "has no Content-Security-Policy")
        for policy in page.policies:
            said = directives(policy.text)
            yield from _strict(path, said)
            yield from _satisfied(path, said, asked[path])
            if not policy.early:
                what = "asks for something before its Content-Security-Policy, which it escapes"
                yield found(path, what, "put the policy first in the head")


def _strict(path: str, policy: Mapping[str, Sources]) -> Iterator[Finding]:
    if policy.get("default-src") != ("'none'",):
        yield found(path, "has a Content-Security-Policy without default-src 'none'")
    for name, sources in policy.items():
        for source in (source for source in sources if source in _FORBIDDEN):
            yield found(path, f"has a Content-Security-Policy with {name} {source}")
        if name in _NOT_IN_META:
            what = f"has a Content-Security-Policy with {name}, which no <meta> can set"
            yield found(path, what, "leave it to the server")


def _satisfied(path: str, policy: Mapping[str, Sources], asked: list[Link]) -> Iterator[Finding]:
    for use, source in dict.fromkeys((link.use, _source_of(link)) for link in asked):
        # A policy without form-action lets every form go; default-src does not cover it.
        fallback = (source,) if use is Use.FORM else policy.get("default-src", ())
        if source and use is not Use.OTHER and source not in policy.get(use, fallback):
            what = f"asks for what its Content-Security-Policy forbids: {use} lacks {source}"
            yield found(path, what, "name it in the policy, or leave out what asks")


def _source_of(link: Link) -> str:
    """The source that a directive must name for this; empty where nothing is asked of the site."""
    if link.address.startswith("data:"):
        return "data:"
    asked = isinstance(link.target, Inside) and not link.address.startswith("#")
    return "'self'" if asked else ""


def directives(policy: str) -> dict[str, Sources]:
    """A Content-Security-Policy by directive; of one that is there twice the first counts."""
    said: dict[str, Sources] = {}
    for directive in policy.split(";"):
        name, *sources = directive.split() or [""]
        if name:
            said.setdefault(name.lower(), tuple(sources))
    return said


RULES = (
    Rule("site.hosts", Level.ERROR, "No page and no style sheet asks another host.", hosts),
    Rule(
        "site.inline",
        Level.ERROR,
        "No page has a script, a style or a handler within it; data are allowed.",
        inline,
    ),
    Rule(
        "site.policy",
        Level.ERROR,
        "Each page has a Content-Security-Policy with default-src 'none' that it satisfies.",
        policies,
    ),
)
