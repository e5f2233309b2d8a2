"""Where test sites are published to, one of each kind, and what a reader finds there."""

from __future__ import annotations

import json
import shutil
import subprocess
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fsspec
import requests

from reportgen import settings
from reportgen.publish import targets
from reportgen.publish.report import Target
from reportgen.site.listing import digest
from tests.publish.stores import BUCKET

KINDS = ("folder", "git", "rsync", "s3")


@dataclass(frozen=True, slots=True)
class Place(ABC):
    """A project with one target, called ``web``, beside the place it publishes to."""

    root: Path

    @property
    def project(self) -> Path:
        return self.root / "desk"

    @property
    def target(self) -> Target:
        return targets.choose(settings.load(self.project), None, self.project)

    def set(self, **keys: Any) -> None:
        """Writes reportgen.toml."""
        self.project.mkdir(parents=True, exist_ok=True)
        lines = [f"{key} = {text!r}" for key, text in keys.items()]
        (self.project / settings.FILE).write_text("\n".join(["[publish.web]", *lines, ""]))

    @abstractmethod
    def read(self, path: str) -> bytes | None:
        """What a reader gets at a path of the site, None for what is not there."""

    @abstractmethod
    def paths(self) -> set[str]:
        """Every path a reader can ask for."""

    @abstractmethod
    def litter(self) -> list[str]:
        """What lies there that no release needs."""

    @abstractmethod
    def damage(self, path: str) -> None:
        """Someone else writes over a published file."""


@dataclass(frozen=True, slots=True)
class FolderPlace(Place):
    """``releases`` and ``current`` in a folder; of kind ``rsync`` too."""

    kind: str

    def __post_init__(self) -> None:
        key = "path" if self.kind == "folder" else "destination"
        self.set(target=self.kind, keep=3, **{key: "../www"})

    @property
    def current(self) -> Path:
        return self.root / "www" / "current"

    def releases(self) -> list[str]:
        """Their names, the newest last."""
        return sorted(path.name for path in (self.root / "www" / "releases").iterdir())

    def read(self, path: str) -> bytes | None:
        try:
            return (self.current / path).read_bytes()
        except FileNotFoundError:
            return None

    def paths(self) -> set[str]:
        found = (path for path in self.current.rglob("*") if path.is_file())
        return {str(path.relative_to(self.current)) for path in found}

    def litter(self) -> list[str]:
        known = {"releases", "current", ".lock"}
        beside = [path.name for path in (self.root / "www").iterdir() if path.name not in known]
        return beside + [id for id in self.releases() if id.startswith(".")]

    def damage(self, path: str) -> None:
        # Not into the file: other releases may share it.
        (self.current / path).unlink()
        (self.current / path).write_bytes(b"damaged")


@dataclass(frozen=True, slots=True)
class GitPlace(Place):
    """A bare repository. ``address`` is where it is served, its path when it is not."""

    address: str = "../pages.git"

    def __post_init__(self) -> None:
        self.set(target="git", repository=self.address)
        subprocess.run(["git", "init", "--quiet", "--bare", self.repository], check=True)

    @property
    def repository(self) -> Path:
        return self.root / "pages.git"

    def git(self, *arguments: str) -> bytes:
        """What git says of the repository; nothing when it refuses."""
        command = ["git", "-C", str(self.repository), *arguments]
        return subprocess.run(command, capture_output=True, check=False).stdout

    def head(self) -> str:
        return self.git("rev-parse", "--verify", "gh-pages").decode().strip()

    def read(self, path: str, commit: str = "gh-pages") -> bytes | None:
        command = ["git", "-C", str(self.repository), "cat-file", "blob", f"{commit}:{path}"]
        found = subprocess.run(command, capture_output=True, check=False)
        return None if found.returncode else found.stdout

    def paths(self) -> set[str]:
        names = self.git("ls-tree", "-r", "--name-only", "gh-pages").decode().split()
        return set(names) - {".nojekyll"}

    def litter(self) -> list[str]:
        left = [path.name for path in self.repository.rglob("*.lock")]
        return left + [ref for ref in self.git("for-each-ref").decode().split("\n")[1:] if ref]

    def damage(self, path: str) -> None:
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class BucketPlace(Place):
    """A part of a bucket, with another site beside it."""

    address: str
    prefix: str

    def __post_init__(self) -> None:
        keys = {"bucket": BUCKET, "prefix": self.prefix, "endpoint_url": self.address}
        self.set(target="s3", keep=3, **keys)
        self.files().pipe_file(f"{BUCKET}/{self.prefix}2/index.html", b"of someone else")

    def files(self) -> Any:
        return fsspec.filesystem("s3", endpoint_url=self.address, use_listings_cache=False)

    def answer(self, path: str) -> requests.Response:
        """What the store answers to a reader, who has no credentials."""
        return requests.get(f"{self.address}/{BUCKET}/{self.prefix}/{path}", timeout=10)

    def read(self, path: str) -> bytes | None:
        answer = self.answer(path)
        assert answer.status_code in (200, 404), answer.text
        return answer.content if answer.status_code == 200 else None

    def keys(self) -> set[str]:
        start = f"{BUCKET}/{self.prefix}"
        return {path.removeprefix(f"{start}/") for path in self.files().find(start)}

    def paths(self) -> set[str]:
        return {key for key in self.keys() if not key.startswith(".reportgen/")}

    def litter(self) -> list[str]:
        keys = self.keys()
        records = [self.read(key) or b"" for key in keys if key.startswith(".reportgen/releases/")]
        used = {digest(text) for text in records}
        used.update(sum for text in records for sum in json.loads(text)["files"].values())
        objects = {key.rpartition("/")[2] for key in keys if key.startswith(".reportgen/objects/")}
        return sorted(objects - used)

    def damage(self, path: str) -> None:
        self.files().pipe_file(f"{BUCKET}/{self.prefix}/{path}", b"damaged")


def make(kind: str, root: Path, store: str = "") -> Place:
    """A place of a kind; ``store`` is the address of an S3-compatible store."""
    if kind == "git":
        return GitPlace(root)
    if kind == "s3":
        return BucketPlace(root, store, root.name)
    return FolderPlace(root, kind)


def obstacle(kind: str) -> str:
    """Why a kind cannot be tried here; empty when it can."""
    is_missing = kind in ("git", "rsync") and shutil.which(kind) is None
    return f"{kind} is not installed" if is_missing else ""
