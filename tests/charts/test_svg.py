"""Finished charts: fit for a page, in the language of the page, the same every time."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from reportgen import design
from reportgen.charts import svg
from reportgen.charts.drawn import DrawnChart
from tests.charts.boxes import SVG
from tests.conftest import LANGUAGES, NO_PROJECT
from tests.render.made import AS_OF, chart, charts, page

CHARTS = (
    "reserve_drivers", "liabilities", "balance_sheet", "soma_classes", "reserve_paths", "srf_daily",
    "bill_years", "bill_bridge", "mbs_path", "corridor", "spreads", "fair_value",
)  # fmt: skip

DESIGN = design.load(NO_PROJECT)

# Each colour and the name by which the style sheet changes it in the dark.
PALETTE = {getattr(DESIGN.light, name): name.replace("_", "-") for name in design.CHART_COLOURS}

# What stays Latin in a Chinese chart: tickers that the market uses as they are.
TICKERS = {"SOFR", "TGCR", "EFFR", "IORB", "MBS", "SOMA", "QT", "SRF", "TGA", "TIPS", "FRN"}


def every(day: str = AS_OF) -> list[tuple[str, DrawnChart]]:
    return [(tag, made) for tag in LANGUAGES for made in charts(day, tag).values()]


def elements(made: DrawnChart) -> list[ET.Element]:
    return list(ET.fromstring(made.svg).iter())


def test_the_charts_of_the_brief() -> None:
    for tag in LANGUAGES:
        assert tuple(charts(AS_OF, tag)) == CHARTS


def test_an_inline_element_without_style_or_date() -> None:
    for _, made in every():
        root = ET.fromstring(made.svg)
        assert root.tag == f"{SVG}svg"
        assert set(root.attrib) == {
            "viewBox", "class", "role", "lang", "aria-labelledby", "stroke-linejoin",
            "stroke-linecap",
        }  # fmt: skip
        assert root.attrib["role"] == "img"
        for element in root.iter():
            assert "style" not in element.attrib
            assert element.tag.removeprefix(SVG) in {
                "svg", "g", "path", "text", "defs", "clipPath", "rect", "use", "title", "desc",
            }, element.tag  # fmt: skip
            assert not any(name.startswith("on") for name in element.attrib)
        assert not re.search(
            r"metadata|matplotlib|xlink|<\?xml|DOCTYPE|\b20\d\d-\d\d-\d\d", made.svg
        )


def test_ids_are_the_charts_own_and_found() -> None:
    for tag, made in every():
        ids = [element.attrib["id"] for element in elements(made) if "id" in element.attrib]
        assert len(ids) == len(set(ids))
        assert all(found.startswith(f"{made.id}-") for found in ids)
        for element in elements(made):
            for name, value in element.attrib.items():
                for target in re.findall(r"url\(#([^)]*)\)", value):
                    assert target in ids, f"{made.id} in {tag}: {name}={value}"
                if name == "href":
                    assert value[1:] in ids


def test_every_colour_can_be_changed_in_the_dark() -> None:
    for tag, made in every():
        for element in elements(made):
            classes = element.attrib.get("class", "").split()
            for name in ("fill", "stroke"):
                colour = element.attrib.get(name, "none")
                if colour in ("none", "transparent"):
                    continue
                assert colour in PALETTE, f"{made.id} in {tag}: {colour}"
                assert f"{name}-{PALETTE[colour]}" in classes
            for name in ("color", "stop-color", "flood-color"):
                assert name not in element.attrib


def test_the_page_knows_every_colour_that_is_drawn() -> None:
    for tag, made in every():
        sheet = page(AS_OF, tag).html.partition("</style>")[0]
        dark = sheet.split("prefers-color-scheme: dark")[1].partition("}")[0]
        for used in re.findall(r"(?:fill|stroke)-[a-z-]+(?=[\" ])", made.svg):
            if used in ("stroke-linejoin", "stroke-linecap", "stroke-width"):
                continue
            form, _, name = used.partition("-")
            assert f".{used} {{ {form}: var(--{name}); }}" in sheet, used
            assert f"--{name}: #" in dark, f"{made.id}: {name} is not changed in the dark"


def test_coordinates_are_short() -> None:
    for _, made in every():
        for element in elements(made):
            for name, value in element.attrib.items():
                assert not re.search(r"\d\.\d{3,}", value), f"{made.id}: {name}={value[:60]}"
        assert len(made.svg) < 100_000


def test_title_and_description_are_told() -> None:
    for tag, made in every():
        root = ET.fromstring(made.svg)
        title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
        assert title is not None
        assert description is not None
        assert root.attrib["lang"] == tag
        assert root.attrib["aria-labelledby"] == f"{made.id}-title {made.id}-desc"
        assert [title.attrib["id"], description.attrib["id"]] == [
            f"{made.id}-title", f"{made.id}-desc",
        ]  # fmt: skip
        for text in (title.text or "", description.text or ""):
            assert len(text) > 5
            assert "<" not in text
            assert bool(re.search(r"[\u4e00-\u9fff]", text)) == (tag == "zh-Hans"), text
    alt = ET.fromstring(chart(AS_OF, "en", "srf_daily").svg).findtext(f"{SVG}desc") or ""
    assert "$26\xa0billion on December\xa01,\xa02025" in alt
    assert "$50.35\xa0billion on October\xa031,\xa02025" in alt
    alt = ET.fromstring(chart(AS_OF, "zh-Hans", "srf_daily").svg).findtext(f"{SVG}desc") or ""
    assert "2025年12月1日为 260亿美元" in alt


def test_chinese_charts_are_chinese() -> None:
    for made in charts(AS_OF, "zh-Hans").values():
        for text, _ in svg.texts_of(made.svg):
            assert set(re.findall(r"[A-Za-z]+", text)) <= TICKERS, f"{made.id}: {text}"
            assert "-" not in text, f"{made.id}: a hyphen for a minus sign in {text}"


def test_english_charts_are_english() -> None:
    for made in charts(AS_OF, "en").values():
        for text, _ in svg.texts_of(made.svg):
            assert not re.search(r"[\u3000-\u9fff\uff00-\uffef]", text), f"{made.id}: {text}"


def test_both_languages_draw_the_same_shapes() -> None:
    """As many paths, as many labels; only places, texts and ticks differ."""
    for chart_id in CHARTS:
        marks = []
        for tag in LANGUAGES:
            root = ET.fromstring(chart(AS_OF, tag, chart_id).svg)
            paths = [e for e in root.iter(f"{SVG}path") if "clip-path" in e.attrib]
            marks.append([(p.attrib.get("fill"), p.attrib.get("stroke")) for p in paths])
        assert marks[0] == marks[1], chart_id
        assert len(marks[0]) >= 3, chart_id


def test_the_font_is_that_of_the_language() -> None:
    for _, made in every():
        families = {e.attrib["font-family"] for e in elements(made) if e.tag == f"{SVG}text"}
        assert families == {"'Noto Sans CJK SC'"}
