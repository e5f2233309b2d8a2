"""The glossary page: each term beside itself in the other languages, with what it means."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest

from reportgen import resources
from reportgen.errors import InputError
from reportgen.language import locale
from reportgen.site import glossary
from tests.conftest import LANGUAGES, NO_PROJECT
from tests.site.texts import framed, parse, templates, text

NAME = "site/glossary.html.j2"
HEAD = "term,held,zh-Hans,not zh-Hans,note\n"


def page(tag: str, languages: Sequence[str] = LANGUAGES, project: Path = NO_PROJECT) -> Element:
    own = templates(tag, project)
    known = tuple(locale.load(each, project) for each in languages)
    return parse(framed(own, NAME, glossary.values(project, known, own)))


@cache
def shipped(tag: str) -> Element:
    return page(tag)


def row(tree: Element, id: str) -> list[tuple[str, str, str]]:
    """A term: element, language and text of each of its parts."""
    (found,) = [e for e in tree.iter("div") if e.get("id") == id]
    return [(part.tag, part.get("lang", ""), text(part)) for part in found]


def terms(tree: Element) -> list[str]:
    return [e.get("id", "") for e in tree.iter("div") if e.get("class") == "term"]


def written(project: Path, rows: str) -> Path:
    path = project / "locales" / "glossary.csv"
    path.parent.mkdir(parents=True)
    path.write_text(HEAD + rows, encoding="utf-8")
    return project


def test_a_term_beside_itself() -> None:
    """By its short name; the definition is that of the brief, without the name of the term."""
    english, chinese = row(shipped("en"), "srf"), row(shipped("zh-Hans"), "srf")
    assert english[0] == ("dt", "", "standing repo facility SRF")
    assert english[1][:2] == ("dd", "zh-Hans")
    assert english[1][2].startswith("常备回购便利 SRF")
    assert english[2][:2] == ("dd", "")
    assert english[2][2].startswith("the New York Fed lends dealers and banks cash overnight")
    assert chinese[0][2].startswith("常备回购便利 SRF")
    assert chinese[1] == ("dd", "en", "standing repo facility SRF")
    assert chinese[2][2].startswith("交易商和银行以国债、机构债和机构 MBS 为抵押")
    assert [part[0] for part in row(shipped("en"), "corridor")] == ["dt", "dd"]


def test_ten_terms_are_defined() -> None:
    """Those that the brief explains beside their first use."""
    defined = [e for e in shipped("en").iter("dd") if e.get("class") == "term-text"]
    assert len(defined) == 10
    assert "<strong>" not in "".join(map(text, defined))


def listed() -> dict[str, Any]:
    path = resources.TEMPLATES / glossary.FILE
    return tomllib.loads(path.read_text(encoding="utf-8"))


def test_every_row_of_the_glossary_has_its_place() -> None:
    """Under a subject, as a short name, or left out; none twice, and nothing that is no row."""
    with (resources.LOCALES / "glossary.csv").open(encoding="utf-8", newline="") as file:
        rows = {line["term"] for line in csv.DictReader(file)}
    found = listed()
    shown = [term for subject in found["subject"] for term in subject["terms"]]
    assert len(shown) == len(set(shown))
    assert set(shown) | set(found["left_out"]) <= rows
    assert not set(shown) & set(found["left_out"])
    assert rows == set(shown) | set(found["left_out"]) | (rows & set(found["short"].values()))
    assert set(found["short"]) <= set(shown)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_page_is_whole(tag: str) -> None:
    tree = shipped(tag)
    ids = [e.get("id") for e in tree.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    subjects = [s["id"] for s in listed()["subject"]]
    links = [a.get("href") for a in tree.iter("a")]
    assert links == [f"#terms-{id}" for id in subjects], "no term is without a subject"
    assert len(terms(tree)) == sum(len(s["terms"]) for s in listed()["subject"])
    headings = [text(e) for e in tree.iter("h2")]
    assert len(set(headings)) == len(subjects)


def test_what_holds_in_a_context_only_is_not_shown(tmp_path: Path) -> None:
    project = written(tmp_path, "reserves,yes,准备金|准备||储备|存款,,\n")
    assert row(page("en", project=project), "reserves") == [
        ("dt", "", "reserves"),
        ("dd", "zh-Hans", "准备金 准备"),
    ]


def test_terms_of_a_desk(tmp_path: Path) -> None:
    """Shown under a subject of their own; those that it does not have are not."""
    project = written(
        tmp_path, "swap line,,货币互换,,\nreserves,,准备金,,\nvega,,,,\nbills,,券,,\n"
    )
    tree = page("en", project=project)
    assert terms(tree) == ["reserves", "swap-line"]
    assert [text(e) for e in tree.iter("h2")] == ["The Fed’s balance sheet", "Other terms"]


def test_more_languages() -> None:
    """In the order of the site; a word that a language lacks leaves no gap."""
    tree = page("zh-Hans", ("en", "zh-Hans", "zh-Hant", "ja"))
    found = [(tag, lang) for tag, lang, _ in row(tree, "corridor")]
    assert found == [("dt", ""), ("dd", "en"), ("dd", "zh-Hant")]


def test_a_single_language(tmp_path: Path) -> None:
    """Terms that are defined, since there is nothing to set them beside."""
    assert len(terms(page("en", ("en",)))) == 10
    project = written(tmp_path, "vega,,,,\n")
    own = templates("zh-Hans", project)
    known = (locale.load("zh-Hans", project), locale.load("en", project))
    assert glossary.values(project, known, own) == {"groups": ()}


def test_a_list_of_subjects_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "templates" / glossary.FILE
    path.parent.mkdir(parents=True)
    path.write_text('[[subject]]\nname = "rates"\nterms = []\n', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        page("en", project=tmp_path)
    assert caught.value.where == str(path)
    assert "subject.1.id" in caught.value.what
