"""The house style over the messages: what ships holds it, and each rule finds its damage."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reportgen import resources
from reportgen.errors import CheckError
from reportgen.language import catalogue, checking, glossary, house_style, locale
from reportgen.language.locale import Locale
from reportgen.language.rules.rule import Fault
from tests.conftest import NO_PROJECT

SHIPPED = resources.LOCALES / "zh_Hans" / "LC_MESSAGES" / "messages.po"
SENTENCE = "Reserves fell."
WRONG = re.compile(
    "is against the house style|is not the word for|is half-width|typewriter|has a space|ends? with"
)


def faults(text: str, language: Locale, context: str = "lead.test.sentence") -> list[str]:
    source = text if language.is_source else SENTENCE
    words = glossary.load(language, NO_PROJECT)
    found = checking.of_text(context, text, source, language, words)
    # That the sentence is no translation of its source is not what is tested here.
    return [line_of(context, fault) for fault in found if fault.rule is not glossary.TERM]


def line_of(context: str, fault: Fault) -> str:
    return f"{context}: {fault.what}; {fault.remedy}"


def against(text: str, language: Locale) -> list[str]:
    """What says that a word or a mark is wrong."""
    return [line for line in faults(text, language) if WRONG.search(line)]


ENGLISH = [
    ("It lent about %(told)s.", "about #"),
    ("Reserves fell by more than %(fall)s.", "more than #"),
    ("Reserves fell significantly.", "significantly"),
    ("It is a very large sum.", "very"),
    ("An unprecedented use.", "unprecedented"),
    ("SOFR increased by %(gap)s.", "SOFR increased"),
    ("Repo rates have grown.", "Repo rates have grown"),
    ("Reserves plunged by %(fall)s.", "plunged"),
    ("Of course reserves fell.", "Of course"),
    ("It bought in order to add reserves.", "in order to"),
    ("Reserves fell amid stress.", "amid"),
    ("That is not unlikely.", "not unlikely"),
    ("It may well last.", "may well"),
    ("Analysts expect purchases.", "Analysts expect"),
    ("I expect purchases.", "I"),
    ("The reverse repurchase facility is empty.", "reverse repurchase"),
    ("The standing repo window lent.", "standing repo"),
    ("T-bills grew.", "T-bills"),
    ("The treasury borrows.", "treasury"),
    ("Quantitative tightening is over.", "Quantitative tightening"),
    ("Reserves fell - again.", " - "),
    ("Reserves fell!", "!"),
    ("USD %(told)s was lent.", "USD"),
]


@pytest.mark.parametrize(("text", "passage"), ENGLISH)
def test_what_english_does_not_say(english: Locale, text: str, passage: str) -> None:
    found = faults(text, english)
    assert len([line for line in found if f"“{passage}” is against the house style; " in line]) == 1
    assert all(line.startswith("lead.test.sentence: ") for line in found)


CHINESE = [
    ("投放约%(told)s。", "约#"),
    ("投放近%(told)s。", "近#"),
    ("余额约为%(level)s。", "约为#"),
    ("约%(told)s左右。", "约#左右"),
    ("逾近%(told)s。", "逾近"),
    ("余额仅逾%(level)s。", "仅逾"),
    ("准备金同比减少%(fall)s。", "同比"),
    ("准备金减少%(times)s倍。", "减少#倍"),
    ("准备金降至了%(level)s。", "降至了"),
    ("利率为%(low)s～%(high)s。", "～"),
    ("SOFR较上周增加%(gap)s。", "SOFR较上周增加"),
    ("利差继续扩张。", "利差继续扩张"),
    ("准备金继续下行。", "准备金继续下行"),
    ("准备金显著减少。", "显著"),
    ("回购利率飙升。", "飙升"),
    ("值得注意的是，准备金减少。", "值得注意的是"),
    ("在缩表的背景下，准备金减少。", "在缩表的背景下"),
    ("美联储进行了购买。", "进行了购买"),
    ("美联储不得不扩表。", "不得不"),
    ("美联储可能将扩表。", "可能将"),
    ("业内人士预计扩表。", "业内人士"),
    ("投资者们离场。", "投资者们"),
    ("准备金被缩表抽走，又被财政部吸走。", "被缩表抽走，又被"),
    ("美联储的资产的规模的变化。", "的资产的规模的"),
    ("对于银行，准备金充裕。", "对于"),
    ("财政部账户为市场补水。", "补水"),
    ("国库券抛压加重。", "抛压"),
    ("常备回购投放%(told)s。", "常备回购"),
    ("T-Bill供应增加。", "T-Bill"),
    ("折合美金%(told)s。", "美金"),
    ("美联储放水。", "放水"),
    ("QT结束。", "QT"),
    ("准备金减少！", "！"),
    ("「后盾」仍在。", "「"),
]


@pytest.mark.parametrize(("text", "passage"), CHINESE)
def test_what_chinese_does_not_say(chinese: Locale, text: str, passage: str) -> None:
    found = faults(text, chinese)
    assert f"“{passage}” is against the house style; " in "".join(found), found


@pytest.mark.parametrize("tag", ["en", "zh-Hans"])
def test_every_rule_has_its_damage_here(tag: str) -> None:
    """Each ban is shown to find what it is for, by itself."""
    language = locale.load(tag, NO_PROJECT)
    samples = [text for text, _ in (ENGLISH if tag == "en" else CHINESE)]
    for rule in language.style.banned:
        style = language.style.model_copy(update={"banned": (rule,)})
        alone = language.model_copy(update={"style": style})
        found = [
            fault.what
            for text in samples
            for fault in house_style.faults("lead.test.sentence", text, SENTENCE, alone)
        ]
        assert any("is against the house style" in line for line in found), rule.pattern


GOOD = {
    "en": [
        "Reserves fell by %(fall)s to %(level)s; SOFR rose to %(sofr)s.",
        "The largest day since %(since)s, when the Desk lent %(told)s.",
        "Treasuries held by the Treasury’s creditors grew.",
        "Balances grow while rates fall.",
    ],
    "zh-Hans": [
        "最近%(day)s，准备金减少%(fall)s，SOFR上行%(gap)s。",
        "准备金余额利率上行，准备金下降。",
        "国库券净供应增加，利差收窄。",
        "美联储附近的银行，近来减持。",
        "接近走廊上限，税期将至。",
    ],
}


@pytest.mark.parametrize("tag", GOOD)
def test_what_may_be_said(tag: str) -> None:
    language = locale.load(tag, NO_PROJECT)
    assert [line for text in GOOD[tag] for line in faults(text, language)] == []


def test_a_message_may_be_allowed(english: Locale, chinese: Locale) -> None:
    """The author of a view may have said about; 补水 is what purchases do."""
    assert faults("It is about %(gap)s too high.", english, "funding.view.fair_value_within") == []
    assert faults("It is about %(gap)s too high.", english, "funding.fair_value.above") != []
    assert faults("购债为市场补水。", chinese, "qt.heading.ended_purchases") == []


@pytest.mark.parametrize(
    ("text", "source", "fault"),
    [
        ("准备金减少。", "Reserves fell.", None),
        ("准备金减少", "Reserves fell.", "ends without a mark"),
        ("缩表为何停止？", "Why did runoff stop?", None),
        ("新增观点：", "Views added:", None),
        ("新增观点", "Views added:", "ends without a mark"),
        ("准备金减少", "Reserves down", None),
        ("准备金减少。", "Reserves down", "ends with a mark"),
        ("缩表停止。利率仍高", "Runoff is over. Rates are not", "ends without a mark"),
        ("“充裕。”", "“Ample.”", None),
    ],
)
def test_a_sentence_is_closed(chinese: Locale, text: str, source: str, fault: str | None) -> None:
    found = house_style.faults("lead.test.sentence", text, source, chinese)
    assert [one.what for one in found] == ([fault] if fault else [])


def test_a_long_sentence_is_counted(english: Locale, chinese: Locale) -> None:
    """A figure is a word of English and six characters of Chinese; a stop begins anew."""
    words = " ".join(["so"] * 39)
    assert faults(f"{words} %(told)s. {words} %(told)s.", english) == []
    assert faults(f"{words} %(told)s on.", english) == [
        "lead.test.sentence: 41 words without a stop; make two sentences of it, 40 are the most"
    ]
    characters = "资" * 83
    assert faults(f"{characters}%(told)s；SOFR{characters}%(told)s。", chinese) == []
    assert faults(f"{characters}SO%(told)s。", chinese) == []
    assert faults(f"{characters}，SO%(told)s。", chinese) == [
        "lead.test.sentence: 91 characters without a stop; make two sentences of it, 90 are the "
        "most"
    ]


def test_what_ships_is_in_style(language: Locale) -> None:
    catalogue.load(language, NO_PROJECT, draft=False)


def with_template(project: Path, text: str) -> Path:
    path = project / "templates" / "furniture.j2"
    path.parent.mkdir(parents=True)
    shipped = (resources.TEMPLATES / "furniture.j2").read_text(encoding="utf-8")
    assert "Desk note" in shipped
    path.write_text(shipped.replace("Desk note", text), encoding="utf-8")
    return project


def test_a_strict_build_names_template_message_and_remedy(tmp_path: Path, english: Locale) -> None:
    project = with_template(tmp_path, "A very important note")
    with pytest.raises(CheckError) as caught:
        catalogue.load(english, project, draft=False)
    assert caught.value.what.splitlines() == [
        "1 findings in 1 messages cannot be published:",
        "  templates/furniture.j2, line 36, furniture.note: “very” is against the house style → "
        "leave it out; the figure says it [style]",
    ]
    catalogue.load(english, project, draft=True)


def test_a_strict_build_names_the_translation(tmp_path: Path, chinese: Locale) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    assert text.count('msgstr "本组点评"') == 1
    line = text[: text.index('msgstr "本组点评"')].count("\n")
    path = tmp_path / "locales" / "zh_Hans" / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    path.write_text(text.replace('msgstr "本组点评"', 'msgstr "重磅点评。"'), encoding="utf-8")
    with pytest.raises(CheckError) as caught:
        catalogue.load(chinese, tmp_path, draft=False)
    assert caught.value.where == str(path)
    assert caught.value.what.splitlines() == [
        "2 findings in 1 messages cannot be published:",
        f"  line {line}, furniture.note: “重磅” is against the house style → 升 or 降, with the "
        "amount [style]",
        f"  line {line}, furniture.note: ends with a mark → take it out: a heading, a title or a "
        "label has none [closing]",
    ]
    catalogue.load(chinese, tmp_path, draft=True)


GUIDES = {"en": "english.md", "zh-Hans": "chinese.md"}


def examples(tag: str) -> list[tuple[str, str]]:
    """The rows of wrong and right in a style guide, figures as a message has them."""
    text = (Path(__file__).parents[2] / "docs" / "style" / GUIDES[tag]).read_text(encoding="utf-8")
    tables = re.findall(r"\| wrong \| right \|\n\|---\|---\|\n((?:\|.*\n)+)", text)
    assert len(tables) > 4
    rows = [line.strip("| ").split(" | ") for line in "".join(tables).splitlines()]
    filled = [[re.sub(r"\{\{ (\w+) \}\}", r"%(\1)s", cell) for cell in row] for row in rows]
    return [(wrong, right) for wrong, right in filled]


@pytest.mark.parametrize("tag", GUIDES)
def test_the_guide_and_the_check_agree(tag: str) -> None:
    """What the guide marks as held is held; what it calls right passes."""
    language = locale.load(tag, NO_PROJECT)
    for wrong, right in examples(tag):
        assert against(right, language) == [], right
        if wrong.startswith("● "):
            assert against(wrong.removeprefix("● "), language) != [], wrong
