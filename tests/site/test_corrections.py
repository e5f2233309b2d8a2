"""A published brief is issued again: only for a reason, and the site says what changed."""

from __future__ import annotations

import json
from pathlib import Path

import feedparser
import pytest

from reportgen.errors import CheckError, InputError
from tests.render.made import AS_OF
from tests.site.correcting import FIRST, LATER, corrected, corrected_editions, publish
from tests.site.desk import BEFORE, desk, left
from tests.site.reading import links, page, text_of


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk whose two briefs are out."""
    project = desk(tmp_path_factory.mktemp("desk"))
    settings = project / "reportgen.toml"
    settings.write_text(
        settings.read_text() + 'search = false\n[publish.web]\ntarget = "folder"\npath = "public"\n'
    )
    done = publish(project, FIRST)
    assert done.exit_code == 0, done.output + str(done.exception)
    assert "issued: 2025-12-02, version 1" in done.stdout
    assert "issued: 2025-11-25, version 1" in done.stdout
    return project


@pytest.fixture(scope="module")
def again(published: Path) -> Path:
    """The same after a correction, whose reason was given in both languages."""
    left(published, corrected(), corrected_editions())
    with pytest.MonkeyPatch.context() as patch:
        # The store of this desk has the figure as it was; that gate has a test of its own.
        patch.setattr("reportgen.site.agreement.check", lambda *_: None)
        refused = publish(published, LATER)
        assert isinstance(refused.exception, InputError)
        assert "2025-12-02: what is built says something else" in refused.exception.what
        assert "--correct" in refused.exception.remedy
        assert not (published / "published" / AS_OF / "2").exists()
        reasons = ("--correct", "A late figure was added.", "--correct", "zh-Hans=补入迟到的数据。")
        done = publish(published, LATER, *reasons)
        assert done.exit_code == 0, done.output + str(done.exception)
        assert done.stdout.startswith("issued: 2025-12-02, version 2\n")
    return published / "public" / "current"


def test_every_version_is_kept_as_it_was_built(again: Path, published: Path) -> None:
    kept = published / "published" / AS_OF
    record = json.loads((kept / "issued.json").read_bytes())
    assert record == {
        "versions": [
            {"number": 1, "issued_at": "2025-12-02T17:00:00+00:00", "reason": {}},
            {
                "number": 2,
                "issued_at": "2025-12-04T14:00:00+00:00",
                "reason": {"en": "A late figure was added.", "zh-Hans": "补入迟到的数据。"},
            },
        ]
    }
    assert "$26 billion" in text_of((kept / "1" / "en" / "brief.html").read_text())
    assert "$28 billion" in text_of((kept / "2" / "en" / "brief.html").read_text())
    assert (kept / "2" / "manifest.json").read_bytes() == (
        published / "output" / AS_OF / "manifest.json"
    ).read_bytes()


@pytest.mark.parametrize(
    ("tag", "notice"),
    [
        ("en", "Corrected on December 4, 2025. A late figure was added. What was changed"),
        ("zh-Hans", "本期已于2025年12月4日更正。补入迟到的数据。改动明细"),
    ],
)
def test_the_page_says_that_it_was_corrected(again: Path, tag: str, notice: str) -> None:
    html = page(again, f"{tag}/{AS_OF}")
    assert notice.replace(" ", "") in text_of(html).replace(" ", "")
    assert f"../../{tag}/corrections/#c{AS_OF}" in links(html)
    assert f"../../{tag}/{AS_OF}/v1/" in links(html)


def test_side_by_side_and_at_home_it_says_so_too(again: Path) -> None:
    html = page(again, f"parallel/{AS_OF}")
    assert "Corrected on December 4, 2025. A late figure was added." in text_of(html)
    assert f"../../en/corrections/#c{AS_OF}" in links(html)
    # The switch leads to the brief, not to the home pages.
    assert links(html, lang="zh-Hans", hreflang="zh-Hans")[0] == f"../../zh-Hans/{AS_OF}/"
    assert "December 2, 2025 corrected QT is over." in text_of(page(again, "en"))


@pytest.mark.parametrize(
    ("tag", "row"),
    [
        ("en", "srf.told December 1, 2025 $26 billion $28 billion"),
        ("zh-Hans", "srf.told 2025年12月1日 260亿美元 280亿美元"),
    ],
)
def test_the_corrections_page_has_old_and_new(again: Path, tag: str, row: str) -> None:
    html = page(again, f"{tag}/corrections")
    assert row in text_of(html)
    assert f'id="c{AS_OF}"' in html
    # Figures that did not change are not told.
    assert "lead.reserves_end" not in html


def test_sentences_that_changed(again: Path) -> None:
    html = page(again, "en/corrections")
    assert "SRF lending reached $26 billion on December 1" in text_of(html)
    assert "SRF lending reached $28 billion on December 1" in text_of(html)
    assert "<del>" in html
    assert "<ins>" in html


def test_the_old_version_stays_and_says_so(again: Path) -> None:
    html = page(again, f"en/{AS_OF}/v1")
    told = text_of(html)
    assert "This version was corrected on December 4, 2025 and is kept for the record." in told
    assert "$26 billion" in told
    assert '<meta name="robots" content="noindex">' in html
    assert links(html, rel="alternate", hreflang="zh-Hans") == []
    assert (again / "en" / AS_OF / "v1" / "charts" / "srf_daily.csv").is_file()
    assert f"{AS_OF}/v1/" not in (again / "sitemap.xml").read_text()


def test_the_feed_says_so_under_the_same_id(again: Path, published: Path) -> None:
    parsed = feedparser.parse((again / "en" / "feed.xml").read_bytes())
    entry = parsed.entries[0]
    assert entry.id == f"tag:example.org,{AS_OF}:briefs/en/{AS_OF}/"
    assert (entry.published, entry.updated) == ("2025-12-02T17:00:00Z", "2025-12-04T14:00:00Z")
    assert parsed.feed.updated == entry.updated
    assert parsed.entries[1].updated == "2025-12-02T17:00:00Z"
    content = text_of(entry.content[0].value)
    assert content.startswith("Corrected on December 4, 2025. A late figure was added.")
    assert "(December 1, 2025): $26 billion $28 billion" in content


def test_the_archive_marks_it(again: Path) -> None:
    told = text_of(page(again, "en/archive"))
    assert "PDF corrected November 25, 2025" in told


def test_a_run_that_was_ended_is_finished_by_the_same_command(again: Path, published: Path) -> None:
    """The version was kept, and nothing more is to be corrected."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reportgen.site.agreement.check", lambda *_: None)
        reasons = ("--correct", "A late figure was added.", "--correct", "zh-Hans=补入迟到的数据。")
        done = publish(published, LATER + 3600, *reasons)
        assert done.stdout.startswith("web: nothing new"), done.output + str(done.exception)
        refused = publish(published, LATER + 3600, "--correct", "Another reason.")
    assert isinstance(refused.exception, InputError)
    assert "there is nothing to correct" in refused.exception.what


def test_what_a_check_finds_is_not_published(tmp_path: Path) -> None:
    """A figure of nowhere on one page: nothing is issued, nothing is sent."""
    project = desk(tmp_path, [BEFORE])
    settings = project / "reportgen.toml"
    settings.write_text(
        settings.read_text() + '[publish.web]\ntarget = "folder"\npath = "public"\n'
    )
    brief = project / "output" / BEFORE / "en" / "brief.html"
    brief.write_text(brief.read_text().replace("</article>", "<p>Some 37.</p></article>"))
    done = publish(project, FIRST)
    assert isinstance(done.exception, CheckError)
    assert done.exception.exit_code == 1
    assert "…Some 37.… → build the brief again" in str(done.exception)
    assert not (project / "published").exists()
    assert not (project / "public").exists()


@pytest.mark.parametrize(
    ("reasons", "says"),
    [
        (("",), "says nothing"),
        (("en=One.", "Two."), "gives the reason in en twice"),
    ],
)
def test_reasons_that_are_none(published: Path, reasons: tuple[str, ...], says: str) -> None:
    arguments = [part for reason in reasons for part in ("--correct", reason)]
    done = publish(published, LATER, *arguments)
    assert isinstance(done.exception, InputError)
    assert says in done.exception.what
