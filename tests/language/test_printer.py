"""What the pen writes for figures, dates and names, and what it records."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from markupsafe import Markup

from reportgen.errors import InputError
from reportgen.language.locale import Locale
from reportgen.language.printer import Printer, anchor_of
from reportgen.model import Printed, Unit
from tests.language.quantities import AS_OF, figure

TOLD = figure("26000000000.50", Unit.USD, "1E8", "srf.told")


def test_a_figure_links_to_its_row(english: Locale, chinese: Locale) -> None:
    assert Printer(english, AS_OF).figure(TOLD) == Markup(
        '<data class="q" value="26000000000.5" data-fact="srf.told">'
        '<a href="#fact-srf-told">$26\xa0billion</a></data>'
    )
    assert Printer(chinese, AS_OF).figure(TOLD) == Markup(
        '<data class="q" value="26000000000.5" data-fact="srf.told">'
        '<a href="#fact-srf-told">260亿美元</a></data>'
    )


def test_a_large_value_is_written_out(english: Locale) -> None:
    """Not as 2E+12."""
    written = Printer(english, AS_OF).figure(figure("2E12", Unit.USD, "1E10"))
    assert ' value="2000000000000" ' in written


def test_every_way_to_print_is_recorded_in_its_section(english: Locale) -> None:
    printer = Printer(english, AS_OF)
    gap = figure("22", Unit.BASIS_POINT, "1", "funding.sofr_spread")
    day = date(2026, 1, 15)
    printer.section = "funding"
    printer.figure(gap)
    printer.signed(gap)
    printer.short(gap)
    printer.section = "tools"
    printer.day(date(2025, 12, 15))
    printer.full_day(day)
    printer.short_day(day)
    printer.month(day)
    printer.year(day)
    printer.quarter(day)
    printer.moment(datetime(2025, 12, 3, 4, 59, 59, tzinfo=UTC), "beijing")
    printer.name((("en", "Goldman Sachs"), ("zh-Hans", "高盛")))
    assert [(p.section, p.key, p.text.replace("\xa0", " ")) for p in printer.printed] == [
        ("funding", "funding.sofr_spread", "22 basis points"),
        ("funding", "funding.sofr_spread", "+22 basis points"),
        ("funding", "funding.sofr_spread", "22 bp"),
        ("tools", "date:2025-12-15", "December 15"),
        ("tools", "date:2026-01-15", "January 15, 2026"),
        ("tools", "date:2026-01-15", "Jan 15, 2026"),
        ("tools", "date:2026-01", "January 2026"),
        ("tools", "date:2026", "2026"),
        ("tools", "date:2026-01", "the first quarter of 2026"),
        ("tools", "date:2025-12-03T12:59:59+08:00", "December 3, 2025, 12:59"),
        ("tools", "name:Goldman Sachs", "Goldman Sachs"),
    ]
    assert printer.figures == {"funding.sofr_spread": gap}


def test_what_stands_in_the_markup_is_what_is_recorded(chinese: Locale) -> None:
    printer = Printer(chinese, AS_OF)
    assert printer.day(date(2025, 12, 1)) == '<time datetime="2025-12-01">12月1日</time>'
    moment = printer.moment(datetime(2025, 12, 3, 4, 59, 59, tzinfo=UTC), "new_york")
    stamp = "2025-12-02T23:59:59-05:00"
    assert moment == f'<time datetime="{stamp}">2025年12月2日23:59</time>'
    assert printer.printed == [
        Printed("", "date:2025-12-01", "12月1日"),
        Printed("", f"date:{stamp}", "2025年12月2日23:59"),
    ]


def test_names_are_escaped(english: Locale) -> None:
    printer = Printer(english, AS_OF)
    written = printer.name((("en", "Smith & <b>Sons</b>"),))
    assert written == '<span class="who">Smith &amp; &lt;b&gt;Sons&lt;/b&gt;</span>'
    assert printer.printed == [
        Printed("", "name:Smith & <b>Sons</b>", "Smith & <b>Sons</b>"),
    ]


def test_ids_are_escaped(english: Locale) -> None:
    written = Printer(english, AS_OF).figure(replace(TOLD, id='a"><b'))
    assert 'data-fact="a&#34;&gt;&lt;b"' in written


def test_an_author_without_a_name_in_the_language(chinese: Locale) -> None:
    printer = Printer(chinese, AS_OF)
    with pytest.raises(InputError) as caught:
        printer.name((("en", "Goldman Sachs"),))
    assert "has no name in zh-Hans" in caught.value.what
    assert "Goldman Sachs" in caught.value.what
    assert 'zh-Hans = "..."' in caught.value.remedy
    assert printer.printed == []


def test_a_draft_prints_the_english_of_a_name_marked(chinese: Locale) -> None:
    printed = Printer(chinese, AS_OF, draft=True).name((("en", "A strategist"),))
    assert printed == (
        '<span class="who"><span class="untranslated" lang="en">A strategist</span></span>'
    )
    with pytest.raises(InputError, match="has no name in zh-Hans"):
        Printer(chinese, AS_OF, draft=True).name((("de", "Ein Stratege"),))


@pytest.mark.parametrize(
    "other",
    [
        figure("10000000000", Unit.USD, "1E8", "srf.told"),
        figure("26000000000.50", Unit.USD_PER_MONTH, "1E8", "srf.told"),
        figure("26000000000.51", Unit.USD, "1E8", "srf.told"),
    ],
)
def test_one_id_is_one_figure(english: Locale, other: object) -> None:
    printer = Printer(english, AS_OF)
    printer.figure(TOLD)
    with pytest.raises(ValueError, match=r"two figures are called srf\.told"):
        printer.figure(other)  # type: ignore[arg-type]
    assert len(printer.printed) == 1


def test_a_figure_may_be_told_without_its_sign(english: Locale) -> None:
    """A verb can carry the direction; the record stays that of the signed figure."""
    fall = figure("-473000000000", Unit.USD, "1E9", "lead.change")
    printer = Printer(english, AS_OF)
    assert "−$473\xa0billion" in printer.figure(fall)
    assert ">$473\xa0billion" in printer.figure(fall.magnitude)
    assert printer.figures == {"lead.change": fall}


def test_a_printer_has_a_filter_for_each_kind(english: Locale) -> None:
    assert sorted(Printer(english, AS_OF).filters()) == [
        "alone", "day", "figure", "fullday", "moment", "month", "quarter", "roughly", "short",
        "shortday", "signed", "signedshort", "who", "year",
    ]  # fmt: skip


def test_a_figure_without_an_annex_leads_nowhere(english: Locale) -> None:
    printer = Printer(english, AS_OF)
    assert printer.alone(TOLD) == (
        '<data class="q" value="26000000000.5" data-fact="srf.told">$26\xa0billion</data>'
    )
    assert printer.printed == [Printed("", "srf.told", "$26\xa0billion")]


def test_a_figure_in_the_words_of_a_brief_leads_to_that_brief(english: Locale) -> None:
    """Another brief tells another value by the same name, so nothing is registered under it."""
    printer = Printer(english, AS_OF)
    written = printer.quoted(TOLD, "more than $25\xa0billion", "../2025-12-02/#fact-srf-told")
    assert '<a href="../2025-12-02/#fact-srf-told">more than $25\xa0billion</a>' in written
    assert printer.printed == [Printed("", "srf.told", "more than $25\xa0billion")]
    assert printer.figures == {}


def test_anchors() -> None:
    assert anchor_of("lead.part.tga") == "fact-lead-part-tga"
