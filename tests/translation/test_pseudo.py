"""The pseudo-language: what no message says, and what does not fit when it is a third longer."""

from __future__ import annotations

import email
import email.policy
import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from reportgen.language import checking, locale, po_file
from reportgen.render import edition as editions
from reportgen.render import parity
from reportgen.render.edition import Edition
from reportgen.settings import Settings
from reportgen.translation import pseudo
from tests.charts.boxes import collisions, outside
from tests.conftest import NO_PROJECT, brief_as_of
from tests.render import made
from tests.translation.pseudo_project import TAG, hard_coded, project
from tests.translation.pseudo_project import outside as outside_brackets

AS_OF = "2025-12-02"
# The address to write to stands in no language.
CONTACT = {"desk", "example", "com"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("pseudo"))


def build(folder: Path, day: str, *formats: str) -> Edition:
    from reportgen.analysis import outlook
    from tests import conftest

    own = outlook.load(folder / "outlook.toml")
    day_of = date.fromisoformat(day)
    inputs = conftest.replace(conftest.inputs_as_of(day_of), outlook=own)
    brief = conftest.replace(
        brief_as_of(day_of),
        sections=conftest.compute_all(inputs),
        references={**inputs.policy.references(), **own.references()},
    )
    language = locale.load(TAG, folder)
    return editions.make(brief, language, folder, Settings(), (), formats, draft=False)


@pytest.fixture(scope="module")
def whole(folder: Path) -> Edition:
    """The edition of 2 December 2025 in every format, strict: each gate has passed it."""
    return build(folder, AS_OF, "html", "pdf", "eml")


def content(edition: Edition, name: str) -> bytes:
    return next(a.content for a in edition.artifacts if a.path.name == name)


def test_how_a_text_is_made_longer(folder: Path) -> None:
    text = "Runoff ends on %(day)s: <em>no</em> more than %(amount)s."
    told = pseudo.message("qt.next.x", text)
    assert told == "[Rüüñööff ééñðs ööñ %(day)s: <em>ñöö</em> mööréé thååñ %(amount)s]."
    assert pseudo.message("definitions.x.mark", "runoff") == "rüüñööff"
    po = po_file.read(checking.file_of(locale.load(TAG, folder), folder))
    before, after = (
        sum(len(po_file.PLACEHOLDER.sub("", text)) for text in texts)
        for texts in ([e.text for e in po.entries], [e.translation for e in po.entries])
    )
    assert 1.33 < after / before < 1.45


def test_what_is_found() -> None:
    """A text of a template that is no message, in a sentence, an attribute or a drawing."""
    page = (
        "<p>[Mééssåågéé] and more</p><p>[öñéé [Inner Name] ööf]</p><style>body</style>"
        '<data>$5 billion</data><img alt="A picture"><svg><text>Label</text></svg><code>abc</code>'
    )
    assert list(hard_coded(page)) == ["and", "more", "Label", "picture"]


def test_no_text_of_a_page_is_hard_coded(whole: Edition) -> None:
    assert set(hard_coded(whole.page.html)) <= CONTACT
    assert whole.page.html.count("[") > 300


def test_nor_of_a_chart(whole: Edition) -> None:
    for chart in whole.page.charts.values():
        assert not list(hard_coded(chart.svg)), chart.id
        assert not outside_brackets(f"{chart.title} {chart.subtitle} {chart.alt}"), chart.id


def test_nor_of_a_pdf(whole: Edition) -> None:
    """What it prints, and what a viewer shows of it: title, author, outline, attachments."""
    document = content(whole, "brief.pdf")
    with pikepdf.open(io.BytesIO(document)) as opened:
        told = [str(opened.docinfo[key]) for key in ("/Title", "/Author", "/Subject")]
        told += [str(file.description) for file in opened.attachments.values()]
        with opened.open_outline() as outline:
            told += list(titles(outline.root))
        drawn = [str(alt) for alt in alternatives(opened)]
    assert len(drawn) == 12
    assert len(told) > 3 + 13 + 8
    told += drawn
    for text in told:
        assert not outside_brackets(text), text
    with pypdfium2.PdfDocument(document) as opened:
        first = opened[0].get_textpage().get_text_bounded()
    # Figures and units are the language's own, in accents too; CONTACT stands on the last page.
    assert not outside_brackets(first)


def titles(items: list[pikepdf.OutlineItem]) -> Iterator[str]:
    """The headings that a viewer lists at the side."""
    for item in items:
        yield str(item.title)
        yield from titles(item.children)


def alternatives(opened: pikepdf.Pdf) -> Iterator[pikepdf.String]:
    """The alternative texts of what is drawn."""
    for thing in opened.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Alt") is not None:
            yield thing.Alt


def test_nor_of_a_mail(whole: Edition) -> None:
    message = email.message_from_bytes(content(whole, "brief.eml"), policy=email.policy.default)
    assert not outside_brackets(str(message["Subject"]))
    for part in message.walk():
        if part.get_content_type() == "text/html":
            assert set(hard_coded(part.get_content())) <= CONTACT
        elif part.get_content_type() == "text/plain":
            assert set(outside_brackets(re.sub("<http[^>]*>", "", part.get_content()))) <= CONTACT


@pytest.mark.parametrize("day", [AS_OF, "2023-06-08"])
def test_longer_labels_have_their_room(folder: Path, whole: Edition, day: str) -> None:
    made_of = whole if day == AS_OF else build(folder, day, "html")
    for chart in made_of.page.charts.values():
        assert collisions(chart.svg) == [], f"{chart.id} as of {day}"
        assert outside(chart.svg, tolerance=0.5) == [], f"{chart.id} as of {day}"


def test_the_same_facts(whole: Edition) -> None:
    parity.check_languages({"en": made.edition(AS_OF, "en").sightings, TAG: whole.sightings})


def test_it_does_not_ship() -> None:
    assert TAG not in locale.available(NO_PROJECT)
