"""The languages beside the two of a plain build: Traditional Chinese whole, Japanese begun."""

from __future__ import annotations

import io
import re
import shutil
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from opencc import OpenCC

from reportgen import resources
from reportgen.errors import CheckError
from reportgen.language import catalogue, checking, locale, po_file
from reportgen.language.typography import typeset
from reportgen.language.wrapping import wrap
from reportgen.project import open_project
from reportgen.render import edition as editions
from reportgen.render import parity
from reportgen.render.edition import Edition
from reportgen.settings import Settings
from reportgen.translation import status
from tests.charts.boxes import boxes, collisions, outside
from tests.conftest import NO_PROJECT, brief_as_of
from tests.documents.reading import visible_text
from tests.render import made

AS_OF = "2025-12-02"
FACES = {"zh-Hant": "TC", "ja": "JP", "zh-Hans": "SC", "en": "SC"}


@cache
def edition(tag: str, day: str = AS_OF, project: Path = NO_PROJECT) -> Edition:
    """Strict, but for a language that is only begun."""
    if project == NO_PROJECT and day == AS_OF and tag in ("en", "zh-Hans"):
        return made.edition(day, tag)
    language = locale.load(tag, project)
    brief = brief_as_of(date.fromisoformat(day))
    return editions.make(brief, language, project, Settings(), (), ("html",), draft=language.begun)


@cache
def fonts(tag: str) -> set[str]:
    """The families embedded in a language's PDF; its annex, half of the layout, has no others."""
    page = edition(tag).page
    text = page.print_html.partition('<section id="annex"')[0]
    unlinked = re.sub(r'<a [^>]*href="#[^"]*"[^>]*>(.*?)</a>', r"\1", text)
    content = made.written(replace(page, print_html=f"{unlinked}</article></main></body></html>"))
    with pikepdf.open(io.BytesIO(content)) as document:
        return {
            str(font["/BaseFont"]).partition("+")[2]
            for page in document.pages
            for font in page.resources.get("/Font", {}).values()
        }


def test_four_languages_say_the_same_facts() -> None:
    parity.check_languages({tag: edition(tag).sightings for tag in FACES})
    printed = {tag: {p.key for p in edition(tag).page.printed} for tag in FACES}
    facts = {tag: {k for k in keys if not k.startswith("name:")} for tag, keys in printed.items()}
    assert facts["zh-Hant"] == facts["en"] == facts["ja"]


def test_the_same_amounts_in_each_way_of_counting() -> None:
    """6.13E12 and 2.6E10 dollars, rank 2, 22 basis points: each language by its own scales."""
    told = {
        "en": ("$6.13 trillion", "$26 billion", "second-highest", "22 bp", "December 1"),
        "zh-Hans": ("6.13万亿美元", "260亿美元", "第二高", "22基点", "12月1日"),
        "zh-Hant": ("6.13兆美元", "260億美元", "第二高", "22基點", "12月1日"),
        "ja": ("6.13兆ドル", "260億ドル", "第2位", "22bp", "12月1日"),
    }
    for tag, texts in told.items():
        page = visible_text(edition(tag).page.html)
        for text in texts:
            assert text in page, f"{text} in {tag}"


@pytest.mark.parametrize("tag", ["zh-Hant", "ja"])
def test_faces_of_the_region(tag: str) -> None:
    region = FACES[tag]
    assert fonts(tag)
    assert all(re.match(rf"Noto-S(?:ans|erif)-CJK-{region}", name) for name in fonts(tag))
    for chart in edition(tag).page.charts.values():
        families = set(re.findall(r'font-family="([^"]*)"', chart.svg))
        assert families == {f"'Noto Sans CJK {region}'"}, chart.id
        assert f'lang="{tag}"' in chart.svg
    html = edition(tag).page.html
    assert f'<html lang="{tag}" class="han">' in html
    named = set(re.findall(r"(?:CJK|PingFang|Noto S\w+) (SC|TC|JP|KR|HK)\b", html))
    assert named == {region}, "no face of another region stands in for it"


@pytest.mark.parametrize("tag", ["zh-Hant", "ja"])
def test_texts_of_charts_have_their_room(tag: str) -> None:
    for chart in edition(tag).page.charts.values():
        assert len(boxes(chart.svg)) > 5
        assert collisions(chart.svg) == [], chart.id
        assert outside(chart.svg, tolerance=0.5) == [], chart.id


@cache
def translations(tag: str) -> str:
    """Everything a language's file says."""
    shipped = po_file.read(checking.file_of(locale.load(tag, NO_PROJECT), NO_PROJECT))
    return "\n".join(entry.translation for entry in shipped.entries)


def test_no_simplified_character_is_left() -> None:
    """Neither in a message nor in what is printed into it, such as names, dates and units."""
    page = visible_text(edition("zh-Hant").page.html)
    text = page + translations("zh-Hant")
    han = "".join(sorted(set(re.findall("[\u4e00-\u9fff]", text))))
    assert len(han) > 700
    to_traditional = OpenCC("s2tw").convert
    changed = {c for c in han if to_traditional(c) != c}
    # Of several Traditional characters that each of these stands for, one is itself.
    assert changed <= set("准划干")
    assert "“" not in text
    assert "「後盾」" in page


@pytest.mark.parametrize(
    ("taiwan", "mainland"),
    [
        ("聯準會", "美聯儲"), ("準備金", "儲備金"), ("附買回", "回購"), ("隔夜附賣回", "逆回購"),
        ("擔保品", "抵押品"), ("公債", "國債"), ("兆", "萬億"), ("帳戶", "賬戶"), ("標售", "拍賣"),
        ("不動產抵押貸款證券", "抵押貸款支持"), ("淨發行", "淨髮行"), ("本週", "本周"),
        ("季底", "季末"), ("水準", "水平"), ("透過", "通過"), ("資料來源", "數據源"),
    ],
)  # fmt: skip
def test_words_are_those_of_taiwan(taiwan: str, mainland: str) -> None:
    assert taiwan in translations("zh-Hant")
    assert mainland not in translations("zh-Hant")


def test_what_is_begun_is_told_apart() -> None:
    """Nothing is held against Japanese for what is missing; a strict build stops on it."""
    japanese, chinese = (locale.load(tag, NO_PROJECT) for tag in ("ja", "zh-Hant"))
    assert japanese.begun
    assert not chinese.begun
    assert checking.check(japanese, NO_PROJECT) == ()
    whole = status.of_language(japanese, NO_PROJECT)[0]
    assert 30 < whole.percent < 100
    with pytest.raises(CheckError) as caught:
        catalogue.load(japanese, NO_PROJECT, draft=False)
    assert f"{whole.missing} findings" in caught.value.what
    assert "srf.usage.high: not translated: “SRF lending reached" in caught.value.what
    page = edition("ja").page.html
    assert f'未翻訳の文案：<code class="id">{100 - whole.percent}%</code>' in page
    assert '<span class="untranslated" lang="en">' in page
    assert 'class="untranslated"' not in edition("zh-Hant").page.html


def test_what_is_begun_may_not_be_wrong(tmp_path: Path) -> None:
    shutil.copytree(resources.LOCALES / "ja", tmp_path / "locales" / "ja")
    path = tmp_path / "locales" / "ja" / "LC_MESSAGES" / "messages.po"
    text = path.read_text(encoding="utf-8")
    assert text.count("単日") == 0
    damaged = text.replace("出所：%(publishers)s", "出所：%(publisher)s").replace(
        "準備預金", "准备金"
    )
    path.write_text(damaged, encoding="utf-8")
    found = checking.check(locale.load("ja", tmp_path), tmp_path)
    rules = {finding.fault.rule.id for finding in found}
    assert {"placeholder", "script"} <= rules
    assert any("“备” is not in general use in Japanese" in f.fault.what for f in found)


def test_a_plain_build_has_its_two_languages() -> None:
    assert Settings().brief.languages == ("en", "zh-Hans")
    assert open_project(NO_PROJECT).settings.brief.languages == ("en", "zh-Hans")


def test_how_japanese_is_set() -> None:
    japanese = locale.load("ja", NO_PROJECT)
    gaps = typeset("<p>これがSOFRとONの差である</p>", japanese)
    assert gaps == '<p>これが SOFR と ON の差で<span class="keep">ある</span></p>'
    assert typeset("<p>約300億ドルで、12月1日に</p>", japanese).startswith(
        "<p>約 300億ドルで、12月"
    )
    lines = wrap([("レポ・ファシリティーへ", False)], 8, han=True)
    assert not any(line[0] in "ーっァィ、。」" for line in lines)
