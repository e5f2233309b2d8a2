"""The catalogue: what templates say, what the locale files say, and every way they can differ."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from reportgen import resources
from reportgen.errors import CheckError, InputError, RenderError
from reportgen.language import catalogue, checking, extraction, po_file
from reportgen.language.catalogue import Catalogue
from reportgen.language.extraction import SourceMessage
from reportgen.language.locale import Locale
from reportgen.language.po_file import PoFile
from reportgen.language.printer import Printer
from reportgen.language.rules.entries import integrity
from reportgen.language.templates import Templates
from tests.conftest import NO_PROJECT
from tests.language.quantities import AS_OF

CONTEXT = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")

SHIPPED = resources.LOCALES / "zh_Hans" / "LC_MESSAGES" / "messages.po"
# The entry that the tests damage.
GOOD = 'msgid "Source: %(publishers)s"\nmsgstr "资料来源：%(publishers)s"'


@cache
def source_messages() -> list[SourceMessage]:
    """Read once a process: it takes a quarter of a second."""
    return list(extraction.source_messages(NO_PROJECT))


def shipped() -> PoFile:
    return po_file.read(SHIPPED)


def translations() -> dict[str, str]:
    return {entry.context: entry.translation for entry in shipped().entries}


def project_with(tmp_path: Path, text: str | bytes) -> Path:
    """A project with a Chinese locale file of its own."""
    path = tmp_path / "locales" / "zh_Hans" / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return tmp_path


def shipped_with(old: str, new: str) -> str:
    """The shipped locale file with a passage replaced."""
    text = SHIPPED.read_text(encoding="utf-8")
    assert text.count(old) == 1
    return text.replace(old, new)


def damaged(tmp_path: Path, translation: str, flag: str = "python-format") -> Path:
    text = shipped_with(GOOD, GOOD.split("msgstr")[0] + f'msgstr "{translation}"')
    old = '#, python-format\nmsgctxt "furniture.source"'
    assert old in text
    return project_with(tmp_path, text.replace(old, old.replace("python-format", flag)))


def test_every_message_has_a_context_of_its_own() -> None:
    messages = source_messages()
    assert len(messages) > 300
    assert [c for c, n in Counter(m.context for m in messages).items() if n > 1] == []
    for message in messages:
        assert CONTEXT.fullmatch(message.context), message.context
        assert message.text.strip() == message.text, message.context


def test_contexts_begin_with_their_section() -> None:
    for message in source_messages():
        section = re.fullmatch(r"sections/(\w+)\.(html|charts)\.j2", message.template)
        if section:
            assert message.context.split(".")[0] == section[1]


def test_notes_reach_the_translators() -> None:
    notes = {message.context: message.notes for message in source_messages()}
    assert notes["lead.summary.ended_srf_busy"] == (
        'since is a month such as "June 2020"; record_day the one day since with more',
    )
    assert notes["annex.heading"] == ()
    written = sum(
        path.read_text(encoding="utf-8").count("Translators:")
        for path in resources.TEMPLATES.rglob("*.j2")
    )
    assert sum(len(found) for found in notes.values()) == written, "a note belongs to no message"


def test_the_locale_file_carries_the_same_notes() -> None:
    carried = {entry.context: entry.notes for entry in shipped().entries}
    for message in source_messages():
        notes = " ".join(message.notes)
        assert " ".join(carried[message.context]).startswith(notes), message.context


def test_the_shipped_file_can_be_published(chinese: Locale) -> None:
    assert checking.check(chinese, NO_PROJECT) == ()
    catalogue.load(chinese, NO_PROJECT, draft=False)


def test_the_shipped_file_has_what_the_templates_have_and_nothing_else() -> None:
    assert [entry.key for entry in shipped().entries] == [
        (message.context, message.text) for message in source_messages()
    ]
    assert not shipped().obsolete


def test_the_shipped_file_changes_only_with_its_messages() -> None:
    """No dates, no line numbers, no guesses: what a translator did not touch stays as it was."""
    text = SHIPPED.read_text(encoding="utf-8")
    for unwanted in ("POT-Creation-Date", "PO-Revision-Date", "\n#: ", "fuzzy", "\n#~", "\r"):
        assert unwanted not in text
    assert text.endswith("\n")


DAMAGE = [
    ("资料来源", "%(publishers)s is lost"),
    ("资料来源：%(publishers)s%(day)s", "%(day)s is invented: the source has %(publishers)s"),
    ("资料来源：%(publisher)s", "%(publisher)s is no placeholder of this message"),
    ("", "not translated: “Source: %(publishers)s”"),
    ("  ", "not translated: “Source: %(publishers)s”"),
    ("资料来源：%(publishers)s 100%", "has a percent sign that begins no placeholder"),
    ("资料来源：%(publishers)", "“%(publishers)” is a damaged placeholder"),
    ("资料来源：%(publishers)d", "“%(publishers)d” is a damaged placeholder"),
    ("资料来源：％（publishers）s", "“％（publishers）s” is a damaged placeholder"),
    ("资料来源：{publishers}", "“{publishers}” is a damaged placeholder"),
    ("资料来源：<b>%(publishers)s</b>", "has other markup than its source: </b> <b>"),
    ("资料来源：%(publishers)s<script>", "has other markup than its source: <script>"),
    ("资料来源：%(publishers)s {{ brief }}", "has other markup than its source: {{ brief }}"),
]


def faults(project: Path, chinese: Locale) -> list[tuple[str, str]]:
    """What the check finds, message and fault."""
    return [(f.context, f.fault.what) for f in checking.check(chinese, project)]


@pytest.mark.parametrize(("translation", "fault"), DAMAGE)
def test_damage_is_named(tmp_path: Path, chinese: Locale, translation: str, fault: str) -> None:
    found = faults(damaged(tmp_path, translation), chinese)
    assert found == [("furniture.source", fault)]


def test_a_guess_is_no_translation(tmp_path: Path, chinese: Locale) -> None:
    project = damaged(tmp_path, "资料来源：%(publishers)s", flag="fuzzy, python-format")
    assert faults(project, chinese) == [("furniture.source", "marked as unsure (fuzzy)")]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            "msgctxt",
            [
                ("furniture.source", "not translated: “Source: %(publishers)s”"),
                ("furniture.sauce", "no template says this message any longer"),
            ],
        ),
        (
            "msgid",
            [
                (
                    "furniture.source",
                    "the English has changed; it was translated as “Sources: %(publishers)s”, "
                    "it is now “Source: %(publishers)s”",
                )
            ],
        ),
        ("gone", [("furniture.source", "not translated: “Source: %(publishers)s”")]),
    ],
)
def test_a_translation_of_something_else(
    tmp_path: Path, chinese: Locale, change: str, expected: list[tuple[str, str]]
) -> None:
    new = {
        "msgctxt": f'msgctxt "furniture.sauce"\n{GOOD}',
        "msgid": f'msgctxt "furniture.source"\n{GOOD.replace("Source", "Sources")}',
        "gone": "",
    }[change]
    text = shipped_with(f'#, python-format\nmsgctxt "furniture.source"\n{GOOD}', new)
    assert faults(project_with(tmp_path, text), chinese) == expected


def much_damage(tmp_path: Path) -> Path:
    """A project whose locale file is damaged in every way at once."""
    text = shipped_with('msgstr "资料来源：%(publishers)s"', 'msgstr "资料来源：%(papers)s"')
    for old, new in (
        ('msgstr "数据与来源"', 'msgstr ""'),
        ('msgctxt "furniture.contents"', '#, fuzzy\nmsgctxt "furniture.contents"'),
        ('msgstr "美元流动性周报"', 'msgstr "美元流动性<b>周报</b>"'),
        ('msgstr "图"', 'msgstr "100%图"'),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    return project_with(tmp_path, text)


def test_a_strict_build_names_every_fault_at_once(tmp_path: Path, chinese: Locale) -> None:
    project = much_damage(tmp_path)
    with pytest.raises(CheckError) as caught:
        catalogue.load(chinese, project, draft=False)
    lines = [re.sub(r"line \d+, ", "", line) for line in caught.value.what.splitlines()]
    assert lines == [
        "6 findings in 5 messages cannot be published:",
        "  annex.heading: not translated: “Data and sources” → translate it [missing]",
        "  furniture.title: has other markup than its source: </b> <b> → write as the source has "
        "it: none [markup]",
        "  furniture.figure_label: has a percent sign that begins no placeholder → take it out: a "
        "figure brings its percent sign along [placeholder]",
        "  furniture.contents: marked as unsure (fuzzy) → see whether the translation is right, "
        "then take the mark fuzzy away [fuzzy]",
        "  furniture.source: %(papers)s is invented: the source has %(publishers)s → take it out "
        "[placeholder]",
        "  furniture.source: %(publishers)s is lost → put it where the sentence wants it "
        "[placeholder]",
    ]
    assert caught.value.where == str(project / "locales/zh_Hans/LC_MESSAGES/messages.po")
    assert "--draft" in caught.value.remedy


def test_a_draft_marks_what_it_cannot_print(tmp_path: Path, chinese: Locale) -> None:
    project = much_damage(tmp_path)
    messages = catalogue.load(chinese, project, draft=True)
    templates = Templates(project, messages, Printer(chinese, AS_OF))
    furniture = vars(templates.module("furniture.j2", {}))
    mark = '<span class="untranslated" lang="en">{}</span>'
    assert furniture["source"]("Treasury") == mark.format("Source: Treasury")
    assert furniture["title"] == mark.format("Dollar Liquidity Weekly")
    assert furniture["figure_label"] == mark.format("Figure")
    assert furniture["contents_label"] == mark.format("In this issue")
    assert furniture["draft_label"] == "草稿，不得发布", "what is whole is printed as it is"


def test_a_draft_of_whole_messages_is_no_different(chinese: Locale) -> None:
    for draft in (True, False):
        messages = catalogue.load(chinese, NO_PROJECT, draft=draft)
        assert messages.pgettext("annex.heading", "Data and sources") == "数据与来源"


def test_the_source_language_says_what_the_templates_say(english: Locale) -> None:
    messages = catalogue.load(english, NO_PROJECT, draft=False)
    assert messages.pgettext("annex.heading", "Data and sources") == "Data and sources"


def test_a_strict_catalogue_never_falls_back() -> None:
    with pytest.raises(CheckError, match=r"'qt\.heading' is not translated"):
        Catalogue({}, draft=False).pgettext("qt.heading", "Heading")


@pytest.mark.parametrize(
    ("translation", "whole"),
    [
        ("%(n)s之<em>首</em>", True),
        ("<em>首</em>：%(n)s、%(n)s", True),
        ("%(n)s之<b>首</b>", False),
        ("%(n)s之首", False),
        ("%(n)s之<em>首", False),
        ('%(n)s之<em onclick="x">首</em>', False),
        ("%(n)s之<em>首</em><em>", False),
    ],
)
def test_markup_is_that_of_the_source(translation: str, whole: bool) -> None:
    found = list(integrity("The <em>first</em> of %(n)s", translation))
    assert [fault.rule.id for fault in found] == ([] if whole else ["markup"])


def test_a_message_without_a_context_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        list(extraction.messages_of(b"{% trans %}Hello{% endtrans %}", "sections/lead.html.j2"))
    assert caught.value.where == "templates/sections/lead.html.j2"
    assert "'Hello' has no context" in caught.value.what
    with pytest.raises(CheckError, match="'Hello' has no context"):
        Catalogue(None, draft=True).gettext("Hello")


def test_messages_are_trimmed_as_the_templates_trim_them() -> None:
    note = b"{# Translators: a note\nof two lines #}\n"
    message = b'{% trans "a.b" n=1 %}\n  Some\n  {{ n }}\n{% endtrans %}'
    assert list(extraction.messages_of(note + message, "x.j2")) == [
        SourceMessage("a.b", "Some %(n)s", ("a note\nof two lines",), "x.j2")
    ]


@pytest.mark.parametrize(
    ("template", "where", "what"),
    [
        (b"\n{% if %}", "templates/x.j2, line 2", "Expected an expression"),
        (b"\xff", "templates/x.j2", "cannot be read"),
    ],
)
def test_a_template_that_cannot_be_read(template: bytes, where: str, what: str) -> None:
    with pytest.raises(RenderError) as caught:
        list(extraction.messages_of(template, "x.j2"))
    assert caught.value.where == where
    assert what in caught.value.what


def test_templates_of_the_project_are_read_too(tmp_path: Path, chinese: Locale) -> None:
    path = tmp_path / "templates" / "furniture.j2"
    path.parent.mkdir()
    path.write_text('{% trans "furniture.new" %}New{% endtrans %}', encoding="utf-8")
    contexts = {message.context for message in extraction.source_messages(tmp_path)}
    assert "furniture.new" in contexts
    assert "furniture.title" not in contexts, "the shipped template is overridden"
    assert "annex.heading" in contexts
    with pytest.raises(CheckError, match=r"1 findings.*\n  furniture\.new: not translated"):
        catalogue.load(chinese, tmp_path, draft=False)


TEXT = SHIPPED.read_text(encoding="utf-8")
MALFORMED = {
    "no text": b"\xff\xfe\x00\x01",
    "another encoding": TEXT.encode("gbk", "ignore"),
    "a misspelt keyword": TEXT.replace("msgctxt", "msgcontext", 1).encode(),
    "an open quotation mark": TEXT.replace('msgstr "数据与来源"', 'msgstr "数据与来源').encode(),
    "a byte order mark": b"\xef\xbb\xbf" + TEXT.encode(),
    "a conflict of versions": TEXT.replace("\nmsgid", "\n<<<<<<< HEAD\nmsgid", 1).encode(),
    "a mark within": TEXT.replace('"数据与来源"', '"数据"与"来源"').encode(),
    "no msgstr": TEXT.replace('msgstr "数据与来源"\n', "").encode(),
    "a damaged header": TEXT.replace('"Language:', '"PO-Revision-Date: x\\n"\n"Language:').encode(),
}


@pytest.mark.parametrize("damage", MALFORMED)
def test_a_file_that_is_no_locale_file(tmp_path: Path, chinese: Locale, damage: str) -> None:
    project = project_with(tmp_path, MALFORMED[damage])
    with pytest.raises(InputError, match="is not a valid locale file"):
        catalogue.load(chinese, project, draft=True)


def test_the_line_of_an_open_quotation_mark(tmp_path: Path, chinese: Locale) -> None:
    project = project_with(tmp_path, MALFORMED["an open quotation mark"])
    line = TEXT[: TEXT.index('msgstr "数据与来源"')].count("\n") + 1
    with pytest.raises(InputError, match=rf"line {line} has no closing quotation mark"):
        catalogue.load(chinese, project, draft=False)


def test_a_language_without_messages(tmp_path: Path, chinese: Locale) -> None:
    stranger = chinese.model_copy(update={"tag": "fr"})
    with pytest.raises(InputError) as caught:
        catalogue.load(stranger, tmp_path, draft=True)
    assert caught.value.where == "locales/fr/LC_MESSAGES/messages.po"
