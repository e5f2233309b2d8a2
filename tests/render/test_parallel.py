"""Two languages side by side: aligned, each half what its own page says, on screen and on paper."""

from __future__ import annotations

import gzip
import io
import os
import pickle
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import html5lib
import pikepdf
import pypdfium2
import pytest

from reportgen.errors import CheckError
from reportgen.model import Hand, Note
from reportgen.render import elements as elements_of
from reportgen.render import parallel, trace
from reportgen.render.page import Page
from tests.conftest import LANGUAGES, NO_PROJECT
from tests.render.made import AS_OF, edition, page, small_page

DAY = date.fromisoformat(AS_OF)


@cache
def both(*, paper: bool = False) -> str:
    pages = [page(AS_OF, tag) for tag in LANGUAGES]
    return parallel.assemble(pages, NO_PROJECT, DAY, paper=paper)


@cache
def tree() -> ET.Element:
    """The page as a browser reads it; any error of syntax fails."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    root: ET.Element = parser.parse(both())
    return root


def elements(name: str, **attributes: str) -> list[ET.Element]:
    return [
        found
        for found in tree().iter(name)
        if all(found.attrib.get(key) == value for key, value in attributes.items())
    ]


def text_of(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).replace("\xa0", " ").split())


def section(id: str) -> ET.Element:
    (found,) = elements("section", id=id)
    return found


def rows_of(element: ET.Element) -> list[tuple[str, str]]:
    """The rows of a section: the text of each language."""
    found = []
    for row in element.iter("div"):
        if row.attrib.get("class", "").startswith("row "):
            cells = [cell for cell in row if cell.attrib.get("class", "").startswith("cell ")]
            if cells:
                first, second = cells
                assert [cell.attrib["lang"] for cell in cells] == list(LANGUAGES)
                found.append((text_of(first), text_of(second)))
    return found


def test_valid_html_with_unique_ids_and_links_that_lead_somewhere() -> None:
    ids = Counter(e.attrib["id"] for e in tree().iter() if "id" in e.attrib)
    assert [id for id, count in ids.items() if count > 1] == []
    assert both().startswith("<!doctype html>\n")
    pointed = {e.attrib["href"][1:] for e in elements("a") if e.attrib.get("href", "")[:1] == "#"}
    pointed |= {
        id
        for element in tree().iter()
        for name in ("aria-labelledby", "aria-describedby")
        for id in element.attrib.get(name, "").split()
    }
    pointed |= set(re.findall(r"url\(#([^)]*)\)", both()))
    assert len(pointed) > 100
    assert pointed <= set(ids)


def test_the_ids_of_a_language_are_those_of_the_pair() -> None:
    """So a link to a section or figure keeps its place, whichever page it is put to."""
    ids = {e.attrib["id"] for e in tree().iter() if "id" in e.attrib}
    for id in ("lead", "qt", "srf", "funding", "annex", "chart-srf_daily", "fact-srf-told"):
        for tag in LANGUAGES:
            assert f'id="{id}"' in page(AS_OF, tag).html
        assert id in ids
    assert {"srf-en", "srf-zh-Hans", "chart-srf_daily-en", "chart-srf_daily-zh-Hans"} <= ids


def test_paragraph_beside_paragraph() -> None:
    rows = rows_of(section("srf"))
    assert rows[0][0].startswith("More than month-end")
    assert rows[0][1].startswith("不只是月末")
    told = next(row for row in rows if "$26 billion on December 1" in row[0])
    assert "12月1日达到 260亿美元" in told[1]
    for first, second in rows:
        assert bool(first) is bool(second)


def test_list_items_and_figures_stand_one_by_one() -> None:
    items = [row for row in rows_of(section("changes")) if "Skyrm" in row[0]]
    assert items == [
        (
            "repo specialist Scott Skyrm: on shifts of collateral",
            "回购市场专家 Scott Skyrm：谈抵押品结构调整",
        )
    ]
    charts = [row for row in section("qt").iter("div") if row.attrib.get("id", "")[:6] == "chart-"]
    assert [row.attrib["id"] for row in charts] == [
        "chart-balance_sheet", "chart-soma_classes", "chart-reserve_paths",
    ]  # fmt: skip
    for row in charts:
        assert [svg.attrib["lang"] for svg in row.iter("{http://www.w3.org/2000/svg}svg")] == list(
            LANGUAGES
        )


@pytest.mark.parametrize("tag", LANGUAGES)
def test_each_half_prints_the_figures_of_its_page(tag: str) -> None:
    half = parallel.half_of(elements_of.parse(both()), set(LANGUAGES) - {tag})
    sightings = trace.read_page(half).sightings
    told = [(s.key, s.text) for s in sightings if s.section not in ("annex", "header")]
    own = edition(AS_OF, tag).sightings
    assert told == [(s.key, s.text) for s in own if s.section not in ("annex", "header")]
    assert len(told) > 250


def table(of_class: str) -> list[list[str]]:
    """The rows of a table with both languages in it."""
    found = next(t for t in elements("table") if of_class in t.attrib.get("class", ""))
    return [[text_of(cell) for cell in row] for row in found.iter("tr")]


def test_the_annex_has_each_figure_once_as_both_print_it() -> None:
    rows = table("annex-figures")
    assert rows[0] == ["Figure", "数字", "As of日期", "Origin", "来源", "Computation计算"]
    (told,) = (row for row in rows if row[5] == "srf_accepted(2025-12-01)")
    assert told[:3] == ["$26 billion", "260亿美元", "December 1, 20252025年12月1日"]
    assert told[3].startswith("Standing repo facility (SRF)")
    assert told[4].startswith("常备回购便利（SRF）")
    assert len(rows) == page(AS_OF, "en").html.count('<tr id="fact-') + 1


def test_the_annex_has_each_series_once_with_both_names() -> None:
    rows = table("annex-series")
    (walcl,) = (row for row in rows if "WALCL" in row)
    assert walcl[:2] == [
        "Total assets of the Federal Reserve, Wednesday level", "美联储总资产，周三时点值",
    ]  # fmt: skip


def test_a_wide_table_stands_once_with_both_languages_in_its_cells() -> None:
    (gauges,) = (e for e in elements("div") if "row-merged gauges" in _without_rest(e))
    cells = [[text_of(cell) for cell in row] for row in gauges.iter("tr")]
    assert cells[0][0] == "Gauge指标"
    (srf,) = (row for row in cells if row[0].startswith("Standing repo facility"))
    assert srf[:3] == [
        "Standing repo facility常备回购便利（SRF）",
        "$10.3 billion103亿美元",
        "Dec 212月2日",
    ]
    assert srf[4].startswith("99.3%"), "what both print alike stands once"
    assert srf[4].count("99.3%") == 1


def _without_rest(element: ET.Element) -> str:
    return re.sub(r" (?:exhibit|beside)\b", "", element.attrib.get("class", ""))


def test_the_imprint_is_in_both() -> None:
    rows = rows_of(elements("footer")[0])
    assert "Data cut-off: December 2, 2025, 23:59 in New York" in rows[1][0]
    assert "数据截止：纽约时间 2025年12月2日23:59" in rows[1][1]


def test_links_to_and_from_the_languages_keep_the_section() -> None:
    targets = {link.attrib["href"] for link in section("srf").iter("a")}
    assert {"../en/brief.html#srf", "../zh-Hans/brief.html#srf"} <= targets
    for tag, other in (LANGUAGES, LANGUAGES[::-1]):
        html = page(AS_OF, tag).html
        assert 'href="../parallel/brief.html"' in html
        assert 'href="../parallel/brief.html#srf"' in html
        assert f'href="../{other}/brief.html#srf"' in html


def test_self_contained_and_small() -> None:
    assert not elements("link")
    assert not elements("img")
    scripts = [e.attrib for e in elements("script")]
    assert not any("src" in script for script in scripts)
    # What writes for both languages is there once, and comes after what each language needs of it.
    kinds = [script.get("class", script.get("type")) for script in scripts]
    assert kinds[-3:] == ["chart-language", "chart-language", "module"]
    assert kinds.count("module") == 1
    assert len(gzip.compress(both().encode())) < 400 * 1024


def test_the_fonts_of_each_language() -> None:
    styles = text_of(elements("style")[0])
    for letter in "ab":
        assert re.search(
            rf'\.{letter} {{ --serif: "Noto Serif CJK SC".*?--sans: "Noto Sans', styles
        )


def small(project: Path, body: str, note: str = "") -> list[Page]:
    notes = (Note("en", "lead", note, "lead.md"),) if note else ()
    hand = Hand(notes, (), (("notes/2025-12-02/en/lead.md", "0" * 64),))
    return [small_page(project, tag, body=body, hand=hand) for tag in LANGUAGES]


def test_a_note_of_one_language_leaves_the_other_empty(tmp_path: Path) -> None:
    pages = small(tmp_path, "<p>Nothing.</p>", "We read {fact:lead.tga_end} so.")
    html = parallel.assemble(pages, tmp_path, DAY)
    seen = {p.locale.tag: trace.read_page(p.html).sightings for p in pages}
    parallel.gates(html, pages, seen, _registered())
    row = html[html.index('<div class="row row-div row-desk-note" id="note-lead">') :]
    assert "We read" in row
    assert re.search(r'<div class="cell b han" lang="zh-Hans">\s*</div>', row)
    assert '<tr id="fact-lead-tga_end">' in html
    assert 'href="#fact-lead-tga_end"' in html


def _registered() -> tuple[str, ...]:
    from reportgen.render.edition import registered
    from reportgen.settings import Settings

    return registered(Settings())


def test_a_draft_says_so_in_both(tmp_path: Path) -> None:
    pages = [small_page(tmp_path, tag, draft=True) for tag in LANGUAGES]
    for paper in (False, True):
        html = parallel.assemble(pages, tmp_path, DAY, draft=True, paper=paper)
        assert '<body class="parallel draft">' in html
        assert "Draft, not for publication" in html
        assert "草稿，不得发布" in re.sub(r"<[^>]*>", "", html)


def test_a_lost_paragraph_is_found() -> None:
    html = re.sub(r'<div class="cell b han" lang="zh-Hans">\s*<p>SRF 投放.*?</p>', "<div>", both())
    assert html != both()
    pages = [page(AS_OF, tag) for tag in LANGUAGES]
    seen = {tag: edition(AS_OF, tag).sightings for tag in LANGUAGES}
    with pytest.raises(CheckError) as caught:
        parallel.gates(html, pages, seen, _registered())
    assert "where the page of zh-Hans prints '12月1日' (date:2025-12-01)" in caught.value.what


def test_a_figure_of_nobody_is_found() -> None:
    html = both().replace("<footer", "<p>The Fed bought 77 bills.</p><footer")
    pages = [page(AS_OF, tag) for tag in LANGUAGES]
    seen = {tag: edition(AS_OF, tag).sightings for tag in LANGUAGES}
    with pytest.raises(CheckError, match="77"):
        parallel.gates(html, pages, seen, _registered())


def test_scripts_stand_once_with_what_they_need_before_them(tmp_path: Path) -> None:
    pages = [
        replace(p, html=p.html.replace("</body>", f"<script>{p.locale.tag}</script>{RUN}</body>"))
        for p in small(tmp_path, "<p>Nothing.</p>")
    ]
    found = re.findall(r"<script>(.*?)</script>", parallel.assemble(pages, tmp_path, DAY))
    assert found == ["en", "zh-Hans", "run()"]


RUN = "<script>run()</script>"


# The PDF


@cache
def document() -> bytes:
    return parallel.document([page(AS_OF, tag) for tag in LANGUAGES], NO_PROJECT, DAY)


def _bookmarks(items: Any) -> list[str]:
    return [title for item in items for title in (item.title, *_bookmarks(item.children))]


def test_both_languages_stand_at_one_height() -> None:
    pairs = [
        ("Quantitative tightening (QT) is", "缩表已经落幕，但常备回购便利"),
        ("More than month-end", "不只是月末"),
        ("SRF lending reached", "SRF 投放量"),
        ("The cards the Fed still holds", "美联储还握着哪些底牌"),
        ("Data and sources", "数据与来源"),
    ]
    with pypdfium2.PdfDocument(document()) as opened:
        for pair in pairs:
            (left_page, left), (right_page, right) = (_place(opened, text) for text in pair)
            assert left_page == right_page, pair
            # The tops of glyphs differ between scripts, and the bold from the plain.
            assert abs(left[3] - right[3]) < 4, pair
            assert left[0] < 298 < right[0], "the first language in the left column"


def _place(opened: pypdfium2.PdfDocument, text: str) -> tuple[int, tuple[float, ...]]:
    for number, sheet in enumerate(opened):
        content = sheet.get_textpage()
        found = content.search(text).get_next()
        box = content.get_charbox(found[0]) if found else None
        content.close()
        sheet.close()
        if box:
            return number, box
    pytest.fail(f"{text} is on no page")


def test_one_page_has_the_figure_in_both_languages() -> None:
    with pypdfium2.PdfDocument(document()) as opened:
        texts = []
        for sheet in opened:
            content = sheet.get_textpage()
            texts.append(" ".join(content.get_text_bounded().split()))
            content.close()
            sheet.close()
    assert any("$26 billion" in text and "260亿美元" in text for text in texts)
    assert 15 < len(texts) < 26
    for number, text in enumerate(texts, 1):
        assert f"{number} / {len(texts)}" in text
        assert len(text) > 200, f"page {number} is all but empty"
    for text in texts[1:]:
        assert "Dollar Liquidity Weekly" in text
        assert "美元流动性周报" in text
    for number in range(1, 13):
        assert re.search(f"Figure {number} .*?图 {number} ", " ".join(texts)), number


def test_bookmarks_of_both_headings_and_tags() -> None:
    with pikepdf.open(io.BytesIO(document())) as opened:
        with opened.open_outline() as outline:
            titles = _bookmarks(outline.root)
        roles = Counter(
            str(found.get("/S"))
            for found in opened.objects
            if isinstance(found, pikepdf.Dictionary) and "/P" in found
        )
        title = str(opened.docinfo["/Title"])
        files = set(opened.attachments)
        languages = Counter(
            str(found["/Lang"])
            for found in opened.objects
            if isinstance(found, pikepdf.Dictionary) and "/Lang" in found and "/S" in found
        )
    titles = [title.replace("\xa0", " ") for title in titles]
    assert titles[:2] == [page(AS_OF, tag).headline for tag in LANGUAGES]
    assert {"Data and sources", "数据与来源"} <= set(titles)
    assert "QT is over" in title
    assert "美元流动性周报" in title
    assert roles["/H2"] == 14
    assert roles["/Figure"] == 24
    assert roles["/TH"] > 20
    assert {"srf_daily.en.csv", "srf_daily.zh-Hans.csv", "figures.zh-Hans.csv"} <= files
    assert languages["zh-Hans"] > 100, "a voice that reads aloud changes with the language"


def test_equal_bytes_in_another_process(tmp_path: Path) -> None:
    pages = small(tmp_path, "<p>{{ lead.tga_end|figure }}</p>")
    source, target = tmp_path / "pages", tmp_path / "page.pdf"
    source.write_bytes(pickle.dumps(pages))
    program = (
        "import datetime, pathlib, pickle, sys\n"
        "from reportgen.render import parallel\n"
        "source, target, project, day = sys.argv[1:]\n"
        "pages = pickle.loads(pathlib.Path(source).read_bytes())\n"
        "day = datetime.date.fromisoformat(day)\n"
        "made = parallel.document(pages, pathlib.Path(project), day)\n"
        "pathlib.Path(target).write_bytes(made)\n"
    )
    subprocess.run(
        [sys.executable, "-c", program, str(source), str(target), str(tmp_path), AS_OF],
        env={**os.environ, "PYTHONHASHSEED": "4711", "TZ": "Asia/Tokyo"},
        check=True,
    )
    assert target.read_bytes() == parallel.document(pages, tmp_path, DAY)
