"""The site of a year: 52 weekly briefs in two languages, built as a desk builds them, on a host.

``YEAR_OUTPUT`` names a folder whose briefs of a run before are used again.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.benchmarks.run import family_of, proportional_mib
from tests.browser.conftest import browser
from tests.site.hosting import hosted
from tests.year.crawling import Crawl, crawl

__all__ = ["browser"]

FIRST, LAST = date(2024, 12, 12), date(2025, 12, 4)
WEEKS = [FIRST + timedelta(weeks=week) for week in range((LAST - FIRST).days // 7 + 1)]
# The last briefs of the year have their PDFs too, as each has that a desk publishes.
WITH_PDF = 4

MEASURED: list[str] = []


@dataclass(frozen=True)
class Year:
    """A project with its built briefs, and the address at which its site is read."""

    project: Path
    address: str

    @property
    def site(self) -> Path:
        return self.project / "output" / "site"


def reportgen(project: Path, *arguments: str) -> subprocess.Popen[str]:
    """The command, started."""
    command = [sys.executable, "-m", "reportgen", "--project", str(project), *arguments]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )


def ended(process: subprocess.Popen[str], code: int = 0) -> str:
    """What a command printed, once it has ended as it should."""
    out, err = process.communicate()
    assert process.returncode == code, f"{process.args}: {process.returncode}\n{out}\n{err}"
    return out + err


def measured(what: str) -> None:
    """Keeps a figure for the end of the run."""
    MEASURED.append(what)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tells what was measured."""
    if MEASURED:
        terminalreporter.section("measured")
        for line in MEASURED:
            terminalreporter.line(line)


@pytest.fixture(scope="session")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    """A year of briefs; the site is built for the address of the host it stands on."""
    kept = os.environ.get("YEAR_OUTPUT")
    project = Path(kept).resolve() if kept else tmp_path_factory.mktemp("year") / "desk"
    if not (project / "reportgen.toml").is_file():
        ended(reportgen(Path(), "init", str(project)))
    if not (project / "output" / LAST.isoformat()).is_dir():
        _build(project)
    for left in ("published", "public", "output/site"):
        shutil.rmtree(project / left, ignore_errors=True)
    with hosted(project / "output" / "site") as address:
        (project / "reportgen.toml").write_text(
            f'[site]\nbase_url = "{address.rstrip("/")}"\n\n'
            '[publish.web]\ntarget = "folder"\npath = "public"\n',
            encoding="utf-8",
        )
        yield Year(project, address)


def _build(project: Path) -> None:
    """Two processes side by side build half a year each; then the last briefs get their PDFs."""
    started = time.perf_counter()
    # Makes the store, which both would make.
    ended(reportgen(project, "status"))
    middle = len(WEEKS) // 2
    halves = (WEEKS[0], WEEKS[middle - 1]), (WEEKS[middle], WEEKS[-1])
    plain = ("--format", "html", "--jobs", "1")
    runs = [
        reportgen(project, "build", "--from", str(first), "--to", str(last), *plain)
        for first, last in halves
    ]
    for run in runs:
        ended(run)
    measured(f"{len(WEEKS)} briefs without PDF: {time.perf_counter() - started:.0f} s")
    started = time.perf_counter()
    ended(reportgen(project, "build", "--from", str(WEEKS[-WITH_PDF]), "--to", str(LAST)))
    measured(f"{WITH_PDF} of them with PDF: {time.perf_counter() - started:.0f} s")


@pytest.fixture(scope="session")
def site(year: Year) -> Path:
    """The site as ``reportgen site`` makes it, with the time and the memory that it takes."""
    started, largest = time.perf_counter(), 0.0
    process = reportgen(year.project, "site")
    while process.poll() is None:
        largest = max(largest, sum(map(proportional_mib, family_of(process.pid))))
        time.sleep(0.2)
    ended(process)
    files = [path for path in year.site.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 2**20
    measured(
        f"reportgen site: {time.perf_counter() - started:.1f} s, {largest:.0f} MiB; "
        f"{len(files)} files, {size:.0f} MiB"
    )
    return year.site


@pytest.fixture(scope="session")
def crawled(year: Year, site: Path) -> Iterator[Crawl]:
    """Every page that links lead to, from the root and from what is shown for a missing one."""
    started = time.perf_counter()
    found = crawl(year.address, ("", "404.html"))
    seconds = time.perf_counter() - started
    links = sum(len(page.links) for page in found.pages.values())
    measured(
        f"crawl: {len(found.pages)} pages, {len(found.statuses)} addresses, {links} links, "
        f"{seconds:.0f} s"
    )
    yield found
    found.close()
