"""After the due day: leads are nudged, and from nudge to nudge more people hear of it.

It owns these messages. Who hears at which nudge is decided by `rules/cadence.py`.
"""

from collections.abc import Mapping

from flows import lines, posting, resting
from flows.chasing import Round
from flows.places import CENTRAL
from messages.notices.returns import Audience as Reader
from messages.notices.returns import LeadsOverdue, NextStep, ReturnsOverdue
from rules.cadence import (
    OVERDUE_AUDIENCES,
    Audience,
    Owed,
    audiences,
    owed_by_lead,
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
    told = audiences(this.stage)
    kept = _leads(this)
    if Audience.PERFORMANCE_LEAD in told:
        grouped = owed_by_performance_lead(this.owed)
        kept += _others(this, Audience.PERFORMANCE_LEAD, grouped)
    if Audience.SPONSOR in told:
        kept += _others(this, Audience.SPONSOR, owed_by_sponsor(this.owed))
    if Audience.CENTRAL_TEAM in told:
        kept += _central(this)
    return kept


def _leads(this: Round) -> int:
    kept = 0
    for person, owed in owed_by_lead(this.owed).items():
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
    owed = tuple(item for item in this.owed if not item.reported)
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
