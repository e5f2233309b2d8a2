"""``reportgen publish`` as an operator runs it."""

from __future__ import annotations

import json
from functools import partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from reportgen.cli import main
from reportgen.site import listing
from tests.publish import sites
from tests.publish.places import FolderPlace
from tests.publish.serving import serving


@pytest.fixture
def place(tmp_path: Path) -> FolderPlace:
    place = FolderPlace(tmp_path, "folder")
    sites.build(place.project / "output" / "site", "A")
    return place


def run(place: FolderPlace, *arguments: str) -> int:
    try:
        main(["--project", str(place.project), "publish", *arguments])
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def sent(place: FolderPlace) -> None:
    """What the site's folder holds is brought to the target, whatever briefs it is of."""
    site = place.project / "output" / "site"
    place.target.publish(site, listing.read(site))


def test_roll_back(place: FolderPlace, capsys: pytest.CaptureFixture[str]) -> None:
    sent(place)
    sites.build(place.project / "output" / "site", "B")
    sent(place)
    assert sites.edition_of(place.read("index.html") or b"") == "B"
    assert run(place, "--rollback") == 0
    assert "web: back to 20" in capsys.readouterr().out
    assert sites.edition_of(place.read("index.html") or b"") == "A"
    assert run(place, "--rollback", "--json") == 5
    assert "error: " in capsys.readouterr().err


def test_no_site_is_built(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(FolderPlace(tmp_path, "folder"), "--verify", "https://x.example") == 2
    assert "run reportgen site" in capsys.readouterr().err


def test_no_such_target(place: FolderPlace, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(place, "elsewhere") == 2
    assert "name one of: web" in capsys.readouterr().err


def test_verify(place: FolderPlace, capsys: pytest.CaptureFixture[str]) -> None:
    sent(place)

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *arguments: Any) -> None:
            pass

    handler: Any = partial(Quiet, directory=str(place.current))
    with serving(handler) as address:
        assert run(place, "--verify", address) == 0
        assert capsys.readouterr().err.endswith("all as built\n")
        (place.current / "robots.txt").unlink()
        assert run(place, "--verify", address) == 1
        assert capsys.readouterr().out == f"{address}/robots.txt: robots.txt is missing\n"
        assert run(place, "--verify", address, "--json") == 1
        (finding,) = json.loads(capsys.readouterr().out)
        assert (finding["path"], finding["fault"]) == ("robots.txt", "missing")


@pytest.mark.parametrize(
    "arguments",
    [
        ("web", "--verify", "https://x.example"),
        ("--rollback", "--verify", "https://x.example"),
        ("--verify", "https://x.example", "--correct", "A reason."),
        ("--rollback", "--correct", "A reason."),
        ("--verify", "x.example"),
    ],
)
def test_verify_alone(place: FolderPlace, arguments: tuple[str, ...]) -> None:
    assert run(place, *arguments) == 2
    assert place.read("index.html") is None
