"""Reserve management purchases that the Fed has announced, beside forecasts of them: what is told,
and what must not be, in both languages and past every gate."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from reportgen.analysis.outlook import Outlook
from reportgen.analysis.policy import BalanceSheetStep, Stance
from reportgen.sections.inputs import Inputs
from tests.conftest import inputs_as_of
from tests.documents.test_scenarios_told import told

# What belongs to the net purchases of 2020 to 2022, or to a time when nothing was decided.
OTHER_STORIES = {
    "en": (
        "net purchases", "buys securities on net", "keeps buying", "The next step would be up",
        "On current forecasts the Fed now becomes", "will decide when the Fed expands",
        "when it grows again", "how soon it has to buy again",
    ),
    "zh-Hans": ("净购债", "净买入证券", "购债不止", "再往后是扩表", "按目前的预测，美联储将成为",
                "重新扩表的时点", "再度扩表的时点"),
}  # fmt: skip


def step(announced: str, effective: str, **changes: Any) -> BalanceSheetStep:
    """Forty billion a month unless said otherwise."""
    return BalanceSheetStep(
        id=f"step-{effective}",
        announced=date.fromisoformat(announced),
        effective=date.fromisoformat(effective),
        stance=changes.get("stance", Stance.RESERVE_MANAGEMENT),
        treasuries_usd_bn=changes.get("treasuries_usd_bn", 40),
        mbs_usd_bn=0,
        url="https://www.federalreserve.gov/",
    )


def with_steps(day: str, *steps: BalanceSheetStep) -> Inputs:
    """A day, and the brief of the week before, with steps after the shipped timeline."""
    inputs = inputs_as_of(date.fromisoformat(day))
    assert inputs.previous
    sheet = (*inputs.policy.balance_sheet, *steps)
    policy = inputs.policy.model_copy(update={"balance_sheet": sheet})
    changed = replace(inputs, policy=policy, previous=replace(inputs.previous, policy=policy))
    # The model knows nothing of policy: it is fitted once a day.
    ours = inputs.fair_value
    assert ours
    return replace(changed, fit=lambda _: (ours.sofr, ours.tgcr))


@cache
def buying(day: str) -> dict[str, str]:
    """A day on which purchases announced on 2025-11-20 run since 2025-12-01."""
    return told(with_steps(day, step("2025-11-20", "2025-12-01")))


@cache
def planned() -> dict[str, str]:
    """December 4 with purchases announced the day before, to begin on the twelfth."""
    return told(with_steps("2025-12-04", step("2025-12-03", "2025-12-12")))


@pytest.mark.parametrize("day", ["2025-12-02", "2025-12-04"])
def test_purchases_in_effect(day: str) -> None:
    texts = buying(day)
    for part in (
        "The Fed is buying bills. Why is its repo backstop still needed?",
        "The Fed buys $40 billion of Treasury bills a month to keep reserves ample",
        # 8,915.1 on 2022-06-01 less 6,552.4 of 2025-11-26, the last week before the end, 2,362.6.
        "it took the Fed’s total assets down by $2.36 trillion",
        "Since December 1 the Fed has been buying $40 billion of Treasury bills a month",
        "What matters now is whether $40 billion a month is enough.",
        "Balance-sheet runoff has ended, and reserve management purchases have begun.",
        "The balance sheet grows with the demand for reserves",
        "Since December 1 the Fed has been adding $40 billion of Treasury bills a month",
        "it will show whether $40 billion a month is enough",
    ):
        assert part in texts["en"], part
    for part in (
        "美联储已开始买入国库券",
        "为保持准备金充裕，美联储每月买入400亿美元国库券",
        "自12月1日起，美联储每月买入400亿美元国库券",
        "缩表已经结束，准备金管理购买随之启动",
        "通过“准备金管理购买”每月买入400亿美元国库券",
        "由此可知每月400亿美元够不够",
    ):
        assert part in texts["zh-Hans"], part
    assert "has been held at" not in texts["en"]
    assert "QT is over" not in texts["en"]
    assert "规模稳定在" not in texts["zh-Hans"]


def test_purchases_announced_and_not_in_effect() -> None:
    texts = planned()
    for part in (
        "QT is over",
        "From December 12 the Fed will buy $40 billion of Treasury bills a month",
        "the Fed said on December 3 that it will buy $40 billion",
        "The Fed has announced reserve management purchases of $40 billion of Treasury bills a "
        "month from December 12.",
        "From December 12 the Fed will add $40 billion of Treasury bills a month",
        "has been held at $6.13 trillion",
    ):
        assert part in texts["en"], part
    for part in (
        "美联储将自12月12日起每月买入400亿美元国库券",
        "美联储12月3日宣布，自12月12日起每月买入400亿美元国库券",
        "美联储宣布自12月12日起启动准备金管理购买",
        "规模稳定在6.13万亿美元",
    ):
        assert part in texts["zh-Hans"], part
    assert "has been buying" not in texts["en"]
    assert "purchases have begun" not in texts["en"]
    assert "已开始买入" not in texts["zh-Hans"]


@pytest.mark.parametrize("day", ["2025-12-02", "2025-12-04", "planned"])
def test_the_forecast_stands_beside_the_fact(day: str) -> None:
    texts = planned() if day == "planned" else buying(day)
    for tag, stories in OTHER_STORIES.items():
        for part in stories:
            assert part not in texts[tag], part
    assert (
        "The forecast of Goldman Sachs of December 2 assumed other purchases: $20 billion"
        in (texts["en"])
    )
    assert "that the Fed has announced from December 1" in texts["en"]
    assert "are not in them." in texts["en"]
    # 12 x (40 + 20) = 720, and 870 - 720 = 150.
    assert "its purchases come to $720 billion and $150 billion is left" in texts["en"]
    assert "所依据的购买安排与此不同：自2026年1月起每月买入200亿美元国库券" in texts["zh-Hans"]
    assert "全年购买总额将为7,200亿美元，留给其他买家的为1,500亿美元" in texts["zh-Hans"]


def test_a_forecast_that_came_true_is_told_as_such() -> None:
    own = step("2025-12-03", "2026-01-01", treasuries_usd_bn=20)
    texts = told(with_steps("2025-12-04", own))
    assert "That is what Goldman Sachs expected. With $20 billion of bills a month" in texts["en"]
    assert "这与高盛的预期一致：每月买入200亿美元国库券" in texts["zh-Hans"]
    assert "are not in them" not in texts["en"]
    assert "not in this arithmetic" not in texts["en"]


def test_announced_while_runoff_goes_on() -> None:
    texts = told(with_steps("2025-11-25", step("2025-11-20", "2025-12-01")))
    assert (
        "Runoff ends on December 1, and what follows is known: the Fed said on November 20 that it "
        "will buy $40 billion of Treasury bills a month from December 1."
    ) in texts["en"]
    assert "其后的安排也已明确：美联储11月20日宣布，自12月1日起每月买入400亿" in texts["zh-Hans"]
    assert "how soon it has to buy again" not in texts["en"]
    assert "Goldman" not in texts["en"]


def test_before_the_announcement_nothing_is_told() -> None:
    own = step("2025-12-10", "2025-12-12")
    assert told(with_steps("2025-12-04", own)) == told(with_steps("2025-12-04"))


def test_purchases_in_effect_without_a_forecast() -> None:
    none = Outlook(view=(), scenario=())
    inputs = with_steps("2025-12-04", step("2025-11-20", "2025-12-01"))
    texts = told(replace(inputs, outlook=none))
    assert "Bills find a new buyer, MBS lose theirs" in texts["en"]
    assert "Scenarios to" not in texts["en"]
    assert "the forecast" not in texts["en"].lower()
    assert "国库券迎来大买家" in texts["zh-Hans"]


def test_a_change_and_an_end_of_purchases_ahead() -> None:
    first = step("2025-11-20", "2025-12-01")
    changed = step("2025-12-03", "2026-01-02", treasuries_usd_bn=25)
    texts = told(with_steps("2025-12-04", first, changed))
    assert "From January 2, 2026 the Fed will buy $25 billion a month." in texts["en"]
    assert "自2026年1月2日起，每月购买额将调整为250亿美元" in texts["zh-Hans"]
    stopped = step("2025-12-03", "2026-01-02", stance=Stance.REINVEST_IN_BILLS, treasuries_usd_bn=0)
    texts = told(with_steps("2025-12-04", first, stopped))
    assert "The purchases will stop on January 2, 2026." in texts["en"]
    assert "这项购买将于2026年1月2日停止" in texts["zh-Hans"]


def test_once_purchases_have_stopped_the_portfolio_is_held_from_then_on() -> None:
    stopped = step("2025-12-02", "2025-12-03", stance=Stance.REINVEST_IN_BILLS, treasuries_usd_bn=0)
    texts = told(with_steps("2025-12-04", step("2025-11-20", "2025-12-01"), stopped))
    assert "Since December 3 the System Open Market Account (SOMA) has been held" in texts["en"]
    assert "12月3日以来，系统公开市场账户（SOMA）的规模稳定在" in texts["zh-Hans"]
