"""Every kind of damage to a locale file: named with line, message, remedy; never published."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reportgen import pipeline
from reportgen.cli import main
from reportgen.errors import ReportgenError
from reportgen.language import catalogue, checking
from reportgen.language.locale import Locale
from reportgen.language.rules.files import OBSOLETE, unit_faults
from reportgen.model import Brief
from tests.conftest import LANGUAGES, NO_PROJECT
from tests.translation.files import (
    TEXT,
    entry,
    line_of,
    path_in,
    project_with,
    run,
    translated,
)

IDLE = "changes.srf.used_again"  # 常备回购便利再度被动用：%(day)s投放%(amount)s。
CAPTION = "tools.dates.caption"  # 后续重要日期
LABEL = "lead.reserve_drivers.label.other"

# The damage, the rule that finds it, a part of what is said, the remedy or a part of it.
TRANSLATIONS = {
    "emptied": (CAPTION, "", "missing", "not translated: “Dates ahead”", "translate it"),
    "only spaces": (CAPTION, "  ", "missing", "not translated", "translate it"),
    "a placeholder lost": (
        IDLE,
        "常备回购便利再度被动用：%(day)s有投放。",
        "placeholder",
        "%(amount)s is lost",
        "put it where",
    ),
    "a placeholder invented": (
        IDLE,
        "常备回购便利再度被动用：%(day)s投放%(amount)s，利率%(rate_of_srf)s。",
        "placeholder",
        "%(rate_of_srf)s is invented: the source has %(amount)s, %(day)s",
        "take it out",
    ),
    "a placeholder mistyped": (
        IDLE,
        "常备回购便利再度被动用：%(day)s投放%(amuont)s。",
        "placeholder",
        "%(amuont)s is no placeholder",
        "write %(amount)s",
    ),
    "a placeholder typed in Chinese": (
        IDLE,
        "常备回购便利再度被动用：%(day)s投放％（amount）s。",
        "placeholder",
        "“％（amount）s” is a damaged placeholder",
        "write %(amount)s",
    ),
    "a placeholder cut short": (
        IDLE,
        "常备回购便利再度被动用：%(day)s投放%(amount)。",
        "placeholder",
        "“%(amount)” is a damaged placeholder",
        "write %(amount)s",
    ),
    "a percent sign": (
        IDLE,
        "常备回购便利再度被动用：%(day)s投放%(amount)s%。",
        "placeholder",
        "percent sign",
        "take it out",
    ),
    "a tag": (CAPTION, "后续<b>重要</b>日期", "markup", "</b> <b>", "write as the source has it"),
    "a script": (CAPTION, "日期<script src=x>", "markup", "<script src=x>", "none"),
    "a template’s braces": (CAPTION, "后续{{ brief }}日期", "markup", "{{ brief }}", "none"),
    "half-width punctuation": (
        IDLE,
        "常备回购便利再度被动用,%(day)s投放%(amount)s。",
        "half-width",
        "“,” is half-width",
        "write ，",
    ),
    "full-width digits’ signs": (CAPTION, "后续重要日期％", "half-width", "“％”", "write %"),
    "Traditional characters": (
        CAPTION,
        "後續重要日期",
        "script",
        "“後續” is not in general use in Simplified",
        "write 后续",
    ),
    "typewriter quotation marks": (
        CAPTION,
        '后续\\"重要\\"日期',
        "quotes",
        "typewriter",
        "write “ ”",
    ),
    "a space at the end": (CAPTION, "后续重要日期 ", "spaces", "begins or ends", "take it out"),
    "two spaces": (CAPTION, "SOFR  TGCR", "spaces", "2 spaces in a row", "leave one"),
    "a space beside Latin": (
        "tools.dates.sofr",
        "%(about)s的 SOFR与TGCR",
        "spaces",
        "space beside a Han character",
        "the typesetter puts the gap",
    ),
    "a line break": (CAPTION, "后续\\n重要日期", "spaces", "control character 10", "take it out"),
    "an invisible character": (
        CAPTION,
        "后续\N{ZERO WIDTH SPACE}重要日期",
        "spaces",
        "zero width space",
        "take it out",
    ),
    "a typed figure": (
        IDLE,
        "常备回购便利再度被动用：%(day)s投放%(amount)s，为2020年以来首次。",
        "number",
        "“2020” is a typed number",
        "placeholder",
    ),
    "a number word": (
        IDLE,
        "常备回购便利再度被动用：%(day)s投放%(amount)s，较上周翻倍。",
        "number",
        "“翻倍”",
        "placeholder",
    ),
    "a label too long": (
        LABEL,
        "贷款、掉期、其他资产及所有未列明的项目合计",
        "length",
        "too long for a label of a chart",
        "18 are the most",
    ),
    "a term not rendered": (
        IDLE,
        "工具再度被动用：%(day)s投放%(amount)s。",
        "term",
        "“standing repo facility” is not rendered",
        "say 常备回购便利",
    ),
    "a forbidden variant": (
        IDLE,
        "常备回购便利再度被动用：%(day)s投放%(amount)s储备金。",
        "forbidden",
        "“储备金” is not the word for “reserves”",
        "say 准备金",
    ),
    "a banned word": (
        CAPTION,
        "重磅日期",
        "style",
        "“重磅” is against the house style",
        "升 or 降",
    ),
    "no full stop": (
        IDLE,
        "常备回购便利再度被动用：%(day)s投放%(amount)s",
        "closing",
        "ends without a mark",
        "close the sentence",
    ),
    "a sentence without end": (
        IDLE,
        "常备回购便利再度被动用" + "，又被动用" * 16 + "：%(day)s投放%(amount)s。",
        "sentence",
        "characters without a stop",
        "make two sentences",
    ),
}


def check_named(project: Path, line: int, context: str, rule: str, what: str, remedy: str) -> None:
    """The check names the damage; a strict build cannot go on."""
    result = run(project, "check", "--lang", "zh-Hans")
    assert result.exit_code == 1, result.output
    told = [found for found in result.stdout.splitlines() if found.endswith(f"[{rule}]")]
    assert len(told) == 1, result.stdout
    place, _, rest = told[0].partition(": ")
    assert place == str(path_in(project))
    assert rest.startswith(f"line {line}" if line else context)
    assert context in rest
    fault, _, mend = rest.partition(" → ")
    assert what in fault
    assert remedy in mend


def check_stops(project: Path, chinese: Locale) -> None:
    with pytest.raises(ReportgenError) as caught:
        catalogue.load(chinese, project, draft=False)
    assert caught.value.exit_code in (1, 2)


@pytest.mark.parametrize("damage", TRANSLATIONS)
def test_a_damaged_translation(tmp_path: Path, chinese: Locale, damage: str) -> None:
    context, translation, rule, what, remedy = TRANSLATIONS[damage]
    text = translated(context, translation)
    project = project_with(tmp_path, text)
    check_named(project, line_of(context, text), context, rule, what, remedy)
    check_stops(project, chinese)


CAPTION_LINES = entry(CAPTION)
FUZZY = f"#, fuzzy\n{CAPTION_LINES}"
PREVIOUS = f'#, fuzzy\n#| msgid "Dates to come"\n{CAPTION_LINES}'
PLURAL = CAPTION_LINES.replace("msgstr ", 'msgid_plural "Dates"\nmsgstr[0] ')

# The damage: what stands in the file instead of the caption's lines, and as above.
ENTRIES = {
    "taken out": ("", "missing", "not translated: “Dates ahead”", "run reportgen locale update"),
    "marked fuzzy": (FUZZY, "fuzzy", "marked as unsure", "take the mark fuzzy away"),
    "of another English": (
        PREVIOUS,
        "changed",
        "it was translated as “Dates to come”, it is now “Dates ahead”",
        "adapt the translation",
    ),
    "English typed over": (
        CAPTION_LINES.replace("Dates ahead", "Dates Ahead"),
        "changed",
        "it was translated as “Dates Ahead”, it is now “Dates ahead”",
        "run reportgen locale update",
    ),
    "twice": (
        CAPTION_LINES + "\n" + CAPTION_LINES,
        "duplicate",
        "twice, in line",
        "keep the right",
    ),
    "twice with other English": (
        CAPTION_LINES + "\n" + CAPTION_LINES.replace("Dates", "Days"),
        "duplicate",
        "twice, in line",
        "keep the right",
    ),
    "with a plural": (PLURAL, "plural", "has msgid_plural", "leave one msgid"),
}


@pytest.mark.parametrize("damage", ENTRIES)
def test_a_damaged_entry(tmp_path: Path, chinese: Locale, damage: str) -> None:
    lines, rule, what, remedy = ENTRIES[damage]
    text = TEXT.replace(CAPTION_LINES, lines)
    project = project_with(tmp_path, text)
    found = [f for f in checking.check(chinese, project) if f.fault.rule.id == rule]
    line = found[0].line
    if lines:
        assert text.split("\n")[line - 1].startswith('msgid "D')
    check_named(project, line, CAPTION, rule, what, remedy)
    check_stops(project, chinese)


def test_a_context_mistyped(tmp_path: Path, chinese: Locale) -> None:
    text = TEXT.replace(f'"{CAPTION}"', '"tools.dates.captoin"')
    project = project_with(tmp_path, text)
    line = line_of("tools.dates.captoin", text)
    check_named(
        project, line, "tools.dates.captoin", OBSOLETE.id, "no template says", "locale update"
    )
    check_stops(project, chinese)


HEADERS = {
    "charset": ("charset=utf-8", "charset=gbk", "Content-Type: text/plain; charset=gbk"),
    "language": ("Language: zh_Hans", "Language: ja", "Language: ja"),
    "plural forms": ("nplurals=1; plural=0;", "nplurals=2; plural=(n != 1);", "nplurals=2"),
    "a field gone": ('"Language: zh_Hans\\n"\n', "", "has no Language"),
}


@pytest.mark.parametrize("damage", HEADERS)
def test_a_damaged_header(tmp_path: Path, chinese: Locale, damage: str) -> None:
    old, new, what = HEADERS[damage]
    assert TEXT.count(old) == 1
    project = project_with(tmp_path, TEXT.replace(old, new))
    check_named(project, 3, "", "header", what, "write ")
    check_stops(project, chinese)


SYNTAX = {
    "a quotation mark left open": ('msgstr "后续重要日期"', 'msgstr "后续重要日期', "no closing"),
    "a quotation mark within": (
        '"后续重要日期"',
        '"后续"重要"日期"',
        "outside its quotation marks",
    ),
    "no quotation marks": ('msgstr "后续重要日期"', "msgstr 后续重要日期", "outside its quotation"),
    "a keyword mistyped": ('msgstr "后续重要日期"', 'msgstring "后续重要日期"', "'msgstring'"),
    "a conflict of versions": (
        'msgstr "后续重要日期"',
        '<<<<<<< HEAD\nmsgstr "后续重要日期"',
        "'<<<<<<<'",
    ),
    "no translation line": (
        'msgid "Dates ahead"\nmsgstr "后续重要日期"',
        'msgid "Dates ahead"',
        "msgstr",
    ),
}


@pytest.mark.parametrize("damage", SYNTAX)
def test_a_file_that_cannot_be_read(tmp_path: Path, chinese: Locale, damage: str) -> None:
    old, new, what = SYNTAX[damage]
    assert TEXT.count(old) == 1
    text = TEXT.replace(old, new)
    project = project_with(tmp_path, text)
    line = text[: text.index(new)].count("\n") + 1
    check_named(project, line, "", "syntax", what, "correct the line")
    check_stops(project, chinese)


def test_another_encoding(tmp_path: Path, chinese: Locale) -> None:
    content = TEXT.encode("gbk", "ignore")
    project = project_with(tmp_path, content)
    first = next(n for n, line in enumerate(TEXT.split("\n"), 1) if not line.isascii())
    check_named(project, first, "", "syntax", "is not in UTF-8", "correct the line")
    check_stops(project, chinese)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_what_ships_has_no_finding(tag: str) -> None:
    result = run(NO_PROJECT, "check", "--lang", tag)
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    assert result.stderr == f"{tag}: nothing found\n"


def test_a_file_of_windows_is_read(tmp_path: Path, chinese: Locale) -> None:
    project = project_with(tmp_path, TEXT.replace("\n", "\r\n"))
    assert checking.check(chinese, project) == ()


def test_findings_for_programs(tmp_path: Path) -> None:
    text = translated(CAPTION, "重磅日期")
    project = project_with(tmp_path, text)
    result = run(project, "check", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout) == [
        {
            "rule": "style",
            "file": str(path_in(project)),
            "line": line_of(CAPTION, text),
            "message": CAPTION,
            "what": "“重磅” is against the house style",
            "remedy": "升 or 降, with the amount",
        }
    ]


def test_every_rule_is_explained() -> None:
    assert len({rule.id for rule in checking.RULES}) == len(checking.RULES)
    for rule in checking.RULES:
        result = run(NO_PROJECT, "check", "--explain", rule.id)
        assert result.exit_code == 0
        assert result.stdout == f"{rule.id}: {rule.explanation}\n"
        assert rule.explanation.endswith(".") or rule.explanation.endswith(").")


def test_every_rule_has_its_damage_here() -> None:
    damaged = {rule for _, _, rule, _, _ in TRANSLATIONS.values()}
    damaged |= {rule for _, rule, _, _ in ENTRIES.values()}
    assert damaged | {"syntax", "header", "obsolete"} == {rule.id for rule in checking.RULES}


def test_an_unknown_rule(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["locale", "check", "--explain", "grammar"])
    assert ended.value.code == 2
    assert "choose one of syntax, header" in capsys.readouterr().err


@contextmanager
def computing_nothing(*_: object, **__: object) -> Iterator[Callable[[], Brief]]:
    """A build that comes to its facts has not stopped."""
    yield lambda: pytest.fail("the build went on")


@pytest.mark.parametrize(
    ("text", "code", "what"),
    [
        (translated(CAPTION, "後續重要日期"), 1, f"line {line_of(CAPTION, TEXT)}, {CAPTION}"),
        (TEXT.replace('"后续重要日期"', '"后续重要日期'), 2, "has no closing quotation mark"),
    ],
)
def test_a_strict_build_stops_and_writes_nothing(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    code: int,
    what: str,
) -> None:
    monkeypatch.setattr(pipeline, "computing_apart", computing_nothing)
    project_with(tmp_path, text)
    build = ["--project", str(tmp_path), "build", "--as-of", "2025-12-02", "--format", "html"]
    output = tmp_path / "output"
    with pytest.raises(SystemExit) as ended:
        main([*build, "--lang", "zh-Hans", "--output", str(output)])
    assert ended.value.code == code
    assert what in capsys.readouterr().err
    assert not [path for path in output.rglob("*") if path.is_file()]


def test_units_have_all_plural_forms_or_none(english: Locale, chinese: Locale) -> None:
    """English has one and other; a unit with `few`, or in Chinese with `one`, is a slip."""
    assert list(unit_faults(english)) == list(unit_faults(chinese)) == []
    unit, days = next((u, p) for u, p in english.units.items() if u.value == "day")
    for change, tag, what in (
        ({"few": "{number} days"}, "en", "has few, which the language has not"),
        ({}, "ru", "has no form few, many"),
        ({}, "ja", "has one, which the language has not"),
    ):
        units = {unit: days.model_copy(update=change)}
        other = english.model_copy(update={"tag": tag, "units": units})
        found = [fault.what for fault in unit_faults(other)]
        assert found == [f"[units] day {what}"]
