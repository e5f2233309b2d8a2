"""Parses every kept response once more, in the order of retrieval."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.errors import SourceError
from reportgen.model import Parsed
from reportgen.pull.report import FeedOutcome
from reportgen.pull.run import batch_of, parsed
from reportgen.sources.catalogue import FEEDS, VINTAGE_FEEDS
from reportgen.sources.feed import Feed
from reportgen.store.landing import Batch
from reportgen.store.observations import Store
from reportgen.store.raw import KeptBatch, RawArchive


def reparse(store: Store, archive: RawArchive) -> tuple[FeedOutcome, ...]:
    """Replaces what came from the kept responses by what they say now, in one transaction.

    A response that cannot be parsed is reported with its feed, as it was when it came.
    """
    feeds = {feed.id: feed for feed in (*FEEDS, *VINTAGE_FEEDS)}
    kept = [batch for batch in archive.batches() if batch.request.feed in feeds]
    errors: dict[str, SourceError] = {}
    landed = store.land_again(_parsed(kept, feeds, errors), [batch.origin for batch in kept])
    return tuple(
        FeedOutcome(id, feeds[id].source, landed[id], errors.get(id))
        for id in dict.fromkeys(batch.request.feed for batch in kept)
    )


def _parsed(
    kept: list[KeptBatch],
    feeds: dict[str, Feed],
    errors: dict[str, SourceError],
) -> Iterator[tuple[Parsed, Batch]]:
    for batch in kept:
        id = batch.request.feed
        try:
            found = parsed(feeds[id], batch)
        except SourceError as error:
            errors[id] = error
        else:
            yield found, batch_of(feeds[id], batch)
