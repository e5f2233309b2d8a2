"""The values of the site's own pages: home, archive, corrections, choice of language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from markupsafe import Markup

from reportgen.clock import NEW_YORK
from reportgen.language.typography import typeset
from reportgen.model import Quantity
from reportgen.site import corrections, places, searching
from reportgen.site.brief_page import BuiltPage, away
from reportgen.site.corrections import Corrected
from reportgen.site.issued import Issue, Version
from reportgen.site.places import Place
from reportgen.site.spliced import Splice
from reportgen.site.told_briefs import Reader, in_language
from reportgen.site.writing import Writer

# How many earlier briefs the home page names.
EARLIER = 5

_LINKED = re.compile(r"</?a\b[^>]*>")
_NOT_AT_HOME = ("elsewhere", "definition", "desk-note")


@dataclass(frozen=True, slots=True)
class Trends:
    """A small drawing of each gauge by its id."""

    drawings: Mapping[str, str]


def home(
    writer: Writer, place: Place, reader: Reader, issues: tuple[Issue, ...], trends: Trends
) -> dict[str, Any]:
    """The newest brief of a language in short, and those before it."""
    tag = writer.locale.tag
    listed = in_language(issues, tag)
    newest = listed[0]
    page = reader.page(newest.current.folder, tag, newest.as_of)
    told = reader.told(newest, newest.current, tag)
    link = f"{place.root}{tag}/{newest.as_of.isoformat()}/"
    both = f"{place.root}{places.PARALLEL}/{newest.as_of.isoformat()}/"
    heading, changes = _changes(page, writer, link)
    return {
        "newest": {
            "as_of": newest.as_of,
            "link": link,
            "headline": writer.lift(told.headline, _unlinked),
            "summary": writer.lift(told.summary, lambda html: away(html, link)),
            "pdf": f"{link}brief.pdf" if told.has_pdf else "",
            "both": both if told.has_both else "",
            "gauges": _gauges(page, writer, link, trends),
            "note": _note(page, writer, link),
            "corrected": len(newest.versions) > 1,
            "changes_heading": heading,
            "changes": changes,
        },
        "before": [_in_short(issue, place, writer, reader) for issue in listed[1 : 1 + EARLIER]],
    }


def _in_short(issue: Issue, place: Place, writer: Writer, reader: Reader) -> dict[str, Any]:
    tag = writer.locale.tag
    told = reader.told(issue, issue.current, tag)
    link = f"{place.root}{tag}/{issue.as_of.isoformat()}/"
    return {
        "as_of": issue.as_of,
        "link": link,
        "headline": writer.lift(told.headline, _unlinked),
        "plain": told.plain_headline,
        "pdf": f"{link}brief.pdf" if told.has_pdf else "",
        "corrected": len(issue.versions) > 1,
    }


def _unlinked(html: str) -> str:
    return _LINKED.sub("", html)


def _gauges(page: BuiltPage, writer: Writer, link: str, trends: Trends) -> Markup:
    """The table of gauges as the brief has it, with the past of each beside it."""
    exhibit = page.part(of_class="gauges")
    table = exhibit.first(tag="table") if exhibit else None
    if table is None:
        return Markup("")
    splice = Splice(table)
    splice.tag(table, '<table aria-labelledby="gauges">')
    for row in table.all(tag="tr") if trends.drawings else ():
        if row.first(tag="td") is None:
            splice.at(row.close, f'<th scope="col" class="trend">{writer.labels["trend"]}</th>')
        else:
            drawn = trends.drawings.get(row.attributes.get("data-gauge", ""), "")
            splice.at(row.close, f'<td class="trend">{drawn}</td>')
    html = writer.lift(table.html, lambda _: away(splice.html(), link))
    return Markup('<div class="exhibit gauges"><div class="body">{}</div></div>').format(html)


def _note(page: BuiltPage, writer: Writer, link: str) -> Markup:
    """What the brief says of its gauges: what they are compared with, since when ranked."""
    exhibit = page.part(of_class="gauges")
    note = exhibit.first(of_class="note") if exhibit else None
    return writer.lift(note.html, lambda html: away(html, link)) if note else Markup("")


def _changes(page: BuiltPage, writer: Writer, link: str) -> tuple[Markup, Markup]:
    """What changed since the brief before, as the brief tells it: heading and text."""
    section = page.part(id="changes")
    heading = section.first(tag="h2") if section else None
    if section is None or heading is None:
        return Markup(""), Markup("")
    splice = Splice(section)
    splice.replace(heading, "")
    for part in section.walk():
        if any(name in part.classes for name in _NOT_AT_HOME):
            splice.replace(part, "")
    text = splice.html(section.inner, section.close)
    return (
        writer.lift(heading.inner_html, _unlinked),
        writer.lift(text, lambda html: away(_without_ids(html), link)),
    )


def _without_ids(html: str) -> str:
    return re.sub(r'\sid="[^"]*"', "", html)


def archive(
    writer: Writer, place: Place, reader: Reader, issues: tuple[Issue, ...]
) -> dict[str, Any]:
    """Every brief of a language by year, the newest first."""
    listed = in_language(issues, writer.locale.tag)
    return {
        "years": [
            {
                "day": date(year, 1, 1),
                "issues": [_in_short(issue, place, writer, reader) for issue in group],
            }
            for year, group in groupby(listed, key=lambda issue: issue.as_of.year)
        ]
    }


def missing(writer: Writer, place: Place) -> dict[str, Any]:
    """What a language says of an address that is not there, within a page of another."""
    values = {**writer.shared(place), "others": ()}
    module = writer.templates.module("site/missing.html.j2", values)
    title, text = (writer.templates.call(module, part) for part in ("title", "text"))
    return {
        "tag": writer.locale.tag,
        "typography": writer.locale.typography,
        "title": Markup(typeset(title, writer.locale)),
        "text": Markup(typeset(text, writer.locale)),
    }


def search(writer: Writer, place: Place) -> dict[str, Any]:
    """The script of the search; where a language has no spaces, the words of its index."""
    spaced = writer.locale.typography != "han"
    words = f"{searching.FOLDER}/{searching.words_file(writer.locale.tag)}"
    return {
        "script_path": place.root + writer.assets.add("search.js", writer.text("search.js")),
        "words_path": "" if spaced else place.root + words,
    }


def corrected(writer: Writer, place: Place, issues: tuple[Issue, ...]) -> dict[str, Any]:
    """Every correction of briefs in a language, the newest first."""
    tag = writer.locale.tag
    found = [c for issue in in_language(issues, tag) for c in corrections.of_issue(issue, tag)]
    found.sort(key=lambda correction: correction.version.issued_at, reverse=True)
    return {"corrections": [_correction(c, place, writer) for c in found]}


def _correction(found: Corrected, place: Place, writer: Writer) -> dict[str, Any]:
    tag = writer.locale.tag
    link = f"{place.root}{tag}/{found.as_of.isoformat()}/"
    return {
        **told_of(found.version, tag),
        "id": anchor_of(found),
        "as_of": found.as_of,
        "current": link,
        "earlier": f"{link}v{found.before.number}/",
        "link": f"{place.root}{tag}/corrections/#{anchor_of(found)}",
        "figures": list(_figures(found, link, writer)),
        "sentences": found.sentences,
    }


def told_of(version: Version, tag: str) -> dict[str, Any]:
    """When a version was issued, in New York, and why."""
    reason, reason_tag = corrections.reason_in(version, tag)
    issued = version.issued_at.astimezone(NEW_YORK).date()
    return {"issued": issued, "reason": reason, "reason_tag": reason_tag}


def anchor_of(found: Corrected) -> str:
    """The id of a correction on its page; the first of a brief has that of its date."""
    again = f"-{found.version.number}" if found.version.number > 2 else ""
    return f"c{found.as_of.isoformat()}{again}"


def _figures(found: Corrected, link: str, writer: Writer) -> Iterator[dict[str, Any]]:
    for changed in found.figures:
        figure = changed.figure
        names = [Markup(writer.names[id]) for id in figure.series if id in writer.names]
        yield {
            "id": figure.id,
            "name": Markup(writer.locale.lists.separator).join(names),
            "as_of": figure.as_of,
            "old": _again(changed.old, f"{link}v{found.before.number}/", writer),
            "new": _again(changed.new, link, writer),
        }


def _again(told: tuple[Quantity, str] | None, link: str, writer: Writer) -> Markup:
    """A figure as a version printed it, leading there."""
    return writer.printer.quoted(told[0], told[1], link) if told else Markup("")
