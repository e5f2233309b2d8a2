"""What every kind of target does alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.errors import CheckError, PublishError
from reportgen.publish.kinds import is_hashed
from reportgen.publish.locking import sole_run
from reportgen.site import listing as listings
from reportgen.site.listing import Listing, digest
from tests.publish import sites
from tests.publish.places import FolderPlace, GitPlace, Place


def build(place: Place, edition: str, only: str = "") -> tuple[Path, Listing]:
    folder = place.root / f"site-{edition}"
    return folder, sites.build(folder, edition, only)


def is_whole(place: Place, listing: Listing) -> bool:
    """Whether readers have all of a site and nothing of another but its assets."""
    contents = {path: place.read(path) for path in listing.files}
    beside = place.paths() - set(listing.files) - {listings.FILE}
    return (
        all(digest(contents[path] or b"") == sum for path, sum in listing.files.items())
        and place.read(listings.FILE) == listing.to_json()
        and all(is_hashed(path) for path in beside)
    )


def test_first_site_and_the_same_again(place: Place) -> None:
    site, listing = build(place, "A")
    (site / "en" / "notes.txt").write_text("not in the listing, so not for readers")
    first = place.target.publish(site, listing)
    assert is_whole(place, listing)
    assert place.paths() == {*listing.files, listings.FILE}
    assert first.changed
    assert first.release in first.line()
    again = place.target.publish(site, listing)
    assert (again.changed, again.release) == (False, first.release)
    assert is_whole(place, listing)
    assert "nothing new" in again.line()


def test_next_site_replaces_the_former_but_for_its_assets(place: Place) -> None:
    old_site, old = build(place, "A", only="2025-11-18")
    new_site, new = build(place, "B", only="2025-12-09")
    place.target.publish(old_site, old)
    report = place.target.publish(new_site, new)
    assert is_whole(place, new)
    assert place.read("en/2025-11-18/index.html") is None
    # A page of the old site that was loaded just before still finds what it loads.
    assets = {path for path in old.files if is_hashed(path)} - set(new.files)
    assert len(assets) == report.carried == 2
    assert all(digest(place.read(path) or b"") == old.files[path] for path in assets)
    same = {path for path in new.files if new.files[path] == old.files.get(path)}
    assert report.sent <= len(new.files) + 1 - len(same)


def test_rollback(place: Place) -> None:
    """Three releases stay. What was taken back is never gone back to."""
    built = {edition: build(place, edition) for edition in "ABCD"}
    releases = {edition: place.target.publish(*built[edition]).release for edition in "DABC"}
    assert place.litter() == []
    if isinstance(place, FolderPlace):
        assert place.releases() == [releases[edition] for edition in "ABC"]

    report = place.target.rollback()
    assert (report.release, report.rolled_back) == (releases["B"], True)
    assert is_whole(place, built["B"][1])
    # Readers who have a page of C open find its assets.
    assert all(place.read(path) for path in built["C"][1].files if is_hashed(path))

    assert place.target.rollback().release == releases["A"]
    assert is_whole(place, built["A"][1])
    if not isinstance(place, GitPlace):  # whose history goes on
        with pytest.raises(PublishError, match="no release before"):
            place.target.rollback()
        assert is_whole(place, built["A"][1])

    for edition in "CB":
        assert place.target.publish(*built[edition]).changed
        assert is_whole(place, built[edition][1])
        assert place.target.rollback().release == releases["A"]
        assert is_whole(place, built["A"][1])
    assert place.litter() == []


def test_nothing_to_roll_back(place: Place) -> None:
    with pytest.raises(PublishError, match="no release before"):
        place.target.rollback()


@pytest.mark.parametrize("path", [sites.BRIEF, listings.FILE])
def test_changed_after_it_was_built(place: Place, path: str) -> None:
    site, listing = build(place, "A")
    (site / path).write_bytes(b"edited by hand")
    with pytest.raises(CheckError, match="run reportgen site again"):
        place.target.publish(site, listing)
    assert place.read("index.html") is None


def test_missing_after_it_was_built(place: Place) -> None:
    site, listing = build(place, "A")
    (site / sites.BRIEF).unlink()
    with pytest.raises(CheckError, match=f"{sites.BRIEF} is missing"):
        place.target.publish(site, listing)
    assert place.read("index.html") is None


def test_damage_is_mended(damageable: Place) -> None:
    site, listing = build(damageable, "A")
    damageable.target.publish(site, listing)
    damageable.damage(sites.BRIEF)
    assert damageable.read(sites.BRIEF) == b"damaged"
    assert damageable.target.publish(site, listing).changed
    assert is_whole(damageable, listing)


def test_one_run_at_a_time(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportgen.publish.locking.PATIENCE_SECONDS", 0.1)
    is_folder = isinstance(place, FolderPlace) and place.kind == "folder"
    lock = place.root / "www/.lock" if is_folder else place.project / "data/publish/web.lock"
    lock.parent.mkdir(exist_ok=True, parents=True)
    with sole_run(lock), pytest.raises(PublishError, match="another run is publishing"):
        place.target.publish(*build(place, "A"))
    assert place.read("index.html") is None
