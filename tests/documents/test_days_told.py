"""Days of a kind as a reader sees them: in words where they explain something, else not at all."""

from __future__ import annotations

import pytest

from tests.documents.reading import article

TOLD = {
    ("2025-12-02", "en"): (
        "Of the 21 other days of this kind since December 2023 only 2 saw real use, "
        "$6.75 billion at most.",
        "From December 2023 until then only 6 of the 334 such days had seen any.",
        "This time it rose 19 basis points, more than on any of the 21 others since December 2023: "
        "the calendar alone does not explain it.",
        "How days of each kind have gone since December 4, 2023",
        "Monthly statement of the public debt, November 2025",
        "Rates and the balance sheet; the last decision came on October 29",
    ),
    ("2025-12-02", "zh-Hans"): (
        "2023年12月以来另有21个同类日子，仅2日录得实质性用量，最高67.5亿美元。",
        "而此前自2023年12月起的334个此类平常日子里，仅6日如此。",
        "此番上行19个基点，超过2023年12月以来另外21个同类日子，仅凭时点难以解释。",
        "2023年12月4日以来各类日子的表现",
        "2025年11月公共债务月报",
        "利率与资产负债表政策；上次决议在10月29日",
    ),
    ("2025-10-31", "en"): (
        "Of the 15 other days of this kind since November 2023 none saw real use.",
        "From November 2023 until then none of the 334 such days had seen any.",
        "on the ordinary days just before, SOFR already stood 12 basis points above IORB",
    ),
    ("2025-10-31", "zh-Hans"): (
        "2023年11月以来另有15个同类日子，均无实质性用量。",
        "而此前自2023年11月起的334个此类平常日子里，从未如此。",
        "此前的平常日子里，SOFR已高出IORB12个基点",
    ),
    ("2024-10-01", "en"): (
        "more than on any of the 7 others since October 2022.",
        "So far this is a calendar effect.",
    ),
    ("2024-10-01", "zh-Hans"): ("超过2022年10月以来另外7个同类日子。", "只是时点效应"),
}

WORDS = {
    "en": ("of this kind", "such a day", "How days of each kind", "does not account for this"),
    "zh-Hans": ("同类日子", "此类日子", "各类日子", "时点无法解释"),
}


def told(day: str, tag: str) -> str:
    text = article(day, tag)
    return text.replace(" ", "") if tag == "zh-Hans" else text


@pytest.mark.parametrize(("day", "tag"), TOLD)
def test_what_days_of_its_kind_say_of_the_latest(day: str, tag: str) -> None:
    text = told(day, tag)
    for part in TOLD[day, tag]:
        assert part in text, part


@pytest.mark.parametrize("day", ["2021-08-05", "2021-09-30"])
@pytest.mark.parametrize("tag", list(WORDS))
def test_thin_and_quiet_times_pass_without_a_word(day: str, tag: str) -> None:
    text = told(day, tag)
    for words in WORDS[tag]:
        assert words not in text, words


def test_while_use_is_a_calendar_effect_the_spread_is_not_said_to_be_more() -> None:
    assert "the calendar alone does not explain it" not in article("2024-10-01", "en")
