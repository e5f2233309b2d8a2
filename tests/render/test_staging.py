"""Outputs are swapped in whole; whatever goes wrong, the last good ones stay as they were."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportgen.errors import CheckError, RenderError
from reportgen.model import Artifact
from reportgen.render import staging

FILES = {"en/brief.html": b"<html>", "en/charts/a.svg": b"<svg>", "facts.json": b"{}\n"}
OLD = {"en/brief.html": b"old", "en/old.txt": b"only old"}


def artifacts(files: dict[str, bytes]) -> list[Artifact]:
    return [Artifact(Path(name), content) for name, content in files.items()]


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder; folders end with a slash."""
    return {
        f"{path.relative_to(folder)}/" if path.is_dir() else str(path.relative_to(folder)): (
            b"" if path.is_dir() else path.read_bytes()
        )
        for path in folder.rglob("*")
        if path.is_file() or not any(path.iterdir())
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An output of an earlier build."""
    staging.write(tmp_path / "output" / "2025-12-02", artifacts(OLD))
    return tmp_path / "output" / "2025-12-02"


def expect_old(folder: Path) -> None:
    """The last good output, and nothing beside it."""
    assert tree(folder.parent) == {f"{folder.name}/{name}": text for name, text in OLD.items()}


def test_a_first_write(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "output" / "2025-12-02"
    paths = staging.write(folder, artifacts(FILES))
    assert paths == [folder / name for name in FILES]
    assert tree(tmp_path / "new") == {f"output/2025-12-02/{k}": v for k, v in FILES.items()}


def test_a_second_write_replaces_the_whole_folder(folder: Path) -> None:
    for _ in range(2):
        assert staging.write(folder, artifacts(FILES)) == [folder / name for name in FILES]
        assert tree(folder.parent) == {f"{folder.name}/{k}": v for k, v in FILES.items()}


def test_neighbours_are_left_alone(folder: Path) -> None:
    (folder.parent / "2025-11-25").mkdir()
    (folder.parent / "2025-11-25" / "facts.json").write_bytes(b"{}")
    staging.write(folder, artifacts(FILES))
    assert (folder.parent / "2025-11-25" / "facts.json").read_bytes() == b"{}"


def test_nothing_is_swapped_before_all_is_made(folder: Path) -> None:
    def watched() -> Iterator[Artifact]:
        for artifact in artifacts(FILES):
            assert (folder / "en" / "old.txt").read_bytes() == b"only old"
            assert not (folder / "facts.json").exists()
            yield artifact

    staging.write(folder, watched())
    assert (folder / "facts.json").exists()


def test_an_artifact_that_cannot_be_made(folder: Path) -> None:
    def failing() -> Iterator[Artifact]:
        yield from artifacts(FILES)
        raise CheckError("a figure without a fact")

    with pytest.raises(CheckError, match="a figure without a fact"):
        staging.write(folder, failing())
    expect_old(folder)


@pytest.mark.parametrize(
    "files",
    [
        {"en": b"a file", "en/brief.html": b"below it"},
        {"en/brief.html": b"below it", "en": b"a file"},
        {"x" * 300: b"a name too long"},
        {},
    ],
    ids=["file first", "folder first", "long name", "nothing"],
)
def test_files_that_cannot_be(folder: Path, files: dict[str, bytes]) -> None:
    with pytest.raises(RenderError) as caught:
        staging.write(folder, artifacts(files))
    assert caught.value.what.startswith("the output cannot be written")
    assert "another --output folder" in caught.value.remedy
    expect_old(folder)


def test_a_full_disk(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        if path.suffix == ".svg":
            written(path, content[:2])
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return written(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(RenderError, match="No space left on device"):
        staging.write(folder, artifacts(FILES))
    expect_old(folder)


@pytest.mark.parametrize("failing", [0, 1], ids=["away", "in"])
def test_a_rename_that_fails(folder: Path, monkeypatch: pytest.MonkeyPatch, failing: int) -> None:
    """The first moves the old folder away, the second the new one in."""
    renamed, count = Path.rename, iter(range(9))

    def refused(path: Path, target: Path) -> Path:
        if next(count) == failing:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return renamed(path, target)

    monkeypatch.setattr(Path, "rename", refused)
    with pytest.raises(RenderError, match="Permission denied"):
        staging.write(folder, artifacts(FILES))
    assert next(count) > failing
    expect_old(folder)


def test_a_file_where_the_folders_belong(tmp_path: Path) -> None:
    (tmp_path / "output").write_bytes(b"mine")
    with pytest.raises(RenderError, match="the output cannot be written"):
        staging.write(tmp_path / "output" / "2025-12-02", artifacts(FILES))
    assert tree(tmp_path) == {"output": b"mine"}


def test_a_file_where_the_folder_of_the_date_belongs(tmp_path: Path) -> None:
    (tmp_path / "2025-12-02").write_bytes(b"mine")
    with pytest.raises(RenderError, match="a file lies where the folder of the outputs belongs"):
        staging.write(tmp_path / "2025-12-02", artifacts(FILES))
    assert tree(tmp_path) == {"2025-12-02": b"mine"}


def interrupted(folder: Path) -> None:
    """The machine stopped after the old folder was moved away."""
    folder.rename(folder.with_name(f".old-{folder.name}"))


def test_an_interrupted_swap_is_put_right(folder: Path) -> None:
    interrupted(folder)
    staging.write(folder, artifacts(FILES))
    assert tree(folder.parent) == {f"{folder.name}/{k}": v for k, v in FILES.items()}


def test_an_interrupted_swap_is_put_right_even_if_the_build_fails(folder: Path) -> None:
    interrupted(folder)
    with pytest.raises(RenderError):
        staging.write(folder, artifacts({"x" * 300: b""}))
    expect_old(folder)


def test_interrupted_after_the_swap(folder: Path) -> None:
    """The new folder is in place and the old one not yet removed: the new one counts."""
    retired = folder.with_name(f".old-{folder.name}")
    (retired / "en").mkdir(parents=True)
    (retired / "en" / "older.txt").write_bytes(b"older")
    with pytest.raises(RenderError):
        staging.write(folder, artifacts({"x" * 300: b""}))
    assert tree(folder) == OLD
    staging.write(folder, artifacts(FILES))
    assert tree(folder.parent) == {f"{folder.name}/{k}": v for k, v in FILES.items()}
