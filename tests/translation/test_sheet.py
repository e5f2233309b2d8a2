"""The translators' sheet: each message beside its source, as printed; what waits is told."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest

from reportgen import resources
from reportgen.errors import InputError
from reportgen.language import locale
from reportgen.language.extraction import source_messages
from reportgen.translation import filling, sheet
from reportgen.translation.filling import Sayings
from tests.conftest import NO_PROJECT, brief_as_of
from tests.translation.files import (
    TEXT,
    entry,
    line_of,
    path_in,
    project_with,
    run,
    translated,
    with_template,
)

DAYS = (date(2025, 12, 2), date(2023, 3, 16))
SOURCES = [source.context for source in source_messages(NO_PROJECT)]
CAPTION, HIGH = "tools.dates.caption", "srf.usage.high"


@cache
def sayings(tag: str = "zh-Hans", project: Path = NO_PROJECT) -> Sayings:
    english, language = locale.load("en", project), locale.load(tag, project)
    return filling.gather(map(brief_as_of, DAYS), project, english, language)


@cache
def html() -> str:
    return sheet.write(NO_PROJECT, locale.load("zh-Hans", NO_PROJECT), sayings())


def waiting(project: Path) -> str:
    return sheet.write(project, locale.load("zh-Hans", project), sayings(), missing=True)


@cache
def parsed(page: str) -> Element:
    """Invalid HTML is an error."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)


def rows(page: str) -> dict[str, Element]:
    return {row.get("id", ""): row for row in parsed(page).iter("article")}


def text(element: Element) -> str:
    return " ".join("".join(element.itertext()).replace("\N{NO-BREAK SPACE}", " ").split())


def contents(page: str) -> dict[str, list[str]]:
    """What the table of contents says of each section: messages, share translated, to do."""
    cells = [[text(cell) for cell in line] for line in parsed(page).iter("tr")]
    return {name: counts for name, *counts in cells[1:]}


def said(row: Element) -> tuple[str, str]:
    """What the row first shows: the English and what stands beside it."""
    english, beside = [e for e in row.iter("div") if "said" in e.get("class", "").split()][:2]
    return text(english), text(beside)


def test_every_message_has_its_row() -> None:
    shown = [row.get("id") for row in parsed(html()).iter("article")]
    assert len(shown) == len(set(shown))
    assert set(shown) == set(SOURCES)


def test_in_the_order_of_the_page() -> None:
    found = [e.get("id", "").removeprefix("section-") for e in parsed(html()).iter("section")]
    assert [name for name in found if name] == [
        "lead", "dashboard", "changes", "qt", "srf", "supply", "funding", "tools",
        "annex", "definitions", "series", "publisher", "furniture", "mail", "frame", "home",
        "labels", "archive", "data", "history", "words", "methodology", "glossary", "corrections",
        "search", "missing", "feed",
    ]  # fmt: skip
    links = [a.get("href") for a in parsed(html()).iter("a") if "#section" in a.get("href", "")]
    assert links == [f"#section-{name}" for name in found if name]


def test_variants_stand_together() -> None:
    """Rose beside fell, a record beside the second-highest and none."""
    together = [
        [row.get("id") for row in statement.iter("article")]
        for statement in parsed(html()).iter("section")
        if statement.get("class") == "statement"
    ]
    for rows_of_one in together:
        assert len({".".join(str(name).split(".")[:2]) for name in rows_of_one}) == 1
    usage = next(names for names in together if HIGH in names)
    assert {"srf.usage.never", "srf.usage.record", "srf.usage.idle_since"} <= set(usage)
    assert len(usage) == 9


def test_figures_of_the_date_in_both_languages() -> None:
    english, chinese = said(rows(html())[HIGH])
    assert english.startswith("SRF lending reached $26 billion on December 1.")
    assert "second-highest amount since June 2020" in english
    assert chinese.startswith("SRF 投放量 12月1日达到 260亿美元；")
    assert "2020年6月以来第二高，仅次于 10月31日的 503.5亿美元。" in chinese
    marked = [text(e) for e in rows(html())[HIGH].iter("span") if e.get("class") == "value"]
    assert marked[:2] == ["$26 billion", "December 1"]
    assert {"260亿美元", "12月1日", "第二高"} <= set(marked)
    assert "Said on 2025-12-02" in text(rows(html())[HIGH])


def test_both_dates_where_both_say_it() -> None:
    row = text(rows(html())["annex.imprint.cutoff"])
    assert "Said on every date of this sheet" in row
    assert "数据截止：纽约时间 2025年12月2日23:59，" in row
    assert "On 2023-03-16 Data cut-off: March 16, 2023, 23:59 in New York, " in row
    assert "Said on 2023-03-16" in text(rows(html())["srf.rate.below"])


def test_what_no_chosen_date_says_has_samples_and_says_so() -> None:
    row = rows(html())["srf.usage.record"]
    assert "Not said on these dates; filled from 2025-10-31" in text(row)
    assert said(row)[0].startswith("SRF lending reached $50.35 billion on October 31,")
    assert said(row)[1].startswith("SRF 投放量 10月31日达到 503.5亿美元，")
    row = rows(html())["srf.usage.record_ever"]
    assert "No date of the history says it; filled from other sentences" in text(row)
    assert "%(" not in said(row)[0] + said(row)[1]


def test_notes_and_the_text_with_placeholders() -> None:
    row = text(rows(html())[HIGH])
    assert 'Note: rank is "second-highest"; record is the largest day, on record_day' in row
    assert "SRF lending reached %(told)s on %(day)s." in row
    assert "SRF投放量%(day)s达到%(told)s；" in row


def test_a_missing_translation(tmp_path: Path) -> None:
    """The English stands in its place, with figures as the language prints them, marked."""
    page = waiting(project_with(tmp_path, translated(HIGH, "")))
    row = rows(page)[HIGH]
    assert "not translated" in text(row)
    assert said(row)[1].startswith("SRF lending reached 260亿美元 on 12月1日.")
    assert [e for e in row.iter("div") if e.get("class") == "untranslated"]
    assert list(contents(page)) == ["Standing repo facility", "All"]
    assert contents(page)["All"] == [f"{len(SOURCES)}", "99%", "1"]


def test_changed_english_with_its_former_source(tmp_path: Path) -> None:
    project = with_template(
        project_with(tmp_path, TEXT), "sections/tools.html.j2", "Dates ahead", "Dates to watch"
    )
    row = rows(waiting(project))[CAPTION]
    assert said(row) == ("Dates to watch", "后续重要日期")
    assert "English has changed" in text(row)
    assert "Former English: Dates ahead" in text(row)


def test_an_unsure_translation(tmp_path: Path) -> None:
    old = entry(CAPTION)
    row = rows(waiting(project_with(tmp_path, TEXT.replace(old, f"#, fuzzy\n{old}"))))[CAPTION]
    assert "marked as unsure" in text(row)
    assert said(row) == ("Dates ahead", "后续重要日期")


def test_findings_of_the_check_stand_with_their_message(tmp_path: Path) -> None:
    damaged = translated(HIGH, "<b>投放%(tld)s，储备金</b>")
    row = rows(waiting(project_with(tmp_path, damaged)))[HIGH]
    assert said(row)[1] == "<b>投放 %(tld)s，储备金</b>", "tags are not obeyed, but shown"
    told = text(row)
    assert "%(tld)s is no placeholder of this message → write %(told)s" in told
    assert f"[placeholder], line {line_of(HIGH, damaged)}" in told


def test_only_what_waits(tmp_path: Path) -> None:
    assert "Nothing waits for a translator." in waiting(NO_PROJECT)
    page = waiting(project_with(tmp_path, translated(CAPTION, "后续3个重要日期")))
    assert list(rows(page)) == [CAPTION]


def test_it_asks_for_nothing() -> None:
    """No script, no style sheet, font or image of elsewhere."""
    assert not re.search(r"<(script|link|img|iframe|object)\b|\bsrc=|url\(|@import", html())
    addresses = re.findall(r'href="([^"]*)"', html())
    assert addresses
    assert all(address.startswith("#") for address in addresses)


def begun(project: Path) -> Path:
    """A language that is not in the bundle: formats as in English, nothing translated."""
    folder = project / "locales" / "ja"
    (folder / "LC_MESSAGES").mkdir(parents=True)
    toml = (resources.LOCALES / "en" / "locale.toml").read_text(encoding="utf-8")
    folder.joinpath("locale.toml").write_text(
        toml.replace('tag = "en"', 'tag = "ja"').replace(
            'typography = "latin"', 'typography = "han"'
        )
    )
    template = (resources.LOCALES / "messages.pot").read_text(encoding="utf-8")
    folder.joinpath("LC_MESSAGES", "messages.po").write_text(template)
    return project


def test_a_language_that_has_just_begun(tmp_path: Path) -> None:
    project = begun(tmp_path)
    page = sheet.write(project, locale.load("ja", project), sayings("ja", project))
    assert len(rows(page)) == len(rows(html()))
    assert said(rows(page)[HIGH])[1].startswith("SRF lending reached $26 billion on ")
    assert said(rows(page)["srf.usage.record"])[1].startswith("SRF lending reached $50.35 billion")
    assert contents(page)["All"] == [f"{len(SOURCES)}", "0%", f"{len(SOURCES)}"]


def test_the_command(tmp_path: Path) -> None:
    file = tmp_path / "here.html"
    done = run(tmp_path, "sheet", "--as-of", "2025-12-02", "--output", str(file))
    assert (done.exit_code, done.stdout) == (0, f"{file}\n")
    assert "260亿美元" in file.read_text(encoding="utf-8")
    assert not (tmp_path / "output").exists()


def test_what_has_no_sheet(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="en is the language the templates are written in"):
        sheet.write(NO_PROJECT, locale.load("en", NO_PROJECT), sayings())
    project_with(tmp_path, TEXT[:-5])
    with pytest.raises(InputError, match=rf"{path_in(tmp_path).name}.*line \d+ has no closing"):
        waiting(tmp_path)
