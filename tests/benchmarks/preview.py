"""Time from saving a locale file until the preview's new page has arrived in a browser.

    make bench

The promise is two seconds for the draft, and one for the site around it. A label of a chart, which
makes one chart be drawn again, is measured beside a sentence.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from reportgen import resources
from tests.benchmarks.run import AS_OF, row

RUNS = 5
PAGE = "/zh-Hans/brief.html"
FILE = "zh_Hans/LC_MESSAGES/messages.po"


def main() -> None:
    """Prints the figures."""
    project = Path(tempfile.mkdtemp(prefix="reportgen-bench-"))
    po = project / "locales" / FILE
    po.parent.mkdir(parents=True)
    shutil.copy(resources.LOCALES / FILE, po)
    command = [sys.executable, "-m", "reportgen", "--project", str(project), "serve"]
    started = time.perf_counter()
    with subprocess.Popen(
        [*command, "--port", "0", "--as-of", AS_OF], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        port = int(process.stdout.readline().split()[0].rstrip("/").rpartition(":")[2])
        print(f"preview: from the start to the first page {time.perf_counter() - started:.2f} s")
        for name, text, page in (
            ("a sentence", "后续重要日期", PAGE),
            ("a label of charts", "财政部账户", PAGE),
            ("a sentence, on the site", "后续重要日期", f"/site/zh-Hans/{AS_OF}/"),
            ("the same, home page", "后续重要日期", "/site/zh-Hans/"),
        ):
            print(f"  from saving {name:24} {row(saves(port, po, text, page))} s")
        process.terminate()


def saves(port: int, po: Path, text: str, page: str) -> list[float]:
    """Seconds of each of several saves."""
    kept = po.read_text(encoding="utf-8")
    events = get(port, "/preview/events")
    wait(events)
    seconds = []
    for number in range(RUNS):
        changed = kept.replace(f'msgstr "{text}"', f'msgstr "{text}{"甲乙丙丁戊"[number]}"')
        assert changed != kept
        started = time.perf_counter()
        po.write_text(changed, encoding="utf-8")
        wait(events)
        get(port, page).read()
        seconds.append(time.perf_counter() - started)
    po.write_text(kept, encoding="utf-8")
    wait(events)
    return seconds


def get(port: int, path: str) -> HTTPResponse:
    """The beginning of an answer."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    return connection.getresponse()


def wait(events: HTTPResponse) -> None:
    """Until a change is told."""
    while not events.readline().startswith(b"data: "):
        pass


if __name__ == "__main__":
    main()
