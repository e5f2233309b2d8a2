"""The typographic pass: gaps between Han and Latin, squeezed marks, and nothing else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.language import locale
from reportgen.language.locale import Locale
from reportgen.language.typography import typeset
from tests.conftest import NO_PROJECT

CHINESE = locale.load("zh-Hans", NO_PROJECT)
ENGLISH = locale.load("en", NO_PROJECT)

GAPS = [
    # between Han and Latin or digits
    ("机构MBS则逐步流向市场", "机构 MBS 则逐步流向市场"),
    ("报4.00%的", "报 4.00% 的"),
    ("约$5", "约 $5"),
    ("跌−5", "跌 −5"),
    ("涨+5", "涨 +5"),
    ("美元", "美元"),
    ("SOFR and TGCR", "SOFR and TGCR"),
    # where there is a space already, no second one
    ("机构 MBS 则", "机构 MBS 则"),
    # none beside full-width marks
    ("便利（SRF）的", "便利（SRF）的"),
    ("“SOFR”，", '“SOFR<span class="squeeze">”</span>，'),
    # across tags
    ("由<em>SOFR</em>看", "由<em> SOFR</em> 看"),
    ("<p>SOFR</p><p>看</p>", "<p>SOFR</p><p>看</p>"),
    ("<td>为</td><td>5</td>", "<td>为</td><td>5</td>"),
    ("由<br>SOFR", "由<br>SOFR"),
    # around figures and dates, before the tags that open them, and never inside
    ("于<time>12月1日</time>结束", "于 <time>12月1日</time>结束"),
    ("为<data><a>260亿美元</a></data>，", "为 <data><a>260亿美元</a></data>，"),
    ("为<strong><data><a>5</a></data></strong>", "为 <strong><data><a>5</a></data></strong>"),
    ("报<data>4.00%</data>的", "报 <data>4.00%</data> 的"),
    ("<time>12月1日</time>SOFR报", "<time>12月1日</time> SOFR 报"),
    ("<time>6月</time>以来<data>第二高</data>", "<time>6月</time>以来<data>第二高</data>"),
    ("于 <time>12月1日</time>", "于 <time>12月1日</time>"),
    # a figure after a Latin word
    ("高出IORB<data>22个基点</data>", "高出 IORB <data>22个基点</data>"),
    ("高出IORB<data>第二高</data>", "高出 IORB <data>第二高</data>"),
    ("高出IORB <data>22个基点</data>", "高出 IORB <data>22个基点</data>"),
    # no space after a full-width mark
    ("宽松。 市场", "宽松。市场"),
    ("宽松。\n市场", "宽松。市场"),
    ("宽松， <data>5</data>", "宽松，<data>5</data>"),
    ("宽松。</em> 市场", "宽松。</em>市场"),
    ("（SRF） 的", "（SRF）的"),
    # the first of two adjacent marks is squeezed
    ("便利）。", '便利<span class="squeeze">）</span>。'),
    ("说：“好", '说<span class="squeeze">：</span>“好'),
    ("好）”。", '好<span class="squeeze">）</span><span class="squeeze">”</span>。'),
    ("好，坏。", "好，坏。"),
    ("（“好", "（“好"),
]  # fmt: skip


@pytest.mark.parametrize(("html", "expected"), GAPS)
def test_chinese(html: str, expected: str) -> None:
    assert typeset(html, CHINESE) == expected


@pytest.mark.parametrize(
    "html",
    [
        "<code>机构MBS） 。</code>",
        "<svg><text>机构MBS）。</text></svg>",
        "<style>p::before { content: '图MBS）。' }</style>",
        "<title>机构MBS）。</title>",
        "<script>const 图MBS = 5</script>",
        "<data>12月1日MBS</data>",
        "<time>2025年12月2日23:59</time>",
        '<a href="#图5" title="机构MBS">看</a>',
        "<!-- 机构MBS -->",
        "A&amp;B",
    ],
)
def test_what_is_left_alone(html: str) -> None:
    assert typeset(html, CHINESE) == html
    assert typeset(f"<p>看</p>{html}<p>看</p>", CHINESE) == f"<p>看</p>{html}<p>看</p>"


@pytest.mark.parametrize("html", [html for html, _ in GAPS])
def test_english_has_its_last_lines_seen_to_and_no_more(html: str) -> None:
    done = typeset(html, ENGLISH)
    assert done.replace("\N{NO-BREAK SPACE}", " ") == html.replace("\N{NO-BREAK SPACE}", " ")


def test_text_after_what_is_left_alone_is_set_again() -> None:
    assert typeset("<code>图5</code><p>图5", CHINESE) == "<code>图5</code><p>图 5"
    assert typeset("<svg><g><text>图5</text></g></svg>图5", CHINESE).endswith("</svg>图 5")


def test_the_language_of_the_page_decides(language: Locale) -> None:
    changed = typeset("机构MBS", language) != "机构MBS"
    assert changed == (language.tag == "zh-Hans")


WORDS = ["准备金", "的", "SOFR", "IORB", "4.00%", "$5", "−3", "5", "a", "，", "。", "）", "（",
         "“", "”", "：", " ", "\n", "&amp;", "·", "\xa0", "、"]  # fmt: skip
text = st.lists(st.sampled_from(WORDS), max_size=6).map("".join)
untouched = st.builds(
    "<{0}>{1}</{0}>".format, st.sampled_from(["code", "style", "title"]), text
) | st.builds("<svg><text>{}</text></svg>".format, text)
figures = st.builds(
    "<data><a href='#x'>{}</a></data>".format,
    st.sampled_from(["260亿美元", "22个基点", "第二高", "−5%", "4.00%"]),
) | st.builds("<time>{}</time>".format, st.sampled_from(["12月1日", "2025年", "2020年6月"]))
inline = st.recursive(
    text | figures | untouched,
    lambda inner: st.builds(
        "<{0}>{1}</{0}>".format,
        st.sampled_from(["em", "strong", "a", "span"]),
        st.lists(inner, max_size=3).map("".join),
    ),
    max_leaves=6,
)
pages = st.lists(
    st.builds(
        "<{0}>{1}</{0}>".format,
        st.sampled_from(["p", "td", "h2", "div"]),
        st.lists(inline, max_size=5).map("".join),
    ),
    max_size=4,
).map("".join)


def bare(html: str) -> str:
    """Without squeezed spans, and without spaces and newlines in the text."""
    plain = re.sub(r'<span class="squeeze">(.)</span>', r"\1", html)
    return "".join(
        part if part.startswith("<") else re.sub(r"[ \n]", "", part)
        for part in re.split(r"(<[^>]*>)", plain)
    )


def kept(html: str) -> list[str]:
    """The pieces that nothing may be put into."""
    found = re.finditer(r"<(code|style|title|svg|data|time)>.*?</\1>", html, re.DOTALL)
    return [piece[0] for piece in found]


def set_text(html: str) -> str:
    """The text that is typeset, without its tags."""
    return re.sub(r"<[^>]*>", "", re.sub(r"<(code|style|title|svg)>.*?</\1>", "", html, flags=re.S))


def test_a_gap_follows_text_that_begins_with_a_squeezed_mark() -> None:
    done = typeset("<p><em>，，准备金<data>260亿美元</data></em></p>", CHINESE)
    assert "准备金 <data>" in done


@settings(deadline=None, max_examples=60)
@given(pages)
def test_nothing_but_gaps_and_squeezes(html: str) -> None:
    done = typeset(html, CHINESE)
    assert bare(done) == bare(html)
    assert kept(done) == kept(html)


@settings(deadline=None, max_examples=60)
@given(pages)
def test_typesetting_twice_changes_nothing_more(html: str) -> None:
    once = typeset(html, CHINESE)
    assert typeset(once, CHINESE) == once


@settings(deadline=None, max_examples=60)
@given(pages)
def test_no_gap_is_doubled(html: str) -> None:
    """A gap is one space: never put beside a space that was there."""
    once = re.sub(r"[ \n]+", " ", html)
    assert set_text(typeset(once, CHINESE)).count("  ") <= set_text(once).count("  ")


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("<p>预计为300亿美元</p>", "<p>预计为 300亿美元</p>"),
        ("<p>预计为 12 月 1 日</p>", "<p>预计为 12月1日</p>"),
        ("<p>于2025年12月1日起</p>", "<p>于 2025年12月1日起</p>"),
        (
            "<p>利率\n上升，\n且 SRF\n使用</p>",
            '<p>利率上升，且 SRF\n<span class="keep">使用</span></p>',
        ),
        ("<data>20</data>个操作日", '<span class="keep"><data>20</data>个</span>操作日'),
    ],
)
def test_what_an_editor_types(chinese: Locale, given: str, wanted: str) -> None:
    assert typeset(given, chinese) == wanted


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (
            "<p>才能不让准备金继续下降。</p>",
            '<p>才能不让准备金继续<span class="keep">下降。</span></p>',
        ),
        ("<li>谈短期摩擦</li>", '<li>谈短期<span class="keep">摩擦</span></li>'),
        ("<h2>回购市场压力未消</h2>", '<h2>回购市场压力<span class="keep">未消</span></h2>'),
        ("<p><data>260亿美元</data>。</p>", "<p><data>260亿美元</data>。</p>"),
        ("<th>其他月末</th>", "<th>其他月末</th>"),
    ],
)
def test_no_character_stands_alone_on_a_last_line(chinese: Locale, given: str, wanted: str) -> None:
    assert typeset(given, chinese) == wanted


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("<p>a calendar effect so far.</p>", "<p>a calendar effect so\N{NO-BREAK SPACE}far.</p>"),
        ("<h1>still needed?</h1>", "<h1>still\N{NO-BREAK SPACE}needed?</h1>"),
        ("<p>for administrations.</p>", "<p>for administrations.</p>"),
        ("<p>on <time>May 1</time>.</p>", "<p>on <time>May 1</time>.</p>"),
        ("<th>Days used</th>", "<th>Days used</th>"),
    ],
)
def test_no_short_word_stands_alone_on_a_last_line(
    english: Locale, given: str, wanted: str
) -> None:
    assert typeset(given, english) == wanted
