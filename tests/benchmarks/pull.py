"""Time and bytes of a first pull of everything, and of a second one with nothing new.

    make bench

The providers are the replay server in this process, so the network takes no time; what takes it is
the pace that FRED asks for, two requests a second, and the work on the answers.
"""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.pull.running import EVENING, Desk, desk

RUNS = 2


@dataclass(frozen=True, slots=True)
class Pull:
    """Wall-clock seconds, requests, and bytes of the bodies as sent."""

    seconds: float
    requests: int
    sent_bytes: int


def one_pull(desk: Desk) -> Pull:
    """A pull with whatever is in the store."""
    desk.replay.forget()
    started = time.perf_counter()
    ended = desk.run("-q", "pull")
    seconds = time.perf_counter() - started
    if ended.code != 0:
        raise SystemExit(ended.err)
    requests = desk.replay.requests
    return Pull(seconds, len(requests), sum(request.sent_bytes for request in requests))


def main() -> None:
    """Prints the figures."""
    for _ in range(RUNS):
        with (
            tempfile.TemporaryDirectory(prefix="reportgen-bench-") as folder,
            desk(Path(folder) / "desk", EVENING) as made,
        ):
            first, second = one_pull(made), one_pull(made)
        print(f"first pull       {row(first)}")
        print(f"nothing new      {row(second)}")
        print(f"  share of bytes {second.sent_bytes / first.sent_bytes:.2%}")


def row(pull: Pull) -> str:
    """Seconds, requests and kilobytes."""
    return f"{pull.seconds:5.1f} s {pull.requests:4} requests {pull.sent_bytes / 1000:6.0f} kB"


if __name__ == "__main__":
    main()
