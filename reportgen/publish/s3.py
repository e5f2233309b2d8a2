"""A bucket of an S3-compatible store.

Such a store replaces one object at a time and has no switch for many. So all the slow work is done
where no reader looks, and the rest is copies within the store:

1. Every content that the store lacks goes to ``.reportgen/objects/<sha256>``, the listing to
   ``.reportgen/releases/<id>.json``. A run killed here has changed nothing for readers, and the
   next goes on where it stopped.
2. The store copies objects to the site's own keys: first every key that was not there, so all new
   assets, then the changed ones, both in the order of ``kinds.Turn``, ``site.json`` last. Which
   keys need a copy is seen by their entity tags, not remembered: so a later run finishes what a
   killed one began, and mends what someone else changed.
3. ``.reportgen/current`` names the release; then what no kept release needs is deleted.

What holds at every moment: a key is read whole, as the old or the new site has it; what it links to
and loads is there, since nothing is replaced before all that is new has come, and nothing deleted
before all is replaced; a home page is the new one only when every other page is, and a feed only
when the home pages are.

What does not hold, unlike for a folder: during step 2 (seconds), and from a kill in it to the next
run, briefs can be of the new site while home page and feed are of the old.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from reportgen.errors import InputError, PublishError
from reportgen.publish import intact, kinds, releases
from reportgen.publish.bucket import Bucket, open_bucket
from reportgen.publish.locking import sole_run
from reportgen.publish.releases import Releases
from reportgen.publish.report import Report
from reportgen.settings import S3Target
from reportgen.site import listing as listings
from reportgen.site.listing import Listing, digest

_OWN = ".reportgen/"
_OBJECTS = f"{_OWN}objects/"
_RELEASES = f"{_OWN}releases/"
_CURRENT = f"{_OWN}current"


@dataclass(frozen=True, slots=True)
class ObjectStore:
    """A target of kind ``s3``; the last ``keep`` releases stay, each content once."""

    name: str
    settings: S3Target
    lock: Path

    def publish(self, site: Path, listing: Listing) -> Report:
        """Brings the site to the bucket; the same site again mends what is not as it should be."""
        intact.require(site, listing)
        with self._at_work() as work:
            id, dropped = work.releases.current or "", frozenset[str]()
            work.upload(site, listing)
            if work.listings.get(id) != listing:
                id = work.releases.next_id(listing)
                dropped = frozenset(work.releases.to_drop(self.settings.keep))
                work.record(id, listing)
            copied = work.switch(id)
            carried = work.tidy(id, dropped)
            files = len(listing.files) + 1
            return Report(self.name, id, bool(copied), copied, files - copied, carried)

    def rollback(self) -> Report:
        """Puts the release before the current one in place, from what the bucket has kept.

        When a switch away from the current release was cut short, the current one comes back.
        """
        with self._at_work() as work:
            id = work.releases.current
            if id is None or work.is_in_place(id):
                id = work.releases.before_current(f"s3://{self.settings.bucket}")
            copied = work.switch(id)
            carried = work.tidy(id, frozenset())
            kept = len(work.listings[id].files) + 1 - copied
            return Report(self.name, id, True, copied, kept, carried, rolled_back=True)

    @contextmanager
    def _at_work(self) -> Iterator[_Work]:
        bucket = open_bucket(self.settings)
        with sole_run(self.lock):
            yield _read(bucket)


@dataclass(frozen=True, slots=True)
class _Work:
    """The bucket as it was found: entity tags of the site's keys and of the objects.

    ``listings`` are those of every release there is a record of, ``headers`` the rules by which
    the keys were last written.
    """

    bucket: Bucket
    site: Mapping[str, str]
    objects: dict[str, str]
    listings: dict[str, Listing]
    releases: Releases
    headers: str

    def upload(self, site: Path, listing: Listing) -> None:
        """Step 1: every content that is not among the objects."""
        lacking = {
            checksum: path
            for path, checksum in _files(listing).items()
            if checksum not in self.objects
        }

        def send(item: tuple[str, str]) -> None:
            checksum, path = item
            is_listing = path == listings.FILE
            content = listing.to_json() if is_listing else intact.read(site, listing, path)
            self.bucket.put(_OBJECTS + checksum, content)

        self.bucket.each(send, lacking.items())
        if lacking:
            self.objects.update(_below(_OBJECTS, self.bucket.tags(_OBJECTS)))

    def record(self, id: str, listing: Listing) -> None:
        """Writes a release down, before the first of its keys is written."""
        self.bucket.put(f"{_RELEASES}{id}.json", listing.to_json())
        self.listings[id] = listing

    def is_in_place(self, id: str) -> bool:
        """Whether readers have a release whole, and nothing of another."""
        return not self._to_copy(id) and not self._to_delete(id)

    def switch(self, id: str) -> int:
        """Step 2: copies what is not yet as the release has it; how many keys that were."""
        files = _files(self.listings[id])
        order = sorted(self._to_copy(id), key=self._turn)
        for _, paths in groupby(order, key=self._turn):
            self.bucket.each(lambda path: self._copy(files[path], path), paths)
        current = {"release": id, "headers": self._headers()}
        if order or id != self.releases.current:
            self.bucket.put(_CURRENT, json.dumps(current).encode())
        return len(order)

    def tidy(self, id: str, dropped: frozenset[str]) -> int:
        """Step 3: deletes what is of no use; how many assets of other releases stay."""
        self.bucket.each(self.bucket.delete, self._to_delete(id, dropped))
        kept = {key: listing for key, listing in self.listings.items() if key not in dropped}
        self.bucket.each(self.bucket.delete, [f"{_RELEASES}{key}.json" for key in dropped])
        used = {checksum for listing in kept.values() for checksum in _files(listing).values()}
        unused = [_OBJECTS + checksum for checksum in self.objects if checksum not in used]
        self.bucket.each(self.bucket.delete, unused)
        own = self.listings[id].files
        return len({path for path in _assets(kept.values()) if path not in own})

    def _to_copy(self, id: str) -> list[str]:
        """The paths of a release whose keys are missing or have another content or headers."""
        is_new_rule = self.headers != self._headers()
        return [
            path
            for path, checksum in _files(self.listings[id]).items()
            if is_new_rule or self.site.get(path) != self.objects[checksum]
        ]

    def _to_delete(self, id: str, dropped: frozenset[str] = frozenset()) -> list[str]:
        """Keys that a release does not have, but a former one had, and no reader's page loads."""
        former = {path for listing in self.listings.values() for path in listing.files}
        kept = (listing for key, listing in self.listings.items() if key not in dropped)
        useful = {*self.listings[id].files, *_assets(kept)}
        return sorted((former - useful) & self.site.keys())

    def _copy(self, checksum: str, path: str) -> None:
        kind = kinds.content_type(path)
        cache = kinds.cache_control(path, self.bucket.settings.page_seconds)
        self.bucket.copy(_OBJECTS + checksum, path, kind, cache)

    def _turn(self, path: str) -> tuple[bool, bool, int]:
        """Keys of equal turn are copied side by side."""
        return (path == listings.FILE, path in self.site, kinds.turn(path))

    def _headers(self) -> str:
        return kinds.header_rules(self.bucket.settings.page_seconds)


def _read(bucket: Bucket) -> _Work:
    tags = bucket.tags()
    site = {key: tag for key, tag in tags.items() if not key.startswith(_OWN)}
    names = (name.removesuffix(".json") for name in _below(_RELEASES, tags))
    records = {id: _record(bucket, id) for id in releases.known(names)}
    current = _current(bucket) if _CURRENT in tags else {}
    id = current.get("release", "")
    found = Releases(tuple(records), id if id in records else None)
    return _Work(bucket, site, _below(_OBJECTS, tags), records, found, current.get("headers", ""))


def _current(bucket: Bucket) -> dict[str, str]:
    try:
        return {str(name): str(text) for name, text in json.loads(bucket.get(_CURRENT)).items()}
    except (ValueError, AttributeError):
        raise _damaged(bucket, _CURRENT) from None


def _below(prefix: str, tags: Mapping[str, str]) -> dict[str, str]:
    """The keys that begin with a prefix, without it."""
    return {key.removeprefix(prefix): tag for key, tag in tags.items() if key.startswith(prefix)}


def _record(bucket: Bucket, id: str) -> Listing:
    key = f"{_RELEASES}{id}.json"
    try:
        return listings.parse(bucket.get(key), key)
    except InputError:
        raise _damaged(bucket, key) from None


def _damaged(bucket: Bucket, key: str) -> PublishError:
    return PublishError(
        "holds something that reportgen did not write",
        where=f"s3://{bucket.settings.bucket}/{bucket.settings.prefix}: {key}",
        remedy="delete this key, and publish again",
    )


def _files(listing: Listing) -> dict[str, str]:
    """The files of a site and its listing, by path."""
    return {**listing.files, listings.FILE: digest(listing.to_json())}


def _assets(sites: Iterable[Listing]) -> set[str]:
    """The hashed assets of some releases."""
    return {path for listing in sites for path in listing.files if kinds.is_hashed(path)}
