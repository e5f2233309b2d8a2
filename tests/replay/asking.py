"""A plain client for the replay server, so that its tests need nothing of the product."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

from tests.replay.rows import csv_rows, rows_of
from tests.replay.server import API_KEY, Replay

PAYLOADS = Path(__file__).parents[1] / "fixtures" / "payloads"
ALL_DAYS = {"startDate": "2018-01-01", "endDate": "2026-12-31"}
ALL_ROWS = {"page[size]": "10000"}


@dataclass(frozen=True, slots=True)
class Response:
    """What came over the wire."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


def ask(base_url: str, path: str, **params: str) -> Response:
    """A GET, errors of HTTP as answers; the parameters are encoded."""
    url = f"{base_url}{path}" + (f"?{urlencode(params)}" if params else "")
    try:
        with urlopen(url, timeout=10) as given:
            return Response(given.status, dict(given.headers), given.read())
    except HTTPError as error:
        with error:
            return Response(error.code, dict(error.headers), error.read())


def operations(replay: Replay, first: str = "2018-01-01", last: str = "2026-12-31") -> Any:
    """The repo and reverse repo operations of a range."""
    path = "/api/rp/results/search.json"
    return rows_of(ask(replay.urls.nyfed, path, startDate=first, endDate=last).json)


def rates(replay: Replay, market: str, name: str, **params: str) -> Any:
    """The rows of a reference rate."""
    path = f"/api/rates/{market}/{name}/search.json"
    return rows_of(ask(replay.urls.nyfed, path, **{**ALL_DAYS, **params}).json)


def observations(replay: Replay, series_id: str, **params: str) -> Any:
    """The rows of a FRED series."""
    params = {"series_id": series_id, "api_key": API_KEY, "file_type": "json", **params}
    return rows_of(ask(replay.urls.fred, "/fred/series/observations", **params).json)


def graph(replay: Replay, series_id: str, **params: str) -> list[dict[str, str]]:
    """The rows of a FRED graph."""
    url = replay.urls.fred_graph
    return csv_rows(ask(url, "/graph/fredgraph.csv", id=series_id, **params).body.decode())


def treasury(replay: Replay, path: str, **params: str) -> Any:
    """The rows of a Treasury table, all in one page unless asked otherwise."""
    return rows_of(ask(replay.urls.treasury, path, **{**ALL_ROWS, **params}).json)


@cache
def recorded(name: str) -> Any:
    """A recorded response."""
    return json.loads((PAYLOADS / name).read_text(encoding="utf-8"))
