"""The site of two briefs in two languages, as readers, search engines and feed readers get it."""

from __future__ import annotations

import json
import logging
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import feedparser
import pytest
from click.testing import CliRunner

from reportgen import settings
from reportgen.cli import group
from reportgen.errors import CheckError, InputError
from reportgen.render import trace
from reportgen.site import building, issued
from reportgen.site.plan import Plan
from tests.conftest import LANGUAGES
from tests.render.made import AS_OF
from tests.site.desk import BASE_URL, BEFORE, PDF, built, desk
from tests.site.reading import links, page, text_of

OWN = ("", "archive/", "data/", "methodology/", "glossary/", "corrections/", "search/")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return desk(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="module")
def site(project: Path) -> Path:
    """The site as the command makes it."""
    done = CliRunner().invoke(group, ["--project", str(project), "site"])
    assert done.exit_code == 0, done.output + str(done.exception)
    assert done.stdout.strip() == str(project / "output" / "site")
    return project / "output" / "site"


@pytest.mark.parametrize(
    ("tag", "parts"),
    [
        (
            "en",
            (
                "December 2, 2025",
                "QT is over. Why is the Fed’s repo backstop still needed?",
                "the standing repo facility (SRF) lent $26 billion on December 1",
                "Reserve balances, week average $2.90 trillion Nov 26 +$8 billion",
                "Balance-sheet runoff has ended.",
                "Earlier briefs November 25, 2025",
            ),
        ),
        (
            "zh-Hans",
            (
                "2025年12月2日",
                "缩表已经落幕，回购“后盾”为何仍不可或缺？",
                "常备回购便利（SRF）12月1日单日投放 260亿美元",
                "2.90万亿美元",
                "往期简报 2025年11月25日",
            ),
        ),
    ],
)
def test_the_home_page_tells_the_newest_brief(site: Path, tag: str, parts: tuple[str, ...]) -> None:
    html = page(site, tag)
    told = text_of(html)
    for part in parts:
        assert part in told
    # Nine gauges, each with its past year.
    assert len(re.findall(r'<td class="trend"><svg', html)) == 9
    assert f"../{tag}/{AS_OF}/" in html


def test_figures_at_home_lead_to_their_rows(site: Path) -> None:
    """Each figure on the home page points to an id that the brief's page has."""
    brief = page(site, f"en/{AS_OF}")
    pointed = set(re.findall(rf'href="../en/{AS_OF}/#([^"]+)"', page(site, "en")))
    assert len(pointed) > 20
    for anchor in pointed:
        assert f'id="{anchor}"' in brief


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_text_of_a_brief_is_what_was_built(project: Path, site: Path, tag: str) -> None:
    """Figures, dates, and every word of the article."""
    before = (project / "output" / AS_OF / tag / "brief.html").read_text(encoding="utf-8")
    after = page(site, f"{tag}/{AS_OF}")

    def article(html: str) -> str:
        return re.sub(
            r"<article[^>]*>", "", html[html.index("<article") : html.index("</article>")]
        )

    assert text_of(article(after)) == text_of(article(before))
    seen, built_so = (trace.read_page(article(html)).sightings for html in (after, before))
    assert seen == built_so
    assert len(seen) > 300


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize("path", [*OWN, f"{AS_OF}/", f"{BEFORE}/", "series/sofr/"])
def test_every_page_has_its_languages(site: Path, tag: str, path: str) -> None:
    html = page(site, f"{tag}/{path}")
    assert links(html, rel="canonical") == [f"{BASE_URL}/{tag}/{path}"]
    for other in LANGUAGES:
        assert links(html, rel="alternate", hreflang=other) == [f"{BASE_URL}/{other}/{path}"]
    elsewhere = f"{BASE_URL}/" if not path else f"{BASE_URL}/en/{path}"
    assert links(html, rel="alternate", hreflang="x-default") == [elsewhere]


def test_nothing_is_asked_of_others_and_nothing_is_inline(site: Path) -> None:
    """What the policy of each page forbids is not on it."""
    for path in site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert "default-src &#39;none&#39;" in html, path
        assert "unsafe-inline" not in html, path
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"", html), path
        for tag in re.findall(r"<script\b[^>]*>", html):
            assert "src=" in tag or "json" in tag, (path, tag)
        sources = re.findall(r'<(?:script|img|iframe)\b[^>]*\ssrc="([^"]+)"', html)
        sources += links(html, rel="stylesheet") + links(html, rel="icon")
        assert not [s for s in sources if s.startswith(("http:", "https:", "//"))], path


def test_archive(site: Path) -> None:
    told = text_of(page(site, "en/archive"))
    assert "2025 December 2, 2025 QT is over." in told
    assert told.index("December 2, 2025") < told.index("November 25, 2025")
    assert f"../../en/{AS_OF}/brief.pdf" in links(page(site, "en/archive"), type="application/pdf")
    assert (site / "en" / AS_OF / "brief.pdf").read_bytes() == PDF


@pytest.mark.parametrize(
    ("tag", "title", "says"),
    [
        ("en", "QT is over. Why is the Fed’s repo backstop still needed?", "SRF lending reached"),
        ("zh-Hans", "缩表已经落幕，回购“后盾”为何仍不可或缺？", "常备回购"),
    ],
)
def test_the_feed(site: Path, tag: str, title: str, says: str) -> None:
    parsed = feedparser.parse((site / tag / "feed.xml").read_bytes())
    assert not parsed.bozo
    # Until it is issued, a brief has the time of its data: the end of the day in New York.
    assert parsed.feed.updated == "2025-12-03T04:59:59Z"
    newest, before = parsed.entries
    assert newest.title == title
    assert newest.link == f"{BASE_URL}/{tag}/{AS_OF}/"
    assert newest.updated == newest.published == "2025-12-03T04:59:59Z"
    assert before.updated == "2025-11-26T04:59:59Z"
    assert newest.id == f"tag:example.org,{AS_OF}:briefs/{tag}/{AS_OF}/"
    content = newest.content[0].value
    assert says in text_of(content)
    assert f"{BASE_URL}/{tag}/{AS_OF}/charts/srf_daily.svg" in content
    assert f'href="{BASE_URL}/{tag}/{AS_OF}/#fact-srf-told"' in content
    assert "<svg" not in content
    # feedparser lets no figcaption through.
    assert "&lt;figcaption&gt;&lt;strong&gt;" in (site / tag / "feed.xml").read_text("utf-8")
    assert "<script" not in content


def test_the_sitemap_lists_what_is_indexed(site: Path) -> None:
    spaces = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    root = ET.fromstring((site / "sitemap.xml").read_bytes())
    listed = {str(loc.text) for loc in root.findall("s:url/s:loc", spaces)}
    assert f"{BASE_URL}/" in listed
    assert {f"{BASE_URL}/{tag}/{path}" for tag in LANGUAGES for path in OWN} <= listed
    assert {f"{BASE_URL}/{tag}/{AS_OF}/" for tag in LANGUAGES} <= listed
    assert f"{BASE_URL}/parallel/{AS_OF}/" not in listed
    assert f"Sitemap: {BASE_URL}/sitemap.xml" in (site / "robots.txt").read_text()


def test_what_other_sites_show(site: Path) -> None:
    html = page(site, f"zh-Hans/{AS_OF}")
    told = dict(re.findall(r'<meta property="([^"]+)" content="([^"]*)">', html))
    assert told["og:title"] == "缩表已经落幕，回购“后盾”为何仍不可或缺？"
    assert told["og:type"] == "article"
    assert told["og:locale"] == "zh_CN"
    assert told["og:image"] == f"{BASE_URL}/zh-Hans/{AS_OF}/card.png"
    png = (site / "zh-Hans" / AS_OF / "card.png").read_bytes()
    assert (int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")) == (1200, 630)
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    article = json.loads(data)
    assert article["@type"] == "Article"
    assert article["inLanguage"] == "zh-Hans"
    assert article["datePublished"] == "2025-12-03T04:59:59+00:00"
    assert article["encoding"]["contentUrl"] == f"{BASE_URL}/zh-Hans/{AS_OF}/brief.pdf"


def test_the_search_knows_the_words_of_its_index(site: Path) -> None:
    """A browser's own dictionary may have neither; English has spaces and needs no list."""
    words = json.loads((site / "pagefind" / "words.zh-hans.json").read_bytes())
    assert {"常备", "回购", "便利", "国库"} <= set(words)
    assert words == sorted(words)
    assert not (site / "pagefind" / "words.en.json").exists()
    assert "../../pagefind/words.zh-hans.json" in page(site, "zh-Hans/search")
    assert "data-words" not in page(site, "en/search")
    assert list((site / "pagefind").glob("*ui*")) == []


def test_languages_side_by_side(site: Path) -> None:
    html = page(site, f"parallel/{AS_OF}")
    assert '<meta name="robots" content="noindex">' in html
    assert f'href="../../zh-Hans/{AS_OF}/#srf"' in html
    assert f'href="../../en/{AS_OF}/charts/srf_daily.csv"' in html


def test_an_address_that_is_not_there(site: Path) -> None:
    """It is served at any depth, so its links count from the root of the host."""
    html = (site / "404.html").read_text(encoding="utf-8")
    assert "Page not found" in text_of(html)
    assert "页面不存在" in text_of(html)
    local = [link for link in links(html) if not link.startswith(("https:", "mailto:", "#"))]
    assert local
    assert all(link.startswith("/briefs/") for link in local)


def test_the_choice_of_language(site: Path) -> None:
    html = page(site, ".")
    assert links(html, rel="canonical") == [f"{BASE_URL}/"]
    assert "English Dollar Liquidity Weekly" in text_of(html)
    assert "简体中文 美元流动性周报" in text_of(html)


def test_the_same_briefs_give_the_same_bytes(project: Path, site: Path) -> None:
    before = (site / "site.json").read_bytes()
    building.build(project, project / "output")
    assert (site / "site.json").read_bytes() == before


def planned(project: Path) -> Plan:
    """The files of a site, of which a test makes those that it reads."""
    gathered = issued.gather(project, project / "output")
    return building.plan_of(project, settings.load(project), gathered)


def test_a_brief_in_one_language_only(tmp_path: Path) -> None:
    """Where a language has no such brief, its home page is offered, and no pair is claimed."""
    project = desk(tmp_path, [AS_OF])
    built(project, BEFORE, ["en"])
    plan = planned(project)
    html = plan.files[f"en/{BEFORE}/index.html"]().decode()
    assert links(html, rel="alternate", hreflang="zh-Hans") == []
    assert links(html, hreflang="zh-Hans", lang="zh-Hans") == ["../../zh-Hans/"]
    assert f"zh-Hans/{BEFORE}/index.html" not in plan.files
    archive = plan.files["zh-Hans/archive/index.html"]().decode()
    assert "2025年11月25日" not in text_of(archive)


def test_a_draft_is_not_published(tmp_path: Path) -> None:
    project = desk(tmp_path, [BEFORE])
    built(project, AS_OF, draft=True)
    plan = planned(project)
    assert f"en/{BEFORE}/index.html" in plan.files
    assert f"en/{AS_OF}/index.html" not in plan.files


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "the site has no address"),
        ('[site]\nbase_url = "example.org"\n', "base_url"),
        (f'[site]\nbase_url = "{BASE_URL}"\n', "there is no built brief"),
    ],
)
def test_what_a_site_needs(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "reportgen.toml").write_text(text)
    with pytest.raises(InputError, match=says):
        building.build(tmp_path, tmp_path / "output")


def test_a_language_without_a_brief(tmp_path: Path) -> None:
    project = desk(tmp_path, [])
    built(project, AS_OF, ["en"])
    with pytest.raises(CheckError, match="no brief is built in zh-Hans"):
        building.build(project, project / "output")
    assert not (project / "output" / "site").exists()


def test_a_brief_that_differs_from_the_data(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A site shows no other number than the brief it leads to."""
    caplog.set_level(logging.ERROR)
    project = desk(tmp_path, [AS_OF])
    record = project / "output" / AS_OF / "facts.json"
    facts = json.loads(record.read_bytes())
    wrong = next(fact for fact in facts["facts"] if fact["formula"] == "srf_accepted(2025-12-01)")
    wrong["value"] += 10**9
    record.write_text(json.dumps(facts))
    with pytest.raises(CheckError, match="srf_accepted"):
        building.build(project, project / "output")
