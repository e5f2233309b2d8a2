"""What other scenarios and other data make of the text, in both languages and past every gate."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from reportgen import clock
from reportgen.analysis.outlook import Outlook
from reportgen.language import locale
from reportgen.model import Brief, Observation
from reportgen.render import parity
from reportgen.render.edition import make
from reportgen.sections import compute_all
from reportgen.sections.inputs import Inputs
from reportgen.settings import Settings
from reportgen.sources.catalogue import CATALOGUE
from reportgen.store.dataset import Dataset
from tests.conftest import LANGUAGES, NO_PROJECT, bundled_observations, inputs_as_of
from tests.documents.reading import article, visible_text

DAY = date(2025, 12, 2)
SHIPPED = inputs_as_of(DAY)


def told(inputs: Inputs) -> dict[str, str]:
    """The text in each language; Chinese without the gaps between scripts."""
    brief = Brief(
        as_of=inputs.as_of,
        cutoff=inputs.data.cutoff,
        sections=compute_all(inputs),
        statuses=inputs.data.statuses,
        references={**inputs.policy.references(), **inputs.outlook.references()},
        from_bundle=True,
        data_digest=inputs.data.digest,
    )
    made = {
        tag: make(
            brief, locale.load(tag, NO_PROJECT), NO_PROJECT, Settings(), (), ("html",), draft=False
        )
        for tag in LANGUAGES
    }
    parity.check_languages({tag: own.sightings for tag, own in made.items()})
    texts = {
        tag: visible_text(own.page.html.split('<section id="annex"')[0])
        for tag, own in made.items()
    }
    return texts | {"zh-Hans": texts["zh-Hans"].replace(" ", "")}


def with_scenarios(*kept: str, **changes: Any) -> Inputs:
    """The day with some of the shipped scenarios, all of them changed alike."""
    scenarios = tuple(
        scenario.model_copy(update=changes)
        for scenario in SHIPPED.outlook.scenario
        if scenario.id in kept
    )
    outlook = Outlook(view=SHIPPED.outlook.view, scenario=scenarios)
    return Inputs(SHIPPED.data, SHIPPED.policy, SHIPPED.calendar, outlook)


BASELINE, DOUBLED, DELAYED = (scenario.id for scenario in SHIPPED.outlook.scenario)


def test_the_baseline_alone() -> None:
    texts = told(with_scenarios(BASELINE))
    assert "above $3 trillion in May 2026" in texts["en"]
    assert "2026年5月重返3万亿美元上方" in texts["zh-Hans"]
    assert "instead" not in texts["en"]
    assert "Purchases doubled" not in texts["en"]


def test_one_alternative_of_either_kind() -> None:
    doubled = told(with_scenarios(BASELINE, DOUBLED))
    assert "At $40 billion a month reserves end at $3.36 trillion." in doubled["en"]
    assert "若每月买入400亿美元，准备金届时为3.36万亿美元" in doubled["zh-Hans"]
    assert "would leave $150 billion for others." in doubled["en"]
    delayed = told(with_scenarios(BASELINE, DELAYED))
    assert "begin in May 2026 instead, reserves end at $3.04 trillion." in delayed["en"]
    assert "购债改在2026年5月启动，准备金届时为3.04万亿美元" in delayed["zh-Hans"]
    assert "begin in May 2026 instead, $470 billion is left" in delayed["en"]


def test_a_path_that_stays_below_the_goal_names_no_month() -> None:
    texts = told(with_scenarios(BASELINE, DOUBLED, currency_usd_bn_per_year=300))
    assert "take reserves to $2.86 trillion by the end of December 2026" in texts["en"]
    assert "到2026年12月底准备金为2.86万亿美元" in texts["zh-Hans"]
    assert "Where reserves go depends on what the Fed buys" in texts["en"]


def test_a_scenario_that_counts_on_the_recent_pace() -> None:
    texts = told(
        with_scenarios(BASELINE, mbs_usd_bn_per_month="recent pace", rests_on=("gs-issuance-2026",))
    )
    assert "recent payments point to $193 billion to $195 billion in 2026." in texts["en"]
    assert "回笼本金料为1,930亿美元至1,950亿美元。" in texts["zh-Hans"]


def test_no_scenario_no_word_of_one() -> None:
    for texts in (told(with_scenarios()), {tag: article("2025-12-01", tag) for tag in LANGUAGES}):
        assert "month by month" not in texts["en"]
        assert "逐月推演" not in texts["zh-Hans"].replace(" ", "")


@pytest.fixture(scope="module")
def levels() -> dict[str, str]:
    """The day with what a pull adds: reserves on Wednesday and foreign reverse repo."""
    rows = list(bundled_observations())
    for row in bundled_observations():
        if row.series == "reserve_balances":
            # 40 billion lower in the newest week, so that there is something to tell.
            newest = row.date == date(2025, 11, 26)
            level = row.value + (-40e9 if newest else 5e9)
            rows.append(Observation("reserve_balances_level", row.date, level))
            rows.append(Observation("foreign_reverse_repo", row.date, 330e9 if newest else 320e9))
    data = Dataset(rows, CATALOGUE, DAY, clock.end_of_day(DAY), {})
    return told(Inputs(data, SHIPPED.policy, SHIPPED.calendar, SHIPPED.outlook))


def test_the_account_in_wednesday_levels(levels: dict[str, str]) -> None:
    assert "between Wednesdays, June 25, 2025 to November 26, 2025" in levels["en"]
    assert "对准备金变动的贡献，周三时点值，2025年6月25日至2025年11月26日" in levels["zh-Hans"]
    # The change told in the text is that of week averages all the same.
    assert "$473 billion less than the $3.37 trillion" in levels["en"]


def test_the_week_in_wednesday_levels(levels: dict[str, str]) -> None:
    # 7.943 of the averages - 45.
    told_en = "Between the Wednesdays of November 19 and November 26 reserves fell by $37 billion"
    assert told_en in levels["en"]
    assert "11月19日至11月26日准备金减少370亿美元" in levels["zh-Hans"]


def test_the_week_in_averages() -> None:
    # 2,848.021 - 2,933.037 in the week to 2025-10-29.
    assert "balance sheet of October 29 reserves are $85 billion lower" in article(
        "2025-10-31", "en"
    )
    chinese = article("2025-10-31", "zh-Hans").replace(" ", "")
    assert "资产负债表显示，准备金较上周减少850亿美元" in chinese
