"""The wheel holds templates, locales and starter files, and builds a brief on its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_wheel_builds_a_brief_in_an_empty_folder(tmp_path: Path) -> None:
    """Installed beside, not from the checkout: only its own files can serve."""
    wheels, installed, empty = (tmp_path / name for name in ("wheels", "installed", "empty"))
    empty.mkdir()
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    offline = ["--no-deps", "--no-index", "--no-build-isolation"]
    subprocess.run([*pip, "wheel", *offline, "-w", str(wheels), str(ROOT)], check=True)
    (wheel,) = wheels.glob("*.whl")
    subprocess.run([*pip, "install", *offline, "--target", str(installed), str(wheel)], check=True)
    environ = {**os.environ, "PYTHONPATH": str(installed)}
    where = subprocess.run(
        [sys.executable, "-c", "import reportgen; print(reportgen.__file__)"],
        cwd=empty, env=environ, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert Path(where.stdout.strip()).is_relative_to(installed)
    ran = subprocess.run(
        [sys.executable, "-m", "reportgen", "build", "--as-of", "2025-12-02", "--format", "html"],
        cwd=empty, env=environ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert (empty / "output" / "2025-12-02" / "zh-Hans" / "brief.html").is_file()
