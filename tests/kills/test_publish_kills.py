"""Publishing, killed at random moments while readers read: the site before or the new one, whole.

For each kind of target, fifty times: a run that brings one of two sites over the other is killed
(SIGKILL), then a plain run must bring the new site whole and leave nothing over. About every second
kill takes the programs that the run started (git, rsync) with it. The moments come from a seed that
is printed; REPORTGEN_KILL_SEED sets another.

Readers poll all the while. They may never get a page of neither site, a page whose links or assets
are not there, or an asset of another content. ``folder``, ``rsync`` and ``git`` owe them more: what
is read between two reads of the same home page is of that home page's site. ``s3`` cannot promise
that (``reportgen/publish/s3.py``). It owes an order: once a feed is of the new site, so are the
home pages; once a home page is, so is every other page.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import requests

from reportgen.publish import kinds
from reportgen.publish.kinds import is_hashed
from reportgen.site import listing as listings
from reportgen.site.listing import Listing, digest
from tests.publish import places, sites
from tests.publish.places import BucketPlace, GitPlace, Place
from tests.publish.serving import serving
from tests.publish.stores import CREDENTIALS, store

ROOT = Path(__file__).parents[2]
KILLS = 50
READERS = 2
SEED = int(os.environ.get("REPORTGEN_KILL_SEED", "7"))
HOME = "en/index.html"
# A file is of the new site only when all of a later turn of this order are.
READ_ORDER = (
    *sites.FEEDS,
    "index.html",
    HOME,
    "en/archive/index.html",
    sites.BRIEF,
    sites.OLD_BRIEF,
)

# What is loaded once, and takes longer than all the rest, is loaded before the clock starts.
PUBLISHER = """
import sys
from pathlib import Path
from reportgen import settings
from reportgen.publish import targets
from reportgen.site import listing as listings
project, site = map(Path, sys.argv[1:])
target = targets.choose(settings.load(project), None, project)
if type(target).__name__ == "ObjectStore":
    from reportgen.publish.bucket import open_bucket
    open_bucket(target.settings).tags("nothing")
listing = listings.read(site)
print("ready", flush=True)
sys.stdin.readline()
target.publish(site, listing)
print("done", flush=True)
"""


@dataclass(frozen=True, slots=True)
class Edition:
    """One of the two sites; B has a brief that A has not."""

    name: str
    folder: Path
    files: dict[str, bytes]
    listing: Listing


class Publisher:
    """A process that is about to publish a site."""

    def __init__(self, place: Place, edition: Edition) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", PUBLISHER, str(place.project), str(edition.folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            start_new_session=True,
        )

    def go(self) -> None:
        assert self._process.stdout
        assert self._process.stdin
        assert self._process.stdout.readline() == "ready\n", self._process.communicate()[1]
        self._process.stdin.write("\n")
        self._process.stdin.flush()

    def kill(self, seconds: float, *, with_children: bool) -> bool:
        """Lets it work for so long; whether it was at work still."""
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            if with_children:
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()
        said, told = self._process.communicate()
        assert self._process.returncode in (0, -signal.SIGKILL), told
        return said != "done\n"

    def __enter__(self) -> Publisher:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def last(self) -> float:
        """How long it takes when nobody kills it."""
        self.go()
        start = time.monotonic()
        assert self._process.stdout
        assert self._process.stdout.readline() == "done\n"
        return time.monotonic() - start


@dataclass
class Readers:
    """Readers of a place in threads of their own. ``fault`` is the first thing they may not see."""

    read: Callable[[], Callable[[str], bytes | None]]
    editions: dict[str, Edition]
    place: Place
    fault: str = ""
    looks: int = 0
    seen: set[str] = field(default_factory=set)
    _turn: tuple[int, str] = (0, "")
    _stop: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def polling(self) -> Iterator[Readers]:
        threads = [threading.Thread(target=self._poll) for _ in range(READERS)]
        for thread in threads:
            thread.start()
        try:
            yield self
        finally:
            self._stop.set()
            for thread in threads:
                thread.join()

    def expect(self, new: str) -> None:
        """From now on the site goes from the other edition to this one."""
        self._turn = (self._turn[0] + 1, new)

    def _poll(self) -> None:
        while not self._stop.is_set() and not self.fault:
            try:
                self._look()
            except Exception as error:  # noqa: BLE001  # told by the test, not by this thread
                self.fault = self.fault or repr(error)

    def _look(self) -> None:
        turn = self._turn
        read = self.read()
        first = self._edition(HOME, read(HOME))
        found = {path: self._edition(path, read(path)) for path in READ_ORDER}
        page = first.files[HOME]
        loaded = {path: read(path) for path in sites.linked(HOME, page)}
        again = self._edition(HOME, read(HOME))
        self.looks += 1
        self.seen.add(first.name)

        for path in (path for path in loaded if is_hashed(path)):
            # Also when the site was switched meanwhile.
            self._require(loaded[path] == first.files[path], f"{path}, which {first.name} loads")
        if first is not again or turn != self._turn:
            return
        self._require(None not in loaded.values(), f"a link of {HOME} of {first.name}")
        if not isinstance(self.place, BucketPlace):
            self._require({e.name for e in found.values()} == {first.name}, str(found))
            return
        told = {path: edition.name for path, edition in found.items()}
        for path, other in combinations(READ_ORDER, 2):
            is_late = kinds.turn(path) > kinds.turn(other) and told[path] == turn[1]
            self._require(not is_late or told[other] == turn[1], f"{told} on the way to {turn[1]}")

    def _edition(self, path: str, content: bytes | None) -> Edition:
        """Whose file this is, byte for byte."""
        for edition in self.editions.values():
            if edition.files[path] == content:
                return edition
        raise AssertionError(f"{path} is of neither site: {content!r}")

    def _require(self, holds: bool, what: str) -> None:
        if not holds:
            raise AssertionError(f"readers saw: {what}")


@contextmanager
def web(place: Place) -> Iterator[Callable[[], Callable[[str], bytes | None]]]:
    """How readers read: over HTTP; of a git branch the files of one commit, as its host does."""
    if isinstance(place, GitPlace):
        yield lambda: partial(place.read, commit=place.head())
        return

    def get(address: str) -> bytes | None:
        answer = requests.get(address, timeout=10)
        return answer.content if answer.status_code == 200 else None

    if isinstance(place, BucketPlace):
        yield lambda: lambda path: get(f"{place.address}/briefs/{place.prefix}/{path}")
        return

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *arguments: Any) -> None:
            pass

    handler: Any = partial(Quiet, directory=str(place.root / "www" / "current"))
    with serving(handler) as address:
        yield lambda: lambda path: get(f"{address}/{path}")


@contextmanager
def pages_host(root: Path) -> Iterator[str]:
    """The address of git's own server: it lives on when the client is killed."""
    port = 9418 + os.getpid() % 20000
    command = ["git", "daemon", f"--base-path={root}", "--export-all", "--enable=receive-pack"]
    daemon = subprocess.Popen([*command, "--listen=127.0.0.1", f"--port={port}", "--reuseaddr"])
    try:
        yield f"git://127.0.0.1:{port}/pages.git"
    finally:
        daemon.terminate()
        daemon.wait()


@pytest.fixture(params=places.KINDS)
def place(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Place]:
    if why := places.obstacle(request.param):
        pytest.skip(why)
    with ExitStack() as stack:
        if request.param == "git":
            yield GitPlace(tmp_path, stack.enter_context(pages_host(tmp_path)))
        elif request.param == "s3":
            for name, text in CREDENTIALS.items():
                monkeypatch.setenv(name, text)
            yield BucketPlace(tmp_path, stack.enter_context(store(tmp_path / "store")), "site")
        else:
            yield places.make(request.param, tmp_path)


def built(root: Path, name: str) -> Edition:
    only = "2025-12-09" if name == "B" else ""
    folder = root / f"site-{name}"
    return Edition(name, folder, sites.files(name, only), sites.build(folder, name, only))


def require_whole(place: Place, edition: Edition, seed: str) -> None:
    files = edition.listing.files
    assert {path: digest(place.read(path) or b"") for path in files} == files, seed
    assert place.read(listings.FILE) == edition.listing.to_json(), seed
    beside = place.paths() - set(files) - {listings.FILE}
    assert {path for path in beside if not is_hashed(path)} == set(), seed
    assert place.litter() == [], seed


def test_killed_while_publishing(place: Place, tmp_path: Path) -> None:
    moments = random.Random(SEED)
    seed = f"seed {SEED}"
    print(seed)
    a, b = (built(tmp_path, name) for name in "AB")
    at_work = 0
    with ExitStack() as stack:
        whole = [stack.enter_context(Publisher(place, edition)) for edition in (a, b, a)]
        longest = max(publisher.last() for publisher in whole)
        readers = Readers(stack.enter_context(web(place)), {"A": a, "B": b}, place)
        stack.enter_context(readers.polling())
        following = stack.enter_context(Publisher(place, b))
        for number in range(KILLS):
            old, new = (a, b) if number % 2 == 0 else (b, a)
            # The next one starts already while this one works.
            publisher, following = following, stack.enter_context(Publisher(place, old))
            readers.expect(new.name)
            publisher.go()
            seconds = moments.uniform(0, longest)
            at_work += publisher.kill(seconds, with_children=moments.random() < 0.5)
            place.target.publish(new.folder, new.listing)
            require_whole(place, new, seed)
            assert not readers.fault, f"{seed}, kill {number}: {readers.fault}"
    print(f"{at_work} kills at work, {longest:.2f} s at most; {readers.looks} looks")
    assert at_work > KILLS / 2
    assert readers.looks > KILLS
    assert readers.seen == {"A", "B"}
