"""Traditional Chinese made of Simplified: terms, corrections that stay, what is to be seen."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reportgen import resources
from reportgen.errors import CheckError, InputError
from reportgen.language import catalogue, checking, hanzi, locale, po_file
from reportgen.language.po_file import Entry
from reportgen.translation import deriving, terms
from reportgen.translation.deriving import Made
from tests.conftest import NO_PROJECT
from tests.translation.files import run

TAG, SOURCE = "zh-Hant", "zh-Hans"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with files of both languages."""
    for folder in ("zh_Hans", "zh_Hant"):
        shutil.copytree(resources.LOCALES / folder, tmp_path / "locales" / folder)
    shutil.copy(resources.LOCALES / "glossary.csv", tmp_path / "locales")
    return tmp_path


def path_of(project: Path, folder: str) -> Path:
    return project / "locales" / folder / "LC_MESSAGES" / "messages.po"


def derive(project: Path) -> Made:
    return deriving.derive(project, locale.load(TAG, project))


def entry(project: Path, context: str, tag: str = TAG) -> Entry:
    language = locale.load(tag, project)
    po = po_file.read(checking.file_of(language, project))
    return next(e for e in po.entries if e.context == context)


def edit(project: Path, folder: str, old: str, new: str) -> None:
    """As a translator does it in an editor: the translation, not the notes."""
    path = path_of(project, folder)
    text = path.read_text(encoding="utf-8")
    assert f'msgstr "{old}' in text
    path.write_text(text.replace(f'msgstr "{old}', f'msgstr "{new}'), encoding="utf-8")


def test_what_ships_is_in_step() -> None:
    """Run `reportgen locale derive` when this fails: the Simplified or a term has changed."""
    language = locale.load(TAG, NO_PROJECT)
    before = checking.file_of(language, NO_PROJECT).read_bytes()
    made = deriving.derive(NO_PROJECT, language)
    assert made.step.po.path.read_bytes() == before
    assert len(made.by_hand) >= 5
    assert not made.to_see
    assert not Path(NO_PROJECT).exists()


def test_many_terms() -> None:
    known = terms.load(NO_PROJECT, locale.load(TAG, NO_PROJECT))
    assert len(known) >= 60
    for simplified, wanted in {
        "准备金": "準備金",
        "回购": "附買回",
        "常备回购便利": "常備附買回機制",
        "隔夜逆回购": "隔夜附賣回",
        "有担保隔夜融资利率": "擔保隔夜融資利率",
        "抵押贷款支持证券": "不動產抵押貸款證券",
        "财政部一般账户": "財政部一般帳戶",
        "国库券": "國庫券",
        "基点": "基點",
        "缩表": "縮表",
        "美联储": "聯準會",
    }.items():
        assert known[simplified] == wanted


def test_the_longest_term_first() -> None:
    convert = hanzi.converter("s2tw")
    assert convert is not None
    known = {"回购": "附買回", "逆回购": "附賣回", "隔夜逆回购（ON RRP）": "隔夜附賣回"}
    told = "回购与隔夜逆回购（ON RRP）及逆回购，%(who)s的发展"
    assert terms.applied(told, known, convert) == "附買回與隔夜附賣回及附賣回，%(who)s的發展"


def test_a_correction_stays(project: Path) -> None:
    edit(project, "zh_Hant", "聯準會再度放款", "聯準會重啟放款")
    first = derive(project)
    assert "changes.heading.lending" in first.by_hand
    assert entry(project, "changes.heading.lending").translation == "聯準會重啟放款"
    text = path_of(project, "zh_Hant").read_bytes()
    assert derive(project).by_hand == first.by_hand
    assert path_of(project, "zh_Hant").read_bytes() == text


def test_a_new_term_is_no_correction(project: Path) -> None:
    """It changes what is made, and what a translator has written it leaves alone."""
    edit(project, "zh_Hant", "聯準會再度放款", "聯準會重啟放款")
    before = derive(project)
    path = project / "locales" / "zh_Hant" / "terms.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("美联储,聯準會,", "美联储,美國聯準會,"), encoding="utf-8")
    after = derive(project)
    assert after.by_hand == before.by_hand
    assert not after.to_see
    assert entry(project, "changes.heading.lending").translation == "聯準會重啟放款"
    assert entry(project, "lead.headline.purchases").translation.startswith("美國聯準會購債不止")


def test_what_a_correction_was_made_of_changes(project: Path) -> None:
    """The next derive says so and marks it; the strict build stops; once seen, it is settled."""
    edit(project, "zh_Hant", "聯準會再度放款", "聯準會重啟放款")
    derive(project)
    edit(project, "zh_Hans", "美联储再度放贷", "美联储时隔一年再度放贷")
    done = run(project, "derive", TAG)
    assert done.exit_code == 0
    assert "changes.heading.lending: corrected by hand, and what it was made of has" in done.stdout
    marked = entry(project, "changes.heading.lending")
    assert marked.fuzzy
    assert marked.translation == "聯準會重啟放款"
    assert "zh-Hans, before: 美联储再度放贷" in marked.notes
    assert marked.notes[-1].endswith("美联储时隔一年再度放贷")
    with pytest.raises(CheckError, match=r"changes.heading.lending: marked as unsure"):
        catalogue.load(locale.load(TAG, project), project, draft=False)
    assert derive(project).to_see == ("changes.heading.lending",), "until a translator has seen it"
    path = path_of(project, "zh_Hant")
    lines = path.read_text(encoding="utf-8").split("\n")
    place = lines.index('msgctxt "changes.heading.lending"')
    assert lines[place - 1] == "#, fuzzy"
    del lines[place - 1]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert derive(project).to_see == ()
    settled = entry(project, "changes.heading.lending")
    assert not settled.fuzzy
    assert not any("before:" in note for note in settled.notes)


def test_what_is_not_corrected_follows(project: Path) -> None:
    edit(project, "zh_Hans", "美联储再度放贷", "美联储又一次放贷")
    assert derive(project).to_see == ()
    assert entry(project, "changes.heading.lending").translation == "聯準會又一次放款"


def test_what_is_unsure_in_simplified_is_unsure(project: Path) -> None:
    path = path_of(project, "zh_Hans")
    text = path.read_text(encoding="utf-8")
    old = 'msgctxt "changes.heading.lending"'
    path.write_text(text.replace(old, f"#, fuzzy\n{old}"), encoding="utf-8")
    derive(project)
    assert entry(project, "changes.heading.lending").fuzzy
    path.write_text(text, encoding="utf-8")
    derive(project)
    assert not entry(project, "changes.heading.lending").fuzzy


def test_samples_are_converted_too(project: Path) -> None:
    notes = "\n".join(entry(project, "lead.runoff.ended").notes)
    assert '{assets}: "$6.55 trillion" / 6.55兆美元' in notes


def test_a_language_that_is_not_derived(project: Path) -> None:
    done = run(project, "derive", SOURCE)
    assert isinstance(done.exception, InputError)
    assert "zh-Hans is not derived from another language" in done.exception.what


def test_a_broken_table_of_terms(project: Path) -> None:
    path = project / "locales" / "zh_Hant" / "terms.csv"
    path.write_text("zh-Hans,zh-Hant,note\n回购,附買回,\n回购,回購,\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        derive(project)
    assert "line 3: 回购 stands there twice" in caught.value.what
    assert caught.value.where == str(path)


def test_without_opencc(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hanzi, "converter", lambda _: None)
    with pytest.raises(InputError) as caught:
        derive(project)
    assert caught.value.remedy == "install the extra reportgen[hanzi]"
