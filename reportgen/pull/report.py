"""What a pull did, feed by feed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reportgen.errors import SourceError
from reportgen.model import Doubt
from reportgen.store.landing import Landed


class NotAskedError(SourceError):
    """A feed was left out because its provider had not answered before."""


@dataclass(frozen=True, slots=True)
class FeedOutcome:
    """One feed: what landed, and the error that stopped it, if one did."""

    feed: str
    source: str
    landed: Landed
    error: SourceError | None = None


@dataclass(frozen=True, slots=True)
class PullReport:
    """A whole pull; ``judged`` are the findings of comparing providers and looking for gaps."""

    started_at: datetime
    outcomes: tuple[FeedOutcome, ...]
    judged: tuple[Doubt, ...]

    @property
    def landed(self) -> Landed:
        """The sum over all feeds."""
        total = Landed()
        for outcome in self.outcomes:
            total += outcome.landed
        return total

    @property
    def failed(self) -> tuple[FeedOutcome, ...]:
        """The feeds that an error stopped."""
        return tuple(outcome for outcome in self.outcomes if outcome.error is not None)

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """Everything that this pull holds back."""
        return (*self.landed.doubts, *self.judged)

    def require_success(self) -> None:
        """Raises SourceError naming each feed that failed."""
        errors = [outcome.error for outcome in self.failed if outcome.error is not None]
        if not errors:
            return
        if len(errors) == 1:
            raise errors[0]
        remedy = errors[0].remedy if len({error.remedy for error in errors}) == 1 else ""
        raise SourceError(
            f"{len(errors)} of {len(self.outcomes)} feeds failed, the others have landed:"
            + "".join(f"\n  {line}" for line in self._lines()),
            remedy=remedy or "what had landed before stays; read each line, then pull again",
        )

    def _lines(self) -> Iterator[str]:
        """A line for each failure, and one for all that a silent provider was not asked for."""
        not_asked: dict[str, list[str]] = {}
        for outcome in self.failed:
            if isinstance(outcome.error, NotAskedError):
                not_asked.setdefault(outcome.source, []).append(outcome.feed)
            elif outcome.error is not None:
                yield f"{outcome.error.what}\n    {outcome.error.where}"
        for source, feeds in not_asked.items():
            yield f"not asked, because {source} did not answer before: {', '.join(feeds)}"


def as_record(report: PullReport) -> dict[str, Any]:
    """The report as plain values, for JSON."""
    return {
        "started_at": report.started_at.isoformat(),
        "feeds": [
            {
                "feed": outcome.feed,
                "source": outcome.source,
                "new": outcome.landed.new,
                "revised": len(outcome.landed.revisions),
                "unchanged": outcome.landed.unchanged,
                "quarantined": len(outcome.landed.doubts),
                "error": outcome.error.message() if outcome.error else None,
            }
            for outcome in report.outcomes
        ],
        "revisions": [
            {"series": r.series, "date": r.date.isoformat(), "old": r.old, "new": r.new}
            for r in report.landed.revisions
        ],
        "quarantined": [doubt_record(doubt) for doubt in report.doubts],
    }


def doubt_record(doubt: Doubt) -> dict[str, Any]:
    """A quarantined value as plain values, for JSON."""
    return {
        "series": doubt.series,
        "date": doubt.date.isoformat(),
        "rule": doubt.rule.value,
        "reason": doubt.reason,
        "value": doubt.value,
    }
