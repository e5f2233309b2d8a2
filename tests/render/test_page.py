"""The page of 2 December 2025: valid, self-contained, every figure linked to its source."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import html5lib
import pytest

from reportgen.errors import InputError, RenderError
from reportgen.render import trace
from reportgen.render.page import PageBuilder
from reportgen.settings import ProjectSettings, Settings
from tests.conftest import LANGUAGES
from tests.render.made import AS_OF, edition, page, small_page

SECTIONS = ["lead", "qt", "srf", "supply", "funding", "tools"]


@cache
def tree(tag: str) -> ET.Element:
    """The page as a browser reads it; any error of syntax fails."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    root: ET.Element = parser.parse(page(AS_OF, tag).html)
    return root


def elements(tag: str, *names: str) -> list[ET.Element]:
    return [e for e in tree(tag).iter() if isinstance(e.tag, str) and (e.tag in names)]


def text_of(element: ET.Element) -> str:
    return "".join(element.itertext())


def article(tag: str) -> str:
    """The text of the sections without charts and their data, white space plain."""
    html = without_chart_data(page(AS_OF, tag).html)
    html = html[html.index("<article>") : html.index("</article>")]
    html = re.sub(r'<div class="elsewhere".*?</div>', "", html)
    plain = re.sub(r"<[^>]*>", "", re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL))
    return " ".join(plain.replace("\xa0", " ").split())


def without_chart_data(html: str) -> str:
    """A page without what only screens have: tables below charts, and scripts."""
    html = re.sub(r'<div class="chart-data">.*?</details>.*?</div>\n', "", html, flags=re.DOTALL)
    return re.sub(r"<script.*?</script>\n", "", html, flags=re.DOTALL)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_valid_and_in_its_language(tag: str) -> None:
    root = tree(tag)
    assert page(AS_OF, tag).html.startswith("<!doctype html>\n")
    assert root.attrib["lang"] == tag
    assert root.attrib["class"] == {"en": "latin", "zh-Hans": "han"}[tag]
    (other,) = (e for e in elements(tag, "a") if e.attrib.get("class") == "lang")
    elsewhere = {"en": "zh-Hans", "zh-Hans": "en"}[tag]
    assert other.attrib["hreflang"] == other.attrib["lang"] == elsewhere
    assert other.attrib["href"] == f"../{elsewhere}/brief.html"
    assert text_of(other) == {"en": "简体中文", "zh-Hans": "English"}[tag]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_what_a_reader_looks_for(tag: str) -> None:
    parts = {
        "en": [
            "SRF lending reached $26 billion on December 1",
            "second-highest",
            "$50.35 billion on October 31",
            "June 2020",
            "$6.13 trillion",
            "$2.06 trillion",
            "$870 billion − $480 billion = $390 billion",
        ],
        "zh-Hans": [
            "260亿美元",
            "2020年6月以来第二高",
            "10月31日的 503.5亿美元",
            "6.13万亿美元",
            "2.06万亿美元",
            "8,700亿美元 − 4,800亿美元 = 3,900亿美元",
        ],
    }[tag]
    for part in parts:
        assert part in article(tag), part


@pytest.mark.parametrize("tag", LANGUAGES)
def test_nothing_is_fetched(tag: str) -> None:
    for element in tree(tag).iter():
        if not isinstance(element.tag, str):
            continue
        assert element.tag not in {"link", "img", "iframe", "object", "embed", "base"}
        for name, value in element.attrib.items():
            if name in ("src", "srcset", "data", "poster", "action"):
                pytest.fail(f"<{element.tag} {name}={value}>")
            if name == "href" and element.tag != "a":
                assert value.startswith("#"), f"<{element.tag} {name}={value}>"
        for value in (*element.attrib.values(), text_of(element) if element.tag == "style" else ""):
            assert "@import" not in value
            assert not re.search(r"url\((?!#)", value), value[:80]
    addresses = {e.attrib["href"].split(":")[0] for e in elements(tag, "a") if "href" in e.attrib}
    assert not any(scheme in ("http", "javascript", "file", "data") for scheme in addresses)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_ids_are_unique(tag: str) -> None:
    ids = [e.attrib["id"] for e in tree(tag).iter() if "id" in e.attrib]
    assert [id for id, count in Counter(ids).items() if count > 1] == []
    assert {"annex", *SECTIONS} <= set(ids)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_figure_links_to_its_row(tag: str) -> None:
    """Sections that tell the same fact share the row of the first that told it."""
    rows = {e.attrib["id"]: e for e in elements(tag, "tr") if "id" in e.attrib}
    figures = elements(tag, "data")
    in_text = [figure for figure in figures if len(figure)]
    assert len(rows) > 60
    # The table of the model is a row of its own for each of its figures.
    (model,) = (e for e in elements(tag, "div") if e.attrib.get("class") == "model")
    unlinked = len(rows) + len(list(model.iter("data")))
    assert len(figures) - len(in_text) == unlinked, "a figure leads nowhere from its own row only"
    assert len(in_text) > len(rows)
    for figure in in_text:
        (link,) = figure
        assert link.tag == "a"
        own = rows[link.attrib["href"].removeprefix("#")].find("td/data")
        assert own is not None
        assert abs(float(own.attrib["value"])) == abs(float(figure.attrib["value"]))
        assert re.fullmatch(r"-?\d+(\.\d+)?", figure.attrib["value"])
    linked = {figure[0].attrib["href"].removeprefix("#") for figure in in_text}
    assert linked <= set(rows)
    # The alternative texts of charts print figures too; they have rows as well.
    printed = {entry.key for entry in page(AS_OF, tag).printed}
    told = {key for key in printed if not key.startswith(("date:", "name:"))}
    assert set(page(AS_OF, tag).figures) == told
    assert {figure.attrib["data-fact"] for figure in figures} <= told


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_row_says_where_its_figure_comes_from(tag: str) -> None:
    for row in (e for e in elements(tag, "tr") if e.attrib.get("id", "").startswith("fact-")):
        figure, day, origin, formula = (text_of(cell).strip() for cell in row)
        assert figure
        assert re.search(r"\b20[12]\d\b|20[12]\d年", day)
        assert len(origin) > 1
        assert len(formula) > 3
        for link in row.iter("a"):
            target = link.attrib["href"]
            assert target.startswith(("https://", "#fact-")), target


@pytest.mark.parametrize("tag", LANGUAGES)
def test_headings_are_nested(tag: str) -> None:
    headings = elements(tag, "h1", "h2", "h3", "h4", "h5", "h6")
    levels = [int(heading.tag[1]) for heading in headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert levels.count(2) == 7
    assert all(after <= before + 1 for before, after in pairwise(levels))
    texts = [text_of(heading).strip() for heading in headings]
    assert all(texts)
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_chart_has_caption_and_source(tag: str) -> None:
    figures = elements(tag, "figure")
    assert [f.attrib["id"] for f in figures] == [f"chart-{id}" for id in page(AS_OF, tag).charts]
    for figure in figures:
        title, subtitle = (
            next(e for e in figure.iter("span") if e.attrib.get("class") == name)
            for name in ("fig-title", "fig-subtitle")
        )
        assert text_of(title).strip()
        assert text_of(subtitle).strip()
        (source,) = (p for p in figure.iter("p") if p.attrib.get("class") == "source")
        start = {"en": "Source: ", "zh-Hans": "资料来源："}[tag]
        assert text_of(source).startswith(start)
        assert len(text_of(source)) > len(start)
        assert sum(1 for _ in figure.iter("{http://www.w3.org/2000/svg}svg")) + sum(
            1 for _ in figure.iter("svg")
        ) == 1  # fmt: skip


@pytest.mark.parametrize("tag", LANGUAGES)
def test_tables_tell_what_their_columns_are(tag: str) -> None:
    for table in elements(tag, "table"):
        heads = list(table.iter("th"))
        assert heads
        assert all(head.attrib.get("scope") in ("col", "row") for head in heads)
        widths = {len(list(row)) for row in table.iter("tr")}
        assert len(widths) == 1


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_head(tag: str) -> None:
    (title,) = (text_of(e) for e in elements(tag, "title") if e.attrib.get("id") is None)
    (heading,) = (text_of(e) for e in elements(tag, "h1"))
    brand = {"en": "Dollar Liquidity Weekly", "zh-Hans": "美元流动性周报"}[tag]
    assert "".join(title.split()) == "".join(f"{heading} · {brand}".split())
    metas = {
        e.attrib["name"]: e.attrib["content"] for e in elements(tag, "meta") if len(e.attrib) > 1
    }
    assert metas["dcterms.created"] == metas["dcterms.modified"] == AS_OF
    assert 80 < len(metas["description"]) < 600
    assert "<" not in metas["description"]
    assert not re.search(r"[，。：；] ", metas["description"]), (
        "sentences are joined as on the page"
    )


def test_chinese_keeps_only_tickers_and_names_in_latin() -> None:
    assert set(re.findall(r"[A-Za-z]+", article("zh-Hans"))) <= {
        "EFFR", "FOMC", "IORB", "MBS", "ON", "QT", "RRP", "SOFR", "SOMA", "SRF", "TGA", "TGCR",
        "Logan", "William", "Marshall", "Scott", "Skyrm",
    }  # fmt: skip
    for part in elements("zh-Hans", "p", "li", "td", "h1", "h2", "h3"):
        if part.attrib.get("class") in ("issue", "brand"):
            continue
        text = text_of(part).strip().replace("\n", " ")
        assert not re.search(r"[\u4e00-\u9fff] [\u4e00-\u9fff]", text), text
        assert not re.search(r"[,;:?!](?=[\u4e00-\u9fff])", text), text
        assert not re.search(r"[\u4e00-\u9fff][A-Za-z]", text), text


def test_english_has_no_han_but_the_name_of_the_other_language() -> None:
    body = page(AS_OF, "en").html.split("</head>")[1]
    assert set(re.findall(r"[\u4e00-\u9fff]+", body)) == {"简体中文"}


@pytest.mark.parametrize("tag", LANGUAGES)
def test_no_seams(tag: str) -> None:
    """No doubled or missing space, no empty paragraph, no rest of a template."""
    html = page(AS_OF, tag).html
    assert not re.search(r"<(p|li|td|h\d)(?: [^>]*)?>\s*</\1>", html)
    rests = r"\{\{|\}\}|\{%|\bNone\b|\bnan\b|%\(|untranslated|Undefined"
    assert re.findall(rests, html.split("</style>")[1]) == []
    for paragraph in elements(tag, "p", "li", "h1", "h2", "h3"):
        text = re.sub(r"[ \n]+", " ", text_of(paragraph))
        assert not re.search(r" [,.;:?!]|\.\.|,,|。。|，，|\(\s|\s\)", text), text
        if tag == "en":
            assert not re.search(r"[a-z0-9][.;:?!][A-Z]", text), text


@pytest.mark.parametrize("tag", LANGUAGES)
def test_screen_and_print_differ_in_style_only(tag: str) -> None:
    """But for the data of charts and the script, and the annex, whose figures need no elements
    of their own in print."""
    made = page(AS_OF, tag)
    screen, printed = (re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
                       for html in (made.html, made.print_html))  # fmt: skip
    assert "chart-data" not in printed
    assert "<script" not in printed
    screen = without_chart_data(screen)
    text, mark, annex = screen.partition('<section id="annex"')
    plain = re.sub(r"</?(data|time|code)\b[^>]*>", "", annex)
    assert len(plain) < len(annex)
    assert text + mark + plain == printed
    assert "@page" in made.print_html
    assert "@page" not in made.html
    assert "prefers-color-scheme: dark" in made.html
    for html in (made.html, made.print_html):
        assert '"Noto Serif CJK SC"' in html
        assert not re.search(r"@[a-z-]+@", html)


def test_both_languages_have_the_same_frame() -> None:
    frames = [
        [(e.tag, e.attrib.get("id")) for e in elements(tag, "section", "figure", "h2", "table")]
        for tag in LANGUAGES
    ]
    assert frames[0] == frames[1]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_what_was_seen_is_what_was_printed(tag: str) -> None:
    made = edition(AS_OF, tag)
    seen = {s.key for s in made.sightings if not s.key.startswith("name:")}
    printed = {p.key for p in made.page.printed if not p.key.startswith("name:")}
    labels = "".join(
        str(text) for chart in made.page.charts.values() for text in (chart.alt, *chart.labels)
    )
    assert seen <= printed
    for key in printed - seen:
        assert f'"{key.removeprefix("date:")}"' in labels, f"{key} was printed and is nowhere"


def test_the_files_of_an_edition() -> None:
    names = [artifact.path.as_posix() for artifact in edition(AS_OF, "zh-Hans").artifacts]
    charts = [name for name in names if name.startswith("zh-Hans/charts/")]
    assert len(charts) == 24
    assert set(names) - set(charts) == {"zh-Hans/brief.html", "zh-Hans/card.png"}
    assert {Path(name).suffix for name in charts} == {".svg", ".csv"}


def test_a_desk_with_digits_in_its_name(tmp_path: Path) -> None:
    """It is registered by the settings; typed into a text it would fail the gate."""
    names = ProjectSettings(desk={"en": "Desk 47"}, contact="desk47@example.com")
    made = small_page(tmp_path, settings=Settings(project=names))
    registered = ("Desk 47", "desk47@example.com")
    trace.check(made.html, made.locale, made.printed, registered)
    assert "<strong>Desk 47</strong>" in made.html


@pytest.mark.parametrize("field", ["desk", "disclaimer"])
def test_a_setting_without_the_language(tmp_path: Path, field: str) -> None:
    project = ProjectSettings.model_validate({field: {"fr": "x"}})
    with pytest.raises(InputError) as caught:
        small_page(tmp_path, settings=Settings(project=project))
    assert caught.value.what == f"[project] {field} has no en"
    assert caught.value.where == "reportgen.toml"


def test_what_editors_write_is_escaped(tmp_path: Path) -> None:
    project = ProjectSettings(desk={"en": "R&D <Desk>"}, contact='a"b@example.com')
    made = small_page(tmp_path, settings=Settings(project=project))
    html5lib.HTMLParser(strict=True).parse(made.html)
    assert "R&amp;D &lt;Desk&gt;" in made.html
    assert "<Desk>" not in made.html


def test_a_chart_that_no_section_makes(tmp_path: Path) -> None:
    with pytest.raises(RenderError) as caught:
        small_page(tmp_path, body="{{ chart('no_such_chart') }}")
    assert "'no_such_chart', which no section makes" in caught.value.what


def test_a_style_sheet_of_the_project(tmp_path: Path) -> None:
    sheet = tmp_path / "templates" / "assets" / "screen.css"
    sheet.parent.mkdir(parents=True)
    sheet.write_text("p { color: rebeccapurple }", encoding="utf-8")
    made = small_page(tmp_path)
    assert "rebeccapurple" in made.html
    assert "rebeccapurple" not in made.print_html


def test_a_draft_says_so(tmp_path: Path) -> None:
    banner = "Draft, not for publication"
    assert banner in small_page(tmp_path, draft=True).html
    assert banner not in small_page(tmp_path).html


def test_a_builder_is_for_one_language(tmp_path: Path) -> None:
    made = small_page(tmp_path, "zh-Hans", body="<p>SOFR为{{ lead.tga_end|figure }}</p>")
    assert "<p>SOFR 为 <data" in made.html
    assert made.locale.tag == "zh-Hans"
    assert made.headline == "Nothing happened"
    assert PageBuilder.__doc__


@pytest.mark.parametrize("tag", LANGUAGES)
def test_marks_of_gauges_stand_where_their_percentiles_are(tag: str) -> None:
    """At every twentieth: 84% at the seventeenth, which is 85% of the line; 1% at its start."""
    html = page(AS_OF, tag).html
    told = re.findall(
        r">([\d.]+)%</a></data><span class=\"place\"><span class=\"at at-(\d+)\">", html
    )
    assert told == [
        ("1", "0"), ("84", "17"), ("2", "0"), ("99.3", "20"), ("99.8", "20"), ("99.7", "20"),
        ("100", "20"), ("32", "6"), ("100", "20"),
    ]  # fmt: skip
    for _, place in told:
        assert f".at-{place} {{ margin-left: {int(place) * 5}%; }}" in html
