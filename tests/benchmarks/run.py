"""Time and memory of the four documents of one date from a cold start, and what takes the time.

    make bench

Each run is a process of its own in a new project folder, so that the store is made from the bundle
every time. Memory is the sum of the largest resident sets of the process and its largest worker, an
upper bound of what is in use at once by two. The ratio of HTML alone to all formats is measured side
by side, run for run, because machines are noisy.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 3
AS_OF = "2025-12-02"


def one_run(*options: str) -> tuple[float, Path]:
    """Seconds of wall-clock time, and the folder that was built."""
    project = Path(tempfile.mkdtemp(prefix="reportgen-bench-"))
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "reportgen", "--project", str(project), "build", "--as-of", AS_OF,
         *options],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return time.perf_counter() - started, project / "output" / AS_OF


def main() -> None:
    """Prints the figures."""
    both, html_only, ratios = [], [], []
    folder = Path()
    for _ in range(RUNS):
        seconds, folder = one_run()
        html_seconds, _ = one_run("--format", "html")
        both.append(seconds)
        html_only.append(html_seconds)
        ratios.append(html_seconds / seconds)
    # ru_maxrss of waited-for children is the largest single process; a build has a parent and
    # one worker a language.
    largest_mib = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"four documents, cold start: {_row(both)} s, median of {RUNS}")
    print(f"HTML only:                  {_row(html_only)} s")
    print(f"HTML only / all formats:    {_row(ratios)}")
    print(f"largest process:            {largest_mib:.0f} MiB")
    for path in sorted(folder.rglob("brief.*")):
        print(f"{path.relative_to(folder)}: {path.stat().st_size / 1024:.0f} KiB")


def _row(values: list[float]) -> str:
    return f"{min(values):.2f} / {statistics.median(values):.2f} / {max(values):.2f}"


if __name__ == "__main__":
    main()
