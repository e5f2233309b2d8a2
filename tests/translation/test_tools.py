"""The round trip with the tools of translators: gettext, translate-toolkit, XLIFF."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reportgen.errors import CheckError, InputError
from reportgen.language import po_file
from reportgen.language.locale import Locale
from reportgen.language.po_file import PoFile
from reportgen.translation import updating, xliff
from tests.translation.files import SHIPPED, TEXT, entry, path_in, project_with, run

# Checks of pofilter that hold for any language; the others compare English with European languages:
# capitals, sentence ends, brackets of the same shape, the numbers in a name such as H.4.1.
POFILTER = (
    "blank", "compendiumconflicts", "credits", "doublespacing", "emails", "endwhitespace",
    "escapes", "filepaths", "functions", "isfuzzy", "newlines", "nplurals", "options", "printf",
    "pythonbraceformat", "startwhitespace", "tabs", "untranslated", "urls", "variables", "xmltags",
)  # fmt: skip

# A file in which everything occurs that a file can have.
CHANGED = TEXT.replace(
    entry("tools.dates.caption"),
    '# Ask the desk.\n#, fuzzy\n#| msgid "Dates to come"\n' + entry("tools.dates.caption"),
)
UNSURE = CHANGED.replace(
    entry("tools.dates.year_end"), "#, fuzzy\n" + entry("tools.dates.year_end")
)
EVERYTHING = (
    UNSURE.replace('msgid "Quarter-end"\nmsgstr "季末"', 'msgid "Quarter-end"\nmsgstr ""')
    + '\n#~ msgctxt "tools.dates.gone"\n#~ msgid "Gone"\n#~ msgstr "不再使用"\n'
)


def parsed(text: str) -> PoFile:
    return po_file.parse(text.encode(), Path("messages.po"))


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="Debian's gettext is not installed")
@pytest.mark.parametrize("text", [TEXT, EVERYTHING], ids=["shipped", "everything"])
def test_gettext_takes_it(tmp_path: Path, text: str) -> None:
    path = tmp_path / "messages.po"
    path.write_text(text, encoding="utf-8")
    ended = subprocess.run(
        ["msgfmt", "--check", "-o", str(tmp_path / "out.mo"), str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    warnings = [line for line in ended.stderr.splitlines() if "missing in header" not in line]
    assert warnings == [], "only dates and names are missing"


def test_pofilter_finds_nothing(tmp_path: Path) -> None:
    tests = [f"--test={name}" for name in POFILTER]
    subprocess.run(
        [
            sys.executable, "-m", "translate.filters.pofilter", "--progress=none", *tests,
            str(SHIPPED), str(tmp_path / "found.po"),
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
    found = tmp_path / "found.po"
    assert not found.exists() or "(pofilter)" not in found.read_text(encoding="utf-8")


def test_pofilter_would_find_a_lost_placeholder(tmp_path: Path) -> None:
    damaged = tmp_path / "messages.po"
    damaged.write_text(TEXT.replace("资料来源：%(publishers)s", "资料来源"), encoding="utf-8")
    subprocess.run(
        [
            sys.executable, "-m", "translate.filters.pofilter", "--progress=none", "--test=printf",
            str(damaged), str(tmp_path / "found.po"),
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
    assert "(pofilter) printf" in (tmp_path / "found.po").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", [TEXT, EVERYTHING], ids=["shipped", "everything"])
def test_out_and_back_is_the_same_file(chinese: Locale, text: str) -> None:
    """Also into a file that has lost every translation, mark and comment."""
    assert updating.text(parsed(text), chinese) == text
    handed = xliff.exported(parsed(text), chinese)
    assert xliff.exported(parsed(text), chinese) == handed
    bare = parsed(text)
    emptied = PoFile(
        bare.path,
        bare.header,
        tuple(po_file.Entry(e.context, e.text, notes=e.notes, line=e.line) for e in bare.entries),
        bare.obsolete,
    )
    for po in (bare, emptied):
        back = xliff.imported(handed, po, chinese, "x.xlf")
        assert updating.text(back, chinese) == text


def test_a_tool_sees_contexts_comments_placeholders_and_states(chinese: Locale) -> None:
    from translate.storage import xliff as toolkit

    po = parsed(EVERYTHING)
    store = toolkit.xlifffile.parsestring(xliff.exported(po, chinese))
    assert (store.getsourcelanguage(), store.gettargetlanguage()) == ("en", "zh-Hans")
    units = {unit.xmlelement.get("id"): unit for unit in store.units}
    assert list(units) == [e.context for e in po.entries]
    usage = units["srf.usage.high"]
    assert '{told}: "$26 billion" / 260亿美元' in usage.getnotes("developer")
    inline = usage.xmlelement.findall(f"{{{store.namespace}}}source/{{{store.namespace}}}ph")
    assert [ph.text for ph in inline][:2] == ["%(told)s", "%(day)s"]
    states = {
        name: units[f"tools.dates.{name}"].xmlelement.find(f"{{{store.namespace}}}target")
        for name in ("caption", "year_end", "quarter_end", "month_end")
    }
    assert states["caption"].get("state") == "needs-adaptation"
    assert states["year_end"].get("state") == "needs-review-translation"
    assert states["quarter_end"] is None
    assert states["month_end"].get("state") == "translated"
    assert units["tools.dates.caption"].getnotes("translator") == "Ask the desk."
    assert units["tools.dates.caption"].getalttrans()[0].source == "Dates to come"


def handed_out(tmp_path: Path, text: str = EVERYTHING) -> tuple[Path, Path]:
    project = project_with(tmp_path, text)
    file = tmp_path / "out.xlf"
    result = run(project, "export", "--lang", "zh-Hans", str(file))
    assert result.output == f"{file}: {len(parsed(text).entries)} messages\n"
    return project, file


def test_a_translation_made_in_the_tool_lands(tmp_path: Path) -> None:
    """One that was missing, and one that had changed, made as tools make them."""
    from translate.storage import xliff as toolkit

    project, file = handed_out(tmp_path)
    store = toolkit.xlifffile.parsefile(str(file))
    for unit in store.units:
        if unit.xmlelement.get("id") == "tools.dates.quarter_end":
            unit.target = "季度末"
        if unit.xmlelement.get("id") == "tools.dates.caption":
            unit.target = "后续日期"
            unit.set_state_n(unit.S_TRANSLATED)
    store.save()
    result = run(project, "import", "--lang", "zh-Hans", str(file))
    assert result.output == f"{path_in(project)}: 2 messages changed\n"
    text = path_in(project).read_text(encoding="utf-8")
    assert 'msgid "Quarter-end"\nmsgstr "季度末"' in text
    assert '# Ask the desk.\nmsgctxt "tools.dates.caption"\n' in text
    assert 'msgid "Dates ahead"\nmsgstr "后续日期"' in text


DAMAGE = {
    "cut short": (lambda text: text[: len(text) // 2], "is no XLIFF 1.2"),
    "empty": (lambda _: "", "is no XLIFF 1.2"),
    "no XLIFF": (lambda _: "<html><body/></html>", "is "),
    "another language": (
        lambda text: text.replace('target-language="zh-Hans"', 'target-language="ja"'),
        "is a translation to ja, not to zh-Hans",
    ),
    "a unit taken out": (
        lambda text: text.replace('id="tools.dates.caption"', 'id="tools.dates.captoin"'),
        "tools.dates.caption: is missing",
    ),
    "a unit twice": (
        lambda text: text.replace('id="tools.dates.caption"', 'id="tools.dates.year_end"'),
        "tools.dates.year_end stands there twice",
    ),
    "other English": (
        lambda text: text.replace("<source>Dates ahead<", "<source>Dates to come<"),
        "tools.dates.caption: its English is not that of messages.po",
    ),
    "an older version": (
        lambda text: text.replace('version="1.2"', 'version="2.0"', 1),
        "is no XLIFF 1.2",
    ),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_xliff_is_refused_whole(tmp_path: Path, damage: str) -> None:
    project, file = handed_out(tmp_path)
    damaging, what = DAMAGE[damage]
    text = file.read_text(encoding="utf-8").replace(">年末<", ">年底<")
    file.write_text(damaging(text), encoding="utf-8")
    result = run(project, "import", "--lang", "zh-Hans", str(file))
    assert isinstance(result.exception, InputError)
    assert what in result.exception.what
    assert result.exception.where == str(file)
    assert path_in(project).read_text(encoding="utf-8") == EVERYTHING


def test_a_placeholder_lost_in_the_tool(tmp_path: Path) -> None:
    project, file = handed_out(tmp_path, TEXT)
    text = file.read_text(encoding="utf-8")
    target = text.index("<target", text.index('id="furniture.source"'))
    start, end = text.index("<ph", target), text.index("</ph>", target) + 5
    file.write_text(text[:start] + text[end:], encoding="utf-8")
    result = run(project, "import", "--lang", "zh-Hans", str(file))
    assert isinstance(result.exception, CheckError)
    assert "furniture.source: %(publishers)s is lost → put it where" in result.exception.what
    assert path_in(project).read_text(encoding="utf-8") == TEXT


def test_without_the_extra_the_remedy_is_told(
    monkeypatch: pytest.MonkeyPatch, chinese: Locale
) -> None:
    monkeypatch.setitem(sys.modules, "translate.storage", None)
    with pytest.raises(InputError) as caught:
        xliff.exported(parsed(TEXT), chinese)
    assert "reportgen[xliff]" in caught.value.remedy
