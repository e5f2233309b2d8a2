"""Rules of languages: each page says which it is in and where the same stands in others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from reportgen.review.rule import Finding, Level, Rule
from reportgen.site.checking.contents import ReadSite, found
from reportgen.site.checking.page import Page

DEFAULT = "x-default"


def named(site: ReadSite) -> Iterator[Finding]:
    """Pages whose language is not that of the folder they lie in."""
    for path, page in site.pages.items():
        folder = site.language_of(path)
        if not page.language:
            yield found(path, "does not say which language it is in")
        elif folder and page.language != folder:
            yield found(path, f"says that it is in {page.language}, and lies in {folder}/")


def alternates(site: ReadSite) -> Iterator[Finding]:
    """Pages whose alternates are not complete, or not returned by the pages they lead to."""
    for path, page in site.pages.items():
        if not page.indexable:
            continue
        linked = [site.base.file_of(address) for _, address in page.alternates]
        for other in _counterparts(site, path):
            if other not in linked:
                yield found(path, f"has no alternate {other}, which is the same page")
        if page.alternates:
            yield from _complete(site, page)
            yield from _returned(site, page)


def _counterparts(site: ReadSite, path: str) -> Iterator[str]:
    """The same page in the other languages, as far as it can be indexed."""
    own = site.language_of(path)
    for tag in site.languages if own else ():
        other = site.pages.get(tag + path.removeprefix(own))
        if tag != own and other and other.indexable:
            yield other.path


def _complete(site: ReadSite, page: Page) -> Iterator[Finding]:
    count = Counter(tag for tag, _ in page.alternates)
    for tag in (tag for tag, times in count.items() if times > 1):
        yield found(page.path, f"has {count[tag]} alternates in {tag}")
    if DEFAULT not in count:
        yield found(page.path, "has no alternate x-default")
    if site.base.of(page.path) not in (address for _, address in page.alternates):
        yield found(page.path, "is not among its own alternates")


def _returned(site: ReadSite, page: Page) -> Iterator[Finding]:
    for tag, address in page.alternates:
        path = site.base.file_of(address)
        other = site.pages.get(path or "")
        if other is None or site.base.of(other.path) != address:
            yield found(page.path, f"has the alternate {address}, which is no page of the site")
        elif not other.indexable:
            yield found(page.path, f"has the alternate {address}, which is not to be indexed")
        elif tag not in (DEFAULT, other.language):
            yield found(page.path, f"has {address} for {tag}, which is in {other.language}")
        elif sorted(other.alternates) != sorted(page.alternates):
            yield found(page.path, f"and its alternate {other.path} do not name the same pages")


RULES = (
    Rule("site.language", Level.ERROR, "Each page says its language, that of its folder.", named),
    Rule(
        "site.alternates",
        Level.ERROR,
        "The alternates of a page exist, name it back, include itself and one x-default.",
        alternates,
    ),
)
