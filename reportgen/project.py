"""A project folder opened: settings, editors' files, store, and the data as of a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from reportgen import clock, resources, settings
from reportgen.analysis import calendar, outlook, policy
from reportgen.analysis.calendar import CalendarFile
from reportgen.analysis.outlook import Outlook
from reportgen.analysis.policy import Policy
from reportgen.errors import DataError, InputError
from reportgen.model import Doubt, Observation
from reportgen.settings import Settings
from reportgen.sources.catalogue import CATALOGUE
from reportgen.store import bundle
from reportgen.store.dataset import Dataset
from reportgen.store.observations import Store
from reportgen.store.raw import RawArchive

FIRST_DAY = date(2021, 8, 2)
BETWEEN_BRIEFS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class EditorsFiles:
    """The files that hold what no API carries."""

    policy: Policy
    calendar: CalendarFile
    outlook: Outlook


@dataclass(frozen=True, slots=True)
class View:
    """The data as of a day and of seven days before; ``from_bundle`` until something was pulled."""

    data: Dataset
    previous: Dataset | None
    doubts: tuple[Doubt, ...]
    from_bundle: bool


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with its settings read."""

    folder: Path
    settings: Settings

    def editors_files(self) -> EditorsFiles:
        """Policy, calendar and outlook; the project's own files or those that ship."""
        return EditorsFiles(
            policy.load(resources.editors_file(self.folder, "policy.toml")),
            self.calendar(),
            outlook.load(settings.outlook_file(self.settings, self.folder)),
        )

    def calendar(self) -> CalendarFile:
        """The calendar of meetings and releases."""
        return calendar.load(resources.editors_file(self.folder, "calendar.toml"))

    @contextmanager
    def store(self) -> Iterator[Store]:
        """The open store; the bundled history has entered unless the settings leave it out."""
        store = Store(settings.store_url(self.settings, self.folder))
        try:
            if self.settings.store.bundled_history:
                store.ensure_bundle()
            yield store
        finally:
            store.close()

    def archive(self) -> RawArchive:
        """The kept responses."""
        return RawArchive(self.folder / "data" / "raw")

    def view(self, as_of: date | None) -> View:
        """What was public by the end of a day: by default now, before any pull the bundle's end."""
        with self.store() as store:
            pulled = store.holds_pulled_data()
            if not pulled and not self.settings.store.bundled_history:
                raise DataError(
                    "nothing has been pulled yet, and bundled_history is false",
                    where="[store]",
                    remedy="run reportgen pull",
                )
            day = as_of or (today() if pulled else store.last_bundle_date())
            _require_known_day(day)
            doubts = store.quarantine()
            releases = self.calendar().h41_releases
            cutoff = _cutoff(day, pulled=pulled)
            rows = tuple(store.observations())
        data = Dataset(rows, CATALOGUE, day, cutoff, releases, doubts)
        return View(data, _week_before(rows, data, releases, doubts), doubts, not pulled)


def bundled_views(days: Iterable[date]) -> Iterator[tuple[EditorsFiles, View]]:
    """What is known without a project: the history and the editors' files that ship, by day."""
    editors = EditorsFiles(
        policy.load(resources.STARTER / "policy.toml"),
        calendar.load(resources.STARTER / "calendar.toml"),
        outlook.load(resources.STARTER / "outlook.toml"),
    )
    releases = editors.calendar.h41_releases
    rows = bundle.read().observations
    for day in days:
        data = Dataset(rows, CATALOGUE, day, clock.end_of_day(day), releases)
        yield editors, View(data, _week_before(rows, data, releases, ()), (), from_bundle=True)


def open_project(folder: Path) -> Project:
    """The project of a folder; InputError when its settings are wrong."""
    return Project(folder, settings.load(folder))


def today() -> date:
    """The day in New York."""
    return clock.now().astimezone(clock.NEW_YORK).date()


def _cutoff(day: date, *, pulled: bool) -> datetime:
    end = clock.end_of_day(day)
    return min(end, clock.now()) if pulled else end


def _week_before(
    rows: Iterable[Observation],
    data: Dataset,
    releases: Mapping[date, date],
    doubts: Iterable[Doubt],
) -> Dataset | None:
    """What the brief of seven days before saw; None where none can be made."""
    day = data.as_of - BETWEEN_BRIEFS
    if day < FIRST_DAY:
        return None
    return Dataset(rows, CATALOGUE, day, clock.end_of_day(day), releases, doubts)


def _require_known_day(day: date) -> None:
    if day < FIRST_DAY:
        raise InputError(
            f"{day} lies before {FIRST_DAY}, the first day the facts can be computed for",
            where="--as-of",
            remedy=f"choose {FIRST_DAY} or later",
        )
