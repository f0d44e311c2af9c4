"""After the due day: leads are nudged, and from nudge to nudge more people hear of it.

It owns these messages. Who hears at which nudge is decided by `rules/cadence.py`.
"""

from collections.abc import Mapping

from flows import lines, posting, resting
from flows.chasing import Round
from flows.places import CENTRAL
from messages.notices.returns import Audience as Reader
from messages.notices.returns import LeadsOverdue, NextStep, ReturnsOverdue
from rules.owed import (
    OVERDUE_AUDIENCES,
    Audience,
    Owed,
    audiences,
    owed_by_performance_lead,
    owed_by_sponsor,
)

READERS: dict[Audience, Reader] = {
    Audience.PERFORMANCE_LEAD: "performance_lead",
    Audience.CENTRAL_TEAM: "central_team",
    Audience.SPONSOR: "sponsor",
}


def nudge(this: Round) -> int:
    """Say a stage's nudges to whoever they reach; how many were kept to be said."""
    kept = _leads(this)
    for audience, grouped in others(this).items():
        kept += _others(this, audience, grouped)
    return kept + _central(this)


def others(this: Round) -> dict[Audience, Mapping[int, tuple[Owed, ...]]]:
    """Who beside leads hears of what is owed to others, in which role."""
    told = audiences(this.stage)
    found: dict[Audience, Mapping[int, tuple[Owed, ...]]] = {}
    if Audience.PERFORMANCE_LEAD in told:
        found[Audience.PERFORMANCE_LEAD] = owed_by_performance_lead(this.owed)
    if Audience.SPONSOR in told:
        found[Audience.SPONSOR] = owed_by_sponsor(this.owed)
    return found


def for_central(this: Round) -> tuple[Owed, ...]:
    """What the central channel hears of at this stage."""
    if Audience.CENTRAL_TEAM not in audiences(this.stage):
        return ()
    return tuple(item for item in this.owed if not item.reported)


def _leads(this: Round) -> int:
    kept = 0
    for person, owed in this.leads.items():
        notice = ReturnsOverdue(
            this.stage.quarter,
            this.due(person),
            this.planned.calendar.closes_at,
            this.picture.to_report(owed),
            _next_step(this),
            person=person,
        )
        kept += this.keep(notice, person)
    return kept


def _next_step(this: Round) -> NextStep:
    later = this.stage.step + 1
    if later >= len(this.planned.calendar.overdue):
        return "close"
    added = OVERDUE_AUDIENCES[min(later, len(OVERDUE_AUDIENCES) - 1)]
    return "central_team" if Audience.CENTRAL_TEAM in added else "performance_lead"


def _others(this: Round, audience: Audience, grouped: Mapping[int, tuple[Owed, ...]]) -> int:
    kept = 0
    for person, owed in grouped.items():
        notice = _overdue_lines(this, owed, audience)
        stage = this.stage
        resting.overtaken(this.session, stage, person, LeadsOverdue, this.now)
        key = posting.person_key(resting.REMIND, stage.quarter, person, f"{stage.name} {audience}")
        kept += posting.to_person(this.session, key, notice, person, due_at=stage.at, now=this.now)
    return kept


def _central(this: Round) -> int:
    owed = for_central(this)
    if not owed:
        return 0
    notice = _overdue_lines(this, owed, Audience.CENTRAL_TEAM)
    stage = this.stage
    key = posting.key(resting.REMIND, stage.quarter, stage.name, "central team")
    return posting.to_channel(this.session, key, notice, CENTRAL, due_at=stage.at, now=this.now)


def _overdue_lines(this: Round, owed: tuple[Owed, ...], audience: Audience) -> LeadsOverdue:
    missing = [this.picture.targets[item.target] for item in owed]
    scope = {
        Audience.PERFORMANCE_LEAD: lines.one_name(one.block_name for one in missing),
        Audience.SPONSOR: lines.one_name(one.partnership_name for one in missing),
    }
    calendar = this.planned.calendar
    return LeadsOverdue(
        this.planned.quarter,
        calendar.due,
        calendar.closes_at,
        READERS[audience],
        scope.get(audience, ""),
        lines.owed_lines(owed, this.picture.targets),
    )
