"""Each rule catches a damaged brief and lets an intact one pass."""

from __future__ import annotations

from typing import Any

import pytest

from reportgen.review.agreement import AGREEMENT
from reportgen.review.reviewing import RULES
from tests.review.made import fact, found, made, paragraphs, reviewed, whole

LEVELS = (
    fact("assets", 6.55e12, "total_assets(2025-11-26)", quantum="1E+10"),
    fact("before", 8.92e12, "total_assets(2022-06-01)", quantum="1E+10"),
    # 8.92 - 6.55 = 2.37, and it fell.
    fact("fall", 2.37e12, "total_assets(2022-06-01) - total_assets(2025-11-26)", quantum="1E+10"),
)
RISING = "The portfolio shrinks by plan. "
AGREED = {"lead": {"headline": "x"}, "qt": {"phase": "ended"}}
SAID = {"lead.runoff.ended": {"en": ["Runoff has ended."]}}
GAUGE = {"gauges.sofr.position": "very_high"}

# Rule, a brief that breaks it, and one that comes close and does not.
CASES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    (
        "contradiction.value",
        {"en": paragraphs("Assets are {a|$6.55 trillion}.", "They are {b|$6.6 trillion}."),
         "facts": (fact("a", 6.55e12, "x(2025-11-26)"), fact("b", 6.55e12, "x(2025-11-26)"))},
        {"en": paragraphs("Assets are {a|$6.55 trillion}.", "Bills are {b|$6.6 trillion}."),
         "facts": (fact("a", 6.55e12, "x(2025-11-26)"), fact("b", 6.59e12, "y(2025-11-26)"))},
    ),
    (
        "contradiction.direction",
        {"en": paragraphs("Assets have risen by {fall|$2.37 trillion}."), "facts": LEVELS},
        {"en": paragraphs("Assets have fallen by {fall|$2.37 trillion}."), "facts": LEVELS},
    ),
    (
        "contradiction.direction",
        {"zh": paragraphs("总资产增加{fall|2.37万亿美元}。"), "facts": LEVELS},
        {"zh": paragraphs("总资产减少{fall|2.37万亿美元}。"), "facts": LEVELS},
    ),
    (
        "contradiction.chart",
        {"charts": {"corridor": {"sofr": {"value": 4.21, "date": "2025-11-26"}}},
         "facts": (fact("funding.sofr", 4.12, unit="percent", quantum="0.01"),)},
        {"charts": {"corridor": {"sofr": {"value": 4.12, "date": "2025-11-26"}}},
         "facts": (fact("funding.sofr", 4.12, unit="percent", quantum="0.01"),)},
    ),
    (
        "contradiction.chart",
        {"charts": {"corridor": {"sofr": {"value": 4.12, "date": "2025-11-25"}}},
         "facts": (fact("funding.sofr", 4.12, unit="percent", quantum="0.01"),)},
        {"charts": {"corridor": {"unknown": {"value": 1, "date": "2025-11-25"}}},
         "facts": (fact("funding.sofr", 4.12, unit="percent", quantum="0.01"),)},
    ),
    (
        "contradiction.agreement",
        {"messages": SAID, "findings": {"qt": {"phase": "runoff_slowed"}}},
        {"messages": SAID, "findings": AGREED},
    ),
    (
        "repetition.sentence",
        {"en": paragraphs("QT is over.", "Rates rose.", "QT is over.")},
        {"en": paragraphs("QT is over.", "Rates rose.", "QT will be over.")},
    ),
    (
        "repetition.wording",
        {"en": paragraphs("Over the month SOFR has averaged {a|10} more.",
                          "Yet over the month SOFR has averaged {b|8} less.")},
        {"en": paragraphs("Over the month SOFR has averaged {a|10} more.",
                          "Yet over the month TGCR has averaged {b|8} less.")},
    ),
    (
        "repetition.wording",
        {"zh": paragraphs("近月有担保隔夜融资利率走高。", "但近月有担保隔夜融资利率回落。")},
        {"zh": paragraphs("近月有担保隔夜融资利率走高。", "但上月隔夜融资利率回落。")},
    ),
    (
        "repetition.figure",
        {"en": paragraphs(*["Assets are {assets|$6.55 trillion}."] * 3), "facts": LEVELS},
        {"en": paragraphs(*["Assets are {assets|$6.55 trillion}."] * 2), "facts": LEVELS},
    ),
    (
        "repetition.opening",
        {"en": paragraphs("The Fed buys bills.", "The Fed buys bonds.")},
        {"en": paragraphs("The Fed buys bills.", "It also buys bonds.")},
    ),
    (
        "repetition.date",
        {"en": paragraphs("Taxes on {date:2025-12-15|December 15}, the FOMC on "
                          "{date:2025-12-15|December 15}.")},
        {"en": paragraphs("Taxes on {date:2025-12-15|December 15}, the FOMC on "
                          "{date:2025-12-10|December 10}.")},
    ),
    (
        "repetition.connective",
        {"zh": paragraphs("但利率上行。但准备金回升。")},
        {"zh": paragraphs("但利率上行。准备金则回升。")},
    ),
    (
        "emptiness.zero",
        {"en": paragraphs("It lent {a|$0}."), "facts": (fact("a", 4e8),)},
        {"en": paragraphs("It lent {a|$1 billion}."), "facts": (fact("a", 6e8),)},
    ),
    (
        "emptiness.zero",
        {"en": paragraphs("The gap is {a|0 basis points}."),
         "facts": (fact("a", 0.3, unit="basis_point", quantum="1"),)},
        {"en": paragraphs("The range begins at {a|0.00%}."),
         "facts": (fact("a", 0, unit="percent", quantum="0.01"),)},
    ),
    (
        "emptiness.range",
        {"en": paragraphs("Between {a|$16 billion} and {b|$16 billion} a month.")},
        {"en": paragraphs("Between {a|$16 billion} and {b|$17 billion} a month.")},
    ),
    (
        "emptiness.range",
        {"zh": paragraphs("每月{a|160亿美元}至{b|160亿美元}。")},
        {"zh": paragraphs("每月{a|160亿美元}，去年也是{b|160亿美元}。")},
    ),
    (
        "emptiness.unchanged",
        {"en": paragraphs("Assets were unchanged at {fall|$2.37 trillion} less."),
         "facts": LEVELS},
        {"en": paragraphs("Assets were unchanged at {assets|$6.55 trillion}."), "facts": LEVELS},
    ),
    (
        "emptiness.superlative",
        {"en": paragraphs("It lent {a|$2 million}, the most since it opened."),
         "facts": (fact("a", 2e6, quantum="1E+6"),)},
        {"en": paragraphs("It lent {a|$26 billion}, the most since it opened."),
         "facts": (fact("a", 26e9),)},
    ),
    (
        "emptiness.period",
        {"zh": paragraphs("投放量创下纪录。")},
        {"zh": paragraphs("投放量为启用以来最高。")},
    ),
    (
        "emptiness.history",
        {"findings": {"dashboard": {**GAUGE, "gauges.sofr.since": "2025-06-01"}}},
        {"findings": {"dashboard": {**GAUGE, "gauges.sofr.since": "2021-07-29"}}},
    ),
    ("style.quotes", {"en": paragraphs("The Fed's bills.")},
     {"en": paragraphs("The Fed’s bills.")}),
    ("style.spaces", {"en": paragraphs("The\u00a0 Fed.")}, {"en": paragraphs("The  Fed.")}),
    ("style.spaces", {"en": paragraphs("The Fed .")}, {"en": paragraphs("The Fed.")}),
    ("style.marks", {"zh": paragraphs("利率上行,准备金回落。")},
     {"zh": paragraphs("利率上行，SRF 与 H.4.1 如旧。")}),
    ("style.full_stop", {"en": paragraphs("Runoff has ended")},
     {"en": "<h2>Runoff</h2>" + paragraphs("Has runoff ended?")}),
    ("style.empty", {"en": "<h2></h2>"}, {"en": "<h2>Runoff</h2>"}),
    ("style.long_sentence", {"en": paragraphs(" ".join(["word"] * 46) + ".")},
     {"en": paragraphs(" ".join(["word"] * 45) + ". And on.")}),
    ("style.long_sentence", {"zh": paragraphs("长" * 110 + "。")},
     {"zh": paragraphs("长" * 109 + "。又一句。")}),
    ("style.long_paragraph", {"en": paragraphs(" ".join(f"Fact {n}." for n in "ABCDEFG"))},
     {"en": paragraphs(" ".join(f"Fact {n}." for n in "ABCDEF"))}),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "damaged", "intact"), CASES)
def test_a_rule_catches_the_damage_and_nothing_else(
    rule: str, damaged: dict[str, Any], intact: dict[str, Any]
) -> None:
    assert len(found(rule, made(**damaged))) == 1
    assert found(rule, made(**intact)) == []


def test_every_rule_is_tried() -> None:
    assert {rule.id for rule in RULES} == {rule for rule, _, _ in CASES}


def test_the_whole_brief_passes() -> None:
    assert [finding.line() for finding in reviewed()] == []


def test_what_an_editor_wrote_by_hand_is_left_alone() -> None:
    note = '<div class="desk-note"><p>The Fed\'s bills.</p></div>'
    assert found("style.quotes", made(en=note)) == []


def test_a_finding_names_the_message() -> None:
    said = {"lead.repo.idle": {"en": ["It lent $0 to nobody at all."]}}
    text = paragraphs("It lent {a|$0} to nobody at all.")
    (finding,) = found("emptiness.zero", made(en=text, facts=(fact("a", 0),), messages=said))
    assert finding.place.messages == ("lead.repo.idle",)
    assert finding.place.path == "en/brief.html"


def test_nothing_in_the_table_of_agreement_is_dead() -> None:
    """A statement that was renamed must be renamed there too."""
    from fnmatch import fnmatchcase

    from tests.review.made import contexts

    for takes in AGREEMENT:
        kind, colon, message = takes.condition.partition(": ")
        for pattern in (takes.message, *((message,) if colon else ())):
            assert any(fnmatchcase(id, pattern) for id in contexts()), pattern
        if not colon:
            section, _, name = kind.partition("=")[0].removesuffix("!").partition(".")
            assert name in whole().findings[section], takes.condition
