"""Reads a project's locale files, brings them in step, and writes them whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from reportgen import settings
from reportgen.briefing import brief_for, bundled_briefs
from reportgen.language import checking, po_file
from reportgen.language import locale as locales
from reportgen.language.extraction import source_messages
from reportgen.language.locale import Locale
from reportgen.translation import filling, samples, template_file, updating
from reportgen.translation import sheet as sheets
from reportgen.translation.samples import Samples
from reportgen.translation.updating import Update


def chosen(project: Path, tags: Sequence[str]) -> list[Locale]:
    """The languages asked for, by default every one that has a file."""
    named = tags or [tag for tag in locales.available(project) if tag != locales.SOURCE_LANGUAGE]
    return [locales.load(tag, project) for tag in dict.fromkeys(named)]


def extract(project: Path) -> tuple[Path, int]:
    """Writes the template file; its path and the number of messages."""
    english = locales.load(locales.SOURCE_LANGUAGE, project)
    found = samples.take(project, [english])
    return write_template(project, found)


def write_template(project: Path, found: Samples) -> tuple[Path, int]:
    """As ``extract``, with samples already taken."""
    sources = list(source_messages(project))
    path = template_file.path_in(project)
    write(path, template_file.text(sources, found, project))
    return path, len(sources)


def update(project: Path, languages: Sequence[Locale]) -> list[tuple[Locale, Update]]:
    """Brings the template file and the files of these languages in step with the templates."""
    english = locales.load(locales.SOURCE_LANGUAGE, project)
    steps = [
        (language, po_file.read(checking.file_of(language, project))) for language in languages
    ]
    found = samples.take(project, [english, *languages])
    write_template(project, found)
    sources = list(source_messages(project))
    done = []
    for language, po in steps:
        notes = {s.context: samples.notes_of(s, found, [english, language]) for s in sources}
        step = updating.updated(po, sources, notes)
        save(step.po, language, project)
        done.append((language, step))
    return done


def sheet(
    project: Path, tag: str | None, days: Sequence[date], file: Path | None, *, missing: bool
) -> Path:
    """Writes the sheet of a language, filled with the facts of these days; its path.

    Without days they are those of the samples, from the bundled history.
    """
    language = locales.load(tag or settings.translated(settings.load(project)), project)
    english = locales.load(locales.SOURCE_LANGUAGE, project)
    own = (brief_for(project, day, draft=True) for day in dict.fromkeys(days))
    briefs = own if days else bundled_briefs(samples.DAYS)
    sayings = filling.gather(briefs, project, english, language)
    path = file or Path(f"sheet.{language.tag}.html")
    write(path, sheets.write(project, language, sayings, missing=missing))
    return path


def save(po: po_file.PoFile, language: Locale, project: Path) -> Path:
    """Writes a language's file into the project, beside the one that ships.

    Nothing is written where the file already says the same.
    """
    text = updating.text(po, language)
    own = project / "locales" / language.folder / checking.DOMAIN
    if po.path.is_file() and po.path.read_text(encoding="utf-8") == text:
        return po.path
    write(own, text)
    return own


def write(path: Path, text: str) -> None:
    """A file written aside and put in its place in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.new")
    aside.write_text(text, encoding="utf-8", newline="\n")
    aside.replace(path)
