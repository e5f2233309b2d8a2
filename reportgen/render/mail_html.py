"""The HTML of a mail: elements that mail programs know, every style in its element."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from css_inline import CSSInliner

from reportgen.charts import style
from reportgen.errors import RenderError
from reportgen.render import markup
from reportgen.render.mail_draft import MailDraft

# Gmail cuts a longer one off.
LONGEST = 102 * 1000

# Mail programs drop what they do not know, or show it as if it were nothing.
_RENAMED = {
    "section": "div", "header": "div", "footer": "div", "aside": "div", "figure": "div",
    "figcaption": "div", "data": "span", "time": "span",
}  # fmt: skip
_ATTRIBUTES = {
    "align", "alt", "border", "cellpadding", "cellspacing", "charset", "class", "colspan",
    "content", "height", "href", "lang", "name", "role", "scope", "src", "width",
}  # fmt: skip
_LINKED = ("https:", "http:", "mailto:")
# What only the plain text says.
_IN_WORDS = "in-words"
# A table with more columns lies down: its rows become columns.
_MOST_COLUMNS = 6
# Columns that a phone has no room for, by the class around the table.
_NARROW = {"gauges": (2, 4)}

_CLASS = re.compile(r' class="([^"]*)"')
_REMARK = re.compile(r"\s*/\*.*?\*/", re.DOTALL)
_QUERIES = re.compile(r"<style>(@media.*?)</style>\n?", re.DOTALL)


def write(draft: MailDraft) -> str:
    """The HTML part, which asks for nothing but the images of its mail; RenderError when too long.

    Classes stay where a query of the style sheet needs them.
    """
    root = draft.tree()
    for element in list(root.iter()):
        for name in markup.classes(element) & _NARROW.keys():
            _mark_narrow(element, _NARROW[name])
    for table in list(root.iter("table")):
        if table.get("role") != "presentation":
            _fit(table)
    for image in root.iter("img"):
        width, height = style.pixels(draft.images[image.get("src", "").removeprefix("cid:")])
        image.set("height", str(round(int(image.get("width", "0")) * height / width)))
    markup.fill(root, _simple(root))
    inliner = CSSInliner(load_remote_stylesheets=False, keep_at_rules=True, minify_css=True)
    written = _needed_classes(inliner.inline(markup.serialise(root)))
    if len(written.encode()) > LONGEST:
        raise RenderError(
            f"the HTML is {len(written.encode())} bytes long; Gmail shows {LONGEST}",
            where="templates/mail.html.j2",
            remedy="shorten the notes of this brief, or leave a section out of the mail",
        )
    return written


def _mark_narrow(element: ET.Element, columns: tuple[int, ...]) -> None:
    for row in element.iter("tr"):
        for column in columns:
            markup.add_class(row[column], "narrow")


def _fit(table: ET.Element) -> None:
    """Gives a table of data what mail programs lay it out by, and columns it has room for."""
    heads = table.find("thead/tr")
    if heads is not None and len(heads) > _MOST_COLUMNS:
        _lay_down(table, heads)
    markup.add_class(table, "data")
    table.attrib.update({"width": "100%", "cellspacing": "0", "cellpadding": "0", "border": "0"})


def _lay_down(table: ET.Element, heads: ET.Element) -> None:
    rows = [list(heads), *(list(row) for row in table.iterfind("tbody/tr"))]
    markup.fill(table, (ET.Element("thead"), ET.Element("tbody")))
    for place, cells in enumerate(zip(*rows, strict=True)):
        row = ET.SubElement(table[min(place, 1)], "tr")
        for column, cell in enumerate(cells):
            cell.attrib = {"class": "num"} if column else {}
            # What was the head of a column is that of a row, and the other way round.
            if cell.tag == "th":
                cell.set("scope", "row" if place and not column else "col")
            row.append(cell)


def _simple(element: ET.Element) -> list[ET.Element | str]:
    """What is in an element, without what mail programs do not know; links on the page go."""
    parts: list[ET.Element | str] = []
    for part in markup.contents(element):
        if isinstance(part, str) or markup.is_comment(part):
            parts.append(part)
        elif _IN_WORDS not in markup.classes(part):
            inside = _simple(part)
            if _is_transparent(part):
                parts += inside
            else:
                parts.append(_known(part, inside))
    return parts


def _is_transparent(element: ET.Element) -> bool:
    """Whether an element changes nothing that is seen, once links on the page are none."""
    if element.tag == "a":
        return not element.get("href", "").startswith(_LINKED)
    if element.tag == "span":
        return not markup.classes(element) & {"fig-subtitle", "untranslated"}
    return element.tag == "code" and "id" in markup.classes(element)


def _known(element: ET.Element, inside: list[ET.Element | str]) -> ET.Element:
    attributes = {name: v for name, v in element.attrib.items() if name in _ATTRIBUTES}
    if element.tag in ("data", "time"):
        attributes = {"class": "q"}
    known = ET.Element(_RENAMED.get(str(element.tag), str(element.tag)), attributes)
    markup.fill(known, inside)
    return known


def _needed_classes(page: str) -> str:
    """The page with no classes but those that the queries left of its style sheet name."""
    queries = _QUERIES.search(page)
    needed = set(re.findall(r"\.([a-z-]+)", queries[1])) if queries else set()

    def needed_only(found: re.Match[str]) -> str:
        names = [name for name in found[1].split() if name in needed]
        return f' class="{" ".join(names)}"' if names else ""

    page = _CLASS.sub(needed_only, page)
    if queries:
        # The inliner puts them first; the character set belongs there.
        sheet = _REMARK.sub("", queries[0])
        page = page.replace(queries[0], "", 1).replace("</head>", f"{sheet}</head>", 1)
    return page
