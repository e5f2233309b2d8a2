"""A folder on another machine, laid out as that of ``folder``, reached by rsync alone.

A site goes into ``releases/<id>/``, which no server reads, ``site.json`` last: a release without it
is what a killed run left, and goes with the next. Files that the current release has already become
links to them on the other side (--link-dest). Then rsync sends the symlink ``current``; it makes
the new one under another name and renames it over the old (symlinkat, then renameat, in rsync 3.2
and 3.5 under strace), so the switch is one step, as it is in a folder. What is too old is deleted
by sending an empty folder in its place, since there may be no shell.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from reportgen.errors import InputError
from reportgen.publish import commands, intact, releases
from reportgen.publish.commands import Program
from reportgen.publish.folder import CURRENT, RELEASES
from reportgen.publish.kinds import assets_beside
from reportgen.publish.locking import sole_run
from reportgen.publish.releases import Releases
from reportgen.publish.report import Report
from reportgen.site import listing as listings
from reportgen.site.listing import Listing

_WILDCARD = re.compile(r"[*?\[\\]")
_WHOLE = f"/{listings.FILE}"
_ABSENT = ("No such file or directory", "does not exist")
_REMEDIES = {
    "Permission denied": "give this machine access that needs no password, such as an ssh key",
    "Host key verification failed": "connect to the host by ssh once, and accept its key",
    "Could not resolve hostname": "correct destination in reportgen.toml, or look at the network",
    "Unknown module": "correct destination in reportgen.toml",
    "read only": "set `read only = no` for the module in rsyncd.conf",
    "could not make way": "move away what lies at `current`: it is no symlink",
    "No such file or directory": "make the folder that destination lies in",
}


@dataclass(frozen=True, slots=True)
class RsyncFolder:
    """A target of kind ``rsync``; the last ``keep`` releases stay."""

    name: str
    destination: str
    ssh: str
    keep: int
    lock: Path

    def publish(self, site: Path, listing: Listing) -> Report:
        """Makes the site current; the same site again makes no release, unless one was damaged."""
        intact.require(site, listing)
        with self._at_work() as work:
            known = work.find()
            before = work.listing_of(known.current)
            if known.current and before == listing and work.is_whole(site, known.current, listing):
                return Report(self.name, known.current, changed=False, kept=len(listing.files))
            id = known.next_id(listing)
            carried = work.fetch_assets(known.current, assets_beside(before, listing))
            sent = work.send(site, id, listing.files, known.current)
            work.send(work.assets, id, carried, known.current)
            work.send(site, id, [listings.FILE], None)
            work.switch(id)
            work.drop(known.to_drop(self.keep))
            kept = len(listing.files) - sent
            return Report(self.name, id, True, sent=sent, kept=kept, carried=len(carried))

    def rollback(self) -> Report:
        """Makes the release before the current one current; the next publish drops the later."""
        with self._at_work() as work:
            known = work.find()
            id = known.before_current(self.destination)
            own = work.listing_of(id)
            beside = assets_beside(work.listing_of(known.current), own)
            carried = work.fetch_assets(known.current, beside)
            work.send(work.assets, id, carried, known.current)
            work.switch(id)
            kept = len(own.files)
            return Report(self.name, id, True, kept=kept, carried=len(carried), rolled_back=True)

    @contextmanager
    def _at_work(self) -> Iterator[_Work]:
        path = commands.require("rsync", "rsync")
        with sole_run(self.lock) as lock, tempfile.TemporaryDirectory() as folder:
            # As the option --rsh it would turn rsync:// into a daemon started over ssh.
            environment = {**os.environ, "RSYNC_RSH": self.ssh}
            program = Program(path, lock, _REMEDIES, environment)
            work = _Work(program, self.destination, Path(folder))
            work.assets.mkdir()
            yield work


@dataclass(frozen=True, slots=True)
class _Work:
    """A run: the destination, and a folder on this side for what is sent besides the site."""

    program: Program
    destination: str
    folder: Path

    @property
    def assets(self) -> Path:
        """Where assets of the current release lie on their way into the next."""
        return self.folder / "assets"

    def find(self) -> Releases:
        """The whole releases there are; deletes what a killed run left.

        That is releases without a listing, or a symlink on its way to its name.
        """
        text = self._list()
        lines = text.splitlines()
        ids = releases.known(line.rpartition("/")[2] for line in lines)
        whole = releases.known(line.split("/")[-2] for line in lines if line.endswith(_WHOLE))
        targets = [line for line in lines if f" {CURRENT} -> " in line]
        current = targets[0].rpartition("/")[2] if targets else None
        unfinished = [id for id in ids if id not in whole]
        if unfinished or f" .{CURRENT}." in text or f" {RELEASES}\n" not in text:
            self._sweep(unfinished)
        return Releases(whole, current if current in whole else None)

    def listing_of(self, id: str | None) -> Listing:
        """The listing of a release; an empty one when there is none or it was damaged."""
        if id is None:
            return Listing("", {})
        folder = self.folder / id
        source = f"{self._at(id)}{listings.FILE}"
        self._rsync(source, f"{folder}/", accepted=_ABSENT)
        try:
            return listings.read(folder)
        except InputError:
            return Listing("", {})

    def is_whole(self, site: Path, id: str, listing: Listing) -> bool:
        """Whether a release holds every file of the site, by checksums made on both sides."""
        names = "\0".join(listing.files)
        told = self._rsync(
            *("--dry-run", "--checksum", "--out-format=%n", "--files-from=-", "--from0"),
            *(f"{site}/", self._at(id)),
            stdin=names,
        )
        return not [line for line in told.splitlines() if not line.endswith("/")]

    def send(self, site: Path, id: str, paths: Iterable[str], same: str | None) -> int:
        """Sends files into a release, or links those that ``same`` has; how many were sent."""
        names = "\0".join(paths)
        if not names:
            return 0
        told = self._rsync(
            *("--checksum", "--perms", "--chmod=D755,F644", "--stats", "--files-from=-", "--from0"),
            *([f"--link-dest=../{same}"] if same else []),
            *(f"{site}/", self._at(id)),
            stdin=names,
        )
        found = re.search(r"regular files transferred: ([\d,]+)", told)
        return int(found[1].replace(",", "")) if found else 0

    def fetch_assets(self, id: str | None, assets: Mapping[str, str]) -> list[str]:
        """Brings assets of a release to this side; those that came whole."""
        if id is None or not assets:
            return []
        # By rules, not by --files-from: asked so, a daemon of rsync 3.5.0 without chroot says of
        # every file that it has vanished.
        rules = ["*/", *(_WILDCARD.sub(r"\\\g<0>", f"/{path}") for path in assets)]
        self._rsync(
            *("--recursive", "--prune-empty-dirs", "--include-from=-", "--exclude=*"),
            *(self._at(id), f"{self.assets}/"),
            stdin="".join(f"{rule}\n" for rule in rules),
        )
        return [
            path for path, checksum in assets.items() if intact.holds(self.assets, path, checksum)
        ]

    def switch(self, id: str) -> None:
        """Makes a release current."""
        link = self.folder / CURRENT
        link.symlink_to(Path(RELEASES) / id)
        self._rsync("--links", str(link), f"{self.destination}/")

    def drop(self, ids: Sequence[str]) -> None:
        """Deletes releases, their listings first: what is left of one is litter, not a release."""
        if ids:
            self._sweep(ids, listings.FILE)
            self._sweep(ids)

    def _sweep(self, ids: Sequence[str], only: str = "") -> None:
        """Deletes all of some releases, or one file in each, by sending an empty folder.

        With it goes a symlink on its way; the folder of the releases is made where there is none.
        """
        with tempfile.TemporaryDirectory(dir=self.folder) as empty:
            for id in ids if only else ("",):
                (Path(empty) / RELEASES / id).mkdir(parents=True)
            inside = [f"/{RELEASES}/{id}/{only or '***'}" for id in ids]
            folders = [f"/{RELEASES}/{id}/" for id in ids] if only else []
            chosen = (f"/.{CURRENT}.*", f"/{RELEASES}/", *folders, *inside)
            rules = [f"--include={pattern}" for pattern in chosen]
            self._rsync(
                *("--recursive", "--delete", "--perms", "--chmod=D755,F644", *rules),
                *("--exclude=*", f"{empty}/", f"{self.destination}/"),
            )

    def _list(self) -> str:
        """A line for each thing that matters at the destination; none when it is not there."""
        chosen = (f"/{CURRENT}", f"/.{CURRENT}.*", f"/{RELEASES}/", f"/{RELEASES}/*/")
        rules = [f"--include={pattern}" for pattern in (*chosen, f"/{RELEASES}/*{_WHOLE}")]
        arguments = ("--recursive", "--links", "--list-only", *rules, "--exclude=*")
        return self._rsync(*arguments, f"{self.destination}/", accepted=_ABSENT)

    def _at(self, id: str) -> str:
        return f"{self.destination}/{RELEASES}/{id}/"

    def _rsync(self, *arguments: str, stdin: str = "", accepted: Sequence[str] = ()) -> str:
        return self.program.run(
            *("--timeout=300", *arguments),
            where=self.destination,
            stdin=stdin,
            accepted=accepted,
        )
