"""Editors' Markdown as sanitised HTML.

CommonMark, of which a brief takes paragraphs, lists, quotations, emphasis, code and links to
http(s) addresses; a bare address is a link too, and straight quotation marks become curly. Raw HTML
and images are left out. ``{...}`` stands for a figure: the caller prints it.
"""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from reportgen.errors import InputError

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

INLINE_TAGS = frozenset({"em", "strong", "a", "code", "br"})
TAGS = INLINE_TAGS | {"p", "ul", "ol", "li", "blockquote"}

# What stands between the braces, and the line: what a reader shall see there.
Figure = Callable[[str, int], Markup]

_BRACES = re.compile(r"\{([^{}\n]*)\}")
# ASCII only, so that Chinese text may follow at once; not the punctuation of the sentence.
_ADDRESS = re.compile(r"https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*[A-Za-z0-9/]")
_SCRIPT = re.compile(r"</?(?:script|style)\b", re.IGNORECASE)
_EMPTY = re.compile(r"<p>\s*</p>\n?")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph as it is read, without its figures; ``cites`` when it links to a source."""

    line: int
    text: str
    cites: bool


@dataclass(frozen=True, slots=True)
class Rendered:
    """The HTML, its paragraphs, and the lines where something was left out."""

    html: Markup
    passages: tuple[Passage, ...]
    left_out: tuple[int, ...]


def render(text: str, where: str, figure: Figure, *, inline: bool = False) -> Rendered:
    """A text in Markdown; ``inline`` for one that stands within a paragraph.

    InputError with file and line for what cannot be meant as it stands.
    """
    return _Renderer(text, where, figure).render(inline=inline)


@cache
def _parser() -> MarkdownIt:
    """The parser; its libraries take a tenth of a second, which a brief without notes keeps."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"typographer": True}).enable("smartquotes")
    # Links are judged when they are written: one left unparsed would print its brackets.
    parser.validateLink = _any_link  # type: ignore[method-assign]  # its way to set one
    parser.inline.ruler.before("escape", "figure", _figure_rule)
    return parser


def _any_link(url: str) -> bool:  # noqa: ARG001  # the parser calls it so
    return True


def _figure_rule(state: StateInline, silent: bool) -> bool:
    found = _BRACES.match(state.src, state.pos)
    if found is None or found.end() > state.posMax:
        return False
    if not silent:
        state.push("figure", "", 0).content = found[1]
    state.pos = found.end()
    return True


class _Renderer:
    """Renders one text; each paragraph is sanitised on its own, then the whole once more."""

    def __init__(self, text: str, where: str, figure: Figure) -> None:
        self.text = text
        self.where = where
        self.figure = figure
        self.printed: list[Markup] = []
        self.passages: list[Passage] = []
        self.left_out: set[int] = set()
        self.heading = False
        # Figures are set in after the sanitising; no text holds its own checksum.
        self.mark = hashlib.sha256(text.encode()).hexdigest()
        self.marks = re.compile(rf"{self.mark}x(\d+)x")

    def render(self, *, inline: bool) -> Rendered:
        parser = _parser()
        tokens = parser.parseInline(self.text) if inline else parser.parse(self.text)
        kept = [token for token in tokens if self._keeps(token)]
        written = _clean(parser.renderer.render(kept, parser.options, {}), TAGS)
        whole = self.marks.sub(lambda found: self.printed[int(found[1])], written)
        return Rendered(
            Markup(_EMPTY.sub("", whole).strip()),
            tuple(self.passages),
            tuple(sorted(self.left_out)),
        )

    def _keeps(self, token: Token) -> bool:
        """Rewrites a block as a brief has it; False for what has no place in one."""
        line = token.map[0] + 1 if token.map else 1
        if token.type == "inline":
            token.children = [_raw(self._paragraph(token, line))]
        elif token.type == "html_block":
            self.left_out.add(line)
            token.content = f"<p>{self._sanitised(token.content, frozenset(), line)}</p>\n"
        elif token.type in ("fence", "code_block"):
            token.type = "html_block"
            written = f"<code>{html.escape(token.content.strip())}</code>"
            token.content = f"<p>{self._sanitised(written, INLINE_TAGS, line)}</p>\n"
        elif token.type.startswith("heading"):
            token.tag = "p"
            self.heading = token.nesting == 1
        elif token.type == "hr":
            return False
        elif token.type == "ordered_list_open" and token.attrGet("start"):
            raise self._fault(
                "a line that begins with a number and a full stop is a list, which begins at 1",
                line,
                "begin the list at 1, or the line with a word",
            )
        return True

    def _paragraph(self, token: Token, line: int) -> str:
        parser = _parser()
        token.children = list(self._children(token.children or [], line))
        written = parser.renderer.render([token], parser.options, {})
        cleaned = self._sanitised(written, INLINE_TAGS, line)
        return f"<strong>{cleaned}</strong>" if self.heading else cleaned

    def _children(self, children: list[Token], line: int) -> Iterator[Token]:
        link = ""
        for child in children:
            if child.type in ("softbreak", "hardbreak"):
                line += 1
            if child.type == "link_open":
                link = str(child.attrGet("href") or "-")
            if child.type == "figure":
                yield _text(self._print(child.content, line, within_link=bool(link)))
            elif child.type == "text" and not link:
                yield from _with_links(child.content)
            elif child.type in ("link_open", "link_close") and not _ADDRESS.match(link):
                self.left_out.add(line)
            elif child.type in ("image", "html_inline"):
                self.left_out.add(line)
                # What a script says goes with it, so its tags stay until the sanitising.
                if child.type == "html_inline" and _SCRIPT.match(child.content):
                    yield child
            else:
                yield child
            if child.type == "link_close":
                link = ""

    def _print(self, content: str, line: int, *, within_link: bool) -> str:
        if within_link:
            raise self._fault(
                f"{{{content}}} stands within a link, but a figure has a link of its own",
                line,
                "put it before or after the [text](address)",
            )
        self.printed.append(self.figure(content, line))
        return f"{self.mark}x{len(self.printed) - 1}x"

    def _sanitised(self, written: str, tags: frozenset[str], line: int) -> str:
        """A paragraph without what may not stay, noted for the gates; InputError if damaged."""
        cleaned = _clean(written, tags)
        text = self.marks.sub(" ", html.unescape(re.sub(r"<[^>]*>", "", cleaned)))
        self.passages.append(Passage(line, text, '<a href="http' in cleaned))
        if any(brace in text for brace in "{}"):
            raise self._fault(
                f"a brace stands alone in {_short(text)!r}", line, "write a figure as {fact:id}"
            )
        if "**" in text:
            raise self._fault(
                f"** makes nothing bold in {_short(text)!r}",
                line,
                "close it, and put punctuation after the closing **, not before",
            )
        for character in text:
            if unicodedata.category(character).startswith("C") and character not in "\n\t":
                raise self._fault(
                    f"holds a character that cannot be printed (U+{ord(character):04X})",
                    line,
                    "type the passage again",
                )
        return cleaned

    def _fault(self, what: str, line: int, remedy: str) -> InputError:
        return InputError(what, where=f"{self.where}, line {line}", remedy=remedy)


def _clean(written: str, tags: frozenset[str]) -> str:
    import nh3

    return nh3.clean(
        written,
        tags=set(tags),
        attributes={"a": {"href"}} if "a" in tags else {},
        url_schemes={"http", "https"},
        link_rel=None,
    )


def _with_links(text: str) -> Iterator[Token]:
    """A text with each bare address as a link."""
    from markdown_it.token import Token

    end = 0
    for found in _ADDRESS.finditer(text):
        yield _text(text[end : found.start()])
        yield Token("link_open", "a", 1, attrs={"href": found[0]})
        yield _text(found[0])
        yield Token("link_close", "a", -1)
        end = found.end()
    yield _text(text[end:])


def _text(content: str) -> Token:
    from markdown_it.token import Token

    return Token("text", "", 0, content=content)


def _raw(content: str) -> Token:
    from markdown_it.token import Token

    return Token("html_inline", "", 0, content=content)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else f"{words[:60]}…"
