"""A page taken apart, and two of them aligned: what differs is refused, with its place."""

from __future__ import annotations

import pytest

from reportgen.errors import CheckError, RenderError
from reportgen.render import blocks, elements
from reportgen.render.blocks import Facing
from tests.conftest import LANGUAGES
from tests.render.made import AS_OF, page


def figure(fact: str, text: str = "1") -> str:
    return f'<data class="q" data-fact="{fact}"><a href="#fact-{fact}">{text}</a></data>'


def document(*content: str, annex: str = "", imprint: str = "<p>Desk</p>") -> str:
    return (
        '<!doctype html><html lang="en"><head><title>T</title></head><body><main><article>'
        f'<section id="srf">{"".join(content)}</section></article>'
        f'<section id="annex" class="annex-section"><h2>Annex</h2>{annex}</section></main>'
        f'<footer class="imprint">{imprint}</footer></body></html>'
    )


def aligned(first: str, second: str) -> tuple[Facing, ...]:
    return blocks.align({"en": blocks.dissect(first), "zh-Hans": blocks.dissect(second)})


def refused(first: str, second: str) -> CheckError:
    with pytest.raises(CheckError) as caught:
        aligned(first, second)
    assert caught.value.where == "parity"
    assert caught.value.remedy
    return caught.value


BODY = (
    "<h2>Head</h2>",
    f"<p>It lent {figure('srf.told')}.</p>",
    "<ul class='changes'><li>One</li><li>Two</li></ul>",
    '<div class="pair"><figure id="chart-a"></figure><figure id="chart-b" class="wide"></figure>'
    "</div>",
)


def test_blocks_in_reading_order() -> None:
    (srf, annex, imprint) = blocks.dissect(document(*BODY)).parts
    assert [block.kind for block in srf.blocks] == [
        "h2", "p", "ul.changes > li", "ul.changes > li", "figure", "figure.wide",
    ]  # fmt: skip
    assert [block.facts for block in srf.blocks][1] == {"srf.told"}
    assert [block.is_wide for block in srf.blocks] == [False] * 5 + [True]
    assert (annex.id, imprint.id) == ("annex", "imprint")
    assert imprint.blocks[0].element.html == "<p>Desk</p>"


@pytest.mark.parametrize("columns", [5, 6])
def test_a_table_of_many_columns_is_wide(columns: int) -> None:
    table = "<table><thead><tr>" + "<th>x</th>" * columns + "</tr></thead></table>"
    (block,) = blocks.dissect(document(table)).parts[0].blocks
    assert block.is_wide is (columns == 6)


def test_equal_pages_are_aligned() -> None:
    srf = aligned(document(*BODY), document(*BODY))[0]
    assert [row.some.kind for row in srf.rows[:2]] == ["h2", "p"]
    assert all(row.first is not None and row.second is not None for row in srf.rows)


def test_a_paragraph_too_few() -> None:
    error = refused(document(*BODY), document(*BODY[:1], *BODY[2:]))
    assert error.what == "block 2 of section srf is ul.changes > li in zh-Hans and p in en"


def test_a_figure_too_many() -> None:
    error = refused(document(*BODY[:2]), document(*BODY[:2], BODY[3]))
    assert error.what == "block 3 of section srf is figure chart-a in zh-Hans and missing in en"


def test_figures_in_another_order() -> None:
    swapped = BODY[3].replace("chart-a", "chart-x").replace("chart-b", "chart-a")
    error = refused(document(BODY[3]), document(swapped))
    assert (
        error.what == "block 1 of section srf is figure chart-x in zh-Hans and figure chart-a in en"
    )


def test_a_fact_that_stands_in_another_paragraph() -> None:
    """The section prints the same facts in both languages; the paragraphs do not."""
    first = document(f"<p>{figure('srf.told')}</p>", f"<p>{figure('srf.rank')}</p>")
    second = document(f"<p>{figure('srf.told')}{figure('srf.rank')}</p>", "<p>.</p>")
    error = refused(first, second)
    assert error.what == (
        "block 1 of section srf (p) does not print the same facts in zh-Hans as in en; "
        "missing: none; extra: srf.rank"
    )


def test_another_date() -> None:
    first, second = (document(f'<p><time datetime="2025-12-0{day}">x</time></p>') for day in (1, 2))
    assert "missing: date:2025-12-01; extra: date:2025-12-02" in refused(first, second).what


def test_another_section() -> None:
    error = refused(document(), document().replace('id="srf"', 'id="qt"'))
    assert error.what == "zh-Hans has the sections qt, annex, imprint; en has srf, annex, imprint"


NOTE = '<div id="note-srf" class="desk-note"><p>By hand, 7.</p></div>'


def test_a_note_of_one_language_has_nothing_beside_it() -> None:
    (row,) = aligned(document(NOTE), document())[0].rows
    assert row.first is not None
    assert row.second is None
    (row,) = aligned(document(), document(NOTE))[0].rows
    assert row.first is None


def test_notes_may_tell_other_facts() -> None:
    other = NOTE.replace("7", figure("qt.soma"))
    (row,) = aligned(document(NOTE), document(other))[0].rows
    assert row.first is not None
    assert row.second is not None


def test_definitions_go_with_the_paragraph_that_first_uses_the_term() -> None:
    """Which is not the same paragraph in each language."""
    aside = '<aside class="definition"><p>SRF: a facility.</p></aside>'
    one, two = "<p>One</p>", "<p>Two</p>"
    rows = aligned(document(aside, one, two), document(one, aside, two))[0].rows
    assert [len(row.first.definitions) for row in rows if row.first] == [1, 0]
    assert [len(row.second.definitions) for row in rows if row.second] == [0, 1]


def test_the_annex_lists_what_each_page_prints() -> None:
    rows = [f"<table><tr><td>{figure(fact)}</td></tr></table>" for fact in ("a", "b")]
    aligned(document(annex=rows[0]), document(annex=rows[1]))
    refused(document(annex=rows[0]), document(annex="<p>x</p>"))


def test_links_to_other_editions_are_no_text() -> None:
    link = '<div class="elsewhere"><a href="../en/brief.html#srf">English</a></div>'
    assert aligned(document(link, *BODY), document(*BODY))


def test_the_pages_of_a_day() -> None:
    facing = blocks.align({tag: blocks.dissect(page(AS_OF, tag).html) for tag in LANGUAGES})
    assert [part.id for part in facing][:3] == ["lead", "changes", "qt"]
    assert len([row for part in facing for row in part.rows]) > 70


def test_a_class_the_page_has_not() -> None:
    with pytest.raises(RenderError) as caught:
        blocks.dissect(document()).named("brand")
    assert "has no element of the class 'brand'" in caught.value.message()


@pytest.mark.parametrize("tag", LANGUAGES)
def test_an_element_is_its_text(tag: str) -> None:
    html = page(AS_OF, tag).html
    root = elements.parse(html)
    assert html.startswith("<!doctype html>\n" + root.html)
    assert root.renamed(str) == root.html
    for element in root.walk():
        assert element.html.lower().startswith(f"<{element.tag}")
        if element.close < element.end:
            assert element.html.lower().endswith(f"</{element.tag}>")


def test_ids_are_renamed_where_they_are_named_and_pointed_to() -> None:
    html = (
        '<figure id="a"><svg aria-labelledby="b c"><g clip-path="url(#b)"/><use xlink:href="#c"/>'
        '</svg><a href="#a">id="a"</a><a href="../a.html#a">x</a><br><p>#a</p></figure>'
    )
    assert elements.parse(html).renamed("{}-en".format) == (
        '<figure id="a-en"><svg aria-labelledby="b-en c-en"><g clip-path="url(#b-en)"/>'
        '<use xlink:href="#c-en"/></svg><a href="#a-en">id="a"</a><a href="../a.html#a">x</a><br>'
        "<p>#a</p></figure>"
    )


def test_text_without_an_element() -> None:
    with pytest.raises(CheckError, match="holds no HTML"):
        elements.parse("text")
