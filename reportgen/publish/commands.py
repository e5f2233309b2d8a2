"""The programs of the system that publish for us: git and rsync."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reportgen.errors import InputError, PublishError

_TELLING = ("fatal:", "error:", "remote:", "!", "rsync:", "@ERROR")


@dataclass(frozen=True, slots=True)
class Program:
    """A program with what its calls have in common.

    ``lock`` is handed to each call (``locking.sole_run``). ``remedies`` pairs words of its
    messages with what the operator can do. No call may ask for a password: it has no input.
    """

    path: str
    lock: int
    remedies: Mapping[str, str]
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))

    def run(
        self,
        *arguments: str,
        where: str,
        stdin: str = "",
        accepted: Sequence[str] = (),
    ) -> str:
        """What a call prints; PublishError when it fails.

        A failure whose message has one of the ``accepted`` words is an empty answer.
        """
        found = subprocess.run(
            [self.path, *arguments],
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            check=False,
            pass_fds=(self.lock,),
            env={**self.environment, "LC_ALL": "C"},
        )
        if not found.returncode:
            return found.stdout
        if any(words in found.stderr for words in accepted):
            return ""
        raise PublishError(
            f"{Path(self.path).name} failed: {_told(found.stderr, found.returncode)}",
            where=where,
            remedy=self._remedy(found.stderr),
        )

    def _remedy(self, message: str) -> str:
        for words, remedy in self.remedies.items():
            if words in message:
                return remedy
        return "mend what the message says, then publish again"


def require(name: str, package: str) -> str:
    """The path of a program; InputError when it is not installed."""
    path = shutil.which(name)
    if path is None:
        raise InputError(
            f"{name} is not installed", remedy=f"apt-get install {package}, then publish again"
        )
    return path


def _told(message: str, code: int) -> str:
    """The first line that says what is wrong; later ones give hints."""
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    telling = [line for line in lines if line.startswith(_TELLING)]
    return next(iter(telling or lines), f"exit code {code}")
