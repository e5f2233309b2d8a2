"""One place of each kind of target, in turn, and the store behind the one of kind ``s3``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.publish import places
from tests.publish.places import Place
from tests.publish.stores import CREDENTIALS, store


@pytest.fixture(scope="session")
def store_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        for name, text in CREDENTIALS.items():
            patch.setenv(name, text)
        with store(tmp_path_factory.mktemp("store") / "seaweedfs") as address:
            yield address


def made(kind: str, root: Path, request: pytest.FixtureRequest) -> Place:
    if why := places.obstacle(kind):
        pytest.skip(why)
    address = request.getfixturevalue("store_address") if kind == "s3" else ""
    return places.make(kind, root, address)


@pytest.fixture(params=places.KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    return made(request.param, tmp_path, request)


@pytest.fixture(params=[kind for kind in places.KINDS if kind != "git"])
def damageable(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Git names every content by its hash: nothing can be written over there."""
    return made(request.param, tmp_path, request)
