"""A brief as it goes into a mail, before it is one: the page's own text, with images for charts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

from markupsafe import Markup

from reportgen.charts.drawn import DrawnChart, plain_text
from reportgen.language.templates import Templates
from reportgen.language.typography import typeset
from reportgen.render import markup

# As templates/figure.html.j2 begins and ends a chart.
FIGURE = re.compile(r'<figure id="chart-([^"]+)".*?</figure>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class MailDraft:
    """Subject and HTML of a mail; its figures and dates are still elements that the gates can read.

    ``images`` are PNG by content id. ``cell`` is how plain text tells a cell of a table, from
    ``{head}`` and ``{value}``.
    """

    subject: str
    html: str
    images: Mapping[str, bytes]
    cell: str

    def tree(self) -> ET.Element:
        """The page in one column: what explains a table stands below it, not at its side."""
        root = markup.parse(self.html)
        for exhibit in [e for e in root.iter() if "exhibit" in markup.classes(e)]:
            for part in list(exhibit.iter()):
                for note in [e for e in part if "note" in markup.classes(e)]:
                    part.remove(note)
                    exhibit.append(note)
        return root


def make(
    templates: Templates,
    context: Mapping[str, Any],
    charts: Mapping[str, DrawnChart],
    source_of: Callable[[DrawnChart], Markup],
) -> MailDraft:
    """The draft of one language, from what its page was rendered with."""
    # Macros of the template, which mypy cannot know.
    words: Any = templates.module("mail.j2", {})
    furniture, locale = context["furniture"], templates.printer.locale
    subject = plain_text(Markup(words.subject(furniture.title, context["plain_headline"])))
    if context["draft"]:
        subject = plain_text(Markup(words.subject_of_draft(furniture.draft_label, subject)))
    shown: dict[str, bytes] = {}

    def figure(found: re.Match[str]) -> str:
        chart = charts[found[1]]
        # Programs that show many mails at once keep their images apart by these names.
        cid = f"{chart.id}.{locale.tag}@{context['brief'].as_of}.reportgen"
        shown[cid] = chart.png
        alt = plain_text(Markup(typeset(chart.alt, locale)))
        label = furniture.figure_label
        return str(words.figure(chart, cid, alt, len(shown), source_of(chart), label))

    page = templates.render("mail.html.j2", {**context, "words": words, "subject": subject})
    html = typeset(FIGURE.sub(figure, page), locale)
    return MailDraft(subject, html, shown, plain_text(Markup(words.cell("{head}", "{value}"))))
