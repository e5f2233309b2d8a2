"""``reportgen.toml`` as typed settings, validated once."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field

from reportgen import config_files, resources
from reportgen.config_files import Strict

FILE = "reportgen.toml"

OutputFormat = Literal["html", "pdf"]


class ProjectSettings(Strict):
    """``[project]``: who publishes; name, contact and disclaimer by language tag."""

    desk: dict[str, str] = Field(
        default={"en": "Dollar Liquidity Desk", "zh-Hans": "美元流动性研究组"}
    )
    contact: str = "desk@example.com"
    disclaimer: dict[str, str] = Field(
        default={
            "en": "For information only; no offer, solicitation or investment advice. Figures "
            "come from the public sources named and may be revised by them.",
            "zh-Hans": "本简报仅供参考，不构成要约、招揽或投资建议。"
            "数据来自所列公开来源，可能由发布机构修订。",
        }
    )


class NyFedSettings(Strict):
    """``[sources.nyfed]``."""

    base_url: str = "https://markets.newyorkfed.org"


class FredSettings(Strict):
    """``[sources.fred]``: the API is used when the environment variable named holds a key."""

    base_url: str = "https://api.stlouisfed.org"
    graph_url: str = "https://fred.stlouisfed.org"
    alfred_url: str = "https://alfred.stlouisfed.org"
    api_key_env: str = "FRED_API_KEY"


class TreasurySettings(Strict):
    """``[sources.treasury]``."""

    base_url: str = "https://api.fiscaldata.treasury.gov/services/api/fiscal_service"


class SourceSettings(Strict):
    """``[sources]``: where each provider answers, so that a mirror serves as well."""

    nyfed: NyFedSettings = NyFedSettings()
    fred: FredSettings = FredSettings()
    treasury: TreasurySettings = TreasurySettings()


class StoreSettings(Strict):
    """``[store]``: a SQLAlchemy URL; empty means data/reportgen.sqlite in the project folder."""

    url: str = ""


class BriefSettings(Strict):
    """``[brief]``: what a build makes unless the command line says otherwise."""

    languages: tuple[str, ...] = ("en", "zh-Hans")
    formats: tuple[OutputFormat, ...] = ("html", "pdf")


class OutlookSettings(Strict):
    """``[outlook]``: the file of views, relative to the project folder."""

    file: str = "outlook.toml"


class Settings(Strict):
    """All of ``reportgen.toml``; without a file the defaults apply."""

    project: ProjectSettings = ProjectSettings()
    sources: SourceSettings = SourceSettings()
    store: StoreSettings = StoreSettings()
    brief: BriefSettings = BriefSettings()
    outlook: OutlookSettings = OutlookSettings()


def load(folder: Path) -> Settings:
    """The settings of a project folder; InputError with file and field when they are wrong."""
    path = folder / FILE
    return config_files.read(path, Settings) if path.is_file() else Settings()


def outlook_file(settings: Settings, folder: Path) -> Path:
    """The file of views: the one that is set, else the project's own or the one that ships."""
    name = settings.outlook.file
    if name != OutlookSettings().file:
        return folder / name
    return resources.editors_file(folder, name)


def store_url(settings: Settings, folder: Path) -> str:
    """The database of a project."""
    return settings.store.url or f"sqlite:///{folder.resolve() / 'data' / 'reportgen.sqlite'}"
