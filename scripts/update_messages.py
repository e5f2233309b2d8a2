"""Brings the locale files in step with the templates.

    python scripts/update_messages.py

A message whose context and English are unchanged keeps its translation; one whose English changed
is emptied, with the old translation left in a translator's comment; one that is gone is dropped.
Order is that of the templates; there are no line numbers and no dates.
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from reportgen import resources
from reportgen.language import catalogue, locale
from reportgen.language.locale import Locale

_DATED = re.compile(
    r'^"(?:POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Language-Team'
    r"|Report-Msgid-Bugs-To):.*\n",
    re.MULTILINE,
)


def updated(language: Locale, project: Path) -> str:
    """The text of the locale file as it should be."""
    _, old = catalogue.read(language, project)
    by_context = {message.context: message for message in old if message.id}
    new = Catalog(locale=language.babel, project="reportgen", charset="utf-8", fuzzy=False)
    new.header_comment = f"# {language.name} of reportgen. Edited in any gettext editor."
    for source in catalogue.source_messages(project):
        known = by_context.get(source.context)
        notes, text = list(source.notes), ""
        if known is not None and known.string:
            if known.id == source.text:
                text = str(known.string)
            else:
                notes.append(f"The English changed; it was translated as: {known.string}")
        new.add(source.text, text, context=source.context, auto_comments=notes)
    buffer = BytesIO()
    write_po(buffer, new, width=0, no_location=True)
    return _DATED.sub("", buffer.getvalue().decode())


def main() -> None:
    """Every language but the source."""
    project = resources.LOCALES.parent
    for tag in locale.available(project):
        language = locale.load(tag, project)
        if not language.is_source:
            path, _ = catalogue.read(language, project)
            path.write_text(updated(language, project), encoding="utf-8")
            print(path)


if __name__ == "__main__":
    main()
