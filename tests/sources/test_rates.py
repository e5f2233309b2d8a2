"""Reference rates as the New York Fed has recorded them."""

from __future__ import annotations

from typing import Any

import pytest

from reportgen.errors import SourceError
from reportgen.model import DoubtRule
from tests.sources.recorded import body_of, encoded, parsed, payload_of, values

BILLION = 1e9


def latest(kind: str, rate: str) -> dict[str, Any]:
    """The row of one rate among all of a kind."""
    rows = payload_of("nyfed_rates_all_feeds_rows.json")[f"{kind}_all_latest"]["refRates"]
    (row,) = [row for row in rows if row["type"] == rate]
    return dict(row)


def of(*rows: dict[str, Any]) -> bytes:
    return encoded({"refRates": list(rows)})


def test_rates_without_volumes() -> None:
    found = parsed("nyfed.effr", body_of("nyfed_rates_effr_type_rate_excerpt.json"))
    assert found.doubts == ()
    assert values(found) == {
        "2022-12-30": {
            "effr": 4.33, "effr_p1": 4.30, "effr_p25": 4.32, "effr_p75": 4.34, "effr_p99": 4.60,
        },
        "2022-12-29": {
            "effr": 4.33, "effr_p1": 4.30, "effr_p25": 4.31, "effr_p75": 4.34, "effr_p99": 4.60,
        },
    }  # fmt: skip


def test_a_row_with_the_target_range_and_a_volume() -> None:
    row = latest("unsecured", "OBFR")
    assert row["targetRateFrom"] == 3.5
    assert values(parsed("nyfed.obfr", of(row))) == {
        "2026-09-02": {
            "obfr": 3.63, "obfr_p1": 3.55, "obfr_p25": 3.62, "obfr_p75": 3.63, "obfr_p99": 3.69,
            "obfr_volume": 216 * BILLION,
        }
    }  # fmt: skip


def test_volumes_alone_are_no_answer_to_what_was_asked() -> None:
    """``type=volume`` leaves out the rate, and no request sends it."""
    with pytest.raises(SourceError, match=r"nyfed\.sofr: field percentRate is missing"):
        parsed("nyfed.sofr", body_of("nyfed_rates_sofr_type_volume_excerpt.json"))


def test_the_averages_and_another_rate_are_refused() -> None:
    averages, tgcr = latest("secured", "SOFRAI"), latest("secured", "TGCR")
    with pytest.raises(SourceError, match="field type has the unknown value 'SOFRAI'"):
        parsed("nyfed.sofr", of(averages))
    with pytest.raises(SourceError, match="field type has the unknown value 'TGCR'"):
        parsed("nyfed.sofr", of(tgcr))
    assert values(parsed("nyfed.tgcr", of(tgcr)))["2026-09-02"]["tgcr_volume"] == 1_153 * BILLION


@pytest.mark.parametrize(
    "change",
    [
        {"percentRate": 3.70},  # above the 99th percentile of 3.69
        {"percentRate": 3.54},  # below the first of 3.55
        {"percentPercentile25": 3.64},  # above the 75th of 3.63
        {"percentRate": 363},
    ],
)
def test_a_rate_outside_its_percentiles_is_held_back_with_all_of_its_row(
    change: dict[str, float],
) -> None:
    good = {**latest("unsecured", "OBFR"), "effectiveDate": "2026-09-01"}
    found = parsed("nyfed.obfr", of({**latest("unsecured", "OBFR"), **change}, good))
    assert set(values(found)) == {"2026-09-01"}
    assert {doubt.date.isoformat() for doubt in found.doubts} == {"2026-09-02"}
    names = ["obfr", *(f"obfr_p{nth}" for nth in (1, 25, 75, 99)), "obfr_volume"]
    assert [doubt.series for doubt in found.doubts] == names
    doubt = found.doubts[0]
    assert (doubt.rule, doubt.value) == (DoubtRule.IDENTITY, change.get("percentRate", 3.63))
    assert "3.55" in doubt.reason or "3.64" in doubt.reason


def test_a_rate_on_its_outer_percentile_is_good() -> None:
    row = {**latest("unsecured", "OBFR"), "percentRate": 3.55}
    assert parsed("nyfed.obfr", of(row)).doubts == ()


@pytest.mark.parametrize("missing", ["NA", "", None, "absent"])
def test_a_percentile_that_is_withheld_is_none_and_not_zero(missing: str | None) -> None:
    row = {**latest("unsecured", "OBFR"), "percentPercentile1": missing}
    if missing == "absent":
        del row["percentPercentile1"]
    found = values(parsed("nyfed.obfr", of(row)))["2026-09-02"]
    assert "obfr_p1" not in found
    assert found["obfr_p25"] == 3.62


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("percentRate", "high"),
        ("percentRate", True),
        ("percentRate", [3.63]),
        ("percentRate", "NA"),
        ("percentPercentile99", "3,69"),
        ("volumeInBillions", {"value": 216}),
        ("effectiveDate", "2026-09-31"),
        ("effectiveDate", 20260902),
        ("type", None),
    ],
)
def test_a_wrong_field_is_named_with_the_address(field: str, value: Any) -> None:
    row = {**latest("unsecured", "OBFR"), field: value}
    with pytest.raises(SourceError) as caught:
        parsed("nyfed.obfr", of(row), start="2026-09-01", end="2026-09-02")
    assert caught.value.what.startswith(f"nyfed.obfr: field {field} ")
    assert caught.value.where == (
        "https://markets.newyorkfed.org/api/rates/unsecured/obfr/search.json"
        "?startDate=2026-09-01&endDate=2026-09-02"
    )


def test_two_answers_for_one_day_are_an_error() -> None:
    row = latest("unsecured", "OBFR")
    with pytest.raises(SourceError, match="field effectiveDate is 2026-09-02 in two rows"):
        parsed("nyfed.obfr", of(row, {**row, "percentRate": 3.62}))
