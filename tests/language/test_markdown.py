"""Editors' Markdown: what a reader gets of it, and that nothing else gets through."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from reportgen.errors import InputError
from reportgen.language import markdown
from reportgen.language.markdown import Rendered


def rendered(text: str, *, inline: bool = False) -> Rendered:
    return markdown.render(text, "srf.md", lambda content, _: Markup(f"[{content}]"), inline=inline)


def html(text: str) -> str:
    return str(rendered(text).html)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("A *b* **c** `d`", "<p>A <em>b</em> <strong>c</strong> <code>d</code></p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>"),
        ("[a](https://b.c/d?e=1&f)", '<p><a href="https://b.c/d?e=1&amp;f">a</a></p>'),
        ("a  \nb", "<p>a<br>\nb</p>"),
        ("# A *b*\n\nc", "<p><strong>A <em>b</em></strong></p>\n<p>c</p>"),
        ('The Fed\'s "step"', "<p>The Fed’s “step”</p>"),
        ("a\n\n---\n\nb", "<p>a</p>\n<p>b</p>"),
        ("```\na < b\n```", "<p><code>a &lt; b</code></p>"),
        ("a & b < c", "<p>a &amp; b &lt; c</p>"),
        ("", ""),
        (" \n\n", ""),
    ],
)
def test_what_markdown_becomes(text: str, written: str) -> None:
    assert html(text) == written


@pytest.mark.parametrize(
    ("text", "address", "rest"),
    [
        ("see https://a.b/c_d_e.", "https://a.b/c_d_e", "."),
        ("(https://a.b/c)", "https://a.b/c", ")"),
        ("见https://a.b/c。再看", "https://a.b/c", "。再看"),
        ("<https://a.b/c>", "https://a.b/c", ""),
    ],
)
def test_a_bare_address_is_a_link(text: str, address: str, rest: str) -> None:
    assert f'<a href="{address}">{address}</a>{rest}</p>' in html(text)
    assert rendered(text).passages[0].cites


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a <script>alert(1)</script> b", "<p>a  b</p>"),
        ("<script>alert(1)</script>", ""),
        ("<style>p{}</style>\n\na", "<p>a</p>"),
        ("a <b onclick='x()'>b</b>", "<p>a b</p>"),
        ("a <a href='https://x.y'>b</a>", "<p>a b</p>"),
        ("<div class='x'>\nb\n</div>", "<p>\nb\n</p>"),
        ("a ![b](https://x.y/z.png) c", "<p>a  c</p>"),
        ("<img src=x onerror=alert(1)>", ""),
        ("a <!-- b --> c", "<p>a  c</p>"),
        ("[a](javascript:alert(1))", "<p>a</p>"),
        ("[a](JaVaScRiPt:alert(1))", "<p>a</p>"),
        ("[a](data:text/html;base64,xx)", "<p>a</p>"),
        ("[a](other.html)", "<p>a</p>"),
        ("[a](#fact-x)", "<p>a</p>"),
        ("[a][b]\n\n[b]: javascript:alert(1)", "<p>a</p>"),
        ("a <script> b\n\nc", "<p>a </p>\n<p>c</p>"),
    ],
)
def test_what_is_left_out(text: str, written: str) -> None:
    assert html(text) == written
    assert rendered(text).left_out == (1,)


def test_an_address_cannot_break_out_of_its_attribute() -> None:
    written = html('[a](https://b.c/"onmouseover="x)')
    assert written == '<p><a href="https://b.c/%22onmouseover=%22x">a</a></p>'


def test_figures_are_set_in_after_the_sanitising() -> None:
    assert html("*{fact:a_b}* and {fact:a_b|short}.") == (
        "<p><em>[fact:a_b]</em> and [fact:a_b|short].</p>"
    )
    assert rendered("{a} b").passages[0].text == "  b"


@pytest.mark.parametrize(
    ("text", "what", "line"),
    [
        ("a\n\nb\n{fact:x", "a brace stands alone", 3),
        ("a }", "a brace stands alone", 1),
        ("\\{fact:x\\}", "a brace stands alone", 1),
        ("`{fact:x}`", "a brace stands alone", 1),
        ("**重点。**此后", "** makes nothing bold", 1),
        ("a\n\n2026. b", "a line that begins with a number", 3),
        ("a\n[see {fact:x}](https://a.b)", "stands within a link", 2),
        ("a\x07b", "U+0007", 1),
        ("a&#xE000;b", "U+E000", 1),
        ("a\u202eb", "U+202E", 1),
    ],
)
def test_what_cannot_be_meant(text: str, what: str, line: int) -> None:
    with pytest.raises(InputError) as caught:
        rendered(text)
    assert what in caught.value.what
    assert caught.value.where == f"srf.md, line {line}"
    assert caught.value.remedy


def test_lines_of_passages() -> None:
    passages = rendered("a\n\nb\nc https://d.e\n\n- f\n- g").passages
    assert [(p.line, p.cites) for p in passages] == [(1, False), (3, True), (6, False), (7, False)]


def test_within_a_paragraph() -> None:
    assert rendered("a *b* {told}\n", inline=True).html == "a <em>b</em> [told]"
    assert rendered("# a\n\n- b", inline=True).html == "# a\n\n- b"


class _Tags(HTMLParser):
    """Every tag and attribute of a text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.seen: set[tuple[str, tuple[tuple[str, str | None], ...]]] = set()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add((tag, tuple(attrs)))


PIECES = st.sampled_from(
    [
        "<script>", "</script>", "<b ", "onclick='x'", ">", "<", "javascript:", "https://a.b", "[",
        "]", "(", ")", "![", "**", "*", "_", "`", "```", "\n", "\n\n", "> ", "- ", "1. ", "# ",
        "    ", "&lt;", "&#x3c;", "&", '"', "'", "<svg/onload=", "<!--", "-->", "<![CDATA[",
        "<a href=", "{fact:a}", "\\", "|", "---", "<p", "</p>", "<style>", "]: ", "文", "3",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES | st.text(max_size=5), max_size=25).map("".join), st.booleans())
def test_nothing_but_the_allowed_tags_gets_through(text: str, inline: bool) -> None:
    try:
        written = str(rendered(text, inline=inline).html)
    except InputError:
        return
    allowed = markdown.INLINE_TAGS if inline else markdown.TAGS
    for tag, attributes in _Tags(written).seen:
        assert tag in allowed
        if attributes:
            ((name, value),) = attributes
            assert (tag, name) == ("a", "href")
            assert re.match("https?://", value or "")


@pytest.mark.parametrize("piece", ["> ", "- ", "*", "[", "(", "<b>", "`", "![", "&", "{a}", "_a*"])
def test_a_long_text_takes_no_long_time(piece: str) -> None:
    """The largest file, of what nests: it ends, whatever it becomes."""
    try:
        rendered(piece * (20_000 // len(piece)))
    except InputError:
        return
