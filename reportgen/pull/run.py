"""Runs a plan: the providers side by side, their answers landing one after the other."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from reportgen import clock
from reportgen.errors import SourceError
from reportgen.model import Parsed, Series
from reportgen.pull.plan import Task
from reportgen.pull.report import FeedOutcome, NotAskedError
from reportgen.settings import SourceSettings
from reportgen.sources.catalogue import CATALOGUE, CHECKS
from reportgen.sources.feed import Feed
from reportgen.sources.transport import Client, NoAnswerError
from reportgen.store import validation
from reportgen.store.landing import Batch, Landed
from reportgen.store.observations import Store
from reportgen.store.raw import KeptBatch, RawArchive

# The catalogue line whose bounds hold for an id; a copy is bound like its original.
BOUNDS: Mapping[str, Series] = {
    **{series.id: series for series in CATALOGUE},
    **{
        id: series
        for check in CHECKS
        for series in CATALOGUE
        for id in (check.against, check.unsettled)
        if series.id == check.series and "@" in id
    },
}
# A provider that gives no answer to so many feeds in a row is left alone for this run.
NO_ANSWERS = 2


class Listener(Protocol):
    """Hears what happens while it happens."""

    def planned(self, tasks: Sequence[Task]) -> None:
        """Before the first request."""

    def landed(self, task: Task) -> None:
        """After each answer that is in the store."""

    def finished(self, outcome: FeedOutcome) -> None:
        """After the last request of a feed, or its failure."""


@dataclass(frozen=True, slots=True)
class _Answer:
    task: Task
    kept: KeptBatch


@dataclass(frozen=True, slots=True)
class _End:
    """A feed has no more answers; with an error when it was stopped."""

    task: Task
    error: SourceError | None = None


_Message = _Answer | _End | BaseException


def run(
    tasks: Sequence[Task],
    store: Store,
    archive: RawArchive,
    sources: SourceSettings,
    listener: Listener,
) -> tuple[FeedOutcome, ...]:
    """Fetches and lands every task; a feed that fails keeps no other from landing."""
    listener.planned(tasks)
    messages: queue.Queue[_Message] = queue.Queue()
    stop = threading.Event()
    for source in dict.fromkeys(task.feed.source for task in tasks):
        own = [task for task in tasks if task.feed.source == source]
        pace: float = getattr(sources, source).requests_per_second
        arguments = (own, Client(sources, pace), archive, messages, stop)
        # A daemon: an interrupted run must not wait for a provider that does not answer.
        threading.Thread(target=_fetch_source, args=arguments, name=source, daemon=True).start()
    try:
        outcomes = {
            outcome.feed: outcome
            for outcome in _land_all(tasks, messages, store, archive, listener)
        }
    finally:
        stop.set()
    return tuple(outcomes[task.feed.id] for task in tasks)


def _land_all(
    tasks: Sequence[Task],
    messages: queue.Queue[_Message],
    store: Store,
    archive: RawArchive,
    listener: Listener,
) -> Iterable[FeedOutcome]:
    totals: dict[str, Landed] = {task.feed.id: Landed() for task in tasks}
    errors: dict[str, SourceError] = {}
    open_feeds = set(totals)
    while open_feeds:
        message = messages.get()
        if isinstance(message, BaseException):
            raise message
        feed = message.task.feed
        if isinstance(message, _End):
            error = errors.get(feed.id, message.error)
            outcome = FeedOutcome(feed.id, feed.source, totals[feed.id], error)
            open_feeds.remove(feed.id)
            listener.finished(outcome)
            yield outcome
        elif feed.id in errors:
            # After a failure nothing later of the feed may land, neither now nor when the kept
            # responses are read again: it would leave a hole behind that no pull asks for.
            archive.set_aside(message.kept)
        else:
            try:
                landed = land(store, message.task, message.kept)
            except SourceError as error:
                errors[feed.id] = error
            else:
                totals[feed.id] += landed
                listener.landed(message.task)


def land(store: Store, task: Task, kept: KeptBatch) -> Landed:
    """Parses one answer and lets it into the store; SourceError when it is malformed."""
    return store.land(parsed(task.feed, kept), batch_of(task.feed, kept))


def parsed(feed: Feed, kept: KeptBatch) -> Parsed:
    """An answer as observations within the bounds of their series."""
    found = feed.parse(kept.pages, kept.request)
    return validation.within_bounds(found, BOUNDS, kept.request.end)


def batch_of(feed: Feed, kept: KeptBatch) -> Batch:
    """What the store notes of an answer."""
    return Batch(
        feed.id,
        kept.origin,
        kept.retrieved_at,
        kept.request.start,
        kept.request.end,
        irregular=feed.irregular,
        vintages=feed.vintages,
    )


def _fetch_source(
    tasks: Sequence[Task],
    client: Client,
    archive: RawArchive,
    messages: queue.Queue[_Message],
    stop: threading.Event,
) -> None:
    """One provider's feeds in turn; whatever goes wrong reaches the thread that waits."""
    without_answer = 0
    last_error: SourceError | None = None
    try:
        for task in tasks:
            if without_answer >= NO_ANSWERS:
                messages.put(_End(task, _given_up(task, last_error)))
                continue
            try:
                _fetch_task(task, client, archive, messages, stop)
            except SourceError as error:
                without_answer = without_answer + 1 if isinstance(error, NoAnswerError) else 0
                last_error = error
                messages.put(_End(task, error))
            else:
                without_answer = 0
                messages.put(_End(task))
    except BaseException as error:  # noqa: BLE001  # handed on whole to the waiting thread
        messages.put(error)
    finally:
        client.close()


def _fetch_task(
    task: Task,
    client: Client,
    archive: RawArchive,
    messages: queue.Queue[_Message],
    stop: threading.Event,
) -> None:
    for request in task.requests:
        if stop.is_set():
            return
        batch = archive.open(request, task.feed.source, clock.now())
        pages = client.fetch(task.feed, request, batch.keep)
        messages.put(_Answer(task, batch.complete(pages)))


def _given_up(task: Task, last: SourceError | None) -> NotAskedError:
    return NotAskedError(
        f"{task.feed.id}: not asked, because {task.feed.source} did not answer before",
        where=task.requests[0].shown,
        remedy=last.remedy if last else "",
    )
