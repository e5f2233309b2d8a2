"""The page of a series: what a reader sees, what stands behind it, and the files beside it."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import html5lib
import pytest

from reportgen.charts.interactive import embedded
from reportgen.errors import CheckError, InputError
from reportgen.language.locale import Locale
from reportgen.model import Unit, quantity
from reportgen.model.chart import DailyBarChart, Scale, TimeChart
from reportgen.render import chart_tables, trace
from reportgen.site import citations, history_chart, series_csv, told
from reportgen.site.series_pages import SHOWN, SeriesPages
from reportgen.site.told import CitingBrief, Told
from tests.conftest import LANGUAGES
from tests.render.made import AS_OF, page
from tests.site import made


def read(html: str) -> Any:
    """The document; a ParseError at the first fault of its HTML."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)


def text_of(element: Any) -> str:
    return " ".join("".join(element.itertext()).replace("\xa0", " ").split())


def body_of(series_id: str, tag: str) -> Any:
    return read(made.framed(made.series_page(series_id, tag), tag)).find(".//main")


def rows_of(body: Any) -> dict[str, str]:
    return {text_of(row[0]): text_of(row[1]) for row in body.findall(".//dl/div")}


# --- what a reader sees ---


def test_sofr_in_english() -> None:
    body = body_of("sofr", "en")
    assert text_of(body.find(".//h1")) == "Secured Overnight Financing Rate (SOFR)"
    assert text_of(body.find(".//p[@class='latest']")) == "4.12% December 1, 2025 On schedule"
    assert rows_of(body) == {
        "Measure": "Rate of the day",
        "Unit": "Percent",
        "Frequency": "Business days",
        "Publisher": "Federal Reserve Bank of New York",
        "Series code": "rates/secured/sofr percentRate",
        "Publication": "On the next business day of the bond market",
        "Counted as public from": "December 2, 2025, 15:00 in New York, December 3, 2025, 04:00 in "
        "Beijing",
        "Next value due": "December 3, 2025, 15:00 in New York, December 4, 2025, 04:00 in Beijing",
    }
    caption = text_of(body.find(".//figcaption"))
    assert caption == (
        "From April 2018 to December 2025, between 0.01% and 5.40% "
        "Secured Overnight Financing Rate (SOFR), percent"
    )


def test_sofr_in_chinese() -> None:
    body = body_of("sofr", "zh-Hans")
    assert text_of(body.find(".//h1")) == "有担保隔夜融资利率（SOFR）"
    assert text_of(body.find(".//p[@class='latest']")) == "4.12% 2025年12月1日 按时"
    found = rows_of(body)
    assert found["发布机构"] == "纽约联邦储备银行"
    assert found["频率"] == "每个营业日"
    assert "2025年12月2日15:00" in found["视为已公布的时间"]


@pytest.mark.parametrize(
    ("series_id", "tag", "newest", "title"),
    [
        # Two digits at least: 7,840,642,989.20 and 5,620,000,000.
        ("soma_cmbs", "en", "$7.8 billion", "between $0 and $9.9 billion"),
        ("on_rrp_accepted", "en", "$5.6 billion", "between $0 and $2.554 trillion"),
        ("srf_accepted", "en", "$10.26 billion", "up to $50.35 billion in a day"),
        ("srf_accepted", "zh-Hans", "102.6亿美元", "单日最高 503.5亿美元"),
        ("reserve_balances", "zh-Hans", "2.90万亿美元", "介于 1.39万亿美元与 4.28万亿美元之间"),
    ],
)
def test_amounts_have_two_digits_or_more_and_titles_no_more_than_four(
    series_id: str, tag: str, newest: str, title: str
) -> None:
    body = body_of(series_id, tag)
    assert text_of(body.find(".//p[@class='latest']/strong")) == newest
    assert title in text_of(body.find(".//*[@class='fig-title']"))


def test_a_rate_that_is_set_has_no_date_at_which_it_is_due() -> None:
    found = rows_of(body_of("iorb", "en"))
    assert found["Publication"] == "When it changes, on the day before it takes effect"
    assert "Next value due" not in found
    assert "Counted as public from" not in found


def test_a_series_that_ended_and_one_that_is_late() -> None:
    assert text_of(body_of("temporary_repo_accepted", "en").find(".//p[@class='latest']")) == (
        "$0 July 28, 2021 Ended"
    )
    late = replace(made.history("tga_close"), late=True, due=date(2025, 12, 2))
    html = made.framed(made.pages("en").series(late), "en")
    assert "The value of December 2, 2025 was due" in text_of(read(html).find(".//main"))


def test_identifier_and_list_are_linked() -> None:
    links = {a.get("href"): text_of(a) for a in body_of("reserve_balances", "en").iter("a")}
    assert links["https://fred.stlouisfed.org/series/WRESBAL"] == "WRESBAL"
    assert links["../../../en/data/"] == "All series"
    assert "../../../data/series/reserve_balances.csv" in links


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize("series_id", ["sofr", "srf_accepted", "temporary_repo_accepted"])
def test_a_page_is_valid_traced_and_plain(series_id: str, tag: str) -> None:
    """Strict HTML, every number traced, nothing that a strict policy of the site forbids."""
    html = made.framed(made.series_page(series_id, tag), tag)
    read(html)
    printer = made.pages(tag).templates.printer
    sightings = trace.check(html, printer.locale, printer.printed)
    assert f"history.{series_id}.newest" in {seen.key for seen in sightings}
    assert not re.search(r"\sstyle=|<style", html)
    scripts = re.findall(r"<script[^>]*>", html)
    assert scripts == [
        '<script type="application/json" class="chart-values">',
        f'<script type="application/json" class="chart-language" data-lang="{tag}">',
        '<script type="module" src="../../../assets/charts.js">',
    ]
    with pytest.raises(CheckError, match="1 numbers on the page"):
        trace.check(html.replace("</h1>", " 26</h1>"), printer.locale, printer.printed)


# --- the briefs that cite it ---


@pytest.mark.parametrize(
    ("tag", "printed"),
    [
        ("en", "$10.26 billion Dec 2 $26 billion Dec 1 $50.35 billion Oct 31"),
        ("zh-Hans", "102.6亿美元 12月2日 260亿美元 12月1日 503.5亿美元 10月31日"),
    ],
)
def test_a_brief_is_cited_as_it_printed(tag: str, printed: str) -> None:
    (row,) = body_of("srf_accepted", tag).findall(".//table[@class='citations']/tbody/tr")
    assert row.find("th/a").get("href") == f"../../../{tag}/{AS_OF}/"
    assert text_of(row.find("td")) == printed
    brief = page(AS_OF, tag).html
    for figure in row.findall("td//data"):
        address, _, anchor = figure.find("a").get("href").partition("#")
        assert address == f"../../../{tag}/{AS_OF}/"
        assert f'id="{anchor}"' in brief
        assert text_of(figure.find("a")).replace(" ", "\xa0") in brief


def test_a_figure_that_shares_its_row_leads_to_that_row() -> None:
    """The dashboard's balance of the Treasury is explained in the row of the lead's."""
    assert made.citing().anchors["en"]["dashboard.tga_level"] == "fact-lead-tga_end"
    row = body_of("tga_level", "en").find(".//table[@class='citations']/tbody/tr")
    links = [a.get("href") for a in row.findall("td//a")]
    assert links[0] == f"../../../en/{AS_OF}/#fact-lead-tga_end"
    # A row that is not there is not led to.
    html = page(AS_OF, "en").html.replace('id="fact-lead-tga_end"', "")
    assert "dashboard.tga_level" not in told.anchors(html)


def test_a_series_within_computed_figures_alone() -> None:
    row = body_of("soma_cmbs", "en").find(".//table[@class='citations']/tbody/tr")
    assert text_of(row.find("td")) == ("In computed figures alone, such as $2.06 trillion")


def test_a_series_that_no_brief_prints() -> None:
    body = body_of("temporary_repo_accepted", "en")
    assert "No brief on this site prints a figure" in text_of(body)
    assert body.find(".//table[@class='citations']") is None


def weekly(count: int) -> list[CitingBrief]:
    """Briefs a week apart, the oldest first, each with its own value of SOFR."""
    briefs = []
    for week in range(count):
        day = date(2025, 9, 4) + timedelta(weeks=week)
        value = Decimal("4.00") + Decimal(week) / 100
        figure = quantity(
            "funding.sofr", value, Unit.PERCENT, day, "0.01", series=("sofr",),
            formula=f"sofr({day})",
        )  # fmt: skip
        fact = Told(figure, {"en": (f"{value:.2f}%",)})
        briefs.append(CitingBrief(day, (fact,), {"en": {}}))
    return briefs


def test_the_newest_brief_comes_first_and_older_ones_fold_out() -> None:
    pages = made.pages("en")
    own = SeriesPages(pages.templates, pages.design, pages.histories, weekly(SHOWN + 2), made.BASE)
    html = made.framed(own.series(made.history("sofr")), "en")
    seen, folded = read(html).findall(".//table[@class='citations']")
    first, *others = seen.findall("tbody/tr")
    # Fifteen weeks: the last is that of 11 December, and there SOFR is 4.14%.
    assert [text_of(cell) for cell in first] == ["December 11, 2025", "4.14% Dec 11"]
    # Its page explains nothing, so the figure leads to the page.
    assert first.find("td//a").get("href") == "../../../en/2025-12-11/"
    assert len(others) == SHOWN - 1
    older = [text_of(row[0]) for row in folded.findall("tbody/tr")]
    assert older == ["September 11, 2025", "September 4, 2025"]
    assert "charts.js" not in html


def test_a_language_that_a_brief_has_not_does_not_cite_it(chinese: Locale) -> None:
    assert citations.of_series(made.history("sofr").series, weekly(3), chinese) == ()


def test_the_finest_printing_of_a_value_is_the_one_cited(english: Locale) -> None:
    cited = citations.of_series(made.history("srf_accepted").series, [made.citing()], english)
    newest = cited[0].levels[0]
    # $10.3 billion among the gauges, $10.26 billion in the text.
    assert (newest.text, newest.figure.id) == ("$10.26\xa0billion", "srf.latest")


def test_a_record_that_is_none() -> None:
    for content in (b"{}", b"[]", b'{"facts": [{"id": "x"}]}', b"\xff"):
        with pytest.raises(InputError) as caught:
            told.read(content)
        assert "build the brief again" in caught.value.remedy


# --- the chart ---


@pytest.mark.parametrize(
    ("series_id", "kind", "scale", "step"),
    [
        ("sofr", TimeChart, Scale.PERCENT, False),
        ("iorb", TimeChart, Scale.PERCENT, True),
        ("srf_rate", TimeChart, Scale.PERCENT, True),
        ("reserve_balances", TimeChart, Scale.TRILLION_USD, False),
        # Down to 49 and to 0 billion.
        ("tga_level", TimeChart, Scale.BILLION_USD, False),
        ("on_rrp_accepted", TimeChart, Scale.BILLION_USD, False),
        ("soma_frn", TimeChart, Scale.BILLION_USD, False),
        ("srf_accepted", DailyBarChart, Scale.BILLION_USD, False),
        ("temporary_repo_accepted", DailyBarChart, Scale.BILLION_USD, False),
    ],
)
def test_kind_and_unit_of_the_chart(
    series_id: str, kind: type[object], scale: Scale, step: bool
) -> None:
    spec = history_chart.chart_of(made.history(series_id))
    assert isinstance(spec, kind)
    line = spec.bars if isinstance(spec, DailyBarChart) else spec.lines[0]
    assert (spec.scale, line.step, spec.wide) == (scale, step, True)


def test_what_the_script_gets_is_the_whole_history() -> None:
    values = body_of("sofr", "en").find(".//script[@class='chart-values']")
    content = json.loads(values.text)
    assert len(content["days"]) == 1914
    assert content["days"][0] == (date(2018, 4, 3) - date(1970, 1, 1)).days
    assert sum(content["columns"][0]["cells"]) == 412
    assert content["decimals"] == 2
    assert content["period"][0] == "year"


def test_bars_end_with_the_newest_day() -> None:
    """No room is left at the right where no bar has a name."""
    values = body_of("srf_accepted", "en").find(".//script[@class='chart-values']")
    content = json.loads(values.text)
    assert content["x"][1] - sum(content["days"]) == 4


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_table_below_the_chart_is_the_file(tag: str) -> None:
    """Reserves in trillions; in Chinese ON RRP in 亿, of which ten are a billion."""
    language = made.pages(tag).locale
    for series_id, worth, factor in (
        ("reserve_balances", 10**12, 1),
        ("on_rrp_accepted", 10**9, 10 if tag == "zh-Hans" else 1),
    ):
        content = series_csv.to_csv(made.history(series_id))
        html = made.framed(made.series_page(series_id, tag), tag)
        tables = trace.read_page(html).chart_tables
        data = series_csv.in_units_of(content, worth, factor)
        chart_tables.check(tables, {series_id: data}, language)
        # Another newest value, and the page is not what the file says.
        lines = content.decode().splitlines()
        lines[-1] = f"{lines[-1].split(',')[0]},3000000000000"
        other = series_csv.in_units_of("\n".join(lines).encode(), worth, factor)
        with pytest.raises(CheckError, match="is printed for"):
            chart_tables.check(tables, {series_id: other}, language)
    assert [table.rows[1][1] for table in tables] == ["56.20" if factor == 10 else "5.620"]


def test_every_series_of_the_history_has_a_page() -> None:
    """Each is drawn, and its table held to its file, when its page is made."""
    for history in made.histories().series:
        assert made.series_page(history.series.id, "en").path == f"series/{history.series.id}/"


# --- the files beside it ---


def test_every_value_of_a_file_reads_back() -> None:
    for history in made.histories().series:
        head, *rows = csv.reader(io.StringIO(series_csv.to_csv(history).decode("ascii")))
        assert head == ["date", f"{history.series.id}_{history.series.unit.value}"]
        assert tuple(date.fromisoformat(day) for day, _ in rows) == history.dates
        assert tuple(float(value) for _, value in rows) == history.values
        assert not any("e" in value.lower() for _, value in rows)


def test_lines_of_files() -> None:
    sofr = series_csv.to_csv(made.history("sofr")).decode().splitlines()
    assert (sofr[0], sofr[1], sofr[-1]) == (
        "date,sofr_percent",
        "2018-04-03,1.83",
        "2025-12-01,4.12",
    )
    soma = series_csv.to_csv(made.history("soma_total")).decode().splitlines()
    assert (soma[0], soma[-1]) == ("date,soma_total_usd", "2025-11-26,6133944510441.3")


def test_what_search_engines_read() -> None:
    found = made.series_page("sofr", "en").dataset
    assert found == {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": "https://example.org/weekly/en/series/sofr/",
        "name": "Secured Overnight Financing Rate (SOFR)",
        "description": "Secured Overnight Financing Rate (SOFR), published by the Federal Reserve "
        "Bank of New York: chart and data since April 2018, and the briefs that cite it.",
        "url": "https://example.org/weekly/en/series/sofr/",
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "identifier": "rates/secured/sofr percentRate",
        "isBasedOn": "https://www.newyorkfed.org/markets/reference-rates",
        "creator": {"@type": "Organization", "name": "Federal Reserve Bank of New York"},
        "license": "https://www.newyorkfed.org/privacy/termsofuse",
        "creditText": found["creditText"],
        "temporalCoverage": "2018-04-03/2025-12-01",
        "dateModified": "2025-12-02T20:00:00+00:00",
        "variableMeasured": {
            "@type": "PropertyValue",
            "name": "Secured Overnight Financing Rate (SOFR)",
            "unitText": "Percent",
        },
        "distribution": [
            {
                "@type": "DataDownload",
                "name": "sofr.csv",
                "encodingFormat": "text/csv",
                "contentUrl": "https://example.org/weekly/data/series/sofr.csv",
            }
        ],
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "name": "Series and their sources",
            "url": "https://example.org/weekly/en/data/",
        },
    }
    assert "under its Terms of Use" in found["creditText"]
    assert json.loads(embedded(found)) == found
    chinese = made.series_page("sofr", "zh-Hans").dataset
    assert chinese["creator"]["name"] == "纽约联邦储备银行"
    assert chinese["distribution"] == found["distribution"]
