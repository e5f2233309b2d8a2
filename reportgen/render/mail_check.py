"""The gates of a mail: no other figures than the page has, and each of them in both its forms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from xml.etree import ElementTree as ET

from reportgen.errors import CheckError
from reportgen.render import markup, parity, trace
from reportgen.render.mail_draft import FIGURE, MailDraft
from reportgen.render.page import Page

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_ADDRESS = re.compile(r"<https?://[^>]*>")
# Parts of a page that a mail has in a form of its own, or leaves to the page and the PDF.
_APART = {"", "header", "footer", "annex", "preheader"}


def check(page: Page, registered: Iterable[str]) -> None:
    """Raises CheckError when a mail does not print what the sections of its page print.

    Charts are left out there: their texts were held to the facts when they were drawn.
    """
    if page.mail is None:
        return
    sightings = trace.check(page.mail.html, page.locale, page.printed, registered)
    parity.check_values(sightings, page.figures, page.locale)
    ours, theirs = (_told(html) for html in (page.mail.html, page.html))
    if ours != theirs:
        raise CheckError(
            f"the mail does not print what the page does; missing: {_listed(theirs - ours)}; "
            f"extra: {_listed(ours - theirs)}",
            where=page.locale.tag,
            remedy="print every section in templates/mail.html.j2 as in templates/brief.html.j2",
        )


def check_parts(draft: MailDraft, html: str, text: str, tag: str) -> None:
    """Raises CheckError when a finished part lost a figure of the draft, or has another."""
    # In the text a head of a column stands with every row, so some are told more than once.
    for part, wanted, found in (
        ("HTML", _seen(draft, without="in-words"), markup.text_of(markup.parse(html))),
        ("text", _seen(draft, without="preheader"), _ADDRESS.sub("", text)),
    ):
        numbers, told = _numbers(markup.text_of(wanted)), _numbers(found)
        lost, strange = numbers - told, told.keys() - numbers.keys()
        squeezed = "".join(found.split())
        shown = {seen.text for seen in trace.read_page(markup.serialise(wanted)).sightings}
        broken = {figure for figure in shown if "".join(figure.split()) not in squeezed}
        if lost or strange or broken:
            raise CheckError(
                f"the {part} of the mail does not print the figures it was made from; "
                f"lost: {', '.join(sorted({*lost, *broken})[:8]) or 'none'}; "
                f"strange: {', '.join(sorted(strange)[:8]) or 'none'}",
                where=tag,
                remedy=f"correct what reportgen/render/mail_{part.lower()}.py makes of the "
                "elements around them",
            )


def _seen(draft: MailDraft, *, without: str) -> ET.Element:
    """A draft but for what has a class."""
    root = markup.parse(draft.html)
    for element in list(root.iter()):
        parts = list(markup.contents(element))
        kept = (p for p in parts if isinstance(p, str) or without not in markup.classes(p))
        markup.fill(element, kept)
    return root


def _told(html: str) -> Counter[tuple[str, str, str]]:
    return Counter(
        (seen.section, seen.key, seen.text)
        for seen in trace.read_page(FIGURE.sub("", html)).sightings
        if seen.section not in _APART
    )


def _numbers(text: str) -> Counter[str]:
    return Counter(_NUMBER.findall(text))


def _listed(entries: Counter[tuple[str, str, str]]) -> str:
    rows = [f"{text!r} ({key}) in {section}" for section, key, text in sorted(entries)[:8]]
    return ", ".join(rows) or "none"
