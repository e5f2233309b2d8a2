"""A language begun by a command, and one that is nothing but a folder."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from reportgen import resources
from reportgen.errors import CheckError, InputError
from reportgen.language import catalogue, checking, locale, po_file
from reportgen.language.dates import format_day, format_moment, format_month, format_quarter
from reportgen.language.numbers import format_quantity
from reportgen.model import Unit
from reportgen.render import edition as editions
from reportgen.settings import Settings
from reportgen.translation import beginning, first_locale
from tests.conftest import NO_PROJECT, brief_as_of
from tests.documents.reading import visible_text
from tests.language.quantities import figure
from tests.translation.files import run

MARCH_3 = date(2025, 3, 3)
# No view is told on this day: no author needs a name.
WITHOUT_VIEWS = "2023-06-08"


def begun(project: Path, tag: str, like: str | None = None) -> locale.Locale:
    """Without samples, which take most of the time."""
    return beginning.begin(project, tag, like, days=()).language


@pytest.mark.parametrize(
    ("tag", "wanted"),
    [
        # Amount, day, month, quarter, five days, one in ten: as CLDR 46 and newer have them.
        ("de", ("6,13 Bio. $", "3. März", "März 2025", "1. Quartal 2025", "5 Tage", "10 %")),
        ("fr", ("6,13 Bn $US", "3 mars", "mars 2025", "1er trimestre 2025", "5 jours", "10 %")),
        ("pl", ("6,13 bln USD", "3 marca", "marzec 2025", "I kwartał 2025", "5 dni", "10%")),
        ("ko", ("US$6.13조", "3월 3일", "2025년 3월", "2025년 제 1/4분기", "5일", "10%")),
    ],
)
def test_formats_of_cldr(tmp_path: Path, tag: str, wanted: tuple[str, ...]) -> None:
    language = begun(tmp_path, tag)
    shown = (
        format_quantity(figure("6.13E12", Unit.USD, "1E10"), language),
        format_day(MARCH_3, language, MARCH_3),
        format_month(MARCH_3, language),
        format_quarter(MARCH_3, language),
        format_quantity(figure("5", Unit.DAY, "1"), language),
        format_quantity(figure("10", Unit.SHARE, "1"), language),
    )
    assert tuple(text.replace("\N{NO-BREAK SPACE}", " ") for text in shown) == wanted
    assert language.numbers.minus == "−"
    assert language.begun


def test_japanese_from_nothing(tmp_path: Path) -> None:
    """What the file that ships began with; the faces are those of its script."""
    fresh = first_locale.text("ja", locale.load("en", NO_PROJECT), None)
    for line in (
        'typography = "han"',
        'serif = "Noto Serif CJK JP"',
        'sans = "Noto Sans CJK JP"',
        '    { factor = 100_000_000, word = "億" },',
        'quarter = "{year}年{quarter}"',
        'separator = "、"',
        "per_billion_usd = 10",
        "begun = true",
    ):
        assert f"\n{line}\n" in fresh


def test_what_is_written(tmp_path: Path) -> None:
    done = run(tmp_path, "init", "pt-BR", "--from", "xx")
    assert isinstance(done.exception, InputError)
    language = begun(tmp_path, "pt-BR")
    folder = tmp_path / "locales" / "pt_BR"
    assert {path.name for path in folder.rglob("*.*")} == {
        "locale.toml", "review.toml", "messages.po",
    }  # fmt: skip
    po = po_file.read(folder / "LC_MESSAGES" / "messages.po")
    assert len(po.entries) > 700
    assert not any(entry.translation for entry in po.entries)
    assert dict(po.header)["Plural-Forms"].startswith("nplurals=2")
    head = (tmp_path / "locales" / "glossary.csv").read_text(encoding="utf-8").split("\n")[0]
    assert head.endswith(",ja,not ja,pt-BR,not pt-BR,note")
    checks = (folder / "locale.toml").read_text(encoding="utf-8").count(first_locale.CHECK)
    assert checks >= 8
    assert checking.check(language, tmp_path) == (), "nothing is held against what is missing"
    with pytest.raises(CheckError):
        catalogue.load(language, tmp_path, draft=False)


def test_from_a_language_near_it(tmp_path: Path) -> None:
    language = begun(tmp_path, "zh-Hant-HK", "zh-Hant")
    near = locale.load("zh-Hant", NO_PROJECT)
    assert language.style == near.style
    assert language.approximations == near.approximations
    entries = po_file.read(checking.file_of(language, tmp_path)).entries
    assert sum(entry.fuzzy for entry in entries) > 700, "to be looked through, each of them"
    glossary = (tmp_path / "locales" / "glossary.csv").read_text(encoding="utf-8")
    assert glossary.count("聯準會理事會") == 2


@pytest.mark.parametrize(
    ("tag", "what", "remedy"),
    [
        ("xx", "'xx' is no language that CLDR knows", "give its tag as in lang= of a web page"),
        ("..", "'..' is no language that CLDR knows", "give its tag"),
        ("JA", "'JA' is not how the tag is written", "write ja"),
        ("ar", "ar is written from right to left", "choose a language"),
        ("zh-Hans", "is there already", "reportgen locale update"),
    ],
)
def test_what_cannot_begin(tmp_path: Path, tag: str, what: str, remedy: str) -> None:
    done = run(tmp_path, "init", tag)
    assert isinstance(done.exception, InputError)
    assert what in done.exception.what
    assert remedy in done.exception.remedy
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_all_that_a_language_needs(tmp_path: Path) -> None:
    """Two files, under a tag that no code has heard of: the page is built, strictly."""
    shipped = resources.LOCALES / "zh_Hant"
    folder = tmp_path / "locales" / "zh_Hant_MO"
    (folder / "LC_MESSAGES").mkdir(parents=True)
    text = (shipped / "locale.toml").read_text(encoding="utf-8")
    text = re.sub(r"\[derived\]\n.*\n.*\n", "", text)
    text = text.replace('tag = "zh-Hant"', 'tag = "zh-Hant-MO"').replace("CJK TC", "CJK HK")
    (folder / "locale.toml").write_text(text, encoding="utf-8")
    messages = (shipped / "LC_MESSAGES" / "messages.po").read_text(encoding="utf-8")
    messages = messages.replace("Language: zh_Hant\\n", "Language: zh_Hant_MO\\n")
    (folder / "LC_MESSAGES" / "messages.po").write_text(messages, encoding="utf-8")
    language = locale.load("zh-Hant-MO", tmp_path)
    assert checking.check(language, tmp_path) == ()
    brief = brief_as_of(date.fromisoformat(WITHOUT_VIEWS))
    made = editions.make(brief, language, tmp_path, Settings(), (), ("html",), draft=False)
    assert '<html lang="zh-Hant-MO" class="han">' in made.page.html
    assert "美元流動性週報" in visible_text(made.page.html)
    assert "'Noto Sans CJK HK'" in made.page.charts["corridor"].svg


def test_a_draft_of_a_language_with_nothing(tmp_path: Path) -> None:
    """Formats in its own way, every sentence in English and marked, authors by English names."""
    language = begun(tmp_path, "de")
    brief = brief_as_of(date(2025, 12, 2))
    made = editions.make(brief, language, tmp_path, Settings(), (), ("html",), draft=True)
    text = visible_text(made.page.html)
    assert "Draft, not for publication · not translated yet: 100 % of the texts" in text.replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert "2. Dezember 2025" in text
    assert "26 Mrd. $" in text
    assert '<span class="who"><span class="untranslated" lang="en">Goldman Sachs' in made.page.html


def test_a_moment(tmp_path: Path) -> None:
    from datetime import datetime

    language = begun(tmp_path, "de")
    assert format_moment(datetime(2025, 3, 3, 9, 5), language) == (
        "3.\N{NO-BREAK SPACE}März\N{NO-BREAK SPACE}2025,\N{NO-BREAK SPACE}09:05"
    )


def test_the_glossary_keeps_its_rows(tmp_path: Path) -> None:
    shutil.copytree(resources.LOCALES, tmp_path / "locales")
    before = (tmp_path / "locales" / "glossary.csv").read_text(encoding="utf-8").splitlines()
    begun(tmp_path, "nl")
    after = (tmp_path / "locales" / "glossary.csv").read_text(encoding="utf-8").splitlines()
    assert len(after) == len(before)
    for old, new in zip(before, after, strict=True):
        assert sorted(filter(None, old.split(","))) == sorted(
            part for part in filter(None, new.split(",")) if part not in ("nl", "not nl")
        )
