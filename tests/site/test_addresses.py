"""An address leads to the file it was written for, whatever the depth of either."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.site.checking.addresses import Base, Inside, Outside
from tests.site.small_site import way

BASES = ["https://example.org", "https://example.org/briefs", "https://example.org:8443/a/b"]
FOLDERS = st.lists(st.text("ab-. é中", min_size=1).filter(lambda s: s.strip(".")), max_size=4)
FILES = st.sampled_from(["index.html", "brief.pdf", "charts.csv", "404.html"])
PATHS = st.builds(lambda folders, file: "/".join([*folders, file]), FOLDERS, FILES)


@given(st.sampled_from(BASES), PATHS, PATHS, st.text("a-é中%", max_size=4))
def test_the_way_from_one_file_to_another(url: str, here: str, there: str, anchor: str) -> None:
    base = Base(url)
    relative = quote(way(here, there)) + (f"#{quote(anchor)}" if anchor else "")
    assert base.leads(here, relative) == Inside(there, anchor)


@given(st.sampled_from(BASES), PATHS)
def test_the_address_of_a_file_leads_back_to_it(url: str, path: str) -> None:
    base = Base(url)
    assert base.file_of(base.of(path)) == path
    assert Base("https://example.organic").file_of(base.of(path)) is None


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("", Inside("en/index.html", "")),
        ("?q=repo#top", Inside("en/index.html", "top")),
        ("..", Inside("index.html", "")),
        ("https://example.org/briefs", Inside("index.html", "")),
        ("/briefs/en/feed.xml", Inside("en/feed.xml", "")),
        ("https://example.org/briefing/", Outside("https", "example.org")),
        ("../../briefing/", Outside("https", "example.org", astray=True)),
        ("//example.com/a.png", Outside("https", "example.com")),
        ("http://example.org/briefs/en/", Outside("http", "example.org")),
        ("mailto:desk@example.org", Outside("mailto", "")),
        ("data:image/gif;base64,AAAA", Outside("data", "")),
    ],
)
def test_what_an_address_on_a_home_page_means(address: str, expected: Inside | Outside) -> None:
    assert Base("https://example.org/briefs").leads("en/index.html", address) == expected
