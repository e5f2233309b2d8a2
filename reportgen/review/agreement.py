"""What the sections of a brief must agree on: each statement with what it takes for granted.

A condition is written ``section.finding=value`` (several values with ``|``, the opposite with
``!=``), ``said: message`` or ``unsaid: message``; messages may have a ``*``. A finding that a
brief does not have, such as one about a view, is not held against it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from reportgen.review.brief import ReadBrief
from reportgen.review.rule import Finding, Level, Place, Rule


@dataclass(frozen=True, slots=True)
class Takes:
    """A message takes something for granted; ``because`` is what a reader would object."""

    message: str
    condition: str
    because: str


AGREEMENT = (
    # The phase of the balance sheet, told by the lead, by its own section and by what changed.
    Takes("lead.headline.ended_*", "qt.phase=ended", "the lead says that runoff is over"),
    Takes("lead.headline.ending*", "qt.next_step=end_runoff", "the lead says that it is to end"),
    Takes("lead.headline.runoff_srf_used", "qt.phase=runoff_slowed|runoff_full", "it goes on"),
    Takes("lead.headline.runoff_strained", "qt.phase=runoff_slowed|runoff_full", "it goes on"),
    Takes("lead.headline.slowed_calm", "qt.phase=runoff_slowed", "the lead says it has slowed"),
    Takes("lead.headline.full_calm", "qt.phase=runoff_full", "the lead says it is at full pace"),
    Takes("lead.headline.starting", "qt.phase=runoff_phase_in", "the lead says it has begun"),
    Takes("lead.headline.reinvesting", "qt.phase=reinvesting", "the lead says buying is over"),
    Takes("lead.headline.tapering", "qt.phase=tapering", "the lead says that purchases shrink"),
    Takes("lead.runoff.ended", "qt.phase=ended", "runoff is told as over"),
    Takes("lead.runoff.slowed", "qt.phase=runoff_slowed", "runoff is told as slowed"),
    Takes("lead.runoff.full", "qt.phase=runoff_full", "runoff is told as at full pace"),
    Takes("qt.heading.ended*", "qt.phase=ended", "the heading says that it stands still"),
    Takes("qt.heading.slowed", "qt.phase=runoff_slowed", "the heading says that it slows"),
    Takes("qt.heading.full", "qt.phase=runoff_full", "the heading says that it runs off to plan"),
    Takes("qt.portfolio.runoff", "qt.phase!=ended|reinvesting|tapering|purchases", "it runs off"),
    Takes("changes.phase.ended", "qt.phase=ended", "the week ended runoff"),
    Takes("changes.phase.slowed", "qt.phase=runoff_slowed", "the week slowed runoff"),
    # Pressure in funding, told by the lead, its section, the facility and the tools.
    Takes("lead.headline.*_calm", "funding.pressure=calm", "the lead calls funding calm"),
    Takes("lead.headline.*_calm", "srf.standing=idle", "nobody uses the facility when all is calm"),
    Takes("lead.summary.slowed_calm", "funding.mean_above=false", "SOFR is said to be below IORB"),
    Takes("lead.summary.full_calm", "funding.mean_above=false", "SOFR is said to be below IORB"),
    Takes("lead.headline.*strained", "funding.pressure!=calm", "the lead sees strain in rates"),
    Takes("lead.repo.idle", "srf.sofr_above_rate=false", "nobody needs it only below its rate"),
    Takes("lead.repo.idle_above", "srf.sofr_above_rate=true", "it is avoided only above its rate"),
    Takes("srf.heading.idle", "srf.sofr_above_rate=false", "nobody needs it, yet SOFR is above it"),
    Takes("srf.heading.idle", "unsaid: srf.reading.*", "idle, and used within twenty days"),
    Takes("srf.usage.never", "unsaid: srf.reading.*", "never used, and used within twenty days"),
    Takes("srf.daily.title.record", "srf.is_largest=true", "the chart calls it a record"),
    Takes("srf.heading.record", "srf.is_largest=true", "the heading calls it a record"),
    Takes("changes.srf.record", "srf.is_largest=true", "the week is said to have set the record"),
    Takes("funding.heading.strained", "unsaid: funding.mean.above_easing", "goes on, and passes"),
    Takes("funding.mean.no_spike", "funding.sofr_above_iorb=true", "“nor is this” follows it"),
    Takes("funding.heading.calm*", "funding.mean_above=false", "calm, and above IORB"),
    Takes("funding.heading.calm", "unsaid: funding.levels.above_upper", "calm, and outside"),
    Takes("funding.corridor.title.outside", "funding.sofr_above_upper=true", "the chart says so"),
    Takes("funding.corridor.title.inside", "funding.any_above_upper=false", "the chart says so"),
    Takes("changes.corridor.left", "funding.sofr_above_upper=true", "SOFR is said to stand above"),
    Takes("changes.corridor.back", "funding.sofr_above_upper=false", "SOFR is said to be back"),
    Takes("changes.pressure.strained", "funding.pressure=strained", "pressure is called marked"),
    Takes("changes.pressure.calm", "funding.pressure=calm", "SOFR is said to be back at IORB"),
    Takes("tools.heading.untested", "funding.sofr_above_upper=false", "steady, with SOFR outside"),
    Takes("tools.heading.untested", "unsaid: tools.rate_change.*", "steady, and about to move"),
    # Reserves and what moves them.
    Takes("lead.liabilities.title.low", "unsaid: lead.on_rrp.took*", "runs down, and drew in"),
    Takes("lead.ahead.no_cushion", "lead.reverse_repo.state=low", "thin, and still a cushion"),
    Takes("lead.ahead.cushion", "lead.reverse_repo.state=ample", "it is said to be full"),
    Takes("lead.ahead.cushion_before_*", "lead.reverse_repo.state=ample", "it is said to be full"),
    Takes("lead.reserve_drivers.title.*_took", "unsaid: lead.reserves.*_rose", "drained, and rose"),
    Takes("lead.reserve_drivers.title.*_took", "unsaid: lead.reserves.*_flat", "drained, and even"),
    Takes("lead.reserve_drivers.title.*_gave", "unsaid: lead.reserves.*_fell*", "added, and fell"),
    Takes("lead.reserve_drivers.title.*_gave", "unsaid: lead.reserves.*_flat", "added, and even"),
    Takes("lead.reserve_drivers.title.tga_*", "unsaid: lead.tga.steady", "moved all, and hardly"),
    Takes("lead.week.*_rose*", "unsaid: changes.h41.fell", "one week told as rise and as fall"),
    Takes("lead.week.*_fell*", "unsaid: changes.h41.rose", "one week told as fall and as rise"),
    Takes("lead.week.*", "unsaid: changes.h41.even", "one week told as moved and as unchanged"),
    # Supply.
    Takes("supply.heading.bills_shrink", "supply.growing=false", "bills are said to be fewer"),
    Takes("supply.heading.bills_grow", "supply.growing=true", "bills are said to grow"),
    Takes("supply.heading.both_supply", "supply.agency_trend=shrinking", "MBS are said to come"),
    Takes("supply.mbs_path.title.growing", "unsaid: qt.composition.runoff", "growing, and fallen"),
)  # fmt: skip


def disagreement(brief: ReadBrief) -> Iterator[Finding]:
    """A statement whose brief does not hold what it takes for granted."""
    for takes in AGREEMENT:
        said = [id for id in brief.messages if fnmatchcase(id, takes.message)]
        if said and not _holds(brief, takes.condition):
            yield Finding(
                Place(section=said[0].partition(".")[0], messages=tuple(said)),
                f"takes for granted {takes.condition}: {takes.because}",
                "correct the branch of the template, or the finding it branches on",
            )


def _holds(brief: ReadBrief, condition: str) -> bool:
    kind, colon, message = condition.partition(": ")
    if colon:
        said = any(fnmatchcase(id, message) for id in brief.messages)
        return said == (kind == "said")
    name, _, wanted = condition.partition("=")
    found = brief.finding(name.removesuffix("!"))
    if found is None:
        return True
    shown = str(found).lower() if isinstance(found, bool) else str(found)
    return (shown in wanted.split("|")) != name.endswith("!")


RULES = (
    Rule(
        "contradiction.agreement",
        Level.ERROR,
        "What a section says holds in every other.",
        disagreement,
    ),
)
