"""The policy timeline: phases of the balance sheet, what is announced, and malformed files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from reportgen import resources
from reportgen.analysis import policy
from reportgen.analysis.policy import (
    BalanceSheetStep,
    NextStep,
    Phase,
    Policy,
    Stance,
    balance_sheet_view,
    debt_limit_in_force,
    latest_debt_limit,
    standing_repo_terms,
)
from reportgen.errors import InputError

URL = "https://www.federalreserve.gov/"


@pytest.fixture(scope="module")
def shipped() -> Policy:
    return policy.load(resources.STARTER / "policy.toml")


@pytest.mark.parametrize(
    ("day", "phase", "next_step"),
    [
        ("2021-08-02", Phase.PURCHASES, NextStep.NONE),
        ("2021-11-02", Phase.PURCHASES, NextStep.NONE),
        # Tapering is announced on 2021-11-03 and begins in the middle of the month.
        ("2021-11-10", Phase.PURCHASES, NextStep.CUT_PURCHASES),
        ("2021-11-15", Phase.TAPERING, NextStep.CUT_PURCHASES),
        ("2021-12-14", Phase.TAPERING, NextStep.NONE),
        ("2022-01-25", Phase.TAPERING, NextStep.NONE),
        ("2022-02-14", Phase.TAPERING, NextStep.STOP_PURCHASES),
        ("2022-03-09", Phase.TAPERING, NextStep.STOP_PURCHASES),
        ("2022-03-10", Phase.REINVESTING, NextStep.NONE),
        # Runoff: announced 2022-05-04, in two steps of caps.
        ("2022-05-03", Phase.REINVESTING, NextStep.NONE),
        ("2022-05-04", Phase.REINVESTING, NextStep.START_RUNOFF),
        ("2022-05-10", Phase.REINVESTING, NextStep.START_RUNOFF),
        ("2022-05-31", Phase.REINVESTING, NextStep.START_RUNOFF),
        ("2022-06-01", Phase.RUNOFF_PHASE_IN, NextStep.RAISE_CAPS),
        ("2022-06-15", Phase.RUNOFF_PHASE_IN, NextStep.RAISE_CAPS),
        ("2022-08-31", Phase.RUNOFF_PHASE_IN, NextStep.RAISE_CAPS),
        ("2022-09-01", Phase.RUNOFF_FULL, NextStep.NONE),
        ("2023-06-08", Phase.RUNOFF_FULL, NextStep.NONE),
        # Slowed twice, each time announced about a month ahead.
        ("2024-05-15", Phase.RUNOFF_FULL, NextStep.CUT_CAPS),
        ("2024-06-01", Phase.RUNOFF_SLOWED, NextStep.NONE),
        ("2024-10-01", Phase.RUNOFF_SLOWED, NextStep.NONE),
        ("2025-03-25", Phase.RUNOFF_SLOWED, NextStep.CUT_CAPS),
        ("2025-04-01", Phase.RUNOFF_SLOWED, NextStep.NONE),
        # The end: announced 2025-10-29, in effect from 2025-12-01.
        ("2025-10-28", Phase.RUNOFF_SLOWED, NextStep.NONE),
        ("2025-10-30", Phase.RUNOFF_SLOWED, NextStep.END_RUNOFF),
        ("2025-11-30", Phase.RUNOFF_SLOWED, NextStep.END_RUNOFF),
        ("2025-12-01", Phase.ENDED, NextStep.NONE),
        ("2025-12-02", Phase.ENDED, NextStep.NONE),
    ],
)
def test_phase_and_next_step(shipped: Policy, day: str, phase: Phase, next_step: NextStep) -> None:
    view = balance_sheet_view(shipped, date.fromisoformat(day))
    assert (view.phase, view.next_step) == (phase, next_step)


@pytest.mark.parametrize(
    ("day", "treasuries", "mbs"),
    [
        ("2021-08-02", 80, 40),
        ("2022-03-01", 20, 10),
        ("2022-05-10", 0, 0),
        ("2022-06-15", 30, 17.5),
        ("2022-09-01", 60, 35),
        ("2024-06-01", 25, 35),
        ("2025-04-01", 5, 35),
        ("2025-12-01", 0, 0),
    ],
)
def test_amounts_in_effect_in_billions_a_month(
    shipped: Policy, day: str, treasuries: float, mbs: float
) -> None:
    current = balance_sheet_view(shipped, date.fromisoformat(day)).current
    assert (current.treasuries_usd_bn, current.mbs_usd_bn) == (treasuries, mbs)


@pytest.mark.parametrize(
    ("day", "upcoming"),
    [
        ("2022-05-10", "2022-06-01"),  # the nearer of two steps announced together
        ("2022-06-15", "2022-09-01"),
        ("2025-03-25", "2025-04-01"),
        ("2025-11-01", "2025-12-01"),
        ("2025-10-28", None),
        ("2025-12-02", None),
    ],
)
def test_the_step_announced_and_not_yet_in_effect(
    shipped: Policy, day: str, upcoming: str | None
) -> None:
    step = balance_sheet_view(shipped, date.fromisoformat(day)).upcoming
    assert (step.effective.isoformat() if step else None) == upcoming


@pytest.mark.parametrize(
    ("day", "started", "ended"),
    [
        ("2022-05-31", None, None),
        ("2022-06-01", "2022-06-01", None),
        ("2025-11-30", "2022-06-01", None),
        ("2025-12-01", "2022-06-01", "2025-12-01"),
        ("2025-12-05", "2022-06-01", "2025-12-01"),
    ],
)
def test_start_and_end_of_runoff(
    shipped: Policy, day: str, started: str | None, ended: str | None
) -> None:
    view = balance_sheet_view(shipped, date.fromisoformat(day))
    assert (view.runoff.effective.isoformat() if view.runoff else None) == started
    assert (view.ended.effective.isoformat() if view.ended else None) == ended


def step(effective: str, stance: Stance, treasuries: float = 0, mbs: float = 0) -> BalanceSheetStep:
    day = date.fromisoformat(effective)
    return BalanceSheetStep(
        id=effective,
        announced=day,
        effective=day,
        stance=stance,
        treasuries_usd_bn=treasuries,
        mbs_usd_bn=mbs,
        url=URL,
    )


def timeline(*steps: BalanceSheetStep) -> Policy:
    return Policy(balance_sheet=steps, debt_limit=(), standing_repo=())


def test_purchases_after_the_end_of_runoff_are_neither_its_end_nor_a_taper() -> None:
    view = balance_sheet_view(
        timeline(
            step("2020-12-17", Stance.PURCHASES, 80, 40),
            step("2022-06-01", Stance.RUNOFF, 60, 35),
            step("2025-12-01", Stance.REINVEST_IN_BILLS),
            step("2026-01-15", Stance.PURCHASES, 20),
        ),
        date(2026, 2, 1),
    )
    assert view.ended is not None
    assert view.ended.effective == date(2025, 12, 1)
    # Twenty billion is less than the 120 of 2020, but these purchases have not been cut.
    assert view.phase is Phase.PURCHASES


BUYING = step("2026-01-15", Stance.RESERVE_MANAGEMENT, 40)
QT = (
    step("2022-06-01", Stance.RUNOFF, 60, 35),
    step("2025-12-01", Stance.REINVEST_IN_BILLS),
)


@pytest.mark.parametrize(
    ("then", "phase", "next_step"),
    [
        ((), Phase.RESERVE_MANAGEMENT, NextStep.NONE),
        (
            (step("2026-04-15", Stance.RESERVE_MANAGEMENT, 20),),
            Phase.RESERVE_MANAGEMENT,
            NextStep.CHANGE_RESERVE_MANAGEMENT,
        ),
        (
            (step("2026-04-15", Stance.REINVEST_IN_BILLS),),
            Phase.RESERVE_MANAGEMENT,
            NextStep.STOP_RESERVE_MANAGEMENT,
        ),
        ((step("2026-04-15", Stance.RUNOFF, 5, 35),), Phase.RESERVE_MANAGEMENT,
         NextStep.START_RUNOFF),
    ],
)  # fmt: skip
def test_reserve_management_purchases_and_what_follows(
    then: tuple[BalanceSheetStep, ...], phase: Phase, next_step: NextStep
) -> None:
    announced = tuple(s.model_copy(update={"announced": date(2026, 1, 28)}) for s in then)
    view = balance_sheet_view(timeline(*QT, BUYING, *announced), date(2026, 2, 1))
    assert (view.phase, view.next_step) == (phase, next_step)
    assert view.since == date(2026, 1, 15)
    assert view.planned is None
    assert view.ended is not None
    assert view.ended.effective == date(2025, 12, 1)


def test_reserve_management_purchases_are_planned_from_their_announcement() -> None:
    steps = (*QT, BUYING.model_copy(update={"announced": date(2025, 12, 10)}))
    before = balance_sheet_view(timeline(*steps), date(2025, 12, 9))
    after = balance_sheet_view(timeline(*steps), date(2025, 12, 10))
    assert (before.next_step, before.planned) == (NextStep.NONE, None)
    assert after.phase is Phase.ENDED
    assert after.next_step is NextStep.START_RESERVE_MANAGEMENT
    assert after.planned == steps[-1]


def test_purchases_planned_behind_the_end_of_runoff_are_seen_at_once() -> None:
    public = tuple(s.model_copy(update={"announced": date(2025, 11, 20)}) for s in (QT[1], BUYING))
    view = balance_sheet_view(timeline(QT[0], *public), date(2025, 11, 25))
    assert view.next_step is NextStep.END_RUNOFF
    assert view.planned == public[1]


def test_purchases_from_the_day_runoff_ends_leave_its_end_where_it_was() -> None:
    same_day = step("2025-12-01", Stance.RESERVE_MANAGEMENT, 40)
    view = balance_sheet_view(timeline(*QT, same_day), date(2025, 12, 2))
    assert view.phase is Phase.RESERVE_MANAGEMENT
    assert view.ended == QT[1]


@pytest.mark.parametrize(("treasuries", "mbs"), [(0, 0), (40, 5)])
def test_reserve_management_purchases_are_of_bills_alone(treasuries: float, mbs: float) -> None:
    with pytest.raises(ValueError, match="2026-01-15: reserve management purchases are of"):
        step("2026-01-15", Stance.RESERVE_MANAGEMENT, treasuries, mbs)


def test_a_second_runoff_is_measured_by_its_own_start_and_caps() -> None:
    view = balance_sheet_view(
        timeline(
            step("2017-10-01", Stance.RUNOFF, 30, 20),
            step("2019-08-01", Stance.REINVEST),
            step("2022-06-01", Stance.RUNOFF, 10, 5),
        ),
        date(2022, 7, 1),
    )
    assert view.runoff is not None
    assert view.runoff.effective == date(2022, 6, 1)
    assert view.ended is None
    assert view.phase is Phase.RUNOFF_FULL


@pytest.mark.parametrize(
    ("day", "resolved"),
    [
        ("2021-10-13", None),
        ("2021-10-14", "2021-10-14"),
        ("2022-06-01", "2021-12-16"),
        ("2023-06-02", "2021-12-16"),
        ("2023-06-03", "2023-06-03"),
        ("2025-12-02", "2025-07-04"),
    ],
)
def test_the_last_resolution_of_the_debt_limit(
    shipped: Policy, day: str, resolved: str | None
) -> None:
    event = latest_debt_limit(shipped, date.fromisoformat(day))
    assert (event.resolved.isoformat() if event else None) == resolved


@pytest.mark.parametrize(
    ("day", "binding"),
    [
        ("2021-07-31", None),  # suspended until then
        ("2021-09-09", "2021-08-01"),
        ("2021-10-14", None),  # raised by 480 billion,
        ("2021-10-18", "2021-10-18"),  # which were used up at once
        ("2021-12-16", None),
        ("2023-03-16", "2023-01-19"),
        ("2023-06-03", None),
        ("2025-01-01", None),
        ("2025-01-02", "2025-01-02"),
        ("2025-07-03", "2025-01-02"),
        ("2025-07-04", None),
    ],
)
def test_the_debt_limit_holds_from_its_day_until_it_is_resolved(
    shipped: Policy, day: str, binding: str | None
) -> None:
    entry = debt_limit_in_force(shipped, date.fromisoformat(day))
    assert (entry.binding.isoformat() if entry else None) == binding


@pytest.mark.parametrize(
    ("day", "limit", "operations"),
    [("2021-07-29", 500, 1), ("2025-06-25", 500, 1), ("2025-06-26", 500, 2)],
)
def test_terms_of_the_standing_facility(
    shipped: Policy, day: str, limit: float, operations: int
) -> None:
    terms = standing_repo_terms(shipped, date.fromisoformat(day))
    assert (terms.limit_usd_bn, terms.operations_a_day) == (limit, operations)


def test_a_timeline_that_starts_too_late_is_told(shipped: Policy) -> None:
    with pytest.raises(InputError, match=r"balance_sheet .* 2020-12-16"):
        balance_sheet_view(shipped, date(2020, 12, 16))
    with pytest.raises(InputError, match=r"standing_repo .* 2021-07-28"):
        standing_repo_terms(shipped, date(2021, 7, 28))


def test_every_entry_is_a_reference_with_its_date_and_its_source(shipped: Policy) -> None:
    references = shipped.references()
    assert references["runoff-end-2025-12"].published == date(2025, 10, 29)
    assert references["debt-limit-2025-07"].published == date(2025, 7, 4)
    assert references["srf-2025-06"].published == date(2025, 5, 28)
    assert references["debt-limit-in-force-2025-01"].published == date(2025, 1, 2)
    tables = (
        shipped.balance_sheet,
        shipped.debt_limit,
        shipped.debt_limit_in_force,
        shipped.standing_repo,
    )
    assert len(references) == sum(len(table) for table in tables)
    assert all(reference.url.startswith("https://") for reference in references.values())


ENTRY = """
[[balance_sheet]]
id = "runoff-2022-06"
announced = 2022-05-04
effective = 2022-06-01
stance = "runoff"
treasuries_usd_bn = 30
mbs_usd_bn = 17.5
url = "https://www.federalreserve.gov/"

[[balance_sheet]]
id = "runoff-2022-09"
announced = 2022-05-04
effective = 2022-09-01
stance = "runoff"
treasuries_usd_bn = 60
mbs_usd_bn = 35
url = "https://www.federalreserve.gov/"

[[debt_limit]]
id = "debt-limit-2023-06"
resolved = 2023-06-03
url = "https://www.congress.gov/"

[[debt_limit]]
id = "debt-limit-2025-07"
resolved = 2025-07-04
url = "https://www.congress.gov/"

[[standing_repo]]
id = "srf-2021-07"
announced = 2021-07-28
effective = 2021-07-29
operations_a_day = 1
url = "https://www.federalreserve.gov/"

[[standing_repo]]
id = "srf-2025-06"
announced = 2025-05-28
effective = 2025-06-26
operations_a_day = 2
url = "https://www.newyorkfed.org/"
"""


def load(folder: Path, text: str) -> Policy:
    path = folder / "policy.toml"
    path.write_text(text, encoding="utf-8")
    return policy.load(path)


def test_an_own_timeline_is_read(tmp_path: Path) -> None:
    own = load(tmp_path, ENTRY)
    assert [entry.id for entry in own.balance_sheet] == ["runoff-2022-06", "runoff-2022-09"]
    assert own.standing_repo[0].limit_usd_bn is None


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("mbs_usd_bn = 17.5", "mbs_usd_bn = 17.5\nmbs_cap = 1", "balance_sheet.1.mbs_cap"),
        ("mbs_usd_bn = 35", "", "balance_sheet.2.mbs_usd_bn"),
        ("treasuries_usd_bn = 60", "treasuries_usd_bn = -60", "balance_sheet.2.treasuries_usd_bn"),
        ('stance = "runoff"', 'stance = "taper"', "balance_sheet.1.stance"),
        ("effective = 2022-06-01", "effective = 2022-05-01", "runoff-2022-06 takes effect before"),
        ("effective = 2022-06-01", "effective = 2022-09-30", "balance_sheet entries must stand"),
        ("effective = 2022-09-01", 'effective = "soon"', "balance_sheet.2.effective"),
        ("resolved = 2023-06-03", "resolved = 2026-06-03", "debt_limit entries must stand"),
        ("effective = 2021-07-29", "effective = 2025-07-29", "standing_repo entries must stand"),
        ("operations_a_day = 1", "operations_a_day = 0", "standing_repo.1.operations_a_day"),
        ("[[debt_limit]]", "[[debt_ceiling]]", "debt_ceiling"),
        ("announced = 2022-05-04", "announced = ", "not valid TOML"),
        ('id = "runoff-2022-06"', "id = runoff-2022-06", "not valid TOML"),
    ],
)
def test_a_malformed_file_is_told_with_file_and_field(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    assert old in ENTRY
    with pytest.raises(InputError) as caught:
        load(tmp_path, ENTRY.replace(old, new, 1))
    assert caught.value.exit_code == 2
    assert caught.value.where == str(tmp_path / "policy.toml")
    assert told in caught.value.what
    assert caught.value.remedy


def test_a_missing_file_and_one_in_another_encoding(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file") as caught:
        policy.load(tmp_path / "policy.toml")
    assert str(tmp_path / "policy.toml") in caught.value.where
    (tmp_path / "policy.toml").write_bytes("# 政策\n".encode("gb18030"))
    with pytest.raises(InputError, match="UTF-8"):
        policy.load(tmp_path / "policy.toml")
