"""What a run of ``reportgen publish`` did, and what each target can do."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

from reportgen.site.listing import Listing


@dataclass(frozen=True, slots=True)
class Report:
    """``release`` is what readers have now; ``sent`` and ``kept`` count its files.

    ``carried`` counts assets of the release before, which stay for readers who loaded one of its
    pages just before the switch; the site's listing does not name them.
    """

    target: str
    release: str
    changed: bool
    sent: int = 0
    kept: int = 0
    carried: int = 0
    rolled_back: bool = False

    def line(self) -> str:
        """For the operator."""
        if self.rolled_back:
            return f"{self.target}: back to {self.release}"
        if not self.changed:
            return f"{self.target}: nothing new, readers have {self.release}"
        return (
            f"{self.target}: readers have {self.release}: {self.sent} files sent,"
            f" {self.kept} as they were, {self.carried} assets of the release before kept"
        )

    def as_record(self) -> dict[str, Any]:
        """For a program."""
        return asdict(self)


class Target(Protocol):
    """Where the site is brought."""

    def publish(self, site: Path, listing: Listing) -> Report:
        """Gives readers the site, or leaves them what they had.

        CheckError when the folder is not what its listing says, PublishError when the target
        cannot be reached or another run is at work.
        """

    def rollback(self) -> Report:
        """Gives readers the release before the current one; PublishError where there is none."""
