"""Releases in the order they were published, and which of them readers have."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from reportgen import clock
from reportgen.errors import PublishError
from reportgen.site.listing import Listing, digest

_TIME = "%Y%m%dT%H%M%SZ"
_ID = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Releases:
    """Ids sort by time: ``20251202T210000Z-1a2b3c4d5e6f``, the end from the digest of the listing.

    ``current`` is what readers have, None before the first. Ids after it were taken back by a
    rollback, or never reached readers.
    """

    ids: tuple[str, ...]
    current: str | None

    def next_id(self, listing: Listing) -> str:
        """An id for a listing, after all there are even when the clock stands or went back."""
        moment = clock.now()
        if self.ids:
            moment = max(moment, _moment(max(self.ids)) + timedelta(seconds=1))
        return f"{moment.strftime(_TIME)}-{digest(listing.to_json())[:12]}"

    def before_current(self, where: str) -> str:
        """The release that a rollback goes to; PublishError where there is none."""
        earlier = [id for id in self.ids if self.current is not None and id < self.current]
        if not earlier:
            raise PublishError(
                "there is no release before the one that readers have",
                where=where,
                remedy="build the earlier site and publish it again",
            )
        return max(earlier)

    def to_drop(self, keep: int) -> tuple[str, ...]:
        """What goes when a new release follows the current one and ``keep`` shall stay with it.

        Also those after the current one: a rollback took them back, or they never reached readers.
        """
        kept = [id for id in sorted(self.ids) if self.current is not None and id <= self.current]
        return tuple(id for id in self.ids if id not in kept[-(keep - 1) :])


def known(names: Iterable[str]) -> tuple[str, ...]:
    """Those of the names that are ids, sorted."""
    return tuple(sorted(name for name in names if _ID.fullmatch(name)))


def _moment(id: str) -> datetime:
    return datetime.strptime(id.partition("-")[0], _TIME).replace(tzinfo=UTC)
