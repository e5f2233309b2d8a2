"""The catalogue: what templates say, what the locale files say, and every way they can differ."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from reportgen import resources
from reportgen.errors import CheckError, InputError, RenderError
from reportgen.language import catalogue
from reportgen.language.catalogue import Catalogue, SourceMessage
from reportgen.language.locale import Locale
from reportgen.language.printer import Printer
from reportgen.language.templates import Templates
from reportgen.render.trace import untraced
from tests.conftest import NO_PROJECT
from tests.language.quantities import AS_OF

HAN = "\u3400-\u4dbf\u4e00-\u9fff"
PLACEHOLDER = re.compile(r"%\(\w+\)s")
CONTEXT = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")

SHIPPED = resources.LOCALES / "zh_Hans" / "LC_MESSAGES" / "messages.po"
# The entry that the tests damage.
GOOD = 'msgid "Source: %(publishers)s"\nmsgstr "资料来源：%(publishers)s"'


@cache
def source_messages() -> list[SourceMessage]:
    """Read once a process: it takes a quarter of a second."""
    return list(catalogue.source_messages(NO_PROJECT))


def translations(chinese: Locale) -> dict[str, str]:
    _, catalog = catalogue.read(chinese, NO_PROJECT)
    return {str(message.context): str(message.string) for message in catalog if message.id}


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


def test_the_locale_file_carries_the_same_notes(chinese: Locale) -> None:
    _, catalog = catalogue.read(chinese, NO_PROJECT)
    carried = {str(m.context): " ".join(m.auto_comments) for m in catalog if m.id}
    for message in source_messages():
        assert carried[message.context] == " ".join(message.notes), message.context


def test_the_shipped_file_can_be_published(chinese: Locale) -> None:
    _, catalog = catalogue.read(chinese, NO_PROJECT)
    assert list(catalogue.faults_of(catalog, source_messages())) == []
    catalogue.load(chinese, NO_PROJECT, draft=False)


def test_the_shipped_file_has_what_the_templates_have_and_nothing_else(chinese: Locale) -> None:
    _, catalog = catalogue.read(chinese, NO_PROJECT)
    translated = {(message.context, message.id) for message in catalog if message.id}
    assert translated == {(message.context, message.text) for message in source_messages()}
    assert not catalog.obsolete


def test_the_shipped_file_changes_only_with_its_messages() -> None:
    """No dates, no line numbers, no guesses: what a translator did not touch stays as it was."""
    text = SHIPPED.read_text(encoding="utf-8")
    for unwanted in ("POT-Creation-Date", "PO-Revision-Date", "\n#: ", "fuzzy", "\n#~", "\r"):
        assert unwanted not in text
    assert text.endswith("\n")


def test_messages_type_no_number(english: Locale, chinese: Locale) -> None:
    """A number comes from a fact: neither digits nor number words are written out."""
    messages = [(m.context, PLACEHOLDER.sub(" ", m.text)) for m in source_messages()]
    assert list(untraced(messages, english)) == []
    texts = [(context, PLACEHOLDER.sub(" ", t)) for context, t in translations(chinese).items()]
    assert list(untraced(texts, chinese)) == []


def test_chinese_punctuation_is_full_width(chinese: Locale) -> None:
    beside_han = re.compile(rf"(?<=[{HAN}])[,;:!?()]|[,;:!?()](?=[{HAN}])|(?<=[{HAN}])\.")
    around_placeholders = re.compile(r"(?<=s)[,;:!?](?=%)")
    for context, text in translations(chinese).items():
        assert not beside_han.search(text), f"{context}: {text}"
        assert not around_placeholders.search(PLACEHOLDER.sub("s", text)), f"{context}: {text}"
        assert "..." not in text, context
        assert not re.search(r"[\"']", text), f"{context}: typewriter quotation marks"


def test_chinese_is_simplified(chinese: Locale) -> None:
    """GB 2312 has the simplified characters in general use, and no traditional one."""
    for context, text in translations(chinese).items():
        for character in re.findall(rf"[{HAN}]", text):
            try:
                character.encode("gb2312")
            except UnicodeEncodeError:
                pytest.fail(f"{context}: {character}")


def test_chinese_spacing_is_left_to_the_typesetter(chinese: Locale) -> None:
    """No space beside Han or a full-width mark: the typographic pass puts the gaps."""
    for context, text in translations(chinese).items():
        assert not re.search(rf"[{HAN}，。：；、！？（）“”] | [{HAN}，。：；、！？（）“”]", text), (
            f"{context}: {text}"
        )


DAMAGE = [
    ("资料来源", "furniture.source: lost publishers"),
    ("资料来源：%(publishers)s%(day)s", "furniture.source: invented day"),
    ("资料来源：%(publisher)s", "furniture.source: lost publishers"),
    ("资料来源：%(publisher)s", "furniture.source: invented publisher"),
    ("", "furniture.source: not translated"),
    ("  ", "furniture.source: not translated"),
    ("资料来源：%(publishers)s 100%", "furniture.source: has a bare percent sign"),
    ("资料来源：%(publishers)", "furniture.source: lost publishers"),
    ("资料来源：%(publishers)", "furniture.source: has a bare percent sign"),
    ("资料来源：%(publishers)d", "furniture.source: has a bare percent sign"),
    ("资料来源：<b>%(publishers)s</b>", "furniture.source: has other markup"),
    ("资料来源：%(publishers)s<script>", "furniture.source: has other markup"),
    ("资料来源：%(publishers)s {{ brief }}", "furniture.source: has other markup"),
]


@pytest.mark.parametrize(("translation", "fault"), DAMAGE)
def test_damage_is_named(tmp_path: Path, chinese: Locale, translation: str, fault: str) -> None:
    _, catalog = catalogue.read(chinese, damaged(tmp_path, translation))
    faults = list(catalogue.faults_of(catalog, source_messages()))
    assert any(line.startswith(fault) for line in faults), faults
    assert all(line.startswith("furniture.source: ") for line in faults)


def test_a_guess_is_no_translation(tmp_path: Path, chinese: Locale) -> None:
    project = damaged(tmp_path, "资料来源：%(publishers)s", flag="fuzzy, python-format")
    _, catalog = catalogue.read(chinese, project)
    faults = list(catalogue.faults_of(catalog, source_messages()))
    assert faults == ["furniture.source: marked fuzzy"]


@pytest.mark.parametrize("change", ["msgctxt", "msgid", "gone"])
def test_a_translation_of_something_else(tmp_path: Path, chinese: Locale, change: str) -> None:
    new = {
        "msgctxt": f'msgctxt "furniture.sauce"\n{GOOD}',
        "msgid": f'msgctxt "furniture.source"\n{GOOD.replace("Source", "Sources")}',
        "gone": "",
    }[change]
    text = shipped_with(f'#, python-format\nmsgctxt "furniture.source"\n{GOOD}', new)
    _, catalog = catalogue.read(chinese, project_with(tmp_path, text))
    faults = list(catalogue.faults_of(catalog, source_messages()))
    assert faults == ["furniture.source: not translated"]


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
    assert caught.value.what.splitlines() == [
        "5 messages cannot be published:",
        "  annex.heading: not translated",
        "  furniture.title: has other markup than its source",
        "  furniture.figure_label: has a bare percent sign or a damaged placeholder",
        "  furniture.contents: marked fuzzy",
        "  furniture.source: lost publishers",
        "  furniture.source: invented papers",
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


SOURCE = SourceMessage("test.one", "The <em>first</em> of %(n)s", (), "test.html.j2")


@pytest.mark.parametrize(
    ("translation", "faults"),
    [
        ("%(n)s之<em>首</em>", []),
        ("<em>首</em>：%(n)s、%(n)s", []),
        ("%(n)s之<b>首</b>", ["test.one: has other markup than its source"]),
        ("%(n)s之首", ["test.one: has other markup than its source"]),
        ("%(n)s之<em>首", ["test.one: has other markup than its source"]),
        ('%(n)s之<em onclick="x">首</em>', ["test.one: has other markup than its source"]),
        ("%(n)s之<em>首</em><em>", ["test.one: has other markup than its source"]),
    ],
)
def test_markup_is_that_of_the_source(translation: str, faults: list[str]) -> None:
    catalog = Catalog(locale="zh_Hans")
    catalog.add(SOURCE.text, translation, context=SOURCE.context)
    assert list(catalogue.faults_of(catalog, [SOURCE])) == faults


def test_a_message_without_a_context_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        list(catalogue.messages_of(b"{% trans %}Hello{% endtrans %}", "sections/lead.html.j2"))
    assert caught.value.where == "templates/sections/lead.html.j2"
    assert "'Hello' has no context" in caught.value.what
    with pytest.raises(CheckError, match="'Hello' has no context"):
        Catalogue(None, draft=True).gettext("Hello")


def test_messages_are_trimmed_as_the_templates_trim_them() -> None:
    note = b"{# Translators: a note\nof two lines #}\n"
    message = b'{% trans "a.b" n=1 %}\n  Some\n  {{ n }}\n{% endtrans %}'
    assert list(catalogue.messages_of(note + message, "x.j2")) == [
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
        list(catalogue.messages_of(template, "x.j2"))
    assert caught.value.where == where
    assert what in caught.value.what


def test_templates_of_the_project_are_read_too(tmp_path: Path, chinese: Locale) -> None:
    path = tmp_path / "templates" / "furniture.j2"
    path.parent.mkdir()
    path.write_text('{% trans "furniture.new" %}New{% endtrans %}', encoding="utf-8")
    contexts = {message.context for message in catalogue.source_messages(tmp_path)}
    assert "furniture.new" in contexts
    assert "furniture.title" not in contexts, "the shipped template is overridden"
    assert "annex.heading" in contexts
    with pytest.raises(CheckError, match=r"1 messages.*\n  furniture\.new: not translated"):
        catalogue.load(chinese, tmp_path, draft=False)


TEXT = SHIPPED.read_text(encoding="utf-8")
MALFORMED = {
    "no text": b"\xff\xfe\x00\x01",
    "another encoding": TEXT.encode("gbk", "ignore"),
    "an unknown encoding": TEXT.replace("charset=utf-8", "charset=klingon").encode(),
    "a misspelt keyword": TEXT.replace("msgctxt", "msgcontext", 1).encode(),
    "an open quotation mark": TEXT.replace('msgstr "数据与来源"', 'msgstr "数据与来源').encode(),
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
