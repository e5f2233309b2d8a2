"""``locale.toml``: which languages there are, and what is said when one is wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reportgen import resources
from reportgen.errors import InputError
from reportgen.language import locale
from tests.conftest import NO_PROJECT


def own_locale(project: Path, folder: str, tag: str = "zh-Hans", **replaced: str) -> Path:
    """A locale file of the project: the shipped Chinese one with some text replaced."""
    path = project / "locales" / folder / "locale.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = (resources.LOCALES / "zh_Hans" / "locale.toml").read_text(encoding="utf-8")
    text = text.replace('tag = "zh-Hans"', f'tag = "{tag}"')
    for old, new in replaced.items():
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return path


def test_what_ships() -> None:
    assert locale.available(NO_PROJECT) == ("en", "ja", "zh-Hans", "zh-Hant")
    english, chinese = (locale.load(tag, NO_PROJECT) for tag in ("en", "zh-Hans"))
    assert (english.name, english.babel, english.is_source) == ("English", "en", True)
    assert (chinese.name, chinese.babel, chinese.is_source) == ("简体中文", "zh_Hans", False)


@pytest.mark.parametrize(
    ("tag", "folder"), [("en", "en"), ("zh-Hans", "zh_Hans"), ("zh-Hant-HK", "zh_Hant_HK")]
)
def test_tags_and_folders(tag: str, folder: str) -> None:
    assert locale.folder_of(tag) == folder


@pytest.mark.parametrize("tag", ["fr", "zh-Hant-HK", "EN", "zh"])
def test_an_unknown_language_lists_the_known(tag: str) -> None:
    with pytest.raises(InputError) as caught:
        locale.load(tag, NO_PROJECT)
    assert caught.value.where == "--lang"
    assert caught.value.what == f"there is no language {tag!r}"
    assert "en, ja, zh-Hans, zh-Hant" in caught.value.remedy


@pytest.mark.parametrize(
    "tag",
    [
        "../en",
        "",
        "/etc",
        "en/",
        "./en",
        "zh_Hans",
        "en\n",
        ".",
        "en-",
        "zh-Hans/../en",
        "e n",
        "*",
    ],
)
def test_a_tag_is_no_path(tmp_path: Path, tag: str) -> None:
    """Not even where the path it spells leads to a locale file."""
    for folder in ("en", "../en", "."):
        own_locale(tmp_path, folder, tag="en")
    with pytest.raises(InputError, match="there is no language"):
        locale.load(tag, tmp_path)


def test_the_tag_in_the_file_is_that_of_its_folder(tmp_path: Path) -> None:
    path = own_locale(tmp_path, "fr", tag="de")
    with pytest.raises(InputError) as caught:
        locale.load("fr", tmp_path)
    assert caught.value.where == str(path)
    assert "its tag is 'de'" in caught.value.what
    assert "set tag = 'fr'" in caught.value.remedy


def test_a_language_of_the_project(tmp_path: Path) -> None:
    own_locale(tmp_path, "zh_Hant_HK", tag="zh-Hant-HK", 简体中文="繁體中文")
    assert locale.available(tmp_path) == ("en", "ja", "zh-Hans", "zh-Hant", "zh-Hant-HK")
    assert locale.load("zh-Hant-HK", tmp_path).name == "繁體中文"


def test_a_tag_that_cldr_does_not_know(tmp_path: Path) -> None:
    """It says whose numbers and dates it uses, or is refused."""
    path = own_locale(tmp_path, "qps_ploc", tag="qps-ploc")
    with pytest.raises(InputError) as caught:
        locale.load("qps-ploc", tmp_path)
    assert "CLDR does not know qps-ploc: name a language near it in cldr" in caught.value.what
    path.write_text('cldr = "en"\n' + path.read_text(encoding="utf-8"), encoding="utf-8")
    known = locale.load("qps-ploc", tmp_path)
    assert (known.babel, known.folder, known.script) == ("en", "qps_ploc", "Latn")


@pytest.mark.parametrize(
    ("tag", "script"),
    [("en", "Latn"), ("zh-Hans", "Hans"), ("zh-Hant-HK", "Hant"), ("ja", "Jpan"), ("ko", "Kore")],
)
def test_the_script_of_a_tag(tag: str, script: str) -> None:
    assert locale.script_of(tag) == script


def test_a_locale_of_the_project_overrides_the_shipped_one(tmp_path: Path) -> None:
    own_locale(tmp_path, "zh_Hans", 个基点="个bp")
    assert locale.load("zh-Hans", tmp_path).units["basis_point"].other == "{sign}{number}个bp"
    assert locale.load("zh-Hans", NO_PROJECT).units["basis_point"].other == "{sign}{number}个基点"
    assert locale.load("en", tmp_path).name == "English"


MALFORMED = [
    ('minus = "−"', "", "numbers.minus"),
    ('typography = "han"', 'typography = "greek"', "typography"),
    ('typography = "han"', 'typography = "han"\ntypografy = "han"', "typografy"),
    ("per_billion_usd = 10", "per_billion_usd = 0", "axis.per_billion_usd"),
    ("factor = 100_000_000,", 'factor = "many",', "numbers.scales.2.factor"),
    ('["一", "二", "三", "四"]', '["一", "二", "三"]', "dates.quarter_words.4"),
    ('times = { other = "{sign}{number}倍" }', "", "units: times missing"),
    ('times = { other = "{sign}{number}倍" }', 'times = { one = "{number}倍" }', "units.times.oth"),
    ("{sign}{number}个基点", "{sign}{nummer}个基点", "units.basis_point.other"),
    ("{sign}{number}个基点", "{sign}{number个基点", "units.basis_point.other"),
    ("第{number}高", "第{rank}高", "ranks.beyond"),
    ("{year}年{quarter}季度", "{year}年{n}季度", "dates.quarter"),
    ("{day}{time}", "{day}{clock}", "dates.moment"),
    ('names = ["H.4.1"]', 'names = "H.4.1"', "trace.names"),
    ('"一半"', '"(一半"', "trace.number_words"),
    ("[numbers]", "[numbers", "is not valid TOML"),
]


@pytest.mark.parametrize(("old", "new", "named"), MALFORMED)
def test_a_malformed_file_names_the_field(tmp_path: Path, old: str, new: str, named: str) -> None:
    path = own_locale(tmp_path, "zh_Hans", **{old: new})
    with pytest.raises(InputError) as caught:
        locale.load("zh-Hans", tmp_path)
    assert caught.value.where == str(path)
    assert named in caught.value.what
    assert caught.value.remedy


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    own_locale(tmp_path, "zh_Hans").write_bytes("名".encode("gbk"))
    with pytest.raises(InputError, match="cannot be read"):
        locale.load("zh-Hans", tmp_path)


def test_a_copy_of_the_whole_folder_reads_as_the_shipped_one(tmp_path: Path) -> None:
    shutil.copytree(resources.LOCALES, tmp_path / "locales")
    for tag in ("en", "zh-Hans"):
        assert locale.load(tag, tmp_path) == locale.load(tag, NO_PROJECT)
