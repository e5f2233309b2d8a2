"""What search engines read of the data: JSON-LD of the type Dataset."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from reportgen.model import Histories, History
from reportgen.site import series_csv
from reportgen.sources.catalogue import SOURCES

CONTEXT = "https://schema.org"
_SOURCES = {source.id: source for source in SOURCES}


@dataclass(frozen=True, slots=True)
class Described:
    """A page of the data in plain words: its name, one sentence, its address, its language."""

    name: str
    description: str
    address: str
    tag: str


@dataclass(frozen=True, slots=True)
class Credits:
    """Who publishes a series, in what unit, and the notice its source asks for, in plain words."""

    publisher: str
    unit: str
    notice: str


def of_series(
    history: History, page: Described, credit: Credits, catalogue: Described, base_url: str
) -> dict[str, Any]:
    """The history of a series; ``catalogue`` is the page that lists it among all."""
    series = history.series
    changed = history.published_at or history.last
    return {
        **_begun(page),
        "identifier": series.identifier,
        "isBasedOn": series.page,
        "creator": _organization(credit.publisher),
        "license": _SOURCES[series.source].licence,
        "creditText": credit.notice,
        "temporalCoverage": _coverage([history]),
        "dateModified": changed.isoformat(),
        "variableMeasured": {
            "@type": "PropertyValue",
            "name": page.name,
            "unitText": credit.unit,
        },
        "distribution": [_file(history, base_url)],
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "name": catalogue.name,
            "url": catalogue.address,
        },
    }


def of_all(
    histories: Histories,
    page: Described,
    parts: Sequence[Described],
    credit: Iterable[Credits],
    base_url: str,
) -> dict[str, Any]:
    """All series together; ``parts`` are their pages and ``credit`` theirs, in the same order."""
    used = list(dict.fromkeys(history.series.source for history in histories.series))
    publishers = list(dict.fromkeys(each.publisher for each in credit))
    return {
        **_begun(page),
        "creator": [_organization(name) for name in publishers],
        "license": [_SOURCES[id].licence for id in used],
        "temporalCoverage": _coverage(histories.series),
        "dateModified": histories.cutoff.isoformat(),
        "variableMeasured": [part.name for part in parts],
        "distribution": [_file(history, base_url) for history in histories.series],
        "hasPart": [
            {
                "@type": "Dataset",
                "@id": part.address,
                "name": part.name,
                "description": part.description,
                "url": part.address,
            }
            for part in parts
        ],
    }


def _begun(page: Described) -> dict[str, Any]:
    return {
        "@context": CONTEXT,
        "@type": "Dataset",
        "@id": page.address,
        "name": page.name,
        "description": page.description,
        "url": page.address,
        "inLanguage": page.tag,
        "isAccessibleForFree": True,
    }


def _organization(name: str) -> dict[str, str]:
    return {"@type": "Organization", "name": name}


def _coverage(histories: Sequence[History]) -> str:
    first = min(history.first for history in histories)
    return f"{first}/{max(history.last for history in histories)}"


def _file(history: History, base_url: str) -> dict[str, str]:
    return {
        "@type": "DataDownload",
        "name": f"{history.series.id}.csv",
        "encodingFormat": "text/csv",
        "contentUrl": f"{base_url}/{series_csv.path_of(history.series.id)}",
    }
