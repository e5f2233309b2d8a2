"""The site of a year, from outside: links, languages, feeds, sitemap, search, publication."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import feedparser
import pytest
from lxml import etree

from reportgen.site.feed import ENTRIES
from tests.browser.conftest import DESK
from tests.browser.sites import visiting
from tests.conftest import LANGUAGES
from tests.site.hosting import hosted
from tests.site.reading import text_of
from tests.year.conftest import LAST, WEEKS, Year, ended, reportgen
from tests.year.crawling import Crawl

SITEMAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def test_the_year_is_whole(site: Path) -> None:
    """From 12 December 2024 to 4 December 2025 are 357 days, 51 weeks: 52 Thursdays."""
    assert len(WEEKS) == 52
    assert all(day.weekday() == 3 for day in WEEKS)
    for tag in (*LANGUAGES, "parallel"):
        assert all((site / tag / str(day) / "index.html").is_file() for day in WEEKS)


def test_the_check_finds_nothing(year: Year, site: Path) -> None:
    """Exit code 0."""
    assert ": nothing found" in ended(reportgen(year.project, "check", str(site)))


def test_every_link_leads_somewhere(crawled: Crawl) -> None:
    """To a file that is there, and to a place that is on it; no id is on a page twice."""
    faults = [
        fault
        for page in crawled.pages.values()
        for fault in crawled.faults_of(page.links, page.address)
    ]
    assert faults == []
    assert {page.address: page.twice for page in crawled.pages.values() if page.twice} == {}


def test_every_page_is_reached(crawled: Crawl, year: Year, site: Path) -> None:
    """No page is lost: links lead from the root to all that there are."""
    there = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    assert set(crawled.pages) == {year.address + path.removesuffix("index.html") for path in there}


def test_languages_point_to_each_other(crawled: Crawl) -> None:
    """Each page names itself and its other languages, and each of those names the same ones."""
    named = {address: page for address, page in crawled.pages.items() if page.alternates}
    assert len(named) > 2 * 52 + 50
    for address, page in named.items():
        assert page.canonical == address
        assert set(page.alternates) == {*LANGUAGES, "x-default"}, address
        assert page.language in page.alternates, address
        for language, other in page.alternates.items():
            assert crawled.pages[other].alternates == page.alternates, (address, other)
            if language != "x-default":
                assert crawled.pages[other].language == language
    own = {address for address, page in named.items() if address in page.alternates.values()}
    assert own == set(named)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_feeds(crawled: Crawl, year: Year, site: Path, tag: str) -> None:
    """The newest quarter in full, the newest brief first; all that its text links to is there."""
    address = f"{year.address}{tag}/feed.xml"
    assert crawled.status_of(address) == 200
    parsed = feedparser.parse((site / tag / "feed.xml").read_bytes())
    assert not parsed.bozo
    assert [entry.link for entry in parsed.entries] == [
        f"{year.address}{tag}/{day}/" for day in reversed(WEEKS[-ENTRIES:])
    ]
    assert len({entry.id for entry in parsed.entries} | {parsed.feed.id}) == ENTRIES + 1
    assert parsed.feed.updated == parsed.entries[0].updated
    for entry in parsed.entries:
        root = etree.fromstring(f"<div>{entry.content[0].value}</div>", etree.HTMLParser())
        links = {
            urljoin(entry.link, found.get(name))
            for name in ("href", "src")
            for found in root.iter()
            if found.get(name)
        }
        assert len(links) > 100
        assert list(crawled.faults_of(links, entry.link)) == []
    newest = parsed.entries[0]
    page = etree.parse(
        str(site / tag / str(LAST) / "index.html"), etree.HTMLParser(encoding="utf-8")
    )
    told = text_of(newest.content[0].value)
    for paragraph in page.xpath("//article/section/p | //article/section/h2"):
        assert " ".join("".join(paragraph.itertext()).split()) in told


def test_ids_of_feeds_are_unique(site: Path) -> None:
    feeds = [feedparser.parse((site / tag / "feed.xml").read_bytes()) for tag in LANGUAGES]
    ids = [entry.id for parsed in feeds for entry in (parsed.feed, *parsed.entries)]
    assert len(set(ids)) == len(ids)


def test_the_sitemap(crawled: Crawl, site: Path) -> None:
    """It keeps to the protocol, and lists what is to be indexed, nothing else, by language."""
    schema = etree.XMLSchema(etree.parse(str(Path(__file__).with_name("sitemap.xsd"))))
    sitemap = etree.parse(str(site / "sitemap.xml"))
    schema.assertValid(sitemap)
    listed = {
        url.findtext(f"{SITEMAPS}loc"): {
            link.get("hreflang"): link.get("href") for link in url.findall(f"{XHTML}link")
        }
        for url in sitemap.getroot()
    }
    assert len(listed) == len(sitemap.getroot())
    assert listed == {
        address: page.alternates for address, page in crawled.pages.items() if page.indexed
    }


def test_files_for_programs_are_well_formed(site: Path) -> None:
    """XML by libxml2; CSV with as many cells in each row as its head has."""
    drawings = [path for kind in ("xml", "svg") for path in site.rglob(f"*.{kind}")]
    assert len(drawings) > 1000
    for path in drawings:
        etree.parse(str(path), etree.XMLParser(resolve_entities=False, no_network=True))
    tables = list(site.rglob("*.csv"))
    assert len(tables) > 1000
    for path in tables:
        with path.open(encoding="utf-8-sig", newline="") as file:
            assert len({len(row) for row in csv.reader(file, strict=True)}) == 1, path


@pytest.mark.parametrize(("tag", "words"), [("en", "standing repo"), ("zh-Hans", "常备回购")])
def test_the_search_finds(browser: Any, year: Year, site: Path, tag: str, words: str) -> None:
    """Every brief shown has the words."""
    address = f"{year.address}{tag}/search/?q={words}"
    with visiting(browser, address, viewport=DESK) as page:
        page.locator("#results li").first.wait_for()
        found = page.locator("#results a").evaluate_all("links => links.map(link => link.href)")
    assert len(found) == 20
    for link in found:
        folder = site / link.removeprefix(year.address)
        told = text_of((folder / "index.html").read_text(encoding="utf-8")).lower()
        assert words in told, link


def test_made_again_it_is_the_same(year: Year, site: Path) -> None:
    before = (site / "site.json").read_bytes()
    ended(reportgen(year.project, "site"))
    assert (site / "site.json").read_bytes() == before


def test_published_and_verified(year: Year, site: Path) -> None:
    """All is as it was built; then a page is damaged, and that page is what verify finds."""
    told = ended(reportgen(year.project, "publish"))
    assert all(f"issued: {day}, version 1" in told for day in WEEKS)
    current = year.project / "public" / "current"
    with hosted(current) as address:
        assert "all as built" in ended(reportgen(year.project, "publish", "--verify", address))
        path = f"zh-Hans/{WEEKS[20]}/index.html"
        content = (current / path).read_bytes()
        (current / path).write_bytes(content.replace(b"</h1>", b"!</h1>", 1))
        told = ended(reportgen(year.project, "publish", "--verify", address), code=1)
        (line,) = [line for line in told.splitlines() if "1 findings" not in line]
        assert line.endswith(f": {path} differs from the file that was built")
