"""Time and memory of the four documents of one date from a cold start.

    make bench

Each run is a process of its own in a new project folder, so that the store is made from the bundle
every time. Memory is the largest sum of the proportional set sizes of the process and its workers,
pages they share counted once; it is sampled in runs of its own, because sampling slows a build by a
sixth. HTML alone is measured beside all formats, run for run, because machines are noisy.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

RUNS = 3
AS_OF = "2025-12-02"
SAMPLE_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Run:
    """Wall-clock seconds, largest memory in MiB where it was sampled, the folder that was built."""

    seconds: float
    memory_mib: float
    folder: Path


def one_run(*options: str, sampled: bool = False) -> Run:
    """One build from a cold start."""
    project = Path(tempfile.mkdtemp(prefix="reportgen-bench-"))
    command = [sys.executable, "-m", "reportgen", "--project", str(project), "build"]
    started = time.perf_counter()
    with subprocess.Popen(
        [*command, "--as-of", AS_OF, *options], stdout=subprocess.DEVNULL
    ) as process:
        largest = 0.0
        while sampled and process.poll() is None:
            largest = max(largest, sum(map(proportional_mib, family_of(process.pid))))
            time.sleep(SAMPLE_SECONDS)
    if process.returncode != 0:
        raise SystemExit(f"the build ended with {process.returncode}")
    return Run(time.perf_counter() - started, largest, project / "output" / AS_OF)


def family_of(pid: int) -> list[int]:
    """A process and all its descendants."""
    found = [pid]
    for parent in found:
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                found.extend(int(child) for child in task.read_text().split())
            except OSError:
                continue  # ended between listing and reading
    return found


def proportional_mib(pid: int) -> float:
    """The proportional set size of a process; nothing once it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def main() -> None:
    """Prints the figures."""
    every: list[Run] = []
    html: list[Run] = []
    sampled: list[Run] = []
    for _ in range(RUNS):
        every.append(one_run())
        html.append(one_run("--format", "html"))
        sampled.append(one_run(sampled=True))
    ratios = [h.seconds / e.seconds for h, e in zip(html, every, strict=True)]
    print(f"cold start, {RUNS} runs each: least / median / most")
    print(f"four documents           {row([run.seconds for run in every])} s")
    print(f"  memory                 {row([run.memory_mib for run in sampled])} MiB")
    print(f"HTML only                {row([run.seconds for run in html])} s")
    print(f"HTML only, share of all  {row(ratios)}")
    for path in sorted(every[-1].folder.rglob("brief.*")):
        name = path.relative_to(every[-1].folder)
        print(f"{name!s:24} {path.stat().st_size / 1024:.0f} KiB")


def row(values: list[float]) -> str:
    """Least, median and most."""
    return f"{min(values):.2f} / {statistics.median(values):.2f} / {max(values):.2f}"


if __name__ == "__main__":
    main()
