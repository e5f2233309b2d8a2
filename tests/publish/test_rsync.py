"""The target ``rsync``: over the network too, and a run that ends between any two of its calls."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reportgen.errors import InputError, PublishError
from reportgen.publish.commands import Program
from reportgen.site import listing as listings
from reportgen.site.listing import Listing
from tests.publish import places, sites
from tests.publish.places import FolderPlace

pytestmark = pytest.mark.skipif(
    bool(places.obstacle("rsync")), reason="Debian's package rsync is not installed"
)


class Died(BaseException):
    """The process is gone."""


@pytest.fixture
def place(tmp_path: Path) -> FolderPlace:
    return FolderPlace(tmp_path, "rsync")


@pytest.fixture
def built(tmp_path: Path) -> dict[str, tuple[Path, Listing]]:
    folders = {edition: tmp_path / f"site-{edition}" for edition in "AB"}
    return {edition: (folder, sites.build(folder, edition)) for edition, folder in folders.items()}


def edition(place: FolderPlace, built: dict[str, tuple[Path, Listing]]) -> str:
    """The edition that readers have; fails when it is not the whole of one."""
    found = sites.edition_of(place.read("index.html") or b"")
    listing = built[found][1]
    contents = {path: place.read(path) or b"" for path in listing.files}
    assert listings.list_files(sites.BASE_URL, contents) == listing
    return found


def test_dies_between_any_two_calls(
    place: FolderPlace, built: dict[str, tuple[Path, Listing]], monkeypatch: pytest.MonkeyPatch
) -> None:
    place.set(target="rsync", destination="../www", keep=2)
    place.target.publish(*built["A"])
    run, had = Program.run, []
    for step in range(20):
        calls = iter(range(step))

        def dying(program: Program, *arguments: str, **named: Any) -> str:
            if next(calls, None) is None:  # noqa: B023  # called within this round alone
                raise Died
            return run(program, *arguments, **named)

        with monkeypatch.context() as patch:
            patch.setattr(Program, "run", dying)
            try:
                place.target.publish(*built["B"])
            except Died:
                had.append(edition(place, built))
            else:
                break
        if had[-1] == "B":
            place.target.publish(*built["A"])
    assert set(had) == {"A", "B"}
    assert edition(place, built) == "B"
    assert place.litter() == []
    assert len(place.releases()) == 2


def test_litter_of_a_killed_transfer_goes(
    place: FolderPlace, built: dict[str, tuple[Path, Listing]]
) -> None:
    place.target.publish(*built["A"])
    partial = place.root / "www" / "releases" / "20300101T000000Z-000000000000"
    (partial / "en").mkdir(parents=True)
    (partial / "en" / ".index.html.Xa1B2c").write_bytes(b"half")
    (place.root / "www" / ".current.4711").symlink_to("releases/none")
    assert not place.target.publish(*built["A"]).changed
    assert place.litter() == []
    assert not partial.exists()


def test_what_did_not_change_is_not_sent_and_shares_its_file(
    place: FolderPlace, built: dict[str, tuple[Path, Listing]]
) -> None:
    place.target.publish(*built["A"])
    first = place.current.resolve()
    report = place.target.publish(*built["B"])
    listing = built["B"][1]
    same = {p for p, sum in listing.files.items() if built["A"][1].files.get(p) == sum}
    assert report.kept == len(same) > 0
    assert all((place.current / p).stat().st_ino == (first / p).stat().st_ino for p in same)
    assert all(path.stat().st_mode & 0o777 == 0o644 for path in place.current.rglob("*.*"))


@pytest.fixture
def module(tmp_path: Path) -> Iterator[str]:
    """The address of a module of an rsync daemon, whose folder is ``www``."""
    (tmp_path / "www").mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = tmp_path / "rsyncd.conf"
    settings.write_text(
        f"use chroot = no\nmunge symlinks = no\n[briefs]\npath = {tmp_path / 'www'}\n"
        "read only = no\nuid = root\ngid = root\n"
    )
    command = ["rsync", "--daemon", "--no-detach", f"--config={settings}"]
    daemon = subprocess.Popen(
        [*command, "--address=127.0.0.1", f"--port={port}"], stdin=subprocess.DEVNULL
    )
    for _ in range(200):
        with socket.socket() as probe:
            if not probe.connect_ex(("127.0.0.1", port)):
                break
        time.sleep(0.02)
    yield f"rsync://127.0.0.1:{port}/briefs"
    daemon.terminate()
    daemon.wait()


def test_over_the_network(
    place: FolderPlace, built: dict[str, tuple[Path, Listing]], module: str
) -> None:
    place.set(target="rsync", destination=module)
    for name in "AB":
        place.target.publish(*built[name])
        assert edition(place, built) == name
    place.target.rollback()
    assert edition(place, built) == "A"
    assert place.current.readlink().parent == Path("releases")
    place.set(target="rsync", destination=f"{module}s")
    with pytest.raises(PublishError, match=r"Unknown module.*\n.*correct destination"):
        place.target.publish(*built["A"])


def test_by_a_remote_shell(place: FolderPlace, built: dict[str, tuple[Path, Listing]]) -> None:
    """This machine plays the host: the command that ssh would run there runs here."""
    shell = place.root / "ssh"
    shell.write_text('#!/bin/sh\n[ "$1" = -l ] && shift 2\nshift\ncd "${0%/*}" && exec "$@"\n')
    shell.chmod(0o755)
    place.set(target="rsync", destination="www@example.com:www", ssh=str(shell))
    for name in "AB":
        place.target.publish(*built[name])
        assert edition(place, built) == name


def test_host_that_refuses(place: FolderPlace, built: dict[str, tuple[Path, Listing]]) -> None:
    refusing = "sh -c 'echo Permission denied, publickey >&2; exit 255'"
    place.set(target="rsync", destination="www@example.com:/srv/www", ssh=refusing)
    with pytest.raises(PublishError, match="access that needs no password"):
        place.target.publish(*built["A"])


def test_rsync_is_not_installed(
    place: FolderPlace, built: dict[str, tuple[Path, Listing]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(InputError, match="apt-get install rsync"):
        place.target.publish(*built["A"])
