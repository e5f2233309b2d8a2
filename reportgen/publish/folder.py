"""A folder on this machine: ``releases/<id>/`` for each site, and the symlink ``current``.

A web server reads ``current``. A site is written beside the others under a name that no server
knows, brought to the disk, named as a release, and becomes current by the rename of a symlink,
which is one step of the file system: whoever opens a file gets it from the site before or from the
new one, and a run that is killed has either renamed or not. What such a run leaves is cleared by
the next.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from reportgen.errors import InputError, PublishError
from reportgen.publish import intact, releases
from reportgen.publish.kinds import assets_beside
from reportgen.publish.locking import sole_run
from reportgen.publish.releases import Releases
from reportgen.publish.report import Report
from reportgen.site import listing as listings
from reportgen.site.listing import Listing

CURRENT = "current"
RELEASES = "releases"
LOCK = ".lock"
_UNFINISHED = ".new-"


@dataclass(frozen=True, slots=True)
class Folder:
    """A target of kind ``folder``; the last ``keep`` releases stay."""

    name: str
    root: Path
    keep: int

    def publish(self, site: Path, listing: Listing) -> Report:
        """Makes the site current; the same site again makes no release, unless one was damaged."""
        intact.require(site, listing)
        with self._alone():
            self._clear_litter()
            known = self._releases()
            before = self._listing_of(known.current)
            if known.current and before == listing and intact.is_whole(self._now, listing):
                return Report(self.name, known.current, changed=False, kept=len(listing.files))
            id = known.next_id(listing)
            report = self._stage(id, site, listing, before)
            self._switch(id)
            for old in known.to_drop(self.keep):
                self._drop(old)
            return report

    def rollback(self) -> Report:
        """Makes the release before the current one current; what is taken back stays until then.

        The next publish drops it.
        """
        with self._alone():
            self._clear_litter()
            known = self._releases()
            id = known.before_current(str(self.root))
            own = self._listing_of(id)
            if not own.files or not intact.is_whole(self.root / RELEASES / id, own):
                raise PublishError(
                    "the release before the current one is damaged",
                    where=str(self.root / RELEASES / id),
                    remedy="build the earlier site and publish it again",
                )
            missing = assets_beside(self._listing_of(known.current), own)
            carried = sum(
                self._link(path, checksum, self.root / RELEASES / id)
                for path, checksum in missing.items()
            )
            self._switch(id)
            return Report(
                self.name, id, True, kept=len(own.files), carried=carried, rolled_back=True
            )

    @property
    def _now(self) -> Path:
        return self.root / CURRENT

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """With the folder made and locked; the disk's refusals become PublishError."""
        try:
            self.root.mkdir(exist_ok=True)
        except OSError as error:
            raise InputError(
                f"the folder of the releases cannot be made ({error.strerror})",
                where=str(self.root),
                remedy="make the folder it belongs in, or correct path in reportgen.toml",
            ) from None
        with sole_run(self.root / LOCK):
            try:
                (self.root / RELEASES).mkdir(exist_ok=True)
                yield
            except OSError as error:
                raise PublishError(
                    f"the release cannot be written ({error.strerror})",
                    where=str(error.filename or self.root),
                    remedy="check permissions and free space, then publish again",
                ) from error

    def _clear_litter(self) -> None:
        for unfinished in (self.root / RELEASES).glob(f"{_UNFINISHED}*"):
            shutil.rmtree(unfinished)
        (self.root / f"{_UNFINISHED}{CURRENT}").unlink(missing_ok=True)

    def _releases(self) -> Releases:
        ids = releases.known(path.name for path in (self.root / RELEASES).iterdir())
        if not self._now.is_symlink():
            if self._now.exists():
                raise InputError(
                    "something that reportgen did not put there takes the place of the symlink",
                    where=str(self._now),
                    remedy="move it away, or name another path in reportgen.toml",
                )
            return Releases(ids, None)
        current = self._now.readlink().name
        return Releases(ids, current if current in ids else None)

    def _listing_of(self, id: str | None) -> Listing:
        """The listing of a release; an empty one when there is none or it was damaged."""
        try:
            return listings.read(self.root / RELEASES / (id or "none"))
        except InputError:
            return Listing("", {})

    def _stage(self, id: str, site: Path, listing: Listing, before: Listing) -> Report:
        """Writes a release; a file that the current one has already becomes a link to it."""
        folder = self.root / RELEASES / f"{_UNFINISHED}{id}"
        folder.mkdir()
        kept = 0
        for path, checksum in listing.files.items():
            if before.files.get(path) == checksum and self._link(path, checksum, folder):
                kept += 1
            else:
                _write(folder / path, intact.read(site, listing, path))
        missing = assets_beside(before, listing)
        carried = [self._link(path, checksum, folder) for path, checksum in missing.items()]
        _write(folder / listings.FILE, listing.to_json())
        for each in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
            _bring_to_disk(each)
        folder.rename(self.root / RELEASES / id)
        _bring_to_disk(self.root / RELEASES)
        sent = len(listing.files) - kept
        return Report(self.name, id, True, sent=sent, kept=kept, carried=sum(carried))

    def _link(self, path: str, checksum: str, folder: Path) -> bool:
        """Takes a file over from the current release, if it is whole there; True when it is.

        Releases never change, so they may share files. The site's own folder is built again and
        again: a link into it would change what is published.
        """
        source, target = self._now / path, folder / path
        if intact.holds(folder, path, checksum):
            return True
        if not intact.holds(self._now, path, checksum):
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            target.hardlink_to(source)
        except OSError:  # a file system without links, or a file with as many as it may have
            _write(target, source.read_bytes())
        return True

    def _switch(self, id: str) -> None:
        link = self.root / f"{_UNFINISHED}{CURRENT}"
        link.symlink_to(Path(RELEASES) / id)
        link.rename(self._now)
        _bring_to_disk(self.root)

    def _drop(self, id: str) -> None:
        """First out of the releases by its name, so that none is ever half there."""
        gone = self.root / RELEASES / f"{_UNFINISHED}{id}"
        (self.root / RELEASES / id).rename(gone)
        shutil.rmtree(gone)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _bring_to_disk(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
