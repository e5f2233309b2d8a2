"""A PostgreSQL server of its own for tests, from Debian's package, on a socket in a new folder."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# PostgreSQL refuses to run as root; Debian's package brings this account for it.
ACCOUNT = "postgres"
START_SECONDS = 30


def programs() -> Path | None:
    """The folder of the newest installed server, None when there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    return found[-1].parent if found else None


def _version(path: Path) -> int:
    return int(path.parts[-3])


def obstacle() -> str:
    """Why no server can be started here; empty when one can."""
    if programs() is None:
        return "Debian's package postgresql is not installed"
    if os.geteuid() == 0 and ACCOUNT not in {entry.pw_name for entry in pwd.getpwall()}:
        return f"run as root, and there is no account {ACCOUNT}"
    return ""


@contextmanager
def running() -> Iterator[str]:
    """The URL of an empty database; the server and its files are gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="reportgen-postgresql-"))
    bin_folder = programs()
    assert bin_folder is not None
    as_account: list[str] = []
    if os.geteuid() == 0:
        as_account = ["runuser", "-u", ACCOUNT, "--"]
        shutil.chown(folder, ACCOUNT)
    data = folder / "data"
    init = [
        *as_account,
        bin_folder / "initdb",
        "-D",
        data,
        "-U",
        "desk",
        "-A",
        "trust",
        "-E",
        "UTF8",
    ]
    subprocess.run([*init, "--no-sync"], check=True, capture_output=True, cwd=folder)
    options = ["-c", "listen_addresses=", "-c", "fsync=off", "-k", str(folder)]
    control = [*as_account, bin_folder / "pg_ctl", "-D", data, "-w", "-t", str(START_SECONDS)]
    log = folder / "log"
    subprocess.run(
        [*control, "-l", log, "-o", " ".join(options), "start"],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
    )
    try:
        yield f"postgresql+psycopg://desk@/postgres?host={folder}"
    finally:
        subprocess.run(
            [*control, "-m", "immediate", "stop"],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
        )
        shutil.rmtree(folder, ignore_errors=True)
