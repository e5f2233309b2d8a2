"""A built brief on the disk: its files against the manifest, its pages against each other."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from reportgen import settings
from reportgen.errors import CheckError, InputError
from reportgen.language import locale as locales
from reportgen.render import blocks, chart_tables, elements, parallel, parity, records, trace
from reportgen.review import brief as briefs
from reportgen.review.reviewing import review
from reportgen.review.rule import Checked, Finding, Level, Place, Rule, by_id

_DATED = re.compile(r"\d{4}-\d{2}-\d{2}")
_DRAFT = re.compile(r'<body[^>]* class="(?:[^"]* )?draft"')
REBUILD = "build the brief again"


def newest(folder: Path) -> Path:
    """The folder itself when it is that of a brief, else the newest brief in it; InputError."""
    if (folder / "manifest.json").is_file():
        return folder
    dated = [path for path in folder.glob("*") if _DATED.fullmatch(path.name) and path.is_dir()]
    if not dated:
        raise InputError(
            "there is no built brief",
            where=str(folder),
            remedy="run reportgen build, or name the folder of a brief, such as output/2025-12-02",
        )
    return max(dated, key=lambda path: path.name)


def check(folder: Path, project: Path) -> Checked:
    """Every gate and every rule on the files of one brief; InputError when they are none."""
    listed = _manifest(folder)
    findings = list(_files(folder, listed))
    facts = _read(folder, "facts.json")
    pages = {
        name.partition("/")[0]: _read(folder, name).decode("utf-8", "replace")
        for name in listed
        if name.endswith("/brief.html") and (folder / name).is_file()
    }
    both = pages.pop(parallel.FOLDER, "")
    content = briefs.read(facts, pages, project)
    findings += _pages(folder, facts, pages, project)
    findings += _side_by_side(folder, both, pages, project)
    findings += review(content)
    return Checked(folder, len(listed), tuple(pages), tuple(findings))


def _manifest(folder: Path) -> Mapping[str, str]:
    content = _read(folder, "manifest.json")
    try:
        outputs: dict[str, str] = json.loads(content)["outputs"]
        return {str(name): str(digest) for name, digest in outputs.items()}
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise InputError(
            f"is no manifest ({type(error).__name__}: {error})",
            where=str(folder / "manifest.json"),
            remedy=REBUILD,
        ) from None


def _read(folder: Path, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror})", where=str(folder / name), remedy=REBUILD
        ) from None


def _files(folder: Path, listed: Mapping[str, str]) -> Iterator[Finding]:
    for name, digest in listed.items():
        path = folder / name
        if not path.is_file():
            yield _found("files.missing", name, "is in the manifest, and not in the folder")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            yield _found("files.changed", name, "is not what was built: its checksum differs")
    present = (path for path in folder.rglob("*") if path.is_file())
    for path in sorted(present):
        name = path.relative_to(folder).as_posix()
        if name not in listed and name != "manifest.json":
            yield _found("files.stray", name, "is not in the manifest", "move it elsewhere")
    made_of_pages = {name for name in listed if name.endswith(("/brief.pdf", "/brief.eml"))}
    for tag in sorted({name.partition("/")[0] for name in made_of_pages}):
        if f"{tag}/brief.html" not in listed:
            yield _found("files.page", f"{tag}/brief.html", "was not built: its text is not read")


def _pages(
    folder: Path, facts: bytes, pages: Mapping[str, str], project: Path
) -> Iterator[Finding]:
    entries = json.loads(facts, parse_float=Decimal)["facts"]
    figures = {figure.id: figure for figure in map(records.figure_of, entries)}
    seen: dict[str, tuple[trace.Sighting, ...]] = {}
    own = settings.load(project).project
    registered = (*own.desk.values(), *own.disclaimer.values(), own.contact)
    for tag, html in pages.items():
        reader = trace.read_page(html)
        language = locales.load(tag, project)
        seen[tag] = tuple(reader.sightings)
        file = f"{tag}/brief.html"
        if _DRAFT.search(html):
            yield _found("pages.draft", file, "was built as a draft", "build it without --draft")
        for section, word, around in trace.untraced(reader.texts, language, registered):
            what = f"{word!r} in {section} has no fact behind it: …{around}…"
            yield _found("pages.trace", file, what)
        try:
            parity.check_values(seen[tag], figures, language)
        except CheckError as error:
            yield _found("pages.values", file, error.what)
        yield from _tables(folder, file, reader, language)
    try:
        parity.check_languages(seen)
    except CheckError as error:
        yield _found("pages.parity", "facts.json", error.what)


def _tables(
    folder: Path, file: str, reader: trace.PageReader, language: locales.Locale
) -> Iterator[Finding]:
    """Whether the tables below charts are those of the CSV files of the language."""
    charts = folder / language.tag / "charts"
    data = {path.stem: path.read_bytes() for path in charts.glob("*.csv")}
    try:
        chart_tables.check(reader.chart_tables, data, language)
    except CheckError as error:
        yield _found("pages.tables", file, error.what)


def _side_by_side(
    folder: Path, both: str, pages: Mapping[str, str], project: Path
) -> Iterator[Finding]:
    """What is wrong with languages block by block, and with the page that has two of them."""
    for one, other in pairwise(pages):
        try:
            blocks.align({tag: blocks.dissect(pages[tag]) for tag in (one, other)})
        except CheckError as error:
            yield _found("pages.blocks", f"{other}/brief.html", error.what)
    if not both:
        return
    file = f"{parallel.FOLDER}/brief.html"
    if _DRAFT.search(both):
        yield _found("pages.draft", file, "was built as a draft", "build it without --draft")
    whole = elements.parse(both)
    for tag, html in pages.items():
        half = trace.read_page(parallel.half_of(whole, set(pages) - {tag}))
        try:
            parallel.check_half(half.sightings, trace.read_page(html).sightings, tag)
        except CheckError as error:
            yield _found("pages.beside", file, error.what)
        yield from _tables(folder, file, half, locales.load(tag, project))


def _found(rule: str, file: str, what: str, remedy: str = REBUILD) -> Finding:
    return Finding(Place(file=file), what, remedy, rule, by_id(rule, GATES).level)


def _nothing(_: briefs.ReadBrief) -> tuple[Finding, ...]:
    """Gates look at files, which a brief once read no longer has."""
    return ()


GATES = tuple(
    Rule(id, level, text, _nothing)
    for id, level, text in (
        ("files.missing", Level.ERROR, "Every file of the manifest lies in the folder."),
        ("files.changed", Level.ERROR, "Every file has the checksum it was built with."),
        ("files.stray", Level.WARNING, "The folder holds no file that the build did not write."),
        ("files.page", Level.WARNING, "Each language has its HTML, from which the text is read."),
        ("pages.draft", Level.ERROR, "No page was built as a draft."),
        ("pages.trace", Level.ERROR, "Every number on a page is a recorded figure or date."),
        ("pages.values", Level.ERROR, "Every printed figure reads back as the value of its fact."),
        ("pages.tables", Level.ERROR, "Every table below a chart has the data of its CSV."),
        ("pages.parity", Level.ERROR, "Every language prints the same facts in each section."),
        ("pages.blocks", Level.ERROR, "Every language has the same blocks with the same facts."),
        ("pages.beside", Level.ERROR, "Side by side, each language prints what its page prints."),
    )
)
