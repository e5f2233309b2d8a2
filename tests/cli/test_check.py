"""``reportgen check`` as a desk runs it on Monday: exit codes, lines, files."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reportgen.cli import group
from reportgen.errors import InputError
from reportgen.model import Artifact
from reportgen.render import parallel, records
from tests.conftest import LANGUAGES, brief_as_of
from tests.render.made import AS_OF, edition
from tests.site import small_site


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A project whose newest brief is that of 2 December 2025, of its charts the data alone."""
    brief = brief_as_of(date.fromisoformat(AS_OF))
    pages = [edition(AS_OF, tag).page for tag in LANGUAGES]
    files = [Artifact(Path(p.locale.tag) / "brief.html", p.html.encode()) for p in pages]
    files += [
        a for tag in LANGUAGES for a in edition(AS_OF, tag).artifacts if a.path.suffix == ".csv"
    ]
    both = parallel.assemble(pages, tmp_path, brief.as_of)
    files.append(Artifact(Path("parallel") / "brief.html", both.encode()))
    files.append(Artifact(Path("facts.json"), records.facts_json(brief, pages)))
    manifest = records.manifest_json(brief, tmp_path, files)
    folder = tmp_path / "output" / AS_OF
    for file in (*files, Artifact(Path("manifest.json"), manifest)):
        (folder / file.path).parent.mkdir(parents=True, exist_ok=True)
        (folder / file.path).write_bytes(file.content)
    (tmp_path / "output" / "2025-11-25").mkdir()
    return tmp_path


def run(project: Path, *arguments: str) -> Result:
    return CliRunner().invoke(group, ["--project", str(project), "check", *arguments])


def test_the_newest_brief_passes(built: Path) -> None:
    result = run(built)
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    assert "output/2025-12-02: 28 files, en, zh-Hans: nothing found" in result.stderr


def test_a_brief_is_named_by_its_folder(built: Path) -> None:
    assert run(built, str(built / "output" / AS_OF)).exit_code == 0
    assert run(built, str(built / "output")).exit_code == 0


def test_a_page_changed_by_hand(built: Path) -> None:
    """A straight quotation mark, a number of nobody's, a figure that one language does not have."""
    page = built / "output" / AS_OF / "en" / "brief.html"
    html = page.read_text(encoding="utf-8")
    damaged = html.replace("</article>", "<p>The Fed's 77 bills.</p></article>")
    start = damaged.index('data-fact="qt.assets_peak"')
    end = damaged.index("</data>", start)
    damaged = damaged[:start] + 'data-fact="qt.soma">' + damaged[damaged.index(">", start) + 1 :]
    assert end
    page.write_text(damaged, encoding="utf-8")
    result = run(built)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    found = {line.split(": ")[1] for line in lines}
    assert {"files.changed", "pages.trace", "pages.values", "pages.parity"} <= found
    assert any(
        line.startswith("error: style.quotes: en/brief.html, ") and "The Fed's 77 bills." in line
        for line in lines
    )
    assert all(" → " in line for line in lines)


def test_a_table_below_a_chart_changed_by_hand(built: Path) -> None:
    page = built / "output" / AS_OF / "zh-Hans" / "brief.html"
    html = page.read_text(encoding="utf-8")
    assert html.count("<td>−5,651</td>") == 1
    page.write_text(html.replace("<td>−5,651</td>", "<td>−5,615</td>"), encoding="utf-8")
    lines = run(built).stdout.splitlines()
    (found,) = (line for line in lines if "pages.tables" in line)
    assert found.startswith("error: pages.tables: zh-Hans/brief.html: ")
    assert "'−5,615' is printed for -5650.99" in found


def test_a_paragraph_that_one_language_lost(built: Path) -> None:
    """On its own page and beside the other: the block is named, and both pages differ."""
    page = built / "output" / AS_OF / "zh-Hans" / "brief.html"
    html = page.read_text(encoding="utf-8")
    start = html.index("\n<p>", html.index('<section id="qt"'))
    page.write_text(html[:start] + html[html.index("</p>", start) + 4 :], encoding="utf-8")
    lines = run(built).stdout.splitlines()
    (blocks,) = (line for line in lines if line.startswith("error: pages.blocks: "))
    assert "zh-Hans/brief.html: block 2 of section qt " in blocks
    (beside,) = (line for line in lines if line.startswith("error: pages.beside: "))
    assert "parallel/brief.html: prints " in beside


def test_a_mail_without_the_page_it_was_made_from(built: Path) -> None:
    """Its text is read from the page, which is there for English and not for Chinese."""
    folder = built / "output" / AS_OF
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for tag in LANGUAGES:
        (folder / tag / "brief.eml").write_bytes(b"Subject: QT is over\r\n")
        manifest["outputs"][f"{tag}/brief.eml"] = hashlib.sha256(
            b"Subject: QT is over\r\n"
        ).hexdigest()
    del manifest["outputs"]["zh-Hans/brief.html"]
    (folder / "zh-Hans" / "brief.html").unlink()
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    lines = run(built).stdout.splitlines()
    (told,) = [line for line in lines if "files." in line]
    assert told.startswith("warning: files.page: zh-Hans/brief.html")


def test_findings_as_json(built: Path) -> None:
    (built / "output" / AS_OF / "notes.txt").write_text("mine", encoding="utf-8")
    result = run(built, "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout) == [
        {
            "rule": "files.stray",
            "level": "warning",
            "file": "notes.txt",
            "section": "",
            "messages": [],
            "what": "is not in the manifest",
            "remedy": "move it elsewhere",
        }
    ]


def test_a_page_that_is_empty(built: Path) -> None:
    (built / "output" / AS_OF / "zh-Hans" / "brief.html").write_bytes(b"")
    lines = run(built).stdout.splitlines()
    assert any("pages.blocks: zh-Hans/brief.html: holds no HTML" in line for line in lines)


def test_a_file_that_is_gone(built: Path) -> None:
    (built / "output" / AS_OF / "zh-Hans" / "brief.html").unlink()
    result = run(built)
    assert result.exit_code == 1
    assert "error: files.missing: zh-Hans/brief.html: " in result.stdout


def test_a_draft(built: Path) -> None:
    for tag in ("en", "parallel"):
        page = built / "output" / AS_OF / tag / "brief.html"
        html = page.read_text(encoding="utf-8")
        html = html.replace("<body>", '<body class="draft">')
        page.write_text(html.replace('parallel">', 'parallel draft">'), encoding="utf-8")
        assert f"error: pages.draft: {tag}/brief.html: was built as a draft" in run(built).stdout


def test_a_rule_explained(tmp_path: Path) -> None:
    result = run(tmp_path, "--explain", "emptiness.range")
    assert result.exit_code == 0
    assert result.stdout == (
        "emptiness.range (error): The ends of a range or a change never print alike.\n"
    )
    assert run(tmp_path, "--explain", "pages.parity").exit_code == 0


def test_an_unknown_rule(tmp_path: Path) -> None:
    error = run(tmp_path, "--explain", "emptiness").exception
    assert isinstance(error, InputError)
    assert error.exit_code == 2
    assert "emptiness.zero" in error.remedy


def test_the_newest_brief_and_the_site(built: Path) -> None:
    """Without a path both are checked, with that of the site it alone."""
    contents = small_site.files()
    home = contents["en/index.html"].replace(b"2025-12-02/#title", b"2025-12-02/#titel")
    site = small_site.write(built / "output" / "site", {**contents, "en/index.html": home})
    line = (
        "error: site.anchor: en/index.html: links to #titel of en/2025-12-02/index.html, "
        "which has none → correct what it comes from, and run reportgen site again\n"
    )
    both = run(built)
    assert (both.exit_code, both.stdout) == (1, line)
    assert "output/2025-12-02: 28 files, en, zh-Hans: nothing found" in both.stderr
    assert "output/site: 27 files, en, zh-Hans: 1 finding\n" in both.stderr
    alone = run(built, str(site))
    assert (alone.exit_code, alone.stdout) == (1, line)
    assert "output/2025-12-02:" not in alone.stderr
    (record,) = json.loads(run(built, str(site), "--json").stdout)
    assert (record["rule"], record["file"]) == ("site.anchor", "en/index.html")


def test_a_rule_of_the_site_explained(tmp_path: Path) -> None:
    result = run(tmp_path, "--explain", "site.link")
    assert result.stdout == (
        "site.link (error): Every address within the site leads to a file of it.\n"
    )


def test_nothing_built_yet(tmp_path: Path) -> None:
    error = run(tmp_path).exception
    assert isinstance(error, InputError)
    assert error.where == str(tmp_path / "output")
    assert "run reportgen build" in error.remedy


@pytest.mark.parametrize("name", ["facts.json", "manifest.json"])
def test_records_that_are_none(built: Path, name: str) -> None:
    (built / "output" / AS_OF / name).write_text('{"facts": 1}', encoding="utf-8")
    error = run(built, str(built / "output" / AS_OF)).exception
    assert isinstance(error, InputError)
    assert "build the brief again" in error.remedy
