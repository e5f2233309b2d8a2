"""The gate of traced figures: every number on a page has a fact behind it."""

from __future__ import annotations

import pytest

from reportgen.errors import CheckError
from reportgen.language.locale import Locale
from reportgen.model import Printed
from reportgen.render import trace
from reportgen.render.trace import Sighting

USAGE = "$26\xa0billion"

PRINTED = (
    Printed("srf", "srf.told", USAGE),
    Printed("srf", "srf.told", "260亿美元"),
    Printed("srf", "date:2025-12-01", "12月1日"),
    Printed("qt", "name:Goldman Sachs", "Goldman Sachs"),
    Printed("qt", "name:道明证券 TD", "道明证券 TD"),
)


def told(text: str, fact: str = "srf.told") -> str:
    return f'<data class="q" value="1" data-fact="{fact}"><a href="#x">{text}</a></data>'


def loose(html: str, locale: Locale, *registered: str) -> list[str]:
    """The numbers that nothing stands behind."""
    return [word for _, word, _ in trace.untraced(trace.read_page(html).texts, locale, registered)]


def test_what_was_printed_passes(english: Locale, chinese: Locale) -> None:
    html = f'<section id="srf"><p>On {told(USAGE)}.</p></section>'
    assert trace.check(html, english, PRINTED) == (Sighting("srf", "srf.told", USAGE),)
    html = (
        f'<section id="srf"><p>于 <time datetime="2025-12-01">12月1日</time>为{told("260亿美元")}，'
        '据<span class="who">Goldman Sachs</span></p></section>'
    )
    assert trace.check(html, chinese, PRINTED) == (
        Sighting("srf", "date:2025-12-01", "12月1日"),
        Sighting("srf", "srf.told", "260亿美元"),
        Sighting("srf", "name:Goldman Sachs", "Goldman Sachs"),
    )


def test_a_name_may_have_been_given_a_gap(chinese: Locale) -> None:
    for name in ("道明证券 TD", "道明证券TD"):
        seen = trace.check(f'<p><span class="who">{name}</span></p>', chinese, PRINTED)
        assert [sighting.text for sighting in seen] == [name]


TYPED = [
    ("<p>about 26 billion</p>", ["26", "billion"]),
    ("<p>2,500.5</p>", ["2,500.5"]),
    ("<p>the second use</p>", ["second"]),
    ("<p>Half of it, doubled, twice</p>", ["Half", "doubled", "twice"]),
    ("<p>thirty-two</p>", ["thirty", "two"]),
    ("<p>A dozen; thousands</p>", ["dozen", "thousands"]),
    ("<p>ZERO</p>", ["ZERO"]),
    ("<p>none, someone, seconds-long tone, often, weight</p>", []),
    ("<p>H.4.1 of the Board</p>", []),
    ("<h2>In 2025</h2>", ["2025"]),
    ("<td>5</td>", ["5"]),
    ("<p>&#50;&#54;</p>", ["26"]),
    ("<p>２６</p>", ["２６"]),
    ("<p>٣</p>", ["٣"]),
    # digits and words cut by tags
    ("<p>2<b>6</b></p>", ["26"]),
    ("<p>2<em></em>6</p>", ["26"]),
    ("<p>sec<b>ond</b></p>", ["second"]),
    ("<p>sec<span>o</span><i>nd</i></p>", ["second"]),
    ("<p>sec<wbr>ond</p>", ["second"]),
    ("<p>second<br>use</p>", ["second"]),
    ("<p>the</p><p>second</p><p>use</p>", ["second"]),
    ("<li>o</li><li>ne</li>", []),
    ("<p>1<!-- -->2</p>", ["12"]),
    # beside figures
    (f"<p>1{told('$26')}2</p>", ["12"]),
    ("<p><span>5</span></p>", ["5"]),
    # links and labels
    ('<a href="x">5</a>', ["5"]),
    ("<button>5</button>", ["5"]),
]


@pytest.mark.parametrize(("html", "found"), TYPED)
def test_typed_in_english(english: Locale, html: str, found: list[str]) -> None:
    assert loose(html, english) == found


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>第二高</p>", ["第二"]),
        ("<p>两种解读</p>", ["两种"]),
        ("<p>减少一半，一度翻倍</p>", ["一半", "翻倍"]),
        ("<p>三分之二，百分之五</p>", ["三分之", "百分之"]),
        ("<p>约三万亿</p>", ["三万"]),
        ("<p>一季度</p>", ["一季"]),
        ("<p>十年期</p>", ["十年"]),
        ("<p>第<b>二</b>高</p>", ["第二"]),
        ("<p>12月1日</p>", ["12", "1"]),
        ("<p>２６０亿</p>", ["２６０"]),
        ("<p>一般、一度、统一、万一、三方回购、第一手以外的</p>", ["第一"]),
        ("<p>唯一、一旦、十分</p>", []),
    ],
)
def test_typed_in_chinese(chinese: Locale, html: str, found: list[str]) -> None:
    assert loose(html, chinese) == found


def test_a_typed_number_fails_with_its_place(english: Locale, chinese: Locale) -> None:
    html = '<section id="qt"><p>It fell</p></section><section id="srf"><p>lent 26 bn</p></section>'
    with pytest.raises(CheckError) as caught:
        trace.check(html, english, ())
    assert caught.value.where == "en"
    assert "'26' in srf: …lent 26 bn…" in caught.value.what
    assert "locale.toml" in caught.value.remedy
    with pytest.raises(CheckError, match="1 numbers on the page have no fact"):
        trace.check("<p>第二高</p>", chinese, ())


STRANGERS = [
    told("$27\xa0billion"),  # another text than was printed
    told("$26 billion"),  # a plain space
    told("$26\xa0billion", "srf.record"),  # another fact
    told("$26\xa0billion", ""),
    "<data>$26\xa0billion</data>",
    told("$2<b>7</b>\xa0billion"),
    '<time datetime="2025-12-01">December\xa01</time>',
    '<time datetime="2025-12-02">12月1日</time>',
    "<time>12月1日</time>",
    '<span class="who">Goldman</span>',
    '<span class="who">26</span>',
]


@pytest.mark.parametrize("html", STRANGERS)
def test_a_figure_that_was_not_printed(english: Locale, html: str) -> None:
    with pytest.raises(CheckError, match="figures on the page were not printed from a fact"):
        trace.check(f"<p>{html}</p>", english, PRINTED)


def test_a_figure_inside_another(english: Locale) -> None:
    with pytest.raises(CheckError, match=r"no fact behind them: '7'"):
        trace.check(told(f"{told(USAGE)}7"), english, PRINTED)


def test_tags_inside_a_figure_do_not_matter(english: Locale) -> None:
    html = told("$2<b>6</b>\xa0billion")
    assert [s.text for s in trace.check(html, english, PRINTED)] == ["$26\xa0billion"]


def test_names_with_digits_are_registered(english: Locale) -> None:
    html = "<p>Desk 47 of Bank 2000</p>"
    assert loose(html, english) == ["47", "2000"]
    assert loose(html, english, "Desk 47") == ["2000"]
    assert loose(html, english, "Desk 47", "Bank 2000") == []
    assert loose("<p>Desk 471</p>", english, "Desk 47") == ["1"]
    assert loose("<p>Desk 2 of Desk 21</p>", english, "Desk 2", "Desk 21") == []
    trace.check(html, english, (), ("Desk 47", "Bank 2000"))


def test_an_empty_name_hides_nothing(english: Locale) -> None:
    """A project without a contact has an empty one."""
    assert loose("<p>the second of 26</p>", english, "") == ["second", "26"]


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ('<code class="formula">a(2025-12-02) / 52</code>', []),
        ('<code class="id">WRESBAL2</code>', []),
        ("<code>5</code>", ["5"]),
        ('<code class="other">5</code>', ["5"]),
        ('<code class="formula other">5</code>', ["5"]),
        ('<span class="formula">5</span>', ["5"]),
        ('<code class="formula">5</code>6', ["6"]),
        ("<head><title>5</title></head>6", ["6"]),
        ("<style>p { margin: 5px }</style>6", ["6"]),
        ("<script>let a = 5</script>6", ["6"]),
        ('<svg viewBox="0 0 5 5"><g><text>5</text><path d="M 5"/></g></svg>6', ["6"]),
        ('<p title="5" data-x="5">6</p>', ["6"]),
        ('<meta content="5">6<img alt="5">', ["6"]),
    ],
)
def test_what_is_not_read(english: Locale, html: str, found: list[str]) -> None:
    assert loose(html, english) == found


def test_sections_of_a_page() -> None:
    reader = trace.read_page(
        "<header>a</header><section id='qt'>b<p>c</p></section><footer>d</footer>"
    )
    texts = [(section, text) for section, text in reader.texts if text.strip()]
    assert texts == [("header", "a"), ("qt", "b"), ("qt", "c"), ("footer", "d")]
