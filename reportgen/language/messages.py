"""What the templates say in one language: translated, or in the desk's own words, and recorded."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

from reportgen.language.catalogue import Catalogue
from reportgen.language.locale import Locale
from reportgen.language.typography import typeset
from reportgen.model import Said

# A message in the desk's words, from the values of its placeholders.
Rewording = Callable[[Mapping[str, Any]], Markup]

# Around a text of the desk whose numbers are those of the sources it links to.
CITED = '<span class="cited">{}</span>'

_KEY = re.compile(r'data-fact="([^"]+)"|datetime="([^"]+)"')
_SOURCE = re.compile(r'href="(https?://[^"]+)"')


class Messages:
    """Says each message; ``rewordings`` are those that the desk has overridden, by context."""

    def __init__(
        self, catalogue: Catalogue, rewordings: Mapping[str, Rewording] | None = None
    ) -> None:
        self._catalogue = catalogue
        self._rewordings = rewordings or {}
        self._said: dict[str, dict[Markup, None]] = {}
        # What each message was filled with when it was first said, for translators.
        self.filled: dict[str, Mapping[str, Any]] = {}

    def pgettext(self, context: str, text: str, /, **values: Any) -> Markup:
        """A message with its placeholders filled, as Jinja's new-style gettext asks for it."""
        reworded = self._rewordings.get(context)
        if reworded is None:
            said = Markup(self._catalogue.pgettext(context, text)) % values
        else:
            said = reworded(values)
        self._said.setdefault(context, {})[said] = None
        self.filled.setdefault(context, values)
        return said

    def gettext(self, text: str, /, **_values: Any) -> str:
        """A message without a context, which is an error."""
        return self._catalogue.gettext(text)

    def said(self, locale: Locale) -> tuple[Said, ...]:
        """Every message so far, in the order of their contexts."""
        return tuple(
            Said(context, tuple(_plain(text, locale) for text in texts), keys_of("".join(texts)))
            for context, texts in sorted(self._said.items())
        )


def keys_of(markup: str) -> frozenset[str]:
    """The figures, dates and cited sources in a piece of a page, keyed as the gates key them."""
    keys = {fact or f"date:{stamp}" for fact, stamp in _KEY.findall(markup)}
    if CITED.partition("{")[0] in markup:
        keys |= {f"cited:{address}" for address in _SOURCE.findall(markup)}
    return frozenset(html.unescape(key) for key in keys)


def _plain(text: str, locale: Locale) -> str:
    """As one would search for it: the spaces of the page, none of them special."""
    shown = html.unescape(re.sub(r"<[^>]*>", "", typeset(text, locale)))
    return shown.replace("\N{NO-BREAK SPACE}", " ")
