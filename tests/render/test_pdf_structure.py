"""The PDF by PDF/UA-1 and PDF/A-3a: read aloud it is the page, and its data are within it."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import zlib
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import html5lib
import page as checker
import pikepdf
import pytest

from reportgen.errors import RenderError
from reportgen.render.pdf import Attached, Printable, write
from tests.conftest import LANGUAGES
from tests.render import made
from tests.render.made import AS_OF, page
from tests.render.spoken import Element, Spoken, spoken

STANDARDS = {"3a": checker.ValidationProfile.PDF_A_3A, "ua1": checker.ValidationProfile.PDF_UA_1}


@pytest.fixture(scope="module", params=LANGUAGES)
def tag(request: pytest.FixtureRequest) -> str:
    """Each language in turn; of module scope, so that its tests stand together in a worker."""
    language: str = request.param
    return language


@cache
def heard(tag: str) -> Spoken:
    return spoken(made.pdf(tag))


@cache
def body(tag: str) -> Element:
    """What is read of the brief itself, without masthead and imprint."""
    (part,) = heard(tag).root.all("Part")
    return part


@cache
def html(tag: str) -> Any:
    parsed = html5lib.parse(page(AS_OF, tag).print_html, namespaceHTMLElements=False)
    return parsed.find(".//main")


def texts(element: Any, name: str) -> list[str]:
    """The texts of all HTML elements of a name, without blanks and signs at the end of a line."""
    return [squeezed("".join(found.itertext())) for found in element.iter(name)]


def squeezed(text: str) -> str:
    """Without blanks, and without hyphens: pdfium has another sign for one at the end of a line."""
    return re.sub(r"[\s\x02-]", "", text)


def read(tag: str, role: str) -> list[str]:
    return [squeezed(element.text) for element in body(tag).all(role)]


@pytest.mark.parametrize("standard", STANDARDS)
def test_no_rule_of_either_standard_is_broken(tag: str, standard: str) -> None:
    report = checker.validate_pdf_bytes(made.pdf(tag), profile=STANDARDS[standard])
    assert [f"{failure.rule_id}: {failure.message}" for failure in report.failures] == []
    assert report.rules.total > 100


@pytest.mark.skipif(shutil.which("verapdf") is None, reason="veraPDF is not installed")
@pytest.mark.parametrize("standard", STANDARDS)
def test_verapdf_agrees(tag: str, standard: str, tmp_path: Path) -> None:
    path = tmp_path / "brief.pdf"
    path.write_bytes(made.pdf(tag))
    done = subprocess.run(
        ["verapdf", "--flavour", standard, "--format", "xml", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    reports = list(ET.fromstring(done.stdout).iter("validationReport"))
    assert [report.attrib["isCompliant"] for report in reports] == ["true"], done.stdout


@pytest.mark.parametrize(
    ("role", "name"),
    [
        ("H1", "h1"), ("H2", "h2"), ("H3", "h3"), ("P", "p"), ("LBody", "li"), ("TH", "th"),
        ("TD", "td"),
    ],
)  # fmt: skip
def test_read_aloud_it_is_the_page(tag: str, role: str, name: str) -> None:
    """Each paragraph, item and cell once and whole, in order, whatever pages it stands on."""
    assert read(tag, role) == texts(html(tag), name)
    assert read(tag, role)


def test_headings_leave_out_no_level(tag: str) -> None:
    levels = [int(h.role[1]) for h in heard(tag).root.walk() if re.fullmatch(r"H\d", h.role)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_whatever_is_painted_is_read_or_an_artifact(tag: str) -> None:
    assert heard(tag).untagged == []


def test_running_heads_and_repeated_heads_of_tables_are_not_read(tag: str) -> None:
    pages = heard(tag).artifacts
    brand = {"en": "Dollar Liquidity Weekly", "zh-Hans": "美元流动性周报"}[tag]
    heads = set(texts(html(tag), "th"))
    desk = {"en": "Dollar Liquidity Desk", "zh-Hans": "美元流动性研究组"}[tag]
    day = {"en": "December 2, 2025", "zh-Hans": "2025年12月2日"}[tag]
    for number, found in enumerate(pages, 1):
        around = {f"{number} / {len(pages)}", desk} | ({brand, day} if number > 1 else set())
        assert around <= set(found)
        assert {squeezed(text) for text in set(found) - around} <= heads
    assert brand not in body(tag).text


def test_each_table_is_one_with_heads_that_say_of_what(tag: str) -> None:
    tables = body(tag).all("Table")
    assert len(tables) == len(list(html(tag).iter("table")))
    assert any(len({p for cell in table.walk() for p in cell.pages}) > 3 for table in tables)
    scopes = [
        {"col": "/Column", "row": "/Row"}[cell.attrib["scope"]] for cell in html(tag).iter("th")
    ]
    assert [str(head.attribute("/Scope")) for head in body(tag).all("TH")] == scopes
    for table in tables:
        assert len(table.all("THead")) == 1
        widths = {len(row.elements) for row in table.all("TR")}
        assert len(widths) == 1


def test_items_have_a_mark_and_a_body(tag: str) -> None:
    for found in heard(tag).root.all("L"):
        # The standard has a name for a disc and none for a dash.
        style = {"en": "/None", "zh-Hans": "/Disc"}[tag]
        assert str(found.attribute("/ListNumbering")) == style
        for item in found.elements:
            assert (item.role, [part.role for part in item.elements]) == ("LI", ["Lbl", "LBody"])


def test_a_figure_is_told_by_its_description_below_its_caption(tag: str) -> None:
    charts = page(AS_OF, tag).charts
    figures = [
        (group, graphic)
        for group in body(tag).all("Div")
        if group.elements[0].role == "Caption"
        for graphic in group.all("Figure")
    ]
    assert len(figures) == len(body(tag).all("Figure")) == len(charts) == 12
    told = [str(graphic.made.Alt) for _, graphic in figures]
    plain = " ".join(told).replace("\N{NO-BREAK SPACE}", " ")
    finding = {"en": "$26 billion on December 1, 2025", "zh-Hans": "2025年12月1日为 260亿美元"}[tag]
    assert finding in plain
    described = [re.search(r"<desc[^>]*>([^<]+)<", chart.svg) for chart in charts.values()]
    assert sorted(told) == sorted(found[1] for found in described if found)
    assert all(re.search(r"\d", text) and len(text) > 40 for text in told)
    captions = [squeezed(group.elements[0].text) for group, _ in figures]
    for caption, full in zip(texts(html(tag), "figcaption"), captions, strict=True):
        assert full.endswith(caption)  # after its number
    for _, graphic in figures:
        x1, y1, x2, y2 = (float(value) for value in graphic.attribute("/BBox"))
        assert 51 < x1 < x2 < 545  # the margins of 18 mm
        assert 51 < y1 < y2 < 780
        assert 60 < y2 - y1 < 300


def links(tag: str) -> Iterator[tuple[Element, pikepdf.Dictionary]]:
    for link in heard(tag).root.all("Link"):
        for annotation in link.annotations:
            yield link, annotation


def test_links_say_in_words_where_they_lead(tag: str) -> None:
    found = list(links(tag))
    assert len(found) > 150
    for link, annotation in found:
        assert squeezed(str(annotation.Contents)) == squeezed(link.text)
    opened = heard(tag).pdf
    all_of_them = [a.objgen for sheet in opened.pages for a in sheet.get("/Annots", ())]
    assert sorted(all_of_them) == sorted(annotation.objgen for _, annotation in found)
    parents = dict(zip(*[iter(opened.Root.StructTreeRoot.ParentTree.Nums)] * 2, strict=True))
    for link, annotation in found:
        assert parents[annotation.StructParent].objgen == link.made.objgen
    assert all(str(sheet.Tabs) == "/S" for sheet in opened.pages)


def test_the_metadata_name_both_standards_and_are_in_the_language(tag: str) -> None:
    opened = heard(tag).pdf
    with opened.open_metadata() as metadata:
        known = dict(metadata)
    names = {name.rpartition("}")[2]: value for name, value in known.items()}
    assert [value for name, value in known.items() if name.endswith("pdfua/ns/id/}part")] == ["1"]
    assert [value for name, value in known.items() if name.endswith("pdfa/ns/id/}part")] == ["3"]
    assert names["conformance"] == "A"
    assert set(names["language"]) == {tag}
    assert names["title"] == str(opened.docinfo["/Title"])
    assert names["creator"] == [str(opened.docinfo["/Author"])]
    assert names["description"] == str(opened.docinfo["/Subject"])
    assert names["CreateDate"] == names["ModifyDate"] == AS_OF
    packet = opened.Root.Metadata.read_bytes().decode()
    assert packet.count(f'<rdf:li xml:lang="{tag}">{names["title"]}</rdf:li>') == 1
    assert "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>" in packet
    (intent,) = opened.Root.OutputIntents
    assert str(intent.S) == "/GTS_PDFA1"
    assert b"acsp" in intent.DestOutputProfile.read_bytes()[:64]  # the mark of an ICC profile


def test_the_data_of_each_chart_and_every_figure_are_attached(tag: str) -> None:
    opened = heard(tag).pdf
    files = {str(spec.UF): spec for spec in opened.Root.AF}
    charts = page(AS_OF, tag).charts
    assert set(files) == {f"{chart}.{tag}.csv" for chart in charts} | {f"figures.{tag}.csv"}
    index = opened.Root.Names.EmbeddedFiles.Names
    assert [str(name) for name in list(index)[::2]] == sorted(files)  # a viewer searches by halves
    for name, spec in files.items():
        content = opened.attachments[name].get_file()
        assert content.mime_type == "text/csv"
        assert str(spec.AFRelationship) == "/Data"
        dates = spec.EF.F.Params
        assert {str(dates.ModDate), str(dates.CreationDate)} == {"D:20251202000000Z"}
        chart = charts.get(name.partition(".")[0])
        assert chart is None or content.read_bytes() == chart.csv
    told = {
        "en": "$26 billion in a day, the second-highest so far · "
        "Standing repo facility, accepted amounts by day, billions of US dollars",
        "zh-Hans": "单日 260亿美元，迄今第二高 · 常备回购便利每日使用量，亿美元",
    }[tag]
    assert str(files[f"srf_daily.{tag}.csv"].Desc).replace("\N{NO-BREAK SPACE}", " ") == told


def test_the_attached_figures_are_those_of_the_page(tag: str) -> None:
    content = heard(tag).pdf.attachments[f"figures.{tag}.csv"].get_file().read_bytes()
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")))}
    assert set(rows) == set(page(AS_OF, tag).figures)
    used = rows["srf.told"]
    # 26.0 billion were accepted on 1 December 2025, the sum of that day's two operations.
    assert (used["value"], used["unit"], used["as_of"]) == ("26000000000", "usd", "2025-12-01")
    assert used["series"] == "srf_accepted"
    assert {"en": "$26 billion", "zh-Hans": "260亿美元"}[tag] in used["printed"].replace(
        "\xa0", " "
    )


def test_a_figure_leads_to_its_data(tag: str) -> None:
    graphics = body(tag).all("Figure")
    names = [[str(spec.UF) for spec in graphic.made.AF] for graphic in graphics]
    assert [len(found) for found in names] == [1] * 12
    for graphic, (name,) in zip(graphics, names, strict=True):
        chart = page(AS_OF, tag).charts[name.partition(".")[0]]
        assert str(graphic.made.Alt) in chart.svg


def test_data_may_end_with_a_carriage_return() -> None:
    rows = (b"a,b\n" * 200 + bytes([last]) for last in range(256))
    content = next(row for row in rows if zlib.compress(row, 9).endswith(b"\r"))
    file = Attached("a.csv", content, "A", date(2025, 12, 2))
    source = '<!doctype html><html lang="en"><head><title>T</title></head><p>A</p></html>'
    written = write(Printable(source, (file,)))
    report = checker.validate_pdf_bytes(written, profile=STANDARDS["3a"])
    assert [failure.message for failure in report.failures] == []
    with pikepdf.open(io.BytesIO(written)) as opened:
        assert opened.attachments["a.csv"].get_file().read_bytes() == file.content


def document(body: str, style: str = "") -> Spoken:
    head = f"<title>T</title><style>@page {{ size: A5 }} {style}</style>"
    source = f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>'
    return spoken(write(Printable(source)))


def test_another_language_within_the_text_is_marked() -> None:
    found = document('<p lang="en">A <b lang="zh-Hans">词 <i lang="zh-Hans">语</i></b></p>')
    marked = [(e.role, str(e.made.Lang), e.text) for e in found.root.walk() if "/Lang" in e.made]
    assert marked == [("Span", "zh-Hans", "词语")]


def test_pieces_on_two_pages_are_one() -> None:
    found = document(
        f"<p>{'word ' * 900}</p><ul><li>{'item ' * 500}</li></ul>"
        f"<p><a href='https://example.com/'>{'link ' * 900}</a></p>"
    )
    assert [e.role for e in found.root.walk()] == [
        "Document", "P", "L", "LI", "Lbl", "LBody", "P", "Link",
    ]  # fmt: skip
    paragraph, item, link = (found.root.all(role)[0] for role in ("P", "LBody", "Link"))
    assert (paragraph.text, item.text, link.text) == ("word" * 900, "item" * 500, "link" * 900)
    assert min(len(part.pages) for part in (paragraph, item, link)) > 1
    assert len(link.annotations) > 20  # one a line


def test_a_marked_span_within_a_link_gets_no_link_of_its_own() -> None:
    found = document("<p><a href='https://example.com/'>a<span>b</span>c</a></p>")
    (link,) = found.root.all("Link")
    assert (link.text, len(link.annotations)) == ("abc", 1)
    assert len(found.pdf.pages[0].Annots) == 1


def test_a_graphic_without_description_is_a_fault() -> None:
    with pytest.raises(RenderError) as caught:
        document('<p><svg width="9" height="9"><rect width="9" height="9"/></svg></p>')
    assert "no description" in caught.value.what
