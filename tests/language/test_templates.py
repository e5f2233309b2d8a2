"""Templates: strict about names, and one message with file and line when something is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from reportgen.errors import CheckError, RenderError, ReportgenError
from reportgen.language import locale
from reportgen.language.catalogue import Catalogue
from reportgen.language.locale import Locale
from reportgen.language.printer import Printer
from reportgen.language.templates import Templates
from reportgen.model import Unit
from tests.conftest import NO_PROJECT
from tests.language.quantities import AS_OF, figure

TOLD = figure("26000000000", Unit.USD, "1E8", "srf.told")


def written(project: Path, language: Locale, **texts: str) -> Templates:
    """The templates of a project that has these, ``__`` standing for a folder."""
    for name, text in texts.items():
        path = project / "templates" / f"{name.replace('__', '/')}.j2"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Templates(project, Catalogue(None, draft=False), Printer(language, AS_OF))


def fault_of(project: Path, language: Locale, name: str, text: str) -> ReportgenError:
    """What is said of a template, whether it is taken as a module or rendered."""
    templates = written(project, language, **{name: text})
    file, values = f"{name.replace('__', '/')}.j2", {"told": TOLD, "nothing": None, "text": "x"}
    with pytest.raises(RenderError) as rendered:
        templates.render(file, values)
    with pytest.raises(RenderError) as taken:
        templates.module(file, values)
    assert str(rendered.value) == str(taken.value)
    return rendered.value


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("a\nb\n{{ unknown }}", "UndefinedError: 'unknown' is undefined"),
        ("a\nb\n{% if unknown %}x{% endif %}", "UndefinedError: 'unknown' is undefined"),
        ("a\nb\n{{ told.amount }}", "has no attribute 'amount'"),
        ("a\nb\n{{ unknown|figure }}", "UndefinedError: 'unknown' is undefined"),
        ("a\nb\n{{ nothing|figure }}", "AttributeError: 'NoneType' object has no attribute"),
        ("a\nb\n{{ text|day }}", "AttributeError: 'str' object has no attribute"),
        ("a\nb\n{{ text + 1 }}", "TypeError: "),
        ("a\nb\n{{ 1 / 0 }}", "ZeroDivisionError: "),
        ("a\nb\n{% if %}", "TemplateSyntaxError: Expected an expression"),
        ("a\nb\n{{ told|figur }}", "No filter named 'figur'"),
        ("a\nb\n{% block %}", "TemplateSyntaxError: "),
    ],
)
@pytest.mark.parametrize("name", ["test.html", "sections__test.html"])
def test_file_and_line(tmp_path: Path, english: Locale, name: str, text: str, what: str) -> None:
    fault = fault_of(tmp_path, english, name, text)
    assert fault.where == f"templates/{name.replace('__', '/')}.j2, line 3"
    assert what in fault.what
    assert fault.remedy


def test_the_innermost_template_is_named(tmp_path: Path, english: Locale) -> None:
    written(tmp_path, english, parts__inner="\n{{ unknown }}")
    fault = fault_of(tmp_path, english, "outer", "\n\n\n{% include 'parts/inner.j2' %}")
    assert fault.where == "templates/parts/inner.j2, line 2"


def test_a_missing_template(tmp_path: Path, english: Locale) -> None:
    templates = written(tmp_path, english)
    for missing in (lambda: templates.render("no.j2", {}), lambda: templates.module("no.j2", {})):
        with pytest.raises(RenderError) as caught:
            missing()
        assert caught.value.where == "templates/no.j2"
        assert caught.value.what == "there is no such template"
        assert caught.value.remedy
    fault = fault_of(tmp_path, english, "outer", "{% include 'parts/no.j2' %}")
    assert fault.where == "templates/parts/no.j2"


def test_a_template_that_is_no_text(tmp_path: Path, english: Locale) -> None:
    templates = written(tmp_path, english, test="")
    (tmp_path / "templates" / "test.j2").write_bytes("数".encode("gbk"))
    with pytest.raises(RenderError) as caught:
        templates.module("test.j2", {})
    assert caught.value.where == "templates/test.j2"


def test_a_missing_macro(tmp_path: Path, english: Locale) -> None:
    templates = written(tmp_path, english, test="{% macro heading() %}x{% endmacro %}")
    module = templates.module("test.j2", {})
    assert templates.call(module, "heading") == "x"
    with pytest.raises(RenderError) as caught:
        templates.call(module, "body")
    assert caught.value.where == "templates/test.j2"
    assert caught.value.what == "has no macro body()"


@pytest.mark.parametrize(
    ("expression", "what"),
    [
        ("told.amount", "has no attribute 'amount'"),
        ("nothing|figure", "AttributeError: 'NoneType' object has no attribute"),
        ("unknown", "UndefinedError: 'unknown' is undefined"),
    ],
)
def test_a_macro_that_fails(tmp_path: Path, english: Locale, expression: str, what: str) -> None:
    text = "{% macro body() %}\nx\n{{ " + expression + " }}\n{% endmacro %}"
    templates = written(tmp_path, english, sections__test=text)
    module = templates.module("sections/test.j2", {"told": TOLD, "nothing": None})
    with pytest.raises(RenderError) as caught:
        templates.call(module, "body")
    assert caught.value.where == "templates/sections/test.j2, line 3"
    assert what in caught.value.what


def test_two_figures_of_one_name_are_a_fault_of_the_template(
    tmp_path: Path, english: Locale
) -> None:
    templates = written(tmp_path, english, test="\n{{ one|figure }}{{ other|figure }}")
    other = figure("10000000000", Unit.USD, "1E8", "srf.told")
    with pytest.raises(RenderError, match=r"test\.j2, line 2: .*two figures are called srf\.told"):
        templates.render("test.j2", {"one": TOLD, "other": other})


def test_our_own_errors_pass_as_they_are(tmp_path: Path) -> None:
    text = '{% trans "a.b" %}Not translated{% endtrans %}'
    path = tmp_path / "templates" / "test.j2"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    printer = Printer(locale.load("zh-Hans", NO_PROJECT), AS_OF)
    templates = Templates(tmp_path, Catalogue({}, draft=False), printer)
    with pytest.raises(CheckError, match=r"'a\.b' is not translated"):
        templates.render("test.j2", {})


def test_a_template_of_the_project_overrides_the_shipped_one(
    tmp_path: Path, english: Locale
) -> None:
    shipped = Templates(NO_PROJECT, Catalogue(None, draft=False), Printer(english, AS_OF))
    assert vars(shipped.module("furniture.j2", {}))["title"] == "Dollar Liquidity Weekly"
    own = written(tmp_path, english, furniture="{% set title %}Our weekly{% endset %}")
    assert vars(own.module("furniture.j2", {}))["title"] == "Our weekly"
    assert vars(own.module("series.j2", {}))["sofr"] == "Secured Overnight Financing Rate (SOFR)"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("{{ text }}", "&lt;b&gt; &amp; &#34;c&#34;"),
        ("{{ day|day }}", '<time datetime="2025-10-31">October\xa031</time>'),
        ('{% trans "a.b" day=day|day, text=text %}On {{ day }}: {{ text }}{% endtrans %}',
         'On <time datetime="2025-10-31">October\xa031</time>: &lt;b&gt; &amp; &#34;c&#34;'),
    ],
)  # fmt: skip
def test_values_are_escaped_and_printed_ones_are_not(
    tmp_path: Path, english: Locale, text: str, printed: str
) -> None:
    values: dict[str, Any] = {"text": '<b> & "c"', "day": date(2025, 10, 31), "told": TOLD}
    assert written(tmp_path, english, test=text).render("test.j2", values) == printed
