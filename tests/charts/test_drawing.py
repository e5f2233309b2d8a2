"""Drawing: the same bytes every time, texts from the templates only, fonts or an error."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from matplotlib import font_manager
from matplotlib.font_manager import FontPath

from reportgen import design
from reportgen.charts import axes, draw, drawn, style, svg
from reportgen.charts.drawn import (
    ChartTexts,
    draw_chart,
    draw_section,
    labels_of,
    plain_text,
)
from reportgen.errors import CheckError, RenderError
from reportgen.language.catalogue import Catalogue
from reportgen.language.locale import Locale
from reportgen.language.printer import Printer
from reportgen.language.templates import Templates
from reportgen.model import Section
from reportgen.model.chart import (
    UNNAMED,
    Bar,
    BarChart,
    ChartSpec,
    DailyBarChart,
    GroupedBarChart,
    Line,
    Mark,
    Scale,
    TimeChart,
    Tone,
)
from tests.conftest import NO_PROJECT, brief_as_of

DAY = date(2025, 12, 2)
DESIGN = design.load(NO_PROJECT)
WEEKS = tuple(DAY - timedelta(weeks=back) for back in range(60, -1, -1))
WAVE = tuple(3 + (week % 7) / 10 for week in range(61))

BRIDGE = BarChart(
    "bill_bridge", Scale.BILLION_USD, ("sofr",),
    (Bar("up", 870e9, Tone.UP), Bar("down", -480e9, Tone.DOWN), Bar("left", 390e9, Tone.TOTAL)),
    bridge=True,
)  # fmt: skip
KINDS: dict[str, ChartSpec] = {
    "lines": TimeChart(
        "lines", Scale.TRILLION_USD, ("sofr",),
        (Line("one", Tone.RESERVES, WEEKS, WAVE), Line("two", Tone.TGA, WEEKS, WAVE[::-1])),
        marks=(Mark("event", DAY - timedelta(days=200)),),
    ),
    "stack": TimeChart(
        "stack", Scale.TRILLION_USD, ("sofr",),
        (Line("one", Tone.RESERVES, WEEKS, WAVE), Line("two", Tone.TGA, WEEKS, WAVE)),
        stacked=True,
    ),
    "band": TimeChart(
        "band", Scale.PERCENT, ("sofr",), (Line("one", Tone.STRESS, WEEKS, WAVE),),
        band=(
            Line("low", Tone.BAND, WEEKS, tuple(v - 1 for v in WAVE), step=True),
            Line("high", Tone.BAND, WEEKS, tuple(v + 1 for v in WAVE), step=True),
        ),
        zero_line=True,
    ),
    "daily": DailyBarChart(
        "daily", Scale.BILLION_USD, ("sofr",), Line("use", Tone.STRESS, WEEKS, WAVE),
        marks=(Mark("record", WEEKS[20], WAVE[20]), Mark("told", DAY, WAVE[-1])),
    ),
    "bridge": BRIDGE,
    "groups": GroupedBarChart(
        "groups", Scale.BILLION_USD, ("sofr",), (2023, 2024, 2025),
        (("one", Tone.TREASURIES, (1.0, -2.0, None)), ("two", Tone.BILLS, (3.0, None, 2.0))),
        partial_year=True,
    ),
}  # fmt: skip


def texts_of(spec: ChartSpec) -> dict[str, str]:
    return {key: f"{key.title()}文" for key in labels_of(spec)}


@pytest.mark.parametrize("kind", KINDS)
def test_drawn_twice_the_bytes_are_equal(kind: str, language: Locale) -> None:
    spec = KINDS[kind]
    first, second = (draw.draw(spec, texts_of(spec), language, DESIGN).image for _ in range(2))
    assert first == second
    assert b"<path" in first


@pytest.mark.parametrize("kind", KINDS)
def test_every_label_is_drawn(kind: str, english: Locale) -> None:
    spec = KINDS[kind]
    texts = texts_of(spec)
    finished = svg.finish(
        draw.draw(spec, texts, english, DESIGN).image, "x", "t", "d", "en", DESIGN
    )
    shown = {text for text, _ in svg.texts_of(finished)}
    hidden = {"low", "high", "use"}  # a band and bars explain themselves in the subtitle
    assert {text for key, text in texts.items() if key not in hidden} <= shown


def test_the_values_of_a_bridge(english: Locale, chinese: Locale) -> None:
    for language, values in (
        (english, ["870", "−480", "390"]),
        (chinese, ["8,700", "−4,800", "3,900"]),
    ):
        finished = svg.finish(
            draw.draw(BRIDGE, texts_of(BRIDGE), language, DESIGN).image, "x", "t", "d", "en", DESIGN
        )
        shown = [text for text, on_scale in svg.texts_of(finished) if on_scale]
        assert [text for text in shown if text in values] == values


def test_other_values_are_another_drawing(english: Locale) -> None:
    changed = replace(BRIDGE, bars=(*BRIDGE.bars[:2], Bar("left", 400e9, Tone.TOTAL)))
    one, other = (
        draw.draw(spec, texts_of(BRIDGE), english, DESIGN).image for spec in (BRIDGE, changed)
    )
    assert one != other


def test_a_chart_may_have_a_single_day(english: Locale) -> None:
    spec = TimeChart("x", Scale.PERCENT, ("sofr",), (Line("one", Tone.STRESS, (DAY,), (4.0,)),))
    assert b"One" in draw.draw(spec, {"one": "One"}, english, DESIGN).image


@pytest.mark.parametrize(
    ("label", "in_english", "in_chinese"),
    [
        ("Notes, bonds, TIPS, FRNs", "Notes, bonds,\nTIPS, FRNs", None),
        ("Currency", "Currency", "Currency"),
        ("准备金", None, "准备金"),
        ("其他及周均值与周三时点值之差", None, "其他及周均值与\n周三时点值之差"),
        ("机构债与MBS", None, "机构债与MBS"),
        ("隔夜逆回购与SOFR之间的利差", None, "隔夜逆回购与\nSOFR之间的利差"),
        ("财政部一般账户（TGA）余额", None, "财政部一般账户\n（TGA）余额"),
        ("财政部账户每日余额（右）", None, "财政部账户每\n日余额（右）"),
    ],
)
def test_labels_wrap(
    english: Locale, chinese: Locale, label: str, in_english: str | None, in_chinese: str | None
) -> None:
    """At spaces or between characters, in even lines; words and brackets stay whole."""
    if in_english:
        assert axes.wrapped(label, english) == in_english
    if in_chinese:
        assert axes.wrapped(label, chinese) == in_chinese


def test_plain_text_of_marked_up_text() -> None:
    from markupsafe import Markup

    marked = Markup('\n<time datetime="x">Oct\xa031</time>: <b>R&amp;D</b> &lt;5 \n')
    assert plain_text(marked) == "Oct\xa031: R&D <5"


def test_a_missing_font(english: Locale) -> None:
    other = english.fonts.model_copy(update={"sans": "No Such Family"})
    with pytest.raises(RenderError) as caught:
        draw.draw(BRIDGE, texts_of(BRIDGE), english.model_copy(update={"fonts": other}), DESIGN)
    assert caught.value.what == "the font 'No Such Family' is not installed"
    assert "fonts-noto-cjk" in caught.value.remedy


def test_a_damaged_font(english: Locale, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "font.ttc"
    path.write_bytes(b"no font")
    monkeypatch.setattr(font_manager, "findfont", lambda *_, **__: FontPath(str(path), 0))
    with pytest.raises(RenderError) as caught:
        draw.draw(BRIDGE, texts_of(BRIDGE), english, DESIGN)
    assert caught.value.where == str(path)
    assert caught.value.what.startswith("the font file is damaged")


def test_nothing_is_changed_for_other_users_of_matplotlib(english: Locale) -> None:
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    draw.draw(BRIDGE, texts_of(BRIDGE), english, DESIGN)
    assert dict(mpl.rcParams) == before


TEMPLATE = """
{% set bill_bridge__title %}A title{% endset %}
{% set bill_bridge__subtitle %}A subtitle{% endset %}
{% set bill_bridge__alt %}A description{% endset %}
{% set bill_bridge__up %}Issued{% endset %}
{% set bill_bridge__down %}
  Bought
  back{% endset %}
{% set bill_bridge__left %}Left &amp; over{% endset %}
"""
SECTION = Section("supply", None, (BRIDGE,))


def templates(project: Path, language: Locale, text: str = TEMPLATE) -> Templates:
    path = project / "templates" / "sections" / "supply.charts.j2"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return Templates(project, Catalogue(None, draft=False), Printer(language, DAY))


def test_texts_come_from_the_template_of_the_section(tmp_path: Path, english: Locale) -> None:
    made = draw_section(SECTION, templates(tmp_path, english), {}, DESIGN)["bill_bridge"]
    assert (made.title, made.subtitle, made.alt) == ("A title", "A subtitle", "A description")
    assert made.labels == ("Issued", "Bought back", "Left &amp; over")
    drawn_texts = {text for text, on_scale in svg.texts_of(made.svg)}
    assert {"Issued", "Bought back", "Left & over"} <= drawn_texts
    assert made.csv.decode("utf-8-sig").splitlines()[3] == "Left & over,390"
    assert (made.series, made.wide) == (("sofr",), False)


@pytest.mark.parametrize("part", ["title", "subtitle", "alt", "up", "left"])
def test_a_text_that_the_template_lacks(tmp_path: Path, english: Locale, part: str) -> None:
    lines = [line for line in TEMPLATE.splitlines() if f"bill_bridge__{part} " not in line]
    assert len(lines) == len(TEMPLATE.splitlines()) - 1
    with pytest.raises(RenderError) as caught:
        draw_section(SECTION, templates(tmp_path, english, "\n".join(lines)), {}, DESIGN)
    assert caught.value.where == "templates/sections/supply.charts.j2"
    assert caught.value.what == f"does not set bill_bridge__{part}"


def test_a_text_from_elsewhere_is_refused(
    tmp_path: Path, english: Locale, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a chart says, a translator has seen."""
    original = style.fit

    def with_a_word(figure: object, axes: object, *edge: float) -> None:
        axes.text(0.5, 0.5, "Record!")  # type: ignore[attr-defined]
        original(figure, axes)  # type: ignore[arg-type]

    monkeypatch.setattr(style, "fit", with_a_word)
    with pytest.raises(CheckError) as caught:
        draw_section(SECTION, templates(tmp_path, english), {}, DESIGN)
    assert caught.value.what == "draws 'Record!', which no template says"
    assert caught.value.where == "chart bill_bridge"


def test_a_line_that_the_title_names_has_no_label(tmp_path: Path, english: Locale) -> None:
    """It stands as the value in file and table, and is asked for in no template."""
    line = Line(UNNAMED, Tone.RESERVES, WEEKS, WAVE)
    spec = TimeChart("alone", Scale.PERCENT, ("sofr",), (line,))
    assert labels_of(spec) == []
    named = templates(tmp_path, english, TEMPLATE.replace("bill_bridge__", "chart__"))
    name = "sections/supply.charts.j2"
    texts = ChartTexts(named.module(name, {}), name, "chart")
    made = draw_chart(spec, texts, english, DESIGN)
    assert (made.title, made.labels) == ("A title", ())
    assert all(on_scale for _, on_scale in svg.texts_of(made.svg))
    assert made.csv.decode("utf-8-sig").splitlines()[0] == "date,value"
    assert made.table is not None
    assert made.table.heads == ("",)


def test_a_section_without_charts(tmp_path: Path, english: Locale) -> None:
    empty = Templates(tmp_path, Catalogue(None, draft=False), Printer(english, DAY))
    assert draw_section(Section("tools", None, ()), empty, {}, DESIGN) == {}


def test_every_chart_of_the_brief_has_a_kind_that_is_tested_here() -> None:
    kinds = {type(spec) for section in brief_as_of(DAY).sections for spec in section.charts}
    assert kinds == {type(spec) for spec in KINDS.values()}
    assert drawn.DrawnChart.__dataclass_params__.frozen  # type: ignore[attr-defined]
