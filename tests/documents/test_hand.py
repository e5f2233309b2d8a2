"""What editors write reaches both languages' documents, stays on the next run, and is recorded."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import html5lib
import pytest

from tests.documents.reading import visible_text
from tests.documents.test_build import AS_OF, build, pdf_text

FILES = {
    "en/srf.md": (
        "We read the {fact:srf.told} as **more than a calendar effect**: dealers paid\n"
        "{fact:srf.sofr_gap|short} over the facility's rate.\n\n"
        "- [A dealer](https://www.example.com/note) expects 30 billion at year-end.\n"
    ),
    "zh-Hans/srf.md": (
        "我们认为，{fact:srf.told}**不只是日历效应**：市场利率比SRF\n利率高{fact:srf.sofr_gap}。\n\n"
        "- [某交易商](https://www.example.com/note)预计年末为300亿美元。\n"
    ),
    "zh-Hans/lead.md": "TGA余额的走势值得留意：{fact:lead.tga_daily}。\n",
    "en/overrides.toml": (
        '[[override]]\nmessage = "srf.usage.high"\nreason = "clearer"\n'
        'text = "The facility lent {told} on {day}, the {rank} amount since {since} with '
        'temporary operations; {record_day} saw {record}."\n'
        "[override.written_on]\nsrf.told = 26000000000\nsrf.rank = 2\n"
        '"srf.record" = "50350000000"\n'
    ),
    "zh-Hans/overrides.toml": (
        '[[override]]\nmessage = "srf.heading.beyond_calendar"\nreason = "本组说法"\n'
        'text = "回购后盾渐成常态"\n'
    ),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    for name, text in FILES.items():
        path = folder / "notes" / AS_OF / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "notes" / "2025-12-09" / "fr").mkdir(parents=True)
    (folder / "notes" / "README.md").write_text("Not read: 7 {x}", encoding="utf-8")
    build(folder, AS_OF)
    return folder


@pytest.mark.parametrize(
    ("tag", "sentences"),
    [
        (
            "en",
            (
                "Desk note\nWe read the $26 billion as more than a calendar effect: dealers paid "
                "12 bp over the facility’s rate.\nA dealer expects 30 billion at year-end.",
                "The facility lent $26 billion on December 1, the second-highest amount since "
                "June 2020 with temporary operations; October 31 saw $50.35 billion.",
            ),
        ),
        (
            "zh-Hans",
            (
                "本组点评\n我们认为，260亿美元不只是日历效应：市场利率比 SRF 利率高 12个基点。\n"
                "某交易商预计年末为 300亿美元。",
                "本组点评\nTGA 余额的走势值得留意：9,480亿美元。",
                "\n回购后盾渐成常态\n",
            ),
        ),
    ],
)
def test_what_a_reader_sees(project: Path, tag: str, sentences: tuple[str, ...]) -> None:
    folder = project / "output" / AS_OF / tag
    html = (folder / "brief.html").read_text(encoding="utf-8")
    page, document = visible_text(html), pdf_text(folder / "brief.pdf").replace("•", "")
    for sentence in sentences:
        assert sentence in page
        # The drawn text of a list may come before or after its mark.
        for line in sentence.split("\n"):
            assert "".join(line.split()) in document
    assert '<a href="https://www.example.com/note">' in html
    html5lib.HTMLParser(strict=True).parse(html)


def test_a_figure_of_a_note_has_its_row_in_the_annex(project: Path) -> None:
    html = (project / "output" / AS_OF / "zh-Hans" / "brief.html").read_text(encoding="utf-8")
    note = html.split('<div id="note-lead"')[1].split("</div>")[0]
    assert 'data-fact="lead.tga_daily"' in note
    anchor = note.split('<a href="#')[1].split('"')[0]
    assert f'<tr id="{anchor}">' in html


def test_the_records(project: Path) -> None:
    folder = project / "output" / AS_OF
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["notes"] == {
        f"notes/{AS_OF}/{name}": hashlib.sha256(text.encode()).hexdigest()
        for name, text in FILES.items()
    }
    facts = json.loads((folder / "facts.json").read_text(encoding="utf-8"))
    printed = {fact["id"]: fact["printed"] for fact in facts["facts"]}
    assert printed["srf.sofr_gap"]["en"] == ["12\xa0basis\xa0points", "12\xa0bp"]
    assert facts["messages"]["srf.heading.beyond_calendar"] == {
        "en": ["More than month-end: the repo backstop becomes a habit"],
        "zh-Hans": ["回购后盾渐成常态"],
    }
    (usage,) = facts["messages"]["srf.usage.high"]["zh-Hans"]
    assert usage.startswith("SRF"), "an editor finds the name of a sentence by its text"


def test_hand_edits_survive_the_next_run_with_equal_bytes(project: Path) -> None:
    before = {
        p: p.read_bytes() for p in project.rglob("*") if p.is_file() and p.suffix != ".sqlite"
    }
    build(project, AS_OF, "--jobs", "1", PYTHONHASHSEED="7")
    assert all(path.read_bytes() == content for path, content in before.items())


def test_another_date_and_another_language_do_without(project: Path) -> None:
    output = project / "elsewhere"
    build(project, "2025-12-03", "--format", "html", "--lang", "en", "--output", str(output))
    manifest = json.loads((output / "2025-12-03" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["notes"] == {}
    build(project, AS_OF, "--format", "html", "--lang", "en", "--output", str(output))
    manifest = json.loads((output / AS_OF / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["notes"]) == {
        f"notes/{AS_OF}/en/srf.md", f"notes/{AS_OF}/en/overrides.toml"
    }  # fmt: skip


def test_without_notes_their_libraries_are_not_loaded() -> None:
    code = (
        "import sys, reportgen.render.edition, reportgen.pipeline, reportgen.language.markdown; "
        "assert not {'markdown_it', 'nh3'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
