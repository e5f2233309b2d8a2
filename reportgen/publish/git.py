"""A branch of a git repository, such as the gh-pages that a host serves.

The site becomes a tree in a bare clone of the project's own (ghp-import), the tree a commit, and
one push moves one ref: the host has the commit before or the new one. The clone is no more than a
copy of the remote; when a run did not end in it, the next one makes it anew. What the host does
with the branch (a build, a cache) is its own affair.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from reportgen import clock
from reportgen.errors import CheckError, PublishError
from reportgen.publish import commands, intact, releases
from reportgen.publish.commands import Program
from reportgen.publish.kinds import assets_beside
from reportgen.publish.locking import sole_run
from reportgen.publish.releases import Releases
from reportgen.publish.report import Report
from reportgen.settings import GitTarget
from reportgen.site import listing as listings
from reportgen.site.listing import Listing

_DOMAIN_FILE = "CNAME"
_UNFINISHED = "reportgen-unfinished"
_RESTORES = "Restores: "
_NOT_OURS = ("GIT_WORK_TREE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES")
_ACCESS = "give this machine access that needs no password: an ssh key, or a credential helper"
_REMEDIES = {
    "could not read Username": _ACCESS,
    "Authentication failed": _ACCESS,
    "Permission denied": _ACCESS,
    "rejected": "someone else has moved the branch: publish again",
    "not appear to be a git repository": "correct repository in reportgen.toml",
    "epository not found": "correct repository in reportgen.toml",
    "does not exist": "correct repository in reportgen.toml",
    "Could not resolve host": "correct repository in reportgen.toml, or look at the network",
}


@dataclass(frozen=True, slots=True)
class GitBranch:
    """A target of kind ``git``; ``clone`` is the bare clone beside which the lock lies."""

    name: str
    settings: GitTarget
    repository: str
    clone: Path

    def publish(self, site: Path, listing: Listing) -> Report:
        """Commits the site and pushes it; the same site again makes no commit."""
        intact.require(site, listing)
        with self._at_work() as work:
            head = work.fetch()
            before, known = work.listing_of(head), work.releases(head)
            if head and before == listing and work.domain_of(head) == self.settings.domain:
                return Report(self.name, known.current or head, False, kept=len(listing.files))
            id = known.next_id(listing)
            tree = work.import_site(site, listing, self.settings.domain)
            carried = work.push(tree, head, f"Publish {id}\n")
            kept = sum(
                before.files.get(path) == checksum for path, checksum in listing.files.items()
            )
            sent = len(listing.files) - kept
            return Report(self.name, id, True, sent=sent, kept=kept, carried=carried)

    def rollback(self) -> Report:
        """Pushes a commit with the tree of the release before; the one taken back stays in history.

        Its message names the commit that it restores, so that a second rollback goes further back.
        """
        with self._at_work() as work:
            head = work.fetch()
            earlier = work.commit_before(work.restored_by(head)) if head else ""
            own = work.listing_of(earlier)
            if not own.files:
                raise PublishError(
                    "there is no release before the one that readers have",
                    where=f"{self.repository} {self.settings.branch}",
                    remedy="build the earlier site and publish it again",
                )
            id = work.releases(earlier).current or earlier
            carried = work.push(earlier, head, f"Roll back to {id}\n\n{_RESTORES}{earlier}\n")
            return Report(
                self.name, id, True, kept=len(own.files), carried=carried, rolled_back=True
            )

    @contextmanager
    def _at_work(self) -> Iterator[_Work]:
        path = commands.require("git", "git")
        with sole_run(self.clone.with_suffix(".lock")) as lock:
            program = Program(path, lock, _REMEDIES, self._environment())
            if (self.clone / _UNFINISHED).exists() or not (self.clone / "HEAD").exists():
                shutil.rmtree(self.clone, ignore_errors=True)
                here = str(self.clone)
                program.run("init", "--bare", "--quiet", here, where=here)
                # Left to itself, git tidies up in the background, and with our lock.
                program.run("config", "gc.autoDetach", "false", where=here)
            (self.clone / _UNFINISHED).touch()
            yield _Work(program, self.repository, self.settings.branch)
            (self.clone / _UNFINISHED).unlink()

    def _environment(self) -> dict[str, str]:
        own = {key: value for key, value in os.environ.items() if key not in _NOT_OURS}
        when = f"{int(clock.now().timestamp())} +0000"
        who = (self.settings.committer_name, self.settings.committer_email)
        for role in ("AUTHOR", "COMMITTER"):
            own[f"GIT_{role}_NAME"], own[f"GIT_{role}_EMAIL"] = who
            own[f"GIT_{role}_DATE"] = when
        return own | {
            # Nobody is there to answer: neither git nor ssh may ask.
            "GIT_TERMINAL_PROMPT": "0",
            "SSH_ASKPASS": "/bin/false",
            "SSH_ASKPASS_REQUIRE": "force",
            "GIT_DIR": str(self.clone),
            "GIT_INDEX_FILE": str(self.clone / "index"),
        }


@dataclass(frozen=True, slots=True)
class _Work:
    """A run in the bare clone. Commits are named by their hash, "" where there is none."""

    program: Program
    repository: str
    branch: str

    def fetch(self) -> str:
        """The commit that readers have; PublishError when the branch holds something else."""
        ref, own = f"refs/heads/{self.branch}", f"refs/remotes/origin/{self.branch}"
        if self._git("ls-remote", self.repository, ref):
            self._git("fetch", "--quiet", "--no-tags", self.repository, f"+{ref}:{own}")
            head = self._git("rev-parse", own).strip()
            if not self.listing_of(head).files:
                raise PublishError(
                    f"the branch {self.branch} holds something that reportgen did not publish",
                    where=self.repository,
                    remedy="name a branch in reportgen.toml that is for the site alone",
                )
            return head
        for left in (ref, own):
            self._git("update-ref", "-d", left)
        return ""

    def listing_of(self, commit: str) -> Listing:
        """What a commit publishes; an empty listing when it is no site."""
        text = self._file(commit, listings.FILE)
        return listings.parse(text.encode(), self.repository) if text else Listing("", {})

    def domain_of(self, commit: str) -> str:
        """The domain in its file CNAME."""
        return self._file(commit, _DOMAIN_FILE).strip()

    def releases(self, commit: str) -> Releases:
        """The id in a commit's message."""
        subject = self._git("log", "-1", "--format=%s", commit).split() if commit else []
        ids = releases.known(subject)
        return Releases(ids, ids[-1] if ids else None)

    def restored_by(self, commit: str) -> str:
        """The commit that a rollback restored, of any other the commit itself."""
        for line in self._git("log", "-1", "--format=%b", commit).splitlines():
            if line.startswith(_RESTORES):
                return self.restored_by(line.removeprefix(_RESTORES))
        return commit

    def commit_before(self, commit: str) -> str:
        """Its parent."""
        return self._git("log", "-1", "--format=%P", commit).partition(" ")[0].strip()

    def import_site(self, site: Path, listing: Listing, domain: str) -> str:
        """The tree of a site, made by ghp-import on the clone's own branch."""
        ghp_import = Program(sys.executable, self.program.lock, _REMEDIES, self.program.environment)
        with tempfile.TemporaryDirectory() as staged:
            for path in (*listing.files, listings.FILE):
                link = Path(staged) / path
                link.parent.mkdir(parents=True, exist_ok=True)
                link.symlink_to(site.resolve() / path)
            ghp_import.run(
                *("-P", "-m", "ghp_import", "--no-jekyll", "--branch", self.branch),
                *(("--cname", domain) if domain else ()),
                staged,
                where=str(site),
            )
        tree = self._git("rev-parse", f"refs/heads/{self.branch}^{{tree}}").strip()
        self._require(tree, site, listing)
        return tree

    def push(self, tree: str, head: str, message: str) -> int:
        """Commits a tree after the head, with the head's assets beside it; how many those are."""
        assets = assets_beside(self.listing_of(head), self.listing_of(tree))
        blobs = self._blobs(head) if assets else {}
        carried = {path: blobs[path] for path in assets if path in blobs}
        self._git("read-tree", tree)
        lines = "".join(f"100644 blob {blob}\t{path}\0" for path, blob in carried.items())
        self._git("update-index", "-z", "--index-info", stdin=lines)
        whole = self._git("write-tree").strip()
        parents = ("-p", head) if head else ()
        commit = self._git("commit-tree", whole, *parents, stdin=message).strip()
        target = f"{commit}:refs/heads/{self.branch}"
        self._git("push", "--quiet", "--no-verify", self.repository, target)
        return len(carried)

    def _require(self, tree: str, site: Path, listing: Listing) -> None:
        """CheckError when a file changed between the check of the folder and its import."""
        blobs = self._blobs(tree)
        for path in listing.files:
            content = intact.read(site, listing, path)
            # git names a content by this hash.
            own = hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False)
            if blobs.get(path) != own.hexdigest():
                raise CheckError(
                    "has changed while it was sent", where=str(site / path), remedy="publish again"
                )

    def _blobs(self, tree: str) -> dict[str, str]:
        entries = self._git("ls-tree", "-r", "-z", "--full-tree", tree).split("\0")
        pairs = (entry.partition("\t") for entry in entries if entry)
        return {path: about.split()[2] for about, _, path in pairs}

    def _file(self, commit: str, path: str) -> str:
        if not commit:
            return ""
        missing = ("does not exist", "exists on disk, but not in")
        return self._git("cat-file", "blob", f"{commit}:{path}", accepted=missing)

    def _git(self, *arguments: str, stdin: str = "", accepted: tuple[str, ...] = ()) -> str:
        where = f"{self.repository} {self.branch}"
        return self.program.run(*arguments, where=where, stdin=stdin, accepted=accepted)
