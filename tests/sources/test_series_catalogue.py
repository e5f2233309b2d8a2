"""The series catalogue: complete, free of provider names, and in step with the bundled snapshot."""

from __future__ import annotations

import json
import lzma
import re
from collections.abc import Callable
from datetime import date, time

import pytest

from reportgen.model import Calendar, Frequency, Meaning, Release, Series, Source, Unit
from reportgen.sources.catalogue import CATALOGUE, SOURCES, series_of
from reportgen.store import bundle
from reportgen.store.dataset import Dataset

by_id = pytest.mark.parametrize("series", CATALOGUE, ids=lambda series: series.id)
by_source = pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.id)

# What a provider, its product or its file format is called: no part of an id.
PROVIDER_WORDS = {
    "alfred", "api", "board", "dts", "fiscaldata", "frb", "fred", "h41", "mspd", "newyorkfed",
    "nyfed", "stlouisfed", "treasury",
}  # fmt: skip


@pytest.fixture(scope="module")
def heads() -> dict[str, dict[str, object]]:
    """The head line of each series in the bundle's file, by id."""
    lines = lzma.decompress(bundle.PATH.read_bytes()).decode().splitlines()
    found = [json.loads(ln.removeprefix("series ")) for ln in lines if ln.startswith("series ")]
    assert len({head["id"] for head in found}) == len(found)
    return {head["id"]: head for head in found}


def test_ids_are_unique() -> None:
    ids = [series.id for series in CATALOGUE]
    assert len(ids) == len(set(ids))
    assert len({source.id for source in SOURCES}) == len(SOURCES)


@by_id
def test_an_id_names_what_is_measured_and_no_provider(series: Series) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", series.id)
    # Collateral that consists of Treasuries is what is measured.
    assert not PROVIDER_WORDS & set(series.id.removeprefix("srf_treasury_").split("_"))


@by_id
def test_each_series_has_page_source_unit_rule_and_display_step(series: Series) -> None:
    assert re.match(r"https://[a-z.]+/", series.page)
    assert series.source in {source.id for source in SOURCES}
    assert series.publisher in {"frb", "nyfed", "treasury"}
    assert series.identifier
    assert series.unit in {Unit.USD, Unit.PERCENT}
    assert series.quantum > 0
    assert time(8, 0) <= series.rule.clock_time <= time(17, 0)


@by_id
def test_frequency_meaning_and_release_belong_together(series: Series) -> None:
    assert (series.frequency is Frequency.WEEK) == (series.rule.release is Release.THURSDAY)
    assert (series.frequency is Frequency.MONTH) == (series.meaning is Meaning.MONTH_END)
    weekly = {Meaning.WEDNESDAY_LEVEL, Meaning.WEEK_AVERAGE}
    assert (series.frequency is Frequency.WEEK) == (series.meaning in weekly)
    monthly = series.rule.release is Release.BUSINESS_DAY_OF_NEXT_MONTH
    assert (series.frequency is Frequency.MONTH) == monthly
    assert series.rule.nth == (4 if monthly else 0)


@by_id
def test_rates_show_two_decimals_and_money_whole_tens_of_millions_or_more(series: Series) -> None:
    if series.unit is Unit.PERCENT:
        assert str(series.quantum) == "0.01"
    else:
        assert series.quantum >= 10_000_000


@pytest.mark.parametrize(
    ("series_id", "meaning"),
    [
        ("reserve_balances", Meaning.WEEK_AVERAGE),
        ("currency_in_circulation", Meaning.WEEK_AVERAGE),
        ("total_assets", Meaning.WEDNESDAY_LEVEL),
        ("tga_level", Meaning.WEDNESDAY_LEVEL),
        ("reserve_balances_level", Meaning.WEDNESDAY_LEVEL),
        ("soma_total", Meaning.WEDNESDAY_LEVEL),
        ("tga_close", Meaning.DAY),
        ("bills_outstanding", Meaning.MONTH_END),
    ],
)
def test_week_averages_and_wednesday_levels_are_told_apart(
    series_id: str, meaning: Meaning
) -> None:
    assert series_of(series_id).meaning is meaning


@pytest.mark.parametrize(
    ("series_id", "calendar"),
    [
        ("sofr", Calendar.SIFMA),
        ("tgcr", Calendar.SIFMA),
        ("srf_accepted", Calendar.SIFMA),
        ("on_rrp_accepted", Calendar.SIFMA),
        ("effr", Calendar.FED),
        ("total_assets", Calendar.FED),
        ("tga_close", Calendar.FED),
        ("bills_outstanding", Calendar.FED),
    ],
)
def test_each_market_keeps_its_own_holidays(series_id: str, calendar: Calendar) -> None:
    assert series_of(series_id).rule.calendar is calendar


def test_only_the_temporary_operations_have_ended() -> None:
    ended = {series.id: series.ended for series in CATALOGUE if series.ended}
    # The standing facility took over on 2021-07-29.
    assert ended == {"temporary_repo_accepted": date(2021, 7, 28)}


def test_what_the_brief_requires_is_in_the_bundle() -> None:
    """The first run needs neither network nor key."""
    assert not [series.id for series in CATALOGUE if series.required and not series.bundled]


def test_an_unknown_id_is_a_key_error() -> None:
    assert series_of("sofr").identifier == "rates/secured/sofr percentRate"
    with pytest.raises(KeyError, match="libor"):
        series_of("libor")


@by_source
def test_each_source_has_a_publisher_a_page_a_licence_and_a_notice(source: Source) -> None:
    assert source.publisher
    assert source.page.startswith("https://")
    assert source.licence.startswith("https://")
    assert source.notice.endswith(".")


@pytest.mark.parametrize(
    ("source_id", "words"),
    [
        (
            "fred",
            "This product uses the FRED® API but is not endorsed or certified by the Federal "
            "Reserve Bank of St. Louis.",
        ),
        ("nyfed", "subject to its Terms of Use"),
        ("nyfed", "does not sanction, endorse or recommend"),
        ("treasury", "public domain"),
    ],
)
def test_the_notices_the_providers_ask_for(source_id: str, words: str) -> None:
    (source,) = (source for source in SOURCES if source.id == source_id)
    assert words in source.notice


def test_the_bundle_holds_every_bundled_series_and_no_other(
    heads: dict[str, dict[str, object]],
) -> None:
    assert set(heads) == {series.id for series in CATALOGUE if series.bundled}
    assert all(head["rows"] for head in heads.values())


@by_id
def test_the_head_in_the_bundle_names_publisher_identifier_and_unit(
    series: Series, heads: dict[str, dict[str, object]]
) -> None:
    head = heads.get(series.id)
    assert (head is not None) == series.bundled
    if head is not None:
        told = (head["publisher"], head["source"], head["identifier"], head["unit"])
        assert told == (series.publisher, series.source, series.identifier, series.unit.value)


@pytest.mark.parametrize(
    ("series_id", "day", "value"),
    [
        # H.4.1 comes in millions, operations in billions, SOMA in dollars.
        ("total_assets", "2025-11-26", 6_552_419e6),
        ("tga_level", "2025-11-26", 899_678e6),
        ("reserve_balances", "2025-11-26", 2_896_586e6),
        ("on_rrp_accepted", "2025-12-01", 3.240e9),
        ("srf_accepted", "2025-10-31", 50.35e9),
        ("temporary_repo_accepted", "2020-06-15", 53.35e9),
        ("soma_total", "2025-11-26", 6_133_944_510_441.3),
        ("soma_bills", "2025-11-26", 195_492_926_700.0),
        ("bills_outstanding", "2025-10-31", 6_593_194.1855e6),
        ("tga_close", "2025-12-01", 948_079e6),
        ("sofr", "2025-10-31", 4.22),
        ("tgcr", "2025-12-01", 4.07),
        ("effr", "2025-12-01", 3.89),
        # Decisions take effect the day after the meeting.
        ("iorb", "2025-10-29", 4.15),
        ("iorb", "2025-10-30", 3.90),
        ("target_upper", "2025-10-30", 4.00),
        ("target_lower", "2025-10-30", 3.75),
        ("srf_rate", "2025-10-29", 4.25),
        ("srf_rate", "2025-10-30", 4.00),
        # ON RRP stood 5 basis points above the bottom of the range until 2024-12-18.
        ("on_rrp_rate", "2024-12-18", 4.55),
        ("on_rrp_rate", "2024-12-19", 4.25),
        ("on_rrp_rate", "2025-10-30", 3.75),
    ],
)
def test_values_are_in_dollars_and_percent(
    dataset: Callable[[str], Dataset], series_id: str, day: str, value: float
) -> None:
    assert dataset("2025-12-02").value(series_id, date.fromisoformat(day)) == value
