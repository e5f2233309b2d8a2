"""FRED's CSV and API, and ALFRED's vintages, as recorded and as the contract says."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from reportgen.errors import SourceError
from reportgen.model import DoubtRule, Observation, Parsed
from reportgen.settings import SourceSettings
from reportgen.sources.feed import Request
from reportgen.sources.fred.observations import FredSeries, following
from reportgen.sources.fred.vintages import Vintages
from tests.sources.recorded import (
    FEED_OF,
    KEY,
    body_of,
    encoded,
    parsed,
    payload_of,
    request_of,
    values,
)

CORPORATE = FredSeries("HQMCB10YR", "corporate", (Decimal(1),), -1.0, 20.0)
SENTIMENT = FredSeries("UMCSENT", "sentiment", (Decimal(1),), 0.0, 200.0)
REVERSE_REPO = FredSeries("RRPONTSYD", "on_rrp", (Decimal(10) ** 9,), 0.0, 4e12)


def asked(series: FredSeries | Vintages, key: str = "", end: str = "2026-12-31") -> Request:
    return series.address(SourceSettings(), key, date(2018, 1, 1), date.fromisoformat(end))


def csv(*lines: str) -> bytes:
    return "\n".join([*lines, ""]).encode()


def api(*pairs: tuple[str, Any], **fields: Any) -> bytes:
    rows = [{"date": day, "value": value} for day, value in pairs]
    return encoded({"count": len(rows), "offset": 0, "observations": rows, **fields})


def test_a_recorded_response_of_the_api() -> None:
    body = body_of("fred_series_observations_HQMCB10YR.json")
    request = asked(CORPORATE, KEY)
    found = CORPORATE.parse([body], request).observations
    assert [(seen.date.isoformat(), seen.value) for seen in found] == [
        ("2023-01-01", 4.98), ("2023-02-01", 5.13), ("2023-03-01", 5.18),
        ("2023-04-01", 4.92), ("2023-05-01", 5.09), ("2023-06-01", 5.22),
    ]  # fmt: skip
    assert following(body, request) is None


def test_a_point_is_no_value_and_never_zero() -> None:
    body = body_of("fred_series_observations_missing_dot.json")
    with pytest.raises(SourceError, match="there is no observation in it"):
        SENTIMENT.parse([body], asked(SENTIMENT, KEY))
    payload = payload_of("fred_series_observations_missing_dot.json")
    payload["observations"].append({"date": "1953-11-01", "value": "80.7"})
    found = SENTIMENT.parse([encoded(payload)], asked(SENTIMENT, KEY))
    assert found.observations == (Observation("sentiment", date(1953, 11, 1), 80.7),)


def test_pages_follow_by_count_and_offset() -> None:
    # Three of 549 rows have come: the next page starts at 3.
    first = body_of("fred_series_observations_missing_dot.json")
    request = asked(SENTIMENT, KEY)
    second = following(first, request)
    assert second is not None
    assert dict(second.params)["offset"] == "3"
    assert second.secret == ("api_key", KEY)
    last = api(("2026-01-01", "1.0"), count=4, offset=3)
    assert following(last, second) is None
    found = SENTIMENT.parse([api(("2025-12-01", "2.0"), count=4), last], request)
    assert [o.value for o in found.observations] == [2.0, 1.0]


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (api(count=7, offset=3), "the page from offset 3 on is empty"),
        (api(("2026-01-01", "1.0"), count=7), "field offset is 0, asked for was 3"),
        (api(("2026-01-01", "1.0"), offset=3, count=None), "field count has no value"),
        (api(("2026-01-01", "1.0"), count=7, offset="third"), "field offset is 'third'"),
        (body_of("fred_error_bad_key.json"), "field offset is missing"),
    ],
)
def test_a_page_that_leads_nowhere_is_an_error(page: bytes, told: str) -> None:
    request = asked(SENTIMENT, KEY).with_param("offset", "3")
    with pytest.raises(SourceError, match=f"fred.UMCSENT: {told}") as caught:
        following(page, request)
    assert KEY not in str(caught.value)


@pytest.mark.parametrize("head", ["observation_date", "DATE"])
@pytest.mark.parametrize("mark", ["", "."])
def test_a_blank_cell_of_the_csv_is_no_value(head: str, mark: str) -> None:
    body = csv(f"{head},WALCL", "2025-11-19,6555283", f"2025-11-26,{mark}", "2025-12-03,6535781")
    # WALCL is in millions.
    assert values(parsed("fred.WALCL", body)) == {
        "2025-11-19": {"total_assets": 6_555_283e6},
        "2025-12-03": {"total_assets": 6_535_781e6},
    }


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    body = b"\xef\xbb\xbf" + b"observation_date,IORB\r\n2025-12-01,3.90\r\n"
    assert values(parsed("fred.IORB", body)) == {"2025-12-01": {"iorb": 3.9}}


def test_a_series_that_has_changed_from_billions_to_millions_reads_the_same() -> None:
    for text in ("2896.586", "2896586"):
        body = csv("observation_date,WRESBAL", f"2025-11-26,{text}")
        assert values(parsed("fred.WRESBAL", body)) == {
            "2025-11-26": {"reserve_balances": 2_896_586e6}
        }


def test_a_value_in_another_unit_than_most_is_doubtful() -> None:
    body = csv("DATE,WRESBAL", "2025-11-12,2857000", "2025-11-19,2896.586", "2025-11-26,2896586")
    found = parsed("fred.WRESBAL", body)
    assert set(values(found)) == {"2025-11-12", "2025-11-26"}
    (doubt,) = found.doubts
    assert (doubt.series, doubt.rule) == ("reserve_balances", DoubtRule.UNIT)
    # 2896.586 millions, as the other values of the response are.
    assert (doubt.date, doubt.value) == (date(2025, 11, 19), 2_896_586_000.0)


def test_a_copy_goes_by_a_name_of_its_own() -> None:
    body = csv("observation_date,RRPONTSYD", "2025-12-01,3.240")
    assert values(parsed("fred.RRPONTSYD", body)) == {
        "2025-12-01": {"on_rrp_accepted@fred": 3_240_000_000.0}
    }
    body = csv("observation_date,SOFR", "2025-12-01,4.12")
    assert values(parsed("fred.SOFR", body)) == {"2025-12-01": {"sofr@fred": 4.12}}


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (csv("observation_date,DFF", "2025-12-01,3.9"), "'observation_date,DFF'"),
        (csv("2025-12-01,3.9"), "the head is '2025-12-01,3.9'"),
        (csv("date,IORB", "2025-12-01,3.9"), "expected 'observation_date,IORB'"),
        (csv("observation_date,IORB,EFFR", "2025-12-01,3.9,3.89"), "the head is"),
        (csv("observation_date,IORB", "2025-12-01,3.9,3.8"), "line 2 has 3 columns, not 2"),
        (csv("observation_date,IORB", "2025-12-01"), "line 2 has 1 columns, not 2"),
        (csv("observation_date,IORB", "2025-12-01,n/a"), "field IORB is 'n/a', not a number"),
        (csv("observation_date,IORB", "12/01/2025,3.9"), "field observation_date is '12/01/2025'"),
        (csv("observation_date,IORB", "2025-12-01,"), "there is no observation"),
        (csv("observation_date,IORB"), "there is no observation"),
        (b"", "the head is ''"),
        (b"\n\n", "the head is ''"),
        (b"\xff\xfe\x00\x81", "the body is not CSV"),
        (b'observation_date,IORB\n"2025-12-01,3.9\n', "the body is not CSV"),
        (b"  <!DOCTYPE html><html>", "an HTML or XML page came instead of CSV"),
        (b"PK\x03\x04rest", "a ZIP file came instead of CSV"),
        (
            csv("observation_date,IORB", "2025-12-01,3.9", "2025-12-01,3.8"),
            "field observation_date is 2025-12-01 in two rows that differ",
        ),
    ],
)
def test_a_csv_that_is_not_what_was_asked_for(body: bytes, told: str) -> None:
    with pytest.raises(SourceError) as caught:
        parsed("fred.IORB", body, start="2025-12-01", end="2025-12-02")
    assert caught.value.what.startswith("fred.IORB: ")
    assert told in caught.value.what
    assert caught.value.where == (
        "https://fred.stlouisfed.org/graph/fredgraph.csv?id=IORB&cosd=2025-12-01&coed=2025-12-02"
    )


def test_a_row_told_twice_counts_once() -> None:
    body = csv("observation_date,IORB", "2025-12-01,3.9", "2025-12-01,3.9")
    assert values(parsed("fred.IORB", body)) == {"2025-12-01": {"iorb": 3.9}}


def test_a_key_chooses_the_api_and_is_never_shown() -> None:
    request = request_of(FEED_OF["fred.IORB"], key=KEY)
    assert request.url == "https://api.stlouisfed.org/fred/series/observations"
    assert ("file_type", "json") in request.params
    assert request.secret == ("api_key", KEY)
    assert KEY not in request.shown
    assert KEY not in repr(request)


def release(*lines: str, day: str = "2020-02-20") -> Parsed:
    series = Vintages(REVERSE_REPO)
    return series.parse([csv(*lines)], asked(series, end=day))


def test_a_recorded_vintage() -> None:
    series = Vintages(REVERSE_REPO)
    body = body_of("alfredgraph_RRPONTSYD_2020-02-20_excerpt.csv")
    found = series.parse([body], asked(series, end="2020-02-20"))
    days = {o.date.isoformat(): o.value for o in found.observations}
    assert days["2017-12-22"] == 113_852_000_000.0
    assert days["2020-02-19"] == 5_149_000_000.0
    assert days["2019-11-25"] == 0.0
    assert "2017-12-25" not in days
    # A release comes at 16:30 in New York, 21:30 UTC in winter.
    assert {o.known_at for o in found.observations} == {datetime(2020, 2, 20, 21, 30, tzinfo=UTC)}


@pytest.mark.parametrize(
    "head",
    ["observation_date,RRPONTSYD", "observation_date,RRPONTSYD_20200221", "observation_date,RRP"],
)
def test_another_vintage_than_the_one_asked_for_is_refused(head: str) -> None:
    with pytest.raises(SourceError, match="expected 'observation_date,RRPONTSYD_20200220'"):
        release(head, "2020-02-19,5.149")


def test_vintages_of_the_api_tell_each_release_and_its_unit() -> None:
    rows = [
        {"date": "2025-11-19", "realtime_start": "2025-11-20", "value": "2896.586"},
        {"date": "2025-11-19", "realtime_start": "2025-11-28", "value": "2896600"},
        {"date": "2025-11-26", "realtime_start": "2025-11-28", "value": "."},
    ]
    body = encoded({"count": 3, "offset": 0, "observations": rows})
    found = parsed("alfred.WRESBAL", body, key=KEY)
    assert found.observations == tuple(
        Observation("reserve_balances", date(2025, 11, 19), value, known_at)
        for value, known_at in (
            (2_896_586e6, datetime(2025, 11, 20, 21, 30, tzinfo=UTC)),
            (2_896_600e6, datetime(2025, 11, 28, 21, 30, tzinfo=UTC)),
        )
    )


def test_a_vintage_in_no_known_unit_is_an_error() -> None:
    rows = [{"date": "2025-11-19", "realtime_start": "2025-11-20", "value": "2.896"}]
    body = encoded({"count": 1, "offset": 0, "observations": rows})
    with pytest.raises(SourceError, match=r"field value is 2.896, in no unit"):
        parsed("alfred.WRESBAL", body, key=KEY)
