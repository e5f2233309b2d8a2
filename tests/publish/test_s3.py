"""The target ``s3``: headers, requests, the order of copies, and a run that ends at any request."""

from __future__ import annotations

import fnmatch
import random
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import md5
from pathlib import Path
from typing import Any

import pytest
import s3fs

from reportgen.errors import InputError, PublishError
from reportgen.publish import s3
from reportgen.publish.s3 import ObjectStore
from reportgen.settings import S3Target
from reportgen.site import listing as listings
from reportgen.site.listing import Listing, digest
from tests.publish import sites, stores
from tests.publish.places import BucketPlace

SETTINGS = S3Target(target="s3", bucket="briefs", keep=3)
YEAR = "public, max-age=31536000, immutable"
MINUTE = "public, max-age=60, must-revalidate"


class Died(BaseException):
    """The process is gone."""


@dataclass
class MemoryBucket:
    """What ``bucket.Bucket`` does, in memory; ``seen`` is called after each change."""

    settings: S3Target = SETTINGS
    held: dict[str, bytes] = field(default_factory=dict)
    seen: Callable[[], None] = lambda: None
    shuffle: random.Random = field(default_factory=lambda: random.Random(1))
    writes: list[str] = field(default_factory=list)

    def tags(self, below: str = "") -> Mapping[str, str]:
        return {k: md5(text).hexdigest() for k, text in self.held.items() if k.startswith(below)}

    def get(self, key: str) -> bytes:
        return self.held[key]

    def put(self, key: str, content: bytes) -> None:
        self.held[key] = content
        self._told(f"put {key}")

    def copy(self, source: str, key: str, content_type: str, cache_control: str) -> None:
        self.held[key] = self.held[source]
        self._told(f"copy {key}")

    def delete(self, key: str) -> None:
        del self.held[key]
        self._told(f"delete {key}")

    def each(self, request: Callable[[Any], None], items: Iterable[Any]) -> None:
        """Side by side means in no order."""
        shuffled = list(items)
        self.shuffle.shuffle(shuffled)
        for item in shuffled:
            request(item)

    def site(self) -> dict[str, bytes]:
        """What readers can ask for."""
        return {k: text for k, text in self.held.items() if not k.startswith(".reportgen/")}

    def _told(self, write: str) -> None:
        self.writes.append(write)
        self.seen()


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> MemoryBucket:
    made = MemoryBucket()
    monkeypatch.setattr(s3, "open_bucket", lambda settings: made)
    return made


@pytest.fixture
def target(tmp_path: Path) -> ObjectStore:
    return ObjectStore("store", SETTINGS, tmp_path / "lock")


@pytest.fixture
def built(tmp_path: Path) -> dict[str, tuple[Path, Listing]]:
    """Two sites; each has a brief that the other does not have."""
    only = {"A": "2025-11-18", "B": "2025-12-09"}
    folders = {edition: tmp_path / edition for edition in only}
    return {
        edition: (folder, sites.build(folder, edition, only[edition]))
        for edition, folder in folders.items()
    }


def require_coherent(found: dict[str, bytes], old: str, new: str) -> None:
    """What holds for readers at every moment of a switch from one edition to the other."""
    pages = {path for path in found if path.endswith(".html")}
    editions = {path: sites.edition_of(found[path]) for path in (*pages, *sites.FEEDS)}
    assert set(editions.values()) <= {old, new}
    for path in pages:
        # Whole, and all that it loads and links to is there.
        own = sites.files(editions[path], "2025-12-09" if editions[path] == "B" else "2025-11-18")
        assert found[path] == own[path]
        assert {
            target for target in sites.linked(path, found[path]) if target not in found
        } == set()
    if editions["en/index.html"] == new:
        assert {editions[path] for path in pages - {"index.html"} if path in own_pages(new)} == {
            new
        }
    if editions["index.html"] == new:
        assert editions["en/index.html"] == new
    if new in {editions[path] for path in sites.FEEDS}:
        assert {editions[path] for path in sites.HOMES} == {new}
    if listings.parse(found[listings.FILE], "").files == dict(own_listing(new).files):
        assert {editions[path] for path in sites.FEEDS} == {new}


def own_pages(edition: str) -> set[str]:
    return {path for path in own_listing(edition).files if path.endswith(".html")}


def own_listing(edition: str) -> Listing:
    only = "2025-12-09" if edition == "B" else "2025-11-18"
    return listings.list_files(sites.BASE_URL, sites.files(edition, only))


def holds_whole(bucket: MemoryBucket, listing: Listing) -> bool:
    found = bucket.site()
    contents = {path: found[path] for path in listing.files}
    return (
        listings.list_files(listing.base_url, contents) == listing
        and found[listings.FILE] == listing.to_json()
    )


def test_dies_at_every_request(
    bucket: MemoryBucket, target: ObjectStore, built: dict[str, tuple[Path, Listing]]
) -> None:
    target.publish(*built["A"])
    lasted, step = [], 0
    while True:
        left = step

        def seen() -> None:
            nonlocal left
            require_coherent(bucket.site(), "A", "B")
            left -= 1
            if left < 0:
                raise Died

        bucket.seen = seen
        try:
            target.publish(*built["B"])
        except Died:
            lasted.append(sites.edition_of(bucket.held["en/index.html"]))
        else:
            break
        # Back to where it began, by the other site: what the killed run left is gone.
        bucket.seen = lambda: None
        target.publish(*built["A"])
        assert holds_whole(bucket, built["A"][1])
        step += 1
    assert holds_whole(bucket, built["B"][1])
    assert set(lasted) == {"A", "B"}
    records = [key for key in bucket.held if key.startswith(".reportgen/releases/")]
    assert len(records) <= SETTINGS.keep
    used = {sum for edition in "AB" for sum in built[edition][1].files.values()}
    used |= {digest(built[edition][1].to_json()) for edition in "AB"}
    objects = {key.rpartition("/")[2] for key in bucket.held if "/objects/" in key}
    assert objects <= used


def test_the_same_site_after_a_death_sends_only_what_lacks(
    bucket: MemoryBucket, target: ObjectStore, built: dict[str, tuple[Path, Listing]]
) -> None:
    target.publish(*built["A"])

    def seen() -> None:
        if bucket.writes[-1] == "copy en/archive/index.html":
            raise Died

    bucket.seen = seen
    with pytest.raises(Died):
        target.publish(*built["B"])
    bucket.seen = lambda: None
    bucket.writes.clear()
    target.publish(*built["B"])
    assert holds_whole(bucket, built["B"][1])
    assert not [write for write in bucket.writes if write.startswith("put .reportgen/objects/")]
    assert f"copy {sites.BRIEF}" not in bucket.writes
    assert "copy en/index.html" in bucket.writes


def test_rollback_of_a_switch_cut_short_brings_back_what_it_left(
    bucket: MemoryBucket, target: ObjectStore, built: dict[str, tuple[Path, Listing]]
) -> None:
    target.publish(*built["A"])
    first = target.publish(*built["B"]).release
    bucket.seen = lambda: (
        (_ for _ in ()).throw(Died) if bucket.writes[-1] == "copy index.html" else None
    )
    with pytest.raises(Died):
        target.publish(*built["A"])
    bucket.seen = lambda: None
    assert target.rollback().release == first
    assert holds_whole(bucket, built["B"][1])


def test_order_of_a_publication(
    bucket: MemoryBucket, target: ObjectStore, built: dict[str, tuple[Path, Listing]]
) -> None:
    target.publish(*built["A"])
    bucket.writes.clear()
    target.publish(*built["B"])
    new_brief = "copy en/2025-12-09/index.html"
    last = [
        "copy en/2025-12-09/brief.pdf",
        new_brief,
        f"copy {sites.BRIEF}",
        "copy en/archive/index.html",
        "copy en/index.html",
        "copy index.html",
        "copy en/feed.xml",
        "copy site.json",
        "put .reportgen/current",
        "delete en/2025-11-18/index.html",
    ]
    assert [write for write in bucket.writes if write in last] == last
    puts = [n for n, write in enumerate(bucket.writes) if "/objects/" in write]
    assets = [n for n, write in enumerate(bucket.writes) if write.startswith("copy assets/")]
    assert max(puts) < min(assets)
    assert max(assets) < bucket.writes.index(new_brief)
    # Unchanged, so not touched.
    assert "copy robots.txt" not in bucket.writes


@pytest.mark.parametrize("text", [b"", b"[]", b"\xff"])
def test_notes_that_someone_else_wrote_over(
    bucket: MemoryBucket,
    target: ObjectStore,
    built: dict[str, tuple[Path, Listing]],
    text: bytes,
) -> None:
    target.publish(*built["A"])
    for key in [key for key in bucket.held if "/releases/" in key or key.endswith("/current")]:
        kept, bucket.held[key] = bucket.held[key], text
        with pytest.raises(PublishError, match=f"(?s){key}.*delete this key, and publish again"):
            target.publish(*built["B"])
        # The remedy is one.
        del bucket.held[key]
        target.publish(*built["B"])
        assert holds_whole(bucket, built["B"][1])
        bucket.held[key] = kept
        target.publish(*built["A"])


def test_new_cache_rule_is_written_to_every_key(
    bucket: MemoryBucket, target: ObjectStore, built: dict[str, tuple[Path, Listing]]
) -> None:
    site, listing = built["A"]
    target.publish(site, listing)
    bucket.settings = SETTINGS.model_copy(update={"page_seconds": 300})
    bucket.writes.clear()
    assert target.publish(site, listing).sent == len(listing.files) + 1
    bucket.writes.clear()
    assert target.publish(site, listing).sent == 0
    assert bucket.writes == []


@pytest.mark.parametrize(
    ("path", "kind", "cache"),
    [
        ("index.html", "text/html; charset=utf-8", MINUTE),
        ("en/feed.xml", "application/atom+xml; charset=utf-8", MINUTE),
        ("sitemap.xml", "application/xml", MINUTE),
        (sites.BRIEF.replace("index.html", "brief.pdf"), "application/pdf", MINUTE),
        ("pagefind/pagefind-entry.json", "application/json", MINUTE),
        ("robots.txt", "text/plain; charset=utf-8", MINUTE),
        ("assets/site.*.css", "text/css; charset=utf-8", YEAR),
        ("assets/mark.*.svg", "image/svg+xml", YEAR),
        ("pagefind/fragment/*", "application/octet-stream", YEAR),
    ],
)
def test_headers(published: BucketPlace, path: str, kind: str, cache: str) -> None:
    (name,) = fnmatch.filter(sites.files("A"), path)
    headers = published.answer(name).headers
    assert (headers["Content-Type"], headers["Cache-Control"]) == (kind, cache)


@pytest.fixture(scope="module")
def published(store_address: str, tmp_path_factory: pytest.TempPathFactory) -> BucketPlace:
    root = tmp_path_factory.mktemp("headers")
    place = BucketPlace(root, store_address, "headers")
    place.target.publish(root / "site", sites.build(root / "site", "A"))
    return place


def test_what_lies_beside_the_site_stays(published: BucketPlace) -> None:
    files = published.files()
    assert files.cat_file("briefs/headers2/index.html") == b"of someone else"
    files.pipe_file("briefs/headers/google1234.html", b"put there by hand")
    published.target.publish(published.root / "b", sites.build(published.root / "b", "B"))
    published.target.publish(published.root / "site", sites.build(published.root / "site", "A"))
    assert published.read("google1234.html") == b"put there by hand"


def test_moto_serves_as_well(tmp_path: Path, store_address: str) -> None:
    """Not one store's ways alone; ``store_address`` has the credentials."""
    if stores.seaweedfs() is None:
        pytest.skip("all the others ran against moto")
    with stores.moto() as address:
        stores.make_bucket(address)
        place = BucketPlace(tmp_path, address, "site")
        for edition in "AB":
            listing = sites.build(tmp_path / edition, edition)
            place.target.publish(tmp_path / edition, listing)
            assert {
                path: digest(place.read(path) or b"") for path in listing.files
            } == listing.files


def test_no_such_bucket(store_address: str, tmp_path: Path) -> None:
    place = BucketPlace(tmp_path, store_address, "x")
    place.set(target="s3", bucket="nowhere", endpoint_url=store_address)
    with pytest.raises(PublishError, match=r"nowhere.*\n.*correct bucket"):
        place.target.publish(tmp_path / "site", sites.build(tmp_path / "site", "A"))


def test_wrong_credentials(
    store_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if stores.seaweedfs() is None:
        pytest.skip("moto lets everybody in")
    place = BucketPlace(tmp_path, store_address, "y")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "someone")
    s3fs.S3FileSystem.clear_instance_cache()
    with pytest.raises(PublishError, match="refuses these credentials") as caught:
        place.target.publish(tmp_path / "site", sites.build(tmp_path / "site", "A"))
    assert "AWS_ACCESS_KEY_ID" in caught.value.remedy
    s3fs.S3FileSystem.clear_instance_cache()


def test_nobody_answers(
    store_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    monkeypatch.setattr(s3fs.S3FileSystem, "retries", 1)
    place = BucketPlace(tmp_path, store_address, "z")
    place.set(target="s3", bucket="briefs", endpoint_url="http://127.0.0.1:9")
    with pytest.raises(PublishError, match="look at the network"):
        place.target.publish(tmp_path / "site", sites.build(tmp_path / "site", "A"))


def test_s3fs_is_not_installed(
    tmp_path: Path, target: ObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "s3fs", None)
    listing = sites.build(tmp_path / "site", "A")
    with pytest.raises(InputError, match=r"pip install 'reportgen\[s3\]'"):
        target.publish(tmp_path / "site", listing)
