"""Scenarios of the outlook file: what is contradictory or impossible is refused with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen import resources
from reportgen.analysis import outlook
from reportgen.errors import InputError

SHIPPED = (resources.STARTER / "outlook.toml").read_text(encoding="utf-8")

BASELINE, DOUBLED, DELAYED = "gs-baseline-2026", "desk-doubled-2026", "desk-delayed-2026"


def refuse(folder: Path, text: str) -> str:
    """The fault of a file that is refused."""
    path = folder / "outlook.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        outlook.load(path)
    assert caught.value.exit_code == 2
    assert caught.value.where == str(path)
    return caught.value.what


def changed(id: str, old: str, new: str) -> str:
    """The shipped file with a line of one scenario changed."""
    head, mark, rest = SHIPPED.partition(f'id = "{id}"')
    own, *others = rest.split("[[scenario]]", 1)
    assert old in own, old
    return head + mark + "[[scenario]]".join([own.replace(old, new), *others])


PURCHASES, START = "purchases_usd_bn_per_month = 20", "purchases_start = 2026-01-01"
MBS, TGA = "mbs_usd_bn_per_month = 20", "tga_usd_bn = 850"
ISSUANCE, HORIZON = "{ 2026 = 870 }", "horizon = 2026-12-31"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (START, "", "it has purchases, but no purchases_start"),
        (PURCHASES, "purchases_usd_bn_per_month = 0", "a purchases_start, but no purchases"),
        (PURCHASES, "purchases_usd_bn_per_month = -20", "greater than or equal to 0"),
        (START, "purchases_start = 2026-01-15", "is the first day of a month"),
        (START, "purchases_start = 2027-01-01", "start on 2027-01-01, after its horizon"),
        (HORIZON, "horizon = 2025-11-30", "its horizon lies before it was published"),
        (HORIZON, "horizon = 2026-12-15", "2026-12-15, is no month-end"),
        (HORIZON, "horizon = 2027-12-31", "beyond 2026-12-31, the end of the year after"),
        (TGA, "tga_usd_bn = -1", "a TGA of -1 is not between 0 and 4000 billion"),
        (TGA, "tga_usd_bn = 4001", "a TGA of 4001 is not between"),
        ("tga_by = 2025-12-31", "tga_by = 2025-11-30", "tga_by, 2025-11-30, lies outside"),
        (MBS, "mbs_usd_bn_per_month = -5", "MBS principal of -5 billion a month is not possible"),
        (MBS, 'mbs_usd_bn_per_month = "some"', "recent pace"),
        (ISSUANCE, "{ 2028 = 870 }", "net bill issuance for 2028, a year it does not reach"),
        (ISSUANCE, "{ 2026 = -6000 }", "net bill issuance of -6000 billion in 2026 is not"),
        ("currency_usd_bn_per_year = 65", "currency_usd_bn_per_year = 900", "equal to 500"),
        (PURCHASES, f"{PURCHASES}\nprobability = 0.5", "probability"),
    ],
)
def test_what_no_scenario_may_assume(tmp_path: Path, old: str, new: str, reason: str) -> None:
    fault = refuse(tmp_path, changed(BASELINE, old, new))
    assert reason in fault
    assert "scenario.1" in fault or BASELINE in fault


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (
            PURCHASES,
            "purchases_usd_bn_per_month = 25",
            "contradicts gs-purchases-2026, on which it rests: reserve_management_purchases is "
            "20 there and 25 here",
        ),
        (
            START,
            "purchases_start = 2026-03-01",
            "purchases start on 2026-01-01 there and on 2026-03-01 here",
        ),
        (MBS, "mbs_usd_bn_per_month = 16", "mbs_principal_into_bills is 20 there and 16 here"),
        (MBS, 'mbs_usd_bn_per_month = "recent pace"', "is 20 there and not stated here"),
        (ISSUANCE, "{ 2026 = 900 }", "net_bill_issuance is 870 there and 900 here"),
        (ISSUANCE, "{ 2025 = 870 }", "net_bill_issuance is 870 there and not stated here"),
        ('"gs-mbs-2026"', '"gs-mbs"', "rests on gs-mbs, which is no view"),
        ("published = 2025-12-02", "published = 2025-12-01", "which was published later"),
    ],
)
def test_a_scenario_that_contradicts_what_it_rests_on(
    tmp_path: Path, old: str, new: str, reason: str
) -> None:
    fault = refuse(tmp_path, changed(BASELINE, old, new))
    assert reason in fault
    assert BASELINE in fault


@pytest.mark.parametrize(
    ("rests_on", "start", "reason"),
    [
        # 10 x 20 + 12 x 20 = 440, and 870 - 440 = 430.
        ("gs-fed-purchases-2026", "2026-03-01", "fed_bill_purchases is 480 there and 440 here"),
        ("gs-net-supply-2026", "2026-03-01", "bills_left_for_others is 390 there and 430 here"),
    ],
)
def test_months_times_amounts_are_the_purchases_of_the_view(
    tmp_path: Path, rests_on: str, start: str, reason: str
) -> None:
    text = changed(DELAYED, "2026-05-01", start)
    head, mark, own = text.rpartition("rests_on = [")
    assert reason in refuse(tmp_path, f'{head}{mark}"{rests_on}", {own}')


@pytest.mark.parametrize(
    ("id", "old", "new", "reason"),
    [
        (DOUBLED, BASELINE, "nothing-2026", "nothing-2026 is no baseline"),
        (DELAYED, BASELINE, DOUBLED, f"{DOUBLED} is no baseline"),
        (
            DOUBLED,
            "purchases_usd_bn_per_month = 40",
            PURCHASES,
            f"{DOUBLED}: it differs from {BASELINE} in nothing",
        ),
        (DOUBLED, TGA, "tga_usd_bn = 700", "purchases_usd_bn_per_month, tga_usd_bn; an"),
        (DOUBLED, "published = 2025-12-02", "published = 2025-11-30", "published"),
    ],
)
def test_an_alternative_differs_in_one_thing(
    tmp_path: Path, id: str, old: str, new: str, reason: str
) -> None:
    assert reason in refuse(tmp_path, changed(id, old, new))


def test_an_id_stands_for_one_view_or_scenario(tmp_path: Path) -> None:
    last = SHIPPED[SHIPPED.rindex("[[scenario]]") :]
    told = "two views or scenarios have the same id"
    assert told in refuse(tmp_path, f"{SHIPPED}\n{last}")
    assert told in refuse(tmp_path, SHIPPED.replace(DELAYED, "gs-mbs-2026"))


def test_a_second_alternative_of_the_same_kind(tmp_path: Path) -> None:
    last = SHIPPED[SHIPPED.rindex("[[scenario]]") :]
    again = last.replace(DELAYED, "later-2026").replace("2026-05-01", "2026-07-01")
    fault = refuse(tmp_path, f"{SHIPPED}\n{again}")
    assert f"later-2026: changes the start of {BASELINE}, as {DELAYED}" in fault


def test_a_scenario_rests_on_something(tmp_path: Path) -> None:
    line = 'rests_on = ["gs-mbs-2026", "gs-issuance-2026", "treasury-2026q1-2025-11-03"]'
    assert "it rests on nothing" in refuse(tmp_path, changed(DOUBLED, line, ""))
