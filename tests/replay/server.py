"""A server that speaks the HTTP of the three providers, for tests of everything above a socket.

One server on a free port of this computer; each provider is mounted under a name of its own, and
what follows the name is the provider's path::

    with Replay(last_day=date(2025, 12, 5)) as replay:
        project.write(replay.sources_toml())
        replay.fault("/api/rp/", faults.status(503), times=2)
        replay.revise("sofr", date(2025, 12, 4), "3.95")
        ...
        assert replay.requests_to("/api/rp/")[0].status == 503
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, unquote_plus, urlsplit

from tests.replay import fiscaldata, fred, nyfed
from tests.replay.answer import Answer, of_html
from tests.replay.market import Market
from tests.replay.wire import Request, Server

Params = Mapping[str, str]
Fault = Callable[[Answer], Answer]

API_KEY = fred.API_KEY

_PROVIDERS: dict[str, Callable[[Market, str, Params], Answer]] = {
    "nyfed": nyfed.answer,
    "fred-api": fred.answer_api,
    "fred-graph": fred.answer_graph,
    "alfred": fred.answer_vintage,
    "treasury": fiscaldata.answer,
}


@dataclass(frozen=True, slots=True)
class Urls:
    """The base addresses of the providers."""

    nyfed: str
    fred: str
    fred_graph: str
    alfred: str
    treasury: str


@dataclass(slots=True)
class _Rule:
    pattern: str
    faults: tuple[Fault, ...]
    left: int | None


class Replay:
    """The server, its data and its faults; started and ended as a context manager."""

    def __init__(self, last_day: date | None = None, now: datetime | None = None) -> None:
        self.market = Market()
        self.market.move(last_day, now)
        self.requests: list[Request] = []
        self.failures: list[Exception] = []
        self._rules: list[_Rule] = []
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._server = Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._server.shutdown()
        self._thread.join()
        self._server.hang_up()
        self._server.server_close()
        if self.failures and error is None:
            raise ExceptionGroup("the replay server failed", self.failures)

    @property
    def port(self) -> int:
        """The port the server listens on."""
        return int(self._server.server_address[1])

    @property
    def urls(self) -> Urls:
        """The base address of each provider, without a slash at its end."""
        return Urls(*(f"http://127.0.0.1:{self.port}/{name}" for name in _PROVIDERS))

    @property
    def elsewhere(self) -> str:
        """This server under another host name, for redirects."""
        return f"http://localhost:{self.port}"

    def sources_toml(self, api_key_env: str = "FRED_API_KEY") -> str:
        """The tables of ``reportgen.toml`` that send every provider here."""
        urls = self.urls
        return (
            f'[sources.nyfed]\nbase_url = "{urls.nyfed}"\n\n'
            f'[sources.fred]\nbase_url = "{urls.fred}"\ngraph_url = "{urls.fred_graph}"\n'
            f'alfred_url = "{urls.alfred}"\napi_key_env = "{api_key_env}"\n\n'
            f'[sources.treasury]\nbase_url = "{urls.treasury}"\n'
        )

    def move(self, last_day: date | None = None, now: datetime | None = None) -> None:
        """Go on to another last day, or to an instant (New York's, unless it names a zone)."""
        with self._lock:
            self.market.move(last_day, now)

    def revise(
        self, series_id: str, day: date, value: Decimal | float | str, on: date | None = None
    ) -> None:
        """Change a value, in the catalogue's unit; ``on`` is the day of the revision (today)."""
        with self._lock:
            self.market.revise(series_id, day, Decimal(str(value)), on)

    def withhold(self, series_id: str, first_day: date) -> None:
        """Leave out a series from a day on; ``date.max`` brings it back."""
        with self._lock:
            self.market.withhold(series_id, first_day)

    def fault(self, pattern: str, *faults: Fault, times: int | None = None) -> None:
        """Apply faults, in their order, to answers whose readable path holds the pattern.

        ``*`` in a pattern stands for anything. With ``times`` only the first so many requests are
        hit, counted for this call alone.
        """
        with self._lock:
            self._rules.append(_Rule(pattern, faults, times))

    def mend(self) -> None:
        """Take away all faults."""
        with self._lock:
            self._rules.clear()

    def requests_to(self, pattern: str) -> list[Request]:
        """The requests whose readable path holds a pattern, in the order they were answered."""
        return [request for request in self.requests if _holds(request.readable, pattern)]

    def forget(self) -> None:
        """Empty the log of requests."""
        with self._lock:
            self.requests.clear()

    def answer(self, path: str) -> Answer:
        """What a path with its query gets, faults applied; for tests that need no socket."""
        parts = urlsplit(path)
        name, _, rest = parts.path.lstrip("/").partition("/")
        provider = _PROVIDERS.get(name)
        with self._lock:
            if provider is None:
                return of_html(404, "Not Found")
            params = dict(parse_qsl(parts.query, keep_blank_values=True))
            given = replace(provider(self.market, f"/{rest}", params), path=path)
            faults: list[Fault] = []
            for rule in self._rules:
                if rule.left != 0 and _holds(unquote_plus(path), rule.pattern):
                    faults += rule.faults
                    rule.left = None if rule.left is None else rule.left - 1
        for fault in faults:
            given = fault(given)
        return given

    def wait(self, seconds: float) -> None:
        """Wait as long as a slow answer takes, but not beyond the server's end."""
        self._ended.wait(seconds)

    def record(self, request: Request) -> None:
        """Add a request to the log."""
        with self._lock:
            self.requests.append(request)


def _holds(text: str, pattern: str) -> bool:
    position = 0
    for part in pattern.split("*"):
        position = text.find(part, position)
        if position < 0:
            return False
        position += len(part)
    return True
