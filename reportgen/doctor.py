"""Tests what a build needs: libraries, fonts, settings, files, languages, data, sources."""

from __future__ import annotations

import platform
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib import metadata
from pathlib import Path

from reportgen import resources, settings
from reportgen.analysis import calendar, outlook, policy
from reportgen.errors import InputError, RenderError, ReportgenError
from reportgen.language import catalogue
from reportgen.language import locale as locales
from reportgen.render import glyphs
from reportgen.settings import Settings
from reportgen.site import searching
from reportgen.store import bundle
from reportgen.store.observations import Store

PACKAGES = ("weasyprint", "matplotlib", "pandas", "babel", "sqlalchemy", "jinja2")


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one test; ``exit_code`` is 0 when it passed."""

    name: str
    detail: str
    remedy: str = ""
    exit_code: int = 0


def examine(project: Path) -> list[Finding]:
    """Every test in turn; one that fails does not keep the others from running."""
    return [_run(name, test) for name, test in _tests(project)]


def _run(name: str, test: Callable[[], str]) -> Finding:
    try:
        return Finding(name, test())
    except ReportgenError as error:
        where = f"{error.where}: " if error.where else ""
        return Finding(name, f"{where}{error.what}", error.remedy, error.exit_code)


def _tests(project: Path) -> Iterator[tuple[str, Callable[[], str]]]:
    yield "python", lambda: f"Python {platform.python_version()}"
    yield "packages", _packages
    yield "libraries", _libraries
    yield "settings", lambda: _settings(project)
    for name in ("policy.toml", "calendar.toml"):
        yield name, partial(_editors_file, project, name)
    yield "outlook", lambda: _outlook(project)
    for tag in locales.available(project):
        yield f"fonts {tag}", partial(_fonts, project, tag)
        yield f"messages {tag}", partial(_messages, project, tag)
    yield "bundle", _bundle
    yield "store", lambda: _store(project)
    yield "sources", lambda: _sources(settings.load(project))
    yield "site", lambda: _site(settings.load(project))


def _packages() -> str:
    return ", ".join(f"{name} {metadata.version(name)}" for name in PACKAGES)


def _libraries() -> str:
    try:
        from weasyprint.text import ffi
    except OSError as error:
        raise RenderError(
            f"Pango cannot be loaded ({str(error).splitlines()[0]})",
            remedy="install the Debian packages libpango-1.0-0 and libpangoft2-1.0-0",
        ) from None
    if not hasattr(ffi.harfbuzz_subset, "hb_subset_or_fail"):
        raise RenderError(
            "HarfBuzz-Subset is missing: a PDF takes several times as long and is far larger",
            remedy="install the Debian package libharfbuzz-subset0",
        )
    return f"Pango {ffi.pango.pango_version()}, HarfBuzz-Subset present"


def _settings(project: Path) -> str:
    path = project / settings.FILE
    loaded = settings.load(project)
    kind = str(path) if path.is_file() else "defaults, no reportgen.toml"
    return f"{kind}; languages {', '.join(loaded.brief.languages)}"


def _editors_file(project: Path, name: str) -> str:
    path = resources.editors_file(project, name)
    loader = {"policy.toml": policy.load, "calendar.toml": calendar.load}[name]
    loader(path)
    return _place(path)


def _outlook(project: Path) -> str:
    path = settings.outlook_file(settings.load(project), project)
    views = outlook.load(path).view
    return f"{_place(path)}, {len(views)} views"


def _place(path: Path) -> str:
    return "the one that ships" if path.parent == resources.STARTER else str(path)


def _fonts(project: Path, tag: str) -> str:
    fonts = locales.load(tag, project).fonts
    counts = [f"{f} ({glyphs.face_of(f).num_glyphs} glyphs)" for f in (fonts.serif, fonts.sans)]
    return ", ".join(counts)


def _messages(project: Path, tag: str) -> str:
    language = locales.load(tag, project)
    messages = catalogue.load(language, project, draft=language.begun)
    if language.begun:
        return f"begun: {messages.untranslated_percent}% not translated yet, for drafts only"
    return "source language" if language.is_source else "complete"


def _bundle() -> str:
    snapshot = bundle.read()
    return f"{len(snapshot.observations)} observations to {snapshot.last_date}, checksum right"


def _store(project: Path) -> str:
    """Opens the store when there is one; doctor creates nothing."""
    url = settings.store_url(settings.load(project), project)
    path = Path(url.removeprefix("sqlite:///"))
    if url.startswith("sqlite:///") and not path.exists():
        return "none yet; the first build makes it"
    store = Store(url)
    try:
        last = store.last_bundle_date()
    finally:
        store.close()
    return f"opens; bundled history to {last}"


def _site(loaded: Settings) -> str:
    """Address, search and targets; a project without an address has no site."""
    if not loaded.site.base_url:
        return "none: [site] base_url is not set"
    if loaded.site.search:
        searching.require()
    found = metadata.version("pagefind") if loaded.site.search else "no search"
    targets = ", ".join(sorted(loaded.publish)) or "none"
    return f"{loaded.site.base_url}; Pagefind {found}; targets: {targets}"


def _sources(loaded: Settings) -> str:
    addresses = {
        "nyfed": loaded.sources.nyfed.base_url,
        "fred": loaded.sources.fred.base_url,
        "treasury": loaded.sources.treasury.base_url,
    }
    for name, address in addresses.items():
        if not re.match(r"https?://[^/\s]+", address):
            raise InputError(
                f"{address!r} is no http address",
                where=f"[sources.{name}] base_url",
                remedy="give the address with https:// in front",
            )
    return ", ".join(addresses.values())
