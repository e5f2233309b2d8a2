"""Definitions: beside the first paragraph that uses a term, once, in every language."""

from __future__ import annotations

import re

import pytest
from markupsafe import Markup

from reportgen.render.definitions import beside_first_use
from tests.conftest import LANGUAGES
from tests.render.made import AS_OF, page

TEXTS = {
    "tga__mark": Markup("TGA"),
    "tga__text": Markup("<strong>TGA:</strong> an account"),
    "on_rrp__mark": Markup("ON RRP"),
    "on_rrp__text": Markup("<strong>ON RRP:</strong> a facility"),
    "_private": Markup("no term"),
}


def test_before_the_paragraph_that_first_uses_a_term() -> None:
    first, second = beside_first_use(
        [Markup("<h2>TGA</h2><p>Nothing.</p>"), Markup("<p>The TGA fell.</p><p>TGA again.</p>")],
        TEXTS,
    )
    assert first == "<h2>TGA</h2><p>Nothing.</p>", "a heading explains nothing"
    assert second == (
        '<aside class="definition"><p><strong>TGA:</strong> an account</p></aside>\n'
        "<p>The TGA fell.</p><p>TGA again.</p>"
    )


def test_terms_of_one_paragraph_stand_in_the_order_of_the_text() -> None:
    (part,) = beside_first_use([Markup("<p>隔夜逆回购（ON\xa0RRP）与TGA余额</p>")], TEXTS)
    assert re.findall(r"<strong>(.*?):", part) == ["ON RRP", "TGA"]


@pytest.mark.parametrize("text", ["<p>The TGAX.</p>", '<p><a href="#TGA">it</a></p>', "<p>ON</p>"])
def test_no_definition_without_the_term(text: str) -> None:
    assert beside_first_use([Markup(text)], TEXTS) == [text]


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize("day", [AS_OF, "2022-03-10"])
def test_every_term_of_the_page_once(day: str, tag: str) -> None:
    html = page(day, tag).html
    terms = re.findall(r'<aside class="definition"><p><strong>(.*?)</strong>', html)
    assert len(terms) == len(set(terms))
    assert len(terms) >= 8
    assert not re.search(r"\d", "".join(re.findall(r"<aside.*?</aside>", html, re.DOTALL)))
