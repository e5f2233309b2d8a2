"""A feed: one kind of request to a provider, and how its response is read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from urllib.parse import urlencode

from reportgen.model import Parsed
from reportgen.settings import SourceSettings

Params = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Request:
    """One GET for the days ``start`` to ``end``; ``secret`` is a parameter that is never shown."""

    feed: str
    url: str
    params: Params
    start: date
    end: date
    secret: tuple[str, str] | None = field(default=None, repr=False, compare=False)

    @property
    def shown(self) -> str:
        """The address as messages, logs and kept responses may show it."""
        return f"{self.url}?{urlencode(self.params)}" if self.params else self.url

    def with_param(self, name: str, value: str) -> Request:
        """The same request with one parameter set."""
        others = tuple(pair for pair in self.params if pair[0] != name)
        return Request(
            self.feed, self.url, (*others, (name, value)), self.start, self.end, self.secret
        )


@dataclass(frozen=True, slots=True)
class Response:
    """What a provider answered, byte for byte, and when."""

    request: Request
    status: int
    content_type: str
    retrieved_at: datetime
    body: bytes

    @property
    def sha256(self) -> str:
        """The checksum of the body."""
        return hashlib.sha256(self.body).hexdigest()


class Portion(Enum):
    """How a feed is asked for a long stretch of time."""

    WINDOW = "one request"
    YEAR = "one request a calendar year"
    WHOLE = "everything there is, so only when a new value is due"


def only_page(_page: bytes, _request: Request) -> Request | None:
    """For feeds that answer in one page."""
    return None


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed: ``address`` makes its request, ``parse`` is pure.

    ``revised_days`` is how far back values may still change; ``ahead_days`` how far beyond today
    values are already announced. An ``irregular`` feed may have no value for weeks; ``vintages``
    marks one that tells what was known when. ``parse`` raises SourceError naming URL and field.
    """

    id: str
    source: str
    series: tuple[str, ...]
    address: Callable[[SourceSettings, str, date, date], Request]
    parse: Callable[[Sequence[bytes], Request], Parsed]
    following: Callable[[bytes, Request], Request | None] = only_page
    portion: Portion = Portion.WINDOW
    revised_days: int = 10
    ahead_days: int = 0
    first: date = date(2018, 1, 1)
    irregular: bool = False
    vintages: bool = False
