"""Notes and overrides on a page: printed as figures, held to their rules, compared by language."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from reportgen.errors import CheckError, InputError, ReportgenError
from reportgen.model import Hand, Note, Override, Said
from reportgen.render import parity, trace
from reportgen.render.page import Page
from reportgen.render.trace import Sighting
from tests.documents.reading import visible_text
from tests.render.made import small_page

TRANS = (
    '<p>{% trans "lead.x.y" tga=lead.tga_end|figure, day=lead.tga_end.as_of|day %}'
    "On {{ day }} it was {{ tga }}.{% endtrans %}</p>"
)
BOUND = (("lead.tga_end", Decimal(900_000_000_000)),)
FILES = (("notes/2025-12-02/en/lead.md", "0" * 64),)


def with_note(project: Path, text: str, tag: str = "en") -> Page:
    hand = Hand((Note(tag, "lead", text, "lead.md"),), (), FILES)
    return small_page(project, tag, hand=hand)


def with_override(
    project: Path,
    text: str,
    written_on: tuple[tuple[str, Decimal], ...] = BOUND,
    message: str = "lead.x.y",
) -> Page:
    override = Override("en", message, text, written_on, "overrides.toml")
    return small_page(project, body=TRANS, hand=Hand((), (override,), FILES))


def fault_of_note(project: Path, text: str, tag: str = "en") -> ReportgenError:
    with pytest.raises(ReportgenError) as caught:
        with_note(project, text, tag)
    return caught.value


def fault_of_override(
    project: Path, text: str, written_on: tuple[tuple[str, Decimal], ...] = BOUND
) -> ReportgenError:
    with pytest.raises(ReportgenError) as caught:
        with_override(project, text, written_on)
    return caught.value


def lead(page: Page) -> str:
    return visible_text(page.html.split("<article>")[1].split("</article>")[0])


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("{fact:lead.tga_end}", "$900 billion"),
        ("{ fact: lead.tga_end | short }", "$900 billion"),
        ("{fact:lead.reserves_change}", "$473 billion"),
        ("{fact:lead.part.tga}", "−$565 billion"),
        ("{fact:lead.part.tga|magnitude}", "$565 billion"),
        ("{fact:lead.part.on_rrp|signed}", "+$209 billion"),
        ("{fact:lead.tga_daily|day}", "December 1"),
        ("H.4.1 and a second half", "H.4.1 and a second half"),
        ("[Goldman](https://a.b/c) expects 390 billion.", "Goldman expects 390 billion."),
    ],
)
def test_what_a_note_prints(tmp_path: Path, text: str, seen: str) -> None:
    page = with_note(tmp_path, text)
    assert lead(page).endswith(f"Desk note\n{seen}\n")
    trace.check(page.html, page.locale, page.printed)


def test_a_figure_of_a_note_is_recorded_and_leads_to_the_annex(tmp_path: Path) -> None:
    page = with_note(tmp_path, "{fact:lead.tga_end}", "zh-Hans")
    assert '<a href="#fact-lead-tga_end">9,000亿美元</a>' in page.html
    assert '<tr id="fact-lead-tga_end">' in page.html
    assert ("note-lead", "lead.tga_end", "9,000亿美元") in {
        (p.section, p.key, p.text) for p in page.printed
    }


def test_chinese_notes_are_typeset(tmp_path: Path) -> None:
    text = "据[高盛](https://a.b)称，TGA为\n300亿美元，\n明年\n将降至{fact:lead.tga_end}，**SRF**用量增3倍。"
    page = with_note(tmp_path, text, "zh-Hans")
    assert lead(page).endswith(
        "据高盛称，TGA 为 300亿美元，明年将降至 9,000亿美元，SRF 用量增 3倍。\n"
    )
    assert lead(page).count("本组点评") == 1


def test_no_note_leaves_no_trace(tmp_path: Path) -> None:
    plain = small_page(tmp_path)
    assert with_note(tmp_path, " \n").html == plain.html
    assert with_note(tmp_path, "For Chinese only.", "zh-Hans").html != plain.html
    assert "desk-note" not in plain.html.split("</style>")[1]


@pytest.mark.parametrize(
    ("text", "kind", "parts"),
    [
        ("a\n\nIt was 390 billion.", CheckError, ("source: '390'", "line 3", "{fact:id}")),
        ("It was ３９０.", CheckError, ("source: '３９０'",)),
        ("It was ½.", CheckError, ("source: '½'",)),
        ("390\n\n[a](https://a.b)", CheckError, ("source: '390'", "line 1")),
        ("{fact:lead.tga_ende}", InputError, ("no fact 'lead.tga_ende'", "lead.tga_end ", "facts")),
        ("{fact:lead.tga_end|long}", InputError, ("is no figure", "signed, short")),
        ("{tga}", InputError, ("{tga} is no figure", "{fact:id}")),
        ("{}", InputError, ("{} is no figure",)),
    ],
)
def test_what_a_note_may_not_say(
    tmp_path: Path, text: str, kind: type[ReportgenError], parts: tuple[str, ...]
) -> None:
    fault = fault_of_note(tmp_path, text)
    assert type(fault) is kind
    for part in parts:
        assert part in fault.message()
    assert fault.where.startswith("lead.md, line ")


def test_a_link_to_nowhere_cites_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    fault = fault_of_note(tmp_path, "390 billion, see [a](other.md)")
    assert "source: '390'" in fault.what
    assert caplog.messages == [
        "lead.md, line 1: HTML, images and links to other than http(s) are left out"
    ]
    caplog.clear()


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("It came to {tga} on {day}.", "It came to $900 billion on November 26."),
        ("*Mostly* {tga} on {day}, & more", "Mostly $900 billion on November 26, & more"),
        (
            "{tga} on {day}; [a desk](https://a.b) says 950",
            "$900 billion on November 26; a desk says 950",
        ),
        (
            "100% is no figure of {tga}: https://a.b",
            "100% is no figure of $900 billion: https://a.b",
        ),
    ],
)
def test_what_an_override_prints(tmp_path: Path, text: str, seen: str) -> None:
    page = with_override(tmp_path, text)
    assert seen in lead(page)
    assert "On November 26 it was" not in lead(page)
    trace.check(page.html, page.locale, page.printed)


def test_a_fact_of_another_message_must_be_bound(tmp_path: Path) -> None:
    text = "It came to {tga} on {day}, on top of {fact:lead.on_rrp}."
    fault = fault_of_override(tmp_path, text)
    assert isinstance(fault, CheckError)
    assert "lead.x.y: lead.on_rrp is printed ($5.6 billion) but not bound" in fault.what
    assert (
        '      "lead.on_rrp" = "5600000000"\n      "lead.tga_end" = "900000000000"' in fault.remedy
    )
    bound = (*BOUND, ("lead.on_rrp", Decimal("5600000000")))
    assert "on top of $5.6 billion." in lead(with_override(tmp_path, text, bound))


@pytest.mark.parametrize("written", ["900000000000", "900", "899_999_000_000"])
def test_figures_that_moved_ask_for_a_review(tmp_path: Path, written: str) -> None:
    text, bound = "It came to {tga} on {day}.", (("lead.tga_end", Decimal(written)),)
    if written != "900":
        assert "It came to" in lead(with_override(tmp_path, text, bound)), "as displayed, no move"
        return
    fault = fault_of_override(tmp_path, text, bound)
    assert isinstance(fault, CheckError)
    assert fault.where == "overrides.toml"
    assert "lead.x.y: lead.tga_end was $0, is $900 billion" in fault.what
    assert "review the text" in fault.remedy
    assert (
        '[override.written_on]  # lead.x.y\n      "lead.tga_end" = "900000000000"' in fault.remedy
    )


def test_a_bound_fact_that_is_gone(tmp_path: Path) -> None:
    fault = fault_of_override(tmp_path, "{tga} on {day}", (*BOUND, ("lead.old", Decimal(1))))
    assert "lead.old is no fact of this brief" in fault.what


@pytest.mark.parametrize(
    ("text", "kind", "what"),
    [
        ("{tgaa} on {day}", InputError, "{tgaa} is no figure"),
        ("%(tga)s on {day}", InputError, "%(tga)s is written as in a locale file"),
        ("{tga} on {day}, twice 7", CheckError, "source: 'twice', '7' in"),
        ("{tga} on {day}, half of it", CheckError, "source: 'half'"),
        ("{tga on {day}", InputError, "a brace stands alone"),
    ],
)
def test_what_an_override_may_not_say(
    tmp_path: Path, text: str, kind: type[ReportgenError], what: str
) -> None:
    fault = fault_of_override(tmp_path, text)
    assert type(fault) is kind
    assert what in fault.what
    assert fault.where.startswith("overrides.toml, lead.x.y")


def test_the_placeholders_are_named(tmp_path: Path) -> None:
    assert "of this message there are {tga}, {day}; " in fault_of_override(tmp_path, "{x}").remedy


def test_an_override_of_what_is_not_printed(tmp_path: Path) -> None:
    with pytest.raises(CheckError, match=r"does not print lead\.x\.z") as caught:
        with_override(tmp_path, "a", (), "lead.x.z")
    assert "near it are lead.x.y" in caught.value.remedy


def said(message: str, *keys: str) -> list[Said]:
    return [Said(message, ("text",), frozenset(keys))]


@pytest.mark.parametrize(
    ("own", "parts"),
    [
        (("srf.told",), ("missing: date:2025-12-01", "extra: none")),
        (("srf.told", "date:2025-12-01", "srf.rank"), ("missing: none", "extra: srf.rank")),
        (("srf.told", "date:2025-12-01", "cited:https://a.b"), ("extra: cited:https://a.b",)),
    ],
)
def test_an_override_that_drops_or_adds_a_fact_is_named(
    own: tuple[str, ...], parts: tuple[str, ...]
) -> None:
    override = Override("en", "srf.x", "text", (), "notes/en/overrides.toml")
    both = ("srf.told", "date:2025-12-01")
    parity.check_overrides(
        [override], {"en": said("srf.x", *both), "zh-Hans": said("srf.x", *both)}
    )
    parity.check_overrides([override], {"en": said("srf.x", *own)})
    parity.check_overrides([override], {"zh-Hans": said("srf.x", *both)})
    with pytest.raises(CheckError) as caught:
        parity.check_overrides(
            [override], {"en": said("srf.x", *own), "zh-Hans": said("srf.x", *both)}
        )
    assert caught.value.where == "notes/en/overrides.toml"
    assert "the override of srf.x" in caught.value.what
    for part in parts:
        assert part in caught.value.what


def test_a_cited_figure_is_compared_by_its_source(tmp_path: Path) -> None:
    page = with_override(tmp_path, "{tga} on {day}; [a desk](https://a.b/c) says 950")
    (entry,) = (entry for entry in page.said if entry.message == "lead.x.y")
    assert entry.keys == {"lead.tga_end", "date:2025-11-26", "cited:https://a.b/c"}
    assert entry.texts == ("$900 billion on November 26; a desk says 950",)


def test_notes_and_annex_are_no_matter_of_parity() -> None:
    common = Sighting("srf", "srf.told", "text")
    own = [Sighting("note-srf", "srf.rank", "text"), Sighting("annex", "srf.rank", "text")]
    parity.check_languages({"en": [common, *own], "zh-Hans": [common]})


def test_the_annex_can_be_overridden_too(tmp_path: Path) -> None:
    page = with_override(tmp_path, "Where it all comes from", (), "annex.heading")
    assert '<h2>Where it all <span class="keep">comes from</span></h2>' in page.html
