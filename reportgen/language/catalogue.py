"""Messages of a language as a build asks for them: the translation, or an error that names it.

English is the source language and has no file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from markupsafe import Markup

from reportgen.errors import CheckError
from reportgen.language import checking, po_file
from reportgen.language.extraction import source_messages
from reportgen.language.locale import SOURCE_LANGUAGE, Locale
from reportgen.language.rules.rule import Effect, Finding


class Catalogue:
    """What a language says for each message.

    In a strict build an untranslated message is an error; a draft prints the English, marked.
    """

    def __init__(
        self,
        translations: Mapping[tuple[str, str], str] | None,
        *,
        draft: bool,
        untranslated_percent: int = 0,
    ) -> None:
        self._translations = translations
        self._draft = draft
        # Of all messages, for drafts to tell; rounded up, so that 0 means none.
        self.untranslated_percent = untranslated_percent

    def pgettext(self, context: str, text: str) -> str:
        """The text in this language; CheckError when a strict build has none."""
        if self._translations is None:
            return text
        translated = self._translations.get((context, text))
        if translated is not None:
            return translated
        if not self._draft:
            raise CheckError(
                f"{context!r} is not translated",
                where="locales",
                remedy="translate it, or build with --draft",
            )
        return untranslated(Markup(text))

    def gettext(self, text: str) -> str:
        """Messages have a context; one without is a fault of the template."""
        raise CheckError(
            f"the message {text[:60]!r} has no context",
            where="templates",
            remedy='write {% trans "<section>.<statement>.<variant>" %}',
        )


def untranslated(text: Markup) -> Markup:
    """A text that a draft says in the source language."""
    return Markup('<span class="untranslated" lang="{}">{}</span>').format(SOURCE_LANGUAGE, text)


def load(locale: Locale, project: Path, *, draft: bool) -> Catalogue:
    """The catalogue of a language; CheckError naming every message a strict build cannot print.

    That is one that is not translated, is damaged, or goes against the rules of its language.
    """
    if locale.is_source:
        if not draft:
            _stop_on(list(checking.of_source(locale, project)), "templates")
        return Catalogue(None, draft=draft)
    path = checking.file_of(locale, project)
    po = po_file.read(path)
    found = checking.of_file(po, locale, project)
    if not draft:
        _stop_on(found, str(path))
    known = checking.printable(po, found)
    wanted = [source.key for source in source_messages(project)]
    missing = sum(key not in known for key in wanted)
    return Catalogue(known, draft=draft, untranslated_percent=-(-100 * missing // len(wanted)))


def _stop_on(found: Sequence[Finding], where: str) -> None:
    """Raises CheckError when there is a finding that must not be published."""
    grave = [finding for finding in found if finding.fault.rule.effect >= Effect.STOPS]
    if not grave:
        return
    messages = len({finding.context for finding in grave})
    lines = [
        finding.told() if str(finding.file) == where else f"{finding.file}, {finding.told()}"
        for finding in grave
    ]
    raise CheckError(
        f"{len(grave)} findings in {messages} messages cannot be published:\n  "
        + "\n  ".join(lines),
        where=where,
        remedy="correct them, or build with --draft; `reportgen locale check --explain RULE` says "
        "what a rule asks for",
    )
