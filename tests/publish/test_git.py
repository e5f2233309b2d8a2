"""The target ``git``: what it commits, and what it says when git refuses."""

from __future__ import annotations

import subprocess
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from reportgen.errors import CheckError, PublishError
from reportgen.publish import intact
from reportgen.publish.commands import Program
from reportgen.site.listing import Listing
from tests.publish import sites
from tests.publish.places import GitPlace
from tests.publish.serving import serving

WHO = ["-c", "user.name=x", "-c", "user.email=x@example.com"]


@pytest.fixture
def place(tmp_path: Path) -> GitPlace:
    return GitPlace(tmp_path)


@pytest.fixture
def built(tmp_path: Path) -> dict[str, tuple[Path, Listing]]:
    folders = {edition: tmp_path / f"site-{edition}" for edition in "ABC"}
    return {edition: (folder, sites.build(folder, edition)) for edition, folder in folders.items()}


def commits(place: GitPlace) -> list[str]:
    return place.git("log", "--format=%s|%an|%ae|%cn|%ce|%cI", "gh-pages").decode().splitlines()


def test_commits(
    place: GitPlace, built: dict[str, tuple[Path, Listing]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764709200")
    who = {"committer_name": "Briefs of the desk", "committer_email": "briefs@example.com"}
    place.set(target="git", repository=place.address, **who)
    ids = [place.target.publish(*built[edition]).release for edition in "AB"]
    back = place.target.rollback().release
    assert back == ids[0]
    by = "|Briefs of the desk|briefs@example.com" * 2 + "|2025-12-02T21:00:00+00:00"
    assert commits(place) == [
        f"{subject}{by}"
        for subject in (f"Roll back to {back}", f"Publish {ids[1]}", f"Publish {ids[0]}")
    ]
    assert place.read(".nojekyll") == b""
    assert place.git("ls-tree", "-r", "gh-pages").count(b"100755") == 0


def test_equal_runs_make_equal_commits(
    tmp_path: Path, built: dict[str, tuple[Path, Listing]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764709200")
    heads = []
    for name in ("one", "two"):
        place = GitPlace(tmp_path / name)
        for edition in "AB":
            place.target.publish(*built[edition])
        heads.append(place.head())
    assert heads[0] == heads[1]


def test_domain(place: GitPlace, built: dict[str, tuple[Path, Listing]]) -> None:
    place.target.publish(*built["A"])
    assert place.read("CNAME") is None
    place.set(target="git", repository=place.address, domain="briefs.example.com")
    assert place.target.publish(*built["A"]).changed
    assert (place.read("CNAME") or b"").strip() == b"briefs.example.com"
    assert not place.target.publish(*built["A"]).changed
    place.set(target="git", repository=place.address)
    place.target.publish(*built["A"])
    assert place.read("CNAME") is None


def test_branch_of_something_else_is_left_alone(
    place: GitPlace, built: dict[str, tuple[Path, Listing]]
) -> None:
    work = place.root / "work"
    for arguments in (
        ["clone", "--quiet", place.repository, work],
        ["-C", work, "checkout", "--quiet", "-b", "main"],
        ["-C", work, *WHO, "commit", "--quiet", "--allow-empty", "-m", "code"],
        ["-C", work, "push", "--quiet", "origin", "main"],
    ):
        subprocess.run(["git", *map(str, arguments)], check=True, capture_output=True)
    place.set(target="git", repository=place.address, branch="main")
    with pytest.raises(
        PublishError, match=r"a branch in reportgen.toml that is for the site alone"
    ):
        place.target.publish(*built["A"])
    assert place.git("log", "--format=%s", "main") == b"code\n"


def test_someone_else_has_published_from_another_machine(
    place: GitPlace, built: dict[str, tuple[Path, Listing]]
) -> None:
    place.target.publish(*built["A"])
    other = GitPlace(place.root / "other", address=str(place.repository))
    other.target.publish(*built["B"])
    place.target.publish(*built["C"])
    assert [line.partition(" ")[0] for line in commits(place)] == ["Publish"] * 3
    assert other.target.rollback().rolled_back
    assert sites.edition_of(place.read("index.html") or b"") == "B"


def test_branch_moved_while_it_was_at_work(
    place: GitPlace, built: dict[str, tuple[Path, Listing]], monkeypatch: pytest.MonkeyPatch
) -> None:
    place.target.publish(*built["A"])
    head = place.head()
    run = Program.run

    def slow(program: Program, *arguments: str, **named: Any) -> str:
        if arguments[0] == "push":
            move = ["commit-tree", f"{head}^{{tree}}", "-p", head, "-m", "of someone else"]
            moved = place.git(*WHO, *move).decode().strip()
            place.git("update-ref", "refs/heads/gh-pages", moved)
        return run(program, *arguments, **named)

    monkeypatch.setattr(Program, "run", slow)
    with pytest.raises(PublishError, match=r"rejected.*\n.*publish again"):
        place.target.publish(*built["B"])
    assert sites.edition_of(place.read("index.html") or b"") == "A"
    monkeypatch.undo()
    place.target.publish(*built["B"])
    assert sites.edition_of(place.read("index.html") or b"") == "B"


def test_clone_that_a_killed_run_left(
    place: GitPlace, built: dict[str, tuple[Path, Listing]]
) -> None:
    place.target.publish(*built["A"])
    clone = place.project / "data" / "publish" / "web.git"
    (clone / "reportgen-unfinished").touch()
    (clone / "refs" / "heads" / "gh-pages.lock").touch()
    place.target.publish(*built["B"])
    assert sites.edition_of(place.read("index.html") or b"") == "B"
    assert list(clone.rglob("*.lock")) == []


def test_file_changed_while_it_was_at_work(
    place: GitPlace, built: dict[str, tuple[Path, Listing]], monkeypatch: pytest.MonkeyPatch
) -> None:
    site, listing = built["A"]
    monkeypatch.setattr(intact, "require", lambda *_: (site / sites.BRIEF).write_bytes(b"late"))
    with pytest.raises(CheckError, match="has changed"):
        place.target.publish(site, listing)
    assert place.read("index.html") is None


def test_no_such_repository(place: GitPlace, built: dict[str, tuple[Path, Listing]]) -> None:
    place.set(target="git", repository="../nowhere.git")
    with pytest.raises(PublishError, match=r"git failed: fatal: .*\n.*correct repository"):
        place.target.publish(*built["A"])


class Refusing(BaseHTTPRequestHandler):
    """Asks for a password."""

    def do_GET(self) -> None:
        self.send_response(401)
        self.send_header("WWW-Authenticate", 'Basic realm="briefs"')
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments: Any) -> None:
        pass


def test_no_password_is_asked_for(
    place: GitPlace, built: dict[str, tuple[Path, Listing]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    with serving(Refusing) as address:
        place.set(target="git", repository=f"{address}/briefs.git")
        with pytest.raises(PublishError, match="access that needs no password"):
            place.target.publish(*built["A"])
