"""A first pull killed at random moments, again and again, comes to the same store in the end.

The moments come from a seed that is printed when a test fails.
"""

from __future__ import annotations

import random
import signal
import subprocess
from pathlib import Path

import pytest

from tests.pull.conftest import FirstPull
from tests.pull.running import EVENING, Desk, desk, ended

KILLS = 12
# A whole pull takes 12 to 20 seconds here, of which one goes by before the first request.
LONGEST_SECONDS = 12.0


def interrupt(desk: Desk, seconds: float, with_signal: signal.Signals) -> int:
    """A pull that is left alone for so long; its exit code."""
    process = desk.start("pull")
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(with_signal)
    return ended(process).code


@pytest.mark.parametrize("seed", range(6))
def test_killed_at_random(first_pull: FirstPull, tmp_path: Path, seed: int) -> None:
    moments = random.Random(seed)
    with desk(tmp_path / "desk", EVENING) as made:
        for _ in range(KILLS):
            code = interrupt(made, moments.uniform(0.2, LONGEST_SECONDS), signal.SIGKILL)
            assert code in (0, -signal.SIGKILL), f"seed {seed}"
        assert made.run("pull").code == 0
        assert made.rows() == first_pull.desk.rows(), f"seed {seed}"
        assert made.held_back() == []
        # The kept responses make the same values once more; some may come from an answer that was
        # kept just before a kill and had not landed.
        assert made.run("pull", "--reparse").code == 0
        assert made.rows() == first_pull.desk.rows(), f"seed {seed}"


@pytest.mark.parametrize("seed", range(2))
def test_stopped_at_random(first_pull: FirstPull, tmp_path: Path, seed: int) -> None:
    moments = random.Random(seed)
    with desk(tmp_path / "desk", EVENING) as made:
        for _ in range(KILLS):
            # From two seconds on: before that Python itself may still be starting.
            code = interrupt(made, moments.uniform(2.5, LONGEST_SECONDS), signal.SIGINT)
            assert code in (0, 130), f"seed {seed}"
        assert made.run("pull").code == 0
        assert made.rows() == first_pull.desk.rows(), f"seed {seed}"
