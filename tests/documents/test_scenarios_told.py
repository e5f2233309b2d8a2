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


BASELINE_ROW = (
    "$20 billion", "January 2026", "$480 billion", "$390 billion", "$3.12 trillion", "May 2026",
    "$6.37 trillion",
)  # fmt: skip


def row(text: str, name: str) -> tuple[str, ...]:
    """The cells of a scenario in the table that compares them."""
    lines = text.splitlines()
    return tuple(lines[lines.index(name) + 1 : lines.index(name) + 8])


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
    assert row(texts["en"], "Baseline") == BASELINE_ROW
    assert "Waiting costs more" not in texts["en"]
    assert "weighs more" not in texts["en"]
    assert "Purchases doubled" not in texts["en"]
    assert "购债加倍" not in texts["zh-Hans"]


def test_the_table_has_a_row_for_each_scenario() -> None:
    texts = told(SHIPPED)
    assert texts["en"].count("Scenarios to December 2026") == 1
    assert row(texts["en"], "Baseline") == BASELINE_ROW
    # 12 x 40 + 12 x 20 of 870; 3,115 + 240 of reserves, 6,374 + 240 of SOMA.
    assert row(texts["en"], "Purchases doubled") == (
        "$40 billion", "January 2026", "$720 billion", "$150 billion", "$3.36 trillion",
        "February 2026", "$6.61 trillion",
    )  # fmt: skip
    # 8 x 20 + 12 x 20 of 870; 3,115 - 80 and 6,374 - 80.
    assert row(texts["en"], "Purchases after April") == (
        "$20 billion", "May 2026", "$400 billion", "$470 billion", "$3.04 trillion",
        "October 2026", "$6.29 trillion",
    )  # fmt: skip
    assert row(texts["zh-Hans"], "推迟至4月后") == (
        "200亿美元", "2026年5月", "4,000亿美元", "4,700亿美元", "3.04万亿美元",
        "2026年10月", "6.29万亿美元",
    )  # fmt: skip


def test_what_the_table_means_is_told_and_not_its_cells() -> None:
    texts = told(SHIPPED)
    # 390 - 150 against 470 - 390.
    weight = "moves what is left by $240 billion, their start by $80 billion."
    assert weight in texts["en"]
    assert "相差2,400亿美元，启动时间则只相差800亿美元" in texts["zh-Hans"]
    assert (
        "purchases that start in May 2026 bring them past the mark only in October 2026"
        in (texts["en"])
    )
    sentences = [line for line in texts["en"].splitlines() if line.endswith(".")]
    for cell in ("$150 billion", "$470 billion", "$720 billion", "$3.36 trillion", "$3.04"):
        assert not [line for line in sentences if cell in line], cell


def test_one_alternative_of_either_kind() -> None:
    doubled = told(with_scenarios(BASELINE, DOUBLED))
    assert row(doubled["en"], "Purchases doubled")[2:4] == ("$720 billion", "$150 billion")
    assert "Purchases after April" not in doubled["en"]
    assert "weighs more" not in doubled["en"]
    delayed = told(with_scenarios(BASELINE, DELAYED))
    assert row(delayed["zh-Hans"], "推迟至4月后")[4:6] == ("3.04万亿美元", "2026年10月")
    assert "购债加倍" not in delayed["zh-Hans"]


def test_a_scenario_that_the_desk_renames() -> None:
    texts = told(with_scenarios(BASELINE, name={"en": "House view", "zh-Hans": "本刊主线"}))
    assert row(texts["en"], "House view") == BASELINE_ROW
    assert "本刊主线\n200亿美元\n" in texts["zh-Hans"]
    assert "\nBaseline\n" not in texts["en"]


def test_a_baseline_that_the_desk_adds_takes_the_place_of_the_shipped_one() -> None:
    own = next(s for s in SHIPPED.outlook.scenario if s.id == BASELINE).model_copy(
        update={
            "id": "desk-thirty",
            "name": {"en": "Thirty a month", "zh-Hans": "每月三百亿"},
            "published": date(2025, 12, 4),
            "purchases_usd_bn_per_month": 30,
            "rests_on": ("gs-issuance-2026",),
        }
    )
    outlook = Outlook(view=SHIPPED.outlook.view, scenario=(*SHIPPED.outlook.scenario, own))
    later = inputs_as_of(date(2025, 12, 4))
    texts = told(Inputs(later.data, later.policy, later.calendar, outlook))
    # 12 x 30 + 12 x 20 = 600, and 870 - 600; the alternatives are those of the other baseline.
    assert row(texts["en"], "Thirty a month")[:4] == (
        "$30 billion", "January 2026", "$600 billion", "$270 billion",
    )  # fmt: skip
    assert "Purchases doubled" not in texts["en"]


def test_a_start_that_weighs_more_than_the_amount() -> None:
    changed = tuple(
        scenario.model_copy(
            update={"purchases_usd_bn_per_month": 22} if scenario.id == DOUBLED else {}
        )
        for scenario in SHIPPED.outlook.scenario
    )
    outlook = Outlook(view=SHIPPED.outlook.view, scenario=changed)
    texts = told(Inputs(SHIPPED.data, SHIPPED.policy, SHIPPED.calendar, outlook))
    # 12 x 2 against 4 x 20.
    assert (
        "the start of purchases moves what is left by $80 billion, their size by $24"
        in (texts["en"])
    )
    assert "何时买比买多少更要紧" in texts["zh-Hans"]


def test_principal_at_its_pace_and_with_its_season() -> None:
    texts = told(SHIPPED)
    # 12 x (20 + 16.45) and 870 less this; then 12 x 20 + 192.9 to 195.5, and 870 less these.
    assert (
        "$16.4 billion a month, the Fed’s purchases come to $437 billion and $433 billion is left "
        "for others. With the season taken into account, payments point to $193 billion to $195 "
        "billion over 2026 rather than the $240 billion of the baseline: purchases of $433 billion "
        "to $435 billion, and $435 billion to $437 billion left for others."
    ) in texts["en"]
    # 432.6 - 390 and 437.1 - 390.
    assert "exceeds what Goldman Sachs expects, by $43 billion to $47 billion" in texts["en"]
    assert "都比高盛的预测多430亿美元至470亿美元" in texts["zh-Hans"]


def test_a_path_that_stays_below_the_goal_names_no_month() -> None:
    texts = told(with_scenarios(BASELINE, DOUBLED, currency_usd_bn_per_year=300))
    assert row(texts["en"], "Baseline")[5] == "–"
    assert "take reserves to $2.86 trillion by the end of December 2026" in texts["en"]
    assert "到2026年12月底准备金为2.86万亿美元" in texts["zh-Hans"]
    assert "Where reserves go depends on what the Fed buys" in texts["en"]


def test_a_scenario_that_counts_on_the_recent_pace() -> None:
    texts = told(
        with_scenarios(BASELINE, mbs_usd_bn_per_month="recent pace", rests_on=("gs-issuance-2026",))
    )
    assert (
        "payments point to $193 billion to $195 billion over 2026: purchases of $433 billion"
    ) in texts["en"]
    assert "回笼本金料为1,930亿美元至1,950亿美元；对应" in texts["zh-Hans"]


def test_no_scenario_no_word_of_one() -> None:
    for texts in (told(with_scenarios()), {tag: article("2025-12-01", tag) for tag in LANGUAGES}):
        assert "month by month" not in texts["en"]
        assert "Scenarios to" not in texts["en"]
        assert "各情形对比" not in texts["zh-Hans"]
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
    assert (
        "balance sheet of October 29 reserves are $85 billion lower than on October 22"
        in article("2025-10-31", "en")
    )
    chinese = article("2025-10-31", "zh-Hans").replace(" ", "")
    assert "资产负债表显示，准备金均值较截至10月22日当周减少850亿美元" in chinese
