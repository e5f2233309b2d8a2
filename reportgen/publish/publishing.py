"""From built briefs to readers: gathered, checked, made into the site, kept, sent."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from reportgen import clock, settings
from reportgen.errors import CheckError, InputError
from reportgen.publish import issuing, targets
from reportgen.publish.report import Report
from reportgen.run_log import write_log
from reportgen.site import building, issued
from reportgen.site.building import Built
from reportgen.site.checking import checker
from reportgen.site.issued import Gathered

log = logging.getLogger("reportgen")

LINES_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Published:
    """What was issued by a run, by date and number of the version, and what its target reports."""

    issued: tuple[tuple[date, int], ...]
    report: Report


def publish(project: Path, name: str | None, reasons: Sequence[str]) -> Published:
    """Issues what is built and brings the site to a target; nothing is sent that a check refuses.

    ``reasons`` are those for which briefs that were issued are corrected. InputError for a brief
    that differs from what was issued, where no reason is given; CheckError for what is found;
    PublishError for what the target refuses.
    """
    started_at = clock.now().replace(microsecond=0)
    configuration = settings.load(project)
    target = targets.choose(configuration, name, project)
    output = project / "output"
    correction = issuing.correction_of(reasons, configuration.brief.languages, started_at)
    for tag, shown in issuing.missing_reasons(correction, configuration.brief.languages).items():
        log.warning("publish: no reason in %s, readers get the one in %s", tag, shown)
    gathered = issued.gather(project, output, now=started_at, correction=correction)
    _refuse_silent_changes(gathered)
    issuing.refuse(gathered, project, correction)
    built = building.build(project, output, gathered)
    _hold_to_rules(built)
    # Kept before it is sent: what readers have seen is then always there.
    issuing.issue(gathered, project)
    report = target.publish(built.folder, built.listing)
    done = Published(tuple((day, v.number) for day, v in gathered.unissued), report)
    record = {"issued": [[day.isoformat(), number] for day, number in done.issued]}
    write_log(project, "publish", started_at, record | report.as_record())
    return done


def _refuse_silent_changes(gathered: Gathered) -> None:
    if gathered.differing:
        days = ", ".join(day.isoformat() for day in gathered.differing)
        raise InputError(
            f"{days}: what is built says something else than what readers have",
            where="output",
            remedy='publish it with --correct "the reason", or build it again as it was',
        )


def _hold_to_rules(built: Built) -> None:
    findings = checker.check(built.folder).findings
    if findings:
        lines = "\n  ".join(finding.line() for finding in findings[:LINES_SHOWN])
        raise CheckError(
            f"{len(findings)} findings in the site:\n  {lines}",
            where=str(built.folder),
            remedy="mend them; reportgen check --explain RULE says what a rule asks for",
        )
