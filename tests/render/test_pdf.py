"""The PDF: text in the right faces, bookmarks, links, nothing fetched, equal bytes each time."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
import pypdfium2
import pytest

from reportgen import design
from reportgen.errors import RenderError
from reportgen.render.pdf import Attached, Printable, write
from tests.conftest import LANGUAGES, NO_PROJECT
from tests.render import made
from tests.render.made import AS_OF, page

MM = 72 / 25.4

FACES = {"Noto-Sans-CJK-SC", "Noto-Sans-CJK-SC-Bold", "Noto-Serif-CJK-SC", "Noto-Serif-CJK-SC-Bold"}


@cache
def opened(tag: str) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(made.pdf(tag)))


@cache
def text_of_pages(tag: str) -> list[str]:
    """The text of each page."""
    texts = []
    with pypdfium2.PdfDocument(made.pdf(tag)) as document:
        for sheet in document:
            text = sheet.get_textpage()
            texts.append(text.get_text_bounded())
            text.close()
            sheet.close()
    return texts


def dictionaries(tag: str) -> list[pikepdf.Dictionary]:
    return [found for found in opened(tag).objects if isinstance(found, pikepdf.Dictionary)]


PARTS = {
    "en": [
        "$26billion", "second-highest", "$50.35billion", "October31", "June2020", "$6.13trillion",
        "$2.06trillion", "$870billion−$480billion=$390billion",
    ],
    "zh-Hans": [
        "260亿美元", "第二高", "503.5亿美元", "6.13万亿美元", "2.06万亿美元",
        "8,700亿美元−4,800亿美元=3,900亿美元", "2020年6月",
    ],
}  # fmt: skip


@pytest.fixture(scope="module", params=LANGUAGES)
def tag(request: pytest.FixtureRequest) -> str:
    """Each language in turn; of module scope, so that its tests stand together in a worker."""
    language: str = request.param
    return language


def test_the_text_can_be_read(tag: str) -> None:
    text = "".join("".join(text_of_pages(tag)).split())
    for part in PARTS[tag]:
        assert part in text, part
    assert "\ufffd" not in text
    assert "\ufffe" not in text


def test_pages_are_counted(tag: str) -> None:
    pages = text_of_pages(tag)
    assert 4 < len(pages) < 16
    assert len(pages) == len(opened(tag).pages)
    for number, text in enumerate(pages, 1):
        assert re.search(rf"(?<!\d){number} / {len(pages)}(?!\d)", text), text[-40:]
        assert len("".join(text.split())) > 100, f"page {number} is all but empty"
    for sheet in opened(tag).pages:
        width, height = (float(sheet.mediabox[side]) for side in (2, 3))
        assert (round(width), round(height)) == (595, 842)


def test_everything_stands_within_the_margins(tag: str) -> None:
    """Text and lines of figures alike; a mark at a line's end may hang half an em over."""
    page_size = design.load(NO_PROJECT).page
    left, right = page_size.margin_side_mm * MM, (210 - page_size.margin_side_mm) * MM
    with pdfplumber.open(io.BytesIO(made.pdf(tag))) as document:
        for number, sheet in enumerate(document.pages, 1):
            for character in sheet.chars:
                if character["text"] == " ":
                    continue
                hangs = 6 if character["text"] in "，。、；：！？）」』》" else 0.5
                seen = f"{character['text']!r} on page {number}"
                assert character["x0"] > left - 0.5, seen
                assert character["x1"] < right + hangs, seen
            for shape in (*sheet.curves, *sheet.lines):
                assert shape["x0"] > left - 1.5, f"page {number}"
                assert shape["x1"] < right + 1.5, f"page {number}"


def test_the_faces_are_the_simplified_chinese_ones_and_embedded(tag: str) -> None:
    """Neither Japanese shapes nor a font of the machine that made it."""
    fonts = [found for found in dictionaries(tag) if found.get("/Type") == "/Font"]
    names = {str(font["/BaseFont"]).removeprefix("/") for font in fonts}
    assert all(re.match(r"[A-Z]{6}\+", name) for name in names), "a whole font is embedded"
    faces = {name.split("+")[1] for name in names}
    assert faces <= FACES
    assert {"Noto-Sans-CJK-SC", "Noto-Sans-CJK-SC-Bold", "Noto-Serif-CJK-SC"} <= faces
    for font in fonts:
        if font["/Subtype"] == "/Type0":
            assert "/ToUnicode" in font
            (descendant,) = font["/DescendantFonts"]  # type: ignore[attr-defined]
            assert "/FontFile3" in descendant["/FontDescriptor"]


def test_bookmarks_are_the_headings(tag: str) -> None:
    found: list[tuple[int, str]] = []

    def walk(items: Any, level: int) -> None:
        for item in items:
            found.append((level, item.title))
            walk(item.children, level + 1)

    with opened(tag).open_outline() as outline:
        walk(outline.root, 1)
    html = page(AS_OF, tag).print_html
    headings = [
        (int(level), re.sub(r"<[^>]*>", "", text).strip())
        for level, text in re.findall(r"<h([1-6])[^>]*>(.*?)</h\1>", html, re.DOTALL)
    ]
    assert found == headings
    assert [level for level, _ in found][:3] == [1, 2, 2]


def test_metadata(tag: str) -> None:
    info = opened(tag).docinfo
    assert str(info["/Title"]) == page(AS_OF, tag).headline + {
        "en": " · Dollar Liquidity Weekly", "zh-Hans": " · 美元流动性周报",
    }[tag]  # fmt: skip
    assert (
        str(info["/Author"]) == {"en": "Dollar Liquidity Desk", "zh-Hans": "美元流动性研究组"}[tag]
    )
    assert str(info["/CreationDate"]) == str(info["/ModDate"]) == "D:20251202"
    root = opened(tag).Root
    assert str(root["/Lang"]) == tag
    assert bool(root["/MarkInfo"]["/Marked"]) is True
    assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"]) is True


def test_figures_link_to_the_annex(tag: str) -> None:
    links = [found for found in dictionaries(tag) if found.get("/Subtype") == "/Link"]
    inside = [link for link in links if "/Dest" in link]
    assert len(inside) > 80
    addresses = {str(link["/A"]["/URI"]) for link in links if "/A" in link}
    assert len(addresses) > 10
    assert all(address.startswith(("https://", "mailto:")) for address in addresses)


def test_written_twice_the_bytes_are_equal(tmp_path: Path) -> None:
    small = made.small_page(tmp_path, body="<p>{{ lead.tga_end|figure }}</p>")
    first, second = (made.written(small) for _ in range(2))
    assert first == second


def test_equal_bytes_in_another_process(tmp_path: Path) -> None:
    """With another hash seed, and nothing that was drawn before."""
    source, target = tmp_path / "page.html", tmp_path / "page.pdf"
    small = made.small_page(tmp_path, "zh-Hans", body="<p>{{ lead.tga_end|figure }}</p>")
    source.write_text(small.print_html, encoding="utf-8")
    program = (
        "import datetime, pathlib, sys\n"
        "from reportgen.render.pdf import Attached, Printable, write\n"
        "source, target = map(pathlib.Path, sys.argv[1:])\n"
        "file = Attached('数据.csv', b'a,b', '数据', datetime.date(2025, 12, 2))\n"
        "html = source.read_text(encoding='utf-8')\n"
        "target.write_bytes(write(Printable(html, (file,))))\n"
    )
    subprocess.run(
        [sys.executable, "-c", program, str(source), str(target)],
        env={**os.environ, "PYTHONHASHSEED": "4711", "TZ": "Asia/Tokyo"},
        check=True,
    )
    file = Attached("数据.csv", b"a,b", "数据", date(2025, 12, 2))
    assert target.read_bytes() == write(Printable(small.print_html, (file,)))


def document(head: str = "", body: str = "<p>Text</p>") -> str:
    return (
        f'<!doctype html><html lang="en"><head><title>T</title>{head}</head><body>{body}</body>'
        "</html>"
    )


def written(html: str) -> bytes:
    return write(Printable(html))


def test_a_small_document() -> None:
    assert written(document()).startswith(b"%PDF-1.7")
    assert written(document()) == written(document())
    assert written(document()) != written(document(body="<p>Other text</p>"))


@pytest.mark.parametrize(
    ("html", "named"),
    [
        (document("<style>p { colour: red }</style>"), "colour"),
        (document("<style>p { display: gird }</style>"), "gird"),
        (document("<style>@page { margin: 1furlong }</style>"), "furlong"),
        (document('<link rel="stylesheet" href="style.css">'), "style.css"),
        (document(body='<p><a href="#nowhere">x</a></p>'), "nowhere"),
    ],
)
def test_a_warning_is_a_fault(html: str, named: str) -> None:
    with pytest.raises(RenderError) as caught:
        written(html)
    assert caught.value.what.startswith("WeasyPrint warns: ")
    assert named in caught.value.what
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("html", "named"),
    [
        (document(body='<img src="https://example.com/a.png">'), "https://example.com/a.png"),
        (document(body='<img src="http://example.com/a.png">'), "http://example.com/a.png"),
        (document(body='<img src="file:///etc/passwd">'), "file:///etc/passwd"),
        (document("<link rel='stylesheet' href='https://example.com/a.css'>"), "example.com/a.css"),
        (document("<style>@import url(https://example.com/b.css);</style>"), "example.com/b.css"),
        (
            document("<style>p { background: url(https://example.com/c.png) }</style>"),
            "https://example.com/c.png",
        ),
        (
            document("<style>@font-face { font-family: f; src: url(https://example.com/d.otf) }"
                     "p { font-family: f }</style>"),
            "Font-face 'f' cannot be loaded",
        ),
        (document(body='<object data="https://example.com/e.svg"></object>'), "example.com/e.svg"),
        (
            document("<link rel='attachment' href='https://example.com/f.txt'>"),
            "https://example.com/f.txt",
        ),
    ],
)  # fmt: skip
def test_nothing_is_fetched(html: str, named: str) -> None:
    with pytest.raises(RenderError) as caught:
        written(html)
    assert named in caught.value.what


def test_a_fault_leaves_no_trace_for_the_next_document() -> None:
    with pytest.raises(RenderError):
        written(document("<style>p { colour: red }</style>"))
    assert written(document()).startswith(b"%PDF-")
