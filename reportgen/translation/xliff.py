"""XLIFF 1.2 for translation tools: a language's file handed out, and taken back whole or not.

Version 1.2 is what Poedit, Weblate and the CAT tools all read. Placeholders and tags are inline
elements (``<ph>``) whose content is the text itself: a tool that flattens them loses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from reportgen.errors import CheckError, InputError
from reportgen.language.locale import SOURCE_LANGUAGE, Locale
from reportgen.language.po_file import Entry, PoFile
from reportgen.language.rules.entries import integrity

_ORIGINAL = "messages.po"
_SKELETON = f"""<?xml version="1.0" encoding="UTF-8"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">
<file original="{_ORIGINAL}" source-language="{SOURCE_LANGUAGE}" target-language="@" datatype="po">
<body></body></file></xliff>"""
_INLINE = re.compile(r"(%\(\w+\)s|<[^>]*>)")
_STATES = {
    "changed": "needs-adaptation",
    "unsure": "needs-review-translation",
    "done": "translated",
}
_PREVIOUS = "previous-source"
REMEDY = "export it again with `reportgen locale export`; nothing was changed"


def _library() -> tuple[Any, Any, Any]:
    """The parts of translate-toolkit; InputError when the extra is not installed."""
    try:
        from translate.storage import xliff
        from translate.storage.placeables import StringElem
        from translate.storage.placeables.xliff import Ph
    except ImportError:
        raise InputError(
            "translate-toolkit is not installed",
            where="XLIFF",
            remedy="install the extra reportgen[xliff]",
        ) from None
    return xliff, StringElem, Ph


def exported(po: PoFile, locale: Locale) -> bytes:
    """A language's messages as XLIFF, in the order of the file."""
    xliff, _, _ = _library()
    store = xliff.xlifffile.parsestring(_SKELETON.replace("@", locale.tag).encode())
    store.switchfile(_ORIGINAL)
    for entry in po.entries:
        unit = xliff.xliffunit("")
        store.addunit(unit)
        unit.setid(entry.context)
        unit.rich_source = [_marked(entry.text)]
        if entry.translation:
            unit.rich_target = [_marked(entry.translation)]
            unit.xmlelement.find(unit.namespaced("target")).set("state", _state(entry))
        if entry.notes:
            unit.addnote("\n".join(entry.notes), origin="developer")
        for comment in entry.comments:
            unit.addnote(comment, origin="translator")
        if entry.fuzzy and entry.previous is not None:
            unit.addalttrans(
                entry.translation, _PREVIOUS, lang=locale.tag, sourcetxt=entry.previous
            )
    return bytes(store)


def _state(entry: Entry) -> str:
    if not entry.fuzzy:
        return _STATES["done"]
    return _STATES["unsure" if entry.previous is None else "changed"]


def _marked(text: str) -> Any:
    """A text whose placeholders and tags a translation tool shows as one piece each."""
    _, element, ph = _library()
    parts: list[Any] = []
    for number, piece in enumerate(filter(None, _INLINE.split(text))):
        inline = _INLINE.fullmatch(piece)
        parts.append(ph(id=f"{number}", sub=[piece]) if inline else piece)
    return element(parts)


def imported(content: bytes, po: PoFile, locale: Locale, where: str) -> PoFile:
    """The file with the translations of an XLIFF; InputError or CheckError leave it as it was.

    The XLIFF is to hold just the messages of the file, of the same English, and each translation
    its placeholders and tags.
    """
    units = _units(content, locale, where)
    _hold_to(po, units, where)
    entries = tuple(_translated(entry, units[entry.context]) for entry in po.entries)
    faults = [
        f"{entry.context}: {fault.what} → {fault.remedy}"
        for entry in entries
        if entry.is_translated
        for fault in integrity(entry.text, entry.translation)
    ]
    if faults:
        raise CheckError(
            f"{len(faults)} faults in its translations:\n  " + "\n  ".join(faults),
            where=where,
            remedy="correct them in the translation tool; nothing was changed",
        )
    return replace(po, entries=entries)


def _units(content: bytes, locale: Locale, where: str) -> dict[str, Any]:
    """The units by context; InputError for what is no XLIFF of this language."""
    xliff, _, _ = _library()
    from lxml.etree import LxmlError

    try:
        store = xliff.xlifffile.parsestring(content)
        target = store.gettargetlanguage() or ""
    except (LxmlError, ValueError, StopIteration, AttributeError) as error:
        raise InputError(
            f"is no XLIFF 1.2 ({str(error) or type(error).__name__})", where=where, remedy=REMEDY
        ) from None
    if target.replace("_", "-").lower() != locale.tag.lower():
        raise InputError(
            f"is a translation to {target or 'no language'}, not to {locale.tag}",
            where=where,
            remedy="name the language with --lang, or take the file of this language",
        )
    units: dict[str, Any] = {}
    for unit in store.units:
        context = unit.xmlelement.get("id") or ""
        if context in units:
            raise InputError(
                f"line {unit.xmlelement.sourceline}: {context} stands there twice",
                where=where,
                remedy=REMEDY,
            )
        units[context] = unit
    return units


def _hold_to(po: PoFile, units: dict[str, Any], where: str) -> None:
    """Raises InputError for messages that are missing, strange, or of another English."""
    texts = {entry.context: entry.text for entry in po.entries}
    faults = [f"{context}: is missing" for context in texts if context not in units]
    for context, unit in units.items():
        line = unit.xmlelement.sourceline
        if context not in texts:
            faults.append(f"line {line}, {context}: is no message of {po.path.name}")
        elif str(unit.source) != texts[context]:
            faults.append(f"line {line}, {context}: its English is not that of {po.path.name}")
    if faults:
        raise InputError(
            f"{len(faults)} messages do not belong together with the locale file:\n  "
            + "\n  ".join(_some(faults)),
            where=where,
            remedy=REMEDY,
        )


def _some(faults: Sequence[str]) -> list[str]:
    return [*faults[:20], *([f"and {len(faults) - 20} more"] if len(faults) > 20 else [])]


def _translated(entry: Entry, unit: Any) -> Entry:
    translation = str(unit.target or "")
    target = unit.xmlelement.find(unit.namespaced("target"))
    state = target.get("state", "") if target is not None else ""
    fuzzy = bool(translation) and (state == "new" or state.startswith("needs-"))
    former = [str(old.source) for old in unit.getalttrans(origin=_PREVIOUS)]
    comments = tuple(unit.getnotes("translator").split("\n")) if unit.getnotes("translator") else ()
    return replace(
        entry,
        translation=translation,
        fuzzy=fuzzy,
        previous=former[0] if fuzzy and former else None,
        comments=comments,
    )
