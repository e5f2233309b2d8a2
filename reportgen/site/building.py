"""Makes the site: what it consists of, every file of it, the index of its search, its listing."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from reportgen import settings
from reportgen.briefing import histories_apart
from reportgen.errors import InputError
from reportgen.language import locale as locales
from reportgen.render import staging
from reportgen.settings import Settings
from reportgen.site import issued, listing, searching
from reportgen.site.issued import Gathered
from reportgen.site.listing import Listing
from reportgen.site.plan import Plan

log = logging.getLogger("reportgen")

FOLDER = "site"


@dataclass(frozen=True, slots=True)
class Built:
    """A site on the disk, and the briefs it was made of."""

    folder: Path
    listing: Listing
    gathered: Gathered


def build(project: Path, output: Path, gathered: Gathered | None = None) -> Built:
    """The site in ``output/site/``, written beside the one before and then put in its place.

    It is of the briefs ``gathered``, by default of what is issued and what is built. InputError,
    CheckError and RenderError leave the site as it was.
    """
    configuration = settings.load(project)
    _require_address(configuration)
    if configuration.site.search:
        searching.require()
    gathered = gathered or issued.gather(project, output)
    for day in gathered.differing:
        log.warning(
            "site: %s says something else than what was issued, which stays; "
            "reportgen publish --correct takes it in",
            day,
        )
    plan = plan_of(project, configuration, gathered)
    log.info("site: %s briefs, %s", len(gathered.issues), ", ".join(plan.tags))
    folder = output / FOLDER
    with staging.swapped(folder) as staged:
        written = _write(plan, staged)
    return Built(folder, written, gathered)


def plan_of(project: Path, configuration: Settings, gathered: Gathered) -> Plan:
    """What the site of some briefs consists of; the data are those of the newest."""
    histories = histories_apart(project, gathered.issues[0].as_of)
    languages = tuple(locales.load(tag, project) for tag in configuration.brief.languages)
    return Plan(project, configuration, languages, gathered.issues, histories)


def _require_address(configuration: Settings) -> None:
    if not configuration.site.base_url:
        raise InputError(
            "the site has no address, which its feeds and its links between languages need",
            where="[site] base_url",
            remedy='set it to where the site is to be read, such as "https://example.com/briefs"',
        )


def _write(plan: Plan, folder: Path) -> Listing:
    for path, make in plan.files.items():
        _put(folder / path, make())
    for path, content in plan.assets.files.items():
        _put(folder / path, content)
    if plan.settings.site.search:
        searching.index(folder)
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    files = {
        path.relative_to(folder).as_posix(): listing.digest(path.read_bytes()) for path in paths
    }
    listed = Listing(plan.base_url, files)
    _put(folder / listing.FILE, listed.to_json())
    return listed


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
