"""A finished page with some of its parts replaced; all else stays byte for byte."""

from __future__ import annotations

from reportgen.render.elements import Element


class Splice:
    """Collects what is to stand in place of parts of an element's text, and writes it."""

    def __init__(self, whole: Element) -> None:
        self.whole = whole
        self._edits: list[tuple[int, int, str]] = []

    def replace(self, element: Element, text: str) -> None:
        """Puts a text in place of an element."""
        self._edits.append((element.start, element.end, text))

    def inside(self, element: Element, text: str) -> None:
        """Puts a text in place of what an element holds."""
        self._edits.append((element.inner, element.close, text))

    def tag(self, element: Element, text: str) -> None:
        """Puts another start tag in place of an element's own."""
        self._edits.append((element.start, element.inner, text))

    def at(self, place: int, text: str) -> None:
        """Puts a text in at a place of the page."""
        self._edits.append((place, place, text))

    def html(self, start: int | None = None, end: int | None = None) -> str:
        """The text with its replacements, by default of the whole element.

        Of two that overlap the one that begins first holds: what lies within it is gone.
        """
        place = self.whole.start if start is None else start
        last = self.whole.end if end is None else end
        written: list[str] = []
        for begin, until, text in sorted(self._edits, key=lambda edit: (edit[0], -edit[1])):
            if begin < place or until > last:
                continue
            written += self.whole.page[place:begin], text
            place = until
        return "".join((*written, self.whole.page[place:last]))
