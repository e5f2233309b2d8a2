"""The page that lists every series: what a reader and a search engine find on it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import html5lib
import pytest

from reportgen.charts.interactive import embedded
from reportgen.render import trace
from reportgen.site.series_pages import SeriesPages
from tests.conftest import LANGUAGES
from tests.site import made


def main_of(html: str) -> Any:
    parsed = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    return parsed.find(".//main")


def text_of(element: Any) -> str:
    return " ".join("".join(element.itertext()).replace("\xa0", " ").split())


def rows_of(main: Any) -> dict[str, list[str]]:
    """The cells of each series by its page."""
    rows = [row for row in main.iter("tr") if row.find("td") is not None]
    return {row.find("th/a").get("href"): [text_of(cell) for cell in row] for row in rows}


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_series_has_a_row_that_leads_to_its_page(tag: str) -> None:
    html = made.framed(made.pages(tag).data(), tag)
    found = rows_of(main_of(html))
    assert list(found) == [
        f"../../{tag}/series/{history.series.id}/" for history in made.histories().series
    ]
    printer = made.pages(tag).templates.printer
    trace.check(html, printer.locale, printer.printed)
    assert not re.search(r"\sstyle=|<style|<script", html)


def test_rows_in_english() -> None:
    found = rows_of(main_of(made.framed(made.pages("en").data(), "en")))
    assert found["../../en/series/sofr/"] == [
        "Secured Overnight Financing Rate (SOFR)", "rates/secured/sofr percentRate",
        "Business days", "4.12%", "Dec 1", "Dec 2", "Dec 3", "On schedule",
    ]  # fmt: skip
    # Thursday 27 November was Thanksgiving.
    assert found["../../en/series/reserve_balances/"] == [
        "Reserve balances, week average", "WRESBAL", "Weekly", "$2.90 trillion", "Nov 26",
        "Nov 28", "Dec 4", "On schedule",
    ]  # fmt: skip
    ended = found["../../en/series/temporary_repo_accepted/"]
    assert ended[-4:] == ["Jul 28, 2021", "Jul 28, 2021", "–", "Ended"]
    assert found["../../en/series/iorb/"][-4:] == ["Dec 3", "–", "on change", "On schedule"]


def test_rows_in_chinese() -> None:
    found = rows_of(main_of(made.framed(made.pages("zh-Hans").data(), "zh-Hans")))
    assert found["../../zh-Hans/series/bills_outstanding/"][2:] == [
        "每月", "6.593万亿美元", "10月31日", "11月6日", "12月4日", "按时"
    ]  # fmt: skip


def test_a_late_series_is_told_in_words() -> None:
    pages, all_of_them = made.pages("en"), made.histories()
    series = tuple(replace(h, late=h.series.id == "effr") for h in all_of_them.series)
    late = SeriesPages(
        pages.templates, pages.design, replace(all_of_them, series=series), (), made.BASE
    )
    found = rows_of(main_of(made.framed(late.data(), "en")))
    assert [row[0] for row in found.values() if row[-1] == "Late"] == [
        "Effective federal funds rate (EFFR)"
    ]


def test_series_stand_by_their_publisher() -> None:
    main = main_of(made.framed(made.pages("en").data(), "en"))
    groups = {text_of(body[0]): len(body) - 1 for body in main.iter("tbody")}
    assert groups == {
        "Federal Reserve Board": 9, "Federal Reserve Bank of New York": 16, "US Treasury": 3
    }  # fmt: skip
    for body in main.iter("tbody"):
        assert (body[0][0].get("scope"), body[0][0].get("colspan")) == ("rowgroup", "8")


def test_a_cell_brings_the_name_of_its_column() -> None:
    """On a phone a row is a block, and columns have no head."""
    main = main_of(made.framed(made.pages("en").data(), "en"))
    heads = [text_of(head) for head in main.findall(".//thead/tr/th")]
    for row in main.findall(".//tbody/tr"):
        if row.find("td") is not None:
            assert [cell.get("data-label") for cell in row.findall("td")] == heads[1:]


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        (
            "en",
            [
                "Data public by December 2, 2025, 23:59 in New York",
                "The page is updated with each brief",
                "uses the FRED® API but is not endorsed or certified",
                "the New York Fed has not sanctioned, endorsed or recommended",
            ],
        ),
        (
            "zh-Hans",
            ["2025年12月2日23:59", "本页随每期简报更新", "FRED® API", "纽约联储未批准"],
        ),
    ],
)
def test_notices_and_when_it_is_made(tag: str, said: list[str]) -> None:
    shown = text_of(main_of(made.framed(made.pages(tag).data(), tag)))
    for text in said:
        assert text in shown


def test_what_search_engines_read() -> None:
    found = made.pages("en").data().dataset
    assert (found["@type"], found["url"]) == ("Dataset", f"{made.BASE}/en/data/")
    assert found["temporalCoverage"] == "2018-01-01/2025-12-03"
    assert found["dateModified"] == "2025-12-03T04:59:59+00:00"
    assert [who["name"] for who in found["creator"]] == [
        "Federal Reserve Board", "Federal Reserve Bank of New York", "US Treasury"
    ]  # fmt: skip
    parts = {part["url"]: part for part in found["hasPart"]}
    assert len(parts) == len(found["distribution"]) == 28
    sofr = parts[f"{made.BASE}/en/series/sofr/"]
    assert sofr["description"] == made.series_page("sofr", "en").dataset["description"]
    assert json.loads(embedded(found)) == found
