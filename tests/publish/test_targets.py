"""From reportgen.toml to a target, and the kinds of files."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from reportgen import resources
from reportgen.config_files import parse
from reportgen.errors import InputError, PublishError
from reportgen.publish import kinds, targets
from reportgen.publish.commands import Program
from reportgen.publish.folder import Folder
from reportgen.publish.git import GitBranch
from reportgen.publish.kinds import Turn
from reportgen.publish.locking import sole_run
from reportgen.publish.releases import Releases
from reportgen.publish.rsync import RsyncFolder
from reportgen.publish.s3 import ObjectStore
from reportgen.settings import FolderTarget, GitTarget, RsyncTarget, S3Target, Settings

FOUR = """
[publish.web]
target = "folder"
path = "www"
[publish.pages]
target = "git"
repository = "{repository}"
[publish.store]
target = "s3"
bucket = "briefs"
[publish.server]
target = "rsync"
destination = "{destination}"
"""


def read(text: str) -> Settings:
    return parse(text, Settings, "reportgen.toml")


def test_each_kind(tmp_path: Path) -> None:
    four = read(FOUR.format(repository="pages.git", destination="www"))
    web = targets.choose(four, "web", tmp_path)
    pages = targets.choose(four, "pages", tmp_path)
    server = targets.choose(four, "server", tmp_path)
    assert isinstance(web, Folder)
    assert web.root == tmp_path / "www"
    assert isinstance(pages, GitBranch)
    assert pages.repository == str(tmp_path / "pages.git")
    assert isinstance(server, RsyncFolder)
    assert server.destination == str(tmp_path / "www")
    assert isinstance(targets.choose(four, "store", tmp_path), ObjectStore)


@pytest.mark.parametrize(
    "address",
    [
        "git@example.com:desk/briefs.git",
        "ssh://git@example.com/briefs.git",
        "https://example.com/briefs.git",
        "rsync://example.com/briefs",
        "example.com::briefs",
    ],
)
def test_address_elsewhere_stays_as_it_is(tmp_path: Path, address: str) -> None:
    four = read(FOUR.format(repository=address, destination=f"{address}/"))
    pages = targets.choose(four, "pages", tmp_path)
    server = targets.choose(four, "server", tmp_path)
    assert isinstance(pages, GitBranch)
    assert isinstance(server, RsyncFolder)
    assert pages.repository == server.destination == address


def test_no_choice(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"add a table \[publish"):
        targets.choose(Settings(), None, tmp_path)
    four = read(FOUR.format(repository="a", destination="b"))
    with pytest.raises(InputError, match="name one of: pages, server, store, web"):
        targets.choose(four, None, tmp_path)
    with pytest.raises(InputError, match="there is no target 'wbe'"):
        targets.choose(four, "wbe", tmp_path)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[publish.web]\npath = "www"', "publish.web"),
        ('[publish.web]\ntarget = "ftp"', "'folder', 'git', 's3', 'rsync'"),
        ('[publish.web]\ntarget = "folder"', "publish.web.folder.path"),
        ('[publish.web]\ntarget = "folder"\npath = "www"\nkeep = 1', "greater than or equal to 2"),
        ('[publish.web]\ntarget = "s3"\nbucket = "b1"\nsecret = "x"', "publish.web.s3.secret"),
        ('[publish.web]\ntarget = "git"\nrepository = "--upload-pack=x"', "repository"),
        ('[publish.web]\ntarget = "rsync"\ndestination = "-e x"', "destination"),
        ('[publish."../web"]\ntarget = "folder"\npath = "www"', "../web"),
    ],
)
def test_wrong_settings(text: str, told: str) -> None:
    with pytest.raises(InputError, match=re.escape(told)):
        read(text)


def test_starter_shows_every_setting_with_its_default() -> None:
    text = (resources.STARTER / "reportgen.toml").read_text(encoding="utf-8")
    commented = text[text.index("# [publish.") :]
    shown = read(re.sub(r"(?m)^# ?", "", commented)).publish
    assert {type(table) for table in shown.values()} == {
        FolderTarget,
        GitTarget,
        S3Target,
        RsyncTarget,
    }
    for table in shown.values():
        assert table.model_fields_set == set(type(table).model_fields)
        needed = {name for name, field in type(table).model_fields.items() if field.is_required()}
        given = {name: getattr(table, name) for name in needed}
        assert type(table)(**given) == table


@pytest.mark.parametrize(
    ("path", "turn", "hashed"),
    [
        ("assets/site.1a2b3c4d.css", Turn.DOWNLOAD, True),
        ("assets/charts.0123456789abcdef.js", Turn.DOWNLOAD, True),
        ("pagefind/fragment/zh_1a2b3c4.pf_fragment", Turn.DOWNLOAD, True),
        ("pagefind/pagefind.en_1a2b3c4d5e.pf_meta", Turn.DOWNLOAD, True),
        ("pagefind/wasm.en.pagefind", Turn.DOWNLOAD, False),
        ("pagefind/pagefind.js", Turn.DOWNLOAD, False),
        ("en/2025-12-02/brief.pdf", Turn.DOWNLOAD, False),
        ("en/2025-12-02/index.html", Turn.BRIEF, False),
        ("en/2025-12-02/1/index.html", Turn.BRIEF, False),
        ("en/archive/index.html", Turn.PAGE, False),
        ("404.html", Turn.PAGE, False),
        ("zh-Hans/index.html", Turn.LANGUAGE_HOME, False),
        ("index.html", Turn.HOME, False),
        ("en/feed.xml", Turn.FEED, False),
        ("sitemap.xml", Turn.FEED, False),
        ("pagefind/pagefind-entry.json", Turn.FEED, False),
        ("../assets/site.1a2b3c4d.css", Turn.DOWNLOAD, False),
    ],
)
def test_kinds(path: str, turn: Turn, hashed: bool) -> None:
    assert (kinds.turn(path), kinds.is_hashed(path)) == (turn, hashed)


def test_what_is_dropped() -> None:
    def days(*numbers: int) -> tuple[str, ...]:
        return tuple(f"2025120{number}T000000Z-000000000000" for number in numbers)

    first, *_, last = days(1, 5)
    assert Releases(days(1, 2, 3), days(3)[0]).to_drop(keep=5) == ()
    assert Releases(days(1, 2, 3, 4, 5), last).to_drop(keep=3) == days(1, 2, 3)
    # Taken back: 4 and 5.
    assert Releases(days(1, 2, 3, 4, 5), days(3)[0]).to_drop(keep=3) == days(1, 4, 5)
    assert Releases(days(1, 2), first).to_drop(keep=2) == days(2)
    assert Releases(days(1), None).to_drop(keep=2) == days(1)


HOLDER = """
import subprocess, sys
from pathlib import Path
from reportgen.publish.locking import sole_run
with sole_run(Path(sys.argv[1])) as lock:
    child = subprocess.Popen(["sleep", "60"], pass_fds=(lock,), stdout=subprocess.DEVNULL)
    print(child.pid, flush=True)
    child.wait()
"""


def test_lock_of_a_killed_run_is_held_while_what_it_started_still_works(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    command = [sys.executable, "-c", HOLDER, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        child = int(holder.stdout.readline())
        holder.kill()
    with pytest.raises(PublishError, match="another run"), sole_run(path, 0.1):
        pass
    os.kill(child, signal.SIGKILL)
    with sole_run(path, 5):
        pass


def test_what_a_run_starts_is_handed_its_lock(tmp_path: Path) -> None:
    with sole_run(tmp_path / "lock") as lock:
        shell = Program("/bin/sh", lock, {})
        told = shell.run("-c", f"readlink /proc/self/fd/{lock}", where="here")
    assert told.strip() == str(tmp_path / "lock")
