"""The typographic pass, the same for web and print.

For languages set in Han characters: a quarter-em gap between Han and Latin or digits, never inside
a figure or a date; no space after a full-width mark; the first of two adjacent full-width marks
squeezed. In every language the last line of a paragraph has more than one short word or character.
Figures and dates do not break across lines; that is a matter of the style sheet and of no-break
spaces.
"""

from __future__ import annotations

import re
from functools import cache

from reportgen.language.characters import CLOSING, IDEOGRAPHIC, OPENING
from reportgen.language.locale import Locale

# A plain space of the Noto CJK faces is a quarter of an em wide, the measure Chinese typography
# asks for; they have no glyph for the thin space, and a plain one vanishes at the end of a line.
GAP = " "

_HAN = f"[{IDEOGRAPHIC}]"
_LATIN = r"[A-Za-z0-9$%+\u2212]"
_TOKEN = re.compile(r"(<[^>]*>)")
_WITHIN = re.compile(rf"(?<={_HAN})(?={_LATIN})|(?<=[A-Za-z0-9%])(?={_HAN})")
# Where an editor's line of Chinese ends, a browser would show a space.
_LINE_END = re.compile(rf"(?<={_HAN})[ \t]*\n(?={_HAN})")
_AFTER_MARK = re.compile(rf"(?<=[{CLOSING}])[ \n]+")
_PAIR = re.compile(rf"([{CLOSING}])(?=[{CLOSING}{OPENING}])")
# Where a paragraph, an item or a heading ends: a word of up to eight letters does not stand alone
# on its last line, nor does a Han character; the one before comes with it.
_END = r"(?=</(?:p|li|h[1-3]|td)>)"
_SHORT_LAST_WORD = re.compile(rf"(?<![\w’-])([A-Za-z’-]+[,;:]? [A-Za-z’-]{{1,8}}[.?!:]?){_END}")
_ATOM_START, _ATOM_ENDS = re.compile(r"<(?:data|time)\b"), {"</data>", "</time>"}
_UNTOUCHED = {"style", "script", "svg", "code", "title"}
_ATOMS = {"data", "time"}


def typeset(html: str, locale: Locale) -> str:
    """The page with the spacing and the last lines of its language."""
    # Not markup, which would escape what is put in.
    html = str(html)
    if locale.typography != "han":
        return _SHORT_LAST_WORD.sub(r'<span class="keep">\1</span>', html)
    last_characters = _last_characters("".join(scale.word for scale in locale.numbers.scales))
    typesetter = _Typesetter(locale.numbers.joined)
    return last_characters.sub(r'<span class="keep">\1</span>', typesetter.run(html))


@cache
def _typed_unit(joined: str) -> re.Pattern[str]:
    """The gap within an editor's number and its unit, which keep together as a figure does."""
    unit = f"[{re.escape(joined)}]" if joined else "(?!)"
    return re.compile(
        rf"(?<=[0-9]){GAP}(?={unit})|(?<=[0-9]{GAP}[年月]){GAP}(?=[0-9])"
        rf"|(?<=[0-9][年月]){GAP}(?=[0-9])"
    )


@cache
def _last_characters(scales: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![0-9{re.escape(scales)}])({_HAN}{{2}}[{CLOSING}]?){_END}")


class _Typesetter:
    """Walks tags and text once, remembering the last visible character."""

    def __init__(self, joined: str) -> None:
        # What follows a number without a gap, its unit or measure word.
        self.joined = joined
        self.typed_unit = _typed_unit(joined)
        self.last = ""
        self.open: list[str] = []
        self.out: list[str] = []

    def run(self, html: str) -> str:
        for token in _TOKEN.split(html):
            if token.startswith("<"):
                self._tag(token)
            elif token:
                self._text(token)
        return "".join(self.out)

    def _tag(self, token: str) -> None:
        name = re.match(r"</?\s*([A-Za-z0-9-]*)", token)
        element = name[1].lower() if name else ""
        if element in _UNTOUCHED | _ATOMS:
            if token.startswith("</"):
                if element in self.open:
                    self.open.remove(element)
            elif not token.endswith("/>"):
                self.open.append(element)
        elif element in _BLOCKS:
            self.last = ""
        self.out.append(token)

    def _text(self, token: str) -> None:
        if any(element in _UNTOUCHED for element in self.open):
            self.out.append(token)
            return
        if any(element in _ATOMS for element in self.open):
            if self._needs_gap(token) or self._follows_word(token):
                self._gap_before_tags()
        else:
            token = self._spaced(token)
        self.out.append(token)
        self.last = token[-1:] if token.rstrip() == token else ""

    def _keep_with_figure(self, token: str) -> str:
        """A number printed without a unit keeps together with its measure word: 20个操作日."""
        if self.last.isdigit() and self.out[-1] in _ATOM_ENDS and token[:1] in self.joined:
            opened = max(place for place, tag in enumerate(self.out) if _ATOM_START.match(tag))
            self.out.insert(opened, '<span class="keep">')
            self.out.append(f"{token[:1]}</span>")
            self.last = token[0]
            return token[1:]
        return token

    def _spaced(self, token: str) -> str:
        token = self._keep_with_figure(token)
        if self.last and self.last in CLOSING:
            token = token.lstrip(" \n")
        if self._needs_gap(token):
            token = GAP + token
        token = _WITHIN.sub(GAP, _LINE_END.sub("", _AFTER_MARK.sub("", token)))
        token = self.typed_unit.sub("", token)
        return _PAIR.sub(r'<span class="squeeze">\1</span>', token)

    def _needs_gap(self, token: str) -> bool:
        return bool(self.last) and bool(_WITHIN.search(self.last + token[:1]))

    def _follows_word(self, token: str) -> bool:
        """A figure right after a Latin word: IORB 22个基点."""
        return self.last.isascii() and self.last.isalpha() and not token[:1].isspace()

    def _gap_before_tags(self) -> None:
        """The gap stands before the tags that open a figure, not inside it."""
        place = len(self.out)
        # Text may begin with a tag too, that of a squeezed mark.
        while re.fullmatch(r"<[^/][^>]*>", self.out[place - 1]):
            place -= 1
        self.out.insert(place, GAP)


_BLOCKS = {
    "p", "div", "section", "article", "header", "footer", "main", "nav", "h1", "h2", "h3", "h4",
    "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th", "td",
    "figure", "figcaption", "blockquote", "br", "body", "html", "head", "details", "summary",
}  # fmt: skip
