"""Each regime tells its own story, in both languages, and nobody else's."""

from __future__ import annotations

import pytest

from tests.documents.reading import article, visible_text
from tests.render.made import page

LATER = {
    "en": ("QT is over", "Goldman", "The runoff that began", "Logan", "Skyrm"),
    "zh-Hans": ("落幕", "高盛", "至12月1日结束", "Logan", "Skyrm"),
}

STORIES = {
    ("2021-08-02", "en"): ("keeps buying", "adds $120 billion", "$921 billion"),
    ("2021-08-02", "zh-Hans"): ("购债不止", "增持1,200亿美元"),
    ("2022-03-10", "en"): (
        "The buying is over",
        "$8.91 trillion",
        "$292 billion lower than before the debt-limit impasse ended on December 16, 2021",
        "without any runoff",
        "absorbed $551 billion",
        "has stood idle but for test bids since it opened on July 29, 2021",
    ),
    ("2022-03-10", "zh-Hans"): ("购债画上句号", "8.91万亿美元", "吸走5,510亿美元", "从未动用"),
    ("2022-06-16", "en"): (
        "Runoff has begun",
        "caps of $47.5 billion",
        "$95 billion a month",
        "raised its target range by 75 basis points to 1.50%–1.75%",
    ),
    ("2022-06-16", "zh-Hans"): ("缩表启动", "475亿美元", "950亿美元", "上调75个基点"),
    ("2023-03-16", "en"): (
        "The balance sheet grows again, though runoff goes on",
        "added $306 billion to the Fed’s balance sheet",
        "shrunk by $550 billion since June 1, 2022",
        "only $280 billion lower, because other assets grew",
        "The parts cancel out: reserves hardly moved",
        "took $274 billion",
        "The debt limit has been in force since January 19",
    ),
    ("2023-03-16", "zh-Hans"): ("资产负债表却重新扩张", "3,060亿美元", "减少5,500亿美元"),
    ("2025-01-02", "en"): (
        "Year-end lifts repo rates above the rate on reserves",
        "The week holds the year-end",
        "ON RRP stood at $473 billion",
        "SOFR is only 1 basis point below its rate",
        "is little changed",
    ),
    ("2025-01-02", "zh-Hans"): ("年末推升回购利率", "4,730亿美元", "仅比该工具的利率低1个基点"),
    ("2025-07-10", "en"): (
        "The debt limit is settled",
        "Under the debt limit, settled on July 4",
        "The standing repo facility is back to test bids",
        "Little is left at reverse repo: $183 billion",
    ),
    ("2025-07-10", "zh-Hans"): ("债务上限尘埃落定", "债务上限已于7月4日解决"),
    ("2022-09-15", "en"): (
        "traded close to where reserves, bill supply and the calendar put them",
        "the wider gap has averaged +1 basis point, within the margin of error",
    ),
    ("2022-09-15", "zh-Hans"): ("大致相符", "其中偏离较大者平均为+1个基点，在误差范围之内"),
    ("2023-06-08", "en"): (
        "The debt limit is settled",
        "With $78 billion in its account",
        "shrunk by $780 billion",
        "$60 billion of Treasuries",
        "$2.14 trillion",
        "well under the cap of $35 billion",
    ),
    ("2023-06-08", "zh-Hans"): (
        "债务上限尘埃落定",
        "780亿美元",
        "每月至多950亿美元",
        "2.14万亿美元",
    ),
    ("2024-10-01", "en"): (
        "the repo backstop has been put to use",
        "Runoff goes on at up to $60 billion a month",
        "$2.6 billion",
        "September 30 was the quarter-end",
        "up to $25 billion of Treasuries",
    ),
    ("2024-10-01", "zh-Hans"): ("派上用场", "26亿美元", "季末", "国债250亿美元"),
    ("2025-10-31", "en"): (
        "QT is about to end",
        "Quantitative tightening (QT) will stop on December 1",
        "$50.35 billion",
        "the $51.8 billion of October 31 is a month-end peak",
        "$53.35 billion on June 15, 2020",
    ),
    ("2025-10-31", "zh-Hans"): ("缩表将止", "503.5亿美元", "533.5亿美元"),
}


@pytest.mark.parametrize(("day", "tag"), STORIES, ids=lambda value: str(value))
def test_the_story_of_the_time(day: str, tag: str) -> None:
    text = article(day, tag)
    plain = text.replace(" ", "") if tag == "zh-Hans" else text
    for part in STORIES[day, tag]:
        assert part in plain, part
    for part in LATER[tag]:
        assert part not in plain, f"{part} belongs to another time"


def test_our_estimate_comes_first_and_the_view_beside_it() -> None:
    text = article("2025-12-02", "en")
    ours = "By our own estimate SOFR and TGCR have over the past month traded 6 basis points"
    assert ours in text
    assert "the band for SOFR runs from 2 basis points to 9 basis points" in text
    assert "leaves the month out gives +8 basis points" in text
    assert "anything from +1 basis point to +12 basis points" in text
    assert text.index(ours) < text.index("According to market estimates reported by Wallstreetcn")
    chinese = article("2025-12-02", "zh-Hans").replace(" ", "")
    assert "所能解释的高出6个基点，其中SOFR的误差区间为2个基点至9个基点" in chinese
    assert chinese.index("据本刊测算") < chinese.index("华尔街见闻援引的市场测算则显示")


@pytest.mark.parametrize(
    ("day", "english", "chinese"),
    [
        ("2025-01-02", "leave +3 basis points of TGCR unexplained", "近期TGCR有+3个基点的偏离"),
        (
            "2025-06-05",
            "traded 4 basis points, and TGCR 3 basis points, below",
            "分别低4个基点和3个基点",
        ),
        ("2025-12-04", "the gap has averaged +4 basis points, within", "月均偏离+4个基点"),
    ],
)
def test_what_our_estimate_says_on_other_days(day: str, english: str, chinese: str) -> None:
    assert english in article(day, "en")
    assert chinese in article(day, "zh-Hans").replace(" ", "")


def test_under_250_days_no_estimate_is_told_and_the_annex_says_so() -> None:
    missing = "A fair-value estimate of our own for SOFR and TGCR."
    early, late = (visible_text(page(day, "en").html) for day in ("2022-03-10", "2025-12-02"))
    assert "own estimate" not in early
    assert missing in early
    assert "Fair-value model" not in early
    assert missing not in late
    assert "Fair-value model" in late
    assert "本刊自己的" in page("2022-03-10", "zh-Hans").html


def test_no_drama_about_nothing() -> None:
    """Idle days are told as idle, not as use of zero dollars."""
    for day in ("2021-08-02", "2022-03-10", "2023-06-08"):
        assert "$0" not in sentences(day, "en")
        assert "0美元" not in sentences(day, "zh-Hans").replace(" ", "").replace("00亿美元", "")


def sentences(day: str, tag: str) -> str:
    """The lines that are sentences: a table may say zero."""
    stops = (".", "。", ":", "：", ";", "；")
    return "\n".join(line for line in article(day, tag).splitlines() if line.endswith(stops))


def test_the_record_of_the_day() -> None:
    text = article("2025-10-31", "en")
    assert "the most since it opened" in text
    assert "second-highest" not in text


def test_h41_turns_over_on_thursday() -> None:
    """On Wednesday the balance sheet is that of 26 November, on Thursday that of 3 December."""
    wednesday, thursday = article("2025-12-03", "en"), article("2025-12-04", "en")
    assert "in the week to November 26" in wednesday
    assert "in the week to December 3" not in wednesday
    assert "in the week to December 3" in thursday
