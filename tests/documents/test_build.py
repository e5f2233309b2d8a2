"""The documents of 2 December 2025, built by the command a user runs."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from reportgen import resources
from tests.documents.reading import visible_text

AS_OF = "2025-12-02"


def build(project: Path, as_of: str, *options: str, **environ: str) -> list[Path]:
    """Runs the command in a process of its own; the paths it printed."""
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-m", "reportgen", "--project", str(project), "build",
         "--as-of", as_of, *options],
        capture_output=True, text=True, env={**os.environ, **environ}, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr == "", "WeasyPrint, matplotlib and Babel are silent"
    return [Path(line) for line in ran.stdout.splitlines()]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("desk")
    paths = build(project, AS_OF, "--edition", "parallel", PYTHONHASHSEED="1")
    folder = project / "output" / AS_OF
    assert [path.relative_to(folder).as_posix() for path in paths] == [
        "en/brief.html", "en/brief.pdf", "zh-Hans/brief.html", "zh-Hans/brief.pdf",
        "parallel/brief.html", "parallel/brief.pdf", "facts.json", "manifest.json",
    ]  # fmt: skip
    return folder


def pdf_text(path: Path) -> str:
    """The text of a PDF without white space."""
    with pypdfium2.PdfDocument(path) as document:
        pages = []
        for page in document:
            text = page.get_textpage()
            pages.append(text.get_text_bounded())
            text.close()
            page.close()
    return "".join("".join(pages).split())


@pytest.mark.parametrize(
    ("tag", "parts"),
    [
        (
            "zh-Hans",
            (
                "260亿美元",
                "2020年6月以来第二高，仅次于10月31日的503.5亿美元",
                "停止前的最后读数为6.13万亿美元",
                "2.06万亿美元的机构债与MBS",
                "8,700亿美元−4,800亿美元=3,900亿美元",
                "纽约时间2025年12月2日23:59，北京时间2025年12月3日12:59",
            ),
        ),
        (
            "en",
            (
                "lent$26billion",
                "second-highestamountsinceJune2020,behind$50.35billiononOctober31",
                "$6.13trillion",
                "$2.06trillionofagencydebtandMBS",
                "$870billion−$480billion=$390billion",
                "December2,2025,23:59inNewYork,December3,2025,12:59inBeijing",
            ),
        ),
    ],
)
def test_what_the_pdf_says(built: Path, tag: str, parts: tuple[str, ...]) -> None:
    text = pdf_text(built / tag / "brief.pdf")
    for part in parts:
        assert part in text


def test_equal_bytes_in_another_process(built: Path, tmp_path: Path) -> None:
    """Another hash seed, time zone, locale and number of jobs; the output is the same."""
    options = ("--edition", "parallel", "--jobs", "1")
    build(tmp_path, AS_OF, *options, PYTHONHASHSEED="2", TZ="Asia/Tokyo", LC_ALL="C")
    other = tmp_path / "output" / AS_OF
    names = {path.relative_to(built) for path in built.rglob("*") if path.is_file()}
    assert names == {path.relative_to(other) for path in other.rglob("*") if path.is_file()}
    assert len(names) == 6 + 2 + 2 * 12 * 2 + 2
    for name in sorted(names):
        assert (built / name).read_bytes() == (other / name).read_bytes(), name


def test_the_manifest_tells_the_truth(built: Path) -> None:
    manifest = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    files = {p.relative_to(built).as_posix(): p for p in built.rglob("*") if p.is_file()}
    assert set(manifest["outputs"]) == set(files) - {"manifest.json"}
    for name, digest in manifest["outputs"].items():
        assert hashlib.sha256(files[name].read_bytes()).hexdigest() == digest
    assert manifest["data"]["from_bundle"] is True


def test_no_date_of_the_machine(built: Path) -> None:
    """Nothing in an output says when it was made: every date derives from the as-of date."""
    today = date.today().isoformat()
    for path in built.rglob("*.html"):
        assert today not in path.read_text(encoding="utf-8")
    for path in built.rglob("*.pdf"):
        with pikepdf.open(path) as document:
            assert str(document.docinfo["/CreationDate"]).startswith("D:20251202")
            assert str(document.docinfo["/ModDate"]).startswith("D:20251202")


def test_the_same_facts_in_both_languages(built: Path) -> None:
    facts = json.loads((built / "facts.json").read_text(encoding="utf-8"))["facts"]
    printed = [fact for fact in facts if fact["printed"]]
    assert len(printed) > 60
    for fact in printed:
        assert set(fact["printed"]) == {"en", "zh-Hans"}, fact["id"]
        assert len(fact["printed"]["en"]) == len(fact["printed"]["zh-Hans"]), fact["id"]
    told = {fact["id"]: fact["printed"] for fact in printed}
    assert told["srf.told"] == {"en": ["$26\xa0billion"], "zh-Hans": ["260亿美元"]}
    assert told["srf.rank"] == {"en": ["second-highest"], "zh-Hans": ["第二高"]}


def test_one_language_replaces_the_folder(built: Path, tmp_path: Path) -> None:
    output = tmp_path / "site"
    build(tmp_path, AS_OF, "--format", "html", "--output", str(output))
    assert (output / AS_OF / "zh-Hans" / "brief.html").is_file()
    assert [p.name for p in (output / AS_OF / "parallel").iterdir()] == ["brief.html"]
    build(tmp_path, AS_OF, "--format", "html", "--output", str(output), "--lang", "en")
    assert not (output / AS_OF / "zh-Hans").exists()
    assert not (output / AS_OF / "parallel").exists()
    assert sorted(path.name for path in output.iterdir()) == [AS_OF]


def test_a_range_builds_every_seventh_day(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "reportgen", "--project", str(tmp_path), "build", "--from",
         "2025-11-20", "--to", "2025-12-04", "--format", "html", "--lang", "en"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    built = sorted(path.name for path in (tmp_path / "output").iterdir())
    assert built == ["2025-11-20", "2025-11-27", "2025-12-04"]


def test_a_draft_marks_what_is_not_translated(tmp_path: Path) -> None:
    path = tmp_path / "locales" / "zh_Hans" / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    shipped = resources.LOCALES / "zh_Hans"
    (tmp_path / "locales" / "zh_Hans" / "locale.toml").write_bytes(
        (shipped / "locale.toml").read_bytes()
    )
    text = (shipped / "LC_MESSAGES" / "messages.po").read_text(encoding="utf-8")
    headline = "缩表已经落幕，回购“后盾”为何仍不可或缺？"
    assert headline in text
    path.write_text(text.replace(headline, ""), encoding="utf-8")
    build(tmp_path, AS_OF, "--format", "html", "--lang", "zh-Hans", "--draft")
    html = (tmp_path / "output" / AS_OF / "zh-Hans" / "brief.html").read_text(encoding="utf-8")
    assert '<span class="untranslated" lang="en">QT is over.' in html
    assert "草稿，不得发布" in visible_text(html)
