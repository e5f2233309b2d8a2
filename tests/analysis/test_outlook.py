"""Views: never before their date nor after their horizon, and their arithmetic holds."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen import resources
from reportgen.analysis import outlook
from reportgen.analysis.outlook import Outlook, ViewKind
from reportgen.errors import InputError
from reportgen.language import locale
from tests.conftest import NO_PROJECT

SHIPPED = outlook.load(resources.STARTER / "outlook.toml")

BORROWING = ViewKind.TREASURY_BORROWING


def test_before_december_2_only_the_treasury_has_spoken() -> None:
    assert set(SHIPPED.visible(date(2025, 12, 1))) == {BORROWING}


def test_on_december_2_every_view_of_the_day_is_told() -> None:
    told = SHIPPED.visible(date(2025, 12, 2))
    assert set(told) == set(ViewKind)
    values = {kind: (view.value, view.unit) for kind, view in told.items() if view.value}
    assert values == {
        ViewKind.RESERVES_AT_YEAR_END: (2900, "usd_bn"),
        ViewKind.RESERVE_MANAGEMENT_PURCHASES: (20, "usd_bn_per_month"),
        ViewKind.MBS_PRINCIPAL_INTO_BILLS: (20, "usd_bn_per_month"),
        ViewKind.RESERVES_TO_EXCEED: (3000, "usd_bn"),
        ViewKind.NET_BILL_ISSUANCE: (870, "usd_bn"),
        ViewKind.FED_BILL_PURCHASES: (480, "usd_bn"),
        ViewKind.BILLS_LEFT_FOR_OTHERS: (390, "usd_bn"),
        ViewKind.SLOWEST_FREE_FLOAT_SINCE: (2022, "year"),
        ViewKind.FAIR_VALUE_GAP: (6, "basis_point"),
        BORROWING: (578, "usd_bn"),
    }


@pytest.mark.parametrize(
    ("last", "kinds"),
    [
        ("2025-12-31", [ViewKind.RESERVES_AT_YEAR_END, ViewKind.FAIR_VALUE_GAP]),
        (
            "2026-03-31",
            [ViewKind.READING_STRUCTURAL, ViewKind.READING_FRICTION, ViewKind.FORWARDS_EASE],
        ),
        ("2026-04-30", [ViewKind.APRIL_TEST]),
        ("2026-06-30", [ViewKind.IORB_CUT_UNLIKELY, ViewKind.SRF_TERMS_UNLIKELY]),
        ("2026-12-31", [ViewKind.BILLS_LEFT_FOR_OTHERS, ViewKind.ANCHOR_AT_IORB]),
        ("2027-12-31", [ViewKind.COLLATERAL_REALLOCATION]),
    ],
)
def test_a_view_is_told_to_its_horizon_and_withdrawn_after_it(
    last: str, kinds: list[ViewKind]
) -> None:
    horizon = date.fromisoformat(last)
    assert set(kinds) <= set(SHIPPED.visible(horizon))
    assert not set(kinds) & set(SHIPPED.visible(horizon + timedelta(days=1)))


@settings(deadline=None)
@given(day=st.dates(date(2021, 8, 2), date(2028, 12, 31)))
def test_no_view_outside_its_time_and_none_that_a_newer_one_replaces(day: date) -> None:
    told = SHIPPED.visible(day)
    for view in SHIPPED.view:
        if not view.published <= day <= view.horizon:
            assert told.get(view.kind) != view
        else:
            assert told[view.kind].published >= view.published


@pytest.mark.parametrize(
    ("day", "value"),
    [
        ("2024-01-28", None),
        ("2024-04-28", 202),  # of January, for the quarter that runs
        ("2024-04-29", 847),  # two of that day; the later quarter
        ("2025-11-02", 590),
        ("2025-11-03", 578),
    ],
)
def test_the_newest_estimate_of_the_treasury(day: str, value: float | None) -> None:
    view = SHIPPED.visible(date.fromisoformat(day)).get(BORROWING)
    assert (view.value if view else None) == value


def test_each_view_is_a_reference_with_its_author_in_each_language() -> None:
    reference = SHIPPED.references()["gs-net-supply-2026"]
    assert reference.published == date(2025, 12, 2)
    assert dict(reference.name) == {
        "en": "Goldman Sachs", "ja": "ゴールドマン・サックス", "zh-Hans": "高盛", "zh-Hant": "高盛",
    }  # fmt: skip
    shipped = set(locale.available(NO_PROJECT))
    assert all(set(dict(r.name)) == shipped for r in SHIPPED.references().values())


def entry(id: str, kind: str, value: float | None = None, unit: str = "", **more: str) -> str:
    fields = {"published": "2025-12-02", "horizon": "2026-12-31"} | more
    lines = [f'id = "{id}"', f'kind = "{kind}"', 'who = { en = "A bank", zh-Hans = "某银行" }']
    lines += [f"{key} = {text}" for key, text in fields.items()]
    if value is not None:
        lines.append(f"value = {value}")
    if unit:
        lines.append(f'unit = "{unit}"')
    return "\n".join(["[[view]]", *lines, 'url = "https://example.org/"', ""])


STARTS = "2026-01-01"

SUPPLY = {
    "issuance": entry("issuance", "net_bill_issuance", 870, "usd_bn"),
    "purchases": entry("purchases", "fed_bill_purchases", 480, "usd_bn"),
    "left": entry("left", "bills_left_for_others", 390, "usd_bn"),
    "rmp": entry("rmp", "reserve_management_purchases", 20, "usd_bn_per_month", starts=STARTS),
    "mbs": entry("mbs", "mbs_principal_into_bills", 20, "usd_bn_per_month", starts=STARTS),
}


def load(folder: Path, *entries: str) -> Outlook:
    path = folder / "outlook.toml"
    path.write_text("\n".join(entries), encoding="utf-8")
    return outlook.load(path)


def refuse(folder: Path, *entries: str) -> str:
    """The fault of a file that is refused, with the file's path checked."""
    with pytest.raises(InputError) as caught:
        load(folder, *entries)
    assert caught.value.exit_code == 2
    assert caught.value.where == str(folder / "outlook.toml")
    assert caught.value.remedy
    return caught.value.what


def test_views_that_add_up_are_read(tmp_path: Path) -> None:
    # 870 - 480 = 390, and 12 x (20 + 20) = 480.
    assert len(load(tmp_path, *SUPPLY.values()).view) == 5
    assert load(tmp_path).view == ()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (("left", "390", "400"), "left says 400, but net issuance less Fed purchases is 390"),
        (("left", "390", "391"), "left says 391"),
        (("issuance", "870", "880"), "left says 390, but net issuance less Fed purchases is 400"),
        (("rmp", "value = 20", "value = 25"), "purchases says 480, but the months times"),
        # From March there are ten months: 10 x 20 + 12 x 20 = 440.
        (("rmp", STARTS, "2026-03-01"), "purchases says 480, but the months times"),
    ],
    ids=["left", "by one", "issuance", "amount", "months"],
)
def test_views_that_do_not_add_up_are_named(
    tmp_path: Path, changed: tuple[str, str, str], told: str
) -> None:
    id, old, new = changed
    entries = SUPPLY | {id: SUPPLY[id].replace(old, new)}
    assert entries != SUPPLY
    assert told in refuse(tmp_path, *entries.values())


def test_a_rounded_view_may_differ_by_half_a_billion(tmp_path: Path) -> None:
    rounded = SUPPLY | {"left": SUPPLY["left"].replace("390", "390.5")}
    assert load(tmp_path, *rounded.values()).view[2].value == 390.5


def test_arithmetic_needs_all_of_its_parts(tmp_path: Path) -> None:
    alone = SUPPLY["left"].replace("390", "1")
    assert load(tmp_path, alone, SUPPLY["issuance"]).view[0].value == 1


def test_a_replaced_view_counts_no_more(tmp_path: Path) -> None:
    newer = entry("left-2", "bills_left_for_others", 300, "usd_bn", published="2025-12-20")
    assert "left-2 says 300" in refuse(tmp_path, *SUPPLY.values(), newer)
    more = entry("issuance-2", "net_bill_issuance", 780, "usd_bn", published="2025-12-20")
    assert len(load(tmp_path, *SUPPLY.values(), newer, more).view) == 7


@pytest.mark.parametrize(
    ("starts", "horizon", "months"),
    [
        ("2026-01-01", "2026-12-31", 12),
        ("2026-03-01", "2026-12-31", 10),
        ("2026-12-01", "2026-12-31", 1),
        ("2025-12-12", "2026-03-31", 4),
    ],
)
def test_months_of_a_monthly_amount(tmp_path: Path, starts: str, horizon: str, months: int) -> None:
    kind = "reserve_management_purchases"
    text = entry("rmp", kind, 20, "usd_bn_per_month", starts=starts, horizon=horizon)
    (view,) = load(tmp_path, text).view
    assert view.months == months


def test_months_of_anything_else_are_a_fault(tmp_path: Path) -> None:
    (view,) = load(tmp_path, SUPPLY["left"]).view
    with pytest.raises(ValueError, match="left is no monthly amount"):
        _ = view.months


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (entry("x", "net_bill_issuance", 870, "basis_point"), "x: a view of kind"),
        (entry("x", "net_bill_issuance", 870), "x: a view of kind"),
        (entry("x", "net_bill_issuance"), "x: a view of kind"),
        (entry("x", "anchor_at_iorb", 5, "usd_bn"), "x: a view of kind"),
        (entry("x", "net_bill_issuance", None, "usd_bn"), "x: value and unit stand together"),
        (entry("x", "anchor_at_iorb", 5), "x: value and unit stand together"),
        (entry("x", "net_bill_issuance", 870, "usd_bn", starts=STARTS), "x: monthly amounts"),
        (entry("x", "mbs_principal_into_bills", 20, "usd_bn_per_month"), "x: monthly amounts"),
        (entry("x", "anchor_at_iorb", horizon="2025-12-01"), "x: the horizon lies before"),
        (entry("x", "bond_yields_fall"), "view.1.kind"),
        (entry("x", "net_bill_issuance", 870, "trillion"), "view.1.unit"),
        (entry("x", "anchor_at_iorb").replace("https://", ""), "view.1.url"),
        (entry("x", "anchor_at_iorb", probability="0.5"), "view.1.probability"),
        (entry("x", "anchor_at_iorb").replace("published", "# published"), "view.1.published"),
        (entry("x", "anchor_at_iorb") * 2, "same id"),
        (entry("x", "anchor_at_iorb").replace('id = "x"', "id = x"), "not valid TOML"),
    ],
    ids=[
        "unit of another kind", "no unit", "no figure", "figure for an opinion", "no value",
        "value without a unit", "starts of an amount", "no starts", "horizon", "kind", "unit",
        "url", "unknown key", "no date", "id twice", "TOML",
    ],
)  # fmt: skip
def test_a_malformed_view_is_told_with_file_and_field(tmp_path: Path, text: str, told: str) -> None:
    assert told in refuse(tmp_path, text)
