"""What the preview adds to a page: a bar at its foot, a fault above it, the script that reloads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from markupsafe import Markup

from reportgen.errors import ReportgenError
from reportgen.language.rules.rule import Finding
from reportgen.serving.previewing import State

SCRIPT, STYLE, EVENTS = "/preview/preview.js", "/preview/preview.css", "/preview/events"
SHEET, WAITING, SITE = "/sheet", "/sheet/waiting", "/site/"

# Its words stand here and nowhere else: a tool, in English.
WORDS = {
    "preview": "Preview",
    "page": "Page",
    "sheet": "Sheet",
    "site": "Site",
    "waiting": "What waits for a translator",
    "untranslated": "not translated on this page",
    "found": "findings of the check",
    "no_page": "This page cannot be made.",
    "last": "What is shown is the last that could be.",
    "gate": "A build would stop on this page.",
}

_MARKED = re.compile(r'class="untranslated"')
# Without an icon of the page the browser asks for one.
_ICON = Markup('<link rel="icon" href="data:,">\n')
_STYLE = Markup('<link rel="stylesheet" href="{}">\n')
_TAIL = Markup(
    '<aside class="preview-panel" lang="en" aria-label="{}">\n{}{}</aside>\n'
    '<script src="{}" data-state="{}" data-events="{}"></script>\n'
)
_FAULT = Markup(
    '<div class="preview-fault" role="alert"><p><strong>{}.</strong> {}</p>'
    "<p><code>{}</code></p><pre>{}</pre><p>→ {}</p></div>\n"
)
_DOCUMENT = (
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    '<meta name="color-scheme" content="light dark">\n<title>reportgen</title>\n</head>\n'
    '<body class="preview-empty">\n</body>\n</html>\n'
)


def page(state: State, address: str) -> str:
    """The page of a state with its bar; only the fault where no page could be made yet."""
    html = state.made.files.get(address, b"").decode()
    fault, newest = state.fault, state.fault is state.made.gate
    # What was found in an earlier state may be mended.
    findings = state.made.findings if newest else ()
    told = Markup("")
    if fault and newest:
        told = _told(fault, WORDS["gate"])
    elif fault:
        told = _told(fault, WORDS["no_page"], WORDS["last"] if html else "")
    return _with(html or _DOCUMENT, state, told, findings)


def sheet(state: State, made: str | ReportgenError) -> str:
    """The sheet with the bar, or why there is none."""
    if isinstance(made, ReportgenError):
        return _with(_DOCUMENT, state, _told(made, WORDS["no_page"]), ())
    return _with(made, state, Markup(""), ())


def of_site(state: State, made: bytes | ReportgenError) -> str:
    """A page of the site with the bar, or why it cannot be made; below a fault of the draft."""
    if isinstance(made, ReportgenError):
        return _with(_DOCUMENT, state, _told(made, WORDS["no_page"]), ())
    fault = state.fault
    newest = fault is state.made.gate
    told = _told(fault, WORDS["gate"] if newest else WORDS["no_page"]) if fault else Markup("")
    return _with(made.decode(), state, told, ())


def _with(html: str, state: State, told: Markup, findings: Sequence[Finding]) -> str:
    bar = _bar(findings, len(_MARKED.findall(html)))
    tail = _TAIL.format(WORDS["preview"], told, bar, SCRIPT, state.name, EVENTS)
    head, _, rest = html.partition("</head>")
    body, end, after = rest.rpartition("</body>")
    own = "" if '<link rel="icon"' in head else _ICON
    return f"{head}{own}{_STYLE.format(STYLE)}</head>{body}{tail}{end}{after}"


def _told(fault: ReportgenError, head: str, more: str = "") -> Markup:
    return _FAULT.format(head, more, fault.where, fault.what, fault.remedy)


def _bar(findings: Sequence[Finding], untranslated: int) -> Markup:
    links = Markup(" ").join(
        Markup('<a href="{}">{}</a>').format(address, WORDS[word])
        for address, word in (
            ("/", "page"),
            (SITE, "site"),
            (SHEET, "sheet"),
            (WAITING, "waiting"),
        )
    )
    counted = Markup(" <span>{} {}</span>").format(untranslated, WORDS["untranslated"])
    return Markup('<div class="preview-bar">{}{}{}</div>\n').format(
        links, counted if untranslated else "", _found(findings)
    )


def _found(findings: Sequence[Finding]) -> Markup:
    if not findings:
        return Markup("")
    rows = Markup("").join(map(_finding, findings))
    return Markup("<details><summary>{} {}</summary><ul>{}</ul></details>").format(
        len(findings), WORDS["found"], rows
    )


def _finding(finding: Finding) -> Markup:
    line = f":{finding.line}" if finding.line else ""
    name = Markup('<a href="{}#{}">{}</a>').format(SHEET, finding.context, finding.context)
    return Markup("<li><code>{}{}</code> {}: {} → {}</li>").format(
        finding.file.name, line, name, finding.fault.what, finding.fault.remedy
    )


def asset(name: str) -> bytes:
    """A file of the preview's own."""
    return (Path(__file__).parent / "assets" / name).read_bytes()
