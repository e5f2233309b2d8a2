"""A locale file brought in step: what is kept, what is marked, what is told; nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.errors import CheckError, InputError
from reportgen.language import catalogue, checking, locale, po_file
from reportgen.language.extraction import SourceMessage, source_messages
from reportgen.language.locale import Locale
from reportgen.language.po_file import Entry, PoFile
from reportgen.translation import keeping, samples, status, updating
from reportgen.translation.samples import Sample
from tests.conftest import NO_PROJECT, brief_as_of
from tests.render.made import AS_OF
from tests.translation.files import (
    SHIPPED,
    TEXT,
    line_of,
    path_in,
    project_with,
    run,
    with_template,
)

NOWHERE = Path("messages.po")


def source(context: str, text: str) -> SourceMessage:
    return SourceMessage(context, text, (), "test.html.j2")


def file_with(*entries: Entry, obsolete: tuple[Entry, ...] = ()) -> PoFile:
    return PoFile(NOWHERE, (), entries, obsolete)


def update(po: PoFile, *sources: SourceMessage) -> updating.Update:
    return updating.updated(po, sources, {})


def reread(po: PoFile, chinese: Locale) -> PoFile:
    """The file as it is after it was written."""
    return po_file.parse(updating.text(po, chinese).encode(), NOWHERE)


CHINESE = locale.load("zh-Hans", NO_PROJECT)
notes_of = samples.notes_of


def shipped_notes() -> dict[str, tuple[str, ...]]:
    return {entry.context: entry.notes for entry in po_file.read(SHIPPED).entries}


@pytest.fixture(autouse=True)
def _no_dates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Samples are those of the shipped file: to take them anew would be a third of a minute."""
    notes = shipped_notes()
    monkeypatch.setattr(samples, "take", lambda *_, **__: {})
    monkeypatch.setattr(samples, "notes_of", lambda s, *_: notes.get(s.context, s.notes))


CAPTION = "tools.dates.caption"
CHANGED = "“Dates ahead” to “Dates to watch”"


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """A project that says something else in English than when it was translated."""
    return with_template(
        project_with(tmp_path, TEXT), "sections/tools.html.j2", "Dates ahead", "Dates to watch"
    )


def test_a_changed_sentence_before_the_update(changed: Path, chinese: Locale) -> None:
    """The check tells it at once, and a strict build stops."""
    told = run(changed, "check", "--lang", "zh-Hans")
    assert told.exit_code == 1
    assert told.stdout == (
        f"{path_in(changed)}: line {line_of(CAPTION, TEXT)}, {CAPTION}: the English has changed; "
        "it was translated as “Dates ahead”, it is now “Dates to watch” → run reportgen locale "
        "update, then translate it anew [changed]\n"
    )
    with pytest.raises(CheckError, match="it is now “Dates to watch”"):
        catalogue.load(chinese, changed, draft=False)


def test_a_changed_sentence(changed: Path, chinese: Locale) -> None:
    """`update`, `status` and `check` tell just that; the draft marks it; the strict build stops."""
    assert f"zh-Hans: {CAPTION}: to be translated anew, its English changed from {CHANGED}" in (
        run(changed, "update").stdout.splitlines()
    )
    text = path_in(changed).read_text(encoding="utf-8")
    lines = text.split("\n")
    place = lines.index('msgid "Dates to watch"')
    assert lines[place - 3 : place + 2] == [
        "#, fuzzy",
        '#| msgid "Dates ahead"',
        f'msgctxt "{CAPTION}"',
        'msgid "Dates to watch"',
        'msgstr "后续重要日期"',
    ]
    rows = {row.section: row for row in status.of_language(chinese, changed)}
    assert (rows["tools"].changed, rows["tools"].missing, rows["qt"].changed) == (1, 0, 0)
    assert rows[""].percent == 99
    table = run(changed, "status").stdout.splitlines()
    assert (
        f"zh-Hans\ttools\t{rows['tools'].messages}\t{rows['tools'].translated}\t1\t0\t0\t97"
        in table
    )
    told = run(changed, "check", "--lang", "zh-Hans").stdout
    assert f"line {place + 1}, {CAPTION}: the English has changed; it was translated as " in told
    assert "→ adapt the translation, then take the mark fuzzy away [changed]" in told
    with pytest.raises(CheckError, match=f"line {place + 1}, {CAPTION}: the English has changed"):
        catalogue.load(chinese, changed, draft=False)
    draft = catalogue.load(chinese, changed, draft=True)
    assert draft.pgettext(CAPTION, "Dates to watch") == (
        '<span class="untranslated" lang="en">Dates to watch</span>'
    )


def test_the_translator_mends_it(changed: Path, chinese: Locale) -> None:
    run(changed, "update")
    path = path_in(changed)
    text = path.read_text(encoding="utf-8")
    mended = text.replace(
        f'#, fuzzy\n#| msgid "Dates ahead"\nmsgctxt "{CAPTION}"', f'msgctxt "{CAPTION}"'
    )
    path.write_text(mended.replace("后续重要日期", "后续关注日期"), encoding="utf-8")
    assert checking.check(chinese, changed) == ()
    assert "0 new, 0 changed, 0 renamed, 0 gone" in run(changed, "update").stdout


def test_a_message_of_another_name_keeps_its_translation(chinese: Locale) -> None:
    po = file_with(Entry("a.old", "Dates", "日期", comments=("mine",)))
    step = update(po, source("a.new", "Dates"))
    assert step.po.entries == (Entry("a.new", "Dates", "日期", comments=("mine",)),)
    assert step.renamed == (("a.old", "a.new"),)
    assert step.po.obsolete == ()


def test_no_name_is_guessed() -> None:
    """Two messages had the text, or two have it now: which is which, nobody knows."""
    two = file_with(Entry("a.one", "Dates", "日期"), Entry("a.two", "Dates", "日子"))
    step = update(two, source("a.new", "Dates"))
    assert step.new == ("a.new",)
    assert {entry.translation for entry in step.po.obsolete} == {"日期", "日子"}
    one = file_with(Entry("a.one", "Dates", "日期"))
    step = update(one, source("a.new", "Dates"), source("a.newer", "Dates"))
    assert step.new == ("a.new", "a.newer")
    assert [entry.translation for entry in step.po.obsolete] == ["日期"]


def test_what_is_gone_comes_back(chinese: Locale) -> None:
    po = file_with(Entry("a.one", "Dates", "日期"), Entry("a.two", "Days", ""))
    gone = update(po).po
    assert [entry.context for entry in gone.obsolete] == ["a.one"], "nothing was translated in two"
    assert '#~ msgctxt "a.one"\n#~ msgid "Dates"\n#~ msgstr "日期"\n' in updating.text(
        gone, chinese
    )
    back = update(reread(gone, chinese), source("a.one", "Dates"))
    assert back.po.entries == (Entry("a.one", "Dates", "日期"),)
    assert back.po.obsolete == ()


def test_english_that_changes_back_needs_no_translator() -> None:
    po = file_with(Entry("a.one", "Dates", "日期"))
    away = update(po, source("a.one", "Days")).po
    again = update(away, source("a.one", "Hours")).po
    assert again.entries[0].previous == "Dates", "what it was translated from stays"
    assert update(again, source("a.one", "Dates")).po.entries == po.entries


def test_a_twin_is_refused(tmp_path: Path) -> None:
    twice = file_with(
        Entry("a.one", "Dates", "日期", line=3), Entry("a.one", "Days", "日子", line=7)
    )
    with pytest.raises(InputError, match=r"has a\.one twice"):
        update(twice, source("a.one", "Dates"))


contexts = st.sampled_from(["a.one", "a.two", "a.three", "b.one", "b.two"])
texts = st.sampled_from(["Dates", "Days of %(n)s", "“Hours”", 'A\\ "b"\tc', "Weeks"])
translations = st.sampled_from(["", "日期", '含"引号"与\\', "%(n)s日", "一\n二"])


@st.composite
def locale_files(draw: st.DrawFn) -> PoFile:
    entries = []
    for context in draw(st.lists(contexts, unique=True)):
        translation = draw(translations)
        fuzzy = draw(st.booleans()) and bool(translation)
        previous = draw(st.none() | texts) if fuzzy else None
        comments = tuple(draw(st.lists(st.sampled_from(["mine", "yours"]), unique=True)))
        entries.append(Entry(context, draw(texts), translation, fuzzy, previous, (), comments))
    former = draw(st.lists(st.tuples(st.sampled_from(["c.one", "c.two"]), texts), unique=True))
    obsolete = tuple(Entry(context, text, "旧译") for context, text in former)
    return file_with(*entries, obsolete=obsolete)


sources_of = st.lists(st.tuples(contexts | st.just("c.one"), texts), unique_by=lambda pair: pair[0])


@given(locale_files())
@settings(max_examples=60, deadline=None)
def test_a_file_that_is_written_reads_the_same(po: PoFile) -> None:
    again = reread(po, CHINESE)
    assert [unplaced(e) for e in again.entries] == [unplaced(e) for e in po.entries]
    assert [unplaced(e) for e in again.obsolete] == [unplaced(e) for e in po.obsolete]
    assert updating.text(again, CHINESE) == updating.text(po, CHINESE)


def unplaced(entry: Entry) -> tuple[object, ...]:
    """All of an entry but the line it stands in."""
    return (
        *entry.key, entry.translation, entry.fuzzy, entry.previous, entry.comments, entry.notes,
    )  # fmt: skip


@given(locale_files(), sources_of)
@settings(max_examples=150, deadline=None)
def test_an_update_loses_nothing_and_guesses_nothing(
    po: PoFile, wanted: list[tuple[str, str]]
) -> None:
    sources = [source(*pair) for pair in wanted]
    step = update(po, *sources)
    assert [entry.key for entry in step.po.entries] == wanted, "the order is that of the templates"
    before = sorted(e.translation for e in (*po.entries, *po.obsolete) if e.translation)
    after = sorted(e.translation for e in (*step.po.entries, *step.po.obsolete) if e.translation)
    assert after == before
    pairs = {(e.text, e.translation) for e in (*po.entries, *po.obsolete)}
    pairs |= {(e.previous, e.translation) for e in po.entries if e.previous is not None}
    for entry in step.po.entries:
        if entry.is_translated:
            assert (entry.text, entry.translation) in pairs, "translated of another English"
    again = update(step.po, *sources)
    assert again.po == step.po, "a second update changes nothing"


def test_the_shipped_file_is_in_step(chinese: Locale) -> None:
    """As `reportgen locale update` leaves it, but for the samples, which take dates to compute."""
    po = po_file.read(SHIPPED)
    sources = list(source_messages(NO_PROJECT))
    notes = {entry.context: entry.notes for entry in po.entries}
    step = updating.updated(po, sources, notes)
    assert (step.new, step.changed, step.renamed, step.gone) == ((), (), (), ())
    assert updating.text(step.po, chinese) == TEXT


def test_the_template_file_is_in_step() -> None:
    path = SHIPPED.parents[2] / "messages.pot"
    pot = po_file.read(path)
    assert [entry.key for entry in pot.entries] == [
        (message.context, message.text) for message in source_messages(NO_PROJECT)
    ]
    assert not any(entry.translation for entry in pot.entries)


def test_a_project_gets_a_file_of_its_own(tmp_path: Path, chinese: Locale) -> None:
    """What ships is never written over; without a change nothing is written."""
    run(tmp_path, "update")
    assert not path_in(tmp_path).exists()
    with_template(tmp_path, "furniture.j2", "Desk note", "Note of the desk")
    run(tmp_path, "update")
    assert 'msgid "Note of the desk"' in path_in(tmp_path).read_text(encoding="utf-8")
    assert SHIPPED.read_text(encoding="utf-8") == TEXT


def test_samples_of_a_real_date(english: Locale, chinese: Locale) -> None:
    brief = brief_as_of(samples.DAYS[0])
    assert samples.DAYS[0].isoformat() == AS_OF
    found = samples.gather([brief], NO_PROJECT, [english, chinese])
    usage = found["srf.usage.high"]
    assert (usage.values["en"]["told"], usage.values["zh-Hans"]["told"]) == (
        "$26 billion",
        "260亿美元",
    )
    shipped = shipped_notes()
    sources = {message.context: message for message in source_messages(NO_PROJECT)}
    for context in found:
        notes = notes_of(sources[context], found, [english, chinese])
        assert shipped[context] == notes, context
    assert "Sample of 2025-12-02:" in shipped["srf.usage.high"]
    assert '{told}: "$26 billion" / 260亿美元' in shipped["srf.usage.high"]


def test_samples_of_other_dates_and_of_other_sentences(english: Locale) -> None:
    shipped = shipped_notes()
    assert "Sample of 2022-03-10:" in shipped["changes.assets.rose"]
    day = samples.DAYS[0]
    found = {"a.one": Sample(day, {"en": {"n": "3%"}}), "b.one": Sample(day, {"en": {"n": "4%"}})}
    message = source("b.two", "%(n)s of %(m)s")
    assert notes_of(message, found, [english]) == (
        "No date of the history says this; in other sentences:",
        '{n}: "4%"',
    )


def test_every_placeholder_of_the_shipped_file_has_a_sample() -> None:
    """But those that no sentence of any date has."""
    without = {
        f"{entry.context} {name}"
        for entry in po_file.read(SHIPPED).entries
        for name in po_file.PLACEHOLDER.findall(entry.text)
        if not any(note.startswith(f"{{{name}}}: ") for note in entry.notes)
    }
    assert len(without) < 30, sorted(without)


def test_an_unknown_language(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no language 'fr'"):
        keeping.chosen(tmp_path, ["fr"])
