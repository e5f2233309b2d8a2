"""What is not as the contract says ends in an error that names feed, address and field."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from tests.sources.answers import ANSWERS, EVERY, Answered, everywhere, read_or_refused, refusal
from tests.sources.recorded import encoded

of_any_feed = pytest.mark.parametrize("answered", EVERY, ids=lambda a: f"{a.feed}{a.key[:1]}")
of_json = pytest.mark.parametrize("answered", ANSWERS, ids=lambda a: a.feed)


@of_any_feed
def test_the_bodies_themselves_are_good(answered: Answered) -> None:
    found = read_or_refused(answered, answered.body)
    assert found is not None
    assert found.observations
    assert found.doubts == ()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" \n",
        b"<!DOCTYPE html><html><body>Down for maintenance</body></html>",
        b'\r\n<?xml version="1.0"?><observations/>',
        b"PK\x03\x04\x14\x00",
        b"null",
        b"[]",
        b"[{}]",
        b"{}",
        b"17",
        b'"repo"',
        b"NaN",
        b"\xff\xfe\x00",
        b"\x00" * 4_000_000,
        b"[" * 200_000,
        b"9" * 200_000,
    ],
    ids=lambda body: repr(body[:12]),
)
@of_any_feed
def test_a_body_that_is_something_else_is_refused(answered: Answered, body: bytes) -> None:
    refusal(answered, body)


@of_json
def test_a_body_that_is_cut_off_is_refused_wherever_it_is_cut(answered: Answered) -> None:
    for length in range(0, len(answered.body) - 1, 7):
        assert "cut off" in refusal(answered, answered.body[:length])


@of_json
@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_in_json_is_refused(answered: Answered, constant: str) -> None:
    body = answered.body[:-1] + f', "rest": {constant}}}'.encode()
    assert f"{constant} is no number" in refusal(answered, body)


CASES = [(answered, field) for answered in ANSWERS for field in answered.needed]


@pytest.mark.parametrize(("answered", "field"), CASES, ids=lambda c: getattr(c, "feed", c))
def test_a_field_that_is_missing_renamed_or_of_another_type_is_named(
    answered: Answered, field: str
) -> None:
    def renamed(fields: Mapping[str, Any]) -> dict[str, Any]:
        return {f"{name}New" if name == field else name: part for name, part in fields.items()}

    def without(fields: Mapping[str, Any]) -> dict[str, Any]:
        return {name: part for name, part in fields.items() if name != field}

    def mistyped(fields: Mapping[str, Any]) -> dict[str, Any]:
        return {name: {"a": 1} if name == field else part for name, part in fields.items()}

    for change in (renamed, without, mistyped):
        body = encoded(everywhere(json.loads(answered.body), change))
        told = refusal(answered, body)
        assert f"field {field} " in told or f"is never {'Bills'!r}" in told


@of_json
@pytest.mark.parametrize("size", ["1e999999", "-1e999999", "1e-999999", "1e99999999999999999999"])
def test_a_number_beyond_any_size_is_refused(answered: Answered, size: str) -> None:
    field = answered.needed[-1]
    payload = everywhere(
        json.loads(answered.body), lambda row: {**row, field: "@"} if field in row else row
    )
    refusal(answered, encoded(payload).replace(b'"@"', size.encode()))
