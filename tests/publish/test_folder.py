"""The target ``folder``: what it leaves on the disk, and a run that ends at any of its steps."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from reportgen.errors import InputError, PublishError
from reportgen.publish import folder as folder_module
from reportgen.site import listing as listings
from reportgen.site.listing import Listing
from tests.publish import sites
from tests.publish.places import FolderPlace


class Died(BaseException):
    """The process is gone: nothing of it runs any more."""


# Everything by which a run changes the disk.
STEPS = (
    (Path, "mkdir"),
    (Path, "rename"),
    (Path, "symlink_to"),
    (Path, "hardlink_to"),
    (Path, "unlink"),
    (shutil, "rmtree"),
    (folder_module, "_write"),
    (folder_module, "_bring_to_disk"),
)


@pytest.fixture
def place(tmp_path: Path) -> FolderPlace:
    return FolderPlace(tmp_path, "folder")


@pytest.fixture
def built(tmp_path: Path) -> dict[str, tuple[Path, Listing]]:
    found = {}
    for edition in "AB":
        site = tmp_path / f"site-{edition}"
        found[edition] = site, sites.build(site, edition, only=f"2025-12-0{ord(edition) % 7}")
    return found


def dying(patch: pytest.MonkeyPatch, step: int) -> None:
    """Lets a run take so many steps."""
    left = iter(range(step))

    def counted(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            if next(left, None) is None:
                raise Died
            return function(*arguments, **named)

        return call

    for owner, name in STEPS:
        patch.setattr(owner, name, counted(getattr(owner, name)))


def deaths(place: FolderPlace, act: Callable[[], Any]) -> Iterator[int]:
    """Dies at the first step of an act, then at the second, and so on until it comes through."""
    for step in range(1000):
        with pytest.MonkeyPatch.context() as patch:
            dying(patch, step)
            try:
                act()
            except Died:
                pass
            else:
                return
        yield step


def edition(place: FolderPlace, built: dict[str, tuple[Path, Listing]]) -> str:
    """The edition that readers have; fails when it is not the whole of one."""
    found = sites.edition_of(place.read("index.html") or b"")
    listing = built[found][1]
    contents = {path: place.read(path) or b"" for path in listing.files}
    assert listings.list_files(sites.BASE_URL, contents) == listing
    return found


def test_dies_at_every_step(place: FolderPlace, built: dict[str, tuple[Path, Listing]]) -> None:
    place.target.publish(*built["A"])
    seen = []
    for step in deaths(place, lambda: place.target.publish(*built["B"])):
        seen.append(edition(place, built))
        if seen[-1] == "B":
            # The switch is behind it: the plain run has nothing more to give.
            assert not place.target.publish(*built["B"]).changed
            assert place.litter() == []
            place.target.rollback()
            place.target.publish(*built["A"])
        assert step < 200
    assert edition(place, built) == "B"
    assert place.litter() == []
    assert len(place.releases()) <= 3
    assert set(seen) == {"A", "B"}
    assert len(seen) > 30


def test_rollback_dies_at_every_step(
    place: FolderPlace, built: dict[str, tuple[Path, Listing]]
) -> None:
    place.target.publish(*built["A"])
    place.target.publish(*built["B"])
    for _ in deaths(place, place.target.rollback):
        if edition(place, built) == "A":
            break
    else:
        assert edition(place, built) == "A"
    place.target.publish(*built["B"])
    assert edition(place, built) == "B"
    assert place.litter() == []


def test_releases_share_files_with_each_other_but_not_with_the_site(
    place: FolderPlace, built: dict[str, tuple[Path, Listing]]
) -> None:
    place.target.publish(*built["A"])
    first = place.current.resolve()
    place.target.publish(*built["B"])
    same = next(path for path in built["B"][1].files if path.startswith("assets/mark."))
    assert (place.current / same).stat().st_ino == (first / same).stat().st_ino
    assert (built["B"][0] / same).stat().st_ino != (first / same).stat().st_ino
    # A release is what it is, whatever becomes of the folder it was made from.
    (built["B"][0] / same).write_bytes(b"of the next build")
    assert edition(place, built) == "B"


def test_names_sort_by_time_also_when_the_clock_stands(
    place: FolderPlace,
    built: dict[str, tuple[Path, Listing]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764709200")
    ids = [place.target.publish(*built[edition]).release for edition in "ABA"]
    assert ids == sorted(set(ids))
    assert [id.partition("-")[0] for id in ids] == [
        "20251202T210000Z",
        "20251202T210001Z",
        "20251202T210002Z",
    ]
    assert ids[0].partition("-")[2] == ids[2].partition("-")[2] != ids[1].partition("-")[2]
    assert place.releases() == ids
    assert str(place.current.readlink()) == f"releases/{ids[-1]}"


def test_damaged_release_is_not_rolled_back_to(
    place: FolderPlace, built: dict[str, tuple[Path, Listing]]
) -> None:
    first = place.target.publish(*built["A"]).release
    place.target.publish(*built["B"])
    (place.root / "www" / "releases" / first / sites.BRIEF).unlink()
    with pytest.raises(PublishError, match="damaged"):
        place.target.rollback()
    assert edition(place, built) == "B"


def test_path_in_a_folder_that_is_not_there(
    tmp_path: Path, built: dict[str, tuple[Path, Listing]]
) -> None:
    place = FolderPlace(tmp_path, "folder")
    place.set(target="folder", path="../srv/wwww/briefs")
    with pytest.raises(InputError, match=r"correct path in reportgen.toml"):
        place.target.publish(*built["A"])


def test_something_else_lies_at_current(
    place: FolderPlace, built: dict[str, tuple[Path, Listing]]
) -> None:
    place.current.mkdir(parents=True)
    with pytest.raises(InputError, match="move it away"):
        place.target.publish(*built["A"])
    assert place.current.is_dir()
