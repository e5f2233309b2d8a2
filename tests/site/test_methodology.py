"""The methodology page: the code's own docstrings, constants and rules, and nothing typed again."""

from __future__ import annotations

import importlib
import inspect
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from reportgen import resources
from reportgen.errors import RenderError
from reportgen.language import checking, docstrings, po_file
from reportgen.language.extraction import source_messages
from reportgen.language.locale import Locale
from reportgen.language.rules.entries import CHANGED
from reportgen.review.built import GATES
from reportgen.review.reviewing import RULES
from reportgen.review.rule import Level
from reportgen.site import methodology
from reportgen.translation import updating
from tests.conftest import LANGUAGES, NO_PROJECT
from tests.language.quantities import AS_OF
from tests.site.texts import framed, parse, templates, text

NAME = methodology.TEMPLATE
# A constant as a docstring names it.
VALUE = re.compile("``[A-Z_]+``")


@cache
def parsed(tag: str) -> Element:
    own = templates(tag)
    return parse(framed(own, NAME, methodology.values(own)))


def methods(tag: str) -> Iterator[tuple[str, list[Element]]]:
    """The entries of the page: place in the code, and paragraphs."""
    for entry in parsed(tag).iter("div"):
        if entry.get("class") == "method":
            (place,) = entry.iter("code")
            yield text(place), list(entry.iter("p"))


def printed(tag: str, constant: str) -> list[str]:
    """What the page prints of a constant, named as below the package."""
    id = f"methodology.{constant}"
    found = [e for e in parsed(tag).iter("data") if e.get("data-fact", "").startswith(id)]
    return list(dict.fromkeys(text(e) for e in found))


def documented(place: str) -> str:
    """The docstring of what is imported by its name; of a constant the text below it."""
    parts = place.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found: object = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            module, found = found, getattr(found, part)
        if callable(found) or inspect.ismodule(found) or isinstance(found, property):
            return inspect.getdoc(found) or ""
        return below(inspect.getsource(module), parts[-1])  # type: ignore[arg-type]
    raise AssertionError(place)


def below(source: str, name: str) -> str:
    found = re.search(rf'^{name} = [^\n]*\n"""(.*?)"""', source, re.DOTALL | re.MULTILINE)
    assert found, name
    return found[1]


def test_each_text_is_the_docstring_of_its_object() -> None:
    """With values in the place of named constants, and as far as it speaks to readers."""
    entries = list(methods("en"))
    assert len(entries) > 40
    for place, shown in entries:
        paragraphs = [" ".join(part.split()) for part in documented(place).split("\n\n")]
        for paragraph, element in zip(paragraphs, shown, strict=False):
            pattern = ".+".join(map(re.escape, VALUE.split(paragraph)))
            assert re.fullmatch(pattern, text(element)), place
            values = [e for e in element.iter() if e.tag in ("data", "time")]
            assert bool(values) == bool(VALUE.search(paragraph)), place
        for left_out in paragraphs[len(shown) :][:1]:
            assert "``" in left_out or "None" in left_out or "Error" in left_out, place


@pytest.mark.parametrize(
    ("constant", "english", "chinese"),
    [
        ("analysis.gauges.VERY_LOW", "10%", "10%"),
        ("analysis.gauges.VERY_HIGH", "90%", "90%"),
        ("analysis.gauges.SHORTEST_HISTORY", "365", "365"),
        ("analysis.standing_repo.USED_USD", "$1 billion", "10亿美元"),
        ("sections.lead.headline.SHARP_USD", "$100 billion", "1,000亿美元"),
        ("sections.supply.facts.LEVEL_USD_A_MONTH", "$5 billion", "50亿美元"),
        ("sections.funding.facts.STRAINED_BP", "5 basis points", "5个基点"),
        ("sections.funding.facts.ELEVATED_BP", "0 basis points", "0个基点"),
        ("analysis.strained_days.MOST", "75%", "75%"),
        ("analysis.fair_value.CONFIDENCE_PERCENT", "95%", "95%"),
        ("analysis.fair_value.WINDOW_DAYS", "20", "20"),
        ("review.emptiness.HISTORY", "365", "365"),
    ],
)
def test_thresholds_as_printed(constant: str, english: str, chinese: str) -> None:
    assert printed("en", constant) == [english]
    assert printed("zh-Hans", constant) == [chinese]


def test_several_values_and_dates() -> None:
    """Thirteen, 26 and 52 weeks; 29 July 2021, when the facility began."""
    assert printed("en", "analysis.portfolio.PACE_WEEKS") == ["13", "26", "52"]
    days = [e.get("datetime") for e in parsed("en").iter("time")]
    assert days == ["2021-07-29", "2021-08-02", "2021-04-01"]
    assert "began on July 29, 2021;" in text(parsed("en"))


def test_every_rule_stands_there_once_among_its_kind() -> None:
    known = (*RULES, *GATES)
    lists = [e for e in parsed("en").iter("ul") if e.get("class") == "rules"]
    for level, shown in zip((Level.ERROR, Level.WARNING), lists, strict=True):
        found = [(text(next(item.iter("code"))), text(item)) for item in shown.iter("li")]
        wanted = [(r.id, f"{r.explanation} {r.id}") for r in known if r.level is level]
        assert sorted(found) == sorted(wanted)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_page_is_whole(tag: str) -> None:
    """Each link within it leads somewhere, and nothing in it is for developers."""
    ids = [e.get("id") for e in parsed(tag).iter() if e.get("id")]
    assert len(ids) == len(set(ids)) == 13
    links = [a.get("href", "") for a in parsed(tag).iter("a")]
    assert [link for link in links if link[0] == "#"] == [f"#{id}" for id in ids]
    assert f"../../{tag}/glossary/" in links
    assert len([p for p, _ in methods(tag)]) == len({p for p, _ in methods(tag)})
    for unwanted in ("``", "%(", "Error", "None"):
        assert unwanted not in text(parsed(tag))


def test_english_is_of_the_house_style(english: Locale) -> None:
    """No typed number, no straight apostrophe, no long sentence in a docstring that is shown."""
    found = checking.of_source(english, NO_PROJECT)
    own = [f for f in found if f.context.startswith("methodology.")]
    # Allowed in locale.toml, as in the dashboard: the word of a gauge.
    assert [f.told() for f in own if "“very”" not in f.fault.what.lower()] == []


@pytest.fixture
def own_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the code that may be changed."""
    folder = tmp_path / "reportgen"
    for stage in ("analysis", "model", "review", "sections", "store"):
        shutil.copytree(resources.PACKAGE / stage, folder / stage, ignore=_not_python)
    monkeypatch.setattr(resources, "PACKAGE", folder)
    return folder


def _not_python(folder: str, names: list[str]) -> list[str]:
    return [n for n in names if not (n.endswith(".py") or Path(folder, n).is_dir())]


CONTEXT = "methodology.gauges.reserves_reading"


def test_a_changed_docstring_stops_its_translation(
    tmp_path: Path, chinese: Locale, own_package: Path
) -> None:
    project = tmp_path / "project"
    path = project / "locales" / "zh_Hans" / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    translated(chinese, path)
    assert not any(f.context == CONTEXT for f in checking.check(chinese, project))
    gauges = own_package / "analysis" / "gauges.py"
    source = gauges.read_text(encoding="utf-8")
    changed = source.replace("ranked as a share of marketable debt", "ranked against debt")
    assert changed != source
    gauges.write_text(changed, encoding="utf-8")
    (finding,) = [f for f in checking.check(chinese, project) if f.context == CONTEXT]
    assert finding.fault.rule is CHANGED
    assert "it is now “Reserves in US dollars, ranked against debt," in finding.fault.what
    step = updating.updated(po_file.read(path), list(source_messages(project)), {})
    (entry,) = [e for e in step.po.entries if e.context == CONTEXT]
    assert entry.fuzzy
    assert entry.previous is not None
    assert "marketable debt" in entry.previous


def translated(language: Locale, path: Path) -> None:
    """The shipped file in step with the code, with a translation of one docstring."""
    shipped = po_file.read(checking.file_of(language, NO_PROJECT))
    step = updating.updated(shipped, list(source_messages(NO_PROJECT)), {})
    said = "准备金以美元计，按其与可流通国债之比排序，与公允价值模型一致。"
    entries = tuple(
        replace(e, translation=said, fuzzy=False) if e.context == CONTEXT else e
        for e in step.po.entries
    )
    path.write_text(updating.text(replace(step.po, entries=entries), language), encoding="utf-8")


MODULE = '''"""What `<` opens, in ``some_code``; InputError for none.

A level is low below ``LOW``.

``level`` is for developers.

This too, as it comes after.
"""

LOW = 0.25
"""It is low
below ``LOW``."""
HIGH = 0.75


class Level:
    """A level."""

    @property
    def word(self) -> str:
        """The level in a word."""


RULES = (
    Rule("a.one", Level.ERROR, f"No more than {MOST} and {HISTORY.days} days.", find),
    Rule("a.two", Level.WARNING, "Another " "sentence.", find),
)
'''


def test_what_is_shown_of_a_docstring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "stage").mkdir()
    (tmp_path / "stage" / "levels.py").write_text(MODULE, encoding="utf-8")
    monkeypatch.setattr(resources, "PACKAGE", tmp_path)
    shown = {
        name: [
            (t.context, t.english) for t in docstrings.docstring(name, "site/x.html.j2").paragraphs
        ]
        for name in ("stage.levels", "stage.levels.LOW", "stage.levels.Level.word")
    }
    assert shown == {
        "stage.levels": [
            (
                "x.levels",
                'What `&lt;` opens, in <code class="id">some_code</code>; InputError for none.',
            ),
            ("x.levels.p2", "A level is low below %(LOW)s."),
        ],
        "stage.levels.LOW": [("x.levels.low", "It is low below %(LOW)s.")],
        "stage.levels.Level.word": [("x.levels.level.word", "The level in a word.")],
    }
    assert [
        (rule.id, rule.error, rule.text.context, rule.text.english)
        for rule in docstrings.rules("stage.levels.RULES", "site/x.html.j2")
    ] == [
        ("a.one", True, "x.rule.a.one", "No more than %(MOST)s and %(HISTORY)s days."),
        ("a.two", False, "x.rule.a.two", "Another sentence."),
    ]
    for name in ("stage.levels.HIGH", "stage.levels.Level.words", "stage.level"):
        with pytest.raises(RenderError) as caught:
            docstrings.docstring(name, "site/x.html.j2")
        assert caught.value.where == "templates/site/x.html.j2"
        assert f"shows reportgen.{name}, which " in caught.value.what
    with pytest.raises(RenderError, match="lists no rules"):
        docstrings.rules("stage.levels.LOW", "site/x.html.j2")


def test_messages_stand_where_the_template_shows_them(tmp_path: Path) -> None:
    """So that a translator reads them in the order of the page."""
    path = tmp_path / "templates" / "site" / "methodology.html.j2"
    path.parent.mkdir(parents=True)
    path.write_text(
        '{% trans "methodology.a" %}A{% endtrans %}\n'
        '{{ docstring("analysis.gauges.ON_RRP_SINCE") }}\n'
        '{% trans "methodology.b" %}B{% endtrans %}\n',
        encoding="utf-8",
    )
    found = [m for m in source_messages(tmp_path) if m.context.startswith("methodology.")]
    assert [(m.context, m.line) for m in found] == [
        ("methodology.a", 1),
        ("methodology.gauges.on_rrp_since", 2),
        ("methodology.b", 3),
    ]


def test_a_constant_that_is_none() -> None:
    with pytest.raises(RenderError) as caught:
        methodology.constant("analysis.gauges", "VERY_VERY_LOW", AS_OF)
    assert caught.value.where == "reportgen.analysis.gauges"
    assert "``VERY_VERY_LOW``" in caught.value.what


def test_translators_have_samples() -> None:
    """What each message is filled with, as the page prints it."""
    own = templates("en")
    methodology.say(own, NO_PROJECT)
    filled = own.messages.filled
    used = filled["methodology.standing_repo.used_usd"]["USED_USD"]
    assert used.striptags() == "$1 billion"
    shown = {m.context for m in source_messages(NO_PROJECT) if "%(" in m.text}
    assert {c for c in shown if c.startswith("methodology.")} <= set(filled)
