"""The glossary: what it says, how it is looked for, how a broken row is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen import resources
from reportgen.errors import InputError
from reportgen.language import glossary
from reportgen.language.extraction import source_messages
from reportgen.language.glossary import Glossary, Term
from reportgen.language.locale import Locale
from reportgen.language.rules.marks import _SCRIPTS
from tests.conftest import NO_PROJECT

HEAD = "term,held,zh-Hans,not zh-Hans,note\n"


def written(project: Path, rows: str) -> Path:
    path = project / "locales" / "glossary.csv"
    path.parent.mkdir(parents=True)
    path.write_text(HEAD + rows, encoding="utf-8")
    return project


def found(words: Glossary, text: str, source: str) -> list[str]:
    return [fault.what for fault in words.faults(text, source)]


def test_what_ships(chinese: Locale) -> None:
    """The field's terms as mainland desks and official translations say them."""
    terms = {term.english: term for term in glossary.load(chinese, NO_PROJECT).terms}
    assert len(terms) >= 80
    for english, rendering in {
        "reserves": "准备金",
        "standing repo facility": "常备回购便利",
        "overnight reverse repo": "隔夜逆回购",
        "Treasury bills": "国库券",
        "runoff": "缩表",
        "corridor": "利率走廊",
        "interest on reserve balances": "准备金余额利率",
        "effective federal funds rate": "有效联邦基金利率",
        "Secured Overnight Financing Rate": "有担保隔夜融资利率",
        "Tri-Party General Collateral Rate": "三方一般抵押品回购利率",
        "Treasury General Account": "财政部一般账户",
        "System Open Market Account": "系统公开市场账户",
        "agency debt": "机构债",
    }.items():
        assert terms[english].renderings[0] == rendering
    for term in terms.values():
        assert term.renderings, term.english
        assert not set(term.renderings) & set(term.forbidden), term.english


def test_many_terms_are_in_use() -> None:
    """A glossary of words that no sentence has would hold nothing."""
    text = (resources.LOCALES / "glossary.csv").read_text(encoding="utf-8")
    english = " ".join(message.text for message in source_messages(NO_PROJECT)).lower()
    terms = [line.split(",")[0] for line in text.splitlines()[1:]]
    assert sum(term.lower() in english for term in terms) > 0.75 * len(terms)


WORDS = Glossary(
    (
        Term("reserves", True, ("准备金",), ("储备金",)),
        Term("reserve management purchases", True, ("准备金管理购买",), ()),
        Term("repo", True, ("回购",), ()),
        Term("SRF", True, ("SRF", "常备回购便利"), ("回购便利",)),
        Term("Fed", False, ("美联储",), ("联储局", "美联准会")),
    )
)


@pytest.mark.parametrize(
    ("text", "source", "faults"),
    [
        ("准备金减少。", "Reserves fell.", []),
        ("存款减少。", "Reserves fell.", ["“reserves” is not rendered"]),
        ("储备金减少。", "Bank money fell.", ["“储备金” is not the word for “reserves”"]),
        (
            "购买启动。",
            "Reserve management purchases have begun.",
            ["“reserve management purchases” is not rendered"],
        ),
        ("准备金管理购买启动。", "Reserve management purchases have begun.", []),
        ("它投放%(told)s。", "It lent %(repo)s.", []),
        ("报告发布。", "The report is out.", []),
        ("利率上行。", "Repo rates rose.", ["“repo” is not rendered"]),
        ("常备回购便利启动。", "The SRF opened.", []),
        ("回购便利启动。", "It opened.", ["“回购便利” is not the word for “SRF”"]),
        ("决策者加息。", "The Fed raised rates.", []),
        ("美联准会加息。", "The Fed raised rates.", ["“美联准会” is not the word for “Fed”"]),
    ],
)
def test_terms_are_held_both_ways(text: str, source: str, faults: list[str]) -> None:
    assert found(WORDS, text, source) == faults


def test_what_holds_in_a_context_is_held_and_not_for_readers(
    tmp_path: Path, chinese: Locale
) -> None:
    words = glossary.load(chinese, written(tmp_path, "SRF,yes,SRF|常备回购便利||该工具,,\n"))
    (term,) = words.terms
    assert term.renderings == ("SRF", "常备回购便利", "该工具")
    assert term.for_readers == ("SRF", "常备回购便利")
    assert found(words, "该工具启动。", "The SRF opened.") == []


def test_a_language_without_a_column_has_nothing_to_hold(chinese: Locale) -> None:
    japanese = chinese.model_copy(update={"tag": "ja"})
    words = glossary.load(japanese, NO_PROJECT)
    assert found(words, "準備", "Reserves fell.") == []


def test_a_project_brings_its_own(tmp_path: Path, chinese: Locale) -> None:
    words = glossary.load(chinese, written(tmp_path, "reserves,yes,储备,准备金,\n"))
    assert found(words, "准备金减少。", "Reserves fell.") == [
        "“reserves” is not rendered",
        "“准备金” is not the word for “reserves”",
    ]


@pytest.mark.parametrize(
    "rows",
    [
        "reserves,yes,准备金\n",
        "reserves,,准备金,,\nreserves,,储备,,\n",
        ",yes,准备金,,\n",
        "a,,b,c,d,e\n",
    ],
)
def test_a_broken_row_is_told(tmp_path: Path, chinese: Locale, rows: str) -> None:
    with pytest.raises(InputError, match="line "):
        glossary.load(chinese, written(tmp_path, rows))


def test_the_older_forms_are_those_of_opencc() -> None:
    """GB 2312 has a few Traditional forms; OpenCC tells which."""
    opencc = pytest.importorskip("opencc")
    simplify = opencc.OpenCC("t2s").convert
    within = [chr(code) for code in range(0x4E00, 0xA000)]
    older = [c for c in within if simplify(c) != c and _in_gb2312(c)]
    assert "".join(older) == _SCRIPTS["Hans"][2]


def _in_gb2312(character: str) -> bool:
    try:
        return bool(character.encode("gb2312"))
    except UnicodeEncodeError:
        return False
