"""``reportgen.toml`` as typed settings, validated once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from reportgen import config_files, resources
from reportgen.config_files import Strict

FILE = "reportgen.toml"

OutputFormat = Literal["html", "pdf", "eml"]
Edition = Literal["parallel"]


class ProjectSettings(Strict):
    """``[project]``: who publishes; name, contact and disclaimer by language tag.

    Where name or disclaimer stand in no language, each language's own file has them.
    """

    desk: dict[str, str] = Field(default={})
    contact: str = "desk@example.com"
    disclaimer: dict[str, str] = Field(default={})


Address = Annotated[
    str, Field(pattern=r"^https?://[^/\s]+"), AfterValidator(lambda s: s.rstrip("/"))
]


class NyFedSettings(Strict):
    """``[sources.nyfed]``."""

    base_url: Address = "https://markets.newyorkfed.org"
    requests_per_second: float = Field(default=4.0, gt=0, le=20)


class FredSettings(Strict):
    """``[sources.fred]``: the API is used when the environment variable named holds a key.

    FRED refuses more than two requests a second.
    """

    base_url: Address = "https://api.stlouisfed.org"
    graph_url: Address = "https://fred.stlouisfed.org"
    alfred_url: Address = "https://alfred.stlouisfed.org"
    api_key_env: str = "FRED_API_KEY"
    requests_per_second: float = Field(default=2.0, gt=0, le=2)


class TreasurySettings(Strict):
    """``[sources.treasury]``."""

    base_url: Address = "https://api.fiscaldata.treasury.gov/services/api/fiscal_service"
    requests_per_second: float = Field(default=4.0, gt=0, le=20)


class SourceSettings(Strict):
    """``[sources]``: where each provider answers, so that a mirror serves as well.

    A request that may succeed later is tried ``attempts`` times, with waits that double from
    ``first_wait_seconds`` on unless the provider names its own.
    """

    nyfed: NyFedSettings = NyFedSettings()
    fred: FredSettings = FredSettings()
    treasury: TreasurySettings = TreasurySettings()
    timeout_seconds: float = Field(default=60.0, gt=0)
    attempts: int = Field(default=4, ge=1, le=10)
    first_wait_seconds: float = Field(default=1.0, gt=0)


class StoreSettings(Strict):
    """``[store]``: a SQLAlchemy URL; empty means data/reportgen.sqlite in the project folder.

    Without ``bundled_history`` a brief rests on nothing but what was pulled.
    """

    url: str = ""
    bundled_history: bool = True


class BriefSettings(Strict):
    """``[brief]``: what a build makes unless the command line says otherwise.

    ``editions`` are those beside the ones of each language.
    """

    languages: tuple[str, ...] = ("en", "zh-Hans")
    formats: tuple[OutputFormat, ...] = ("html", "pdf")
    editions: tuple[Edition, ...] = ()


class SiteSettings(Strict):
    """``[site]``: where the briefs are published; empty when they are not on the web.

    ``title`` is by language tag; without it a site is called as the brief is.
    """

    base_url: Address | Literal[""] = ""
    title: dict[str, str] = Field(default={})
    search: bool = True


class OutlookSettings(Strict):
    """``[outlook]``: the file of views, relative to the project folder."""

    file: str = "outlook.toml"


Kept = Annotated[int, Field(ge=2, le=1000)]


class FolderTarget(Strict):
    """A folder that a web server reads: it serves ``current``, a symlink into ``releases``.

    ``path`` is relative to the project folder; the last ``keep`` releases stay for a rollback.
    """

    target: Literal["folder"]
    path: str = Field(min_length=1)
    keep: Kept = 5


class GitTarget(Strict):
    """A branch of a repository that a host serves, such as gh-pages.

    ``repository`` is the address or path of the remote. Whoever has a domain of their own at the
    host names it in ``domain``: it goes into the file CNAME.
    """

    target: Literal["git"]
    repository: str = Field(min_length=1, pattern=r"^[^-]")
    branch: str = Field(default="gh-pages", pattern=r"^[A-Za-z0-9_][A-Za-z0-9_./-]*$")
    committer_name: str = Field(default="reportgen", pattern=r"^[^<>\n]+$")
    committer_email: str = Field(default="desk@example.com", pattern=r"^[^<>\s]+@[^<>\s]+$")
    domain: str = Field(default="", pattern=r"^\S*$")


class S3Target(Strict):
    """A bucket of an S3-compatible store, below ``prefix``.

    Credentials and region are those that boto finds in the environment. ``endpoint_url`` is empty
    for AWS. Browsers and proxies may keep a page for ``page_seconds``; what has a hash in its
    name they keep for a year.
    """

    target: Literal["s3"]
    bucket: str = Field(pattern=r"^[a-z0-9][a-z0-9.-]+$")
    prefix: Annotated[str, AfterValidator(lambda s: s.strip("/"))] = ""
    endpoint_url: Address | Literal[""] = ""
    page_seconds: int = Field(default=60, ge=0)
    keep: Kept = 5


class RsyncTarget(Strict):
    """A folder on another machine, laid out as the one of ``folder``.

    ``destination`` is ``host:path``, ``rsync://host/module`` or a path, relative to the project
    folder; ``ssh`` is the command that reaches a host.
    """

    target: Literal["rsync"]
    destination: str = Field(min_length=1, pattern=r"^[^-]")
    ssh: str = "ssh -o BatchMode=yes -o ConnectTimeout=30"
    keep: Kept = 5


Target = Annotated[FolderTarget | GitTarget | S3Target | RsyncTarget, Field(discriminator="target")]
TargetName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]


class Settings(Strict):
    """All of ``reportgen.toml``; without a file the defaults apply."""

    project: ProjectSettings = ProjectSettings()
    sources: SourceSettings = SourceSettings()
    store: StoreSettings = StoreSettings()
    brief: BriefSettings = BriefSettings()
    site: SiteSettings = SiteSettings()
    outlook: OutlookSettings = OutlookSettings()
    publish: dict[TargetName, Target] = Field(default={})


def load(folder: Path) -> Settings:
    """The settings of a project folder; InputError with file and field when they are wrong."""
    path = folder / FILE
    return config_files.read(path, Settings) if path.is_file() else Settings()


def translated(settings: Settings) -> str:
    """The first language of the brief that is not English; English where there is no other."""
    return next((tag for tag in settings.brief.languages if tag != "en"), "en")


def outlook_file(settings: Settings, folder: Path) -> Path:
    """The file of views: the one that is set, else the project's own or the one that ships."""
    name = settings.outlook.file
    if name != OutlookSettings().file:
        return folder / name
    return resources.editors_file(folder, name)


def store_url(settings: Settings, folder: Path) -> str:
    """The database of a project."""
    return settings.store.url or f"sqlite:///{folder.resolve() / 'data' / 'reportgen.sqlite'}"
