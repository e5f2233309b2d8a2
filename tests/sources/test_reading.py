"""Fields of a record: what counts as text, number, date and missing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.errors import SourceError
from reportgen.sources import reading
from reportgen.sources.feed import Request
from reportgen.sources.reading import Row

REQUEST = Request(
    "a.feed", "https://provider.example/a", (("id", "X Y"),), date(2025, 1, 1), date(2025, 1, 2)
)


def row(**fields: Any) -> Row:
    return Row(REQUEST, "row 7", fields)


@pytest.mark.parametrize("mark", ["", " ", ".", "NA", "N/A", "null", "*", " . ", None])
def test_marks_of_a_missing_value_are_none(mark: str | None) -> None:
    assert row(amount=mark).optional_number("amount") is None
    assert row(amount=mark).present_number("amount") is None
    with pytest.raises(SourceError, match="field amount has no value"):
        row(amount=mark).number("amount")


def test_a_field_that_is_not_there_is_none_only_where_it_may_be() -> None:
    assert row().optional_number("amount") is None
    for read in (row().number, row().present_number, row().text, row().day, row().records):
        with pytest.raises(SourceError, match=r"field amount is missing \(row 7\)"):
            read("amount")


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("0", "0"),
        ("-0.05", "-0.05"),
        (" 4.12 ", "4.12"),
        ("38968295059805.35", "38968295059805.35"),
        (2882, "2882"),
        (Decimal("3.50"), "3.50"),
        (Decimal("1E+2"), "100"),
        ("0000012", "12"),
        (0, "0"),
        (Decimal("0E-30"), "0"),
    ],
)
def test_numbers(value: object, number: str) -> None:
    assert row(amount=value).number("amount") == Decimal(number)


@pytest.mark.parametrize(
    "value",
    [
        "1,000", "$5", "5%", "(5)", "- 5", "+5", "5.", ".5", "1e3", "NaN", "Infinity", "five",
        "nan", "--", True, False, [], ["5"], {}, 4.12,
        "9" * 22, Decimal("1E+21"), Decimal("1E-21"), 10**30,
    ],
    ids=repr,
)  # fmt: skip
def test_what_is_no_number(value: object) -> None:
    """A JSON number with a point comes as a Decimal, so a float is a fault in the reading."""
    for read in (row(amount=value).number, row(amount=value).optional_number):
        with pytest.raises(SourceError, match=r"a\.feed: field amount is .*\(row 7\)"):
            read("amount")


@settings(deadline=None, max_examples=100)
@given(value=st.decimals(-(10**15), 10**15, places=4))
def test_a_number_reads_the_same_as_text_and_as_json(value: Decimal) -> None:
    body = f'{{"plain": {value:f}, "text": "{value:f}"}}'.encode()
    fields = reading.json_object(body, REQUEST)
    assert fields.number("plain") == fields.number("text") == value


def test_days() -> None:
    assert row(day="2024-02-29").day("day") == date(2024, 2, 29)
    assert row(day="2024-02-29").optional_day("day") == date(2024, 2, 29)
    assert row(day="null").optional_day("day") is None
    for wrong in ("2025-02-29", "29.02.2024", "2024-2-9", "2024-02-29T00:00", "null", "", "today"):
        with pytest.raises(SourceError, match=r"field day is .*, not a date"):
            row(day=wrong).day("day")
    with pytest.raises(SourceError, match="field day is 20240229, not text"):
        row(day=20240229).day("day")
    with pytest.raises(SourceError, match="field day is missing"):
        row().optional_day("day")


@pytest.mark.parametrize("text", ["20240229", "2024-W09-4", "2024W094"])
def test_other_forms_of_a_date_are_none_of_the_contract(text: str) -> None:
    with pytest.raises(SourceError, match="not a date"):
        row(day=text).day("day")


def test_a_closed_list_of_values() -> None:
    assert row(term="Term").one_of("term", ("Overnight", "Term")) == "Term"
    for wrong in ("term", "", "Term "):
        with pytest.raises(SourceError, match=f"field term has the unknown value '{wrong}'"):
            row(term=wrong).one_of("term", ("Overnight", "Term"))


def test_an_error_names_the_record_within_records_and_the_address() -> None:
    body = b'{"repo": {"operations": [{"details": [{"rate": 1}, {"rate": "x"}]}]}}'
    (operation,) = reading.json_records(body, REQUEST, "repo", "operations")
    with pytest.raises(SourceError) as caught:
        operation.records("details")[1].number("rate")
    assert caught.value.what == (
        "a.feed: field rate is 'x', not a number (repo, operations 1, details 2)"
    )
    assert caught.value.where == "https://provider.example/a?id=X+Y"
    assert "data/raw" in caught.value.remedy
    assert caught.value.exit_code == 4


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b'{"repo": []}', "repo is list, expected an object"),
        (b'{"repo": null}', "repo is missing, expected an object"),
        (b"{}", "repo is missing, expected an object"),
        (b'{"repo": {"operations": {}}}', "field operations is not a list"),
        (b'{"repo": {"operations": [1]}}', "repo, operations 1 is int, expected an object"),
        (b'{"repo": {"operations": [null]}}', "repo, operations 1 is missing"),
    ],
)
def test_a_list_that_is_not_where_it_should_be(body: bytes, told: str) -> None:
    with pytest.raises(SourceError, match=f"a.feed: {told}"):
        reading.json_records(body, REQUEST, "repo", "operations")


def test_a_repetition_goes_and_a_contradiction_is_an_error() -> None:
    first, second = row(day="2025-01-01", n="1"), row(day="2025-01-02", n="1")
    assert reading.distinct([first, second, first], "day") == (first, second)
    assert reading.distinct([first, row(day="2025-01-01", n="2")], "day", "n")
    with pytest.raises(SourceError, match="field day is 2025-01-01 in two rows that differ"):
        reading.distinct([first, second, row(day="2025-01-01", n="2")], "day")


def test_days_come_in_their_order() -> None:
    rows = [row(day="2025-01-02"), row(day="2025-01-01"), row(day="2025-01-02", n=1)]
    found = reading.group_by_day(rows, lambda r: r.day("day"))
    assert list(found.items()) == [
        (date(2025, 1, 1), [rows[1]]),
        (date(2025, 1, 2), [rows[0], rows[2]]),
    ]
