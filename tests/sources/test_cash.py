"""Cash and paging as Fiscal Data has recorded them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from reportgen.errors import SourceError
from reportgen.model import DoubtRule, Parsed
from reportgen.sources.treasury.pages import following
from tests.sources.recorded import (
    FEED_OF,
    body_of,
    encoded,
    parsed,
    payload_of,
    request_of,
    table,
    values,
)

ERAS = payload_of("fiscaldata_dts_operating_cash_balance_eras.json")
FIRST_CHANGE = ERAS["transition_2021_10_01 (verbatim rows)"]
SECOND_CHANGE = ERAS["transition_2022_04_18 (first rows of the new line, verbatim)"]
NEW_LINES = ERAS["era_2026_rows"]
MILLION = 1e6


def cash(*rows: Mapping[str, Any]) -> Parsed:
    return parsed("treasury.cash", table(rows))


@pytest.mark.parametrize(
    ("rows", "closes"),
    [
        # The account line beside the tax and loan accounts, 5,448 million at the close.
        (ERAS["era_2005_full_row"], {"2005-10-03": 5_448}),
        # Each opening is the close before it, over the change of name too: 215,160.
        (
            FIRST_CHANGE,
            {
                "2021-09-29": 173_745,
                "2021-09-30": 215_160,
                "2021-10-01": 132_452,
                "2021-10-04": 141_318,
            },
        ),
        # From here on the close stands in the column of the opening.
        (SECOND_CHANGE, {"2022-04-18": 841_253, "2022-04-19": 893_351}),
        (NEW_LINES, {"2026-05-21": 785_882}),
    ],
)
def test_the_close_through_three_eras(rows: list[dict[str, str]], closes: dict[str, int]) -> None:
    found = cash(*rows)
    assert found.doubts == ()
    assert values(found) == {day: {"tga_close": close * MILLION} for day, close in closes.items()}


def test_the_recorded_excerpt_of_2023_lacks_rows_of_the_count() -> None:
    body = body_of("fiscaldata_dts_operating_cash_balance_2023_excerpt.json")
    with pytest.raises(SourceError, match=r"4 rows came, field meta\.total-count says 250"):
        parsed("treasury.cash", body)
    found = cash(*payload_of("fiscaldata_dts_operating_cash_balance_2023_excerpt.json")["data"])
    assert values(found)["2023-06-01"] == {"tga_close": 22_892 * MILLION}


def test_a_close_that_is_not_the_next_opening_is_held_back_with_its_neighbour() -> None:
    rows = [dict(row) for row in FIRST_CHANGE]
    rows[2]["open_today_bal"] = "215161"
    found = cash(*rows)
    assert set(values(found)) == {"2021-09-29", "2021-10-04"}
    assert [(d.date.isoformat(), d.rule, d.value) for d in found.doubts] == [
        ("2021-09-30", DoubtRule.IDENTITY, 215_160 * MILLION),
        ("2021-10-01", DoubtRule.IDENTITY, 132_452 * MILLION),
    ]
    assert "215,161 million" in found.doubts[0].reason


@pytest.mark.parametrize(
    ("rows", "field"),
    [
        (NEW_LINES[:1], "account_type"),  # no closing line
        ([*NEW_LINES, {**NEW_LINES[1], "open_today_bal": "1"}], "account_type"),  # two of them
        ([{**FIRST_CHANGE[2], "account_type": "Federal Reserve Account"}], "account_type"),
        ([{**FIRST_CHANGE[2], "close_today_bal": "null"}], "close_today_bal"),
        ([{**NEW_LINES[1], "open_today_bal": "null"}], "open_today_bal"),
        ([{**NEW_LINES[1], "record_date": "null"}], "record_date"),
        ([{**NEW_LINES[1], "open_today_bal": "$785,882"}], "open_today_bal"),
    ],
)
def test_a_statement_without_its_line_is_an_error(rows: list[dict[str, str]], field: str) -> None:
    with pytest.raises(SourceError) as caught:
        cash(*rows)
    assert caught.value.what.startswith(f"treasury.cash: field {field} ")
    assert "/v1/accounting/dts/operating_cash_balance?fields=record_date" in caught.value.where


def test_the_recorded_pages_of_the_debt() -> None:
    feed = FEED_OF["treasury.debt_to_penny"]
    body = body_of("fiscaldata_debt_to_penny_2rows.json")
    second = following(body, request_of(feed))
    assert second is not None
    assert dict(second.params)["page[number]"] == "2"
    # Two of 8,306 rows, and without the parts that no one asked for.
    with pytest.raises(SourceError, match=r"2 rows came, field meta\.total-count says 8306"):
        parsed(feed.id, body)
    payload = payload_of("fiscaldata_debt_to_penny_2rows.json")
    with pytest.raises(SourceError, match="field debt_held_public_amt is missing"):
        parsed(feed.id, table(payload["data"]))


def test_pages_are_read_as_one_table() -> None:
    pages = [table([row], total=4) for row in FIRST_CHANGE]
    assert len(parsed("treasury.cash", *pages).observations) == 4
    with pytest.raises(SourceError, match=r"3 rows came, field meta\.total-count says 4"):
        parsed("treasury.cash", *pages[:3])
    with pytest.raises(SourceError, match="a row of the field data came twice"):
        parsed("treasury.cash", *pages[:3], pages[2])


@pytest.mark.parametrize(
    ("links", "told"),
    [
        ({}, "field links.next is missing"),
        (None, "field links.next is missing"),
        ([], "field links.next is missing"),
        ({"next": "&page%5Bnumber%5D=2"}, "field links.next names a page after an empty one"),
    ],
)
def test_links_that_lead_nowhere_are_an_error(links: Any, told: str) -> None:
    body = encoded({"data": [], "meta": {"total-count": 0}, "links": links})
    with pytest.raises(SourceError, match=f"treasury.cash: {told}"):
        following(body, request_of(FEED_OF["treasury.cash"]))


def test_an_error_body_and_an_empty_table_are_errors() -> None:
    with pytest.raises(SourceError, match="field data is missing"):
        parsed("treasury.cash", body_of("fiscaldata_error.json"))
    with pytest.raises(SourceError, match="the table is empty for this window"):
        parsed("treasury.cash", table([]))
    with pytest.raises(SourceError, match=r"field meta\.total-count is missing"):
        parsed("treasury.cash", encoded({"data": [], "links": {"next": None}}))
